SELECT e.key, e.confidence, a.amount
FROM entry_words AS w
CROSS JOIN entry AS e ON e.key = w.rowid
CROSS JOIN entry_amount AS a INDEXED BY amount_of_entry ON a.entry = e.key AND a.unit = :unit
WHERE w.entry_words MATCH :terms AND w.rowid BETWEEN :low AND :high
    AND (:after_amount = '' OR (a.amount, e.key) < (:after_amount, :after_key))
