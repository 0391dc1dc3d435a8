//! Restoring: the newest snapshot that the log bears out, then the log after it.

use std::sync::OnceLock;

use linli_ledger::{Image, ReplayError};

use super::lead::Lead;
use super::{Node, Stage};
use crate::check::{Checker, Violation};
use crate::log::SessionId;
use crate::plant::Plant;
use crate::run::Ground;
use crate::sometimes::Path;

/// Frames that are read in one turn, so that something may happen in between.
const PAGE_FRAMES: usize = 6;

/// The image that a start begins with: that of the newest snapshot, if the log knows it.
pub(super) fn begin(number: usize, ground: &mut Ground) -> Box<Image> {
    let Some(newest) = ground.log.newest_snapshot().cloned() else {
        ground.reach(Path::RestoredFromStart);
        return Box::new(founded(ground).clone());
    };
    let believes = ground.plant == Some(Plant::BelieveSnapshot);
    let useless = match ground.log.root_at(newest.position) {
        _ if !newest.is_readable => Some(Path::SnapshotUnreadable),
        _ if believes => None,
        Some(root) if root == newest.root => None,
        None if newest.position > ground.log.head().0 => Some(Path::SnapshotNewerThanLog),
        Some(_) | None => Some(Path::SnapshotOfAnotherLog),
    };
    ground.note(("ledger", number), "looks at a snapshot", (newest.position, 0));
    match useless {
        Some(path) => {
            ground.reach(path);
            Box::new(founded(ground).clone())
        }
        None => {
            ground.reach(Path::RestoredFromSnapshot);
            Box::new(newest.image)
        }
    }
}

/// The image after the founding: every start from the log's beginning comes through it.
fn founded(ground: &Ground) -> &'static Image {
    static FOUNDED: OnceLock<Image> = OnceLock::new();
    FOUNDED.get_or_init(|| {
        let mut image = Image::default();
        match image.replay(&ground.town.frame) {
            Ok(()) => image,
            Err(error) => unreachable!("the founding can't be replayed: {error}"),
        }
    })
}

/// Replays the next frames of the log; says whether that was its end.
pub(super) fn replay(
    image: &mut Image,
    frames: usize,
    ground: &Ground,
) -> Result<bool, ReplayError> {
    let position = image.position().0;
    for frame in ground.log.frames_after(position, frames) {
        image.replay(frame)?;
    }
    Ok(image.position().0 >= ground.log.head().0)
}

impl Node {
    pub(super) fn restore_on(
        &mut self,
        session: SessionId,
        mut image: Box<Image>,
        ground: &mut Ground,
    ) -> Stage {
        if self.is_cut_off() || !ground.log.is_alive(session) {
            return Stage::Alone;
        }
        ground.may_die(self.number, 30);
        match replay(&mut image, PAGE_FRAMES, ground) {
            Ok(false) => Stage::Restoring(session, image),
            Ok(true) => {
                self.look_at_image(&image, ground);
                let position = image.position().0;
                ground.note(self.name(), "leads", (session.0, position));
                let index = ground.log.index.position();
                let unindexed = super::indexer::unindexed(ground);
                Stage::Leading(Box::new(Lead::new(session, *image, unindexed, index, self.memory)))
            }
            Err(error) => {
                ground.find(Checker::Image, format!("the log can't be replayed: {error}"));
                Stage::Alone
            }
        }
    }

    fn look_at_image(&self, image: &Image, ground: &mut Ground) {
        let is_same = image.position().0 == ground.judge.position()
            && image.state().digest() == ground.judge.state().digest();
        if !is_same {
            let (found, expected) = (image.position().0, ground.judge.position());
            let found = format!("ledger {} leads from {found}, not {expected}", self.number);
            ground.hold::<()>(Err(Violation::new(Checker::Image, found)));
        }
    }
}
