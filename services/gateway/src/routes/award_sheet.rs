//! The list of a quarter's awards as a sheet, for a notice board. It is written as it is read, so that a
//! large community takes no more memory than a small one.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::BoxError;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use bytes::Bytes;
use futures::{Stream, TryStreamExt as _};
use linli_domain::id::AreaId;
use linli_domain::quantity::{Merit, Points};
use linli_domain::rules::RuleVersion;
use linli_domain::text::ActCode;
use linli_domain::time::Interval;
use linli_readmodel::contributions::{AwardCursor, Case};
use linli_readmodel::directory::Act;
use linli_readmodel::{PAGE_ROWS_MAX, Projection, ReadError};
use serde::Serialize;

use super::award_lists::award;
use super::samples::FRESH;
use super::statement_sheet::{download, further, told, writer};
use crate::front::Front;
use crate::gateway::Shared;
use crate::problem::Problem;
use crate::told::fault;

const COLUMNS: [&str; 13] = [
    "line",
    "quarter",
    "contribution",
    "act",
    "name_zh",
    "name_en",
    "category",
    "awarded_at",
    "minutes",
    "merit",
    "points",
    "rules",
    "reversed_at",
];

/// All that was awarded in a quarter in a community, as a sheet
///
/// For everybody, without a key, and to be hung up. CSV: a row `award` for each, in the order of their records, and
/// one `total` at the end, which counts them and sums up what they gave, those that were taken back since
/// included; what doesn't end in it was cut off.
#[utoipa::path(get, path = "/awards/{district}/{quarter}/{community}/csv", tag = "contributions",
    params(("district" = String, Path, description = "The district's code"),
        ("quarter" = String, Path, description = "By when it was awarded, on the clock on the wall: `2025-Q1`"),
        ("community" = String, Path, description = "Where it was done")),
    responses((status = 200, description = "The sheet (RFC 4180, UTF-8)", content_type = "text/csv")))]
pub(super) async fn csv(
    State(front): State<Arc<Front>>,
    Path((district, quarter, community)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let open = gateway.open_quarter(&quarter).await?;
    let community = gateway.community(&community).await?.area;
    gateway.see(&[Projection::Contributions, Projection::Directory], None).await?;
    let grids = gateway.reader.grids_in(community).await.map_err(fault)?;
    let sheet = Sheet {
        gateway: Arc::clone(gateway),
        grids,
        during: open.during,
        quarter: open.told.quarter.clone(),
        acts: BTreeMap::new(),
        sum: Sum::default(),
        next: Next::First,
    };
    let mut response = download(&format!("awards-{}", open.told.quarter), Vec::new());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(FRESH));
    *response.body_mut() = Body::from_stream(sheet.chunks());
    Ok(response)
}

/// A sheet that is being written.
struct Sheet {
    gateway: Shared,
    grids: Vec<AreaId>,
    during: Interval,
    quarter: String,
    /// What acts were called, version by version.
    acts: BTreeMap<RuleVersion, BTreeMap<ActCode, Act>>,
    sum: Sum,
    next: Next,
}

/// What comes next.
enum Next {
    First,
    After(AwardCursor),
    Nothing,
}

/// What all rows so far come to.
#[derive(Default)]
struct Sum {
    awards: u64,
    minutes: u64,
    merit: Merit,
    points: Points,
}

impl Sum {
    fn add(&mut self, case: &Case) -> Option<()> {
        self.awards = self.awards.checked_add(1)?;
        self.minutes = self.minutes.checked_add(case.minutes?.get().into())?;
        self.merit = self.merit.plus(case.merit?)?;
        self.points = self.points.plus(case.points?)?;
        Some(())
    }
}

/// Sums that the writer keeps within their range.
#[derive(Debug, thiserror::Error)]
#[error("the sums of a sheet are past their range")]
struct PastRange;

impl Sheet {
    /// Page by page.
    fn chunks(self) -> impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static {
        let pages = futures::stream::try_unfold(self, |mut sheet| async move {
            let chunk = sheet.page().await?;
            Ok::<_, BoxError>(chunk.map(|chunk| (chunk, sheet)))
        });
        pages.inspect_err(|error| {
            let error: &dyn std::error::Error = &**error;
            tracing::error!(error, "a sheet was cut off");
        })
    }

    /// The next page, and the total behind the last one.
    async fn page(&mut self) -> Result<Option<Bytes>, BoxError> {
        let (mut writer, after) = match self.next {
            Next::First => {
                let mut writer = writer();
                writer.write_record(COLUMNS)?;
                (writer, None)
            }
            Next::After(cursor) => (further(Vec::new()), Some(cursor)),
            Next::Nothing => return Ok(None),
        };
        let reader = &self.gateway.reader;
        let page = reader.awarded(&self.grids, self.during, after, PAGE_ROWS_MAX).await?;
        for case in &page.rows {
            self.know(case).await?;
            self.sum.add(case).ok_or(PastRange)?;
            writer.write_record(self.row(case).ok_or(PastRange)?)?;
        }
        self.next = match page.next {
            Some(cursor) => Next::After(cursor),
            None => {
                writer.write_record(self.total())?;
                Next::Nothing
            }
        };
        Ok(Some(writer.into_inner().map_err(csv::IntoInnerError::into_error)?.into()))
    }

    /// What the acts of its rules were called.
    async fn know(&mut self, case: &Case) -> Result<(), ReadError> {
        let Some(version) = case.rules.filter(|version| !self.acts.contains_key(version)) else {
            return Ok(());
        };
        let acts = self.gateway.reader.acts(version).await?;
        self.acts.insert(version, acts.into_iter().map(|act| (act.code.clone(), act)).collect());
        Ok(())
    }

    fn row(&self, case: &Case) -> Option<[String; 13]> {
        let award = award(case)?;
        let act = self.acts.get(&case.rules?).and_then(|acts| acts.get(&case.act));
        let name = |of: fn(&Act) -> &str| act.map(of).map(told).unwrap_or_default();
        Some([
            "award".to_owned(),
            self.quarter.clone(),
            award.contribution.to_string(),
            told(&award.act),
            name(|act| act.name_zh.as_str()),
            name(|act| act.name_en.as_str()),
            word(award.category),
            award.awarded_at.to_string(),
            award.minutes.to_string(),
            award.merit.to_string(),
            award.points.to_string(),
            award.rules.to_string(),
            award.reversed_at.map(|at| at.to_string()).unwrap_or_default(),
        ])
    }

    /// How many there were stands where their ids do.
    fn total(&self) -> [String; 13] {
        let none = String::new;
        let Sum { awards, minutes, merit, points } = &self.sum;
        [
            "total".to_owned(),
            self.quarter.clone(),
            awards.to_string(),
            none(),
            none(),
            none(),
            none(),
            none(),
            minutes.to_string(),
            merit.to_string(),
            points.to_string(),
            none(),
            none(),
        ]
    }
}

/// A word of a closed list, as it stands in JSON.
fn word(word: impl Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(_) | Err(_) => String::new(),
    }
}
