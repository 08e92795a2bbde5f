-- Reports that were held already and came again, in the order in which they did: read anew, or
-- (read = 0) from elsewhere too. New reports are in order of their numbers.
CREATE TABLE again (
    turn bigint PRIMARY KEY,
    report bigint NOT NULL REFERENCES report (number),
    read int NOT NULL
);

-- Searches that are kept, and how far each has looked: to which report, to which turn.
CREATE TABLE search (
    name text COLLATE "C" PRIMARY KEY,
    said text NOT NULL,
    report bigint,
    turn bigint
);

-- Words are looked up by report, and its entries then looked at one by one: an index of the words
-- of each entry took three times as long to keep. Facets (by=mark_carney) begin with = here, so
-- that no beginning of a word is the beginning of a facet.
DROP INDEX entry_words;
ALTER TABLE report ALTER COLUMN words SET STORAGE EXTERNAL;
UPDATE report AS r SET words = coalesce(r.words, '') || coalesce((
    SELECT array_to_tsvector(array_agg(DISTINCT CASE WHEN strpos(t, '=') > 0 THEN '=' || t ELSE t END))
    FROM entry AS e, unnest(tsvector_to_array(e.words)) AS t
    WHERE e.key BETWEEN r.key AND r.key + 16383), '');
