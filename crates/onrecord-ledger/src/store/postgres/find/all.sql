SELECT e.key, e.confidence, '' AS amount
FROM entry AS e
WHERE $1::text = '' AND $14::text = '' AND $24::bigint[] IS NULL
