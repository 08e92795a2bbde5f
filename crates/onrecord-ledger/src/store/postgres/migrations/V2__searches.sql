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
