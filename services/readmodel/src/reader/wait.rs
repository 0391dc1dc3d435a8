//! Waiting for a read model to reach a position: reading one's own writes.

use std::time::Duration;

use linli_domain::Position;
use tokio::time::{Instant, sleep, sleep_until};

use super::{Reached, Reader};
use crate::error::ReadError;
use crate::projection::Projection;

/// The first pause between two looks: a projector that keeps up is done in about this.
const PAUSE_FIRST: Duration = Duration::from_millis(2);

/// The longest pause: 40 looks a second at the most, however many wait.
const PAUSE_LONGEST: Duration = Duration::from_millis(25);

/// How long a look is good for those who come later. A checkpoint goes back when the server
/// crashes, since it is not synced to the disk with each batch; no server is back within this.
const LOOK_GOOD_FOR: Duration = PAUSE_LONGEST;

impl Reached {
    fn tells(&self, wanted: Position) -> bool {
        let is_fresh = self.looked_at.is_some_and(|at| at.elapsed() < LOOK_GOOD_FOR);
        is_fresh && self.position >= wanted
    }
}

/// Why a wait ended without success.
#[derive(Debug, thiserror::Error)]
pub enum WaitError {
    /// The time is up.
    #[error("the read model {projection} is at {reached}, not yet at {wanted}")]
    NotYet {
        /// Which one.
        projection: Projection,
        /// Where it is.
        reached: Position,
        /// Where it was to be.
        wanted: Position,
    },
    /// It could not be asked.
    #[error("the read model's position could not be read")]
    Read(#[from] ReadError),
}

impl Reader {
    /// Waits until the projection's live rows are true up to `wanted`, `timeout` at the longest.
    ///
    /// However many wait, one of them asks the database and tells the others; it asks after 2 ms,
    /// then ever less often down to every 25 ms while nothing moves.
    ///
    /// # Errors
    ///
    /// [`WaitError::NotYet`] when the time is up, with where it is.
    pub async fn wait_for(
        &self,
        projection: Projection,
        wanted: Position,
        timeout: Duration,
    ) -> Result<(), WaitError> {
        let seat = self.seat(projection)?;
        let deadline = Instant::now().checked_add(timeout).unwrap_or_else(Instant::now);
        let mut told = seat.reached.subscribe();
        // Whoever asks holds the turn; the others hear of it, or get the turn when it is free.
        tokio::select! {
            biased;
            _ = told.wait_for(|reached| reached.tells(wanted)) => Ok(()),
            asked = async {
                let _turn = seat.turn.lock().await;
                // While it waited for its turn, somebody may have told.
                if seat.reached.borrow().tells(wanted) {
                    return Ok(());
                }
                self.ask_until(projection, wanted).await
            } => asked.map_err(WaitError::Read),
            () = sleep_until(deadline) => {
                let reached = seat.reached.borrow().position;
                Err(WaitError::NotYet { projection, reached, wanted })
            }
        }
    }

    async fn ask_until(&self, projection: Projection, wanted: Position) -> Result<(), ReadError> {
        let mut pause = PAUSE_FIRST;
        let mut before = Position::START;
        loop {
            let (_, reached) = self.look(projection).await?;
            if reached >= wanted {
                return Ok(());
            }
            pause = if reached > before {
                PAUSE_FIRST
            } else {
                pause.saturating_mul(2).min(PAUSE_LONGEST)
            };
            before = reached;
            sleep(pause).await;
        }
    }
}
