-- The ledger in one file. Records are the truth; entry, entry_* and *_words are made from them
-- and can be made again.

-- A report: one text. Its key begins with the day it was published (store/key.rs).
CREATE TABLE report (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key INTEGER NOT NULL UNIQUE
);

CREATE TABLE reader (
    number INTEGER PRIMARY KEY,
    description TEXT NOT NULL UNIQUE
);

-- How a report was read, first to last; the last is how it is read now. The place is the
-- report's number times 1024 and the count of the reading.
CREATE TABLE reading (
    place INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    reader INTEGER NOT NULL REFERENCES reader (number),
    location TEXT NOT NULL,
    outlet TEXT NOT NULL,
    filed TEXT NOT NULL,
    body BLOB NOT NULL
);

-- Where a report came from. No outlet is ''.
CREATE TABLE carrier (
    location TEXT NOT NULL,
    outlet TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES report (number),
    filed TEXT NOT NULL,
    PRIMARY KEY (location, outlet, report)
) WITHOUT ROWID;
CREATE INDEX carrier_of_report ON carrier (report);

-- A later version took the place of a report.
CREATE TABLE version (
    older INTEGER NOT NULL REFERENCES report (number),
    newer INTEGER NOT NULL REFERENCES report (number),
    PRIMARY KEY (older, newer)
) WITHOUT ROWID;

-- What is needed of an entry to find, sort and count it (store/index.rs); days as numbers.
CREATE TABLE entry (
    key INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    confidence INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    first_day INTEGER,
    last_day INTEGER
);

-- Amounts are decimals as text that sorts as the numbers do (store/decimal.rs).
CREATE TABLE entry_amount (
    unit TEXT NOT NULL,
    amount TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (unit, amount, entry)
) WITHOUT ROWID;
CREATE INDEX amount_of_entry ON entry_amount (entry);

CREATE TABLE entry_place (
    entry INTEGER NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    PRIMARY KEY (entry, lat, lon)
) WITHOUT ROWID;

-- Tokens come folded, each once: the index need not know where in a text they stand.
CREATE VIRTUAL TABLE entry_words USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '=_'"
);
CREATE VIRTUAL TABLE report_words USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '=_'"
);

-- What people say of entries: kept by report and words, attached to an entry while it has one.
CREATE TABLE judgement (
    number INTEGER PRIMARY KEY,
    report TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    said TEXT NOT NULL,
    entry INTEGER
);
CREATE INDEX judgement_of_report ON judgement (report);
