//! How long the courier stays with a command.

use std::time::Duration;

use tokio::time::Instant;

/// First pause: a leader that gives way to one that stands by warm is followed by it in some tens
/// of milliseconds.
const PAUSE_MIN: Duration = Duration::from_millis(10);

/// Longest pause: how much later than the new leader a command may be.
const PAUSE_MAX: Duration = Duration::from_millis(160);

/// How long the courier stays with a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// The longest stay. After it, whoever asks again with the same key learns what came of it.
    pub answer_max: Duration,
    /// How long nobody may have led until senders are told at once. A hand-over takes less; a
    /// database that is away takes longer, and then a quick answer is worth more than a late one.
    pub away_max: Duration,
}

impl Default for Patience {
    /// Ten seconds for an answer, five for a leader.
    fn default() -> Self {
        Self { answer_max: Duration::from_secs(10), away_max: Duration::from_secs(5) }
    }
}

impl Patience {
    pub(super) fn pauses(self, now: Instant) -> Pauses {
        Pauses { next: PAUSE_MIN, end: now.checked_add(self.answer_max).unwrap_or(now) }
    }
}

/// The pauses of one command: each twice as long as the one before.
#[derive(Debug)]
pub(super) struct Pauses {
    next: Duration,
    end: Instant,
}

impl Pauses {
    /// Waits; `false` at once if patience would have ended by then.
    pub(super) async fn next(&mut self) -> bool {
        let now = Instant::now();
        let Some(until) = now.checked_add(self.next).filter(|until| *until < self.end) else {
            return false;
        };
        self.next = self.next.saturating_mul(2).min(PAUSE_MAX);
        tokio::time::sleep_until(until).await;
        true
    }
}
