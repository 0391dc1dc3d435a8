//! Who wants a service by voucher, and how it ends.

use ulid::Ulid;

use super::day;
use super::step::Steps;
use crate::calendar::{Day, Moment};
use crate::chance::{Chance, Wheel};
use crate::scale::Scale;

/// Vouchers in the year, at scale 1: our assumption.
pub(super) const VOUCHERS: u64 = 160;

/// How many in a thousand are used, used after a slip of the pen, given back, and forgotten.
const COURSES: [u64; 4] = [840, 50, 60, 50];

/// Apps are open between these minutes of the day.
const OPEN: (i64, i64) = (8 * 60, 22 * 60);

/// A voucher is used so many stops of the clock later.
const STOPS: (i64, i64) = (2, 60);

/// How it ends with a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaperCourse {
    /// Its code is shown to the supplier.
    Used,
    /// The code is written down wrongly first.
    Misread,
    /// It is given back.
    Returned,
    /// It lies in a drawer until it expires.
    Forgotten,
}

/// Somebody wants a voucher.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    pub(crate) id: Ulid,
    /// It ends so many stops of the clock later.
    pub(crate) stops: usize,
    pub(crate) course: PaperCourse,
    /// Draws who it is, and for what.
    pub(crate) chance: Chance,
}

pub(super) fn wish(seed: u64, scale: Scale, steps: &mut Steps) {
    let mut chance = Chance::named(seed, "vouchers");
    let courses = Wheel::new(COURSES);
    let days: Vec<Day> = Day::all().collect();
    for day in day::spread(scale.of(VOUCHERS), &days, day::redemption) {
        let (open, close) = OPEN;
        let at = Moment::on(day, chance.between(open, close));
        let id = chance.id(at.milliseconds());
        let (least, most) = STOPS;
        let paper = Paper {
            id,
            stops: usize::try_from(chance.between(least, most)).unwrap_or_default(),
            course: match courses.spin(&mut chance) {
                Some(1) => PaperCourse::Misread,
                Some(2) => PaperCourse::Returned,
                Some(3) => PaperCourse::Forgotten,
                _ => PaperCourse::Used,
            },
            chance: Chance::named(seed, &id.to_string()),
        };
        steps.want(at, paper);
    }
}
