-- What people say of who in one report is who in another, in the order in which they said it.
CREATE TABLE identification (
    number INTEGER PRIMARY KEY,
    said TEXT NOT NULL
);
