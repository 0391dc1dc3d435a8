//! All services but patrol: spread over the days, then over the hours, then over the people.

use super::act::{Act, By, CLASSES, OUTSTANDING, SERVICES, STUDY};
use super::diary::Diary;
use super::{Deed, Place, day};
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::scale::Scale;

/// How many people are asked before the time is changed, and how many times are tried.
const PEOPLE_TRIED: usize = 40;
const TIMES_TRIED: usize = 40;

/// How many in a thousand serve in the grid where they live.
const AT_HOME_PER_MILLE: u64 = 850;

/// A building head's month is told of on these days before it ends.
const HEAD_DAYS_LEFT: std::ops::RangeInclusive<u8> = 1..=4;

pub(super) fn serve(seed: u64, place: &Place, scale: Scale, diary: &mut Diary) -> Vec<Deed> {
    let days: Vec<Day> = Day::all().collect();
    let mut deeds = Vec::new();
    for act in SERVICES.iter().chain([&OUTSTANDING]) {
        let mut chance = Chance::named(seed, act.code);
        let weight = |day: Day| match act.by {
            By::Heads => u64::from(HEAD_DAYS_LEFT.contains(&day.left_in_month())),
            By::Anybody => day::service(day),
        };
        for day in day::spread(scale.of(act.times), &days, weight) {
            deeds.extend(one(&mut chance, place, diary, act, day));
        }
    }
    deeds
}

/// Somebody who is free, at a time of that day.
fn one(
    chance: &mut Chance,
    place: &Place,
    diary: &mut Diary,
    act: &'static Act,
    day: Day,
) -> Option<Deed> {
    for _ in 0..TIMES_TRIED {
        let (start, end) = time(chance, act, day);
        for _ in 0..PEOPLE_TRIED {
            let who = diary.draw(chance, act)?;
            if diary.book(who, act, start, end) {
                let home = place.volunteers.get(who)?.resident.grid;
                let elsewhere = usize::try_from(chance.below(13)).unwrap_or_default();
                let grid = if chance.hit(AT_HOME_PER_MILLE) { home } else { elsewhere };
                return Some(Deed { act, who, grid, start, end });
            }
        }
    }
    None
}

/// Evenings on working days, the whole day on weekends; in steps of five minutes. Classes have their
/// own hours.
fn time(chance: &mut Chance, act: &Act, day: Day) -> (Moment, Moment) {
    let (least, most) = act.minutes;
    let minutes = chance.between(least / 5, most / 5).saturating_mul(5);
    let (morning, afternoon) = if day.is_weekend() { (400, 750) } else { (200, 400) };
    if act.code == STUDY.code {
        let [in_the_afternoon, in_the_evening] = CLASSES;
        let start = if chance.hit(afternoon) { in_the_afternoon } else { in_the_evening };
        let start = Moment::on(day, start);
        return (start, start.later(minutes));
    }
    let (earliest, latest) = match chance.below(1_000) {
        at if at < morning => (8 * 60, 10 * 60),
        at if at < afternoon => (14 * 60, 15 * 60 + 30),
        _ => (18 * 60, 19 * 60 + 30),
    };
    let start = chance.between(earliest / 5, latest / 5).saturating_mul(5);
    let start = Moment::on(day, start);
    (start, start.later(minutes))
}
