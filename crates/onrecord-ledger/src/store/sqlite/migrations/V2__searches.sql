-- Reports that were held already and came again, in the order in which they did: read anew, or
-- (read = 0) from elsewhere too. New reports are in order of their numbers.
CREATE TABLE again (
    turn INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (number),
    read INTEGER NOT NULL
);

-- Searches that are kept, and how far each has looked: to which report, to which turn.
CREATE TABLE search (
    name TEXT PRIMARY KEY,
    said TEXT NOT NULL,
    report INTEGER,
    turn INTEGER
) WITHOUT ROWID;

-- The index gathers a whole batch before it writes, and merges more of what it wrote at once: it
-- is written anew less often as it grows.
INSERT INTO entry_words (entry_words, rank) VALUES ('hashsize', 16777216);
INSERT INTO entry_words (entry_words, rank) VALUES ('automerge', 16);
INSERT INTO entry_words (entry_words, rank) VALUES ('crisismerge', 64);
INSERT INTO report_words (report_words, rank) VALUES ('hashsize', 16777216);
INSERT INTO report_words (report_words, rank) VALUES ('automerge', 16);
INSERT INTO report_words (report_words, rank) VALUES ('crisismerge', 64);
