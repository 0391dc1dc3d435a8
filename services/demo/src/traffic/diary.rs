//! Who is where when: nobody is in two places at once, and nobody does an act more often than
//! makes sense.

use std::collections::HashMap;

use super::act::{Act, Most};
use crate::calendar::Moment;
use crate::chance::{Chance, Wheel};
use crate::population::Place;

/// The effort of the volunteer at rank r is in proportion to 1/(r + this): Zipf's law, blunted at
/// the top, where the hours of a day end.
const RANK_OFFSET: u64 = 9;

const EFFORT: u64 = 10_000_000;

/// How many are kept out of everything else, for the planted stories.
pub(super) const KEPT_OUT: usize = 7;

/// The volunteers' engagements.
#[derive(Clone, Debug)]
pub(super) struct Diary {
    taken: Vec<Vec<(Moment, Moment)>>,
    done: HashMap<(usize, &'static str, u8), u16>,
    /// Effort of everybody, and of heads alone.
    anybody: Wheel,
    heads: Wheel,
    kept_out: Vec<usize>,
}

impl Diary {
    /// An empty one. Volunteers stand in no order, so their numbers do as ranks of effort.
    pub(super) fn new(place: &Place) -> Self {
        let plain = |(_, volunteer): &(usize, &crate::population::Volunteer)| {
            !volunteer.head && volunteer.patrol.is_none()
        };
        let last = place.volunteers.iter().enumerate().rev();
        let kept_out: Vec<usize> = last.filter(plain).map(|(who, _)| who).take(KEPT_OUT).collect();
        let effort = |who: usize| {
            let rank = u64::try_from(who).unwrap_or_default();
            let effort = EFFORT.checked_div(rank.saturating_add(RANK_OFFSET));
            if kept_out.contains(&who) { 0 } else { effort.unwrap_or_default() }
        };
        let all = || place.volunteers.iter().enumerate();
        Self {
            taken: vec![Vec::new(); place.volunteers.len()],
            done: HashMap::new(),
            anybody: Wheel::new(all().map(|(who, _)| effort(who))),
            heads: Wheel::new(all().map(|(who, v)| if v.head { effort(who) } else { 0 })),
            kept_out,
        }
    }

    /// Those who are kept out of everything else.
    pub(super) fn kept_out(&self) -> &[usize] {
        &self.kept_out
    }

    /// Somebody who would do the act, by effort.
    pub(super) fn draw(&self, chance: &mut Chance, act: &Act) -> Option<usize> {
        match act.by {
            super::act::By::Anybody => self.anybody.spin(chance),
            super::act::By::Heads => self.heads.spin(chance),
        }
    }

    /// Free from `start` to `end`?
    pub(super) fn is_free(&self, who: usize, start: Moment, end: Moment) -> bool {
        let free = |taken: &Vec<(Moment, Moment)>| {
            taken.iter().all(|(from, until)| end <= *from || *until <= start)
        };
        self.taken.get(who).is_some_and(free)
    }

    /// Keeps the time free of anything else, if the person has it.
    pub(super) fn keep(&mut self, who: usize, start: Moment, end: Moment) -> bool {
        let free = self.is_free(who, start, end);
        if free && let Some(taken) = self.taken.get_mut(who) {
            taken.push((start, end));
        }
        free
    }

    /// Writes it in, if the person is free and hasn't done it often enough.
    pub(super) fn book(&mut self, who: usize, act: &Act, start: Moment, end: Moment) -> bool {
        let (period, most) = match act.most {
            Most::Any => (0, u16::MAX),
            Most::AMonth(most) => (start.day().month(), most),
            Most::AYear(most) => (0, most),
        };
        let key = (who, act.code, period);
        let done = self.done.get(&key).copied().unwrap_or_default();
        if done >= most || !self.keep(who, start, end) {
            return false;
        }
        self.done.insert(key, done.saturating_add(1));
        true
    }
}
