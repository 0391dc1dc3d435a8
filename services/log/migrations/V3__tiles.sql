-- The tree's full tiles (C2SP tlog-tiles). Disposable: all of it follows from the frames. They are
-- kept so that a proof or a tile costs a row or two, however long the log is.
CREATE TABLE log.tile (
    district text NOT NULL CHECK (district ~ '^[a-z0-9-]{1,32}$'),
    level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
    index bigint NOT NULL CHECK (index >= 0),
    -- The root over the tile's hashes, which is one hash of a tile one level up: partial tiles
    -- above the leaves are read from here.
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
    PRIMARY KEY (district, level, index)
);

-- Hashes don't shrink.
ALTER TABLE log.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

GRANT SELECT ON log.tile TO linli_writer, linli_reader;
GRANT INSERT, DELETE ON log.tile TO linli_writer;

-- What others signed over a checkpoint: a C2SP cosignature line of each witness.
CREATE TABLE log.cosignature (
    district text NOT NULL,
    size bigint NOT NULL,
    witness text NOT NULL CHECK (char_length(witness) BETWEEN 1 AND 255),
    line text NOT NULL,
    PRIMARY KEY (district, size, witness),
    FOREIGN KEY (district, size) REFERENCES log.checkpoint
);

CREATE TRIGGER cosignature_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log.cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION log.only_grows();
ALTER TABLE log.cosignature ENABLE ALWAYS TRIGGER cosignature_only_grows;

GRANT SELECT ON log.cosignature TO linli_writer, linli_reader;
GRANT INSERT ON log.cosignature TO linli_writer;
