//! Asking for ranks.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use linli_domain::Position;
use linli_domain::id::{AreaId, ResidentId};
use linli_domain::resident::Pseudonym;
use linli_domain::rules::Ties;
use linli_domain::time::{Period, Window};
use linli_feed::Feed;
use linli_readmodel::Reader;
use tokio::sync::{Mutex, mpsc, watch};

use crate::ladder::Ladder;
use crate::metrics::{Gauges, Metrics, count};
use crate::room::Room;
use crate::seat::{Seat, State, Which};

/// How long a question waits for a ladder that is being filled before the rows are asked: a ladder
/// of some ten thousand is there by then.
const FILLED_WAIT_MAX: Duration = Duration::from_millis(500);

/// Most ladders that wait to be filled; one is filled at a time. Whoever finds no place asks the
/// rows.
const WANTED_MAX: usize = 32;

/// What ranks need.
#[derive(Clone)]
pub struct Settings {
    /// The rows to fill from, and whose they are.
    pub reader: Reader,
    /// Connections to those rows; one is used while something is filled.
    pub pool: deadpool_postgres::Pool,
    /// The frames of the same district.
    pub feed: Feed,
    /// Room for the ladders of the whole process.
    pub room: Room,
    /// The process's metrics.
    pub metrics: Metrics,
}

/// Ranks of one district from memory. Cheap to clone; without [`run`](Self::run) it knows nothing,
/// and says so.
#[derive(Clone)]
pub struct Ranks(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) settings: Settings,
    pub(crate) gauges: Gauges,
    /// None while it is not known.
    state: RwLock<Option<State>>,
    /// The last record that is known; none while nothing is.
    pub(crate) reached: watch::Sender<Option<Position>>,
    /// Rings when a ladder was filled, or won't be.
    pub(crate) filled: watch::Sender<()>,
    wanted: mpsc::Sender<Which>,
    /// Taken by the one who runs.
    pub(crate) wishes: Mutex<mpsc::Receiver<Which>>,
    since: Instant,
}

/// Which ranking is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The area; the district if none.
    pub area: Option<AreaId>,
    /// What kind of stretch of the calendar.
    pub window: Window,
    /// Which one; the one that it is now if none.
    pub period: Option<Period>,
}

/// What comes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<T> {
    /// The answer.
    Answered(Answer<T>),
    /// There is no such area up to this record.
    NoSuchArea(Position),
    /// The records asked for haven't come yet; the last that has.
    NotYet(Position),
    /// Memory doesn't have it: the rows are to be asked.
    InRows,
}

/// An answer, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// It has seen the records up to this one.
    pub position: Position,
    /// The area that was meant.
    pub area: AreaId,
    /// The period that was meant.
    pub period: Period,
    /// What was asked.
    pub told: T,
}

/// What a look into memory finds.
enum Look<T> {
    Known(Asked<T>),
    /// It is on the way,
    OnTheWay,
    /// or could be.
    Missing(Which),
}

impl Ranks {
    /// Ranks of a district; nothing happens before [`run`](Self::run).
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let gauges = settings.metrics.of(settings.reader.district().as_str());
        let (wanted, wishes) = mpsc::channel(WANTED_MAX);
        Self(Arc::new(Inner {
            settings,
            gauges,
            state: RwLock::new(None),
            reached: watch::Sender::new(None),
            filled: watch::Sender::new(()),
            wanted,
            wishes: Mutex::new(wishes),
            since: Instant::now(),
        }))
    }

    /// Asks a question of a ladder that has seen the records up to `after`, for which it waits
    /// `timeout` at the longest. The first question for a ladder has it filled.
    pub async fn ask<T>(
        &self,
        wish: Wish,
        after: Option<Position>,
        timeout: Duration,
        question: impl Fn(&Ladder, Ties) -> T,
    ) -> Asked<T> {
        let asked = match self.wait_for(after, timeout).await {
            Ok(()) => self.ask_when_filled(wish, question).await,
            Err(Some(reached)) => Asked::NotYet(reached),
            Err(None) => Asked::InRows,
        };
        match asked {
            Asked::InRows => self.0.gauges.from_rows.inc(),
            Asked::Answered(_) | Asked::NoSuchArea(_) | Asked::NotYet(_) => {
                self.0.gauges.from_memory.inc();
            }
        }
        asked
    }

    /// What these residents are called, as far as they are called anything; none while memory
    /// doesn't know the district.
    #[must_use]
    pub fn called(&self, of: &[ResidentId]) -> Option<BTreeMap<ResidentId, Pseudonym>> {
        let state = self.0.read();
        let ground = &state.as_ref()?.ground;
        let called = |id: &ResidentId| ground.called(*id).map(|pseudonym| (*id, pseudonym));
        Some(of.iter().filter_map(called).collect())
    }

    /// Waits for a record. Not for the state: while that isn't known, the rows are asked.
    async fn wait_for(
        &self,
        after: Option<Position>,
        timeout: Duration,
    ) -> Result<(), Option<Position>> {
        let Some(after) = after else { return Ok(()) };
        let mut reached = self.0.reached.subscribe();
        let is_over = |reached: &Option<Position>| reached.is_none_or(|reached| reached >= after);
        // In time or not: what is known now is the answer.
        let _in_time = tokio::time::timeout(timeout, reached.wait_for(is_over)).await;
        match *self.0.reached.borrow() {
            Some(reached) if reached >= after => Ok(()),
            reached => Err(reached),
        }
    }

    async fn ask_when_filled<T>(
        &self,
        wish: Wish,
        question: impl Fn(&Ladder, Ties) -> T,
    ) -> Asked<T> {
        let mut filled = self.0.filled.subscribe();
        let deadline = tokio::time::Instant::now().checked_add(FILLED_WAIT_MAX);
        let deadline = deadline.unwrap_or_else(tokio::time::Instant::now);
        loop {
            filled.mark_unchanged();
            match self.look(wish, &question) {
                Look::Known(asked) => return asked,
                Look::OnTheWay => {}
                Look::Missing(which) if self.0.want(which) => {}
                Look::Missing(_) => return Asked::InRows,
            }
            match tokio::time::timeout_at(deadline, filled.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return Asked::InRows,
            }
        }
    }

    fn look<T>(&self, wish: Wish, question: impl Fn(&Ladder, Ties) -> T) -> Look<T> {
        let state = self.0.read();
        let Some(State { ground, seats }) = state.as_ref() else {
            return Look::Known(Asked::InRows);
        };
        let position = ground.position;
        let area = match wish.area {
            Some(area) => Some(area).filter(|area| ground.has(*area)),
            None => ground.district(),
        };
        let Some(area) = area else { return Look::Known(Asked::NoSuchArea(position)) };
        let period = wish.period.unwrap_or_else(|| ground.period_now(wish.window));
        match seats.get(&(area, period)) {
            Some(Seat::Kept(kept)) => {
                let told = question(kept.ask(self.0.now_s()), ground.ties());
                Look::Known(Asked::Answered(Answer { position, area, period, told }))
            }
            Some(Seat::Refused(_)) => Look::Known(Asked::InRows),
            Some(Seat::Filling(_)) => Look::OnTheWay,
            None => Look::Missing((area, period)),
        }
    }
}

impl Inner {
    /// The state, to look at for some microseconds.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Option<State>> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state, to change for some hundred microseconds.
    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Option<State>> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts another state in place, or none.
    pub(crate) fn set(&self, state: Option<State>) {
        let reached = state.as_ref().map(|state| state.ground.position);
        *self.write() = state;
        self.tell(reached);
        self.filled.send_replace(());
    }

    /// Tells how far it is.
    pub(crate) fn tell(&self, reached: Option<Position>) {
        let position = reached.unwrap_or_default().0;
        self.gauges.position.set(i64::try_from(position).unwrap_or(i64::MAX));
        self.reached.send_replace(reached);
    }

    pub(crate) fn tell_ladders(&self) {
        match self.read().as_ref() {
            Some(state) => state.tell(&self.gauges),
            None => {
                let Gauges { ladders, residents, bytes, .. } = &self.gauges;
                [ladders, residents, bytes].into_iter().for_each(|gauge| gauge.set(count(0)));
            }
        }
    }

    /// Has a ladder filled; `false` if there is no place for it.
    pub(crate) fn want(&self, which: Which) -> bool {
        let mut state = self.write();
        let Some(state) = state.as_mut() else { return false };
        if !state.begin(which, self.now_s()) {
            // It may have come since it was looked for.
            return state.seats.contains_key(&which);
        }
        let is_wanted = self.wanted.try_send(which).is_ok();
        if !is_wanted {
            state.seats.remove(&which);
        }
        is_wanted
    }

    /// Seconds since it was made.
    pub(crate) fn now_s(&self) -> u64 {
        self.since.elapsed().as_secs()
    }
}

impl std::fmt::Debug for Ranks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let district = self.0.settings.reader.district();
        f.debug_struct("Ranks").field("district", district).finish_non_exhaustive()
    }
}
