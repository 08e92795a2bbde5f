SELECT e.key, e.confidence, '' AS amount
FROM unnest($24::bigint[]) AS r (key) CROSS JOIN LATERAL (
    SELECT * FROM entry WHERE entry.key BETWEEN r.key AND r.key + 16383 OFFSET 0
) AS e
WHERE ($1::text = '' OR e.words @@ $1::text::tsquery) AND $14::text <> ''
