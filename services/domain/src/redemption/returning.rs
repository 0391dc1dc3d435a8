//! Returns (退货): what was handed out comes back, and the points with it.
//!
//! Points go back into the lots they came out of, with their dates. What has passed its date
//! lapses at once, for nobody is to return something in order to avoid it; but if the fault was
//! the station's or the supplier's, it lives for some days of grace more.
//!
//! Who bears it: goods that stand on the shelf again, or go to the supplier, are the supplier's
//! to be paid for when they are handed out, so they go off what it is to be paid. What can't be
//! handed out again is the supplier's loss if the fault was the supplier's, and else the loss of
//! the office that answers for the return; the supplier keeps its pay.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, OfficerId, RedemptionId, StationId};
use crate::redemption::{Event, Line, Slip, Status};
use crate::time::Timestamp;
use crate::wallet::LotTaken;
use crate::{Decision, Noun, Refusal, State};

/// Why something is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum ReturnReason {
    /// The resident doesn't want it.
    Unwanted,
    /// The station handed out something else.
    WrongItem,
    /// The station handed it out spoilt, or let it spoil.
    Mishandled,
    /// It was faulty when it came from the supplier.
    Defective,
    /// The supplier didn't do, or deliver, what was paid for.
    NotRendered,
}

/// Whose fault a return is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The resident's own wish.
    Resident,
    /// The station's.
    Station,
    /// The supplier's.
    Supplier,
}

impl ReturnReason {
    /// Whose fault it is.
    #[must_use]
    pub const fn fault(self) -> Fault {
        match self {
            Self::Unwanted => Fault::Resident,
            Self::WrongItem | Self::Mishandled => Fault::Station,
            Self::Defective | Self::NotRendered => Fault::Supplier,
        }
    }
}

/// What becomes of something that is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Fate {
    /// It stands on the shelf again.
    Shelf,
    /// It goes back to the supplier.
    SentBack,
    /// It came back and is written off.
    WrittenOff,
    /// It can't come back: it was done, or used up.
    Gone,
}

impl Fate {
    /// Is it the supplier who is not paid for it?
    #[must_use]
    pub const fn borne_by_supplier(self, fault: Fault) -> bool {
        match self {
            Self::Shelf | Self::SentBack => true,
            Self::WrittenOff | Self::Gone => matches!(fault, Fault::Supplier),
        }
    }
}

/// Some of an item that is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnLine {
    /// Which item.
    pub item: ItemId,
    /// How many.
    pub quantity: u32,
    /// What becomes of them.
    pub fate: Fate,
}

/// A return that is wished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returning {
    /// Of which redemption.
    pub redemption: RedemptionId,
    /// At which station.
    pub station: StationId,
    /// What, and what becomes of it. If nothing is named: all that is left, goods to the shelf,
    /// and of services nothing comes back.
    pub lines: Vec<ReturnLine>,
    /// Why.
    pub reason: ReturnReason,
    /// The office that answers for what is lost; needed where something is.
    pub officer: Option<OfficerId>,
}

/// A return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// What came back, the points for it, and the lots that had paid it.
    pub slip: Slip,
    /// What became of each line.
    pub fates: Vec<Fate>,
    /// Why.
    pub reason: ReturnReason,
    /// The office that answers for what was lost.
    pub officer: Option<OfficerId>,
    /// The lots that the points went to: those that had paid, or with days of grace.
    pub back: Vec<LotTaken>,
    /// Of the lots that had paid, what had passed its date and lapsed at once.
    pub lapsed: Vec<LotTaken>,
}

impl Return {
    /// The lines with what became of each.
    pub fn lines(&self) -> impl Iterator<Item = (&Line, Fate)> {
        self.slip.lines.iter().zip(self.fates.iter().copied())
    }

    /// The lines that the supplier isn't paid for.
    pub fn borne_by_supplier(&self) -> impl Iterator<Item = &Line> {
        let fault = self.reason.fault();
        self.lines().filter(move |(_, fate)| fate.borne_by_supplier(fault)).map(|(line, _)| line)
    }

    /// The lines that the office answers for.
    pub fn borne_by_officer(&self) -> impl Iterator<Item = &Line> {
        let fault = self.reason.fault();
        self.lines().filter(move |(_, fate)| !fate.borne_by_supplier(fault)).map(|(line, _)| line)
    }

    /// The wish that led to it.
    pub(crate) fn wish(&self) -> Returning {
        let line = |(line, fate): (&Line, Fate)| ReturnLine {
            item: line.item,
            quantity: line.quantity,
            fate,
        };
        Returning {
            redemption: self.slip.redemption,
            station: self.slip.station,
            lines: self.lines().map(line).collect(),
            reason: self.reason,
            officer: self.officer,
        }
    }
}

pub(super) fn decide(state: &State, wish: &Returning, now: Timestamp) -> Result<Decision, Refusal> {
    let slip = returnable(state, wish, now)?;
    // Points would come back to nobody.
    state.resident(slip.resident)?;
    let fault = wish.reason.fault();
    let lines = if wish.lines.is_empty() { all(slip) } else { wish.lines.clone() };
    let mut needs_officer = false;
    for (at, line) in lines.iter().enumerate() {
        let before = lines.get(..at).unwrap_or_default();
        check(slip, before, line, fault)?;
        needs_officer |= !line.fate.borne_by_supplier(fault);
    }
    match wish.officer {
        Some(officer) => state.answers_for(officer, wish.station)?,
        None if needs_officer => return Err(Refusal::OfficerNeeded),
        None => {}
    }
    let named = |item| lines.iter().find(|line| line.item == item);
    let back = |line: &Line| named(line.item).map_or(0, |named| named.quantity);
    // What stays is what would have been paid if no more had ever been wished.
    let stays = slip.part(|line| line.quantity.saturating_sub(back(line)));
    let part = stays.and_then(|stays| slip.less(&stays)).ok_or(Refusal::AmountTooLarge)?;
    let fates: Vec<Fate> =
        part.lines.iter().filter_map(|line| Some(named(line.item)?.fate)).collect();
    let grace = match fault {
        Fault::Resident => None,
        Fault::Station | Fault::Supplier => state.rules.in_force(now).and_then(|it| it.returns()),
    };
    let until = grace.map_or(now, |terms| now.days_after(terms.grace_days));
    let (back, lapsed) = dated(&part.lots, now, until);
    let (reason, officer) = (wish.reason, wish.officer);
    let done = Return { slip: part, fates, reason, officer, back, lapsed };
    if let Some(officer) = officer {
        for line in done.borne_by_officer() {
            state.can_lose(officer, line.quantity, line.cost)?;
        }
    }
    Ok(Decision::one(Event::Returned(Box::new(done))))
}

/// What of a redemption can still be returned at its own station.
fn returnable<'a>(state: &'a State, wish: &Returning, now: Timestamp) -> Result<&'a Slip, Refusal> {
    let found = state.redemptions.get(wish.redemption);
    let found = found.ok_or(Refusal::Unknown(Noun::Redemption))?;
    match found.status {
        Status::Reserved | Status::Voided | Status::TimedOut => Err(Refusal::NotHandedOut),
        Status::Returned => Err(Refusal::AlreadyReturned),
        Status::Captured | Status::PartCaptured => match &found.slip {
            Some(slip) if slip.station != wish.station => Err(Refusal::OtherStation),
            Some(slip) if now < found.expires_at => Ok(slip),
            Some(_) | None if found.expires_at == Timestamp::default() => Err(Refusal::NoReturns),
            Some(_) | None => Err(Refusal::ReturnsClosed { closed_at: found.expires_at }),
        },
    }
}

fn all(slip: &Slip) -> Vec<ReturnLine> {
    let line = |line: &Line| ReturnLine {
        item: line.item,
        quantity: line.quantity,
        fate: if line.stocked { Fate::Shelf } else { Fate::Gone },
    };
    slip.lines.iter().map(line).collect()
}

fn check(
    slip: &Slip,
    before: &[ReturnLine],
    line: &ReturnLine,
    fault: Fault,
) -> Result<(), Refusal> {
    let ReturnLine { item, quantity, fate } = *line;
    if before.iter().any(|other| other.item == item) {
        return Err(Refusal::ItemTwice { item });
    }
    if quantity == 0 {
        return Err(Refusal::QuantityZero { item });
    }
    let stands = slip.lines.iter().find(|line| line.item == item);
    let stands = stands.ok_or(Refusal::NotOnSlip { item })?;
    if stands.quantity < quantity {
        let left = stands.quantity;
        return Err(Refusal::MoreThanOnSlip { item, left, wanted: quantity });
    }
    match (fate, fault) {
        (Fate::Shelf | Fate::SentBack | Fate::WrittenOff, _) if !stands.stocked => {
            Err(Refusal::NotStocked { item })
        }
        // What is used up is paid back only where somebody else is at fault.
        (Fate::Gone, Fault::Resident) => Err(Refusal::NothingComesBack { item }),
        _ => Ok(()),
    }
}

/// The parts with the dates that they come back with, and those that lapse at once. `until` is
/// the end of the days of grace, or now if there are none.
pub(crate) fn dated(
    lots: &[LotTaken],
    now: Timestamp,
    until: Timestamp,
) -> (Vec<LotTaken>, Vec<LotTaken>) {
    let (mut back, mut lapsed) = (Vec::with_capacity(lots.len()), Vec::new());
    for part in lots {
        let expires_at = part.expires_at.max(until);
        if now < expires_at {
            back.push(LotTaken { expires_at, ..*part });
        } else {
            lapsed.push(*part);
        }
    }
    (back, lapsed)
}
