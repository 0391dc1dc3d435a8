//! Changes of orders.

use std::collections::BTreeMap;

use linli_domain::id::{
    ActivityId, AidId, CaseId, HazardId, MediatorId, OrderId, ResidentId, SeatId, WhistleId,
};

use super::{
    Activity, Aid, CallOff, Case, CaseParty, CaseWord, Hazard, Mediator, Order, Pause, Seat,
    SeatArrival, SeatEnd, SeatTaken, Session, Sitting, Step, Whistle,
};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in orders: whole rows, as they stand after it;
/// of activities, seats and mediation cases what is new, and what became of those that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table, told there")]
pub struct Changes {
    pub hazards: BTreeMap<HazardId, Hazard>,
    pub pauses: BTreeMap<ResidentId, Pause>,
    pub orders: BTreeMap<OrderId, Order>,
    pub whistles: BTreeMap<WhistleId, Whistle>,
    pub aids: BTreeMap<AidId, Aid>,
    pub steps: Vec<Step>,
    pub activities: BTreeMap<ActivityId, Activity>,
    pub called_off: BTreeMap<ActivityId, CallOff>,
    pub seats: BTreeMap<SeatId, Seat>,
    pub seats_taken: BTreeMap<SeatId, SeatTaken>,
    pub arrivals: BTreeMap<SeatId, SeatArrival>,
    pub seat_ends: BTreeMap<SeatId, SeatEnd>,
    pub cases: BTreeMap<CaseId, Case>,
    pub case_words: BTreeMap<CaseId, CaseWord>,
    pub case_parties: Vec<CaseParty>,
    pub mediators: BTreeMap<MediatorId, Mediator>,
    pub sessions: Vec<Session>,
    pub sittings: Vec<Sitting>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Orders;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.upsert(self.hazards.values()).await?;
        writer.upsert(self.pauses.values()).await?;
        writer.upsert(self.orders.values()).await?;
        writer.upsert(self.whistles.values()).await?;
        writer.upsert(self.aids.values()).await?;
        writer.insert(&self.steps).await?;
        writer.insert(self.activities.values()).await?;
        writer.change(self.called_off.values()).await?;
        writer.insert(self.seats.values()).await?;
        // In this order: whoever got a seat in this batch may have come and gone in it as well.
        writer.change(self.seats_taken.values()).await?;
        writer.change(self.arrivals.values()).await?;
        writer.change(self.seat_ends.values()).await?;
        writer.insert(self.cases.values()).await?;
        writer.change(self.case_words.values()).await?;
        writer.insert(&self.case_parties).await?;
        writer.insert(self.mediators.values()).await?;
        writer.insert(&self.sessions).await?;
        writer.insert(&self.sittings).await
    }
}
