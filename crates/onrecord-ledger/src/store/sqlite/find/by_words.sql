SELECT e.key, e.confidence, ''
FROM entry_words AS w CROSS JOIN entry AS e ON e.key = w.rowid
WHERE w.entry_words MATCH :terms AND w.rowid BETWEEN :low AND :high
