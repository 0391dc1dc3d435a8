//! The planted story of a building's head who moves to another grid in the middle of a season.

use linli_api::contribution::Grade;
use ulid::Ulid;

use super::Contribution;
use super::act::Habit;
use super::diary::Diary;
use super::evidence;
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::population::{Officer, Place, Resident};

/// 16 August, in the middle of the season from July on.
const DAY: Day = Day(227);

/// The day after, on which the head cleans in the new grid.
const CLEANING: Day = Day(228);

/// A head, where the head moves, and what is done there.
#[derive(Clone, Debug)]
pub(crate) struct Mover {
    pub(crate) head: Resident,
    /// The office of the old building, which ends.
    pub(crate) office: Officer,
    pub(crate) at: Moment,
    pub(crate) from_grid: Ulid,
    pub(crate) to_grid: Ulid,
    pub(crate) to_micro_grid: Ulid,
    pub(crate) household: Ulid,
    /// An hour in the new grid.
    pub(crate) claim: Contribution,
    /// Who vouches for it.
    pub(crate) officer: Officer,
}

/// None if the place has no such head.
pub(super) fn plan(seed: u64, place: &Place, diary: &mut Diary) -> Option<Mover> {
    let mut chance = Chance::named(seed, "mover");
    let (start, end) = (Moment::on(CLEANING, 9 * 60), Moment::on(CLEANING, 10 * 60));
    let all = place.volunteers.iter().enumerate();
    let (who, head) = all.into_iter().find(|(_, one)| one.head && one.ranked)?;
    diary.keep(who, start, end).then_some(())?;
    let head = &head.resident;
    let neighbour = place.residents.iter().rev().find(|one| one.grid != head.grid)?;
    let to = place.micro_grids.get(neighbour.micro_grid)?;
    let (from, target) = (place.grids.get(head.grid)?, place.grids.get(neighbour.grid)?);
    Some(Mover {
        office: place.micro_grids.get(head.micro_grid)?.head,
        at: Moment::on(DAY, 10 * 60),
        from_grid: from.area,
        to_grid: target.area,
        to_micro_grid: to.head.area,
        household: chance.id(Moment::on(DAY, 0).milliseconds()),
        claim: Contribution {
            id: chance.id(end.milliseconds()),
            resident: head.id,
            act: "EN-1",
            grid: target.area,
            start,
            end,
            estate: None,
            beneficiary: None,
            alert: false,
            evidence: evidence::of(Habit::Usual, Grade::B),
        },
        officer: target.full_time,
        head: head.clone(),
    })
}
