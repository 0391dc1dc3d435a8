//! Random histories prove something of what they come to: each rare path of the spending side has to be
//! come to in some of them.

use std::collections::BTreeMap;

use linli_domain::allowance::{self, Report};
use linli_domain::booking::{self, Side, Unfit};
use linli_domain::quantity::Points;
use linli_domain::redemption::{self, Fate};
use linli_domain::statement::{self, Ruling};
use linli_domain::wallet::{self, LotTaken};
use linli_domain::{Event, Record, State, contribution, item, queue, resource, voucher};
use proptest::prelude::*;

use crate::accounted::Account;
use crate::gathered::until_all_came;
use crate::histories::History;
use crate::laws;
use crate::shopping::spending;
use crate::sums::nothing_happens_twice;

/// The most histories that it may take until each path was come to. It took 798 when it was last
/// measured; the test says how many it takes.
const HISTORIES_MAX: u32 = 1_500;

const PATHS: &[&str] = &[
    "reserved",
    "captured",
    "captured in part",
    "voided",
    "timed out",
    "given back past its date",
    "sold",
    "sold out of several lots",
    "returned to the shelf",
    "returned to the supplier",
    "returned and written off",
    "returned and gone",
    "returned in several steps",
    "returned with days of grace",
    "returned past its date",
    "lapsed",
    "lapsed of several lots",
    "recalled with a debt",
    "recalled when its hold ended",
    "repaid",
    "stock sent back",
    "stock missing",
    "stock found",
    "stock moved",
    "stock written off",
    "voucher issued",
    "voucher used",
    "voucher expired",
    "voucher given back",
    "voucher locked",
    "booked",
    "promoted",
    "passed over for what is off",
    "cancelled free",
    "cancelled late",
    "cancelled by the supplier",
    "used",
    "not shown",
    "paused",
    "called off",
    "called off, of what runs",
    "slots off",
    "slots open again",
    "queue joined",
    "queue left",
    "queue passed over",
    "queue served",
    "slip counted",
    "slip counted short",
    "slip reported",
    "slip number taken",
    "statement",
    "statement after another",
    "dispute upheld",
    "dispute dismissed",
    "payment",
    "wallet closed",
];

/// What was come to.
#[derive(Default)]
struct Come(BTreeMap<&'static str, u32>);

impl Come {
    fn to(&mut self, path: &'static str) {
        assert!(PATHS.contains(&path), "{path} is not listed");
        *self.0.entry(path).or_default() += 1;
    }

    fn when(&mut self, there: bool, path: &'static str) {
        if there {
            self.to(path);
        }
    }

    fn missing(&self) -> Vec<&'static str> {
        PATHS.iter().filter(|path| !self.0.contains_key(*path)).copied().collect()
    }

    fn record(&mut self, record: &Record, before: &[Record]) {
        match &record.event {
            Event::Redemption(event) => self.redemption(event, before),
            Event::Wallet(wallet::Event::LotExpired { resident, .. }) => {
                self.to("lapsed");
                let of_same = |it: &&Record| {
                    matches!(&it.event, Event::Wallet(wallet::Event::LotExpired { resident: other, .. })
                        if other == resident && it.happened_at != record.happened_at)
                };
                self.when(before.iter().any(|it| of_same(&it)), "lapsed of several lots");
            }
            Event::Wallet(wallet::Event::LotRecalled(_)) => self.to("recalled when its hold ended"),
            Event::Wallet(wallet::Event::Closed(_)) => self.to("wallet closed"),
            Event::Contribution(contribution::Event::Reversed(it)) => {
                let owed = it.recall.as_ref().is_some_and(|recall| recall.owed > Points::ZERO);
                self.when(owed, "recalled with a debt");
            }
            Event::Contribution(contribution::Event::Awarded(it)) => {
                self.when(!it.repaid.is_empty(), "repaid");
            }
            Event::Item(event) => self.stock(event),
            Event::Voucher(event) => self.voucher(event),
            Event::Booking(event) => self.booking(event, record),
            Event::Resource(resource::Event::CalledOff { .. }) => self.to("slots off"),
            Event::Resource(resource::Event::Reopened { .. }) => self.to("slots open again"),
            Event::Queue(event) => self.to(match event {
                queue::Event::Joined(_) => "queue joined",
                queue::Event::Left { .. } => "queue left",
                queue::Event::PassedOver { .. } => "queue passed over",
            }),
            Event::Allowance(allowance::Event::Counted(it)) => {
                self.to("slip counted");
                self.when(it.short > Points::ZERO, "slip counted short");
            }
            Event::Allowance(allowance::Event::Reported { why, .. }) => {
                self.to("slip reported");
                self.when(matches!(why, Report::NumberTaken { .. }), "slip number taken");
            }
            Event::Statement(event) => self.statement(event),
            _ => {}
        }
    }

    fn redemption(&mut self, event: &redemption::Event, before: &[Record]) {
        use redemption::Event as Redeemed;
        match event {
            Redeemed::Reserved { slip, .. } => {
                self.to("reserved");
                let waited = before.iter().any(|it| {
                    matches!(&it.event, Event::Queue(queue::Event::Joined(request))
                        if request.redemption == slip.redemption)
                });
                self.when(waited, "queue served");
            }
            Redeemed::Captured(_) => self.to("captured"),
            Redeemed::PartCaptured { lapsed, .. } => {
                self.to("captured in part");
                self.when(!lapsed.is_empty(), "given back past its date");
            }
            Redeemed::Voided { lapsed, .. } => {
                self.to("voided");
                self.when(!lapsed.is_empty(), "given back past its date");
            }
            Redeemed::TimedOut { lapsed, .. } => {
                self.to("timed out");
                self.when(!lapsed.is_empty(), "given back past its date");
            }
            Redeemed::Sold(slip) => {
                self.to("sold");
                self.when(slip.lots.len() > 1, "sold out of several lots");
            }
            Redeemed::Returned(it) => self.returned(it, before),
        }
    }

    fn returned(&mut self, it: &redemption::Return, before: &[Record]) {
        for (_, fate) in it.lines() {
            self.to(match fate {
                Fate::Shelf => "returned to the shelf",
                Fate::SentBack => "returned to the supplier",
                Fate::WrittenOff => "returned and written off",
                Fate::Gone => "returned and gone",
            });
        }
        let again = before.iter().any(|other| {
            matches!(&other.event, Event::Redemption(redemption::Event::Returned(other))
                if other.slip.redemption == it.slip.redemption)
        });
        self.when(again, "returned in several steps");
        let with_its_date = |part: &LotTaken| {
            it.slip.lots.iter().any(|lot| (lot.lot, lot.expires_at) == (part.lot, part.expires_at))
        };
        self.when(!it.back.iter().all(with_its_date), "returned with days of grace");
        self.when(!it.lapsed.is_empty(), "returned past its date");
    }

    fn stock(&mut self, event: &item::Event) {
        match event {
            item::Event::StockSentBack(_) => self.to("stock sent back"),
            item::Event::StockCounted(it) => {
                self.when(it.count.found < it.expected, "stock missing");
                self.when(it.count.found > it.expected, "stock found");
            }
            item::Event::StockMoved(_) => self.to("stock moved"),
            item::Event::StockWrittenOff(_) => self.to("stock written off"),
            item::Event::StockReceived(_)
            | item::Event::Listed(_)
            | item::Event::Priced(_)
            | item::Event::TermsSet(_) => {}
        }
    }

    fn voucher(&mut self, event: &voucher::Event) {
        match event {
            voucher::Event::Issued(_) => self.to("voucher issued"),
            voucher::Event::WrongCode { locked_until, .. } => {
                self.when(locked_until.is_some(), "voucher locked");
            }
            voucher::Event::Used { .. } => self.to("voucher used"),
            voucher::Event::Expired { .. } => self.to("voucher expired"),
            voucher::Event::Returned { .. } => self.to("voucher given back"),
        }
    }

    fn booking(&mut self, event: &booking::Event, record: &Record) {
        match event {
            booking::Event::Booked(_) => self.to("booked"),
            booking::Event::Promoted(_) => self.to("promoted"),
            booking::Event::PassedOver { why: Unfit::CalledOff, .. } => {
                self.to("passed over for what is off");
            }
            booking::Event::Cancelled { by: Side::Supplier, .. } => {
                self.to("cancelled by the supplier");
            }
            booking::Event::Cancelled { ended, .. } => {
                self.to(if ended.kept.is_empty() { "cancelled free" } else { "cancelled late" });
            }
            booking::Event::CalledOff { ended, .. } => {
                self.to("called off");
                let runs = ended.ticket.request.start <= record.recorded_at;
                self.when(runs, "called off, of what runs");
            }
            booking::Event::Used(_) => self.to("used"),
            booking::Event::NotShown { paused_until, .. } => {
                self.to("not shown");
                self.when(paused_until.is_some(), "paused");
            }
            booking::Event::PassedOver { .. }
            | booking::Event::Waited(_)
            | booking::Event::Left(_)
            | booking::Event::WaitLapsed(_) => {}
        }
    }

    fn statement(&mut self, event: &statement::Event) {
        match event {
            statement::Event::Issued(it) => {
                self.to("statement");
                self.when(it.since.0 > 0, "statement after another");
            }
            statement::Event::Disputed { .. } => {}
            statement::Event::Resolved { resolve, .. } => self.to(match resolve.ruling {
                Ruling::Upheld(_) => "dispute upheld",
                Ruling::Dismissed => "dispute dismissed",
            }),
            statement::Event::Settled { .. } => self.to("payment"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Reservations, sales, returns, expiry, reversals, bookings and slips in any order: every law holds after
    /// each wish, and at each position every point is in a lot and every piece is somewhere.
    #[test]
    fn every_law_of_spending_holds_at_every_position(steps in spending()) {
        let mut history = History::new();
        let (mut state, mut account) = (State::default(), Account::default());
        let mut seen = 0;
        for step in &steps {
            let _ = history.take(step);
            prop_assert_eq!(history.world().state.check_laws(), Ok(()));
            for record in &history.world().records[seen..] {
                state.replay(record).unwrap();
                account.enter(record);
                account.agrees(record, &state);
            }
            seen = history.world().records.len();
        }
        laws::hold(&history);
        nothing_happens_twice(&history.world().records);
    }
}

#[test]
fn every_path_of_spending_is_come_to_in_some_history() {
    let mut come = Come::default();
    let came = until_all_came(HISTORIES_MAX, spending(), |history| {
        let records = &history.world().records;
        for (at, record) in records.iter().enumerate() {
            come.record(record, &records[..at]);
        }
        come.missing()
    });
    match came {
        Ok(taken) => println!("each was come to within {taken} histories"),
        Err(missing) => panic!("never come to: {missing:?}; come to: {:?}", come.0),
    }
}
