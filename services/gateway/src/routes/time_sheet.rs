//! A netting statement as a sheet, for the finance desk's own books.

use std::collections::BTreeMap;

use axum::response::Response;
use linli_domain::id::AreaId;
use linli_readmodel::Projection;
use linli_readmodel::directory::Area;

use super::statement_sheet::{download, told, writer};
use super::time_rows::Netted;
use crate::front::Here;
use crate::problem::{Kind, Problem};
use crate::receipt::id;
use crate::request::{PathText, Reading};
use crate::told::fault;

const COLUMNS: [&str; 14] = [
    "netting",
    "position",
    "root",
    "line",
    "community",
    "name_zh",
    "name_en",
    "with",
    "with_zh",
    "with_en",
    "opening",
    "given",
    "taken",
    "closing",
];

/// A netting statement as a sheet
///
/// CSV, in minutes: a row for each community, whose opening + taken − given is its closing, and one for each pair that
/// traded: what the people of `community` took from those of `with`.
#[utoipa::path(get, path = "/v1/time/nettings/{number}/csv", tag = "time bank",
    params(("number" = u32, Path, description = "Its number, from 1")),
    responses((status = 200, description = "The sheet (RFC 4180, UTF-8)", content_type = "text/csv")))]
pub(super) async fn csv(
    Here(gateway): Here,
    PathText(number): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    gateway.see(&[Projection::Balances, Projection::Directory], reading.after).await?;
    let netted = gateway.netted(&number).await?;
    let mut names = BTreeMap::new();
    for line in &netted.netting.lines {
        let area = gateway.reader.area(line.community).await.map_err(fault)?;
        names.extend(area.map(|area| (line.community, area)));
    }
    let sheet = sheet(&netted, &names).map_err(|error| Problem::fault(Kind::Internal, &error))?;
    Ok(download(&format!("netting-{}", netted.row.number), sheet))
}

fn sheet(netted: &Netted, names: &BTreeMap<AreaId, Area>) -> csv::Result<Vec<u8>> {
    let mut writer = writer();
    writer.write_record(COLUMNS)?;
    let head = [
        netted.row.number.to_string(),
        netted.row.position.to_string(),
        netted.root.clone().unwrap_or_default(),
    ];
    let called = |area: AreaId| {
        let name = |of: fn(&Area) -> &str| names.get(&area).map(of).map(told).unwrap_or_default();
        [id(area).to_string(), name(|it| it.name_zh.as_str()), name(|it| it.name_en.as_str())]
    };
    let none = || [String::new(), String::new(), String::new()];
    for line in &netted.netting.lines {
        let figures = [
            line.opening.to_string(),
            line.given.to_string(),
            line.taken.to_string(),
            line.closing.to_string(),
        ];
        let cells = ["community".to_owned()].into_iter().chain(called(line.community));
        let cells = head.iter().cloned().chain(cells).chain(none()).chain(figures);
        writer.write_record(cells.collect::<Vec<_>>())?;
    }
    for trade in &netted.netting.trades {
        let figures = ["", "", trade.minutes.to_string().as_str(), ""].map(str::to_owned);
        let cells = ["trade".to_owned()].into_iter().chain(called(trade.from));
        let cells = head.iter().cloned().chain(cells).chain(called(trade.to)).chain(figures);
        writer.write_record(cells.collect::<Vec<_>>())?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
