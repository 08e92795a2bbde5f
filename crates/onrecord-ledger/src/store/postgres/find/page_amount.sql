    AND ($16::text = '' OR (a.amount, e.key) < ($16, $17))
