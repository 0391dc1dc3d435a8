//! Weather alerts: declared by officers, told to whoever asks with a key.

use axum::response::Response;
use linli_api::alert::{Alert, AlertDeclared, AlertWithdrawn, DeclareAlert, WithdrawAlert};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::alert::AlertKind;
use linli_domain::time::Interval;
use linli_domain::{Position, alert, area};
use linli_readmodel::{Projection, directory};

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Spoken};
use crate::problem::{Kind, Problem};
use crate::receipt::{alert_ended, alerted, id, instant};
use crate::request::{Cursor as _, Reading, Sent};
use crate::told::{Seen, fault, shown};

const DECLARE: Deed = Deed::creating("alert.declare");
const WITHDRAW: Deed = Deed::changing("alert.withdraw");

/// Declare a weather alert
///
/// Heat or snow, by an officer of a community or above for an area of their own, a week at the longest. Where the
/// rules say so (`alerts = "declared"`) the coefficient for service under an alert asks for it, and not whoever
/// claims.
#[utoipa::path(post, path = "/v1/alerts", tag = "organisation", request_body = DeclareAlert,
    responses((status = 201, description = "Declared", body = Receipt<AlertDeclared>)))]
pub(super) async fn declare(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: DeclareAlert, caller: &Caller| {
        let from = parse::instant("started_at", &said.started_at)?;
        let until = parse::instant("ended_at", &said.ended_at)?;
        Ok(area::Command::Declare(alert::Alert {
            area: parse::id("area", &said.area)?,
            kind: AlertKind::heard(said.kind),
            during: Interval::new(from, until)
                .ok_or_else(|| Problem::plain(Kind::InvalidInterval).with("field", "ended_at"))?,
            officer: caller.officer()?,
        }))
    };
    gateway.perform(DECLARE, &sent, "", meant, alerted).await
}

/// End a weather alert before its time
///
/// By an officer who stands no lower than who declared it. From now on it is none; one that was to come never
/// begins. Service that began under it stays under it, awarded or not, and awards that were made stand.
#[utoipa::path(post, path = "/v1/alerts/withdraw", tag = "organisation", request_body = WithdrawAlert,
    responses((status = 200, description = "Withdrawn", body = Receipt<AlertWithdrawn>)))]
pub(super) async fn withdraw(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: WithdrawAlert, caller: &Caller| {
        Ok(area::Command::Withdraw(alert::Withdrawal {
            area: parse::id("area", &said.area)?,
            started_at: parse::instant("started_at", &said.started_at)?,
            officer: caller.officer()?,
        }))
    };
    gateway.perform(WITHDRAW, &sent, "", meant, alert_ended).await
}

/// Weather alerts, the last declared first
#[utoipa::path(get, path = "/v1/alerts", tag = "organisation",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Alert>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor::<Position>()?);
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let page = gateway.reader.alerts(cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(of_row).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

fn of_row(row: &directory::Alert) -> Alert {
    Alert {
        area: id(row.area),
        kind: row.kind.said(),
        started_at: instant(row.started_at),
        ended_at: instant(row.ended_at),
        officer: id(row.officer),
        withdrawn_at: row.withdrawn_at.map(instant),
        withdrawn_by: row.withdrawn_by.map(id),
    }
}
