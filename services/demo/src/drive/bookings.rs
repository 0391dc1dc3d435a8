//! Shared resources over the year: opened on its first day, booked by the app, waited for where
//! they are full, called off, and fetched at the counter.

mod closed;

use linli_api::booking::{BookResource, BookingChanged, BookingSide, BookingStatus};
use linli_api::receipt::Receipt;
use linli_api::resource::{BookingTerms, OpenResource, SlotOpening, Timetable, Weekday};
use linli_api::{Client, Id};
use ulid::Ulid;

use super::hands::Hands;
use super::purse::Purses;
use super::tally::Tally;
use super::{id, is};
use crate::amount::hundredths;
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::error::{DemoError, Doing as _};
use crate::population::{Hours, Place, hours};
use crate::traffic::{Stay, StayCourse};

const STORY: &str = "a shared resource that is booked";

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Until so long before the start it is called off free of charge, and after that for half; who
/// doesn't come pays all of it.
const FREE_UNTIL_MINUTES: u32 = 480;
const LATE_PART: &str = "0.5";
const NO_SHOW_PART: &str = "1";
const KEY_FROM_MINUTES: u32 = 30;

/// Booked from so many days before.
const DAYS_AHEAD: u16 = 40;

/// Slots that people want begin at one of these minutes of the day.
const NOON: i64 = 720;
const EVENING: i64 = 1_080;

/// How often one looks for somebody of an assisted household: three in a hundred are.
const LOOKS: usize = 900;

/// A resource that is open.
struct Resource {
    id: Id,
    hours: Hours,
    /// In hundredths of points.
    price: i64,
    assisted_only: bool,
    /// The number of the station that has the key.
    station: usize,
}

/// Something that is booked, or waited for.
struct Open {
    booking: Id,
    resource: Id,
    resident: Ulid,
    station: usize,
    start: Moment,
    end: Moment,
    course: StayCourse,
    waits: bool,
    /// A read has to have seen the log up to here.
    position: u64,
}

/// The year's bookings.
pub(super) struct Bookings<'a> {
    hands: &'a Hands,
    place: &'a Place,
    resources: Vec<Resource>,
    open: Vec<Open>,
    /// The quarter in which a slot was called off by its station last.
    closed: Option<u8>,
}

impl<'a> Bookings<'a> {
    pub(super) const fn new(hands: &'a Hands, place: &'a Place) -> Self {
        Self { hands, place, resources: Vec::new(), open: Vec::new(), closed: None }
    }

    /// Opens all that can be booked, on the first day of the year.
    pub(super) async fn open(&mut self, operator: &Client) -> Result<(), DemoError> {
        let shared = self.place.items.iter().filter_map(|item| Some((item, hours(&item.name.en)?)));
        // Keys hang at the counters; the machine has none.
        let counters = self.hands.clerks.len().saturating_sub(1).max(1);
        for (number, (item, hours)) in shared.enumerate() {
            let station = number.checked_rem(counters).unwrap_or_default();
            let at = self.place.stations.get(station).ok_or(DemoError::Plan("a station"))?;
            let opening = |weekday| SlotOpening {
                weekday,
                from_minute: hours.from_minute,
                slots: hours.slots,
            };
            let body = OpenResource {
                resource: None,
                item: id(item.id),
                station: id(at.id),
                quantity: hours.quantity,
                timetable: Timetable {
                    slot_minutes: hours.slot_minutes,
                    every_weeks: hours.every_weeks,
                    openings: match hours.only {
                        Some(day) => vec![opening(day)],
                        None => WEEK.map(opening).into(),
                    },
                },
                in_a_row_most: 1,
                days_ahead: DAYS_AHEAD,
                terms: BookingTerms {
                    free_until_minutes: FREE_UNTIL_MINUTES,
                    late_part: LATE_PART.into(),
                    no_show_part: NO_SHOW_PART.into(),
                    key_from_minutes: KEY_FROM_MINUTES,
                    pause: None,
                },
            };
            let opened = operator.open_resource(&format!("resource-{}", item.id), &body).await;
            let opened = opened.doing(|| format!("open {}", item.name.en))?.body;
            self.resources.push(Resource {
                id: opened.changed.id,
                hours,
                price: item.price_hundredths(),
                assisted_only: item.eligibility.assisted_only,
                station,
            });
        }
        Ok(())
    }

    /// What is to be done at a stop of the clock: what began is fetched, what ended is told of, what
    /// is called off is called off, and then new wishes come.
    pub(super) async fn stop(
        &mut self,
        at: Moment,
        wishes: &[Stay],
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let head = self.hands.head().await?;
        let mut left = Vec::new();
        for mut one in std::mem::take(&mut self.open) {
            let goes_on = self.go_on(&mut one, at, head, purses, tally).await?;
            if goes_on {
                left.push(one);
            }
        }
        self.open = left;
        self.close(at, purses, tally).await?;
        for stay in wishes {
            match self.book(at, stay, purses, tally).await? {
                Some(one) => self.open.push(one),
                None => tally.nobody(),
            }
        }
        Ok(())
    }

    /// Takes one on; false once nothing more will come of it.
    async fn go_on(
        &self,
        one: &mut Open,
        at: Moment,
        head: u64,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<bool, DemoError> {
        if at >= one.end || (one.waits && at >= one.start) {
            return self.tell(one, at, head, purses, tally).await;
        }
        let late = one.start.later(i64::from(FREE_UNTIL_MINUTES).saturating_neg());
        let calls_off = match one.course {
            StayCourse::Cancelled => at < late,
            StayCourse::CancelledLate => at >= late && at < one.start,
            StayCourse::Used | StayCourse::Missed => false,
        };
        if calls_off && !one.waits {
            let key = format!("cancel-{}", one.booking);
            let told = self.hands.partner.cancel_booking(&key, &one.booking, BookingSide::Resident);
            self.heard(&told.await.doing(|| "call a booking off".to_owned())?.body, purses, tally)?;
            tally.called_off();
            return Ok(false);
        }
        if one.course == StayCourse::Used && at >= one.start {
            self.fetch(one, purses, tally).await?;
            return Ok(false);
        }
        Ok(true)
    }

    /// Somebody fetches the key at the counter.
    async fn fetch(
        &self,
        one: &Open,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let [clerk, _] = self.hands.clerks.get(one.station).ok_or(DemoError::Plan("a clerk"))?;
        let key = format!("key-{}", one.booking);
        let told = clerk.check_in(&key, &one.booking).await;
        let told = told.doing(|| format!("hand out the key of booking {}", one.booking))?.body;
        if told.changed.status != BookingStatus::Used {
            return Err(ended(&told.changed.status));
        }
        self.heard(&told, purses, tally)?;
        tally.used();
        Ok(())
    }

    /// Nobody came, or somebody waited: what the ledger made of it by itself.
    async fn tell(
        &self,
        one: &mut Open,
        at: Moment,
        head: u64,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<bool, DemoError> {
        let reader = self.hands.partner.after(head.max(one.position));
        let seen = reader.booking(&one.booking).await;
        let seen = seen.doing(|| format!("read booking {}", one.booking))?.body;
        if one.waits {
            one.waits = false;
            purses.come_back(one.resident);
            purses.seen(one.resident, head);
            let wallet = reader.wallet(&id(one.resident)).await;
            let wallet = wallet.doing(|| "read the wallet of who waited".to_owned())?.body;
            purses.told(one.resident, head, hundredths(&wallet.available)?);
            if seen.status != BookingStatus::Booked {
                return Ok(false);
            }
            if at < one.end && one.course == StayCourse::Used {
                self.fetch(one, purses, tally).await?;
                return Ok(false);
            }
            return Ok(true);
        }
        match seen.status {
            BookingStatus::NotShown => {
                tally.kept(hundredths(&seen.kept)?);
                tally.not_shown();
                Ok(false)
            }
            other @ (BookingStatus::Waiting
            | BookingStatus::Booked
            | BookingStatus::Left
            | BookingStatus::PassedOver
            | BookingStatus::Lapsed
            | BookingStatus::Cancelled
            | BookingStatus::Used) => Err(ended(&other)),
        }
    }

    /// What the supplier keeps, and what is left to spend.
    fn heard(
        &self,
        told: &Receipt<BookingChanged>,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        tally.command();
        let kept = told.changed.kept.iter().try_fold(0_i64, |sum, lot| {
            hundredths(&lot.points).map(|points| sum.saturating_add(points))
        })?;
        tally.kept(kept);
        let BookingChanged { resident, available, .. } = &told.changed;
        purses.heard(resident, told.last, available.as_ref())
    }

    async fn book(
        &self,
        at: Moment,
        stay: &Stay,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<Option<Open>, DemoError> {
        let mut chance = stay.chance.clone();
        let Some((resource, resident)) = self.draw(&mut chance, purses) else { return Ok(None) };
        let first = Day(at.day().0.saturating_add(stay.ahead));
        let Some(start) = resource.next(first, stay.evening) else { return Ok(None) };
        let body = BookResource {
            booking: Some(id(stay.id)),
            resource: resource.id.clone(),
            resident: id(resident),
            start: start.instant(),
            slots: 1,
            quantity: 1,
        };
        let key = format!("book-{}", stay.id);
        let (told, waits) = match self.hands.partner.book(&key, &body).await {
            Err(error) if is(&error, "slot-full") => {
                let key = format!("wait-{}", stay.id);
                (self.hands.partner.wait_for(&key, &body).await, true)
            }
            told => (told, false),
        };
        let told = told.doing(|| format!("book {}", resource.id))?.body;
        self.heard(&told, purses, tally)?;
        if waits {
            // Points may be set aside at any moment, so nothing else is planned with them.
            purses.stay_away(resident);
            tally.waited();
        } else {
            tally.booked();
        }
        Ok(Some(Open {
            booking: told.changed.booking,
            resource: resource.id.clone(),
            resident,
            station: resource.station,
            start,
            end: start.later(i64::from(resource.hours.slot_minutes)),
            course: stay.course,
            waits,
            position: told.last,
        }))
    }

    /// What is wanted, and who can pay it: a member of an assisted household pays nothing.
    fn draw(&self, chance: &mut Chance, purses: &Purses) -> Option<(&Resource, Ulid)> {
        let resource = chance.pick(&self.resources)?;
        if !resource.assisted_only {
            let (resident, available) = purses.draw(chance, resource.price)?;
            return (available >= resource.price).then_some((resource, resident));
        }
        let drawn = (0..LOOKS).filter_map(|_| chance.pick(&self.place.residents));
        let assisted = drawn.into_iter().find(|resident| resident.assisted)?;
        Some((resource, assisted.id))
    }
}

impl Resource {
    /// The first slot on that day or after it that begins at the wanted time, if one begins then.
    fn next(&self, first: Day, evening: bool) -> Option<Moment> {
        let minute = match (self.hours.slots, evening) {
            (1, _) => i64::from(self.hours.from_minute),
            (_, true) => EVENING,
            (_, false) => NOON,
        };
        let weeks = u16::from(self.hours.every_weeks);
        let mut days = (0..DAYS_AHEAD.saturating_sub(7)).map(|day| first.0.saturating_add(day));
        let day = days.find(|day| {
            let day = Day(*day);
            let fits = self.hours.only.is_none_or(|only| WEEK.get(day.weekday()) == Some(&only));
            fits && day.week().checked_rem(weeks) == Some(0)
        })?;
        Some(Moment::on(Day(day), minute))
    }
}

fn ended(status: &BookingStatus) -> DemoError {
    DemoError::Story { story: STORY, outcome: format!("{status:?}") }
}
