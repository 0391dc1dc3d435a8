//! Who comes to the counters: when, with how much of an appetite, and how it ends.

use ulid::Ulid;

use super::day;
use super::step::Steps;
use crate::calendar::{Day, Moment};
use crate::chance::{Chance, Wheel};
use crate::scale::Scale;

/// Redemptions in the year, at scale 1.
pub(super) const REDEMPTIONS: u64 = 2_600;

/// What people want to spend, in points: 29 on average.
const APPETITE: (i64, i64) = (8, 56);

/// How many in a thousand are sold at once, reserved and handed out, voided, and left to time
/// out.
const COURSES: [u64; 4] = [700, 220, 50, 30];

/// Counters and the machine are open between these minutes of the day.
const OPEN: (i64, i64) = (9 * 60, 18 * 60);

/// How a redemption goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// Sold at once.
    Sold,
    /// Reserved, then handed out.
    Captured,
    /// Reserved, then given back.
    Voided,
    /// Reserved and never fetched.
    Forgotten,
}

/// Somebody comes to a counter.
#[derive(Clone, Debug)]
pub(crate) struct Redemption {
    pub(crate) id: Ulid,
    /// How many points they want to spend.
    pub(crate) appetite: u64,
    pub(crate) course: Course,
    /// Draws who it is, where, and what.
    pub(crate) chance: Chance,
}

pub(super) fn come(seed: u64, scale: Scale, steps: &mut Steps) {
    let mut chance = Chance::named(seed, "redemptions");
    let courses = Wheel::new(COURSES);
    let days: Vec<Day> = Day::all().collect();
    for day in day::spread(scale.of(REDEMPTIONS), &days, day::redemption) {
        let (open, close) = OPEN;
        let at = Moment::on(day, chance.between(open, close));
        let id = chance.id(at.milliseconds());
        let (least, most) = APPETITE;
        let redemption = Redemption {
            id,
            appetite: u64::try_from(chance.between(least, most)).unwrap_or_default(),
            course: match courses.spin(&mut chance) {
                Some(1) => Course::Captured,
                Some(2) => Course::Voided,
                Some(3) => Course::Forgotten,
                _ => Course::Sold,
            },
            chance: Chance::named(seed, &id.to_string()),
        };
        steps.redeem(at, redemption);
    }
}
