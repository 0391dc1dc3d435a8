//! What may be redeemed, and what it costs.

use std::collections::BTreeSet;

use crate::id::{RedemptionId, StationId};
use crate::item::{Amount, Item, ItemKind};
use crate::quantity::Points;
use crate::redemption::{Basket, Command, Event, Line, Slip, Status, VoidReason, Wish, returning};
use crate::resident::Resident;
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State, queue};

/// The most lines on a slip: what fits a printed page.
pub const LINES_MAX: usize = 20;

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Reserve(basket) => reserve(state, basket, now),
        Command::Capture { redemption, station, shift, shown, handed } => {
            state.in_shift(*shift, *station)?;
            let slip = open(state, *redemption, *station)?;
            state.shown_counts(*shown, state.registered(slip.resident)?, now)?;
            state.shown_enough(&[slip.shown, *shown], now)?;
            capture(slip, |part| part.handed(*shift, *shown), handed, now)
        }
        Command::Void { redemption, station, reason } => {
            let slip = open(state, *redemption, *station)?.clone();
            if *reason == VoidReason::Erased {
                return Err(Refusal::ReasonReserved);
            }
            let lapsed = slip.lapsed_by(now);
            Ok(Decision::one(Event::Voided { slip, reason: *reason, lapsed }))
        }
        Command::Sell(basket) => {
            state.station(basket.station)?;
            state.in_shift(basket.shift, basket.station)?;
            state.shown_enough(&[basket.shown], now)?;
            Ok(Decision::one(Event::Sold(slip(state, basket, now)?)))
        }
        Command::Return(wish) => returning::decide(state, wish, now),
    }
}

fn reserve(state: &State, basket: &Basket, now: Timestamp) -> Result<Decision, Refusal> {
    let rules = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
    if let Some(shift) = basket.shift {
        state.shift_open(shift, basket.station)?;
    }
    let slip = slip(state, basket, now)?;
    Ok(Decision::one(Event::Reserved { slip, expires_at: now.after(rules.hold) }))
}

/// What becomes of an open redemption at its deadline, which for one who was erased is at once.
pub(crate) fn released(state: &State, slip: Slip, now: Timestamp) -> Event {
    if state.is_erased(slip.resident) {
        let lapsed = slip.lots.clone();
        return Event::Voided { slip, reason: VoidReason::Erased, lapsed };
    }
    let lapsed = slip.lapsed_by(now);
    Event::TimedOut { slip, lapsed }
}

/// All of it, or what is named; the rest is given back, and what of it has passed its date lapses.
fn capture(
    slip: &Slip,
    hand: impl Fn(&Slip) -> Slip,
    handed: &[Wish],
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let mut seen = BTreeSet::new();
    for Wish { item, quantity } in handed.iter().copied() {
        if !seen.insert(item) {
            return Err(Refusal::ItemTwice { item });
        }
        if quantity == 0 {
            return Err(Refusal::QuantityZero { item });
        }
        match slip.quantity_of(item) {
            0 => return Err(Refusal::NotOnSlip { item }),
            left if left < quantity => {
                return Err(Refusal::MoreThanOnSlip { item, left, wanted: quantity });
            }
            _ => {}
        }
    }
    let named = |item| handed.iter().find(|wish| wish.item == item).map_or(0, |it| it.quantity);
    let all = handed.is_empty() || slip.lines.iter().all(|line| named(line.item) == line.quantity);
    if all {
        return Ok(Decision::one(Event::Captured(hand(slip))));
    }
    let handed = slip.part(|line| named(line.item)).ok_or(Refusal::AmountTooLarge)?;
    let rest = slip.less(&handed).ok_or(Refusal::AmountTooLarge)?;
    let lapsed = rest.lapsed_by(now);
    Ok(Decision::one(Event::PartCaptured { handed: hand(&handed), rest, lapsed }))
}

/// The slip of an open redemption at its own station.
fn open(state: &State, redemption: RedemptionId, station: StationId) -> Result<&Slip, Refusal> {
    let found = state.redemptions.get(redemption).ok_or(Refusal::Unknown(Noun::Redemption))?;
    match (found.status, &found.slip) {
        (Status::Captured | Status::PartCaptured | Status::Returned, _) => {
            Err(Refusal::AlreadyCaptured)
        }
        (Status::Voided, _) => Err(Refusal::AlreadyVoided),
        (Status::TimedOut, _) | (Status::Reserved, None) => Err(Refusal::HoldExpired),
        (Status::Reserved, Some(slip)) if slip.station != station => Err(Refusal::OtherStation),
        (Status::Reserved, Some(slip)) => Ok(slip),
    }
}

/// What would be set aside for one who waited, under the id of the wait.
pub(crate) fn queued_slip(
    state: &State,
    request: &queue::Request,
    now: Timestamp,
) -> Result<Slip, Refusal> {
    let queue::Request { redemption, resident, station, item, quantity } = *request;
    let wishes = vec![Wish { item, quantity }];
    priced(state, &Basket { redemption, resident, station, shift: None, shown: None, wishes }, now)
}

fn slip(state: &State, basket: &Basket, now: Timestamp) -> Result<Slip, Refusal> {
    state.redemption_vacant(basket.redemption)?;
    priced(state, basket, now)
}

fn priced(state: &State, basket: &Basket, now: Timestamp) -> Result<Slip, Refusal> {
    let resident = state.resident(basket.resident)?;
    state.station(basket.station)?;
    state.shown_counts(basket.shown, resident, now)?;
    if basket.wishes.is_empty() {
        return Err(Refusal::EmptyBasket);
    }
    if basket.wishes.len() > LINES_MAX {
        return Err(Refusal::BasketTooLarge { most: LINES_MAX });
    }
    let mut seen = BTreeSet::new();
    let mut lines = Vec::with_capacity(basket.wishes.len());
    let mut total = Points::ZERO;
    for wish in &basket.wishes {
        if !seen.insert(wish.item) {
            return Err(Refusal::ItemTwice { item: wish.item });
        }
        let line = line(state, basket.station, resident, *wish, now)?;
        let cost = line.total().ok_or(Refusal::AmountTooLarge)?;
        total = total.plus(cost).ok_or(Refusal::AmountTooLarge)?;
        lines.push(line);
    }
    state.within_spending(total, basket.resident, now)?;
    let available = resident.wallet.available.points;
    let short = Refusal::InsufficientPoints { available, needed: total };
    let lots = resident.wallet.allocate(total).ok_or(short)?;
    let Basket { redemption, resident, station, shift, shown, .. } = *basket;
    Ok(Slip { redemption, resident, station, shift, shown, lines, total, lots })
}

fn line(
    state: &State,
    station: StationId,
    resident: &Resident,
    wish: Wish,
    now: Timestamp,
) -> Result<Line, Refusal> {
    let Wish { item, quantity } = wish;
    let listed = state.item(item)?;
    let Item { supplier, kind, price, cost, .. } = listed;
    if quantity == 0 {
        return Err(Refusal::QuantityZero { item });
    }
    state.open_to(listed, resident, now)?;
    if state.terms(item).is_some_and(|terms| terms.voucher.is_some()) {
        return Err(Refusal::VoucherNeeded { item });
    }
    if *kind == ItemKind::Bookable && state.is_booked(item) {
        return Err(Refusal::BookingNeeded { item });
    }
    let free = state.shelf(station, item).free();
    if kind.is_stocked() && free < quantity {
        return Err(Refusal::InsufficientStock { item, free, wanted: quantity });
    }
    let (supplier, price, cost, stocked) = (*supplier, *price, *cost, kind.is_stocked());
    let line = Line { item, supplier, quantity, price, cost, stocked };
    let amount = Amount::of(&line).ok_or(Refusal::AmountTooLarge)?;
    state.within_limits(amount, resident.registration.resident, now)?;
    Ok(line)
}
