//! Filling from the rows: the ground at the start, a ladder when it is first asked for.

use std::pin::pin;
use std::time::Duration;

use futures::TryStreamExt as _;
use linli_domain::Position;
use linli_log::Root;
use linli_log::merkle::Hash;
use linli_readmodel::directory::Area;
use linli_readmodel::rankings::{Calendar, Held};
use linli_readmodel::{Projection, ReadError, Snapshot, WaitError};

use crate::fault::Fault;
use crate::ground::Ground;
use crate::ladder::Ladder;
use crate::ranks::Inner;
use crate::room::Share;
use crate::seat::{FRESH_S, Filling, Kept, Seat, State, Which};

/// How long filling one ladder may take. A million residents take some seconds.
const FILL_MAX: Duration = Duration::from_secs(60);

/// For so many residents room is taken at once.
const SHARE_RESIDENTS: usize = 1_024;

/// Where the log is to be followed from: the last record that was seen, and the root there.
pub(crate) type Start = (Position, Option<Root>);

/// Why a ladder was not filled.
enum Unfilled {
    /// There is no room for it.
    NoRoom,
    /// The rows could not be read, or not in time; it may be asked for again.
    Rows(ReadError),
    Late,
}

impl From<ReadError> for Unfilled {
    fn from(error: ReadError) -> Self {
        Self::Rows(error)
    }
}

impl Inner {
    /// What the rows know of the district. Directory and rankings may stand at different records;
    /// what lies between is applied once more, which changes nothing.
    pub(crate) async fn ground(&self) -> Result<(Ground, Start), Fault> {
        let settings = &self.settings;
        let district = settings.reader.district().clone();
        let snapshot = Snapshot::open(&settings.pool, district).await?;
        let standing =
            |projection| snapshot.standing(projection).ok_or(ReadError::NotBuilt(projection));
        let (directory, rankings) =
            (standing(Projection::Directory)?, standing(Projection::Rankings)?);
        let first = if directory.position < rankings.position { directory } else { rankings };
        let start = (first.position, first.root.map(Hash));
        let mut ground = Ground::at(first.position, first.recorded_at);
        {
            let mut areas = pin!(snapshot.rows::<Area>().await?);
            while let Some(area) = areas.try_next().await? {
                ground.found(area.area, area.level, area.parent);
            }
            let mut calendars = pin!(snapshot.rows::<Calendar>().await?);
            while let Some(calendar) = calendars.try_next().await? {
                ground.publish(calendar);
            }
            let mut shown = pin!(snapshot.shown().await?);
            while let Some(resident) = shown.try_next().await? {
                ground.show(resident);
            }
            let mut called = pin!(snapshot.called().await?);
            while let Some((resident, pseudonym)) = called.try_next().await? {
                ground.call(resident, Some(pseudonym));
            }
        }
        snapshot.close().await?;
        Ok((ground, start))
    }

    /// Fills a ladder and puts it in its place. What keeps it from being filled is told, and the
    /// rows are asked instead.
    pub(crate) async fn fill(&self, which: Which) -> Result<(), Fault> {
        let filled = tokio::time::timeout(FILL_MAX, self.filled(which)).await;
        let mut state = self.write();
        if let Some(state) = state.as_mut() {
            match filled.unwrap_or(Err(Unfilled::Late)) {
                Ok(Some(kept)) => state.land(which, kept)?,
                Ok(None) => {}
                Err(Unfilled::NoRoom) => {
                    state.seats.insert(which, Seat::Refused(self.now_s()));
                }
                Err(why) => {
                    why.tell();
                    state.seats.remove(&which);
                }
            }
        }
        drop(state);
        self.filled.send_replace(());
        Ok(())
    }

    /// None if it isn't wanted any more.
    async fn filled(&self, which: Which) -> Result<Option<Kept>, Unfilled> {
        let Some(from) = self.read().as_ref().and_then(|state| filling_from(state, which)) else {
            return Ok(None);
        };
        let settings = &self.settings;
        settings.reader.wait_for(Projection::Rankings, from, FILL_MAX).await?;
        let snapshot = Snapshot::open(&settings.pool, settings.reader.district().clone()).await?;
        let seen = snapshot.position(Projection::Rankings).unwrap_or_default();
        if seen < from {
            return Err(Unfilled::Late);
        }
        // From here on memory knows every grid that these rows can be of.
        let is_there = |reached: &Option<Position>| reached.is_some_and(|at| at >= seen);
        let mut reached = self.reached.subscribe();
        if reached.wait_for(is_there).await.is_err() {
            return Err(Unfilled::Late);
        }
        let Some(grids) = self.read().as_ref().map(|state| state.ground.grids_in(which.0)) else {
            return Ok(None);
        };
        let mut share = settings.room.share();
        let mut held: Vec<Held> = Vec::new();
        {
            let mut rows = pin!(snapshot.held(&grids, which.1).await?);
            while let Some(row) = rows.try_next().await? {
                if held.len().is_multiple_of(SHARE_RESIDENTS) && !self.make_room(&mut share) {
                    return Err(Unfilled::NoRoom);
                }
                held.push(row);
            }
        }
        snapshot.close().await?;
        // A million residents are sorted in some hundred milliseconds.
        let ladder = tokio::task::spawn_blocking(move || Ladder::of(held)).await;
        let ladder = ladder.map_err(|_| Unfilled::Late)?;
        Ok(Some(Kept::new(ladder, seen, share, self.now_s())))
    }

    /// Takes room for some more residents; ladders that nobody asks for make way.
    fn make_room(&self, share: &mut Share) -> bool {
        loop {
            if share.take(SHARE_RESIDENTS) {
                return true;
            }
            let before_s = self.now_s().saturating_sub(FRESH_S);
            let dropped = self.write().as_mut().is_some_and(|state| state.drop_stalest(before_s));
            if !dropped {
                return false;
            }
        }
    }
}

impl From<WaitError> for Unfilled {
    fn from(error: WaitError) -> Self {
        match error {
            WaitError::NotYet { .. } => Self::Late,
            WaitError::Read(error) => Self::Rows(error),
        }
    }
}

impl Unfilled {
    fn tell(&self) {
        match self {
            Self::NoRoom => {}
            Self::Rows(error) => {
                let error: &dyn std::error::Error = error;
                tracing::warn!(error, "a ranking could not be filled from the rows");
            }
            Self::Late => tracing::warn!("a ranking could not be filled from the rows in time"),
        }
    }
}

fn filling_from(state: &State, which: Which) -> Option<Position> {
    match state.seats.get(&which)? {
        Seat::Filling(Filling { from, .. }) => Some(*from),
        Seat::Refused(_) | Seat::Kept(_) => None,
    }
}
