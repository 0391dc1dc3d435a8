//! How much of the machine a reader of the log takes.

use std::time::Instant;

use linli_log::reader::PAGE_BYTES_MAX;

/// How many times as long as it worked a gentle one rests: it then works a quarter of the time,
/// which the writer's tail bears.
const RESTS: u32 = 3;

/// The log that a gentle one takes at once: some thousand records, a few milliseconds of work. A whole
/// page is a tenth of a second on two threads, and whoever serves waits for a core as long.
const GENTLE_PAGE_BYTES: usize = 256 * 1024;

/// Most parts of a snapshot that are decoded at once, each on a thread: more cores are not seen
/// to help, since one of them puts the table together.
const WORKERS_MAX: usize = 4;

/// How much of the machine is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// All of it: somebody waits.
    Hurry,
    /// Little of it: others work.
    Gentle,
}

impl Pace {
    /// How many parts are worked on at once.
    pub(crate) fn workers(self) -> usize {
        match self {
            Self::Hurry => std::thread::available_parallelism()
                .map_or(1, std::num::NonZero::get)
                .min(WORKERS_MAX),
            Self::Gentle => 1,
        }
    }

    /// How many bytes of the log are read and replayed in one go.
    pub(crate) const fn page_bytes(self) -> usize {
        match self {
            Self::Hurry => PAGE_BYTES_MAX,
            Self::Gentle => GENTLE_PAGE_BYTES,
        }
    }

    /// Lets others have their turn after work that was begun then.
    pub(crate) async fn rest(self, begun: Instant) {
        match self {
            Self::Hurry => tokio::task::yield_now().await,
            Self::Gentle => tokio::time::sleep(begun.elapsed().saturating_mul(RESTS)).await,
        }
    }
}
