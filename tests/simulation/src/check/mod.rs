//! The judges: what must hold whatever happens, each under a name.

mod journal;
mod judge;
mod refusals;

pub use journal::{Journal, Said};
pub use judge::Judge;
pub use refusals::Refusals;

/// Who finds what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Checker {
    /// Every command that was acknowledged is in the log, with the answered records.
    Acknowledged,
    /// A command whose sender was only ever told that nothing was done is not in the log.
    NotDone,
    /// Each key has at most one effect, and it is the one that was wished for.
    Once,
    /// A repeat is answered like the first time; another body under a used key never.
    Repeats,
    /// A refusal tells of a state that was true between question and answer.
    Refusals,
    /// Positions follow each other, roots chain, times never go back.
    Chain,
    /// Nobody but the holder of the lock writes, and no term after a later one.
    Terms,
    /// Balances, stock, holds and contributions are what plain books say; deadlines come in time.
    Books,
    /// The log follows from the rules: the core replays it and would decide it again.
    Core,
    /// The index says what the frames say, up to where it has come.
    Index,
    /// A projection shows at each checkpoint what a replay from position 1 gives.
    Projection,
    /// A snapshot, and a ledger's image, are what a replay from position 1 gives.
    Image,
    /// When the faults have ended, everything is answered and caught up in bounded time.
    Progress,
}

impl Checker {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::NotDone => "not-done",
            Self::Once => "once",
            Self::Repeats => "repeats",
            Self::Refusals => "refusals",
            Self::Chain => "chain",
            Self::Terms => "terms",
            Self::Books => "books",
            Self::Core => "core",
            Self::Index => "index",
            Self::Projection => "projection",
            Self::Image => "image",
            Self::Progress => "progress",
        }
    }
}

/// What must not be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {found}", checker.name())]
pub struct Violation {
    /// Who found it.
    pub checker: Checker,
    /// What.
    pub found: String,
}

impl Violation {
    /// What a checker found.
    pub fn new(checker: Checker, found: impl Into<String>) -> Self {
        Self { checker, found: found.into() }
    }
}
