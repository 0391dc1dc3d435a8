//! The frame that is being written while the one before is committed.

use linli_log::frame::PushError;
use linli_log::merkle::{Root, leaf_hash};
use linli_log::{BodyBuilder, FRAME_BYTES_MAX, Frame, Frontier, RECORD_BYTES_MAX};

use super::reply::Reply;

/// Most records in a frame. Frames of a thousand are committed at the highest rate; a longer one
/// only makes those wait who are in it. Room for the records of the largest bulk.
pub const FRAME_RECORDS_MAX: usize = 4_096;

/// Most commands whose answers wait for one frame: refusals and repeats have no records.
const FRAME_COMMANDS_MAX: usize = 2 * FRAME_RECORDS_MAX;

/// Most records that one command leads to. They must be in one frame.
const COMMAND_RECORDS_MAX: usize = 2;

/// A command is only decided while there is room for the longest records it can lead to, each
/// with its tag and length (4 bytes).
const ROOM_BYTES: usize = COMMAND_RECORDS_MAX * (RECORD_BYTES_MAX + 4);

/// A frame in the making: its records, and the answers behind it.
#[derive(Debug)]
pub(super) struct Draft<T, C> {
    body: BodyBuilder,
    replies: Vec<Reply<T, C>>,
    commands: usize,
    recorded_at: i64,
}

impl<T, C> Default for Draft<T, C> {
    fn default() -> Self {
        Self { body: BodyBuilder::new(), replies: Vec::new(), commands: 0, recorded_at: 0 }
    }
}

impl<T, C> Draft<T, C> {
    /// Whether one more command can be decided into it, whatever it leads to.
    pub(super) fn has_room(&self) -> bool {
        self.body.records().saturating_add(COMMAND_RECORDS_MAX) <= FRAME_RECORDS_MAX
            && self.body.len_bytes().saturating_add(ROOM_BYTES) <= FRAME_BYTES_MAX
            && self.commands < FRAME_COMMANDS_MAX
    }

    pub(super) fn records(&self) -> usize {
        self.body.records()
    }

    /// Adds a record, and its leaf to the tree. Hashing here, while the frame before is being
    /// committed, leaves nothing to do when the disk is free.
    pub(super) fn push(
        &mut self,
        record: &[u8],
        recorded_at: i64,
        frontier: &mut Frontier,
    ) -> Result<(), PushError> {
        self.body.push(record)?;
        frontier.push(leaf_hash(record));
        self.recorded_at = recorded_at;
        Ok(())
    }

    /// Counts a command that was answered behind this frame, with records or without.
    pub(super) fn count_command(&mut self) {
        self.commands = self.commands.saturating_add(1);
    }

    /// Lets answers wait for the frame.
    pub(super) fn push_reply(&mut self, reply: Reply<T, C>) {
        self.replies.push(reply);
    }

    /// Takes the answers.
    pub(super) fn take_replies(&mut self) -> Vec<Reply<T, C>> {
        self.commands = 0;
        std::mem::take(&mut self.replies)
    }

    /// Makes the frame and begins the next one; `None` when there is no record. `previous_root`
    /// is the root before the frame, `frontier` the tree's edge after it.
    pub(super) fn seal(&mut self, previous_root: Root, frontier: &Frontier) -> Option<Frame> {
        let records = u64::try_from(self.body.records()).ok().filter(|records| *records > 0)?;
        let last = frontier.size();
        Some(Frame {
            first: last.saturating_sub(records).saturating_add(1),
            last,
            recorded_at: self.recorded_at,
            previous_root,
            root: frontier.root(),
            body: self.body.take(),
        })
    }
}
