//! What a trial tells.

use std::collections::BTreeMap;

use linli_domain::Position;
use linli_domain::award::Award;
use linli_domain::id::{AreaId, PoolId, ResidentId};
use linli_domain::posting::Account;
use linli_domain::quantity::{Merit, Points};
use linli_domain::rules::{Category, Tried, TriedSums};
use linli_domain::time::Timestamp;

use super::Bands;
use super::bench::World;

/// How many of those who would gain or lose most are told by id.
const PEOPLE_MAX: usize = 20;

/// What an award gave.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    resident: ResidentId,
    category: Category,
    grid: AreaId,
    points: Points,
    merit: Merit,
}

impl Given {
    pub(super) fn of(award: &Award) -> Self {
        Self {
            resident: award.resident,
            category: award.category,
            grid: award.grid,
            points: award.points(),
            merit: award.merit,
        }
    }
}

/// Sums of what the ledger could add stay within its range.
fn add(sums: &mut TriedSums, given: &Given) {
    sums.awards = sums.awards.saturating_add(1);
    sums.points = sums.points.plus(given.points).unwrap_or(sums.points);
    sums.merit = sums.merit.plus(given.merit).unwrap_or(sums.merit);
}

/// Both worlds of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// As it was.
    pub real: TriedSums,
    /// As it would have been.
    pub draft: TriedSums,
    /// Residents who would have earned more points.
    pub gain: u64,
    /// Residents who would have earned fewer.
    pub lose: u64,
}

/// A pool in one of the two worlds, at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// What it still has to give.
    pub left: Points,
    /// What the rules gave and it could not.
    pub short: Points,
    /// When it first could not.
    pub short_since: Option<Timestamp>,
}

/// What becomes of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolTold {
    /// Which.
    pub pool: PoolId,
    /// The name by which rules draw on it.
    pub code: String,
    /// As it was.
    pub real: Side,
    /// As it would have been.
    pub draft: Side,
}

/// Somebody who would have earned otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub resident: ResidentId,
    /// Points earned in the period.
    pub real: Points,
    /// Points that would have been.
    pub draft: Points,
}

/// A wish that was granted and would have been refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: String,
    /// How often.
    pub times: u64,
}

/// What a trial came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The last position of the period.
    pub position: u64,
    /// Over all.
    pub all: Change,
    /// By category.
    pub categories: BTreeMap<Category, Change>,
    /// By the grid where it was done.
    pub grids: BTreeMap<AreaId, Change>,
    /// By band, of those who are in one.
    pub bands: BTreeMap<String, Change>,
    /// The pools.
    pub pools: Vec<PoolTold>,
    /// Points that residents have and could spend, at the end: as it was, and as it would be.
    pub outstanding: (Points, Points),
    /// Who would gain or lose most.
    pub people: Vec<Person>,
    /// What would have been refused.
    pub refused: Vec<Refused>,
}

impl Trial {
    pub(super) fn of(real: &World, draft: &World, bands: &Bands, refused: Vec<Refused>) -> Self {
        let all = group(real, draft, |_| Some(())).remove(&()).unwrap_or_default();
        Self {
            position: real.state.position().0,
            all,
            categories: group(real, draft, |given| Some(given.category)),
            grids: group(real, draft, |given| Some(given.grid)),
            bands: group(real, draft, |given| bands.get(&given.resident).cloned()),
            pools: pools(real, draft),
            outstanding: (outstanding(real), outstanding(draft)),
            people: people(real, draft),
            refused,
        }
    }

    /// What of it stands beside the rules when they are published from this trial, which was of
    /// the period from and until these.
    #[must_use]
    pub fn in_short(&self, from: Timestamp, until: Timestamp) -> Tried {
        let Change { real, draft, gain, lose } = self.all;
        let short = self.pools.iter().map(|pool| pool.draft.short);
        Tried {
            from,
            until,
            position: Position(self.position),
            real,
            draft,
            gain,
            lose,
            short: short.fold(Points::ZERO, |sum, short| sum.plus(short).unwrap_or(sum)),
        }
    }
}

/// Points by group and person: as it was, and as it would have been.
fn earned<K: Ord>(
    real: &World,
    draft: &World,
    of: impl Fn(&Given) -> Option<K>,
) -> BTreeMap<(K, ResidentId), (Points, Points)> {
    let mut earned: BTreeMap<_, (Points, Points)> = BTreeMap::new();
    let mut add = |world: &World, side: fn(&mut (Points, Points)) -> &mut Points| {
        for given in world.given.values() {
            let Some(key) = of(given) else { continue };
            let sum = side(earned.entry((key, given.resident)).or_default());
            *sum = sum.plus(given.points).unwrap_or(*sum);
        }
    };
    add(real, |sums| &mut sums.0);
    add(draft, |sums| &mut sums.1);
    earned
}

fn group<K: Ord>(
    real: &World,
    draft: &World,
    of: impl Fn(&Given) -> Option<K>,
) -> BTreeMap<K, Change> {
    let mut groups: BTreeMap<K, Change> = BTreeMap::new();
    let mut sum = |world: &World, side: fn(&mut Change) -> &mut TriedSums| {
        for given in world.given.values() {
            let Some(key) = of(given) else { continue };
            add(side(groups.entry(key).or_default()), given);
        }
    };
    sum(real, |change| &mut change.real);
    sum(draft, |change| &mut change.draft);
    for ((key, _), (was, would)) in earned(real, draft, of) {
        let Some(change) = groups.get_mut(&key) else { continue };
        if would > was {
            change.gain = change.gain.saturating_add(1);
        } else if would < was {
            change.lose = change.lose.saturating_add(1);
        }
    }
    groups
}

fn pools(real: &World, draft: &World) -> Vec<PoolTold> {
    let side = |world: &World, pool| {
        let short = world.short.get(&pool).copied();
        Side {
            left: world.state.balance(Account::Pool(pool)).points,
            short: short.map_or(Points::ZERO, |(points, _)| points),
            short_since: short.map(|(_, since)| since),
        }
    };
    let told = |(pool, named): (PoolId, &linli_domain::pool::Pool)| PoolTold {
        pool,
        code: named.code.to_string(),
        real: side(real, pool),
        draft: side(draft, pool),
    };
    real.state.pools().sorted().map(told).collect()
}

fn outstanding(world: &World) -> Points {
    let residents = world.state.residents();
    residents.sorted().fold(Points::ZERO, |sum, (_, resident)| {
        let wallet = &resident.wallet;
        let with = sum.plus(wallet.available.points).and_then(|sum| sum.plus(wallet.held.points));
        with.unwrap_or(sum)
    })
}

/// Those with the largest differences first, then by id.
fn people(real: &World, draft: &World) -> Vec<Person> {
    let mut people: Vec<Person> = earned(real, draft, |_| Some(()))
        .into_iter()
        .map(|(((), resident), (real, draft))| Person { resident, real, draft })
        .filter(|person| person.real != person.draft)
        .collect();
    people.sort_by_key(|person| {
        let difference = person.draft.hundredths().abs_diff(person.real.hundredths());
        (std::cmp::Reverse(difference), person.resident)
    });
    people.truncate(PEOPLE_MAX);
    people
}
