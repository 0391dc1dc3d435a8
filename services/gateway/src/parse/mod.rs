//! From what was said to what is meant: each text becomes a domain type here, or a problem that
//! names the field. Past this no text means anything.

mod activities;
mod counter;
mod estates;
mod field;
mod honours;
mod mediation;
mod notices;
mod orders;
mod organisation;
mod person;
mod places;
mod pseudonym;
mod queue;
mod service;
mod settling;
mod spending;
mod terms;
mod time_bank;
mod words;

pub(crate) use activities::{plan, showing, sign_up, visits};
pub(crate) use counter::{grant, off_line, open_shift, operator, shifts};
pub(crate) use estates::{committee, estate, member};
pub(crate) use field::{
    Path, amount_fen, amount_points, card, hash_bytes, id, instant, name, own_id, text, told_id,
};
pub(crate) use honours::distinction;
pub(crate) use mediation::{case, case_step, place, session};
pub(crate) use notices::{appeal, objection, panel, resident_vote, vote};
pub(crate) use orders::{
    aid_step, blast, hazard_step, opening, order_step, report, request, whistle_step,
};
pub(crate) use organisation::{
    appointment, area, household, membership, pool, registration, station, supplier, team,
};
pub(crate) use person::person;
pub(crate) use places::{booking, cancel, resource, slots_off, slots_on};
pub(crate) use pseudonym::{chosen_words, pseudonym, pseudonym_words};
pub(crate) use queue::join_queue;
pub(crate) use service::{attaching, claim, reject_reason, undoing, verification};
pub(crate) use settling::{dispute, issue, resolve, settle};
pub(crate) use spending::{
    basket, capture, count, delivery, funding, item, pricing, returning, send_back, shift,
    void_reason, write_off,
};
pub(crate) use terms::terms;
pub(crate) use time_bank::{
    time_ask, time_deposit, time_gift, time_kin, time_mark, time_withdrawal,
};
pub(crate) use words::Spoken;

use jiff::tz::Offset;
use linli_domain::time::Timestamp;

/// An instant as RFC 3339 with microseconds, in UTC.
pub(crate) fn time_text(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.microseconds())
        .map_or_else(|_| at.microseconds().to_string(), |at| format!("{at:.6}"))
}

/// An instant as the clock on the wall shows it, to the minute, for sentences. China has one zone.
pub(crate) fn wall_time(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.microseconds()).map_or_else(
        |_| at.microseconds().to_string(),
        |at| Offset::constant(8).to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string(),
    )
}
