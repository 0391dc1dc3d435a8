-- What the rotating codes of activities and the texts of checkpoints are made from: one secret a
-- district, made when it is first asked for. Whoever has it can be everywhere at once; it is in no log,
-- and what is in the log tells nothing of it.
CREATE TABLE access.host_secret (
    district text COLLATE "C" PRIMARY KEY,
    secret   bytea NOT NULL CHECK (octet_length(secret) = 32)
);
