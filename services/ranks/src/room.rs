//! Room for ladders: how many residents all ladders of a process may hold together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many residents all ladders of a process may hold together, however many districts it
/// carries. Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Room(Arc<Count>);

#[derive(Debug)]
struct Count {
    residents: AtomicUsize,
    residents_max: usize,
}

/// Room that one ladder takes, given back when it goes.
#[derive(Debug)]
pub(crate) struct Share {
    room: Room,
    residents: usize,
}

impl Room {
    /// Room for so many; each takes about 100 bytes.
    #[must_use]
    pub fn new(residents_max: usize) -> Self {
        Self(Arc::new(Count { residents: AtomicUsize::new(0), residents_max }))
    }

    /// Is more taken than there is? Ladders grow while they are kept.
    pub(crate) fn is_overfull(&self) -> bool {
        self.0.residents.load(Ordering::Relaxed) > self.0.residents_max
    }

    /// Nothing yet.
    pub(crate) fn share(&self) -> Share {
        Share { room: self.clone(), residents: 0 }
    }
}

impl Share {
    /// Takes room for so many more; `false`, and takes nothing, if there isn't as much.
    pub(crate) fn take(&mut self, residents: usize) -> bool {
        let count = &self.room.0;
        let taken = count.residents.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |taken| {
            taken.checked_add(residents).filter(|taken| *taken <= count.residents_max)
        });
        if taken.is_ok() {
            self.residents = self.residents.saturating_add(residents);
        }
        taken.is_ok()
    }

    /// The ladder has grown to so many, whether there was room or not.
    pub(crate) fn grown_to(&mut self, residents: usize) {
        let more = residents.saturating_sub(self.residents);
        self.room.0.residents.fetch_add(more, Ordering::Relaxed);
        self.residents = self.residents.saturating_add(more);
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.0.residents.fetch_sub(self.residents, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_comes_back() {
        let room = Room::new(10);
        let (mut one, mut other) = (room.share(), room.clone().share());
        assert!(one.take(6) && other.take(4));
        assert!(!other.take(1), "full");
        other.grown_to(7);
        assert!(room.is_overfull());
        drop(one);
        assert!(!room.is_overfull());
        let mut third = room.share();
        assert!(third.take(3) && !third.take(1));
    }
}
