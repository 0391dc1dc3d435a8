//! Snapshots that a leader writes: of what is durable, or too early.

use linli_log::{Frame, Root};

use super::lead::Lead;
use super::{Node, Stage};
use crate::log::Snapshot;
use crate::run::{Ground, Happening};

impl Node {
    /// Writes a snapshot: as a careful writer, of what is durable, or as a hasty one, when it sends
    /// its next frame.
    pub fn snapshot(&mut self, is_hasty: bool, ground: &mut Ground) {
        let Stage::Leading(lead) = &mut self.stage else { return };
        if is_hasty {
            lead.is_hasty = true;
            return;
        }
        let Some((position, root)) = lead.sealed else { return };
        // The image holds the draft as well: it is at the frame's end only when that is empty.
        let is_settled = lead.desk.draft_records() == 0;
        if is_settled && ground.log.root_at(position) == Some(root) {
            lead.write_snapshot(position, root, ground);
        }
    }
}

impl Lead {
    fn write_snapshot(&self, position: u64, root: Root, ground: &mut Ground) {
        ground.note(("session", 0), "writes a snapshot", (self.session().0, position));
        let image = self.desk.image().clone();
        ground.log.put_snapshot(Snapshot { position, root, image, is_readable: true });
    }

    /// A hasty writer's snapshot, of a frame that is just being sent; some die of their haste.
    pub(super) fn be_hasty(&mut self, node: usize, frame: &Frame, ground: &mut Ground) {
        if !std::mem::take(&mut self.is_hasty) {
            return;
        }
        self.write_snapshot(frame.last, frame.root, ground);
        if ground.chance.once_in(2) {
            ground.schedule.plan(0, Happening::Die(node));
        }
    }
}
