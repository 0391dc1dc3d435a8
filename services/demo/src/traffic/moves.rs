//! What people do with hazards, orders and mutual aid: drawn from the same deeds as all else, and
//! moved on stop by stop.

use linli_api::hazard::{Dismissal, Seriousness};
use ulid::Ulid;

use super::act::Act;
use super::step::Steps;
use super::{Contribution, word};
use crate::calendar::Moment;
use crate::chance::{Chance, Wheel};
use crate::population::{Officer, Place, Volunteer};

/// One move. Moves of one stop are made in the order of their phases.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    /// The hazard and its order, or the ask.
    pub(crate) id: Ulid,
    pub(crate) what: What,
}

/// What is done.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Report { reporter: Ulid, grid: Ulid, seriousness: Seriousness, spot: Ulid, seen_at: Moment },
    Ask { resident: Ulid, grid: Ulid },
    Match { resident: Ulid },
    Verify { officer: Officer, seriousness: Seriousness },
    Dismiss { officer: Officer, why: Dismissal },
    Accept { officer: Officer },
    Close { officer: Officer },
    Check { officer: Officer },
    Finish { resident: Ulid, start: Moment, end: Moment },
    Confirm { resident: Ulid },
}

impl What {
    /// Earlier phases of a stop are over before later ones begin.
    pub(crate) const fn phase(&self) -> usize {
        match self {
            Self::Report { .. } | Self::Ask { .. } => 0,
            Self::Match { .. } => 1,
            Self::Verify { .. } | Self::Dismiss { .. } => 2,
            Self::Accept { .. } => 3,
            Self::Close { .. } => 4,
            Self::Check { .. } | Self::Finish { .. } => 5,
            Self::Confirm { .. } => 6,
        }
    }

    /// Whose key it takes, if an officer's.
    pub(crate) const fn officer(&self) -> Option<&Officer> {
        match self {
            Self::Verify { officer, .. }
            | Self::Dismiss { officer, .. }
            | Self::Accept { officer }
            | Self::Close { officer }
            | Self::Check { officer } => Some(officer),
            Self::Report { .. }
            | Self::Ask { .. }
            | Self::Match { .. }
            | Self::Finish { .. }
            | Self::Confirm { .. } => None,
        }
    }
}

/// The last phase.
pub(crate) const PHASES: usize = 7;

/// How many in a thousand ordinary reports are of a hazard that somebody reported before, and how
/// many an officer dismisses. What is neither and isn't verified waits on.
const DUPLICATES: u64 = 124;
const DISMISSED: u64 = 103;
const VERIFIED: u64 = 545;

/// A report is of the hazard of one that was seen so many minutes before at the most; the rules
/// have three days.
const DUPLICATE_WITHIN: i64 = 2 * 1_440;

/// How many in a thousand orders the grid doesn't accept, so that the sub-district has to.
const LEFT_LYING: u64 = 30;

/// How many in a thousand asks nobody confirms in the end.
const UNCONFIRMED: u64 = 25;

/// The most reports in bad faith of one resident: the third would pause reporting.
const BAD_FAITH_MOST: usize = 2;

/// Is the act one of hazards or of mutual aid, which have a way of their own?
pub(super) fn is_own(act: &Act) -> bool {
    matches!(act.code, "HZ-1" | "HZ-2" | "HZ-3" | "HZ-F" | "MA-1")
}

/// Moves in the making, and what was reported so far.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// What stands verified: the place, the reporter's household, the grid, and when it was seen.
    seen: Vec<(Ulid, Ulid, Ulid, Moment)>,
    bad_faith: Vec<Ulid>,
}

impl Moves {
    /// Puts what a deed leads to at its stops.
    pub(super) fn plan(
        &mut self,
        chance: &mut Chance,
        place: &Place,
        volunteer: &Volunteer,
        act: &Act,
        claim: &Contribution,
        steps: &mut Steps,
    ) {
        if act.code == "MA-1" {
            aid(chance, claim, steps);
        } else {
            self.hazard(chance, place, volunteer, act, claim, steps);
        }
    }

    fn hazard(
        &mut self,
        chance: &mut Chance,
        place: &Place,
        volunteer: &Volunteer,
        act: &Act,
        claim: &Contribution,
        steps: &mut Steps,
    ) {
        let seriousness = match act.code {
            "HZ-2" => Seriousness::Serious,
            "HZ-3" => Seriousness::Major,
            _ => Seriousness::Ordinary,
        };
        let fate = if act.code == "HZ-1" { fate(chance) } else { Fate::Verified };
        let earliest = claim.end.later(DUPLICATE_WITHIN.saturating_neg());
        self.seen.retain(|(_, _, _, at)| *at > earliest);
        let household = volunteer.resident.household;
        let known = self.seen.iter().find(|(_, other, _, _)| *other != household);
        let (spot, grid) = match (fate, known) {
            (Fate::Duplicate, Some((spot, _, grid, _))) => (*spot, *grid),
            (Fate::Duplicate | Fate::Verified | Fate::Dismissed | Fate::Waiting, _) => {
                (claim.id, claim.grid)
            }
        };
        let report = Move {
            id: claim.id,
            what: What::Report {
                reporter: claim.resident,
                grid,
                seriousness,
                spot,
                seen_at: claim.end,
            },
        };
        let at = steps.number(claim.end);
        steps.make(at, report);
        if spot != claim.id {
            return;
        }
        let officers = word::officers(chance, place, volunteer, act.path, claim);
        let stops = usize::try_from(chance.below(4)).unwrap_or_default();
        let at = at.saturating_add(1).saturating_add(stops);
        let why = match (act.code, fate) {
            ("HZ-F", _) => Some(self.bad_faith(claim.resident)),
            (_, Fate::Dismissed | Fate::Duplicate) => Some(Dismissal::NotFound),
            (_, Fate::Verified | Fate::Waiting) => None,
        };
        match (why, fate) {
            (Some(why), _) => {
                let dismissed =
                    officers.first().map(|officer| What::Dismiss { officer: *officer, why });
                dismissed.into_iter().for_each(|what| steps.make(at, Move { id: claim.id, what }));
            }
            (None, Fate::Waiting) => {}
            (None, Fate::Verified | Fate::Dismissed | Fate::Duplicate) => {
                self.seen.push((spot, household, grid, claim.end));
                order(chance, place, claim, seriousness, &officers, at, steps);
            }
        }
    }

    /// Nobody is told to have made up a third one: that would pause reporting.
    fn bad_faith(&mut self, reporter: Ulid) -> Dismissal {
        let before = self.bad_faith.iter().filter(|known| **known == reporter).count();
        if before >= BAD_FAITH_MOST {
            return Dismissal::NoHazard;
        }
        self.bad_faith.push(reporter);
        Dismissal::BadFaith
    }
}

#[derive(Clone, Copy)]
enum Fate {
    Verified,
    Duplicate,
    Dismissed,
    Waiting,
}

fn fate(chance: &mut Chance) -> Fate {
    let rest =
        1_000_u64.saturating_sub(VERIFIED.saturating_add(DUPLICATES).saturating_add(DISMISSED));
    match Wheel::new([VERIFIED, DUPLICATES, DISMISSED, rest]).spin(chance) {
        Some(0) => Fate::Verified,
        Some(1) => Fate::Duplicate,
        Some(2) => Fate::Dismissed,
        _ => Fate::Waiting,
    }
}

/// Verified, accepted, closed, checked: by the grid's own officer and the community, or by the
/// sub-district where the grid lets it lie.
pub(super) fn order(
    chance: &mut Chance,
    place: &Place,
    claim: &Contribution,
    seriousness: Seriousness,
    officers: &[Officer],
    verified_at: usize,
    steps: &mut Steps,
) {
    let id = claim.id;
    let mut make = |at, what| steps.make(at, Move { id, what });
    let mut at = verified_at;
    for (word, officer) in officers.iter().enumerate() {
        at = verified_at.saturating_add(word);
        make(at, What::Verify { officer: *officer, seriousness });
    }
    let grid = place.grids.iter().find(|grid| grid.area == claim.grid);
    let own = grid.map(|grid| grid.full_time);
    let street = place.sub_district_officers.first().copied();
    // A day later it has gone past the community and stands with the sub-district.
    let (handler, accepted) =
        if chance.hit(LEFT_LYING) { (street, at.saturating_add(3)) } else { (own, at) };
    let (Some(handler), Some(checker)) = (handler, place.community_officers.first()) else {
        return;
    };
    let closed = accepted.saturating_add(1);
    make(accepted, What::Accept { officer: handler });
    make(closed, What::Close { officer: handler });
    make(closed.saturating_add(1), What::Check { officer: *checker });
}

/// Asked for before, done, and mostly confirmed.
fn aid(chance: &mut Chance, claim: &Contribution, steps: &mut Steps) {
    let Some(asker) = claim.beneficiary else { return };
    let (id, helper) = (claim.id, claim.resident);
    let asked = steps.number(claim.start).saturating_sub(1);
    let done = steps.number(claim.end);
    let mut make = |at, what| steps.make(at, Move { id, what });
    make(asked, What::Ask { resident: asker, grid: claim.grid });
    make(asked, What::Match { resident: helper });
    if chance.hit(UNCONFIRMED) {
        return;
    }
    make(done, What::Finish { resident: helper, start: claim.start, end: claim.end });
    make(done, What::Confirm { resident: asker });
}
