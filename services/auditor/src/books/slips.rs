//! What slips and recalls have to come to, by their postings.

use linli_domain::posting::{Account, Posting};
use linli_domain::redemption::Slip;
use linli_domain::wallet::{LotTaken, Recall};

use super::{Broken, Rule};

/// The account that funders, suppliers and losses have below zero.
pub(super) const fn may_be_negative(account: Account) -> bool {
    matches!(
        account,
        Account::Funder(_)
            | Account::Claims(_)
            | Account::Supplier(_)
            | Account::Loss(_)
            | Account::Settled(_)
            | Account::Corrected(_)
    )
}

/// What is taken of lots, together.
pub(super) fn sum_of(parts: &[LotTaken]) -> i128 {
    parts.iter().fold(0_i128, |sum, part| sum.saturating_add(i128::from(part.points.hundredths())))
}

/// What the lines of a slip come to.
pub(super) fn priced(slip: &Slip) -> i128 {
    slip.lines.iter().fold(0_i128, |sum, line| {
        let price = i128::from(line.price.hundredths());
        sum.saturating_add(price.saturating_mul(i128::from(line.quantity)))
    })
}

/// The slips together are what is posted.
pub(super) fn check_slip(
    slips: &[&Slip],
    postings: &[Posting],
    from: Account,
    broken: &mut Vec<Broken>,
) {
    let all = |of: fn(&Slip) -> i128| slips.iter().map(|slip| of(slip)).sum::<i128>();
    let total = all(|slip| i128::from(slip.total.hundredths()));
    let lines = all(priced);
    let lots = all(|slip| sum_of(&slip.lots));
    let posted = posted_to(postings, from).saturating_neg();
    if [lines, lots, posted] != [total; 3] {
        broken.push((
            Rule::SlipSum,
            format!("total {total}, lines {lines}, lots {lots}, posted {posted} hundredths"),
        ));
    }
}

/// What goes back leaves the wallet for the pool, and what is owed is owed to the pool.
pub(super) fn check_recall(recall: &Recall, postings: &[Posting], broken: &mut Vec<Broken>) {
    let back = sum_of(&recall.back);
    let owed = i128::from(recall.owed.hundredths());
    let said = [back.saturating_neg(), back, owed, owed.saturating_neg()];
    let (resident, pool) = (recall.resident, recall.pool);
    let posted = [
        Account::Available(resident),
        Account::Pool(pool),
        Account::Receivable(resident),
        Account::Claims(pool),
    ]
    .map(|account| posted_to(postings, account));
    if said != posted {
        broken.push((
            Rule::RecallPosted,
            format!("it says {back} hundredths back and {owed} owed, posted are {posted:?}"),
        ));
    }
}

/// What the postings do to one account, in hundredths.
pub(super) fn posted_to(postings: &[Posting], account: Account) -> i128 {
    postings
        .iter()
        .filter(|posting| posting.account == account)
        .fold(0_i128, |sum, posting| sum.saturating_add(i128::from(posting.amount.hundredths())))
}
