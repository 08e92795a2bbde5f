    AND $16::text IS NOT NULL
