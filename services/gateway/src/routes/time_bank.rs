//! The time bank: stored time, gifts, chests, and what communities owe each other.

use axum::http::{StatusCode, Uri};
use axum::response::Response;
use linli_api::receipt::Receipt;
use linli_api::time_bank::{
    AskTime, GiveTime, LinkKin, MarkElder, NetTime, PastTime, StoreTime, TimeChanged, TimeStand,
    TimeWaiting, WithdrawAsk,
};
use linli_domain::time_bank::Command;
use utoipa_axum::routes;

use crate::caller::Caller;
use crate::command::{Deed, told};
use crate::front::Here;
use crate::key::{KeyKind, Scope};
use crate::parse::{self, Spoken as _};
use crate::problem::Problem;
use crate::receipt::{id, instant, time_account, timed};
use crate::request::{Asked, Sent};
use crate::routes::listing::Listing;
use crate::routes::past::moment;
use crate::routes::{time_rows, time_sheet};

/// The time bank's routes, with who may.
pub(super) fn listed(listing: Listing) -> Listing {
    listing
        .command(Scope::ContributionsVerify, routes!(mark))
        .command(Scope::ContributionsVerify, routes!(kin))
        .command(Scope::ContributionsWrite, routes!(store))
        .command(Scope::ResidentsWrite, routes!(give))
        .command(Scope::ResidentsWrite, routes!(ask))
        .command(Scope::ResidentsWrite, routes!(withdraw))
        .command(Scope::TimeNet, routes!(net))
        .read(Scope::ResidentsRead, routes!(time_rows::of_resident))
        .read(Scope::TimeRead, routes!(time_rows::communities))
        .read(Scope::TimeRead, routes!(time_rows::asks))
        .read(Scope::TimeRead, routes!(time_rows::nettings))
        .read(Scope::TimeRead, routes!(time_rows::netting))
        .read(Scope::TimeRead, routes!(time_sheet::csv))
}

const MARK: Deed = Deed::changing("time.mark");
const KIN: Deed = Deed::changing("time.kin");
const STORE: Deed = Deed::creating("time.store");
const GIVE: Deed = Deed::creating("time.give");
const ASK: Deed = Deed::creating("time.ask");
const WITHDRAW: Deed = Deed::changing("time.withdraw");
const NET: Deed = Deed::creating("time.net");

/// Say that somebody is a key elder, or no longer
///
/// The fund issues time for service to key elders, and they come first at the chest. As an officer whose area holds
/// the elder's home.
#[utoipa::path(post, path = "/v1/time/marks", tag = "time bank", request_body = MarkElder,
    responses((status = 200, description = "Marked", body = Receipt<TimeChanged>)))]
pub(super) async fn mark(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: MarkElder, caller: &Caller| parse::time_mark(caller.officer()?, &said);
    gateway.perform(MARK, &sent, "", meant, timed).await
}

/// Say that two people are kin
///
/// People of one household are kin without it. As an officer whose area holds the home of one of them.
#[utoipa::path(post, path = "/v1/time/kin", tag = "time bank", request_body = LinkKin,
    responses((status = 200, description = "Linked", body = Receipt<TimeChanged>)))]
pub(super) async fn kin(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: LinkKin, caller: &Caller| parse::time_kin(caller.officer()?, &said);
    gateway.perform(KIN, &sent, "", meant, timed).await
}

/// Store the time of an awarded contribution
///
/// The fund pays for a key elder; else whoever was served, or the chest. What is above the cap goes to the
/// community's chest.
#[utoipa::path(post, path = "/v1/time/deposits", tag = "time bank", request_body = StoreTime,
    responses((status = 201, description = "Stored", body = Receipt<TimeChanged>)))]
pub(super) async fn store(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: StoreTime, _: &Caller| parse::time_deposit(&said);
    gateway.perform(STORE, &sent, "", meant, timed).await
}

/// Give time away
///
/// A resident gives to kin or to a chest, a team to a key elder or to a chest.
#[utoipa::path(post, path = "/v1/time/gifts", tag = "time bank", request_body = GiveTime,
    responses((status = 201, description = "Given", body = Receipt<TimeChanged>)))]
pub(super) async fn give(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: GiveTime, _: &Caller| parse::time_gift(&said);
    gateway.perform(GIVE, &sent, "", meant, timed).await
}

/// Ask the chest of one's community for time
///
/// Key elders come first, then the order of arrival. It is granted by itself, whole, once the chest has enough.
#[utoipa::path(post, path = "/v1/time/asks", tag = "time bank", request_body = AskTime,
    responses((status = 201, description = "Waits", body = Receipt<TimeChanged>)))]
pub(super) async fn ask(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: AskTime, _: &Caller| parse::time_ask(&said);
    gateway.perform(ASK, &sent, "", meant, timed).await
}

/// Ask a chest no longer
#[utoipa::path(post, path = "/v1/time/asks/withdraw", tag = "time bank", request_body = WithdrawAsk,
    responses((status = 200, description = "Withdrawn", body = Receipt<TimeChanged>)))]
pub(super) async fn withdraw(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: WithdrawAsk, _: &Caller| parse::time_withdrawal(&said);
    gateway.perform(WITHDRAW, &sent, "", meant, timed).await
}

/// State what communities owe each other
///
/// Closed by its record: its position, and the root there, seal it. As an officer whose area holds every community
/// of the statement, or as the finance desk.
#[utoipa::path(post, path = "/v1/time/nettings", tag = "time bank", request_body = NetTime,
    responses((status = 201, description = "Stated", body = Receipt<TimeChanged>)))]
pub(super) async fn net(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |_: NetTime, caller: &Caller| match caller.kind {
        KeyKind::Finance => Ok(Command::NetByDesk),
        KeyKind::Partner
        | KeyKind::Station
        | KeyKind::Staff
        | KeyKind::Supplier
        | KeyKind::Auditor
        | KeyKind::Operator
        | KeyKind::Resident => Ok(Command::Net(caller.officer()?)),
    };
    gateway.perform(NET, &sent, "", meant, timed).await
}

/// The time bank at a moment
///
/// All accounts and who waits at the chests, replayed from the log.
#[utoipa::path(get, path = "/v1/past/time", tag = "past",
    params(("position" = Option<u64>, Query, description = "After the record at this position"),
        ("at" = Option<String>, Query, description = "Or at this instant (RFC 3339)")),
    responses((status = 200, description = "The time bank then", body = PastTime)))]
pub(super) async fn past(Here(gateway): Here, _: Caller, uri: Uri) -> Result<Response, Problem> {
    let past = gateway.past(Asked::of(&uri)?).await?;
    let state = past.state();
    let accounts = state.time_accounts().sorted();
    let stand = |(account, minutes): (_, &i64)| TimeStand {
        account: time_account(account),
        minutes: *minutes,
    };
    let waiting = state.chest_queues().into_iter().map(|(resident, ask)| TimeWaiting {
        resident: id(resident),
        community: id(ask.community),
        minutes: ask.minutes.get(),
        mark: ask.rank.said(),
        lapses_at: instant(ask.lapses_at),
    });
    let body = PastTime {
        moment: moment(&past),
        accounts: accounts.map(stand).collect(),
        waiting: waiting.collect(),
    };
    Ok(told(StatusCode::OK, past.position(), &body))
}
