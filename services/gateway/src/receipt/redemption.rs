//! Receipts of redemptions.

use linli_api::card::{Showing, SlipShown};
use linli_api::redemption::{
    LineReturned, LotTaken as ApiLotTaken, Redeemed, RedemptionStatus, Returned, Slip as ApiSlip,
    SlipLine,
};
use linli_domain::posting::Account;
use linli_domain::redemption::{Event as Redemption, Fate, Return, Shown, Slip};
use linli_domain::wallet::LotTaken;
use linli_domain::{Event, Record};

use crate::parse::Spoken;
use crate::receipt::{amount, balance_after, id, instant};

/// What a step of a redemption changed.
pub(crate) fn redeemed(records: &[Record]) -> Option<Redeemed> {
    let Event::Redemption(event) = &records.first()?.event else { return None };
    let (status, expires_at, reason, lapsed) = match event {
        Redemption::Reserved { expires_at, .. } => {
            (RedemptionStatus::Reserved, Some(*expires_at), None, None)
        }
        Redemption::Captured(_) | Redemption::Sold(_) => {
            (RedemptionStatus::Captured, None, None, None)
        }
        Redemption::Voided { reason, lapsed, .. } => {
            (RedemptionStatus::Voided, None, Some(*reason), Some(lapsed))
        }
        Redemption::TimedOut { lapsed, .. } => {
            (RedemptionStatus::TimedOut, None, None, Some(lapsed))
        }
        Redemption::PartCaptured { lapsed, .. } => {
            (RedemptionStatus::PartCaptured, None, None, Some(lapsed))
        }
        Redemption::Returned(_) => return None,
    };
    Some(Redeemed {
        status,
        slip: slip(event.slip()),
        expires_at: expires_at.map(instant),
        reason: reason.map(Spoken::said),
        lapsed: lapsed.into_iter().flatten().map(lot_taken).collect(),
        available: balance_after(records, |account| matches!(account, Account::Available(_)))
            .map(amount),
        held: balance_after(records, |account| matches!(account, Account::Held(_))).map(amount),
    })
}

/// What came back.
pub(crate) fn returned(records: &[Record]) -> Option<Returned> {
    let Event::Redemption(Redemption::Returned(it)) = &records.first()?.event else {
        return None;
    };
    let available = balance_after(records, |account| matches!(account, Account::Available(_)));
    Some(Returned { available: available.map(amount), ..line_returned(it) })
}

/// A return, without what the resident has after it.
pub(crate) fn line_returned(it: &Return) -> Returned {
    let line = |(line, fate): (&linli_domain::redemption::Line, Fate)| LineReturned {
        item: id(line.item),
        quantity: line.quantity,
        fate: fate.said(),
        reason: it.reason.said(),
        officer: it.officer.map(id),
    };
    Returned {
        slip: slip(&it.slip),
        lines: it.lines().map(line).collect(),
        back: it.back.iter().map(lot_taken).collect(),
        lapsed: it.lapsed.iter().map(lot_taken).collect(),
        available: None,
    }
}

/// A slip.
pub(crate) fn slip(slip: &Slip) -> ApiSlip {
    let line = |line: &linli_domain::redemption::Line| SlipLine {
        item: id(line.item),
        supplier: id(line.supplier),
        quantity: line.quantity,
        price: amount(line.price),
    };
    ApiSlip {
        redemption: id(slip.redemption),
        resident: id(slip.resident),
        station: id(slip.station),
        shift: slip.shift.map(id),
        shown: slip.shown.map(slip_shown),
        lines: slip.lines.iter().map(line).collect(),
        total: amount(slip.total),
        lots: slip.lots.iter().map(lot_taken).collect(),
    }
}

fn slip_shown(shown: Shown) -> SlipShown {
    let (by, card) = match shown {
        Shown::Code { .. } => (Showing::Code, None),
        Shown::Card { card, .. } => (Showing::Card, Some(card.to_string().into())),
        Shown::Paper => (Showing::Paper, None),
    };
    SlipShown { by, card, at: shown.since().map(instant) }
}

/// A part of a lot.
pub(crate) fn lot_taken(taken: &LotTaken) -> ApiLotTaken {
    ApiLotTaken {
        lot: id(taken.lot),
        pool: id(taken.pool),
        expires_at: instant(taken.expires_at),
        points: amount(taken.points),
    }
}
