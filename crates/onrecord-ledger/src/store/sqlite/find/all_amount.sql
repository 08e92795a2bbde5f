SELECT e.key, e.confidence, a.amount
FROM entry_amount AS a CROSS JOIN entry AS e ON e.key = a.entry
WHERE :terms = '' AND e.key BETWEEN :low AND :high
    AND a.unit = :unit AND a.amount BETWEEN :least AND :most
    AND (:after_amount = '' OR (a.amount, a.entry) < (:after_amount, :after_key))
