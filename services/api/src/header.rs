//! Our own header names.

/// The name that the sender gives a command, so that twice is once.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The PIN of the operator who opens a shift. It stands in no body, for the log has the hash of those.
pub const OPERATOR_PIN: &str = "operator-pin";

/// The PIN of the card that a resident shows. It stands in no body either.
pub const RESIDENT_PIN: &str = "resident-pin";

/// `true` on the answer to a command that had been done before.
pub const IDEMPOTENCY_REPLAYED: &str = "idempotency-replayed";

/// The position that an answer has seen.
pub const POSITION: &str = "linli-position";

/// The position that a read has to have seen.
pub const AFTER: &str = "linli-after";
