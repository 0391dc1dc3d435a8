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

/// A redemption. What was handed out and can still be returned is not set aside any more.
pub(super) fn of_redemption(of: RedemptionId, one: &Redemption) -> Hold {
    let open = one.slip.as_deref().filter(|_| one.status == redemption::Status::Reserved);
    let aside = open.map(|slip| Aside {
        resident: slip.resident,
        points: slip.total,
        lots: &slip.lots,
        ends_at: one.expires_at,
    });
    hold(of, HoldStatus::Redemption { status: one.status.said() }, aside)
}

/// A booking. Whoever waits has nothing set aside yet.
pub(super) fn of_booking(of: BookingId, one: &booking::Booking) -> Hold {
    let (ends_at, none) = (one.ends_at, (Points::ZERO, &[][..]));
    let aside = one.open.as_ref().map(|open| {
        let (request, (points, lots)) = match open {
            Open::Waiting(request) => (request, none),
            Open::Booked(ticket) => (&ticket.request, (ticket.total, ticket.lots.as_slice())),
        };
        Aside { resident: request.resident, points, lots, ends_at }
    });
    hold(of, HoldStatus::Booking { status: one.status.said() }, aside)
}

/// A voucher.
pub(super) fn of_voucher(of: VoucherId, one: &voucher::Standing) -> Hold {
    let aside = one.open.as_deref().map(|voucher| Aside {
        resident: voucher.purchase.resident,
        points: voucher.price,
        lots: &voucher.lots,
        ends_at: one.ends_at,
    });
    hold(of, HoldStatus::Voucher { status: one.status.said() }, aside)
}

/// All that was open of a resident's: redemptions, bookings, vouchers, each by id.
pub(super) fn open_holds(state: &linli_domain::State, resident: ResidentId) -> Vec<Hold> {
    let redemptions = state.redemptions().sorted().map(|(of, one)| of_redemption(of, one));
    let bookings = state.bookings().sorted().map(|(of, one)| of_booking(of, one));
    let vouchers = state.vouchers().sorted().map(|(of, one)| of_voucher(of, one));
    let wanted = Some(id(resident));
    redemptions.chain(bookings).chain(vouchers).filter(|hold| hold.resident == wanted).collect()
}
