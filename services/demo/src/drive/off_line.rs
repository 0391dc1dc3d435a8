//! A station off line for a day, while somebody spends the same points elsewhere: what it handed out
//! counts, and what nobody had the points for is a loss under the office that had granted it.

use linli_api::counter::{GrantAllowance, OfflineSlip, SlipCounted, SlipOutcome};
use linli_api::item::ItemKind;
use linli_api::redemption::{Basket, Wish};
use linli_api::{Client, Id};
use ulid::Ulid;

use super::hands::Hands;
use super::tally::Tally;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::population::{Item, Place};
use crate::traffic::Planted;

const STORY: &str = "a station off line for a day, and points spent twice";

/// Whole points of what is had twice. After the race for rice the resident has one more than that.
const PRICE: u64 = 15;
/// What the second time is short of.
const SHORT: &str = "14.00";

/// What the station may hand out, in all and to each person.
const TOTAL: &str = "60";
const PER_PERSON: &str = "20";
/// For so long.
const COVERED_MINUTES: i64 = 48 * 60;

/// The story, as far as it has come.
pub(super) struct OffLine<'a> {
    hands: &'a Hands,
    place: &'a Place,
    planted: &'a Planted,
    stage: Stage,
}

enum Stage {
    OnLine,
    Off(OfflineSlip),
    Over,
}

impl<'a> OffLine<'a> {
    pub(super) fn new(hands: &'a Hands, place: &'a Place, planted: &'a Planted) -> Self {
        Self { hands, place, planted, stage: Stage::OnLine }
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        let [lost, back] = self.planted.off_line;
        match &self.stage {
            Stage::OnLine if lost <= at => {
                self.stage = Stage::Off(self.lose_the_line(at, tally).await?);
            }
            Stage::Off(slip) if back <= at => {
                let counted = self.bring_in(slip).await?;
                tally.off_line(&counted)?;
                self.stage = Stage::Over;
            }
            Stage::OnLine | Stage::Off(_) | Stage::Over => {}
        }
        Ok(())
    }

    /// The year is over, and so the story has to be.
    pub(super) fn end(self) -> Result<(), DemoError> {
        match self.stage {
            Stage::Over => Ok(()),
            Stage::OnLine | Stage::Off(_) => Err(ended("it never came to its end".to_owned())),
        }
    }

    /// An office grants an allowance. The station hands something out and writes a slip; with the same
    /// points the resident has the same thing at the next station, which is on line.
    async fn lose_the_line(&self, at: Moment, tally: &mut Tally) -> Result<OfflineSlip, DemoError> {
        let (station, [elsewhere, _]) =
            match (self.place.stations.first(), self.hands.clerks.get(1)) {
                (Some(station), Some(clerks)) => (station, clerks),
                _ => return Err(DemoError::Plan("two stations")),
            };
        let grant = GrantAllowance {
            allowance: None,
            station: Id::from(station.id.to_string()),
            total: TOTAL.into(),
            per_person: PER_PERSON.into(),
            ends_at: at.later(COVERED_MINUTES).instant(),
        };
        let granted = self.office()?.grant_allowance("allowance", &grant).await;
        let granted = granted.doing(|| "grant an allowance".to_owned())?.body;
        tally.command();
        let (resident, item) = self.who_and_what()?;
        let items = vec![Wish { item: Id::from(item.id.to_string()), quantity: 1 }];
        let basket = Basket {
            redemption: None,
            shift: None,
            shown: None,
            resident: Some(resident.clone()),
            items: items.clone(),
        };
        let sold = elsewhere.sell("spent-twice", &basket).await;
        tally.redeemed(&sold.doing(|| "sell what was had off line".to_owned())?.body)?;
        let minted = Ulid::from_parts(at.milliseconds(), u128::from(PRICE));
        Ok(OfflineSlip {
            allowance: granted.changed.allowance,
            number: 1,
            redemption: Id::from(minted.to_string()),
            resident,
            items,
            total: PRICE.to_string().as_str().into(),
            handed_at: granted.recorded_at,
        })
    }

    /// The line is back, and the slip counts once.
    async fn bring_in(&self, slip: &OfflineSlip) -> Result<SlipCounted, DemoError> {
        let [clerk, _] = self.hands.clerks.first().ok_or(DemoError::Plan("a counter"))?;
        let receipt = clerk.count_slip("slip", slip).await;
        let receipt = receipt.doing(|| "bring a slip in".to_owned())?.body;
        let SlipOutcome::Counted(counted) = receipt.changed else {
            return Err(ended(format!("{:?}", receipt.changed)));
        };
        let again = clerk.count_slip("slip-again", slip).await;
        let once = again
            .is_err_and(|error| error.problem().is_some_and(|told| told.name() == "slip-counted"));
        let office = self.office()?.after(receipt.last);
        let rows = office.allowances(Some(&counted.slip.station), None).await;
        let rows = rows.doing(|| "read what was handed out off line".to_owned())?.body.items;
        let row = rows.first().ok_or_else(|| ended("no allowance is told of".to_owned()))?;
        let wallet = office.wallet(&slip.resident).await;
        let wallet = wallet.doing(|| "read the wallet of who spent twice".to_owned())?.body;
        let figures = [&counted.short, &row.overspent, &wallet.available, &wallet.receivable];
        let told = figures.map(linli_api::Amount::as_str);
        if once && told == [SHORT, SHORT, "0.00", "0.00"] && counted.officer == row.officer {
            return Ok(counted);
        }
        Err(ended(format!("once {once}, short and left {told:?}")))
    }

    fn office(&self) -> Result<&'a Client, DemoError> {
        let office = self.hands.staff.get(&self.planted.chief.id);
        office.ok_or(DemoError::Plan("the key of who grants an allowance"))
    }

    /// Who raced for rice and had a bag, and a service that takes nearly all of what is left.
    fn who_and_what(&self) -> Result<(Id, &'a Item), DemoError> {
        let fits = |item: &&Item| {
            item.price == PRICE && item.kind == ItemKind::Service && item.over_the_counter()
        };
        let item = self.place.items.iter().find(fits).ok_or(DemoError::Plan("a service"))?;
        let who = self.planted.racers.first().ok_or(DemoError::Plan("a racer"))?;
        Ok((Id::from(who.id.to_string()), item))
    }
}

fn ended(outcome: String) -> DemoError {
    DemoError::Story { story: STORY, outcome }
}
