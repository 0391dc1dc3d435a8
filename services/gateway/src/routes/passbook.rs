//! The passbook (爱心存折): lines to be printed, and what the ledger says to a line's code.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use linli_api::passbook::{CheckedLines, Passbook, PassbookLine};
use linli_domain::id::ResidentId;
use linli_domain::{Noun, Position};
use linli_readmodel::{Projection, balances};

use crate::front::{Front, Here};
use crate::gateway::Inner;
use crate::parse::{Path as _, Spoken as _};
use crate::passbook::Code;
use crate::problem::{Kind, Problem};
use crate::receipt::{amount, id, instant};
use crate::request::{PathText, Reading};
use crate::routes::certificate::FRESH;
use crate::told::{Seen, fault, shown};

/// The lines on a page of a passbook.
const LINES_MAX: u32 = 24;

/// Records that are read side by side: a page takes a few of the gateway's connections for a moment.
const READ_AT_ONCE: usize = 4;

/// Lines for a resident's passbook
///
/// What moved what the resident can spend, oldest first: the lines after the last one that stands
/// in the book, or the newest. Each has a code, which `/v1/passbook/{code}` answers to anybody.
#[utoipa::path(get, path = "/v1/residents/{id}/passbook", tag = "residents",
    params(("id" = String, Path, description = "The resident"),
        ("since" = Option<String>, Query, description = "The code of the last line that stands in the book: the 24 lines after it. The newest 24 unless told")),
    responses((status = 200, description = "The lines", body = Passbook)))]
pub(super) async fn lines(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let since = reading.asked.text("since");
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    gateway.wallet_of(resident).await?;
    let since = match since {
        Some(text) => Some(gateway.line_of(resident, &text).await?),
        None => None,
    };
    let page = gateway.reader.passbook(resident, since, LINES_MAX).await.map_err(fault)?;
    let lines = gateway.printed(resident, &page.rows).await?;
    let more = page.next.is_some();
    Ok(shown(position, &Passbook { resident: id(resident), lines, more }))
}

/// Check a line of a passbook
///
/// For whoever holds the paper, without a key. Nobody is named. What no line has is not told of.
#[utoipa::path(get, path = "/v1/passbook/{code}", tag = "residents",
    params(("code" = String, Path, description = "The line's receipt code")),
    responses((status = 200, description = "What the ledger says", body = CheckedLines)))]
pub(super) async fn check(
    State(front): State<Arc<Front>>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let nothing = || Problem::plain(Kind::NotFound);
    let code = Code::read(&code).ok_or_else(nothing)?;
    for gateway in &front.districts {
        let Some(resident) = gateway.owner(code).await? else { continue };
        // The code is right, so the line is told even if the read model is not there yet.
        gateway.see(&[Projection::Balances], Some(code.position)).await?;
        let rows = gateway.reader.passbook_lines(resident, code.position).await.map_err(fault)?;
        let lines = rows.iter().map(|row| line(row, code)).collect();
        let told = CheckedLines { district: gateway.district.to_string(), lines };
        return Ok(([FRESH], Json(told)).into_response());
    }
    Err(nothing())
}

impl Inner {
    /// Whose line has this code; nobody's if no record of this log is what it was made of.
    async fn owner(&self, code: Code) -> Result<Option<ResidentId>, Problem> {
        let found = self.record_at(code.position).await?;
        Ok(found.and_then(|(record, bytes)| code.owner(&record, &bytes)))
    }

    /// The position of a line that stands in this resident's book.
    async fn line_of(&self, resident: ResidentId, text: &str) -> Result<Position, Problem> {
        let wrong = || Problem::plain(Kind::InvalidQuery).with("field", "since");
        let code = Code::read(text).ok_or_else(wrong)?;
        let owner = self.owner(code).await?;
        owner.filter(|owner| *owner == resident).map(|_| code.position).ok_or_else(wrong)
    }

    /// Rows with their codes, which are made of the log itself.
    async fn printed(
        &self,
        resident: ResidentId,
        rows: &[balances::Line],
    ) -> Result<Vec<PassbookLine>, Problem> {
        let groups = || rows.chunk_by(|one, next| one.position == next.position);
        let at: Vec<Position> = groups().filter_map(|rows| Some(rows.first()?.position)).collect();
        let read = stream::iter(at).map(|at| self.record_at(at)).buffered(READ_AT_ONCE);
        let records: Vec<_> = read.try_collect().await?;
        let mut lines = Vec::with_capacity(rows.len());
        for (rows, record) in groups().zip(records) {
            let (record, bytes) = record.ok_or_else(|| Problem::plain(Kind::Internal))?;
            let code = Code::of(record.position, resident, &bytes);
            lines.extend(rows.iter().map(|row| line(row, code)));
        }
        Ok(lines)
    }
}

fn line(row: &balances::Line, code: Code) -> PassbookLine {
    PassbookLine {
        code: code.to_string(),
        position: row.position.0,
        recorded_at: instant(row.recorded_at),
        kind: row.kind.said(),
        amount: amount(row.amount),
        balance: amount(row.balance),
    }
}
