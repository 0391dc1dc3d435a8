//! Estates and their committees in the directory.

use linli_domain::Record;
use linli_domain::estate::{Event, ManagementForm};
use linli_domain::id::{CommitteeId, EstateId};
use linli_domain::time::Timestamp;
use linli_readmodel::directory::{
    Changes, CommitteeSeat, Estate, EstateCommittee, EstateForm, SeatLeft,
};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    match event {
        Event::Registered(it) => {
            changes.estates.insert(it.estate, Estate::registered(record, it));
        }
        Event::FormSet { estate, form } => {
            match changes.estates.get_mut(estate) {
                Some(row) => row.form = *form,
                None => {
                    let row = EstateForm { estate: *estate, form: *form };
                    changes.estate_forms.insert(*estate, row);
                }
            }
            if *form != ManagementForm::RedCommittee {
                sits(changes, *estate, None);
            }
        }
        Event::Elected(it) => {
            sits(changes, it.estate, Some((it.committee, it.until)));
            let seats = CommitteeSeat::elected(it).map(|seat| ((seat.committee, seat.place), seat));
            changes.committee_seats.extend(seats);
        }
        Event::Left { committee, place, .. } => {
            let (key, left_at) = ((*committee, *place), Some(record.recorded_at));
            match changes.committee_seats.get_mut(&key) {
                Some(row) => row.left_at = left_at,
                None => {
                    let row = SeatLeft { committee: *committee, place: *place, left_at };
                    changes.seats_left.insert(key, row);
                }
            }
        }
        Event::TermEnded { estate, .. } => sits(changes, *estate, None),
    }
}

fn sits(changes: &mut Changes, estate: EstateId, committee: Option<(CommitteeId, Timestamp)>) {
    let (committee, until) = committee.unzip();
    match changes.estates.get_mut(&estate) {
        Some(row) => (row.committee, row.until) = (committee, until),
        None => {
            let row = EstateCommittee { estate, committee, until };
            changes.estate_committees.insert(estate, row);
        }
    }
}
