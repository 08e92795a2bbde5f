    AND e.kind & :kinds AND e.confidence >= :confidence AND e.basis & :basis
    AND NOT e.hidden & :hide
    AND (:first_day IS NULL OR (e.last_day >= :first_day AND e.first_day <= :last_day))
    AND (:lat IS NULL OR EXISTS (
        SELECT 1 FROM entry_place AS p
        WHERE p.entry = e.key AND kilometres(p.lat, p.lon, :lat, :lon) <= :km))
    AND (:unit = '' OR EXISTS (
        SELECT 1 FROM entry_amount AS a INDEXED BY amount_of_entry
        WHERE a.entry = e.key AND a.unit = :unit AND a.amount BETWEEN :least AND :most))
    AND (:text = '' OR e.key >> 14 << 14 IN (
        SELECT rowid FROM report_words WHERE report_words MATCH coalesce(nullif(:text, ''), 'a')))
    AND (:until IS NULL OR e.key >> 14 << 14 IN (
        SELECT n.key FROM report AS n WHERE n.number > :after AND n.number <= :until
        UNION ALL SELECT r.key FROM again AS g JOIN report AS r ON r.number = g.report
        WHERE g.turn > :after_turn AND g.turn <= :until_turn AND g.read >= :read))
    AND (:after_confidence IS NULL OR (e.confidence, e.key) < (:after_confidence, :after_key))
