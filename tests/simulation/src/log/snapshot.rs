//! Snapshots: disposable, and not to be believed.

use linli_ledger::Image;
use linli_log::Root;

use super::Log;

/// Snapshots that are kept.
const KEPT_MAX: usize = 3;

/// What a snapshot says of itself, and its bytes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The position at which it was taken.
    pub position: u64,
    /// The root there.
    pub root: Root,
    /// The image.
    pub image: Image,
    /// Whether it can be read: its digest is right and its form is today's.
    pub is_readable: bool,
}

/// What may happen to snapshots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    /// All are gone.
    Lost,
    /// The newest one can't be read: a byte flipped, or its form is another version's.
    Unreadable,
}

/// The snapshots there are, by position.
#[derive(Debug, Default)]
pub(super) struct Snapshots(Vec<Snapshot>);

impl Log {
    /// Keeps a snapshot, and the newest of the others.
    pub fn put_snapshot(&mut self, snapshot: Snapshot) {
        let all = &mut self.snapshots.0;
        all.retain(|other| other.position != snapshot.position);
        all.push(snapshot);
        all.sort_by_key(|one| one.position);
        if all.len() > KEPT_MAX {
            all.remove(0);
        }
    }

    /// The newest snapshot.
    #[must_use]
    pub fn newest_snapshot(&self) -> Option<&Snapshot> {
        self.snapshots.0.last()
    }

    /// Does something to the snapshots; false if there are none.
    pub fn spoil_snapshots(&mut self, spoil: Spoil) -> bool {
        let all = &mut self.snapshots.0;
        let Some(newest) = all.last_mut() else { return false };
        match spoil {
            Spoil::Lost => all.clear(),
            Spoil::Unreadable => newest.is_readable = false,
        }
        true
    }
}
