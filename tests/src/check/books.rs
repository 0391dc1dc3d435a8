//! C3 and C4: double entry, by a fold that shares nothing with the core's.

use std::collections::{BTreeMap, HashMap};

use linli_domain::posting::Account;

use super::{Checked, unless};
use crate::evidence::{Evidence, LoggedRecord};

/// What an account amounts to, and how many postings made it so.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    hundredths: i64,
    postings: u64,
}

/// Postings of a record sum to zero; balance and version of each posting are those of the sum of
/// all postings before it and itself; and all accounts together are zero at the end.
pub(super) fn postings_add_up(evidence: &Evidence) -> Checked {
    let holds = "postings sum to zero, and balances and versions follow from them";
    let mut checked = Checked::new("C3", holds, "records");
    let mut sums: HashMap<Account, Sum> = HashMap::new();
    for LoggedRecord { position, record, .. } in &evidence.records {
        let total: i64 = record.postings.iter().map(|posting| posting.amount.hundredths()).sum();
        let mut wrong = unless(total == 0, || format!("{position}: postings sum to {total}"));
        for posting in &record.postings {
            let sum = sums.entry(posting.account).or_default();
            sum.hundredths += posting.amount.hundredths();
            sum.postings += 1;
            let told = (posting.balance.hundredths(), posting.version);
            wrong = wrong.or(unless(told == (sum.hundredths, sum.postings), || {
                let account = posting.account;
                format!("{position}: {account:?} is told to be {told:?} and is {sum:?}")
            }));
        }
        checked.look(wrong);
    }
    let all: i64 = sums.values().map(|sum| sum.hundredths).sum();
    unless(all == 0, || format!("all accounts sum to {all}"))
        .into_iter()
        .for_each(|finding| checked.find(finding));
    checked
}

/// At no position is an account below zero, but a funder's.
pub(super) fn nothing_is_overdrawn(evidence: &Evidence) -> Checked {
    let holds = "no account but a funder's is below zero at any position";
    let mut checked = Checked::new("C4", holds, "postings");
    let mut sums: HashMap<Account, i64> = HashMap::new();
    for LoggedRecord { position, record, .. } in &evidence.records {
        for posting in &record.postings {
            let sum = sums.entry(posting.account).or_default();
            *sum += posting.amount.hundredths();
            let may = matches!(
                posting.account,
                Account::Funder(_) | Account::Claims(_) | Account::Supplier(_) | Account::Loss(_)
            );
            checked.look(unless(may || *sum >= 0, || {
                format!("{position}: {:?} is at {sum}", posting.account)
            }));
        }
    }
    checked
}

/// A resident's points from a position on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) from: u64,
    pub(super) available: i64,
    pub(super) held: i64,
}

/// What each resident had at every position, by the resident's id: a line for each change.
pub(super) fn standings(records: &[LoggedRecord]) -> BTreeMap<String, Vec<Standing>> {
    let mut all: BTreeMap<String, Vec<Standing>> = BTreeMap::new();
    for LoggedRecord { position, record, .. } in records {
        for posting in &record.postings {
            let amount = posting.amount.hundredths();
            let (resident, available, held) = match posting.account {
                Account::Available(resident) => (resident, amount, 0),
                Account::Held(resident) => (resident, 0, amount),
                Account::Funder(_)
                | Account::Pool(_)
                | Account::Supplier(_)
                | Account::Expired(_)
                | Account::Receivable(_)
                | Account::Claims(_)
                | Account::Loss(_)
                | Account::Settled(_)
                | Account::Corrected(_) => continue,
            };
            let lines = all.entry(resident.to_string()).or_default();
            let before = lines.last().copied().unwrap_or_default();
            let after = Standing {
                from: *position,
                available: before.available + available,
                held: before.held + held,
            };
            match lines.last_mut() {
                Some(last) if last.from == *position => *last = after,
                _ => lines.push(after),
            }
        }
    }
    all
}
