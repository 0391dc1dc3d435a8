//! Changes of rankings.

use std::collections::BTreeMap;

use deadpool_postgres::GenericClient;
use linli_domain::id::{AreaId, EstateId, ResidentId};
use linli_domain::rules::RuleVersion;
use linli_domain::text::Code;
use linli_domain::time::{Period, Zone};

use super::{Calendar, EstateScore, Member, PaperRow, PaperYear, ReportRow, Score, TitleRow};
use crate::cell::Cell as _;
use crate::error::{ReadError, WriteError};
use crate::projection::Projection;
use crate::table::cell;
use crate::write::Writer;

/// What a batch of records changes in rankings: in the scores, how much is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table, told there")]
pub struct Changes {
    pub scores: BTreeMap<(Period, AreaId, ResidentId), Score>,
    pub estate_scores: BTreeMap<(Period, EstateId), EstateScore>,
    pub members: BTreeMap<ResidentId, Member>,
    pub calendars: Vec<Calendar>,
    pub titles: Vec<TitleRow>,
    pub papers: Vec<PaperRow>,
    pub paper_years: Vec<PaperYear>,
    pub reports: Vec<ReportRow>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Rankings;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.upsert(self.scores.values()).await?;
        writer.upsert(self.estate_scores.values()).await?;
        writer.upsert(self.members.values()).await?;
        writer.insert(&self.calendars).await?;
        writer.insert(&self.titles).await?;
        writer.insert(&self.papers).await?;
        writer.insert(&self.paper_years).await?;
        writer.insert(&self.reports).await
    }
}

/// The clocks of all rule sets so far, which a fold needs to tell in which week a service ended.
///
/// # Errors
///
/// [`ReadError`].
pub async fn zones(
    client: &impl GenericClient,
    schema: &str,
    district: &Code,
) -> Result<BTreeMap<RuleVersion, Zone>, ReadError> {
    let text =
        format!("SELECT version, zone_offset_seconds FROM {schema}.calendar WHERE district = $1");
    let rows = client.query(&text, &[&district.wire()]).await?;
    let zones = rows.iter().map(|row| {
        let at = &mut 0;
        Ok((cell(row, at, "version")?, cell(row, at, "zone_offset_seconds")?))
    });
    zones.collect::<Result<_, _>>().map_err(ReadError::Row)
}
