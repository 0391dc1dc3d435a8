//! Vouchers over the year: issued by the app, shown to the supplier with their code, given back, or
//! left in a drawer until they expire by themselves.

use linli_api::booking::BookingSide;
use linli_api::item::{
    ItemLimit, ItemTerms, LimitWindow, Much, Taker, UnusedVoucher, VoucherTerms,
};
use linli_api::receipt::Receipt;
use linli_api::voucher::{IssueVoucher, VoucherChanged, VoucherStatus};
use linli_api::{Client, Id};
use ulid::Ulid;

use super::hands::Hands;
use super::id;
use super::purse::Purses;
use super::tally::Tally;
use crate::amount::hundredths;
use crate::error::{DemoError, Doing as _};
use crate::population::{Item, Place};
use crate::traffic::{Paper, PaperCourse};

const STORY: &str = "a voucher that is used";

/// Good for so many days; so many wrong codes lock it for an hour.
const UNTIL_DAYS: u16 = 30;
const WRONG_CODES: u8 = 3;
const LOCK_MINUTES: u32 = 60;

/// A code that is on no voucher.
const MISREAD: &str = "0000-0000-0000-0000";

/// A voucher in somebody's hand.
struct Held {
    voucher: Id,
    supplier: Ulid,
    code: String,
    course: PaperCourse,
    /// It ends at this stop.
    due: usize,
}

/// The year's vouchers.
pub(super) struct Vouchers<'a> {
    hands: &'a Hands,
    place: &'a Place,
    held: Vec<Held>,
}

impl<'a> Vouchers<'a> {
    pub(super) const fn new(hands: &'a Hands, place: &'a Place) -> Self {
        Self { hands, place, held: Vec::new() }
    }

    /// Sets the terms of what is had as a voucher, and of what is limited.
    pub(super) async fn agree(&self, operator: &Client) -> Result<(), DemoError> {
        for item in &self.place.items {
            let voucher = item.by_voucher.then(|| VoucherTerms {
                from_days: 0,
                until_days: UNTIL_DAYS,
                weekdays: Vec::new(),
                unused: UnusedVoucher::Returned,
                wrong_codes: WRONG_CODES,
                lock_minutes: LOCK_MINUTES,
            });
            let limit = item.a_year.map(|most| ItemLimit {
                taker: Taker::Person,
                window: LimitWindow::Year,
                most: Much::Pieces(most),
            });
            if voucher.is_none() && limit.is_none() {
                continue;
            }
            let limits = limit.into_iter().collect();
            let terms = ItemTerms { only: Vec::new(), limits, voucher };
            let set = operator.set_terms(&format!("terms-{}", item.id), &id(item.id), &terms).await;
            set.doing(|| format!("set the terms of {}", item.name.en))?;
        }
        Ok(())
    }

    /// What is to be done at the stop of this number.
    pub(super) async fn stop(
        &mut self,
        number: usize,
        wishes: &[Paper],
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let due: Vec<_> = self.held.extract_if(.., |it| it.due <= number).collect();
        for voucher in due {
            self.end(&voucher, purses, tally).await?;
        }
        for paper in wishes {
            match self.issue(number, paper, purses, tally).await? {
                Some(voucher) => self.held.push(voucher),
                None => tally.nobody(),
            }
        }
        Ok(())
    }

    async fn end(
        &self,
        one: &Held,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let key = |step: &str| format!("{step}-{}", one.voucher);
        let supplier = self.hands.suppliers.get(&one.supplier);
        let supplier = supplier.ok_or(DemoError::Plan("the key of a supplier"))?;
        if one.course == PaperCourse::Misread {
            let told = supplier.use_voucher(&key("misread"), &one.voucher, MISREAD).await;
            let wrong = told.as_ref().err().and_then(|error| error.problem());
            if wrong.is_none_or(|problem| problem.name() != "wrong-voucher-code") {
                return Err(ended(&format!("a wrong code: {told:?}")));
            }
            // A wrong code is counted, so it is a record as well.
            tally.command();
        }
        let told = match one.course {
            PaperCourse::Used | PaperCourse::Misread => {
                supplier.use_voucher(&key("use"), &one.voucher, &one.code).await
            }
            PaperCourse::Returned => {
                let by = BookingSide::Resident;
                self.hands.partner.return_voucher(&key("return"), &one.voucher, by).await
            }
            PaperCourse::Forgotten => return Ok(()),
        };
        let told = told.doing(|| format!("end voucher {}", one.voucher))?.body;
        match told.changed.status {
            VoucherStatus::Used => {
                tally.kept(hundredths(&told.changed.price)?);
                tally.voucher_used();
            }
            VoucherStatus::Returned => {}
            other @ (VoucherStatus::Issued | VoucherStatus::Expired) => {
                return Err(ended(&format!("{other:?}")));
            }
        }
        heard(&told, purses, tally)
    }

    async fn issue(
        &self,
        number: usize,
        paper: &Paper,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<Option<Held>, DemoError> {
        let mut chance = paper.chance.clone();
        let services: Vec<&Item> = self.place.items.iter().filter(|item| item.by_voucher).collect();
        let Some(item) = chance.pick(&services) else { return Ok(None) };
        let price = item.price_hundredths();
        let payer = purses.draw(&mut chance, price).filter(|(_, available)| *available >= price);
        let Some((resident, _)) = payer else { return Ok(None) };
        let body =
            IssueVoucher { voucher: Some(id(paper.id)), resident: id(resident), item: id(item.id) };
        let told = self.hands.partner.issue_voucher(&format!("voucher-{}", paper.id), &body).await;
        let told = told.doing(|| format!("issue a voucher for {}", item.name.en))?.body;
        heard(&told, purses, tally)?;
        tally.voucher();
        let code = told.changed.code.ok_or_else(|| ended("issued without a code"))?;
        Ok(Some(Held {
            voucher: told.changed.voucher,
            supplier: item.supplier,
            code,
            course: paper.course,
            due: number.saturating_add(paper.stops),
        }))
    }
}

fn heard(
    told: &Receipt<VoucherChanged>,
    purses: &mut Purses,
    tally: &mut Tally,
) -> Result<(), DemoError> {
    tally.command();
    let VoucherChanged { resident, available, .. } = &told.changed;
    purses.heard(resident, told.last, available.as_ref())
}

fn ended(outcome: &str) -> DemoError {
    DemoError::Story { story: STORY, outcome: outcome.to_owned() }
}
