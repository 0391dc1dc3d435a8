//! Who waits for goods, from the records.

use std::collections::BTreeMap;

use linli_domain::id::RedemptionId;
use linli_domain::queue::{Event, Status};
use linli_domain::{Origin, Record, redemption};
use linli_readmodel::redemptions::Wait;
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of waits.
#[derive(Default)]
pub(super) struct Queues {
    rows: BTreeMap<RedemptionId, Wait>,
}

impl Queues {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        let request = event.request();
        let row = self.rows.entry(request.redemption).or_insert_with(|| Wait {
            redemption: request.redemption,
            resident: request.resident,
            station: request.station,
            item: request.item,
            quantity: request.quantity,
            position: record.position,
            recorded_at: record.recorded_at,
            status: Status::Waiting,
            ended_position: None,
            ended_at: None,
            unfit: None,
            by_station: false,
        });
        match event {
            Event::Joined(_) => return,
            Event::Left { station, .. } => row.by_station = station.is_some(),
            Event::PassedOver { why, .. } => row.unfit = Some(*why),
        }
        over(row, record, event.status());
    }

    /// What was reserved by itself was waited for.
    pub(super) fn redeemed(&mut self, record: &Record, event: &redemption::Event) {
        let redemption::Event::Reserved { slip, .. } = event else { return };
        if record.origin == Origin::Deadline
            && let Some(row) = self.rows.get_mut(&slip.redemption)
        {
            over(row, record, Status::Served);
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        merge(snapshot, self.rows.values().cloned(), |row: &Wait| row.redemption, rows).await
    }
}

fn over(row: &mut Wait, record: &Record, status: Status) {
    row.status = status;
    row.ended_position = Some(record.position);
    row.ended_at = Some(record.recorded_at);
}
