//! Which ladders are kept, and which are on the way.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use linli_domain::Position;
use linli_domain::id::AreaId;
use linli_domain::time::Period;

use crate::ground::Ground;
use crate::ladder::{Ladder, Overflow, Step};
use crate::metrics::{Gauges, count};
use crate::room::{Room, Share};

/// Which ladder: of an area, in a period.
pub(crate) type Which = (AreaId, Period);

/// The most ladders of a district. An award looks for 25 of them (five areas, five periods), so
/// they cost little; a city district has some 1,200 areas, of which people look at a few.
pub(crate) const LADDERS_MAX: usize = 512;

/// How long a ladder is kept that nobody asks for: people look at a ranking in bouts, and making
/// a ladder anew is cheap unless it is huge and then it is asked for.
const IDLE_S_MAX: u64 = 30 * 60;

/// A ladder that was asked for within this doesn't make way for another one.
pub(crate) const FRESH_S: u64 = 60;

/// How long a ladder is left alone that found no room: the rows are asked meanwhile.
const REFUSED_S: u64 = 60;

/// Most steps that wait for a ladder to be filled: some seconds of the fullest load. A filling that
/// takes longer is given up.
const STEPS_WAITING_MAX: usize = 200_000;

/// A district in memory.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) ground: Ground,
    pub(crate) seats: HashMap<Which, Seat>,
}

/// A ladder or its place.
#[derive(Debug)]
pub(crate) enum Seat {
    /// It is being filled.
    Filling(Filling),
    /// There was no room for it, as of this second.
    Refused(u64),
    /// It is there.
    Kept(Box<Kept>),
}

/// What waits for a ladder.
#[derive(Debug)]
pub(crate) struct Filling {
    /// The rows have to have seen this record: steps wait from the next one on.
    pub(crate) from: Position,
    /// None if too many waited.
    steps: Option<Vec<Step>>,
}

/// A ladder that is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) ladder: Ladder,
    /// The rows that it was filled from had seen this record.
    filled_at: Position,
    share: Share,
    /// The second in which it was last asked for.
    asked_s: AtomicU64,
}

impl Kept {
    pub(crate) fn new(ladder: Ladder, filled_at: Position, share: Share, now_s: u64) -> Self {
        Self { ladder, filled_at, share, asked_s: AtomicU64::new(now_s) }
    }

    /// It is asked for.
    pub(crate) fn ask(&self, now_s: u64) -> &Ladder {
        self.asked_s.store(now_s, Ordering::Relaxed);
        &self.ladder
    }
}

impl Seat {
    pub(crate) fn step(&mut self, step: &Step) -> Result<(), Overflow> {
        match self {
            Self::Filling(filling) => {
                match &mut filling.steps {
                    Some(steps) if steps.len() < STEPS_WAITING_MAX => steps.push(*step),
                    waiting => *waiting = None,
                }
                Ok(())
            }
            Self::Refused(_) => Ok(()),
            Self::Kept(kept) if step.position <= kept.filled_at => Ok(()),
            Self::Kept(kept) => {
                kept.ladder.apply(step)?;
                kept.share.grown_to(kept.ladder.residents());
                Ok(())
            }
        }
    }
}

impl State {
    /// Makes a place for a ladder that is to be filled; `false` if it has one, or if there are too
    /// many that are asked for.
    pub(crate) fn begin(&mut self, which: Which, now_s: u64) -> bool {
        let is_there = self.seats.contains_key(&which);
        let fresh_s = now_s.saturating_sub(FRESH_S);
        if is_there || self.seats.len() >= LADDERS_MAX && !self.drop_stalest(fresh_s) {
            return false;
        }
        let filling = Filling { from: self.ground.position, steps: Some(Vec::new()) };
        self.seats.insert(which, Seat::Filling(filling)).is_none()
    }

    /// Puts a ladder in its place, after what happened while it was filled. It isn't kept if too
    /// much did.
    pub(crate) fn land(&mut self, which: Which, kept: Kept) -> Result<(), Overflow> {
        let Some(Seat::Filling(Filling { steps: Some(waiting), .. })) = self.seats.remove(&which)
        else {
            return Ok(());
        };
        let mut seat = Seat::Kept(Box::new(kept));
        waiting.iter().try_for_each(|step| seat.step(step))?;
        self.seats.insert(which, seat);
        Ok(())
    }

    /// Drops the ladders that nobody asks for, and, of all, those that were asked for the longest
    /// ago while there is too little room. Forgets refusals that are old.
    pub(crate) fn sweep(&mut self, room: &Room, now_s: u64) {
        self.seats.retain(|_, seat| match seat {
            Seat::Filling(_) => true,
            Seat::Refused(at_s) => now_s.saturating_sub(*at_s) < REFUSED_S,
            Seat::Kept(kept) => {
                now_s.saturating_sub(kept.asked_s.load(Ordering::Relaxed)) < IDLE_S_MAX
            }
        });
        while room.is_overfull() && self.drop_stalest(now_s) {}
    }

    /// Drops the ladder that was asked for the longest ago, if that was before this second; `false`
    /// if there is none.
    pub(crate) fn drop_stalest(&mut self, before_s: u64) -> bool {
        let kept = self.seats.iter().filter_map(|(which, seat)| match seat {
            Seat::Kept(kept) => Some((kept.asked_s.load(Ordering::Relaxed), *which)),
            Seat::Filling(_) | Seat::Refused(_) => None,
        });
        let stalest = kept.filter(|(asked_s, _)| *asked_s < before_s).min();
        stalest.is_some_and(|(_, which)| self.seats.remove(&which).is_some())
    }

    pub(crate) fn tell(&self, gauges: &Gauges) {
        let ladders = || {
            self.seats.values().filter_map(|seat| match seat {
                Seat::Kept(kept) => Some(&kept.ladder),
                Seat::Filling(_) | Seat::Refused(_) => None,
            })
        };
        gauges.ladders.set(count(ladders().count()));
        gauges.residents.set(count(ladders().map(Ladder::residents).sum()));
        let bytes: usize = ladders().map(Ladder::bytes).sum();
        gauges.bytes.set(count(bytes.saturating_add(self.ground.bytes())));
    }
}
