//! Changes of the directory.

use std::collections::BTreeMap;

use linli_domain::id::{OfficerId, ResidentId};

use super::{
    Act, Area, Enrolment, Household, Officer, Pool, Ranking, Resident, Retirement, RuleSet, Star,
    Station, Supplier,
};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in the directory. New rows are written before changes to
/// rows, so that both may be in one batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table or a change to one, told there")]
pub struct Changes {
    pub areas: Vec<Area>,
    pub officers: Vec<Officer>,
    pub retirements: BTreeMap<OfficerId, Retirement>,
    pub households: Vec<Household>,
    pub residents: Vec<Resident>,
    pub enrolments: BTreeMap<ResidentId, Enrolment>,
    pub rankings: BTreeMap<ResidentId, Ranking>,
    pub stations: Vec<Station>,
    pub suppliers: Vec<Supplier>,
    pub pools: Vec<Pool>,
    pub rule_sets: Vec<RuleSet>,
    pub stars: Vec<Star>,
    pub acts: Vec<Act>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Directory;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.upsert(&self.areas).await?;
        writer.upsert(&self.officers).await?;
        writer.change(self.retirements.values()).await?;
        writer.upsert(&self.households).await?;
        writer.upsert(&self.residents).await?;
        writer.change(self.enrolments.values()).await?;
        writer.change(self.rankings.values()).await?;
        writer.upsert(&self.stations).await?;
        writer.upsert(&self.suppliers).await?;
        writer.upsert(&self.pools).await?;
        writer.upsert(&self.rule_sets).await?;
        writer.upsert(&self.stars).await?;
        writer.upsert(&self.acts).await
    }
}
