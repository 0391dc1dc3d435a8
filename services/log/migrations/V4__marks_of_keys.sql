-- The index of keys by marks. A B-tree over client and key, whose every row was held against a regular
-- expression, cost PostgreSQL 8 µs a command, more than the frame; a mark is 16 bytes that follow from
-- the key, and a batch of them goes into the tree in the tree's own order.
--
-- The index is made of the frames, which hold the keys themselves, and is compared with them by every
-- audit: so what a row may be is held by its types and by the audit.

-- Nobody waits longer than this for whoever holds the old table; the copy itself may take minutes.
SET LOCAL lock_timeout = '30s';
SET LOCAL statement_timeout = 0;

CREATE TABLE log.key_by_mark (
    -- The first 16 bytes of SHA-256(district ‖ 0 ‖ client ‖ key).
    mark uuid NOT NULL,
    -- The positions of the records that the command became.
    first bigint NOT NULL,
    last bigint NOT NULL,
    district text COLLATE "C" NOT NULL,
    -- SHA-256 of what was sent.
    body_hash bytea NOT NULL
);

INSERT INTO log.key_by_mark (mark, first, last, district, body_hash)
    SELECT
        encode(substr(sha256(
            convert_to(district, 'UTF8') || '\x00'::bytea || client || convert_to(key, 'UTF8')
        ), 1, 16), 'hex')::uuid,
        first, last, district, body_hash
    FROM log.key ORDER BY first;

-- Made again above, in another form; `log.frame` has all of it.
-- squawk-ignore ban-drop-table
DROP TABLE log.key;
-- squawk-ignore renaming-table
ALTER TABLE log.key_by_mark RENAME TO key;

-- A key stands for one command, for good. The table is new: nobody waits for it.
-- squawk-ignore constraint-missing-not-valid, adding-serial-primary-key-field
ALTER TABLE log.key ADD CONSTRAINT key_pkey PRIMARY KEY (mark);

-- Finds a district's rows for its audit. Batches come in the order of their positions, so the summary
-- of a range of pages is enough.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX key_place ON log.key USING brin (district, first) WITH (autosummarize = on);

CREATE TRIGGER key_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log.key
    FOR EACH STATEMENT EXECUTE FUNCTION log.only_grows();
ALTER TABLE log.key ENABLE ALWAYS TRIGGER key_only_grows;

GRANT SELECT ON log.key TO linli_writer, linli_reader;
GRANT INSERT ON log.key TO linli_writer;
