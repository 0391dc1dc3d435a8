//! A ladder: everybody with merit in an area and a period, in the order of rank.

mod question;
mod step;

#[cfg(test)]
mod tests;

pub use step::{Deed, Step};

use std::cmp::Reverse;
use std::collections::BTreeMap;

use linli_domain::Position;
use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;
use linli_readmodel::rankings::Held;

use crate::counted::Counted;

/// What a resident takes in the map of merits: 32 bytes of key and value in nodes that are two
/// thirds full on the average of random insertions.
const HELD_BYTES: usize = 48;

/// A resident's place: the more merit the further ahead, and whoever reached it first.
type Place = (Reverse<Merit>, Position, ResidentId);

/// Merit ran past the range of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the merit of {0} runs past the range")]
pub struct Overflow(pub ResidentId);

/// Everybody with merit in an area and a period, in the order of rank.
///
/// It holds those who aren't shown as well, off the rungs, so that whoever comes back is where
/// they were.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    /// Everybody's merit and the record that brought it there.
    merits: BTreeMap<ResidentId, (Merit, Position)>,
    /// Those who are shown and have more than nothing.
    places: Counted<Place>,
    /// Their merits, each once: what dense ranks count.
    levels: Counted<Reverse<Merit>>,
}

impl Ladder {
    /// Of what everybody holds; each resident stands there once.
    #[must_use]
    pub fn of(all: Vec<Held>) -> Self {
        let on_rungs = |held: &&Held| held.shown && held.merit > Merit::ZERO;
        let shown = all.iter().filter(on_rungs);
        let levels = Counted::of(shown.clone().map(|held| Reverse(held.merit)).collect());
        let places = shown.map(|held| (Reverse(held.merit), held.reached, held.resident)).collect();
        let places = Counted::of(places);
        let merits = all.iter().map(|held| (held.resident, (held.merit, held.reached))).collect();
        Self { merits, places, levels }
    }

    /// How many residents it holds, shown or not.
    #[must_use]
    pub fn residents(&self) -> usize {
        self.merits.len()
    }

    /// Roughly the memory that it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.merits
            .len()
            .saturating_mul(HELD_BYTES)
            .saturating_add(self.places.bytes())
            .saturating_add(self.levels.bytes())
    }

    /// Moves on by what a record did.
    ///
    /// # Errors
    ///
    /// [`Overflow`], and nothing has changed.
    pub fn apply(&mut self, step: &Step) -> Result<(), Overflow> {
        let resident = step.resident;
        let before = self.merits.get(&resident).copied();
        match step.deed {
            Deed::Gained { merit, shown } => {
                let (sum, _) = before.unwrap_or_default();
                let sum = sum.plus(merit).ok_or(Overflow(resident))?;
                if let Some((merit, reached)) = before {
                    self.take_off(merit, reached, resident);
                }
                self.merits.insert(resident, (sum, step.position));
                if shown {
                    self.put_on(sum, step.position, resident);
                }
            }
            Deed::Joined => {
                if let Some((merit, reached)) = before {
                    self.put_on(merit, reached, resident);
                }
            }
            Deed::Left => {
                if let Some((merit, reached)) = before {
                    self.take_off(merit, reached, resident);
                }
            }
        }
        Ok(())
    }

    fn put_on(&mut self, merit: Merit, reached: Position, resident: ResidentId) {
        if merit > Merit::ZERO {
            self.places.insert((Reverse(merit), reached, resident));
            self.levels.insert(Reverse(merit));
        }
    }

    fn take_off(&mut self, merit: Merit, reached: Position, resident: ResidentId) {
        let was_there = self.places.remove(&(Reverse(merit), reached, resident));
        let is_level = |place: Place| place.0 == Reverse(merit);
        if was_there && !self.places.get(self.ahead_of(merit)).is_some_and(is_level) {
            self.levels.remove(&Reverse(merit));
        }
    }

    /// How many have more than this merit.
    fn ahead_of(&self, merit: Merit) -> usize {
        self.places.before(&(Reverse(merit), Position::START, ResidentId::from_number(0)))
    }
}
