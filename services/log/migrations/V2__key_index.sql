-- The index of keys becomes a projection of the frames, which hold the keys: it follows the log
-- beside the writer instead of being written with each frame.

CREATE TABLE log.key_index (
    district text PRIMARY KEY CHECK (district ~ '^[a-z0-9-]{1,32}$'),
    -- Every key of the records up to here is in log.key.
    position bigint NOT NULL CHECK (position >= 0)
);

-- So far keys were committed with their frames.
INSERT INTO log.key_index (district, position)
    SELECT district, max(last) FROM log.frame GROUP BY district;

-- Found the newest keys when a writer started; they are taken from the frames now.
-- In a transaction, as every migration: it can't be done beside the others, and takes a moment.
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX log.key_last;

GRANT SELECT ON log.key_index TO linli_writer, linli_reader;
GRANT INSERT, UPDATE ON log.key_index TO linli_writer;
