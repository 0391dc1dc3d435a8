-- Who residents are. Nothing of it is in the log, which knows them by ULID; what stands here is
-- sealed, and the key that opens it is wrapped under one that no database has.
CREATE SCHEMA IF NOT EXISTS vault;

CREATE TABLE vault.person (
    district      text COLLATE "C" NOT NULL,
    -- The resident's ULID, as in the log.
    resident      text COLLATE "C" NOT NULL,
    -- Which key outside the database wraps this person's key.
    wrapped_by    text COLLATE "C",
    wrapped_key   bytea,
    sealed        bytea,
    changed_at_us bigint NOT NULL,
    -- Once erased, nothing is kept but that it was.
    erased_at_us  bigint,
    erased_by     text COLLATE "C",
    erased_for    text COLLATE "C",
    PRIMARY KEY (district, resident),
    CHECK (
        (erased_at_us IS NULL AND erased_by IS NULL AND erased_for IS NULL
            AND wrapped_by IS NOT NULL AND wrapped_key IS NOT NULL AND sealed IS NOT NULL)
        OR
        (erased_at_us IS NOT NULL AND erased_by IS NOT NULL AND erased_for IS NOT NULL
            AND wrapped_by IS NULL AND wrapped_key IS NULL AND sealed IS NULL)
    )
);

-- Who looked, and why. It only grows.
CREATE TABLE vault.visit (
    district text COLLATE "C" NOT NULL,
    resident text COLLATE "C" NOT NULL,
    number   bigint GENERATED ALWAYS AS IDENTITY,
    at_us    bigint NOT NULL,
    deed     text COLLATE "C" NOT NULL CHECK (deed IN ('written', 'read', 'erased')),
    -- The API key by which they came, and the officer or station that it speaks for.
    api_key  text COLLATE "C" NOT NULL,
    subject  text COLLATE "C",
    reason   text COLLATE "C" NOT NULL,
    PRIMARY KEY (district, resident, number)
);

CREATE FUNCTION vault.only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was looked at in the vault is never changed';
END
$$;

CREATE TRIGGER visit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON vault.visit
    FOR EACH STATEMENT EXECUTE FUNCTION vault.only_grows();

-- Roles belong to the whole cluster: another database may have made it, or may be doing so now.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'linli_vault') THEN
        BEGIN
            CREATE ROLE linli_vault NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'linli_vault', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT linli_vault TO %I', current_user);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
END
$$;

GRANT USAGE ON SCHEMA vault TO linli_vault;
GRANT SELECT, INSERT, UPDATE ON vault.person TO linli_vault;
GRANT SELECT, INSERT ON vault.visit TO linli_vault;

-- A transaction says which district it is about, and sees no other.
ALTER TABLE vault.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_district ON vault.person TO linli_vault
    USING (district = current_setting('linli.district', true))
    WITH CHECK (district = current_setting('linli.district', true));
CREATE POLICY of_district ON vault.visit TO linli_vault
    USING (district = current_setting('linli.district', true))
    WITH CHECK (district = current_setting('linli.district', true));
