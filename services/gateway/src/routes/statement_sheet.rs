//! A supplier's statement as a sheet, for the finance desk's own books.

use std::collections::BTreeMap;

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use linli_domain::Noun;
use linli_domain::id::{ItemId, StatementId};
use linli_domain::statement::{Due, Volume};
use linli_readmodel::Projection;
use linli_readmodel::catalogue::Item;

use super::statements::Closed;
use crate::front::Here;
use crate::parse::Path as _;
use crate::problem::{Kind, Problem};
use crate::receipt::id;
use crate::request::{PathText, Reading};

/// By this a spreadsheet knows that the text is UTF-8, and shows Chinese as Chinese.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const COLUMNS: [&str; 12] = [
    "statement",
    "supplier",
    "label",
    "position",
    "root",
    "line",
    "item",
    "name_zh",
    "name_en",
    "pieces",
    "points",
    "yuan",
];

/// A statement as a sheet
///
/// CSV: a row for what was open, for each item one for what was handed out and one for what came
/// back, then corrections, payments, and what is open at the end. What lessens the account is
/// negative, so all rows but the last sum to the last.
#[utoipa::path(get, path = "/v1/statements/{id}/csv", tag = "statements",
    params(("id" = String, Path, description = "The statement")),
    responses((status = 200, description = "The sheet (RFC 4180, UTF-8)", content_type = "text/csv")))]
pub(super) async fn csv(
    Here(gateway): Here,
    PathText(statement): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let statement = StatementId::from_path(&statement, Noun::Statement)?;
    gateway.see(&[Projection::Balances, Projection::Catalogue], reading.after).await?;
    let closed = gateway.closed(statement, &reading.caller).await?;
    let items = gateway.items_of(&closed).await?;
    let items = items.into_iter().map(|item| (item.item, item)).collect();
    let sheet = sheet(&closed, &items).map_err(|error| Problem::fault(Kind::Internal, &error))?;
    Ok(download(&format!("statement-{}", id(statement)), sheet))
}

/// A sheet of this name, to be kept.
pub(super) fn download(name: &str, sheet: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}.csv\"");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, name.as_str()),
        (CACHE_CONTROL, "private, no-cache"),
    ];
    (headers, sheet).into_response()
}

/// A writer of a sheet that spreadsheets read.
pub(super) fn writer() -> csv::Writer<Vec<u8>> {
    further(BYTE_ORDER_MARK.as_bytes().to_vec())
}

/// A writer of rows after those that were begun.
pub(super) fn further(begun: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(begun)
}

fn sheet(closed: &Closed, items: &BTreeMap<ItemId, Item>) -> csv::Result<Vec<u8>> {
    let mut writer = writer();
    writer.write_record(COLUMNS)?;
    let figures = &closed.figures;
    let head = [
        id(figures.issue.statement).to_string(),
        id(figures.issue.supplier).to_string(),
        told(figures.issue.label.as_str()),
        closed.row.position.to_string(),
        closed.root().unwrap_or_default(),
    ];
    for row in rows(figures) {
        let item = row.item.and_then(|item| items.get(&item));
        let name = |of: fn(&Item) -> &str| item.map(of).map(told).unwrap_or_default();
        let rest = [
            row.line.to_owned(),
            row.item.map(|item| id(item).to_string()).unwrap_or_default(),
            name(|item| item.name_zh.as_str()),
            name(|item| item.name_en.as_str()),
            row.pieces.map(|pieces| pieces.to_string()).unwrap_or_default(),
            row.due.points.to_string(),
            row.due.fen.to_string(),
        ];
        writer.write_record(head.iter().chain(&rest))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A row of the sheet.
struct Row {
    line: &'static str,
    item: Option<ItemId>,
    pieces: Option<u64>,
    due: Due,
}

fn rows(figures: &linli_domain::statement::Statement) -> Vec<Row> {
    let sum = |line, due| Row { line, item: None, pieces: None, due };
    let mut rows = vec![sum("opening", figures.opening)];
    for stated in &figures.lines {
        let of = |line, Volume { pieces, due }: Volume| {
            (pieces > 0).then_some(Row { line, item: stated.item, pieces: Some(pieces), due })
        };
        let returned = Volume { due: less(stated.tally.returned.due), ..stated.tally.returned };
        rows.extend(of("captured", stated.tally.captured));
        rows.extend(of("returned", returned));
    }
    rows.push(sum("corrected", figures.corrected));
    rows.push(sum("paid", less(figures.paid)));
    rows.push(sum("closing", figures.closing));
    rows
}

/// What lessens the account.
fn less(due: Due) -> Due {
    Due::ZERO.minus(due).unwrap_or(due)
}

/// A text that somebody wrote, so that no spreadsheet takes it for a formula.
pub(super) fn told(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_no_formula() {
        let check = |text, expected| assert_eq!(told(text), expected);
        check("2025-Q1", "2025-Q1");
        check("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")");
        check("-1", "'-1");
    }
}
