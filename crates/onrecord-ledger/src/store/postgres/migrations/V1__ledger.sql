-- The ledger in Postgres 15 or later. Records are the truth; entry, entry_* and the words are
-- made from them and can be made again. The same tables as in SQLite, and the same tokens.

CREATE TABLE report (
    number bigint PRIMARY KEY,
    id text NOT NULL UNIQUE,
    key bigint NOT NULL UNIQUE,
    words tsvector
);
CREATE INDEX report_words ON report USING gin (words);

CREATE TABLE reading (
    report bigint NOT NULL REFERENCES report (number) DEFERRABLE INITIALLY DEFERRED,
    count bigint NOT NULL,
    digest bytea NOT NULL,
    reader text NOT NULL,
    location text NOT NULL,
    outlet text NOT NULL,
    filed text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (report, count)
);
-- Bodies come packed.
ALTER TABLE reading ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE carrier (
    location text NOT NULL,
    outlet text NOT NULL,
    report bigint NOT NULL REFERENCES report (number) DEFERRABLE INITIALLY DEFERRED,
    filed text NOT NULL,
    PRIMARY KEY (report, location, outlet)
);
CREATE INDEX carrier_at ON carrier USING hash (location);

CREATE TABLE version (
    older bigint NOT NULL REFERENCES report (number),
    newer bigint NOT NULL REFERENCES report (number),
    PRIMARY KEY (older, newer)
);

CREATE TABLE entry (
    key bigint PRIMARY KEY,
    kind bigint NOT NULL,
    confidence bigint NOT NULL,
    basis bigint NOT NULL,
    hidden bigint NOT NULL,
    first_day int,
    last_day int,
    words tsvector NOT NULL
);
CREATE INDEX entry_words ON entry USING gin (words);

CREATE TABLE entry_amount (
    unit text COLLATE "C" NOT NULL,
    amount text COLLATE "C" NOT NULL,
    entry bigint NOT NULL,
    PRIMARY KEY (unit, amount, entry)
);
CREATE INDEX amount_of_entry ON entry_amount (entry);

CREATE TABLE entry_place (
    entry bigint NOT NULL,
    lat double precision NOT NULL,
    lon double precision NOT NULL,
    PRIMARY KEY (entry, lat, lon)
);

CREATE TABLE judgement (
    number bigint PRIMARY KEY,
    report text NOT NULL,
    author text NOT NULL,
    at text NOT NULL,
    said text NOT NULL,
    entry bigint
);
CREATE INDEX judgement_of_report ON judgement (report);

-- As store/place.rs has it.
CREATE FUNCTION kilometres(
    lat_a double precision, lon_a double precision, lat_b double precision, lon_b double precision
) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2 * 6371.0 * asin(least(1, sqrt(
        power(sin(radians(lat_b - lat_a) / 2), 2)
        + cos(radians(lat_a)) * cos(radians(lat_b)) * power(sin(radians(lon_b - lon_a) / 2), 2))))
$$;
