//! The auditor's own books: sums kept by hand from nothing but what the records say.
//!
//! They share no code with the core's `decide` and `evolve`: a fault there must not blind them.
//! They know less, too: no rules, no caps, no authority. What they know, a reader can check here.

mod allowances;
mod bookings;
mod compare;
mod counter;
mod disputes;
mod erasing;
mod homes;
mod lives;
mod outlays;
mod papers;
mod pseudonyms;
mod queues;
mod referrals;
mod rule;
mod seats;
mod slips;
mod stored_time;
mod vouchers;

use homes::Homes;
use lives::{Lives, Step};
pub use papers::Papers;
pub use rule::Rule;
use slips::*;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::award::Award;
use linli_domain::contribution::{Restoration, Reversal};
use linli_domain::id::{HouseholdId, ItemId, ResidentId, StationId, SupplierId};
use linli_domain::posting::{Account, Posting};
use linli_domain::redemption::{self, Fate, Line, Return, Slip};
use linli_domain::{Event, Record, State, contribution, item, rules, wallet};
use rustc_hash::{FxHashMap, FxHashSet};

/// A rule that was found broken, and how.
pub(crate) type Broken = (Rule, String);

/// Sums over all records so far, in hundredths of points and in pieces.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(crate) struct Books {
    accounts: FxHashMap<Account, Running>,
    total: i128,
    stock: FxHashMap<(StationId, ItemId), Stock>,
    owed_fen: FxHashMap<SupplierId, i128>,
    lives: Lives,
    papers: Papers,
    erased: FxHashSet<ResidentId>,
    homes: Homes,
    services: vouchers::Services,
    outlays: outlays::Outlays,
    slots: bookings::Slots,
    allowances: allowances::Allowances,
    seats: seats::Seats,
    disputes: disputes::Disputes,
    pseudonyms: pseudonyms::Pseudonyms,
    time: stored_time::StoredTime,
    queues: queues::Queues,
    referrals: referrals::Referrals,
}

#[derive(Clone, Copy, Debug, Default, BorshSerialize, BorshDeserialize)]
struct Running {
    hundredths: i128,
    postings: u64,
}

/// Pieces of one item at one station. What is on hand is came − delivered − gone.
#[derive(Clone, Copy, Debug, Default, BorshSerialize, BorshDeserialize)]
struct Stock {
    came: i128,
    delivered: i128,
    gone: i128,
    promised: i128,
}

impl Stock {
    const fn on_hand(self) -> i128 {
        self.came.saturating_sub(self.delivered).saturating_sub(self.gone)
    }
}

impl Books {
    /// How many accounts were ever posted to.
    pub(crate) fn accounts(&self) -> usize {
        self.accounts.len()
    }

    /// What the papers amount to.
    pub(crate) const fn papers(&self) -> Papers {
        self.papers
    }

    /// What is seen only when all is there, with the records that it was seen in.
    ///
    /// # Errors
    /// If what had to be remembered can't be read again.
    pub(crate) fn look(&mut self) -> std::io::Result<Vec<(u64, Broken)>> {
        self.lives.look()
    }

    /// Takes a record in and says what is wrong with it.
    pub(crate) fn take(&mut self, record: &Record) -> Vec<Broken> {
        let mut broken = Vec::new();
        self.lives.at(record.position.0);
        self.post(&record.postings, &mut broken);
        self.stay_closed(&record.postings, &mut broken);
        self.clearing_follows(&record.event, &mut broken);
        self.nobody_overtakes(&record.origin, &mut broken);
        match &record.event {
            Event::Contribution(event) => self.contribute(event, &record.postings, &mut broken),
            Event::Wallet(wallet::Event::LotRecalled(recall)) => {
                check_recall(recall, &record.postings, &mut broken);
            }
            Event::Resident(event) => {
                self.erase(event, &mut broken);
                self.call(event, &mut broken);
                self.live(event);
                self.referrals.enrol(event);
            }
            Event::Wallet(wallet::Event::Closed(closing)) => {
                self.close(closing, &record.postings, &mut broken);
            }
            Event::Allowance(event) => {
                self.allow(event, &record.postings, record.recorded_at, &mut broken);
            }
            Event::Redemption(event) => self.spend(event, record, &mut broken),
            Event::Queue(event) => self.queue(event, &mut broken),
            Event::Voucher(event) => {
                self.vouch(event, &record.postings, record.recorded_at, &mut broken);
                self.count_voucher_in_all(event, record.recorded_at, &mut broken);
            }
            Event::Item(item::Event::TermsSet(terms)) => self.services.set(terms),
            Event::Item(event) => self.stock(event, &mut broken),
            Event::Statement(event) => self.state(event, &mut broken),
            Event::Resource(event) => self.place(event),
            Event::Booking(event) => {
                self.book(event, &record.postings, &mut broken);
                self.count_ticket(event, record.recorded_at, &mut broken);
                self.count_ticket_in_all(event, record.recorded_at, &mut broken);
            }
            Event::Activity(event) => self.attend(event, &mut broken),
            Event::Mediation(event) => self.mediate(event),
            Event::Area(event) => self.time.found(event),
            Event::Household(event) => self.time.build(event),
            Event::Team(event) => self.time.team_up(event),
            Event::TimeBank(event) => {
                self.bank(event, (record.position, record.recorded_at), &mut broken);
            }
            Event::Rules(rules::Event::Published(rules)) => {
                self.time.live_by(rules);
                self.services.live_by(rules.zone);
                self.outlays.live_by(rules);
            }
            Event::Notice(_)
            | Event::Conduct(_)
            | Event::Inspection(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Operator(_)
            | Event::Supplier(_)
            | Event::Pool(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Estate(_)
            | Event::Wallet(wallet::Event::LotExpired { .. }) => {}
        }
        broken
    }

    fn contribute(
        &mut self,
        event: &contribution::Event,
        postings: &[Posting],
        broken: &mut Vec<Broken>,
    ) {
        self.referrals.contribute(event, broken);
        match event {
            contribution::Event::Submitted { claim, .. } => {
                self.time.claimed(claim);
                self.claimed(claim, broken);
            }
            contribution::Event::Awarded(award) => self.award(award, postings, broken),
            contribution::Event::Restored(it) => self.restore(it, postings, broken),
            contribution::Event::Reversed(reversal) => self.undo(reversal, postings, broken),
            contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_) => {}
        }
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
            if hundredths < 0 && !may_be_negative(name) {
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
        self.lives.of_contribution(award.contribution, Step::Awarded);
        self.time.awarded(award);
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
        self.lives.of_contribution(reversal.word.contribution, Step::Reversed);
        self.time.reversed(reversal.word.contribution, true);
        if let Some(recall) = &reversal.recall {
            check_recall(recall, postings, broken);
        }
    }

    fn restore(&mut self, it: &Restoration, postings: &[Posting], broken: &mut Vec<Broken>) {
        let (id, resident) = (it.award.contribution, it.award.resident);
        self.lives.of_contribution(id, Step::Restored);
        self.time.reversed(id, false);
        let back = it.back.map_or(0, |part| i128::from(part.points.hundredths()));
        let forgiven = i128::from(it.forgiven.hundredths());
        let posted = posted_to(postings, Account::Available(resident));
        let owed = posted_to(postings, Account::Receivable(resident));
        if (posted, owed) != (back, forgiven.saturating_neg()) {
            let what =
                format!("{back} back and {forgiven} forgiven, {posted} and {owed} are posted");
            broken.push((Rule::RecallPosted, what));
        }
    }

    fn redeem(
        &mut self,
        event: &redemption::Event,
        postings: &[Posting],
        broken: &mut Vec<Broken>,
    ) {
        let slip = event.slip();
        self.lives.of_redemption(slip.redemption, event);
        match event {
            redemption::Event::Reserved { slip, .. } => {
                check_slip(&[slip], postings, Account::Available(slip.resident), broken);
                self.shelve(slip, 0, 1, broken);
            }
            redemption::Event::Sold(slip) => {
                check_slip(&[slip], postings, Account::Available(slip.resident), broken);
                self.shelve(slip, 1, 0, broken);
                self.hand_out(slip);
            }
            redemption::Event::Captured(slip) => {
                check_slip(&[slip], postings, Account::Held(slip.resident), broken);
                self.shelve(slip, 1, -1, broken);
                self.hand_out(slip);
            }
            redemption::Event::Voided { slip, .. } | redemption::Event::TimedOut { slip, .. } => {
                check_slip(&[slip], postings, Account::Held(slip.resident), broken);
                self.shelve(slip, 0, -1, broken);
            }
            redemption::Event::PartCaptured { handed, rest, .. } => {
                check_slip(&[handed, rest], postings, Account::Held(slip.resident), broken);
                self.shelve(handed, 1, -1, broken);
                self.shelve(rest, 0, -1, broken);
                self.hand_out(handed);
            }
            redemption::Event::Returned(it) => self.come_back(it, postings, broken),
        }
    }

    /// So many times what each line says is delivered and promised more.
    fn shelve(&mut self, slip: &Slip, delivered: i128, promised: i128, broken: &mut Vec<Broken>) {
        for line in slip.lines.iter().filter(|line| line.stocked) {
            let quantity = i128::from(line.quantity);
            let change = Stock {
                delivered: delivered.saturating_mul(quantity),
                promised: promised.saturating_mul(quantity),
                ..Stock::default()
            };
            self.change(slip.station, line.item, change, broken);
        }
    }

    fn change(
        &mut self,
        station: StationId,
        item: ItemId,
        change: Stock,
        broken: &mut Vec<Broken>,
    ) {
        let stock = self.stock.entry((station, item)).or_default();
        stock.came = stock.came.saturating_add(change.came);
        stock.delivered = stock.delivered.saturating_add(change.delivered);
        stock.gone = stock.gone.saturating_add(change.gone);
        stock.promised = stock.promised.saturating_add(change.promised);
        if stock.promised > stock.on_hand() || stock.promised < 0 || stock.delivered < 0 {
            broken.push((Rule::StockCount, format!("item {item}: {stock:?}")));
        }
        self.watch_queue((station, item));
    }

    /// What can come back, and what suppliers are owed for it in money.
    fn hand_out(&mut self, slip: &Slip) {
        for line in &slip.lines {
            self.lives.of_line(slip.redemption, line.item, Step::HandedOut(line.quantity));
            self.owe(line, 1);
        }
    }

    fn owe(&mut self, line: &Line, sign: i128) {
        let fen = i128::from(line.cost.hundredths()).saturating_mul(i128::from(line.quantity));
        let owed = self.owed_fen.entry(line.supplier).or_default();
        *owed = owed.saturating_add(fen.saturating_mul(sign));
    }

    fn come_back(&mut self, it: &Return, postings: &[Posting], broken: &mut Vec<Broken>) {
        let slip = &it.slip;
        for (line, fate) in it.lines() {
            let quantity = i128::from(line.quantity);
            self.lives.of_line(slip.redemption, line.item, Step::CameBack(line.quantity));
            let back = quantity.saturating_neg();
            let change = match fate {
                Fate::Shelf => Stock { delivered: back, ..Stock::default() },
                Fate::SentBack | Fate::WrittenOff => {
                    Stock { delivered: back, gone: quantity, ..Stock::default() }
                }
                Fate::Gone => Stock::default(),
            };
            if line.stocked {
                self.change(slip.station, line.item, change, broken);
            }
            if fate.borne_by_supplier(it.reason.fault()) {
                self.owe(line, -1);
            }
        }
        let (back, lapsed) = (sum_of(&it.back), sum_of(&it.lapsed));
        let total = i128::from(slip.total.hundredths());
        let posted = posted_to(postings, Account::Available(slip.resident));
        let parts = [sum_of(&slip.lots), back.saturating_add(lapsed), priced(slip)];
        if parts != [total; 3] || posted != back {
            let what = format!("total {total}, parts {parts:?}, {back} back, {posted} posted");
            broken.push((Rule::SlipSum, what));
        }
    }
}
