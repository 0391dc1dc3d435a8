//! What is added up from the records alone, to hold the state against.

use linli_domain::contribution::{self};
use linli_domain::id::ResidentId;
use linli_domain::posting::{Account, Balance};
use linli_domain::quantity::Points;
use linli_domain::statement::{self};
use linli_domain::time::Interval;
use linli_domain::{Event, Origin, Record, inspection, redemption};
use std::collections::{BTreeMap, BTreeSet};

/// Balances added up from the postings alone; fails where one is not what the sum says.
pub fn books(records: &[Record]) -> BTreeMap<Account, Balance> {
    let mut books: BTreeMap<Account, Balance> = BTreeMap::new();
    for record in records {
        let mut sum = Points::ZERO;
        for posting in &record.postings {
            let balance = books.entry(posting.account).or_default();
            *balance = balance.after(posting.amount).unwrap();
            assert_eq!((balance.points, balance.version), (posting.balance, posting.version));
            assert!(!balance.points.is_negative() || posting.account.may_be_negative());
            sum = sum.plus(posting.amount).unwrap();
        }
        assert_eq!(sum, Points::ZERO, "record {} doesn't balance", record.position);
    }
    books
}

/// The records of one command, or of one deadline.
pub fn groups(records: &[Record]) -> impl Iterator<Item = &[Record]> {
    records.chunk_by(|one, next| one.origin == next.origin && one.origin != Origin::Deadline)
}

/// No two contributions of a person that were not rejected share an instant.
pub fn nobody_is_in_two_places(records: &[Record]) {
    let mut standing: BTreeMap<ResidentId, BTreeMap<_, Interval>> = BTreeMap::new();
    for record in records {
        match &record.event {
            Event::Contribution(contribution::Event::Submitted { claim, .. }) => {
                let theirs = standing.entry(claim.resident).or_default();
                if claim.takes_time() {
                    assert!(theirs.values().all(|other| !other.overlaps(claim.happened)));
                    theirs.insert(claim.contribution, claim.happened);
                }
            }
            Event::Contribution(contribution::Event::Rejected(word)) => {
                standing.values_mut().for_each(|theirs| {
                    theirs.remove(&word.contribution);
                });
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                standing.values_mut().for_each(|theirs| {
                    theirs.remove(&reversal.word.contribution);
                });
            }
            _ => {}
        }
    }
}

/// A statement is opening + captured − returned + corrected − paid, begins where the one before
/// ended, and closes at what the account stood at.
pub fn every_statement_closes_to_the_account(records: &[Record]) {
    let (mut accounts, mut last) = (BTreeMap::new(), BTreeMap::new());
    for record in records {
        for posting in &record.postings {
            accounts.insert(posting.account, posting.balance);
        }
        let Event::Statement(statement::Event::Issued(it)) = &record.event else { continue };
        let sum = it.opening.plus(it.captured).unwrap().minus(it.returned).unwrap();
        let sum = sum.plus(it.corrected).unwrap().minus(it.paid).unwrap();
        assert_eq!(sum, it.closing);
        let account = accounts.get(&Account::Supplier(it.issue.supplier)).copied();
        assert_eq!(account.unwrap_or_default(), it.closing.points);
        let before = last.insert(it.issue.supplier, (it.closing, record.position));
        assert_eq!(before.unwrap_or_default(), (it.opening, it.since));
    }
}

/// Each hold ends at most once, each contribution has at most one award that is reversed at most once
/// and once more if it was restored, and never more comes back than was handed out.
pub fn nothing_happens_twice(records: &[Record]) {
    let (mut ends, mut awards) = (BTreeMap::new(), BTreeMap::new());
    let (mut reversals, mut looks, mut restored) =
        (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    let (mut out, mut back) = (BTreeMap::new(), BTreeMap::new());
    for record in records {
        match &record.event {
            Event::Redemption(redemption::Event::Reserved { .. }) => {}
            Event::Redemption(redemption::Event::Returned(it)) => {
                for line in &it.slip.lines {
                    *back.entry((it.slip.redemption, line.item)).or_insert(0) += line.quantity;
                }
            }
            Event::Redemption(event) => {
                *ends.entry(event.slip().redemption).or_insert(0) += 1;
                let handed = match event {
                    redemption::Event::Captured(slip)
                    | redemption::Event::Sold(slip)
                    | redemption::Event::PartCaptured { handed: slip, .. } => &slip.lines[..],
                    _ => &[],
                };
                for line in handed {
                    out.insert((event.slip().redemption, line.item), line.quantity);
                }
            }
            Event::Contribution(contribution::Event::Awarded(award)) => {
                *awards.entry(award.contribution).or_insert(0) += 1;
            }
            // It may be reversed once more, and that stands.
            Event::Contribution(contribution::Event::Restored(it)) => {
                let id = it.award.contribution;
                assert!(reversals.insert(id, 0) == Some(1) && restored.insert(id));
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                *reversals.entry(reversal.word.contribution).or_insert(0) += 1;
            }
            Event::Inspection(inspection::Event::Inspected { word, .. }) => {
                *looks.entry(word.contribution).or_insert(0) += 1;
            }
            _ => {}
        }
    }
    assert!(ends.values().all(|count| *count == 1));
    assert!(awards.values().all(|count| *count == 1));
    assert!(reversals.iter().all(|(id, n)| *n <= 1 && awards.contains_key(id)));
    assert!(looks.values().all(|count| *count == 1));
    // Never more came back than was handed out.
    assert!(back.iter().all(|(line, count)| out.get(line) >= Some(count)));
}
