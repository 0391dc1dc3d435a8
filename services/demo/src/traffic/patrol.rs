//! Patrols: 13 grids, three slots a day, a pair each, 360 days; 28,080 slots of a person.

use super::act::PATROL;
use super::day::is_patrol_day;
use super::diary::Diary;
use super::{Deed, Place};
use crate::calendar::{Day, Moment};
use crate::chance::{Chance, apportion};
use crate::scale::Scale;

/// Morning, late afternoon, evening; and on Fridays and Saturdays the night instead of the
/// evening. In minutes of the day.
const STARTS: [i64; 3] = [7 * 60 + 30, 16 * 60 + 30, 20 * 60];
const NIGHT_START: i64 = 22 * 60;

/// How many of a month's 90 slots the eight pairs of a grid take: the keenest just what the rules
/// reward.
const PAIRS: [u64; 8] = [20, 16, 14, 12, 10, 8, 6, 4];

const SLOT_MINUTES: i64 = 90;

/// A slot to be walked by a pair.
#[derive(Clone, Copy)]
struct Slot {
    grid: usize,
    start: Moment,
}

pub(super) fn walk(seed: u64, place: &Place, scale: Scale, diary: &mut Diary) -> Vec<Deed> {
    let mut chance = Chance::named(seed, "patrol");
    let pairs = Pairs::of(place);
    let mut deeds = Vec::new();
    for month in slots(place, scale).chunk_by(|one, next| {
        one.grid == next.grid && one.start.day().month() == next.start.day().month()
    }) {
        let count = u64::try_from(month.len()).unwrap_or_default();
        let quotas = apportion(count, &PAIRS);
        let turns = (0_usize..).zip(quotas).flat_map(|(pair, quota)| {
            std::iter::repeat_n(pair, usize::try_from(quota).unwrap_or_default())
        });
        let mut turns: Vec<usize> = turns.collect();
        chance.shuffle(&mut turns);
        for (slot, turn) in month.iter().zip(turns) {
            let end = slot.start.later(SLOT_MINUTES);
            for who in pairs.free(*slot, turn, diary) {
                if diary.book(who, &PATROL, slot.start, end) {
                    deeds.push(Deed { act: &PATROL, who, grid: slot.grid, start: slot.start, end });
                }
            }
        }
    }
    deeds
}

/// The slots that are walked, grid by grid in the order of time: all of them at scale 1, an even
/// part of them below, some of them by several pairs above.
fn slots(place: &Place, scale: Scale) -> Vec<Slot> {
    let days = || Day::all().filter(|day| is_patrol_day(*day));
    let all: Vec<Slot> = (0..place.grids.len())
        .flat_map(|grid| {
            days().flat_map(move |day| {
                let starts = if day.is_late_evening() {
                    let [morning, afternoon, _] = STARTS;
                    [morning, afternoon, NIGHT_START]
                } else {
                    STARTS
                };
                starts.map(|minute| Slot { grid, start: Moment::on(day, minute) })
            })
        })
        .collect();
    let count = u64::try_from(all.len()).unwrap_or_default();
    let walked = scale.of(PATROL.times / 2);
    // Bresenham's line: of every slot as many as the line rises over it.
    let line = |at: u64| at.saturating_mul(walked).checked_div(count).unwrap_or_default();
    let times = |at: u64| line(at.saturating_add(1)).saturating_sub(line(at));
    (0_u64..)
        .zip(all)
        .flat_map(|(at, slot)| {
            std::iter::repeat_n(slot, usize::try_from(times(at)).unwrap_or_default())
        })
        .collect()
}

/// The two of every pair, by grid.
struct Pairs(Vec<[Vec<usize>; 8]>);

impl Pairs {
    fn of(place: &Place) -> Self {
        let mut pairs = vec![<[Vec<usize>; 8]>::default(); place.grids.len()];
        for (who, volunteer) in place.volunteers.iter().enumerate() {
            let Some(post) = volunteer.patrol else { continue };
            let pair = pairs.get_mut(post.grid).and_then(|grid| grid.get_mut(post.pair));
            if let Some(pair) = pair {
                pair.push(who);
            }
        }
        Self(pairs)
    }

    /// The pair whose turn it is, or the next that is free; nobody if none is.
    fn free(&self, slot: Slot, turn: usize, diary: &Diary) -> Vec<usize> {
        let Some(grid) = self.0.get(slot.grid) else { return Vec::new() };
        let end = slot.start.later(SLOT_MINUTES);
        let free = |pair: &&Vec<usize>| pair.iter().all(|who| diary.is_free(*who, slot.start, end));
        grid.iter().cycle().skip(turn).take(PAIRS.len()).find(free).cloned().unwrap_or_default()
    }
}
