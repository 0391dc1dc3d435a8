//! A small place, founded through HTTP as an operator would.
//!
//! One district with a sub-district, a community, two grids and a building in each. The rules are
//! the shipped profile, in force for a month.

mod east;
mod founding;
mod giving;
mod keys;
mod people;
mod supply;

pub use founding::{mediated_rules, plain_rules};

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use linli_api::{Client, Id, Instant};

use crate::Http;
use crate::system::caught_up;

/// What a test may want of a place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// So many volunteers more, each in a household of their own in the first building.
    pub crowd: usize,
}

/// A small place, and clients for everybody in it.
#[derive(Debug)]
pub struct Place {
    /// Where the server is.
    pub url: String,
    /// The same for requests that no typed client would send.
    pub http: Http,
    /// An operator.
    pub operator: Client,
    /// A partner, with the key itself.
    pub partner: Client,
    /// The partner's key.
    pub partner_key: String,
    /// An auditor.
    pub auditor: Client,
    /// The auditor's key.
    pub auditor_key: String,
    /// The areas.
    pub areas: Areas,
    /// Who lives there.
    pub people: People,
    /// Volunteers more, if they were wished for.
    pub crowd: Vec<Person>,
    /// Who verifies.
    pub officers: Officers,
    /// A counter with everything on its shelf.
    pub shop: Counter,
    /// A counter with soap alone.
    pub kiosk: Counter,
    /// What can be had.
    pub items: Items,
    /// The pools of the profile by their codes, with 100,000 points each.
    pub pools: BTreeMap<String, Id>,
    diary: Mutex<Diary>,
    keys: AtomicU64,
}

/// The areas, largest first.
#[derive(Clone, Debug)]
pub struct Areas {
    /// The district.
    pub district: Id,
    /// Its sub-district.
    pub street: Id,
    /// Its community.
    pub community: Id,
    /// A comprehensive grid.
    pub grid: Id,
    /// A building in it.
    pub building: Id,
    /// Another grid.
    pub other_grid: Id,
    /// A building in that one.
    pub other_building: Id,
}

/// A resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub resident: Id,
    /// The household.
    pub household: Id,
    /// The card's code.
    pub card: String,
}

/// Who lives there.
#[derive(Clone, Debug)]
pub struct People {
    /// A volunteer in the first building.
    pub chen: Person,
    /// A volunteer in Chen's household.
    pub chen_kin: Person,
    /// A volunteer in the building of the other grid.
    pub wang: Person,
    /// A volunteer of an assisted household.
    pub assisted: Person,
    /// No volunteer.
    pub idle: Person,
    /// A volunteer who is an officer of the first grid.
    pub li: Person,
    /// A volunteer in that officer's household.
    pub li_kin: Person,
}

/// Who verifies. None of them but `li` is a resident here.
#[derive(Clone, Debug)]
pub struct Officers {
    /// Of the first grid.
    pub grid: Client,
    /// The same one's key.
    pub grid_key: String,
    /// Of the first grid as well, and the resident of that name.
    pub li: Client,
    /// Of the other grid.
    pub other_grid: Client,
    /// Head of the first building.
    pub head: Client,
    /// Of the community.
    pub community: Client,
    /// Of the sub-district.
    pub street: Client,
    /// Of the sub-district, for tests that retire one; with the id.
    pub leaving: (Id, Client),
}

/// A counter.
#[derive(Clone, Debug)]
pub struct Counter {
    /// The station.
    pub station: Id,
    /// Its key.
    pub key: String,
    /// A client with the key.
    pub api: Client,
}

/// What can be had.
#[derive(Clone, Debug)]
pub struct Items {
    /// 15 points; 40 in the shop, 5 in the kiosk.
    pub soap: Id,
    /// 44 points; one bag, in the shop.
    pub rice: Id,
    /// 0.50 points; 100,000 in the shop.
    pub salt: Id,
    /// 50 points; 3 in the shop.
    pub thermos: Id,
    /// 15 points, a service.
    pub haircut: Id,
    /// Nothing, with two stars; a service.
    pub legal: Id,
    /// Nothing, for assisted households; 2 in the shop.
    pub wheelchair: Id,
}

/// When who served: intervals that nobody has used.
#[derive(Debug)]
struct Diary {
    now: jiff::Timestamp,
    next: jiff::Timestamp,
}

impl Diary {
    /// Days that a place has behind it, of which the rules let one enter seven.
    const DAYS_BEHIND: i64 = 3;

    fn at(now: jiff::Timestamp) -> Self {
        Self { now, next: Self::begin(now) }
    }

    fn begin(now: jiff::Timestamp) -> jiff::Timestamp {
        now - jiff::SignedDuration::from_hours(24 * Self::DAYS_BEHIND)
    }

    fn moved(&mut self, now: jiff::Timestamp) {
        self.now = now;
        self.next = self.next.max(Self::begin(now));
    }

    fn take(&mut self, minutes: i64) -> (jiff::Timestamp, jiff::Timestamp) {
        let start = self.next;
        self.next = start + jiff::SignedDuration::from_mins(minutes);
        (start, self.next)
    }
}

impl Place {
    /// An idempotency key that nobody has used.
    #[must_use]
    pub fn key(&self, about: &str) -> String {
        format!("{about}-{}", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    /// An interval of so many minutes in the days before now, later than any given before.
    #[must_use]
    pub fn interval(&self, minutes: i64) -> (Instant, Instant) {
        let mut diary = self.diary.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (start, end) = diary.take(minutes);
        (instant(start), instant(end))
    }

    /// So many minutes after (or before) the time that the test clock was last set to.
    #[must_use]
    pub fn minutes_from_now(&self, minutes: i64) -> Instant {
        instant(self.now() + jiff::SignedDuration::from_mins(minutes))
    }

    /// The time that the test clock was last set to. It ticks on from there.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.diary.lock().unwrap_or_else(std::sync::PoisonError::into_inner).now
    }

    /// Moves the test clock forward.
    ///
    /// # Errors
    ///
    /// If the server has none, or isn't asked for a later time.
    pub async fn let_pass(&self, minutes: i64) -> anyhow::Result<()> {
        let to = self.now() + jiff::SignedDuration::from_mins(minutes);
        self.operator.set_test_clock(&instant(to)).await?;
        self.diary.lock().unwrap_or_else(std::sync::PoisonError::into_inner).moved(to);
        Ok(())
    }

    /// Where the log ends.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub async fn head(&self) -> anyhow::Result<u64> {
        Ok(self.auditor.log_head().await?.body.position)
    }
}

impl Place {
    /// Waits until every read model has seen the whole log, and gives its end.
    ///
    /// # Errors
    ///
    /// If one stopped, or doesn't get there in time.
    pub async fn caught_up(&self) -> anyhow::Result<u64> {
        let head = self.auditor.log_head().await?.body;
        caught_up(&self.http, head.district.as_str(), head.position).await?;
        Ok(head.position)
    }
}

/// An instant as it is said over HTTP.
pub(crate) fn instant(at: jiff::Timestamp) -> Instant {
    Instant::from(format!("{at:.6}"))
}
