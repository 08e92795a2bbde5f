    AND e.key BETWEEN $2::bigint AND $3::bigint
    AND (e.kind & $4::bigint) <> 0 AND e.confidence >= $5::bigint
    AND (e.basis & $6::bigint) <> 0 AND (e.hidden & $7::bigint) = 0
    AND ($8::int IS NULL OR (e.last_day >= $8 AND e.first_day <= $9::int))
    AND ($10::double precision[] IS NULL OR EXISTS (
        SELECT 1 FROM entry_place AS p WHERE p.entry = e.key
            AND kilometres(p.lat, p.lon, ($10)[1], ($10)[2]) <= ($10)[3] OFFSET 0))
    AND ($11::text = '' OR EXISTS (
        SELECT 1 FROM entry_amount AS b WHERE b.entry = e.key AND b.unit = $11
            AND b.amount BETWEEN $12::text AND $13::text OFFSET 0))
    AND ($19::bigint IS NULL OR e.key >> 14 << 14 IN (
        SELECT n.key FROM report AS n WHERE n.number > $18::bigint AND n.number <= $19
        UNION ALL SELECT r.key FROM again AS g JOIN report AS r ON r.number = g.report
        WHERE g.turn > $20::bigint AND g.turn <= $21::bigint AND g.read >= $22::int))
    AND ($15::bigint IS NULL OR (e.confidence, e.key) < ($15, $17::bigint))
