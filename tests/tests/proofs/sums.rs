//! The year's books against the ledger, to the hundredth: suppliers' sheets, stations' stock, the export.

use std::collections::BTreeMap;
use std::path::Path;

use linli_api::client::{Client, When};
use linli_api::fact::Fact;
use linli_api::log::{Account, LogRecord};
use linli_api::redemption::{Fate, Slip};
use linli_api::statement::StatementIssued;
use linli_api::{Amount, Id};

/// As many records as a page holds.
const PAGE: u32 = 200;

/// In hundredths.
fn hundredths(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

/// A shelf, counted from facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shelf {
    received: i64,
    on_hand: i64,
    reserved: i64,
    delivered: i64,
}

/// What the records add up to.
#[derive(Default)]
struct Ledger {
    /// Each account after each of its postings, with the position.
    accounts: BTreeMap<String, Vec<(u64, i64)>>,
    shelves: BTreeMap<(String, String), Shelf>,
    statements: Vec<(u64, StatementIssued)>,
    counts: u32,
    returns: u32,
}

/// The name of an account in the export.
fn name(account: &Account) -> String {
    match account {
        Account::Funder(id) => format!("Equity:Funders:{id}"),
        Account::Pool(id) => format!("Assets:Pools:{id}"),
        Account::Available(id) => format!("Assets:Residents:{id}:Available"),
        Account::Held(id) => format!("Assets:Residents:{id}:Held"),
        Account::Supplier(id) => format!("Assets:Suppliers:{id}"),
        Account::Expired(id) => format!("Expenses:Lapsed:{id}"),
        Account::Receivable(id) => format!("Assets:Residents:{id}:Receivable"),
        Account::Claims(id) => format!("Equity:Claims:{id}"),
        Account::Loss(id) => format!("Expenses:Losses:{id}"),
        Account::Settled(id) => format!("Expenses:Settled:{id}"),
        Account::Corrected(id) => format!("Expenses:Corrected:{id}"),
    }
}

impl Ledger {
    async fn read(auditor: &Client, head: u64) -> Self {
        let (mut ledger, mut after) = (Self::default(), 0);
        while after < head {
            let page = auditor.log_records(after, PAGE).await.unwrap().body;
            page.records.iter().for_each(|record| ledger.enter(record));
            after = page.last;
        }
        ledger
    }

    fn enter(&mut self, record: &LogRecord) {
        let mut sum = 0;
        for posting in &record.postings {
            let amount = hundredths(posting.amount.as_str());
            let steps = self.accounts.entry(name(&posting.account)).or_default();
            let stands = steps.last().map_or(0, |(_, stands)| *stands) + amount;
            assert_eq!(stands, hundredths(posting.balance.as_str()), "{posting:?}");
            steps.push((record.position, stands));
            sum += amount;
        }
        assert_eq!(sum, 0, "record {}", record.position);
        self.stock(&record.event);
        if let Fact::StatementIssued(it) = &record.event {
            self.statements.push((record.position, it.clone()));
        }
    }

    /// What an account stood at after a position.
    fn at(&self, account: &str, position: u64) -> i64 {
        let steps = self.accounts.get(account).map_or(&[][..], Vec::as_slice);
        let after = steps.partition_point(|(at, _)| *at <= position);
        after.checked_sub(1).map_or(0, |last| steps[last].1)
    }

    fn shelf(&mut self, station: &Id, item: &Id) -> &mut Shelf {
        self.shelves.entry((station.to_string(), item.to_string())).or_default()
    }

    /// Goods alone stand on shelves; what was never received is a service.
    fn move_goods(&mut self, slip: &Slip, by: impl Fn(&mut Shelf, i64)) {
        for line in &slip.lines {
            let key = (slip.station.to_string(), line.item.to_string());
            if let Some(shelf) = self.shelves.get_mut(&key) {
                by(shelf, line.quantity.into());
            }
        }
    }

    fn stock(&mut self, fact: &Fact) {
        let out = |shelf: &mut Shelf, pieces: i64| {
            shelf.on_hand -= pieces;
            shelf.delivered += pieces;
        };
        match fact {
            Fact::StockReceived(it) => {
                let shelf = self.shelf(&it.station, &it.item);
                shelf.received += i64::from(it.quantity);
                shelf.on_hand += i64::from(it.quantity);
            }
            Fact::StockSentBack(it) => {
                self.shelf(&it.station, &it.item).on_hand -= i64::from(it.quantity);
            }
            Fact::StockWrittenOff(it) => {
                self.shelf(&it.station, &it.item).on_hand -= i64::from(it.quantity);
            }
            Fact::StockMoved(it) => {
                self.shelf(&it.from, &it.item).on_hand -= i64::from(it.quantity);
                self.shelf(&it.to, &it.item).on_hand += i64::from(it.quantity);
            }
            Fact::StockCounted(it) => {
                self.counts += 1;
                let shelf = self.shelf(&it.station, &it.item);
                assert_eq!(shelf.on_hand, i64::from(it.expected), "{it:?}");
                shelf.on_hand = it.found.into();
            }
            Fact::RedemptionReserved(it) => {
                self.move_goods(&it.slip, |shelf, pieces| shelf.reserved += pieces);
            }
            Fact::RedemptionVoided(it) => {
                self.move_goods(&it.slip, |shelf, pieces| shelf.reserved -= pieces);
            }
            Fact::RedemptionTimedOut(it) => {
                self.move_goods(&it.slip, |shelf, pieces| shelf.reserved -= pieces);
            }
            Fact::RedemptionCaptured(it) => {
                self.move_goods(&it.slip, |shelf, pieces| shelf.reserved -= pieces);
                self.move_goods(&it.slip, out);
            }
            Fact::RedemptionPartCaptured(it) => {
                for slip in [&it.handed, &it.rest] {
                    self.move_goods(slip, |shelf, pieces| shelf.reserved -= pieces);
                }
                self.move_goods(&it.handed, out);
            }
            Fact::RedemptionSold(it) => self.move_goods(&it.slip, out),
            Fact::SlipCounted(it) => self.move_goods(&it.slip, out),
            Fact::RedemptionReturned(it) => {
                self.returns += 1;
                for line in &it.lines {
                    let key = (it.slip.station.to_string(), line.item.to_string());
                    let Some(shelf) = self.shelves.get_mut(&key) else { continue };
                    let pieces = i64::from(line.quantity);
                    shelf.delivered -= if line.fate == Fate::Gone { 0 } else { pieces };
                    shelf.on_hand += if line.fate == Fate::Shelf { pieces } else { 0 };
                }
            }
            _ => {}
        }
    }
}

/// Everything that the finance desk and the stations are told of the year is what its records say.
pub async fn agree(auditor: &Client, finance: &Client, head: u64, books: &[String]) {
    let ledger = Ledger::read(auditor, head).await;
    assert!(ledger.counts > 20 && ledger.statements.len() > 20, "a year has both");
    the_export(&ledger, books);
    the_stations(&ledger, auditor, head).await;
    the_suppliers(&ledger, finance, head).await;
}

/// Each row of the export continues its account, and each account ends where the ledger has it.
fn the_export(ledger: &Ledger, books: &[String]) {
    let mut stands: BTreeMap<String, i64> = BTreeMap::new();
    for book in
        books.iter().filter(|book| Path::new(book).extension().is_some_and(|it| it == "csv"))
    {
        let mut rows = csv::Reader::from_path(book).unwrap();
        for row in rows.deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let account = stands.entry(row["account"].clone()).or_default();
            *account += hundredths(&row["amount"]);
            assert_eq!(*account, hundredths(&row["balance"]), "{row:?}");
            let position = row["position"].parse().unwrap();
            assert_eq!(*account, ledger.at(&row["account"], position), "{row:?}");
        }
    }
    let ends: BTreeMap<String, i64> = ledger
        .accounts
        .iter()
        .map(|(name, steps)| (name.clone(), steps[steps.len() - 1].1))
        .collect();
    assert_eq!(stands, ends);
    assert_eq!(stands.values().sum::<i64>(), 0);
}

/// What stands at each station is what its deliveries, counts, slips and returns leave.
async fn the_stations(ledger: &Ledger, auditor: &Client, head: u64) {
    let when = When { position: Some(head), at: None };
    let told = auditor.past_stock(&when).await.unwrap().body.shelves;
    let told: BTreeMap<_, _> = told
        .iter()
        .map(|it| {
            let shelf = Shelf {
                received: it.received.into(),
                on_hand: it.on_hand.into(),
                reserved: it.reserved.into(),
                delivered: it.delivered.into(),
            };
            ((it.station.to_string(), it.item.to_string()), shelf)
        })
        .collect();
    assert_eq!(told, ledger.shelves);
}

/// All rows of each sheet but the last come to the last, which is what the supplier's account stood at; and what
/// was paid and corrected is what was posted so.
async fn the_suppliers(ledger: &Ledger, finance: &Client, head: u64) {
    let mut before: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    for (position, it) in &ledger.statements {
        let sheet = finance.after(head).statement_sheet(&it.statement).await.unwrap();
        let text = std::str::from_utf8(&sheet).unwrap().trim_start_matches('\u{feff}').to_owned();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<BTreeMap<String, String>> = rows.deserialize().map(Result::unwrap).collect();
        let (closing, others) = rows.split_last().unwrap();
        let points = |row: &BTreeMap<String, String>| hundredths(&row["points"]);
        let yuan = |row: &BTreeMap<String, String>| hundredths(&row["yuan"]);
        assert_eq!(others.iter().map(points).sum::<i64>(), points(closing), "{}", it.label);
        assert_eq!(others.iter().map(yuan).sum::<i64>(), yuan(closing), "{}", it.label);

        let supplier = it.supplier.as_str();
        let account = format!("Assets:Suppliers:{supplier}");
        assert_eq!(points(closing), ledger.at(&account, *position), "{supplier} {}", it.label);
        let (since, opening) =
            before.insert(supplier.to_owned(), (*position, points(closing))).unwrap_or_default();
        let figure = |amount: &Amount| hundredths(amount.as_str());
        assert_eq!((it.since, figure(&it.opening.points)), (since, opening), "{supplier}");
        let posted = |account: String| ledger.at(&account, *position) - ledger.at(&account, since);
        assert_eq!(posted(format!("Expenses:Settled:{supplier}")), figure(&it.paid.points));
        assert_eq!(posted(format!("Expenses:Corrected:{supplier}")), -figure(&it.corrected.points));
        let handed = figure(&it.captured.points) - figure(&it.returned.points);
        let moved = figure(&it.corrected.points) - figure(&it.paid.points);
        assert_eq!(posted(account), handed + moved, "{supplier} {}", it.label);
    }
}
