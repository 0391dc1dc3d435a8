//! One who takes frames in order, each once, from a position of its own: what a subscription does,
//! without its waiting.

use std::collections::VecDeque;
use std::sync::Arc;

use linli_domain::Record;
use linli_feed::Decoded;
use linli_feed::window::{Place, Taker as Name};
use linli_log::Root;

use super::source::Source;
use crate::check::Checker;
use crate::run::Ground;
use crate::sometimes::Path;

/// A taker's position, and what it has read ahead.
#[derive(Debug)]
pub(super) struct Taker {
    name: Name,
    position: u64,
    root: Root,
    ahead: VecDeque<Arc<Decoded>>,
}

impl Taker {
    pub(super) fn enter(position: u64, root: Root, source: &mut Source) -> Self {
        let name = source.window.enter(position);
        Self { name, position, root, ahead: VecDeque::new() }
    }

    pub(super) fn leave(&self, source: &mut Source) {
        source.window.leave(self.name);
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// The next frames, at most so many.
    pub(super) fn take(
        &mut self,
        most: usize,
        source: &mut Source,
        ground: &mut Ground,
    ) -> Vec<Arc<Decoded>> {
        let mut taken = Vec::new();
        while taken.len() < most {
            let frame = match self.ahead.pop_front() {
                Some(frame) => frame,
                None => match source.window.take(self.name, self.position) {
                    Place::Here(frame) => frame,
                    Place::Later => break,
                    Place::Behind => {
                        ground.reach(Path::TakerBehind);
                        self.ahead = source.page_after(self.position, ground).into();
                        match self.ahead.pop_front() {
                            Some(frame) => frame,
                            None => break,
                        }
                    }
                },
            };
            if !frame.follows(self.position, self.root) {
                let (position, first) = (self.position, frame.first);
                let found = format!("frame {first} was handed out after {position}");
                ground.find(Checker::Projection, found);
                break;
            }
            (self.position, self.root) = (frame.last, frame.root);
            taken.push(frame);
        }
        taken
    }
}

/// The records of a frame; a frame of the log that can't be read must not be.
pub(super) fn records<'a>(frame: &'a Decoded, ground: &mut Ground) -> Option<&'a [Record]> {
    match frame.records() {
        Ok(records) => Some(records),
        Err(unreadable) => {
            ground.find(Checker::Projection, unreadable.to_string());
            None
        }
    }
}
