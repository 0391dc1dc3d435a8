//! Where one who follows stands, and what a frame that is offered means there. Pure: it knows no
//! source, so that chance can be played against it.

use super::FollowError;
use crate::frame::Frame;
use crate::merkle::Root;

/// A place in a log: everything up to `position` was handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    position: u64,
    /// The root at `position`, once it is known.
    root: Option<Root>,
}

/// What an offered frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The next one.
    Next,
    /// Handed on before.
    Old,
    /// A later one: there are frames between.
    Gap,
    /// None of this history.
    Misfit,
}

impl Place {
    /// The place at `position`, with the root there if it is known.
    #[must_use]
    pub fn new(position: u64, root: Option<Root>) -> Self {
        Self { position, root }
    }

    /// The last position that was handed on.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The root there, once it is known.
    #[must_use]
    pub fn root(&self) -> Option<Root> {
        self.root
    }

    /// What a frame is that is offered here.
    #[must_use]
    pub fn offered(&self, frame: &Frame) -> Offer {
        let next = self.position.saturating_add(1);
        if frame.last < next {
            Offer::Old
        } else if frame.first > next {
            Offer::Gap
        } else if frame.first < next || self.root.is_some_and(|root| root != frame.previous_root) {
            Offer::Misfit
        } else {
            Offer::Next
        }
    }

    /// Goes on to the end of the next frame, which ends at `last` with `root`.
    pub fn take(&mut self, last: u64, root: Root) {
        (self.position, self.root) = (last, Some(root));
    }

    /// Why the log's own next frame can't follow.
    #[must_use]
    pub fn fault(&self, next: &Frame) -> FollowError {
        let (position, found) = (self.position, next.previous_root);
        match self.root {
            Some(expected) if Some(next.first) == position.checked_add(1) => {
                FollowError::OtherHistory { position, expected, found }
            }
            _ => FollowError::NoSuccessor { position, first: next.first, last: next.last },
        }
    }
}
