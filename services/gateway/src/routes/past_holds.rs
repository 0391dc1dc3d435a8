//! What was set aside at a moment: redemptions, bookings and vouchers, as the state has them.

use linli_api::past::{Hold, HoldStatus};
use linli_api::redemption::LotTaken as ApiLotTaken;
use linli_domain::booking::Open;
use linli_domain::id::{BookingId, RedemptionId, ResidentId, VoucherId};
use linli_domain::quantity::Points;
use linli_domain::time::Timestamp;
use linli_domain::wallet::LotTaken;
use linli_domain::{Redemption, booking, redemption, voucher};

use crate::parse::Spoken as _;
use crate::receipt::{amount, id, instant, lot_taken};

/// What is set aside, for whom, and until when.
struct Aside<'a> {
    resident: ResidentId,
    points: Points,
    lots: &'a [LotTaken],
    ends_at: Timestamp,
}

/// A redemption. What was handed out and can still be returned is not set aside any more.
fn aside_for_redemption(one: &Redemption) -> Option<Aside<'_>> {
    let slip = one.slip.as_deref().filter(|_| one.status == redemption::Status::Reserved)?;
    let (resident, points, ends_at) = (slip.resident, slip.total, one.expires_at);
    Some(Aside { resident, points, lots: &slip.lots, ends_at })
}

/// A booking. Whoever waits has nothing set aside yet.
fn aside_for_booking(one: &booking::Booking) -> Option<Aside<'_>> {
    let (request, points, lots) = match one.open.as_ref()? {
        Open::Waiting(request) => (request, Points::ZERO, &[][..]),
        Open::Booked(ticket) => (&ticket.request, ticket.total, ticket.lots.as_slice()),
    };
    Some(Aside { resident: request.resident, points, lots, ends_at: one.ends_at })
}

fn aside_for_voucher(one: &voucher::Standing) -> Option<Aside<'_>> {
    let voucher = one.open.as_deref()?;
    let (resident, points) = (voucher.purchase.resident, voucher.price);
    Some(Aside { resident, points, lots: &voucher.lots, ends_at: one.ends_at })
}

fn hold(of: impl std::fmt::Display, is: HoldStatus, aside: Option<Aside<'_>>) -> Hold {
    let lots: Vec<ApiLotTaken> =
        aside.iter().flat_map(|aside| aside.lots.iter().map(lot_taken)).collect();
    Hold {
        id: id(of),
        is,
        resident: aside.as_ref().map(|aside| id(aside.resident)),
        points: amount(aside.as_ref().map_or(Points::ZERO, |aside| aside.points)),
        lots,
        ends_at: aside.map(|aside| instant(aside.ends_at)),
    }
}

pub(super) fn of_redemption(of: RedemptionId, one: &Redemption) -> Hold {
    let is = HoldStatus::Redemption { status: one.status.said() };
    hold(of, is, aside_for_redemption(one))
}

pub(super) fn of_booking(of: BookingId, one: &booking::Booking) -> Hold {
    hold(of, HoldStatus::Booking { status: one.status.said() }, aside_for_booking(one))
}

pub(super) fn of_voucher(of: VoucherId, one: &voucher::Standing) -> Hold {
    hold(of, HoldStatus::Voucher { status: one.status.said() }, aside_for_voucher(one))
}

/// All that was open of a resident's: redemptions, bookings, vouchers, each by id.
pub(super) fn open_holds(state: &linli_domain::State, resident: ResidentId) -> Vec<Hold> {
    let is_theirs = |aside: Option<Aside<'_>>| aside.is_some_and(|it| it.resident == resident);
    let redemptions = state.redemptions().sorted();
    let redemptions = redemptions.filter(|(_, one)| is_theirs(aside_for_redemption(one)));
    let bookings = state.bookings().sorted();
    let bookings = bookings.filter(|(_, one)| is_theirs(aside_for_booking(one)));
    let vouchers = state.vouchers().sorted();
    let vouchers = vouchers.filter(|(_, one)| is_theirs(aside_for_voucher(one)));
    redemptions
        .map(|(of, one)| of_redemption(of, one))
        .chain(bookings.map(|(of, one)| of_booking(of, one)))
        .chain(vouchers.map(|(of, one)| of_voucher(of, one)))
        .collect()
}
