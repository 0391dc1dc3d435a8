//! Holds, shelves and statements, added up from the facts.

use linli_domain::item;
use linli_domain::posting::Account;
use linli_domain::statement;

use super::*;

impl Books {
    pub(super) fn state(&mut self, event: &statement::Event, broken: &mut Vec<Broken>) {
        let more = match event {
            statement::Event::Issued(it) => {
                self.papers.stated();
                let supplier = it.issue.supplier;
                let account = self.accounts.get(&Account::Supplier(supplier));
                let points = account.map_or(0, |running| running.hundredths);
                let fen = self.owed_fen.get(&supplier).copied().unwrap_or_default();
                let due = it.closing;
                let said = (due.points.hundredths(), due.fen.hundredths());
                if (points, fen) != (i128::from(said.0), i128::from(said.1)) {
                    let what = format!("closes at {said:?}, the books have {:?}", (points, fen));
                    broken.push((Rule::StatementCloses, what));
                }
                return;
            }
            statement::Event::Disputed { .. } => {
                self.papers.disputed();
                return;
            }
            statement::Event::Resolved { supplier, correction, .. } => {
                (*supplier, i128::from(correction.fen.hundredths()))
            }
            statement::Event::Settled { supplier, paid, .. } => {
                self.papers.settled();
                (*supplier, i128::from(paid.fen.hundredths()).saturating_neg())
            }
        };
        let owed = self.owed_fen.entry(more.0).or_default();
        *owed = owed.saturating_add(more.1);
    }

    pub(super) fn stock(&mut self, event: &item::Event, broken: &mut Vec<Broken>) {
        let came = |pieces: u32| Stock { came: i128::from(pieces), ..Stock::default() };
        let gone = |pieces: u32| Stock { gone: i128::from(pieces), ..Stock::default() };
        match event {
            item::Event::Listed(_) | item::Event::Priced(_) | item::Event::TermsSet(_) => {}
            item::Event::StockReceived(it) => {
                self.change(it.station, it.item, came(it.quantity), broken);
            }
            item::Event::StockSentBack(it) => {
                self.change(it.station, it.item, gone(it.quantity), broken);
            }
            item::Event::StockWrittenOff(it) => {
                let goods = it.goods;
                self.change(goods.station, goods.item, gone(goods.quantity), broken);
            }
            item::Event::StockMoved(it) => {
                self.change(it.from, it.item, gone(it.quantity), broken);
                self.change(it.to, it.item, came(it.quantity), broken);
            }
            item::Event::StockCounted(it) => {
                let count = it.count;
                let stock = self.stock.entry((count.station, count.item)).or_default();
                if stock.on_hand() != i128::from(it.expected) {
                    let what = format!("{} were expected: {stock:?}", it.expected);
                    broken.push((Rule::StockCount, what));
                }
                let (found, expected) = (count.found, it.expected);
                self.papers.counted(expected, found);
                let change = Stock {
                    came: i128::from(found.saturating_sub(expected)),
                    gone: i128::from(expected.saturating_sub(found)),
                    ..Stock::default()
                };
                self.change(count.station, count.item, change, broken);
            }
        }
    }
}
