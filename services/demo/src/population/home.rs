//! Who lives where: 10,537 residents in 3,396 households.

use linli_api::Card;
use ulid::Ulid;

use super::area::MicroGridArea;
use super::card;
use crate::calendar::Moment;
use crate::chance::{Chance, Wheel};

const RESIDENTS: usize = 10_537;

/// How many in a thousand households have one person, two, and so on: 3.10 on average.
const SIZES_PER_MILLE: [u64; 6] = [80, 220, 380, 200, 90, 30];

const SIZE_MOST: usize = SIZES_PER_MILLE.len();

/// How many in a thousand households receive assistance.
const ASSISTED_PER_MILLE: u64 = 30;

/// The first card's serial number, and how far the next one is from it: odd, so that none comes
/// twice, and large, so that neighbours' cards don't look alike.
const CARD_FIRST: u64 = 5_417_090_311;
const CARD_STEP: u64 = 8_209_731_427;

/// A household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Household {
    pub(crate) id: Ulid,
    /// The area of its micro-grid.
    pub(crate) micro_grid: Ulid,
}

/// A resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resident {
    pub(crate) id: Ulid,
    pub(crate) household: Ulid,
    /// The numbers of the micro-grid and of the grid, from 0.
    pub(crate) micro_grid: usize,
    pub(crate) grid: usize,
    pub(crate) card: Card,
    /// Does the household receive assistance?
    pub(crate) assisted: bool,
}

pub(super) struct Homes {
    pub(super) households: Vec<Household>,
    pub(super) residents: Vec<Resident>,
}

pub(super) fn settle(chance: &mut Chance, micro_grids: &[MicroGridArea]) -> Homes {
    let count: usize = micro_grids.iter().map(|micro| micro.households).sum();
    let mut sizes = sizes(chance, count).into_iter();
    let mut homes =
        Homes { households: Vec::with_capacity(count), residents: Vec::with_capacity(RESIDENTS) };
    let mut serial = CARD_FIRST;
    for (number, micro) in micro_grids.iter().enumerate() {
        for size in sizes.by_ref().take(micro.households) {
            let household = chance.id(Moment::EVE.milliseconds());
            let assisted = chance.hit(ASSISTED_PER_MILLE);
            homes.households.push(Household { id: household, micro_grid: micro.area });
            for _ in 0..size {
                homes.residents.push(Resident {
                    id: chance.id(Moment::EVE.milliseconds()),
                    household,
                    micro_grid: number,
                    grid: micro.grid,
                    card: card::code(serial),
                    assisted,
                });
                serial = serial.wrapping_add(CARD_STEP);
            }
        }
    }
    homes
}

/// Cards of those who come later, each with a number of its own.
pub(super) fn later_cards() -> impl Iterator<Item = Card> {
    let taken = u64::try_from(RESIDENTS).unwrap_or(u64::MAX);
    (taken..).map(|number| card::code(CARD_FIRST.wrapping_add(number.wrapping_mul(CARD_STEP))))
}

/// Sizes of so many households that sum to the residents exactly.
fn sizes(chance: &mut Chance, count: usize) -> Vec<usize> {
    let wheel = Wheel::new(SIZES_PER_MILLE);
    let spin = |_| wheel.spin(chance).map_or(1, |at| at.saturating_add(1));
    let mut sizes: Vec<usize> = (0..count).map(spin).collect();
    let mut order: Vec<usize> = (0..count).collect();
    chance.shuffle(&mut order);
    // One person more or less in households of any size, until the sum is right: a lap changes
    // at most as many as there are households, and a few laps reach any possible sum.
    for at in order.iter().cycle().take(count.saturating_mul(SIZE_MOST)) {
        let sum: usize = sizes.iter().sum();
        let Some(size) = sizes.get_mut(*at) else { continue };
        match sum.cmp(&RESIDENTS) {
            std::cmp::Ordering::Equal => break,
            std::cmp::Ordering::Less => *size = size.saturating_add(1).min(SIZE_MOST),
            std::cmp::Ordering::Greater => *size = size.saturating_sub(1).max(1),
        }
    }
    sizes
}
