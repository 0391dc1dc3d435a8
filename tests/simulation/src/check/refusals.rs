//! A refusal tells of a state. It must be one that the log came through between question and
//! answer: one that was never durable, or was over when the question came, is none.

use std::mem::discriminant;

use linli_domain::time::Timestamp;
use linli_domain::{Command, Refusal, State};

use super::judge::groups;
use super::{Checker, Judge, Violation};
use crate::town::Town;

/// A refusal that somebody was given.
#[derive(Debug)]
struct Given {
    command: Command,
    refusal: Refusal,
    /// Where the log was when the command was sent, and when the refusal came.
    from: u64,
    to: u64,
    /// What the clock of whoever refused may have shown.
    shown: Vec<Timestamp>,
}

/// All refusals that were given.
#[derive(Debug, Default)]
pub struct Refusals(Vec<Given>);

impl Refusals {
    /// A command was refused: it was sent when the log was at `from`, and the refusal came when it
    /// was at `to`.
    pub fn given(
        &mut self,
        command: Command,
        refusal: Refusal,
        (from, to): (u64, u64),
        shown: Vec<Timestamp>,
    ) {
        self.0.push(Given { command, refusal, from, to, shown });
    }

    /// Goes through the log once more, and asks the core at each position for what was said there.
    ///
    /// # Errors
    /// A refusal that no state between question and answer gives.
    pub fn close(mut self, town: &Town, judge: &Judge) -> Result<(), Violation> {
        self.0.sort_by_key(|given| given.from);
        let mut waiting = self.0.into_iter().peekable();
        let mut open: Vec<Given> = Vec::new();
        let mut state = town.state.clone();
        let after = usize::try_from(town.frame.last).unwrap_or_default();
        let records = judge.records().get(after..).unwrap_or_default();
        let none = [].as_slice();
        for group in groups(records).chain([none]) {
            let position = state.position().0;
            while let Some(given) = waiting.next_if(|given| given.from <= position) {
                open.push(given);
            }
            open.retain(|given| !given.holds_at(&state));
            if let Some(given) = open.iter().find(|given| given.to <= position) {
                let Given { command, refusal, from, to, .. } = given;
                let found = format!("{command:?} was refused between {from} and {to}: {refusal}");
                return Err(Violation::new(Checker::Refusals, found));
            }
            for record in group {
                let replayed = state.replay(record);
                replayed.map_err(|found| Violation::new(Checker::Core, found.to_string()))?;
            }
        }
        Ok(())
    }
}

impl Given {
    fn holds_at(&self, state: &State) -> bool {
        self.shown.iter().any(|shown| {
            let now = (*shown).max(state.recorded_at());
            match state.decide(&self.command, now) {
                Ok(_) => false,
                Err(refusal) => is_same(&refusal, &self.refusal),
            }
        })
    }
}

/// The same refusal; where it tells the moment, the same but for that.
fn is_same(one: &Refusal, other: &Refusal) -> bool {
    one == other
        || (matches!(one, Refusal::InFuture { .. }) && discriminant(one) == discriminant(other))
}
