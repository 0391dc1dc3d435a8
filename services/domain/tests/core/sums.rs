//! What is added up from the records alone, to hold the state against.

use linli_domain::contribution::{self};
use linli_domain::id::ResidentId;
use linli_domain::posting::{Account, Balance};
use linli_domain::quantity::Points;
use linli_domain::statement::{self};
use linli_domain::time::Interval;
use linli_domain::{Event, Origin, Record};
use std::collections::BTreeMap;

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
