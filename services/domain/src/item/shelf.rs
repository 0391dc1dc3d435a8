//! Stock of one item at one station.

use borsh::{BorshDeserialize, BorshSerialize};

/// Counts of one item at one station: on hand + delivered = received, and reserved is a part of
/// what is on hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Shelf {
    /// Ever received.
    pub received: u32,
    /// Standing there now, what is reserved included.
    pub on_hand: u32,
    /// Set aside for open redemptions.
    pub reserved: u32,
    /// Handed out.
    pub delivered: u32,
}

impl Shelf {
    /// What can still be promised to somebody.
    #[must_use]
    pub const fn free(self) -> u32 {
        self.on_hand.saturating_sub(self.reserved)
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
}
