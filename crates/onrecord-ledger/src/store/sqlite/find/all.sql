SELECT e.key, e.confidence, ''
FROM entry AS e
WHERE :terms = '' AND e.key BETWEEN :low AND :high
