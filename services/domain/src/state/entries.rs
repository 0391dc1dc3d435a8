//! Postings: what each fact does to points.

use std::collections::BTreeMap;

use crate::award::Award;
use crate::booking::{self, Ended};
use crate::contribution::Restoration;
use crate::id::{ResidentId, SupplierId};
use crate::posting::{Account, Balance, Entry, Posting};
use crate::quantity::Points;
use crate::redemption::{self, Line, Return, Slip};
use crate::statement;
use crate::wallet::{Closing, LotTaken, Recall};
use crate::{
    Contradiction, Event, Position, State, allowance, contribution, pool, voucher, wallet,
};

use super::Law;

/// The entries that a fact leads to; they sum to zero. `None` if an amount runs past its range.
pub(super) fn entries(event: &Event) -> Option<Vec<Entry>> {
    match event {
        Event::Pool(pool::Event::Funded(funding)) => Some(vec![
            Entry { account: Account::Funder(funding.pool), amount: funding.points.negated() },
            Entry { account: Account::Pool(funding.pool), amount: funding.points },
        ]),
        Event::Contribution(contribution::Event::Awarded(award)) => awarded(award),
        Event::Contribution(contribution::Event::Reversed(reversal)) => {
            reversal.recall.as_ref().map_or(Some(Vec::new()), recalled)
        }
        Event::Contribution(contribution::Event::Restored(it)) => Some(restored(it)),
        Event::Wallet(wallet::Event::LotRecalled(recall)) => recalled(recall),
        Event::Allowance(allowance::Event::Counted(it)) => counted(it),
        Event::Wallet(wallet::Event::Closed(closing)) => closed(closing),
        Event::Redemption(event) => redeemed(event),
        Event::Voucher(event) => of_voucher(event),
        Event::Booking(event) => booked(event),
        Event::Wallet(wallet::Event::LotExpired { resident, lapsed }) => Some(vec![
            Entry { account: Account::Available(*resident), amount: lapsed.points.negated() },
            Entry { account: Account::Expired(lapsed.pool), amount: lapsed.points },
        ]),
        Event::Contribution(
            contribution::Event::Submitted { .. }
            | contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_),
        )
        | Event::Pool(pool::Event::Opened(_))
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Team(_)
        | Event::Activity(_)
        | Event::Inspection(_)
        | Event::Area(_)
        | Event::Household(_)
        | Event::Resident(_)
        | Event::Officer(_)
        | Event::Station(_)
        | Event::Operator(_)
        | Event::Allowance(
            allowance::Event::Granted { .. }
            | allowance::Event::Reported { .. }
            | allowance::Event::Ended { .. },
        )
        | Event::Supplier(_)
        | Event::Rules(_)
        | Event::Item(_)
        | Event::Queue(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Estate(_) => Some(Vec::new()),
        Event::Statement(event) => Some(stated(event)),
        Event::Resource(_) | Event::TimeBank(_) => Some(Vec::new()),
    }
}

/// A correction moves a supplier's account against what disputes moved; a payment takes it out.
fn stated(event: &statement::Event) -> Vec<Entry> {
    let pair = |from, to, amount: Points| {
        let mut entries =
            vec![Entry { account: from, amount: amount.negated() }, Entry { account: to, amount }];
        entries.retain(|entry| !entry.amount.is_zero());
        entries
    };
    match event {
        statement::Event::Resolved { supplier, correction, .. } => {
            pair(Account::Corrected(*supplier), Account::Supplier(*supplier), correction.points)
        }
        statement::Event::Settled { supplier, paid, .. } => {
            pair(Account::Supplier(*supplier), Account::Settled(*supplier), paid.points)
        }
        statement::Event::Issued(_) | statement::Event::Disputed { .. } => Vec::new(),
    }
}

/// From the pool to the resident, but for what repays what is owed, which goes to the pools that it
/// is owed to.
fn awarded(award: &Award) -> Option<Vec<Entry>> {
    let Some(issue) = award.issue else { return Some(Vec::new()) };
    let mut entries = vec![
        Entry { account: Account::Pool(issue.pool), amount: issue.points.negated() },
        Entry { account: Account::Available(award.resident), amount: award.kept()? },
    ];
    for part in &award.repaid {
        let receivable = Account::Receivable(award.resident);
        let (more, less) = (part.points, part.points.negated());
        add(&mut entries, receivable, less)?;
        add(&mut entries, Account::Claims(part.pool), more)?;
        add(&mut entries, Account::Pool(part.pool), more)?;
    }
    Some(entries)
}

/// Back to the pool what can be spent; what was spent is owed to it.
fn recalled(recall: &Recall) -> Option<Vec<Entry>> {
    let Recall { resident, pool, owed, .. } = *recall;
    let back = recall.returned()?;
    let mut entries = vec![
        Entry { account: Account::Available(resident), amount: back.negated() },
        Entry { account: Account::Pool(pool), amount: back },
        Entry { account: Account::Receivable(resident), amount: owed },
        Entry { account: Account::Claims(pool), amount: owed.negated() },
    ];
    entries.retain(|entry| !entry.amount.is_zero());
    Some(entries)
}

/// From the pool again what came back to it; what was spent is owed no longer.
fn restored(it: &Restoration) -> Vec<Entry> {
    let Some(issue) = it.award.issue else { return Vec::new() };
    let (resident, pool) = (it.award.resident, issue.pool);
    let points = it.back.map_or(Points::ZERO, |part| part.points);
    let mut entries = vec![
        Entry { account: Account::Pool(pool), amount: points.negated() },
        Entry { account: Account::Available(resident), amount: points },
        Entry { account: Account::Receivable(resident), amount: it.forgiven.negated() },
        Entry { account: Account::Claims(pool), amount: it.forgiven },
    ];
    entries.retain(|entry| !entry.amount.is_zero());
    entries
}

/// What could be spent lapses, by pool; what was owed is written off against the pools that it was
/// owed to.
fn closed(closing: &Closing) -> Option<Vec<Entry>> {
    let Closing { resident, lapsed, forgiven } = closing;
    let sum = LotTaken::sum(lapsed)?;
    let mut entries = vec![Entry { account: Account::Available(*resident), amount: sum.negated() }];
    entries.extend(less_lapsed(sum, lapsed)?.1);
    for debt in forgiven {
        add(&mut entries, Account::Receivable(*resident), debt.owed.negated())?;
        add(&mut entries, Account::Claims(debt.pool), debt.owed)?;
    }
    entries.retain(|entry| !entry.amount.is_zero());
    Some(entries)
}

/// Adds to an account's entry: a record posts to an account once.
fn add(entries: &mut Vec<Entry>, account: Account, amount: Points) -> Option<()> {
    match entries.iter_mut().find(|entry| entry.account == account) {
        Some(entry) => entry.amount = entry.amount.plus(amount)?,
        None => entries.push(Entry { account, amount }),
    }
    Some(())
}

fn redeemed(event: &redemption::Event) -> Option<Vec<Entry>> {
    let slip = event.slip();
    let (available, held) = (Account::Available(slip.resident), Account::Held(slip.resident));
    let mut entries = match event {
        redemption::Event::Reserved { .. } => vec![
            Entry { account: available, amount: slip.total.negated() },
            Entry { account: held, amount: slip.total },
        ],
        redemption::Event::Captured(slip) => paid(held, slip)?,
        redemption::Event::PartCaptured { handed, rest, lapsed } => {
            let (back, lapsed) = less_lapsed(rest.total, lapsed)?;
            let all = handed.total.plus(rest.total)?;
            let mut entries = vec![Entry { account: held, amount: all.negated() }];
            for (supplier, amount) in by_supplier(&handed.lines)? {
                entries.push(Entry { account: Account::Supplier(supplier), amount });
            }
            entries.push(Entry { account: available, amount: back });
            entries.extend(lapsed);
            entries
        }
        redemption::Event::Sold(slip) => paid(available, slip)?,
        redemption::Event::Voided { lapsed, .. } | redemption::Event::TimedOut { lapsed, .. } => {
            given_back(slip, lapsed)?
        }
        redemption::Event::Returned(it) => returned(it)?,
    };
    entries.retain(|entry| !entry.amount.is_zero());
    Some(entries)
}

/// What the resident had pays, and the office that granted it answers for the rest.
fn counted(it: &allowance::Counted) -> Option<Vec<Entry>> {
    let mut entries = paid(Account::Available(it.slip.resident), &it.slip)?;
    add(&mut entries, Account::Available(it.slip.resident), it.short)?;
    add(&mut entries, Account::Loss(it.officer), it.short.negated())?;
    entries.retain(|entry| !entry.amount.is_zero());
    Some(entries)
}

/// Held from its issue to its end, which is the supplier's or the resident's.
fn of_voucher(event: &voucher::Event) -> Option<Vec<Entry>> {
    let Some(voucher) = event.voucher() else { return Some(Vec::new()) };
    let (resident, price) = (voucher.purchase.resident, voucher.price);
    let (available, held) = (Account::Available(resident), Account::Held(resident));
    let mut entries = match event {
        voucher::Event::Issued(_) => vec![
            Entry { account: available, amount: price.negated() },
            Entry { account: held, amount: price },
        ],
        voucher::Event::Used { .. } => vec![
            Entry { account: held, amount: price.negated() },
            Entry { account: Account::Supplier(voucher.supplier), amount: price },
        ],
        voucher::Event::Expired { .. } | voucher::Event::Returned { .. } => {
            let (back, lapsed) = less_lapsed(price, event.lapsed())?;
            let mut entries = vec![
                Entry { account: held, amount: price.negated() },
                Entry { account: available, amount: back },
            ];
            entries.extend(lapsed);
            entries
        }
        voucher::Event::WrongCode { .. } => Vec::new(),
    };
    entries.retain(|entry| !entry.amount.is_zero());
    Some(entries)
}

/// From a resident's account to the suppliers', in the order of their ids.
fn paid(from: Account, slip: &Slip) -> Option<Vec<Entry>> {
    let mut entries = vec![Entry { account: from, amount: slip.total.negated() }];
    for (supplier, amount) in by_supplier(&slip.lines)? {
        entries.push(Entry { account: Account::Supplier(supplier), amount });
    }
    Some(entries)
}

fn by_supplier<'a>(
    lines: impl IntoIterator<Item = &'a Line>,
) -> Option<BTreeMap<SupplierId, Points>> {
    let mut suppliers = BTreeMap::new();
    for line in lines {
        let sum = suppliers.entry(line.supplier).or_insert(Points::ZERO);
        *sum = sum.plus(line.total()?)?;
    }
    Some(suppliers)
}

/// From the suppliers, and from what the office answers for, back to what can be spent, but for
/// what lapses at once.
fn returned(it: &Return) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for (supplier, amount) in by_supplier(it.borne_by_supplier())? {
        entries.push(Entry { account: Account::Supplier(supplier), amount: amount.negated() });
    }
    let mut lost = Points::ZERO;
    for line in it.borne_by_officer() {
        lost = lost.plus(line.total()?)?;
    }
    if let Some(officer) = it.officer {
        entries.push(Entry { account: Account::Loss(officer), amount: lost.negated() });
    }
    let (back, lapsed) = less_lapsed(it.slip.total, &it.lapsed)?;
    entries.push(Entry { account: Account::Available(it.slip.resident), amount: back });
    entries.extend(lapsed);
    Some(entries)
}

/// Back to what can be spent, but for what lapsed meanwhile.
fn given_back(slip: &Slip, lapsed: &[LotTaken]) -> Option<Vec<Entry>> {
    let (back, lapsed) = less_lapsed(slip.total, lapsed)?;
    let mut entries = vec![
        Entry { account: Account::Held(slip.resident), amount: slip.total.negated() },
        Entry { account: Account::Available(slip.resident), amount: back },
    ];
    entries.extend(lapsed);
    Some(entries)
}

/// A total without what of it lapsed, and where that went, in the order of pools' ids.
fn less_lapsed(total: Points, lapsed: &[LotTaken]) -> Option<(Points, Vec<Entry>)> {
    let mut back = total;
    let mut pools = BTreeMap::new();
    for part in lapsed {
        back = back.minus(part.points)?;
        let sum = pools.entry(part.pool).or_insert(Points::ZERO);
        *sum = sum.plus(part.points)?;
    }
    let entry = |(id, amount)| Entry { account: Account::Expired(id), amount };
    Some((back, pools.into_iter().map(entry).collect()))
}

fn booked(event: &booking::Event) -> Option<Vec<Entry>> {
    let mut entries = match event {
        booking::Event::Booked(ticket) | booking::Event::Promoted(ticket) => {
            let (resident, total) = (ticket.request.resident, ticket.total);
            vec![
                Entry { account: Account::Available(resident), amount: total.negated() },
                Entry { account: Account::Held(resident), amount: total },
            ]
        }
        booking::Event::Used(ended)
        | booking::Event::Cancelled { ended, .. }
        | booking::Event::CalledOff { ended, .. }
        | booking::Event::NotShown { ended, .. } => booking_ended(ended)?,
        booking::Event::Waited(_)
        | booking::Event::Left(_)
        | booking::Event::WaitLapsed(_)
        | booking::Event::PassedOver { .. } => Vec::new(),
    };
    entries.retain(|entry| !entry.amount.is_zero());
    Some(entries)
}

/// What was held: a part to the supplier, a part that lapsed, and the rest back.
fn booking_ended(ended: &Ended) -> Option<Vec<Entry>> {
    let (ticket, kept) = (&ended.ticket, LotTaken::sum(&ended.kept)?);
    let resident = ticket.request.resident;
    let (back, lapsed) = less_lapsed(ticket.total.minus(kept)?, &ended.lapsed)?;
    let mut entries = vec![
        Entry { account: Account::Held(resident), amount: ticket.total.negated() },
        Entry { account: Account::Available(resident), amount: back },
        Entry { account: Account::Supplier(ticket.supplier), amount: kept },
    ];
    entries.extend(lapsed);
    Some(entries)
}

impl State {
    /// The postings that a fact leads to here and now, with balances and versions after them.
    pub(super) fn book(
        &self,
        position: Position,
        event: &Event,
    ) -> Result<Vec<Posting>, Contradiction> {
        let broken = |law, found: String| Contradiction { position, law, found };
        let out_of_range = || broken(Law::Range, "a sum past its range".into());
        let entries = entries(event).ok_or_else(out_of_range)?;
        let mut sum = Points::ZERO;
        let mut postings = Vec::with_capacity(entries.len());
        for Entry { account, amount } in entries {
            sum = sum.plus(amount).ok_or_else(out_of_range)?;
            let Balance { points: balance, version } =
                self.balance(account).after(amount).ok_or_else(out_of_range)?;
            if balance.is_negative() && !account.may_be_negative() {
                return Err(broken(Law::NonNegative, format!("{account:?} at {balance}")));
            }
            postings.push(Posting { account, amount, balance, version });
        }
        if !sum.is_zero() {
            return Err(broken(Law::ZeroSum, format!("a sum of {sum}")));
        }
        Ok(postings)
    }

    /// Sets each account to what it stands at after its posting.
    pub(super) fn post(&mut self, postings: &[Posting]) -> Option<()> {
        for posting in postings {
            let balance = Balance { points: posting.balance, version: posting.version };
            match posting.account {
                Account::Available(id) => self.wallet_mut(id)?.available = balance,
                Account::Held(id) => self.wallet_mut(id)?.held = balance,
                Account::Receivable(id) => self.wallet_mut(id)?.receivable = balance,
                account @ (Account::Funder(_)
                | Account::Pool(_)
                | Account::Supplier(_)
                | Account::Expired(_)
                | Account::Claims(_)
                | Account::Loss(_)
                | Account::Settled(_)
                | Account::Corrected(_)) => self.accounts.insert(account, balance),
            }
        }
        Some(())
    }

    pub(crate) fn wallet_mut(&mut self, id: ResidentId) -> Option<&mut crate::wallet::Wallet> {
        self.residents.get_mut(id).map(|resident| &mut resident.wallet)
    }
}
