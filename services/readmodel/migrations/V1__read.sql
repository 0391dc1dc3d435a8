-- What is read, made from the log and from nothing else. The rows of the read models stand in
-- schemas of their own, one a projection, form and generation, that the projector makes and
-- drops; here is only the list of them.

CREATE SCHEMA IF NOT EXISTS read;

CREATE TABLE read.projection (
    district text COLLATE "C" NOT NULL CHECK (district ~ '^[a-z0-9-]{1,32}$'),
    projection text COLLATE "C" NOT NULL,
    generation integer NOT NULL CHECK (generation >= 1),
    -- The form of its tables and of what is folded into them.
    form integer NOT NULL CHECK (form >= 1),
    -- live: queries are answered from it; building: filled beside the live one; retired: nothing
    -- reads it any longer, to be dropped.
    role text COLLATE "C" NOT NULL CHECK (role IN ('live', 'building', 'retired')),
    -- Its rows are true up to and including this record of the log.
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    -- When that record was recorded, in microseconds since 1970, UTC.
    recorded_at_us bigint NOT NULL DEFAULT 0,
    -- The log's root over all records up to there; null before the first. A log with another root
    -- there is another history, and is not followed.
    root bytea CHECK (octet_length(root) = 32),
    -- Why it stopped and at which record; null while it moves.
    error text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district, projection, generation)
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX projection_live ON read.projection (district, projection)
    WHERE role = 'live';
CREATE UNIQUE INDEX projection_building ON read.projection (district, projection)
    WHERE role = 'building';

-- Roles belong to the whole cluster: another database may have made them, or may be doing so now.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['linli_projector', 'linli_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
        IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
            BEGIN
                EXECUTE format('GRANT %I TO %I', name, current_user);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
    END LOOP;
    -- The projector makes the schemas of its generations itself.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO linli_projector', current_database());
END
$$;

GRANT USAGE ON SCHEMA read TO linli_projector, linli_reader;
GRANT SELECT ON read.projection TO linli_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON read.projection TO linli_projector;
