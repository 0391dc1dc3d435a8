//! Activities: the patrols and classes of the year, who signs up for them, and how each of those
//! who did comes and goes. What is served becomes a contribution by itself; the ledger finds its
//! grade.

use std::collections::BTreeMap;

use linli_api::contribution::Grade;
use ulid::Ulid;

use super::act::{Act, PATROL, STUDY};
use super::diary::Diary;
use super::{Contribution, Deed};
use crate::calendar::Moment;
use crate::chance::Chance;
use crate::population::Place;

/// What stands on the way of a patrol.
pub(crate) const CHECKPOINTS: u8 = 4;

/// Before how many classes in a thousand somebody signs up and stays away, and before how many
/// the last seat is given up for one who waits.
const STAYS_AWAY: u64 = 60;
const GIVES_UP: u64 = 40;

/// Seats beside those that are taken, where nobody waits.
const SPARE_SEATS: u16 = 4;

/// How many are asked before a class goes on without them.
const PEOPLE_TRIED: usize = 20;

/// How somebody comes and goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Walks by so many checkpoints.
    Scans(usize),
    /// Comes and goes, at the place.
    Signs,
    /// Comes, and forgets to check out.
    Forgets,
    /// Doesn't come.
    StaysAway,
    /// Gives the seat up beforehand.
    GivesUp,
}

impl Manner {
    /// The grade that the ledger finds by itself, where somebody comes.
    pub(crate) const fn grade(self) -> Option<Grade> {
        match self {
            Self::Scans(_) => Some(Grade::A),
            Self::Signs => Some(Grade::B),
            Self::Forgets => Some(Grade::C),
            Self::StaysAway | Self::GivesUp => None,
        }
    }
}

/// A seat, as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// Its id, and that of the contribution that it becomes.
    pub(crate) id: Ulid,
    pub(crate) resident: Ulid,
    pub(crate) manner: Manner,
}

/// An activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shift {
    pub(crate) id: Ulid,
    /// The code of the act.
    pub(crate) act: &'static str,
    /// The number of the grid.
    pub(crate) grid: usize,
    pub(crate) start: Moment,
    pub(crate) end: Moment,
    pub(crate) alert: bool,
    pub(crate) room: u16,
    /// In the order in which people sign up.
    pub(crate) seats: Vec<Seat>,
}

impl Shift {
    /// Is it a patrol of the grid's team?
    pub(crate) fn is_patrol(&self) -> bool {
        self.act == PATROL.code
    }

    /// Seats that become contributions.
    pub(crate) fn served(&self) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(|seat| seat.manner.grade().is_some())
    }
}

/// How somebody takes part in an activity who brings evidence of this grade; nobody does who has
/// but a photograph, or whom an administrator enters afterwards.
fn manner(chance: &mut Chance, act: &Act, grade: Grade) -> Option<Manner> {
    let three_or_all = usize::from(CHECKPOINTS).saturating_sub(usize::from(chance.hit(400)));
    match (act.code, grade) {
        (code, Grade::A) if code == PATROL.code => Some(Manner::Scans(three_or_all)),
        (code, Grade::B) if code == PATROL.code || code == STUDY.code => Some(Manner::Signs),
        (code, Grade::C) if code == STUDY.code => Some(Manner::Forgets),
        (_, Grade::A | Grade::B | Grade::C | Grade::D) => None,
    }
}

/// Activities in the making.
pub(super) struct Shifts {
    chance: Chance,
    by_start: BTreeMap<(Moment, &'static str, usize), Shift>,
}

impl Shifts {
    pub(super) fn new(seed: u64) -> Self {
        Self { chance: Chance::named(seed, "shifts"), by_start: BTreeMap::new() }
    }

    /// Takes a deed in that is done at an activity; says whether it was one.
    pub(super) fn take(&mut self, deed: &Deed, claim: &Contribution) -> bool {
        let Some(manner) = manner(&mut self.chance, deed.act, claim.evidence.grade) else {
            return false;
        };
        let key = (deed.start, deed.act.code, deed.grid);
        let shift = self.by_start.entry(key).or_insert_with(|| Shift {
            id: self.chance.id(deed.start.milliseconds()),
            act: deed.act.code,
            grid: deed.grid,
            start: deed.start,
            end: deed.end,
            alert: claim.alert,
            room: 0,
            seats: Vec::new(),
        });
        shift.seats.push(Seat { id: claim.id, resident: claim.resident, manner });
        true
    }

    /// In the order of their starts. To some classes somebody doesn't come, and before some the
    /// last seat is given up for one who waits.
    pub(super) fn done(mut self, place: &Place, diary: &mut Diary) -> Vec<Shift> {
        let shifts = std::mem::take(&mut self.by_start).into_values();
        shifts.map(|shift| self.filled(shift, place, diary)).collect()
    }

    fn filled(&mut self, mut shift: Shift, place: &Place, diary: &mut Diary) -> Shift {
        let signed = u16::try_from(shift.seats.len()).unwrap_or(u16::MAX);
        shift.room = signed;
        if shift.is_patrol() {
            return shift;
        }
        if self.chance.hit(GIVES_UP) {
            // Signs up before all others, so that the last of them waits for this seat.
            let seat = self.somebody(&shift, Manner::GivesUp, place, diary);
            seat.into_iter().for_each(|seat| shift.seats.insert(0, seat));
            return shift;
        }
        if self.chance.hit(STAYS_AWAY) {
            let seat = self.somebody(&shift, Manner::StaysAway, place, diary);
            shift.seats.extend(seat);
        }
        shift.room = signed.saturating_add(SPARE_SEATS);
        shift
    }

    /// Somebody else who has time, and takes it.
    fn somebody(
        &mut self,
        shift: &Shift,
        manner: Manner,
        place: &Place,
        diary: &mut Diary,
    ) -> Option<Seat> {
        (0..PEOPLE_TRIED).find_map(|_| {
            let who = diary.draw(&mut self.chance, &STUDY)?;
            let resident = place.volunteers.get(who)?.resident.id;
            diary.keep(who, shift.start, shift.end).then(|| Seat {
                id: self.chance.id(shift.start.milliseconds()),
                resident,
                manner,
            })
        })
    }
}
