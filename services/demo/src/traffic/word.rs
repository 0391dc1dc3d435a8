//! What officers say of contributions, and when: within two days, by somebody who may.

use linli_api::contribution::RejectReason;
use ulid::Ulid;

use super::Contribution;
use super::act::{Act, CLEARING, Path};
use super::step::Steps;
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::population::{Grid, Officer, Place, Volunteer};

/// What an officer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Say {
    /// It is so; for an assessed act, with so many points.
    Verify {
        /// Whole points.
        assessed: Option<u64>,
        /// How hard it was, from 1; none: no harder than usual.
        difficulty: Option<u8>,
    },
    /// It is not so.
    Reject(RejectReason),
}

/// An officer's word on a contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) contribution: Ulid,
    pub(crate) officer: Officer,
    pub(crate) say: Say,
}

/// 1 November: the second set of rules is in force.
pub(crate) const SECOND_RULES: Day = Day(304);

/// How many in a thousand claims are rejected: 2.1 % of all that is done, for nobody rejects what orders and
/// mutual aid award by themselves.
const REJECTED_PER_MILLE: u64 = 22;

/// Within how many stops of the clock an officer speaks.
const STOPS_MOST: u64 = 4;

/// What a panel assesses, in steps of ten points.
const ASSESSED_TENS: (i64, i64) = (2, 6);

/// Draws what becomes of a contribution, and puts the officers' words at their stops.
pub(super) fn settle(
    chance: &mut Chance,
    place: &Place,
    claimant: &Volunteer,
    act: &Act,
    claim: &Contribution,
    steps: &mut Steps,
) {
    let Some(verdict) = verdict(chance) else { return };
    let assessed = (act.code == super::act::OUTSTANDING.code).then(|| {
        let (least, most) = ASSESSED_TENS;
        u64::try_from(chance.between(least, most).saturating_mul(10)).unwrap_or_default()
    });
    let verify = Say::Verify { assessed, difficulty: difficulty(claim) };
    let officers = officers(chance, place, claimant, act.path, claim);
    match verdict {
        Verdict::Verify => say(chance, steps, claim, &officers, verify),
        // The first who is asked says no.
        Verdict::Reject(reason) => {
            let first = officers.get(..1).unwrap_or_default();
            say(chance, steps, claim, first, Say::Reject(reason));
        }
    }
}

/// How hard officers find what was cleared, since the rules ask: a half of it harder than usual, and a fifth
/// much harder. Its id says which, so that no other draw moves.
fn difficulty(claim: &Contribution) -> Option<u8> {
    if claim.act != CLEARING || claim.end < Moment::on(SECOND_RULES, 0) {
        return None;
    }
    match claim.id.0.rem_euclid(10) {
        0..5 => Some(1),
        5..7 => Some(2),
        _ => None,
    }
}

/// The officers' words, one after the other.
pub(super) fn say(
    chance: &mut Chance,
    steps: &mut Steps,
    claim: &Contribution,
    officers: &[Officer],
    say: Say,
) {
    let mut at = steps.number(claim.end);
    for officer in officers {
        let stops = usize::try_from(chance.below(STOPS_MOST)).unwrap_or_default();
        at = at.saturating_add(1).saturating_add(if officers.len() > 1 { 0 } else { stops });
        steps.say(at, Word { contribution: claim.id, officer: *officer, say });
    }
}

enum Verdict {
    Verify,
    Reject(RejectReason),
}

fn verdict(chance: &mut Chance) -> Option<Verdict> {
    if !chance.hit(REJECTED_PER_MILLE) {
        return Some(Verdict::Verify);
    }
    let reasons =
        [RejectReason::NotDone, RejectReason::WrongTimeOrPlace, RejectReason::EvidenceUnclear];
    chance.pick(&reasons).map(|reason| Verdict::Reject(*reason))
}

/// Those whose words award it, in the order in which they speak.
pub(super) fn officers(
    chance: &mut Chance,
    place: &Place,
    claimant: &Volunteer,
    path: Path,
    claim: &Contribution,
) -> Vec<Officer> {
    let grid = place.grids.iter().find(|grid| grid.area == claim.grid);
    let mut of_grid = || grid.map(|grid| of_grid(chance, place, claimant, claim, grid));
    let officers = match path {
        Path::Head => {
            let micro = place.micro_grids.get(claimant.resident.micro_grid);
            let head = micro.map(|micro| micro.head);
            [head.filter(|head| may(place, claimant, claim, head)).or_else(of_grid), None]
        }
        Path::Grid => [of_grid(), None],
        Path::Community => [chance.pick(&place.community_officers).copied(), None],
        Path::SubDistrict => [chance.pick(&place.sub_district_officers).copied(), None],
        Path::GridThenCommunity => [of_grid(), place.community_officers.first().copied()],
        Path::CommunityThenSubDistrict => [
            chance.pick(&place.community_officers).copied(),
            chance.pick(&place.sub_district_officers).copied(),
        ],
    };
    officers.into_iter().flatten().collect()
}

/// One of the grid's three, the full-time one if the other may not.
fn of_grid(
    chance: &mut Chance,
    place: &Place,
    claimant: &Volunteer,
    claim: &Contribution,
    grid: &Grid,
) -> Officer {
    let [one, other] = grid.part_time;
    let drawn = match chance.below(5) {
        0 => one,
        1 => other,
        _ => grid.full_time,
    };
    if may(place, claimant, claim, &drawn) { drawn } else { grid.full_time }
}

/// Nobody verifies self or own household, or what was done for them.
fn may(place: &Place, claimant: &Volunteer, claim: &Contribution, officer: &Officer) -> bool {
    let Some((_, household)) = officer.resident else { return true };
    let served = claim.beneficiary.and_then(|id| place.residents.iter().find(|r| r.id == id));
    household != claimant.resident.household
        && served.is_none_or(|served| served.household != household)
}
