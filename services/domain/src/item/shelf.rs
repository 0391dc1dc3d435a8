//! Stock of one item at one station.

use borsh::{BorshDeserialize, BorshSerialize};

/// Counts of one item at one station, in pieces: what came in (received, moved in, found by a
/// count) is what is on hand, delivered, sent back, written off, missed by a count or moved out;
/// and reserved is a part of what is on hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Shelf {
    /// Ever received.
    pub received: u32,
    /// Standing there now, what is reserved included.
    pub on_hand: u32,
    /// Set aside for open redemptions.
    pub reserved: u32,
    /// Handed out, and not come back.
    pub delivered: u32,
    /// Sent back to the supplier.
    pub sent_back: u32,
    /// Written off.
    pub written_off: u32,
    /// Came from other stations.
    pub moved_in: u32,
    /// Went to other stations.
    pub moved_out: u32,
    /// Counted and not there, over all counts.
    pub missing: u32,
    /// Counted and not known of, over all counts.
    pub surplus: u32,
}

impl Shelf {
    /// What can still be promised to somebody.
    #[must_use]
    pub const fn free(self) -> u32 {
        self.on_hand.saturating_sub(self.reserved)
    }

    /// Is every piece that came in accounted for, and no more reserved than there is?
    #[must_use]
    pub fn is_accounted_for(self) -> bool {
        let sum = |parts: &[u32]| parts.iter().map(|part| u64::from(*part)).sum::<u64>();
        let came = sum(&[self.received, self.moved_in, self.surplus]);
        let (gone, lost) = ([self.delivered, self.sent_back], [self.written_off, self.missing]);
        let went = [sum(&gone), sum(&lost), sum(&[self.moved_out, self.on_hand])];
        came == went.iter().sum::<u64>() && self.reserved <= self.on_hand
    }

    /// After goods came in; `None` past the range.
    #[must_use]
    pub fn receive(mut self, quantity: u32) -> Option<Self> {
        self.received = self.received.checked_add(quantity)?;
        self.on_hand = self.on_hand.checked_add(quantity)?;
        Some(self)
    }

    /// After some were set aside; `None` if fewer are free.
    #[must_use]
    pub fn reserve(mut self, quantity: u32) -> Option<Self> {
        if self.free() < quantity {
            return None;
        }
        self.reserved = self.reserved.checked_add(quantity)?;
        Some(self)
    }

    /// After some that were set aside were given back; `None` if fewer were.
    #[must_use]
    pub fn release(mut self, quantity: u32) -> Option<Self> {
        self.reserved = self.reserved.checked_sub(quantity)?;
        Some(self)
    }

    /// After some that were set aside were handed out; `None` if fewer were.
    #[must_use]
    pub fn deliver(mut self, quantity: u32) -> Option<Self> {
        self.reserved = self.reserved.checked_sub(quantity)?;
        self.on_hand = self.on_hand.checked_sub(quantity)?;
        self.delivered = self.delivered.checked_add(quantity)?;
        Some(self)
    }

    /// After some that were handed out came back and can be handed out again.
    #[must_use]
    pub fn take_back(mut self, quantity: u32) -> Option<Self> {
        self.delivered = self.delivered.checked_sub(quantity)?;
        self.on_hand = self.on_hand.checked_add(quantity)?;
        Some(self)
    }

    /// After some left for the supplier; `None` if fewer are free.
    #[must_use]
    pub fn send_back(self, quantity: u32) -> Option<Self> {
        let mut left = self.leave(quantity)?;
        left.sent_back = left.sent_back.checked_add(quantity)?;
        Some(left)
    }

    /// After some were written off; `None` if fewer are free.
    #[must_use]
    pub fn write_off(self, quantity: u32) -> Option<Self> {
        let mut left = self.leave(quantity)?;
        left.written_off = left.written_off.checked_add(quantity)?;
        Some(left)
    }

    /// After some went to another station; `None` if fewer are free.
    #[must_use]
    pub fn move_out(self, quantity: u32) -> Option<Self> {
        let mut left = self.leave(quantity)?;
        left.moved_out = left.moved_out.checked_add(quantity)?;
        Some(left)
    }

    /// After some came from another station; `None` past the range.
    #[must_use]
    pub fn move_in(mut self, quantity: u32) -> Option<Self> {
        self.moved_in = self.moved_in.checked_add(quantity)?;
        self.on_hand = self.on_hand.checked_add(quantity)?;
        Some(self)
    }

    /// After a count that found so many; `None` if more are set aside than were found.
    #[must_use]
    pub fn count(mut self, found: u32) -> Option<Self> {
        if found < self.reserved {
            return None;
        }
        let (more, fewer) =
            (found.saturating_sub(self.on_hand), self.on_hand.saturating_sub(found));
        self.surplus = self.surplus.checked_add(more)?;
        self.missing = self.missing.checked_add(fewer)?;
        self.on_hand = found;
        Some(self)
    }

    fn leave(mut self, quantity: u32) -> Option<Self> {
        if self.free() < quantity {
            return None;
        }
        self.on_hand = self.on_hand.checked_sub(quantity)?;
        Some(self)
    }
}
