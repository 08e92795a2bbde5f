SELECT e.key, e.confidence, '' AS amount
FROM report AS r CROSS JOIN LATERAL (
    SELECT * FROM entry WHERE entry.key BETWEEN r.key AND r.key + 16383
    ORDER BY entry.key DESC LIMIT 16384
) AS e
WHERE r.words @@ $14::text::tsquery AND r.key BETWEEN $2::bigint >> 14 << 14 AND $3::bigint
    AND ($1::text = '' OR e.words @@ $1::text::tsquery)
