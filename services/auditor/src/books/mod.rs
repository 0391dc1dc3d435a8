//! The auditor's own books: sums kept by hand from nothing but what the records say.
//!
//! They share no code with the core's `decide` and `evolve`: a fault there must not blind them.
//! They know less, too: no rules, no caps, no authority. What they know, a reader can check here.

mod rule;

pub use rule::Rule;

use linli_domain::award::Award;
use linli_domain::contribution::Reversal;
use linli_domain::id::{ContributionId, ItemId, RedemptionId, ResidentId, StationId};
use linli_domain::item::{self, Delivery};
use linli_domain::posting::{Account, Posting};
use linli_domain::redemption::{self, Slip};
use linli_domain::wallet::Recall;
use linli_domain::{Event, Record, State, contribution, wallet};
use rustc_hash::{FxHashMap, FxHashSet};

/// A rule that was found broken, and how.
pub(crate) type Broken = (Rule, String);

/// Sums over all records so far, in hundredths of points and in pieces.
#[derive(Debug, Default)]
pub(crate) struct Books {
    accounts: FxHashMap<Account, Running>,
    total: i128,
    awarded: FxHashSet<ContributionId>,
    reversed: FxHashSet<ContributionId>,
    redemptions: FxHashMap<RedemptionId, Hold>,
    stock: FxHashMap<(StationId, ItemId), Stock>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Running {
    hundredths: i128,
    postings: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Open,
    Ended,
}

/// Pieces of one item at one station. What is on hand is received − delivered.
#[derive(Clone, Copy, Debug, Default)]
struct Stock {
    received: i128,
    delivered: i128,
    promised: i128,
}

impl Books {
    /// How many accounts were ever posted to.
    pub(crate) fn accounts(&self) -> usize {
        self.accounts.len()
    }

    /// Takes a record in and says what is wrong with it.
    pub(crate) fn take(&mut self, record: &Record) -> Vec<Broken> {
        let mut broken = Vec::new();
        self.post(&record.postings, &mut broken);
        match &record.event {
            Event::Contribution(contribution::Event::Awarded(award)) => {
                self.award(award, &record.postings, &mut broken);
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                self.undo(reversal, &record.postings, &mut broken);
            }
            Event::Wallet(wallet::Event::LotRecalled(recall)) => {
                check_recall(recall, &record.postings, &mut broken);
            }
            Event::Redemption(event) => self.redeem(event, &record.postings, &mut broken),
            Event::Item(item::Event::StockReceived(delivery)) => self.receive(delivery),
            Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Queued(_),
            )
            | Event::Item(item::Event::Listed(_) | item::Event::Priced(_))
            | Event::Team(_)
            | Event::Inspection(_)
            | Event::Area(_)
            | Event::Household(_)
            | Event::Resident(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Supplier(_)
            | Event::Pool(_)
            | Event::Rules(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Wallet(wallet::Event::LotExpired { .. }) => {}
        }
        broken
    }

    fn post(&mut self, postings: &[Posting], broken: &mut Vec<Broken>) {
        let mut sum = 0_i128;
        for posting in postings {
            let amount = i128::from(posting.amount.hundredths());
            sum = sum.saturating_add(amount);
            let account = self.accounts.entry(posting.account).or_default();
            account.hundredths = account.hundredths.saturating_add(amount);
            account.postings = account.postings.saturating_add(1);
            let Running { hundredths, postings } = *account;
            let name = posting.account;
            if (i128::from(posting.balance.hundredths()), posting.version) != (hundredths, postings)
            {
                let (balance, version) = (posting.balance.hundredths(), posting.version);
                broken.push((
                    Rule::RunningBalance,
                    format!(
                        "{name:?} says {balance} hundredths after {version} postings, \
                         the books have {hundredths} after {postings}"
                    ),
                ));
            }
            if hundredths < 0 && !matches!(name, Account::Funder(_) | Account::Claims(_)) {
                broken.push((Rule::Overdrawn, format!("{name:?} at {hundredths} hundredths")));
            }
        }
        if sum != 0 {
            broken.push((Rule::RecordSum, format!("a sum of {sum} hundredths")));
        }
        self.total = self.total.saturating_add(sum);
        if self.total != 0 {
            broken.push((Rule::TotalSum, format!("a sum of {} hundredths", self.total)));
        }
    }

    fn award(&mut self, award: &Award, postings: &[Posting], broken: &mut Vec<Broken>) {
        if !self.awarded.insert(award.contribution) {
            broken.push((Rule::AwardOnce, format!("contribution {} again", award.contribution)));
        }
        let repaid = award
            .repaid
            .iter()
            .fold(0_i128, |sum, part| sum.saturating_add(i128::from(part.points.hundredths())));
        let said = i128::from(award.points().hundredths());
        let kept = said.saturating_sub(repaid);
        let posted = posted_to(postings, Account::Available(award.resident));
        let owed = posted_to(postings, Account::Receivable(award.resident));
        if (posted, owed) != (kept, repaid.saturating_neg()) {
            broken.push((
                Rule::AwardPosted,
                format!(
                    "the award says {kept} hundredths and {repaid} repaid, \
                     {posted} and {owed} are posted"
                ),
            ));
        }
        if repaid.saturating_mul(2) > said {
            broken.push((
                Rule::RepaidAtMostHalf,
                format!("{repaid} hundredths of {said} repaid what is owed"),
            ));
        }
    }

    fn undo(&mut self, reversal: &Reversal, postings: &[Posting], broken: &mut Vec<Broken>) {
        let id = reversal.word.contribution;
        if !self.awarded.contains(&id) || !self.reversed.insert(id) {
            broken.push((Rule::ReverseOnce, format!("contribution {id}")));
        }
        if let Some(recall) = &reversal.recall {
            check_recall(recall, postings, broken);
        }
    }

    fn redeem(
        &mut self,
        event: &redemption::Event,
        postings: &[Posting],
        broken: &mut Vec<Broken>,
    ) {
        let slip = event.slip();
        self.hold(event, broken);
        check_slip(slip, postings, from_side(event, slip.resident), broken);
        for line in slip.lines.iter().filter(|line| line.stocked) {
            let stock = self.stock.entry((slip.station, line.item)).or_default();
            let quantity = i128::from(line.quantity);
            let (delivered, promised) = match event {
                redemption::Event::Reserved { .. } => (0, quantity),
                redemption::Event::Captured(_) => (quantity, quantity.saturating_neg()),
                redemption::Event::Voided { .. } | redemption::Event::TimedOut { .. } => {
                    (0, quantity.saturating_neg())
                }
                redemption::Event::Sold(_) => (quantity, 0),
            };
            stock.delivered = stock.delivered.saturating_add(delivered);
            stock.promised = stock.promised.saturating_add(promised);
            let used = stock.delivered.saturating_add(stock.promised);
            if used > stock.received || stock.promised < 0 {
                broken.push((Rule::StockCount, format!("item {}: {stock:?}", line.item)));
            }
        }
    }

    fn hold(&mut self, event: &redemption::Event, broken: &mut Vec<Broken>) {
        let id = event.slip().redemption;
        let before = self.redemptions.get(&id).copied();
        let (needed, after) = match event {
            redemption::Event::Reserved { .. } => (None, Hold::Open),
            redemption::Event::Sold(_) => (None, Hold::Ended),
            redemption::Event::Captured(_)
            | redemption::Event::Voided { .. }
            | redemption::Event::TimedOut { .. } => (Some(Hold::Open), Hold::Ended),
        };
        if before != needed {
            broken.push((
                Rule::HoldOnce,
                format!("redemption {id} was {before:?}, had to be {needed:?}"),
            ));
        }
        self.redemptions.insert(id, after);
    }

    fn receive(&mut self, delivery: &Delivery) {
        let stock = self.stock.entry((delivery.station, delivery.item)).or_default();
        stock.received = stock.received.saturating_add(i128::from(delivery.quantity));
    }

    /// Holds the books against the state that the core replayed.
    pub(crate) fn compare(&self, state: &State) -> Vec<Broken> {
        let mut broken = Vec::new();
        let residents = state.residents().sorted().flat_map(|(id, _)| {
            [Account::Available(id), Account::Held(id), Account::Receivable(id)]
                .map(|account| (account, Running::default()))
        });
        let unposted = residents.filter(|(account, _)| !self.accounts.contains_key(account));
        let posted = self.accounts.iter().map(|(account, running)| (*account, *running));
        for (account, running) in posted.chain(unposted) {
            let balance = state.balance(account);
            let theirs = (i128::from(balance.points.hundredths()), balance.version);
            let ours = (running.hundredths, running.postings);
            if ours != theirs {
                let what = format!("{account:?}: books {ours:?}, state {theirs:?}");
                broken.push((Rule::SameAsState, what));
            }
        }
        for (key, shelf) in state.shelves().sorted() {
            let ours = self.stock.get(&key).copied().unwrap_or_default();
            let on_hand = ours.received.saturating_sub(ours.delivered);
            let counts = [shelf.received, shelf.delivered, shelf.on_hand, shelf.reserved];
            if counts.map(i128::from) != [ours.received, ours.delivered, on_hand, ours.promised] {
                broken
                    .push((Rule::SameAsState, format!("{key:?}: books {ours:?}, state {shelf:?}")));
            }
        }
        broken
    }
}

/// The account that an event of a redemption takes the slip's total from.
fn from_side(event: &redemption::Event, resident: ResidentId) -> Account {
    match event {
        redemption::Event::Reserved { .. } | redemption::Event::Sold(_) => {
            Account::Available(resident)
        }
        redemption::Event::Captured(_)
        | redemption::Event::Voided { .. }
        | redemption::Event::TimedOut { .. } => Account::Held(resident),
    }
}

fn check_slip(slip: &Slip, postings: &[Posting], from: Account, broken: &mut Vec<Broken>) {
    let total = i128::from(slip.total.hundredths());
    let lines = slip.lines.iter().fold(0_i128, |sum, line| {
        let price = i128::from(line.price.hundredths());
        sum.saturating_add(price.saturating_mul(i128::from(line.quantity)))
    });
    let lots = slip
        .lots
        .iter()
        .fold(0_i128, |sum, part| sum.saturating_add(i128::from(part.points.hundredths())));
    let posted = posted_to(postings, from).saturating_neg();
    if [lines, lots, posted] != [total; 3] {
        broken.push((
            Rule::SlipSum,
            format!("total {total}, lines {lines}, lots {lots}, posted {posted} hundredths"),
        ));
    }
}

/// What goes back leaves the wallet for the pool, and what is owed is owed to the pool.
fn check_recall(recall: &Recall, postings: &[Posting], broken: &mut Vec<Broken>) {
    let back = recall
        .back
        .iter()
        .fold(0_i128, |sum, part| sum.saturating_add(i128::from(part.points.hundredths())));
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
fn posted_to(postings: &[Posting], account: Account) -> i128 {
    postings
        .iter()
        .filter(|posting| posting.account == account)
        .fold(0_i128, |sum, posting| sum.saturating_add(i128::from(posting.amount.hundredths())))
}
