-- What people say of who in one report is who in another, in the order in which they said it.
CREATE TABLE identification (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    said text NOT NULL
);
