//! What residents are known to have, by their receipts; who comes to a counter depends on it.

use std::collections::{BTreeMap, BTreeSet};

use linli_api::{Amount, Card, Id};
use ulid::Ulid;

use crate::amount::hundredths;
use crate::chance::{Chance, Wheel};
use crate::error::DemoError;
use crate::population::{Place, Resident};

/// Nobody comes for less, in hundredths of points.
const COMES_FOR_LEAST: i64 = 800;

/// What a resident has.
#[derive(Clone, Debug)]
pub(super) struct Purse {
    pub(super) card: Card,
    /// What can be spent, in hundredths.
    pub(super) available: i64,
    /// Up to which record that is so.
    pub(super) position: u64,
}

/// Everybody's purse, but those of the racers.
#[derive(Clone, Debug)]
pub(super) struct Purses {
    all: BTreeMap<Ulid, Purse>,
    /// Those who wait for something that may be taken from their purse at any moment.
    away: BTreeSet<Ulid>,
}

impl Purses {
    pub(super) fn empty(place: &Place, racers: &[Resident]) -> Self {
        let races = |id: Ulid| racers.iter().any(|racer| racer.id == id);
        let purses = place
            .volunteers
            .iter()
            .map(|volunteer| &volunteer.resident)
            .filter(|resident| !races(resident.id))
            .map(|resident| {
                let card = resident.card.clone();
                (resident.id, Purse { card, available: 0, position: 0 })
            });
        Self { all: purses.collect(), away: BTreeSet::new() }
    }

    /// A record said what somebody can spend. Later records win.
    pub(super) fn told(&mut self, resident: Ulid, position: u64, available: i64) {
        if let Some(purse) = self.all.get_mut(&resident)
            && purse.position < position
        {
            (purse.position, purse.available) = (position, available);
        }
    }

    /// A receipt said what somebody can spend, if that changed.
    pub(super) fn heard(
        &mut self,
        resident: &Id,
        position: u64,
        available: Option<&Amount>,
    ) -> Result<(), DemoError> {
        if let (Some(available), Ok(resident)) = (available, Ulid::from_string(resident.as_str())) {
            self.told(resident, position, hundredths(available)?);
        }
        Ok(())
    }

    /// Somebody can spend so much more, or less.
    pub(super) fn change(&mut self, resident: Ulid, by: i64) {
        if let Some(purse) = self.all.get_mut(&resident) {
            purse.available = purse.available.saturating_add(by);
        }
    }

    /// Somebody doesn't come until further notice.
    pub(super) fn stay_away(&mut self, resident: Ulid) {
        self.away.insert(resident);
    }

    /// Somebody comes again.
    pub(super) fn come_back(&mut self, resident: Ulid) {
        self.away.remove(&resident);
    }

    /// Whoever looks what somebody has must have seen the log up to `position`.
    pub(super) fn seen(&mut self, resident: Ulid, position: u64) {
        if let Some(purse) = self.all.get_mut(&resident) {
            purse.position = purse.position.max(position);
        }
    }

    pub(super) fn get(&self, resident: Ulid) -> Option<&Purse> {
        self.all.get(&resident)
    }

    /// Somebody who can spend that much, or nearly as much as anybody: those with more come more
    /// often. And how much they want to spend, in hundredths.
    pub(super) fn draw(&self, chance: &mut Chance, appetite: i64) -> Option<(Ulid, i64)> {
        let able = |least: i64| {
            let able: Vec<_> = self
                .all
                .iter()
                .filter(|(who, p)| p.available >= least && !self.away.contains(who))
                .collect();
            (!able.is_empty()).then_some(able)
        };
        let able = able(appetite.max(COMES_FOR_LEAST)).or_else(|| able(COMES_FOR_LEAST))?;
        let weight = |(_, purse): &(&Ulid, &Purse)| u64::try_from(purse.available).unwrap_or(0);
        let (resident, purse) = able.get(Wheel::new(able.iter().map(weight)).spin(chance)?)?;
        Some((**resident, appetite.min(purse.available)))
    }
}
