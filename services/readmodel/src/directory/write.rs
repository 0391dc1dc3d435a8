//! Changes of the directory.

use std::collections::BTreeMap;

use linli_domain::id::{AreaId, CommitteeId, EstateId, OfficerId, ResidentId};
use linli_domain::time::Timestamp;

use super::{
    Act, Alert, AlertEnding, Area, Calling, Carding, CommitteeSeat, Enrolment, Erasing, Estate,
    EstateCommittee, EstateForm, Household, Joining, Moving, Officer, Pool, Ranking, Resident,
    Retirement, RuleSet, SeatLeft, Star, Station, Supplier, Team,
};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in the directory. What residents do who were registered in the
/// same batch is put into their rows; of officers, new rows are written before changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table or a change to one, told there")]
pub struct Changes {
    pub areas: Vec<Area>,
    pub officers: Vec<Officer>,
    pub retirements: BTreeMap<OfficerId, Retirement>,
    pub households: Vec<Household>,
    pub residents: BTreeMap<ResidentId, Resident>,
    pub movings: BTreeMap<ResidentId, Moving>,
    pub cardings: BTreeMap<ResidentId, Carding>,
    pub enrolments: BTreeMap<ResidentId, Enrolment>,
    pub rankings: BTreeMap<ResidentId, Ranking>,
    pub callings: BTreeMap<ResidentId, Calling>,
    pub erasings: BTreeMap<ResidentId, Erasing>,
    pub stations: Vec<Station>,
    pub suppliers: Vec<Supplier>,
    pub pools: Vec<Pool>,
    pub rule_sets: Vec<RuleSet>,
    pub stars: Vec<Star>,
    pub acts: Vec<Act>,
    pub teams: Vec<Team>,
    pub alerts: Vec<Alert>,
    pub alert_endings: BTreeMap<(AreaId, Timestamp), AlertEnding>,
    pub joinings: BTreeMap<ResidentId, Joining>,
    pub estates: BTreeMap<EstateId, Estate>,
    pub estate_forms: BTreeMap<EstateId, EstateForm>,
    pub estate_committees: BTreeMap<EstateId, EstateCommittee>,
    pub committee_seats: BTreeMap<(CommitteeId, u8), CommitteeSeat>,
    pub seats_left: BTreeMap<(CommitteeId, u8), SeatLeft>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Directory;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.insert(&self.areas).await?;
        writer.insert(&self.alerts).await?;
        writer.change(self.alert_endings.values()).await?;
        writer.insert(&self.officers).await?;
        writer.change(self.retirements.values()).await?;
        writer.insert(&self.households).await?;
        writer.insert(self.residents.values()).await?;
        writer.change(self.movings.values()).await?;
        writer.change(self.cardings.values()).await?;
        writer.change(self.enrolments.values()).await?;
        writer.change(self.rankings.values()).await?;
        writer.change(self.callings.values()).await?;
        writer.change(self.erasings.values()).await?;
        writer.insert(&self.stations).await?;
        writer.insert(&self.suppliers).await?;
        writer.insert(&self.pools).await?;
        writer.insert(&self.rule_sets).await?;
        writer.insert(&self.stars).await?;
        writer.insert(&self.acts).await?;
        writer.insert(&self.teams).await?;
        writer.change(self.joinings.values()).await?;
        writer.insert(self.estates.values()).await?;
        writer.change(self.estate_forms.values()).await?;
        writer.change(self.estate_committees.values()).await?;
        writer.insert(self.committee_seats.values()).await?;
        writer.change(self.seats_left.values()).await
    }
}
