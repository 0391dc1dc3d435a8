//! Estates and their committees from the records.

use std::collections::BTreeMap;

use linli_domain::Record;
use linli_domain::estate::{Event, ManagementForm};
use linli_domain::id::{CommitteeId, EstateId};
use linli_readmodel::directory::{CommitteeSeat, Estate};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of estates.
#[derive(Default)]
pub(super) struct Estates {
    rows: BTreeMap<EstateId, Estate>,
    seats: BTreeMap<(CommitteeId, u8), CommitteeSeat>,
}

impl Estates {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        if let Event::Registered(it) = event {
            self.rows.insert(it.estate, Estate::registered(record, it));
        }
        let Some(row) = self.rows.get_mut(&event.estate()) else { return };
        match event {
            Event::Registered(_) => {}
            Event::FormSet { form, .. } => {
                row.form = *form;
                if *form != ManagementForm::RedCommittee {
                    (row.committee, row.until) = (None, None);
                }
            }
            Event::Elected(it) => {
                (row.committee, row.until) = (Some(it.committee), Some(it.until));
                let seats = CommitteeSeat::elected(it);
                self.seats.extend(seats.map(|seat| ((seat.committee, seat.place), seat)));
            }
            Event::Left { committee, place, .. } => {
                let seat = self.seats.get_mut(&(*committee, *place));
                seat.into_iter().for_each(|seat| seat.left_at = Some(record.recorded_at));
            }
            Event::TermEnded { .. } => (row.committee, row.until) = (None, None),
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        merge(snapshot, self.rows.values().cloned(), |row: &Estate| row.estate, rows).await?;
        let seats = self.seats.values().cloned();
        merge(snapshot, seats, |row: &CommitteeSeat| (row.committee, row.place), rows).await
    }
}
