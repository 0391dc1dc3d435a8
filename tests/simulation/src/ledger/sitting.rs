//! Standing by: following the log warm until the lock is free.

use linli_ledger::Image;

use super::{Node, Stage};
use crate::log::SessionId;
use crate::run::Ground;
use crate::sometimes::Path;

/// Frames that a standby reads in one turn.
const PAGE_FRAMES: usize = 8;

/// A standby's place: connected, and perhaps warm.
#[derive(Debug)]
pub(super) struct Sitting {
    pub(super) session: SessionId,
    /// The image at some position of the log, for one who follows.
    warm: Option<Box<Image>>,
}

impl Sitting {
    pub(super) fn new(session: SessionId) -> Self {
        Self { session, warm: None }
    }
}

impl Node {
    pub(super) fn stand_by(&mut self, mut sitting: Sitting, ground: &mut Ground) -> Stage {
        if self.is_cut_off() {
            return Stage::Alone;
        }
        let session = sitting.session;
        match ground.log.try_lock(session) {
            None => Stage::Alone,
            Some(true) => {
                ground.note(self.name(), "takes the lock", (session.0, ground.log.head().0));
                ground.reach(Path::TookOver);
                let image = match sitting.warm {
                    Some(image) => {
                        ground.reach(Path::RestoredWarm);
                        image
                    }
                    None => super::restore::begin(self.number, ground),
                };
                Stage::Restoring(session, image)
            }
            Some(false) => {
                self.follow(&mut sitting, ground);
                Stage::Standby(sitting)
            }
        }
    }

    fn follow(&self, sitting: &mut Sitting, ground: &mut Ground) {
        let begin = || super::restore::begin(self.number, ground);
        let mut image = sitting.warm.take().unwrap_or_else(begin);
        sitting.warm = match super::restore::replay(&mut image, PAGE_FRAMES, ground) {
            Ok(_) => Some(image),
            Err(_) => None,
        };
    }
}
