SELECT e.key, e.confidence, a.amount
FROM entry AS e JOIN entry_amount AS a ON a.entry = e.key AND a.unit = $11
WHERE $1::text = ''
