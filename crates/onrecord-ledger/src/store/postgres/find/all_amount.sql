SELECT e.key, e.confidence, a.amount
FROM (
    SELECT b.amount, b.entry FROM entry_amount AS b
    WHERE b.unit = $11::text AND b.amount BETWEEN $12::text AND $13::text
    ORDER BY b.amount DESC, b.entry DESC OFFSET 0
) AS a CROSS JOIN LATERAL (
    SELECT * FROM entry WHERE entry.key = a.entry OFFSET 0
) AS e
WHERE $1::text = '' AND $14::text = '' AND $24::bigint[] IS NULL
