SELECT e.key, e.confidence, '' AS amount
FROM report AS r CROSS JOIN LATERAL (
    SELECT * FROM entry WHERE entry.key BETWEEN r.key AND r.key + 16383 OFFSET 0
) AS e
WHERE r.words @@ $14::text::tsquery AND $24::bigint[] IS NULL
    AND ($1::text = '' OR e.words @@ $1::text::tsquery)
