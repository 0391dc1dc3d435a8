//! Who wants a shared resource, how many days ahead, and how it ends.

use ulid::Ulid;

use super::day;
use super::step::Steps;
use crate::calendar::{Day, Moment};
use crate::chance::{Chance, Wheel};
use crate::scale::Scale;

/// Wishes in the year, at scale 1: our assumption.
pub(super) const STAYS: u64 = 900;

/// How many in a thousand come, cancel in time, cancel too late, and stay away.
const COURSES: [u64; 4] = [860, 70, 30, 40];

/// People think of it so many days before.
const DAYS_AHEAD: (i64, i64) = (1, 6);

/// The end of the year's last booking: what is booked is used, and stated, within the year.
const LAST_WISH: u16 = 325;

/// Apps are open between these minutes of the day.
const OPEN: (i64, i64) = (8 * 60, 22 * 60);

/// How it ends with a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StayCourse {
    /// The key is fetched.
    Used,
    /// It is called off while that is free.
    Cancelled,
    /// It is called off when a part is kept.
    CancelledLate,
    /// Nobody comes.
    Missed,
}

/// Somebody wants a slot of something.
#[derive(Clone, Debug)]
pub(crate) struct Stay {
    pub(crate) id: Ulid,
    /// From so many days later.
    pub(crate) ahead: u16,
    /// In the evening, or at noon?
    pub(crate) evening: bool,
    pub(crate) course: StayCourse,
    /// Draws who it is, and what.
    pub(crate) chance: Chance,
}

pub(super) fn wish(seed: u64, scale: Scale, steps: &mut Steps) {
    let mut chance = Chance::named(seed, "stays");
    let courses = Wheel::new(COURSES);
    let days: Vec<Day> = Day::all().filter(|day| day.0 <= LAST_WISH).collect();
    for day in day::spread(scale.of(STAYS), &days, day::redemption) {
        let (open, close) = OPEN;
        let at = Moment::on(day, chance.between(open, close));
        let id = chance.id(at.milliseconds());
        let (least, most) = DAYS_AHEAD;
        let stay = Stay {
            id,
            ahead: u16::try_from(chance.between(least, most)).unwrap_or_default(),
            evening: chance.hit(650),
            course: match courses.spin(&mut chance) {
                Some(1) => StayCourse::Cancelled,
                Some(2) => StayCourse::CancelledLate,
                Some(3) => StayCourse::Missed,
                _ => StayCourse::Used,
            },
            chance: Chance::named(seed, &id.to_string()),
        };
        steps.stay(at, stay);
    }
}
