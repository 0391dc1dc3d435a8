//! Receipts: what the records of a command changed. They are made of the records alone, so the
//! answer to a repeat is the same to the byte.

mod activity;
mod booking;
mod card;
mod conduct;
mod contribution;
mod counter;
mod explanation;
mod honours;
mod mediation;
mod named;
mod notices;
mod order_rows;
mod orders;
mod pseudonym;
mod queue;
mod redemption;
mod settling;
mod stock;
mod terms;
mod time_bank;
mod tried;
mod voucher;

pub(crate) use activity::{activity_row, is_taken, seat_changed, seat_row, seated};
pub(crate) use booking::{booked, booking_changed, slots_turned, turned};
pub(crate) use card::{card_blocked, card_changed, card_issued};
pub(crate) use conduct::{conduct_held, conduct_reviewed, reviewed, signs};
pub(crate) use contribution::{attached, award, decided, inspected, reversed, submitted};
pub(crate) use counter::{
    allowance_ended, granted, of_end, of_grant, shift, shift_changed, shifts_set, slip_counted,
    slip_outcome, slip_reported,
};
pub(crate) use honours::{
    Honoured, certificate, certificate_changed, distinction, honoured, record_report,
    report_changed, title_changed, title_row, titles,
};
pub(crate) use mediation::{case_changed, case_file, case_row, place, sealed, session, settled_by};
pub(crate) use named::{alert, alert_ended, alerted, funded, named, received, rules, withdrawn};
pub(crate) use notices::{notice_changed, noticed};
pub(crate) use order_rows::{aid_row, hazard_row, order_row, step_row, whistle_row};
pub(crate) use orders::{aid_changed, appealed, hazard_changed, order_changed, whistle_changed};
pub(crate) use pseudonym::{pseudonym_changed, pseudonym_fact};
pub(crate) use queue::{queue_changed, queued};
pub(crate) use redemption::{line_returned, lot_taken, redeemed, returned, slip};
pub(crate) use settling::{
    dispute_resolved, disputed, figures, issued, line_disputed, resolved, settled,
    statement_settled,
};
pub(crate) use stock::{
    counted, moved, of_count, of_delivery, of_move, of_write_off, sent_back, written_off,
};

pub(crate) use terms::item_terms;
pub(crate) use time_bank::{netted, time_account, time_changed, timed};
pub(crate) use tried::{tried, tried_sums};
pub(crate) use voucher::{counted_against, vouched, voucher_changed};

use linli_api::receipt::Receipt;
use linli_api::{Amount, Id, Instant};
use linli_domain::posting::Account;
use linli_domain::quantity::Points;
use linli_domain::time::Timestamp;
use linli_domain::{Position, Record};

use crate::parse::time_text;

/// What a command's records changed, told in a way of its own; `None` for records that are not
/// those of such a command.
pub(crate) type Teller<C> = fn(&[Record]) -> Option<C>;

/// The receipt of a command.
pub(crate) fn receipt<C>(
    records: &[Record],
    tell: impl FnOnce(&[Record]) -> Option<C>,
) -> Option<Receipt<C>> {
    let (first, last) = (records.first()?, records.last()?);
    Some(Receipt {
        first: first.position.0,
        last: last.position.0,
        recorded_at: instant(last.recorded_at),
        changed: tell(records)?,
    })
}

/// The position after which a command's records can be read.
pub(crate) fn last_position(records: &[Record]) -> Position {
    records.last().map(|record| record.position).unwrap_or_default()
}

/// Any id as text.
pub(crate) fn id(id: impl std::fmt::Display) -> Id {
    id.to_string().into()
}

/// Any amount as text.
pub(crate) fn amount(amount: impl std::fmt::Display) -> Amount {
    amount.to_string().into()
}

/// An instant as text.
pub(crate) fn instant(at: Timestamp) -> Instant {
    time_text(at).into()
}

/// What an account stood at after the last posting to one that `is` it.
fn balance_after(records: &[Record], is: impl Fn(&Account) -> bool) -> Option<Points> {
    let postings = records.iter().flat_map(|record| &record.postings);
    postings.filter(|posting| is(&posting.account)).last().map(|posting| posting.balance)
}
