//! Stored time from the records: what accounts stand at, asks, and netting statements.

use std::collections::BTreeMap;

use linli_domain::Record;
use linli_domain::id::ResidentId;
use linli_domain::time_bank::Event;
use linli_readmodel::balances::{TimeAsk, TimeBalance, TimeHolder, TimeNetting};
use linli_readmodel::{ReadError, Snapshot, Uuid};

use super::Rows;
use super::merge::merge;

/// What records tell of stored time.
#[derive(Default)]
pub(super) struct StoredTime {
    balances: BTreeMap<(TimeHolder, Uuid), TimeBalance>,
    asks: BTreeMap<ResidentId, TimeAsk>,
    nettings: BTreeMap<u32, TimeNetting>,
}

impl StoredTime {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        let position = record.position;
        for step in event.moves() {
            let (holder, id) = TimeBalance::key(step.account);
            let unmoved = TimeBalance { holder, id, minutes: 0, position };
            let row = self.balances.entry((holder, id)).or_insert(unmoved);
            (row.minutes, row.position) = (row.minutes.saturating_add(step.minutes), position);
        }
        let over = match event {
            Event::Asked { ask, rank, lapses_at } => {
                let (resident, minutes, mark) = (ask.resident, ask.minutes, *rank);
                let lapses_at = *lapses_at;
                let row = TimeAsk { resident, minutes, mark, position, lapses_at, ended: None };
                self.asks.insert(resident, row);
                return;
            }
            Event::Granted { ask, .. } => ask.resident,
            Event::Withdrawn(resident) | Event::AskLapsed(resident) => *resident,
            Event::Netted { officer, netting } => {
                let (number, officer) = (netting.number, *officer);
                let row = TimeNetting { number, position, netted_at: record.recorded_at, officer };
                self.nettings.insert(number, row);
                return;
            }
            Event::Marked(_)
            | Event::KinLinked(_)
            | Event::Stored { .. }
            | Event::Given { .. }
            | Event::TakenBack { .. }
            | Event::Closed { .. }
            | Event::Followed { .. } => return,
        };
        if let Some(row) = self.asks.get_mut(&over) {
            row.ended = Some(position);
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let balances = self.balances.values().cloned();
        merge(snapshot, balances, |row: &TimeBalance| (row.holder, row.id), rows).await?;
        let asks = self.asks.values().cloned();
        merge(snapshot, asks, |row: &TimeAsk| row.resident, rows).await?;
        merge(snapshot, self.nettings.values().cloned(), |row: &TimeNetting| row.number, rows).await
    }
}
