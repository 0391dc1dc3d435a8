-- Residents have all that is kept about them with a key of their own.
-- The table is small (a row a key), so a check is made anew in no time.
-- squawk-ignore ban-drop-constraint
ALTER TABLE access.api_key DROP CONSTRAINT api_key_kind_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE access.api_key ADD CONSTRAINT api_key_kind_check CHECK (
    kind IN (
        'partner', 'station', 'staff', 'auditor', 'operator', 'supplier', 'finance', 'resident'
    )
);
-- squawk-ignore ban-drop-constraint
ALTER TABLE access.api_key DROP CONSTRAINT api_key_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE access.api_key ADD CONSTRAINT api_key_check CHECK (
    (kind IN ('station', 'staff', 'supplier', 'resident')) = (subject IS NOT NULL)
);
