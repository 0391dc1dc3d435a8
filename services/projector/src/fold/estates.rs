//! Estates and their committees in the directory.

use linli_domain::Record;
use linli_domain::estate::{Committee, Event, ManagementForm, Member};
use linli_domain::id::{CommitteeId, EstateId};
use linli_domain::time::Timestamp;
use linli_readmodel::directory::{
    Changes, CommitteeSeat, Estate, EstateCommittee, EstateForm, SeatLeft,
};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    match event {
        Event::Registered(it) => {
            let row = Estate {
                estate: it.estate,
                area: it.area,
                name_zh: it.name.zh.clone(),
                name_en: it.name.en.clone(),
                position: record.position,
                form: it.form,
                committee: None,
                until: None,
            };
            changes.estates.insert(it.estate, row);
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
            seated(changes, it);
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

fn seated(changes: &mut Changes, it: &Committee) {
    for (place, member) in (1_u8..).zip(&it.members) {
        let (resident, officer) = match member {
            Member::Resident(resident) => (Some(*resident), None),
            Member::Officer(officer) => (None, Some(*officer)),
        };
        let (committee, estate) = (it.committee, it.estate);
        let row = CommitteeSeat { committee, place, estate, resident, officer, left_at: None };
        changes.committee_seats.insert((committee, place), row);
    }
}
