//! Books of balances, stock, holds and contributions, kept from facts alone.

use std::collections::BTreeMap;

use linli_domain::award::Award;
use linli_domain::contribution::{self, Status};
use linli_domain::id::{ContributionId, ItemId, PoolId, RedemptionId, StationId};
use linli_domain::posting::Account;
use linli_domain::redemption::{self, Slip};
use linli_domain::time::Timestamp;
use linli_domain::wallet::Recall;
use linli_domain::{Event, Origin, Record, item, pool, wallet};

use super::waiting::Waiting;

/// Goods at a station: what can be promised, what is set aside.
#[derive(Clone, Copy, Debug, Default)]
struct Stock {
    free: i64,
    aside: i64,
}

/// A redemption: open until then, or ended.
#[derive(Clone, Debug)]
enum Hold {
    Open(Timestamp, Slip),
    Ended,
}

/// What all facts so far amount to.
#[derive(Clone, Debug, Default)]
pub struct Books {
    balances: BTreeMap<Account, i64>,
    stock: BTreeMap<(StationId, ItemId), Stock>,
    holds: BTreeMap<RedemptionId, Hold>,
    contributions: BTreeMap<ContributionId, Status>,
    waiting: Waiting,
    recorded_at: Timestamp,
}

/// Changes of accounts, in hundredths.
type Moves = Vec<(Account, i64)>;

impl Books {
    /// Enters a record.
    ///
    /// # Errors
    /// What in it can't be.
    pub fn enter(&mut self, record: &Record) -> Result<(), String> {
        if record.recorded_at < self.recorded_at {
            return Err("the time goes back".to_owned());
        }
        self.recorded_at = record.recorded_at;
        self.nothing_overdue(record)?;
        self.waits(record)?;
        let moves = match &record.event {
            Event::Pool(pool::Event::Funded(funding)) => vec![
                (Account::Funder(funding.pool), -funding.points.hundredths()),
                (Account::Pool(funding.pool), funding.points.hundredths()),
            ],
            Event::Contribution(event) => self.contribution(event)?,
            Event::Redemption(event) => self.redemption(event)?,
            Event::Wallet(wallet::Event::LotExpired { resident, lapsed }) => vec![
                (Account::Available(*resident), -lapsed.points.hundredths()),
                (Account::Expired(lapsed.pool), lapsed.points.hundredths()),
            ],
            Event::Wallet(wallet::Event::LotRecalled(recall)) => recalled(recall),
            Event::Wallet(wallet::Event::Closed(_)) => {
                return Err("nobody is erased in a run".to_owned());
            }
            Event::Item(item::Event::StockReceived(delivery)) => {
                let stock = self.stock.entry((delivery.station, delivery.item)).or_default();
                stock.free += i64::from(delivery.quantity);
                Vec::new()
            }
            // The town of the simulation neither counts nor settles nor books.
            Event::Item(
                item::Event::Listed(_)
                | item::Event::Priced(_)
                | item::Event::TermsSet(_)
                | item::Event::StockSentBack(_)
                | item::Event::StockCounted(_)
                | item::Event::StockMoved(_)
                | item::Event::StockWrittenOff(_),
            )
            | Event::Voucher(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(_)
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
            | Event::Allowance(_)
            | Event::Supplier(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::TimeBank(_)
            | Event::Queue(_)
            | Event::Estate(_)
            | Event::Rules(_) => Vec::new(),
        };
        self.book(record, moves)
    }

    /// Who waits, before what the record does to the shelves.
    fn waits(&mut self, record: &Record) -> Result<(), String> {
        let stock = &self.stock;
        let free = |list| stock.get(&list).map_or(0, |stock| stock.free);
        let by_itself = record.origin == Origin::Deadline;
        if !by_itself {
            self.waiting.nobody_is_overtaken(free)?;
        }
        if let Event::Queue(event) = &record.event {
            self.waiting.enter(event, free)?;
        }
        if let Event::Redemption(redemption::Event::Reserved { slip, .. }) = &record.event
            && self.waiting.comes(slip.redemption, free)? != by_itself
        {
            return Err(format!("{} was reserved by itself: {by_itself}", slip.redemption));
        }
        Ok(())
    }

    /// What stands on an account, in hundredths.
    #[must_use]
    pub fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    /// All accounts, in their order.
    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        self.balances.keys().copied()
    }

    /// Nobody's wish is recorded while a hold is past its time.
    fn nothing_overdue(&self, record: &Record) -> Result<(), String> {
        if record.origin == Origin::Deadline {
            return Ok(());
        }
        let overdue = self.holds.iter().find(|(_, hold)| match hold {
            Hold::Open(until, _) => *until <= record.recorded_at,
            Hold::Ended => false,
        });
        match overdue {
            Some((id, _)) => Err(format!("the hold of {id} was over and is still there")),
            None => Ok(()),
        }
    }

    fn contribution(&mut self, event: &contribution::Event) -> Result<Moves, String> {
        let (id, needed, next) = match event {
            contribution::Event::Submitted { claim, .. } => {
                (claim.contribution, None, Status::Pending)
            }
            contribution::Event::Verified(word) => {
                (word.contribution, Some(Status::Pending), Status::Pending)
            }
            contribution::Event::Rejected(word) => {
                (word.contribution, Some(Status::Pending), Status::Rejected)
            }
            contribution::Event::Awarded(award) => {
                (award.contribution, Some(Status::Pending), Status::Awarded)
            }
            contribution::Event::Queued(queued) => {
                (queued.word.contribution, Some(Status::Pending), Status::Pending)
            }
            contribution::Event::Attached(it) => {
                (it.contribution, Some(Status::Pending), Status::Pending)
            }
            // Nobody appeals in a run.
            contribution::Event::Restored(it) => {
                return Err(format!("contribution {} was restored", it.award.contribution));
            }
            contribution::Event::Reversed(reversal) => {
                (reversal.word.contribution, Some(Status::Awarded), Status::Reversed)
            }
        };
        let before = self.contributions.insert(id, next);
        if before != needed {
            return Err(format!("contribution {id} was {before:?}, which {next:?} can't follow"));
        }
        Ok(match event {
            contribution::Event::Awarded(award) => awarded(award),
            contribution::Event::Reversed(reversal) => {
                reversal.recall.as_ref().map_or_else(Vec::new, recalled)
            }
            contribution::Event::Submitted { .. }
            | contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Restored(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_) => Vec::new(),
        })
    }

    fn redemption(&mut self, event: &redemption::Event) -> Result<Moves, String> {
        let slip = event.slip();
        let total: i64 =
            slip.lines.iter().map(|line| line.price.hundredths() * i64::from(line.quantity)).sum();
        let (available, held) = (Account::Available(slip.resident), Account::Held(slip.resident));
        match event {
            redemption::Event::Reserved { expires_at, .. } => {
                self.begin(slip, Hold::Open(*expires_at, slip.clone()))?;
                self.shelve(slip, -1, 1)?;
                Ok(vec![(available, -total), (held, total)])
            }
            redemption::Event::Sold(_) => {
                self.begin(slip, Hold::Ended)?;
                self.shelve(slip, -1, 0)?;
                Ok(paid(slip, available, total))
            }
            redemption::Event::Captured(_) => {
                self.end(slip)?;
                self.shelve(slip, 0, -1)?;
                Ok(paid(slip, held, total))
            }
            redemption::Event::PartCaptured { .. } | redemption::Event::Returned(_) => {
                Err(format!("nobody here wishes for what became of {}", slip.redemption))
            }
            redemption::Event::Voided { lapsed, .. }
            | redemption::Event::TimedOut { lapsed, .. } => {
                if let (redemption::Event::TimedOut { .. }, Some(Hold::Open(until, _))) =
                    (event, self.holds.get(&slip.redemption))
                    && *until > self.recorded_at
                {
                    return Err(format!("the hold of {} was not over", slip.redemption));
                }
                self.end(slip)?;
                self.shelve(slip, 1, -1)?;
                let mut moves = vec![(held, -total)];
                let mut back = total;
                for part in lapsed {
                    back -= part.points.hundredths();
                    moves.push((expired(part.pool), part.points.hundredths()));
                }
                moves.push((available, back));
                Ok(moves)
            }
        }
    }

    fn begin(&mut self, slip: &Slip, hold: Hold) -> Result<(), String> {
        match self.holds.insert(slip.redemption, hold) {
            None => Ok(()),
            Some(_) => Err(format!("redemption {} begins twice", slip.redemption)),
        }
    }

    fn end(&mut self, slip: &Slip) -> Result<(), String> {
        match self.holds.insert(slip.redemption, Hold::Ended) {
            Some(Hold::Open(_, held)) if held == *slip => Ok(()),
            Some(Hold::Open(..)) => Err(format!("{} ends by another slip", slip.redemption)),
            Some(Hold::Ended) => Err(format!("redemption {} ends twice", slip.redemption)),
            None => Err(format!("redemption {} ends before it begins", slip.redemption)),
        }
    }

    fn shelve(&mut self, slip: &Slip, free: i64, aside: i64) -> Result<(), String> {
        for line in slip.lines.iter().filter(|line| line.stocked) {
            let stock = self.stock.entry((slip.station, line.item)).or_default();
            stock.free += free * i64::from(line.quantity);
            stock.aside += aside * i64::from(line.quantity);
            if stock.free < 0 || stock.aside < 0 {
                return Err(format!("{stock:?} of item {}", line.item));
            }
        }
        Ok(())
    }

    fn book(&mut self, record: &Record, moves: Moves) -> Result<(), String> {
        let mut expected: BTreeMap<Account, i64> = BTreeMap::new();
        for (account, amount) in moves {
            *expected.entry(account).or_default() += amount;
        }
        expected.retain(|_, amount| *amount != 0);
        if expected.values().sum::<i64>() != 0 {
            return Err(format!("{expected:?} doesn't sum to zero"));
        }
        let found: BTreeMap<Account, i64> = record
            .postings
            .iter()
            .map(|posting| (posting.account, posting.amount.hundredths()))
            .filter(|(_, amount)| *amount != 0)
            .collect();
        if found != expected {
            return Err(format!("{found:?} was posted, not {expected:?}"));
        }
        for posting in &record.postings {
            let balance = self.balances.entry(posting.account).or_default();
            *balance += posting.amount.hundredths();
            let may_be_negative =
                matches!(posting.account, Account::Funder(_) | Account::Claims(_));
            if *balance != posting.balance.hundredths() || (*balance < 0 && !may_be_negative) {
                return Err(format!("{:?} stands at {balance}", posting.account));
            }
        }
        Ok(())
    }
}

/// Points from the pool; what repays a debt goes to the pool that it is owed to.
fn awarded(award: &Award) -> Moves {
    let Some(issue) = award.issue else { return Vec::new() };
    let points = issue.points.hundredths();
    let mut moves =
        vec![(Account::Pool(issue.pool), -points), (Account::Available(award.resident), points)];
    for part in &award.repaid {
        let points = part.points.hundredths();
        moves.extend([
            (Account::Available(award.resident), -points),
            (Account::Pool(part.pool), points),
            (Account::Receivable(award.resident), -points),
            (Account::Claims(part.pool), points),
        ]);
    }
    moves
}

fn recalled(recall: &Recall) -> Moves {
    let back: i64 = recall.back.iter().map(|part| part.points.hundredths()).sum();
    let owed = recall.owed.hundredths();
    vec![
        (Account::Available(recall.resident), -back),
        (Account::Pool(recall.pool), back),
        (Account::Receivable(recall.resident), owed),
        (Account::Claims(recall.pool), -owed),
    ]
}

fn expired(pool: PoolId) -> Account {
    Account::Expired(pool)
}

fn paid(slip: &Slip, from: Account, total: i64) -> Moves {
    let to = slip.lines.iter().map(|line| {
        let amount = line.price.hundredths() * i64::from(line.quantity);
        (Account::Supplier(line.supplier), amount)
    });
    std::iter::once((from, -total)).chain(to).collect()
}
