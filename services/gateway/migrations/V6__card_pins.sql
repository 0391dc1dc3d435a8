-- PINs of residents' cards. Nothing here is in the log: a PIN has so few digits that any hash of it
-- there would give it away to whoever reads.
CREATE TABLE access.card_pin (
    district        text COLLATE "C" NOT NULL,
    -- The eight characters of its code. A card that is replaced leaves its PIN behind, good for nothing.
    card            text COLLATE "C" NOT NULL,
    -- Argon2id, version 19, 19 MiB, two passes, one lane, with a salt of its own.
    salt            bytea NOT NULL CHECK (octet_length(salt) = 16),
    hash            bytea NOT NULL CHECK (octet_length(hash) = 32),
    set_at_us       bigint NOT NULL,
    -- Tries since the last right one, those included that are being looked at.
    tries           integer NOT NULL DEFAULT 0,
    -- No try is looked at before this.
    locked_until_us bigint,
    PRIMARY KEY (district, card)
);
