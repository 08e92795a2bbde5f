SELECT e.key, e.confidence, '' AS amount
FROM entry AS e
WHERE e.words @@ $1::text::tsquery
