//! A year of traffic in the shape told of Dingshan. Pure: the same seed, place and scale give the
//! same plan to the last minute.
//!
//! What is planned: who serves when, with which evidence, which officer says what of it, and when
//! somebody comes to a counter with how much of an appetite. What is not: who redeems what, since
//! that depends on what the ledger has awarded until then.

mod act;
mod again;
mod case;
mod day;
mod diary;
mod evidence;
mod mover;
mod moves;
mod objection;
mod paper;
mod patrol;
mod planted;
mod redemption;
mod reversal;
mod service;
mod shift;
mod stay;
mod step;
mod word;

pub(crate) use act::category;
pub(crate) use again::Again;
pub(crate) use case::{Beside, Case};
pub(crate) use evidence::Evidence;
pub(crate) use mover::Mover;
pub(crate) use moves::{Move, PHASES, What};
pub(crate) use objection::Objection;
pub(crate) use paper::{Paper, PaperCourse};
pub(crate) use planted::{Planted, Ring};
pub(crate) use redemption::{Course, Redemption};
pub(crate) use reversal::Reversal;
pub(crate) use shift::{CHECKPOINTS, Manner, Seat, Shift};
pub(crate) use stay::{Stay, StayCourse};
pub(crate) use step::Step;
pub(crate) use word::{SECOND_RULES, Say, Word};

use linli_api::award::Category;
use ulid::Ulid;

use crate::calendar::Moment;
use crate::chance::Chance;
use crate::error::DemoError;
use crate::population::{Place, Volunteer};
use crate::scale::Scale;
use act::Act;
use diary::Diary;
use step::Steps;

/// What a volunteer says to have done.
#[derive(Clone, Debug)]
pub(crate) struct Contribution {
    pub(crate) id: Ulid,
    pub(crate) resident: Ulid,
    /// The code of the act.
    pub(crate) act: &'static str,
    pub(crate) grid: Ulid,
    /// The estate that it was done for, if it was for one.
    pub(crate) estate: Option<Ulid>,
    pub(crate) start: Moment,
    pub(crate) end: Moment,
    pub(crate) beneficiary: Option<Ulid>,
    pub(crate) alert: bool,
    pub(crate) evidence: Evidence,
}

/// Something done, before its evidence and the officers' words are drawn.
#[derive(Clone, Copy, Debug)]
struct Deed {
    act: &'static Act,
    /// The number of the volunteer.
    who: usize,
    /// The number of the grid.
    grid: usize,
    start: Moment,
    end: Moment,
}

/// The plan of a year.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// What is done at each stop of the clock, in order; three a day.
    pub(crate) steps: Vec<Step>,
    /// The activities of the year, in the order of their starts.
    pub(crate) shifts: Vec<Shift>,
    /// Micro-wishes that are fulfilled: each is a contribution once both sides have said so.
    pub(crate) wishes: Vec<Contribution>,
    /// The stories that have to end as told.
    pub(crate) planted: Planted,
}

impl Plan {
    /// Plans the year.
    ///
    /// # Errors
    ///
    /// If the place lacks somebody whom a story needs.
    pub(crate) fn build(seed: u64, place: &Place, scale: Scale) -> Result<Self, DemoError> {
        let mut diary = Diary::new(place);
        let mut steps = Steps::new();
        let planted = planted::plant(seed, place, &mut diary, &mut steps);
        let planted = planted.ok_or(DemoError::Plan("somebody of a story"))?;
        let mut deeds = patrol::walk(seed, place, scale, &mut diary);
        deeds.extend(service::serve(seed, place, scale, &mut diary));
        deeds.sort_by_key(|deed| (deed.end, deed.start, deed.who));
        let alerts = day::alerts(seed);
        let mut chance = Chance::named(seed, "claims");
        let mut moves = moves::Moves::new(seed);
        let mut wishes = Vec::new();
        let mut cases = case::Cases::new(seed);
        let mut shifts = shift::Shifts::new(seed);
        for deed in &deeds {
            let Some(volunteer) = place.volunteers.get(deed.who) else { continue };
            let claim = claim(&mut chance, place, volunteer, deed, &alerts);
            if let Some(claim) = claim {
                if moves::is_own(deed.act) {
                    moves.plan(&mut chance, place, volunteer, deed.act, &claim, &mut steps);
                    continue;
                }
                if case::tier(claim.act).is_some() {
                    let Some(case) = cases.draw(place, volunteer, &claim) else { continue };
                    steps.mediate(case);
                    word::settle(&mut chance, place, volunteer, deed.act, &claim, &mut steps);
                    continue;
                }
                word::settle(&mut chance, place, volunteer, deed.act, &claim, &mut steps);
                if deed.act.code == act::WISH {
                    moves::wish(&claim, &mut steps);
                    wishes.push(Contribution { evidence: evidence::BY_BOTH, ..claim });
                    continue;
                }
                if !shifts.take(deed, &claim) {
                    steps.submit(claim);
                }
            }
        }
        redemption::come(seed, scale, &mut steps);
        stay::wish(seed, scale, &mut steps);
        paper::wish(seed, scale, &mut steps);
        let shifts = shifts.done(place, &mut diary);
        Ok(Self { steps: steps.done(), shifts, wishes, planted })
    }

    /// How many requests for something are in it, as a bar of progress counts them.
    pub(crate) fn size(&self) -> usize {
        let seats: usize = self.shifts.iter().map(|shift| shift.seats.len()).sum();
        self.steps.iter().map(Step::size).fold(seats, usize::saturating_add)
    }
}

fn claim(
    chance: &mut Chance,
    place: &Place,
    volunteer: &Volunteer,
    deed: &Deed,
    alerts: &[crate::calendar::Day],
) -> Option<Contribution> {
    let resident = &volunteer.resident;
    let beneficiary = match deed.act.served {
        act::Served::Nobody => None,
        act::Served::Assisted => Some(served(chance, place, resident.household, true)?),
        act::Served::Neighbour => Some(served(chance, place, resident.household, false)?),
    };
    let grid = place.grids.get(deed.grid)?.area;
    // What is cleaned or cleared in an old estate is done for it.
    let cleared = deed.act.category == Category::Environment;
    Some(Contribution {
        id: chance.id(deed.end.milliseconds()),
        resident: resident.id,
        act: deed.act.code,
        grid,
        estate: place.estate_in(grid).filter(|_| cleared),
        start: deed.start,
        end: deed.end,
        beneficiary,
        alert: deed.act.outdoors && alerts.contains(&deed.start.day()),
        evidence: evidence::draw(chance, deed.act),
    })
}

/// Somebody of another household.
fn served(chance: &mut Chance, place: &Place, household: Ulid, assisted: bool) -> Option<Ulid> {
    // Three in a hundred households receive assistance: a thousand draws find one.
    (0..1_000)
        .filter_map(|_| chance.pick(&place.residents))
        .find(|resident| resident.household != household && (!assisted || resident.assisted))
        .map(|resident| resident.id)
}

#[cfg(test)]
mod tests;
