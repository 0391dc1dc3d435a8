-- Who may come in. Nothing here is in the log: keys come and go, what was done with them stays.
CREATE SCHEMA IF NOT EXISTS access;

CREATE TABLE access.api_key (
    district      text COLLATE "C" NOT NULL,
    -- A ULID, as text: it is a part of the key and is typed by people.
    id            text COLLATE "C" NOT NULL,
    -- The owner, whose idempotency keys two keys in rotation share. A ULID.
    client        text COLLATE "C" NOT NULL,
    kind          text COLLATE "C" NOT NULL
        CHECK (kind IN ('partner', 'station', 'staff', 'auditor', 'operator')),
    name          text NOT NULL,
    -- The station or the officer that the key speaks for. A ULID.
    subject       text COLLATE "C",
    scopes        text[] NOT NULL,
    -- Of the secret, which is 256 random bits: nothing to stretch, nothing to guess.
    secret_sha256 bytea NOT NULL CHECK (octet_length(secret_sha256) = 32),
    created_at_us bigint NOT NULL,
    expires_at_us bigint,
    revoked_at_us bigint,
    PRIMARY KEY (district, id),
    CHECK ((kind IN ('station', 'staff')) = (subject IS NOT NULL))
);
