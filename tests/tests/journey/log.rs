//! What an auditor reads.

use linli_api::fact::Fact;
use linli_api::log::{Account, Origin};

use crate::{audited, place};

#[tokio::test(flavor = "multi_thread")]
async fn every_record_is_there_for_whoever_audits() {
    let (system, place) = place().await;
    let decided = place.serve(&place.people.chen, "PW-1", 60).await.unwrap();
    let head = place.auditor.log_head().await.unwrap().body;
    assert_eq!((head.position, head.district.as_str()), (decided.last, system.district()));

    let mut records = Vec::new();
    loop {
        let after = u64::try_from(records.len()).unwrap();
        let page = place.auditor.log_records(after, 7).await.unwrap().body;
        if page.records.is_empty() {
            break;
        }
        records.extend(page.records);
    }
    let positions: Vec<u64> = records.iter().map(|record| record.position).collect();
    assert_eq!(positions, (1..=head.position).collect::<Vec<_>>());
    assert!(records.is_sorted_by_key(|record| record.recorded_at.clone()));
    assert!(matches!(records[0].event, Fact::RulesPublished(_)));

    let [.., verified, awarded] = records.as_slice() else { panic!("{records:?}") };
    assert!(matches!(verified.event, Fact::ContributionVerified(_)));
    let Fact::ContributionAwarded(award) = &awarded.event else { panic!("{awarded:?}") };
    assert_eq!(Some(award), decided.changed.award.as_ref());
    assert_eq!(awarded.origin, verified.origin, "one command led to both");
    assert!(matches!(awarded.origin, Origin::Command { .. }));
    let moved: Vec<(&Account, &str, &str)> = awarded
        .postings
        .iter()
        .map(|posting| (&posting.account, posting.amount.as_str(), posting.balance.as_str()))
        .collect();
    let pool = Account::Pool(place.pools["street"].clone());
    let available = Account::Available(place.people.chen.resident.clone());
    assert_eq!(moved, [(&pool, "-1.00", "99999.00"), (&available, "1.00", "1.00")]);
    let one = place.auditor.log_record(awarded.position).await.unwrap().body;
    assert_eq!(one, *awarded);
    audited(system, &place).await;
}
