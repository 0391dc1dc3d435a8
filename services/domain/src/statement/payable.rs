//! What a supplier is to be paid: what happened since the last statement, and what was open then.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, SupplierId};
use crate::posting::Account;
use crate::redemption::Line;
use crate::state::{Step, known};
use crate::statement::{Due, Volume};
use crate::{Position, State};

/// What was handed out of an item, and what came back of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Tally {
    /// Handed out.
    pub captured: Volume,
    /// Came back, at the supplier's charge.
    pub returned: Volume,
}

impl Tally {
    /// What it amounts to, or `None` past the range.
    #[must_use]
    pub fn due(self) -> Option<Due> {
        self.captured.due.minus(self.returned.due)
    }

    /// Both together, or `None` past the range.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            captured: self.captured.plus(other.captured)?,
            returned: self.returned.plus(other.returned)?,
        })
    }
}

/// What a supplier is to be paid, in the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Payable {
    /// The record of the last statement.
    pub since: Position,
    /// What was open then.
    pub opening: Due,
    /// What was handed out and came back since, by item.
    pub tallies: BTreeMap<ItemId, Tally>,
    /// What was corrected since.
    pub corrected: Due,
    /// What was paid since.
    pub paid: Due,
    /// What is open now: all of it together.
    pub open: Due,
}

impl Payable {
    /// All tallies together, or `None` past the range.
    #[must_use]
    pub fn tally(&self) -> Option<Tally> {
        self.tallies.values().try_fold(Tally::default(), |sum, tally| sum.plus(*tally))
    }

    /// What has to be open now, by all that led there; `None` past the range.
    #[must_use]
    pub fn closing(&self) -> Option<Due> {
        let moved = self.tally()?.due()?.plus(self.corrected)?.minus(self.paid)?;
        self.opening.plus(moved)
    }

    /// Did nothing happen since the last statement?
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.tallies.is_empty() && self.corrected.is_zero() && self.paid.is_zero()
    }

    fn add(&mut self, line: &Line, back: bool) -> Option<()> {
        let due = Due::of(line.quantity, line.price, line.cost)?;
        let volume = Volume { pieces: u64::from(line.quantity), due };
        if !back {
            return self.add_volume(line.item, volume);
        }
        let returned = &mut self.tallies.entry(line.item).or_default().returned;
        *returned = returned.plus(volume)?;
        self.open = self.open.minus(due)?;
        Some(())
    }

    fn add_volume(&mut self, item: ItemId, volume: Volume) -> Option<()> {
        let captured = &mut self.tallies.entry(item).or_default().captured;
        *captured = captured.plus(volume)?;
        self.open = self.open.plus(volume.due)?;
        Some(())
    }
}

impl State {
    /// What a supplier is to be paid; nothing if nothing was ever handed out.
    #[must_use]
    pub fn payable(&self, supplier: SupplierId) -> Payable {
        self.payables.get(supplier).cloned().unwrap_or_default()
    }

    /// Adds what was handed out to what the suppliers are to be paid.
    pub(crate) fn owe<'a>(&mut self, lines: impl IntoIterator<Item = &'a Line>) -> Step {
        for line in lines {
            known(self.payables.entry(line.supplier).add(line, false), line.item)?;
        }
        Ok(())
    }

    /// Adds what was used, or kept, to what a supplier is to be paid; nothing is no line.
    pub(crate) fn owe_volume(
        &mut self,
        supplier: SupplierId,
        item: ItemId,
        volume: Volume,
    ) -> Step {
        if volume.pieces == 0 && volume.due.is_zero() {
            return Ok(());
        }
        known(self.payables.entry(supplier).add_volume(item, volume), item)
    }

    /// Takes what came back, at the supplier's charge, off what the suppliers are to be paid.
    pub(crate) fn owe_less<'a>(&mut self, lines: impl IntoIterator<Item = &'a Line>) -> Step {
        for line in lines {
            known(self.payables.entry(line.supplier).add(line, true), line.item)?;
        }
        Ok(())
    }

    /// Does a supplier's payable stand at what the account says?
    pub(crate) fn payable_agrees(&self, supplier: SupplierId) -> bool {
        let open = self.payables.get(supplier).map_or(Due::ZERO, |payable| payable.open);
        open.points == self.balance(Account::Supplier(supplier)).points
    }
}
