//! What people do with hazards, orders and mutual aid: drawn from the same deeds as all else, and
//! moved on stop by stop.

use linli_api::aid::AidKind;
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
    /// The hazard and its order, or the ask, the offer or the wish.
    pub(crate) id: Ulid,
    pub(crate) what: What,
}

/// What is done.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Report {
        reporter: Ulid,
        grid: Ulid,
        seriousness: Seriousness,
        spot: Ulid,
        seen_at: Moment,
    },
    Begin {
        kind: AidKind,
        resident: Ulid,
        grid: Ulid,
    },
    Match {
        resident: Ulid,
    },
    Verify {
        officer: Officer,
        seriousness: Seriousness,
    },
    Dismiss {
        officer: Officer,
        why: Dismissal,
    },
    /// An officer above gives the order to the officers of another area.
    Dispatch {
        officer: Officer,
        unit: Ulid,
    },
    Accept {
        officer: Officer,
    },
    /// Who has accepted it hands it a level up, and an officer there accepts it.
    HandUp {
        officer: Officer,
    },
    TakeUp {
        officer: Officer,
    },
    Close {
        officer: Officer,
    },
    Check {
        officer: Officer,
    },
    Finish {
        resident: Ulid,
        start: Moment,
        end: Moment,
    },
    Confirm {
        resident: Ulid,
    },
}

impl What {
    /// Earlier phases of a stop are over before later ones begin.
    pub(crate) const fn phase(&self) -> usize {
        match self {
            Self::Report { .. } | Self::Begin { .. } => 0,
            Self::Match { .. } => 1,
            Self::Verify { .. } | Self::Dismiss { .. } => 2,
            Self::Dispatch { .. } => 3,
            Self::Accept { .. } => 4,
            Self::HandUp { .. } => 5,
            Self::TakeUp { .. } => 6,
            Self::Close { .. } => 7,
            Self::Check { .. } | Self::Finish { .. } => 8,
            Self::Confirm { .. } => 9,
        }
    }

    /// Whose key it takes, if an officer's.
    pub(crate) const fn officer(&self) -> Option<&Officer> {
        match self {
            Self::Verify { officer, .. }
            | Self::Dismiss { officer, .. }
            | Self::Dispatch { officer, .. }
            | Self::Accept { officer }
            | Self::HandUp { officer }
            | Self::TakeUp { officer }
            | Self::Close { officer }
            | Self::Check { officer } => Some(officer),
            Self::Report { .. }
            | Self::Begin { .. }
            | Self::Match { .. }
            | Self::Finish { .. }
            | Self::Confirm { .. } => None,
        }
    }
}

/// How many phases there are.
pub(crate) const PHASES: usize = 10;

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

/// How many in a thousand of the others the community gives to another grid by hand, and how many the grid
/// hands up to the community, having accepted them: our assumption.
const DISPATCHED: u64 = 60;
const HANDED_UP: u64 = 40;

/// How many in a thousand asks nobody confirms in the end.
const UNCONFIRMED: u64 = 25;

/// Of a thousand who help each other, so often whoever helps offered it, and nobody had to ask.
const OFFERED: u64 = 330;

/// The most reports in bad faith of one resident: the third would pause reporting.
const BAD_FAITH_MOST: usize = 2;

/// Is the act one of hazards or of mutual aid, which have a way of their own?
pub(super) fn is_own(act: &Act) -> bool {
    matches!(act.code, "HZ-1" | "HZ-2" | "HZ-3" | "HZ-F" | "MA-1")
}

/// Moves in the making, and what was reported so far.
#[derive(Debug)]
pub(super) struct Moves {
    /// Draws who begins to help whom, beside all other draws.
    begins: Chance,
    /// Draws which orders are given to others, beside all other draws.
    by_hand: Chance,
    /// What stands verified: the place, the reporter's household, the grid, and when it was seen.
    seen: Vec<(Ulid, Ulid, Ulid, Moment)>,
    bad_faith: Vec<Ulid>,
}

impl Moves {
    pub(super) fn new(seed: u64) -> Self {
        let begins = Chance::named(seed, "who begins to help");
        let by_hand = Chance::named(seed, "orders by hand");
        Self { begins, by_hand, seen: Vec::new(), bad_faith: Vec::new() }
    }

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
            self.aid(chance, claim, steps);
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
                let verified = (0_usize..).zip(&officers).map(|(word, officer)| {
                    let what = What::Verify { officer: *officer, seriousness };
                    (at.saturating_add(word), what)
                });
                let verified: Vec<_> = verified.collect();
                let last = verified.last().map_or(at, |(at, _)| *at);
                let seen_to = self.seen_to(chance, place, claim.grid, last).unwrap_or_default();
                for (at, what) in verified.into_iter().chain(seen_to) {
                    steps.make(at, Move { id: claim.id, what });
                }
            }
        }
    }

    /// An order that was opened at this stop is accepted, closed and checked: by the grid's own officer and the
    /// community; by the sub-district where the grid lets it lie; and by others where one of them says so. None
    /// if the place lacks somebody.
    fn seen_to(
        &mut self,
        chance: &mut Chance,
        place: &Place,
        grid: Ulid,
        opened: usize,
    ) -> Option<Vec<(usize, What)>> {
        let [checker, second, ..] = place.community_officers.as_slice() else { return None };
        let number = place.grids.iter().position(|one| one.area == grid)?;
        let own = place.grids.get(number)?.full_time;
        let next = place.grids.get(number.saturating_add(1)).or(place.grids.first())?;
        let hands = Wheel::new([
            DISPATCHED,
            HANDED_UP,
            1_000_u64.saturating_sub(DISPATCHED.saturating_add(HANDED_UP)),
        ]);
        let by_hand = hands.spin(&mut self.by_hand);
        let (mut moves, mut accepted) = (Vec::new(), opened);
        let handler = if chance.hit(LEFT_LYING) {
            // A day later it has gone past the community and stands with the sub-district.
            accepted = opened.saturating_add(3);
            let officer = *place.sub_district_officers.first()?;
            moves.push((accepted, What::Accept { officer }));
            officer
        } else if by_hand == Some(0) {
            moves.push((opened, What::Dispatch { officer: *checker, unit: next.area }));
            moves.push((opened, What::Accept { officer: next.full_time }));
            next.full_time
        } else if by_hand == Some(1) {
            moves.push((opened, What::Accept { officer: own }));
            moves.push((opened, What::HandUp { officer: own }));
            moves.push((opened, What::TakeUp { officer: *second }));
            *second
        } else {
            moves.push((opened, What::Accept { officer: own }));
            own
        };
        let closed = accepted.saturating_add(1);
        moves.push((closed, What::Close { officer: handler }));
        moves.push((closed.saturating_add(1), What::Check { officer: *checker }));
        Some(moves)
    }

    /// Asked for or offered before, done, and mostly confirmed.
    fn aid(&mut self, chance: &mut Chance, claim: &Contribution, steps: &mut Steps) {
        let Some(helped) = claim.beneficiary else { return };
        if self.begins.hit(OFFERED) {
            begin(claim, AidKind::Offer, [claim.resident, helped], steps);
        } else {
            begin(claim, AidKind::Ask, [helped, claim.resident], steps);
        }
        if !chance.hit(UNCONFIRMED) {
            done(claim, helped, steps);
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

/// Asked for, offered or wished at the stop before, by the one and then the other.
fn begin(claim: &Contribution, kind: AidKind, sides: [Ulid; 2], steps: &mut Steps) {
    let at = steps.number(claim.start).saturating_sub(1);
    let [opens, takes_part] = sides;
    let begun = What::Begin { kind, resident: opens, grid: claim.grid };
    steps.make(at, Move { id: claim.id, what: begun });
    steps.make(at, Move { id: claim.id, what: What::Match { resident: takes_part } });
}

/// Done, as both say.
fn done(claim: &Contribution, helped: Ulid, steps: &mut Steps) {
    let (id, helper, at) = (claim.id, claim.resident, steps.number(claim.end));
    let finished = What::Finish { resident: helper, start: claim.start, end: claim.end };
    steps.make(at, Move { id, what: finished });
    steps.make(at, Move { id, what: What::Confirm { resident: helped } });
}

/// A micro-wish that somebody fulfils.
pub(super) fn wish(claim: &Contribution, steps: &mut Steps) {
    let Some(wishes) = claim.beneficiary else { return };
    begin(claim, AidKind::Wish, [wishes, claim.resident], steps);
    done(claim, wishes, steps);
}
