-- The append-only log. Everything else in the database can be made again from these rows.
--
-- What is promised here, whoever connects:
--   * the frames of a district are one chain from position 1, without gap, fork or overlap;
--   * a frame hangs on the root of the frame before it;
--   * a key of a client stands for one command, for good;
--   * frames, keys and checkpoints only grow.

CREATE SCHEMA IF NOT EXISTS log;

CREATE TABLE log.frame (
    district text NOT NULL CHECK (district ~ '^[a-z0-9-]{1,32}$'),
    first bigint NOT NULL CHECK (first >= 1),
    last bigint NOT NULL CHECK (last >= first),
    -- Microseconds since 1970, UTC.
    recorded_at_us bigint NOT NULL,
    previous_root bytea NOT NULL CHECK (octet_length(previous_root) = 32),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    -- FRAME_BYTES_MAX: a frame fits one message.
    body bytea NOT NULL CHECK (octet_length(body) BETWEEN 1 AND 786432),
    -- The position that the frame follows; null for the first frame, which follows nothing.
    previous_last bigint GENERATED ALWAYS AS (nullif(first - 1, 0)) STORED,
    PRIMARY KEY (district, first),
    -- The root is in it so that the reference below holds position and root together. That `last`
    -- alone is unique follows from the chain: each `first` is taken once, and needs a predecessor.
    CONSTRAINT frame_end UNIQUE (district, last, root),
    CONSTRAINT frame_follows FOREIGN KEY (district, previous_last, previous_root)
        REFERENCES log.frame (district, last, root),
    CONSTRAINT frame_begins CHECK (
        first > 1
        OR previous_root = '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    )
);

-- Protobuf with hashes and ULIDs in it hardly shrinks; not trying saves the writer's processor.
ALTER TABLE log.frame ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE log.key (
    district text NOT NULL CHECK (district ~ '^[a-z0-9-]{1,32}$'),
    client bytea NOT NULL CHECK (octet_length(client) = 16),
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 128),
    body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
    -- The positions of the records that the command became.
    first bigint NOT NULL CHECK (first >= 1),
    last bigint NOT NULL CHECK (last >= first),
    PRIMARY KEY (district, client, key)
);

-- Finds the newest keys when a writer starts. Rows come in the order of their positions, so the
-- summary of a range of pages is enough; a B-tree would add 14 % to what a commit writes ahead.
CREATE INDEX key_last ON log.key USING brin (district, last) WITH (autosummarize = on);

CREATE TABLE log.checkpoint (
    district text NOT NULL CHECK (district ~ '^[a-z0-9-]{1,32}$'),
    size bigint NOT NULL CHECK (size >= 0),
    -- A C2SP signed note.
    note text NOT NULL,
    PRIMARY KEY (district, size)
);

-- Disposable: a snapshot saves replay, and can be made again.
CREATE TABLE log.snapshot (
    district text NOT NULL CHECK (district ~ '^[a-z0-9-]{1,32}$'),
    format integer NOT NULL,
    position bigint NOT NULL CHECK (position >= 1),
    digest bytea NOT NULL,
    bytes bigint NOT NULL CHECK (bytes >= 0),
    PRIMARY KEY (district, format, position)
);

CREATE TABLE log.snapshot_part (
    district text NOT NULL,
    format integer NOT NULL,
    position bigint NOT NULL,
    part integer NOT NULL CHECK (part >= 0),
    body bytea NOT NULL,
    PRIMARY KEY (district, format, position, part),
    -- Looked at when the transaction ends: the parts are written first, their sum with the head.
    FOREIGN KEY (district, format, position) REFERENCES log.snapshot ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED
);

ALTER TABLE log.snapshot_part ALTER COLUMN body SET STORAGE EXTERNAL;

-- Refused for everyone, superusers and replication sessions too (ENABLE ALWAYS).
CREATE FUNCTION log.only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% only grows: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER frame_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log.frame
    FOR EACH STATEMENT EXECUTE FUNCTION log.only_grows();
CREATE TRIGGER key_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log.key
    FOR EACH STATEMENT EXECUTE FUNCTION log.only_grows();
CREATE TRIGGER checkpoint_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION log.only_grows();
ALTER TABLE log.frame ENABLE ALWAYS TRIGGER frame_only_grows;
ALTER TABLE log.key ENABLE ALWAYS TRIGGER key_only_grows;
ALTER TABLE log.checkpoint ENABLE ALWAYS TRIGGER checkpoint_only_grows;

-- Roles belong to the whole cluster: another database may have made them, or may be doing so now.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['linli_writer', 'linli_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
        -- Whoever migrates may also run. A superuser may anyway; one who may not grant has been
        -- granted it by the administrator, or is told when the writer opens.
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
            BEGIN
                EXECUTE format('GRANT %I TO %I', name, current_user);
            EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
                NULL;
            END;
        END IF;
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA log TO linli_writer, linli_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA log TO linli_writer, linli_reader;
GRANT INSERT ON log.frame, log.key, log.checkpoint TO linli_writer;
GRANT INSERT, DELETE ON log.snapshot, log.snapshot_part TO linli_writer;
