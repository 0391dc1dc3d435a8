//! What happens to a wallet by itself.

use crate::id::ResidentId;
use crate::wallet::LotTaken;

/// What happened to a wallet without anybody's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The rest of a lot lapsed at its time.
    LotExpired {
        /// Whose.
        resident: ResidentId,
        /// Which lot, how much of it, and the pool it came from.
        lapsed: LotTaken,
    },
}
