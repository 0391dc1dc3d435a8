//! Mediation cases from the records.

use std::collections::BTreeMap;

use linli_domain::id::{CaseId, MediatorId, OfficerId, ResidentId};
use linli_domain::mediation::{Event, Opening, Pay, Session, Settlement};
use linli_domain::{Position, Record};
use linli_readmodel::orders::{self, CaseParty, Mediator, Sitting};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of mediation.
#[derive(Default)]
pub(super) struct Cases {
    rows: BTreeMap<CaseId, orders::Case>,
    parties: BTreeMap<(CaseId, ResidentId), CaseParty>,
    mediators: BTreeMap<MediatorId, Mediator>,
    sessions: BTreeMap<Position, orders::Session>,
    sittings: BTreeMap<(Position, MediatorId), Sitting>,
}

impl Cases {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        match event {
            Event::Opened { opening, dispute } => self.open(record, opening, *dispute),
            Event::Joined { place, .. } => {
                self.mediators.insert(place.mediator, Mediator::seated(record, place));
            }
            Event::Sat(session) => self.sit(record, session),
            Event::Settled { officer, settlement, pay, .. }
            | Event::Performed { officer, settlement, pay, .. } => {
                self.word(record, event, *officer, Some(*settlement), Some(*pay));
            }
            Event::Broken { officer, settlement, .. } => {
                self.word(record, event, *officer, Some(*settlement), None);
            }
            Event::Closed { officer, tier, pay, .. } => {
                let settlement = Settlement { tier: *tier, agreement: None };
                self.word(record, event, *officer, Some(settlement), Some(*pay));
            }
            Event::Reopened { officer, .. } => self.word(record, event, *officer, None, None),
        }
    }

    fn open(&mut self, record: &Record, opening: &Opening, dispute: CaseId) {
        let case = opening.case;
        for resident in &opening.parties {
            let key = (case, *resident);
            self.parties.insert(key, CaseParty { case, resident: *resident });
        }
        self.rows.insert(case, orders::Case::opened(record, opening, dispute));
    }

    fn sit(&mut self, record: &Record, session: &Session) {
        let (position, case) = (record.position, session.case);
        for mediator in &session.sat {
            let row = Sitting { position, mediator: *mediator, case };
            self.sittings.insert((position, *mediator), row);
        }
        self.sessions.insert(position, orders::Session::held(record, session));
    }

    fn word(
        &mut self,
        record: &Record,
        event: &Event,
        officer: OfficerId,
        settlement: Option<Settlement>,
        pay: Option<Pay>,
    ) {
        let (Some(row), Some(status)) = (self.rows.get_mut(&event.case()), event.status()) else {
            return;
        };
        (row.status, row.pay) = (status, pay);
        row.tier = settlement.map(|it| it.tier);
        row.agreement = settlement.and_then(|it| it.agreement);
        (row.word_by, row.word_at) = (officer, record.recorded_at);
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let cases = self.rows.values().cloned();
        merge(snapshot, cases, |row: &orders::Case| row.case, rows).await?;
        let parties = self.parties.values().cloned();
        merge(snapshot, parties, |row: &CaseParty| (row.case, row.resident), rows).await?;
        let mediators = self.mediators.values().cloned();
        merge(snapshot, mediators, |row: &Mediator| row.mediator, rows).await?;
        let sessions = self.sessions.values().cloned();
        merge(snapshot, sessions, |row: &orders::Session| row.position, rows).await?;
        let sittings = self.sittings.values().cloned();
        merge(snapshot, sittings, |row: &Sitting| (row.position, row.mediator), rows).await
    }
}
