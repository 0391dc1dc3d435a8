//! The planted story of a dispute that is mediated twice.

use linli_api::contribution::Grade;
use ulid::Ulid;

use super::act::Habit;
use super::case::Cases;
use super::diary::Diary;
use super::{Case, Contribution, evidence};
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::population::Place;

/// 22 March, and a month later.
const DAYS: [Day; 2] = [Day(80), Day(110)];

/// Two cases of one dispute, by the same mediator.
#[derive(Clone, Debug)]
pub(crate) struct Again {
    pub(crate) first: Case,
    pub(crate) second: Case,
}

/// None if the place lacks somebody for it.
pub(super) fn plan(seed: u64, place: &Place, diary: &Diary) -> Option<Again> {
    let mut chance = Chance::named(seed, "mediated again");
    // One of the two neighbours who confirm each other in summer.
    let [_, _, _, mediator, ..] = diary.kept_out() else { return None };
    let mediator = place.volunteers.get(*mediator)?;
    let grid = place.grids.get(mediator.resident.grid)?.area;
    let sessions = DAYS.map(|day| {
        let (start, end) = (Moment::on(day, 9 * 60), Moment::on(day, 10 * 60));
        Contribution {
            id: chance.id(end.milliseconds()),
            resident: mediator.resident.id,
            act: "ME-0",
            grid,
            start,
            end,
            estate: None,
            beneficiary: None,
            alert: false,
            evidence: evidence::of(Habit::Usual, Grade::B),
        }
    });
    let [session, later] = sessions;
    // A stream of its own, and a year without another case between these two.
    let first = Cases::new(seed.wrapping_add(2)).draw(place, mediator, &session)?;
    let first = Case { unsettled: false, ..first };
    let id: Ulid = chance.id(later.start.milliseconds());
    let second = Case { id, claim: later, ..first.clone() };
    Some(Again { first, second })
}
