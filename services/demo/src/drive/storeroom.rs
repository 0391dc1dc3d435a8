//! What comes back over the counter, and the shelves: counted each month, with what is missing
//! under the name of who answers for it, and evened out between two stations each quarter.

use linli_api::item::ItemKind;
use linli_api::receipt::Receipt;
use linli_api::redemption::{
    Fate, Redeemed, RedemptionStatus, ReturnLine, ReturnReason, ReturnRedemption,
};
use linli_api::station::{CountStock, MoveStock, Shelf};
use linli_api::{Amount, Client, Id};
use ulid::Ulid;

use super::batch::several;
use super::counter::Shelves;
use super::hands::Hands;
use super::tally::Tally;
use crate::amount::hundredths;
use crate::chance::Chance;
use crate::error::{DemoError, Doing as _};
use crate::population::Place;

/// How many in a thousand of what was handed out come back by the next stop of the clock.
const RETURNED_PER_MILLE: u64 = 12;

/// Shelves that a station counts each month.
const COUNTED: usize = 3;

/// How many in a thousand of them lack a piece.
const MISSING_PER_MILLE: u64 = 80;

/// All shelves of a station, in one page.
const SHELVES_MAX: u32 = 200;

/// The storeroom of the year.
pub(super) struct Storeroom<'a> {
    hands: &'a Hands,
    place: &'a Place,
    chance: Chance,
    /// Handed out at the last stop.
    handed: Vec<Receipt<Redeemed>>,
}

/// What a resident has after something came back.
pub(super) struct Back {
    pub(super) resident: Id,
    pub(super) position: u64,
    pub(super) available: Option<Amount>,
}

impl<'a> Storeroom<'a> {
    pub(super) fn new(hands: &'a Hands, place: &'a Place, seed: u64) -> Self {
        let chance = Chance::named(seed, "storeroom");
        Self { hands, place, chance, handed: Vec::new() }
    }

    /// What may come back by the next stop.
    pub(super) fn handed_out(&mut self, receipts: &[Receipt<Redeemed>]) {
        let done = |it: &&Receipt<Redeemed>| it.changed.status == RedemptionStatus::Captured;
        self.handed = receipts.iter().filter(done).cloned().collect();
    }

    /// Takes back what comes back of it.
    pub(super) async fn take_back(
        &mut self,
        shelves: &mut Shelves,
        tally: &mut Tally,
    ) -> Result<Vec<Back>, DemoError> {
        let mut back = Vec::new();
        for receipt in std::mem::take(&mut self.handed) {
            if !self.chance.hit(RETURNED_PER_MILLE) {
                continue;
            }
            let slip = &receipt.changed.slip;
            let Some((station, clerk)) = self.counter(&slip.station) else { continue };
            let Some(body) = self.wish(&receipt.changed) else { continue };
            let key = format!("return-{}", slip.redemption);
            let done = clerk.return_redemption(&key, &slip.redemption, &body).await;
            let done = done.doing(|| format!("take {} back", slip.redemption))?.body;
            tally.returned(hundredths(&done.changed.slip.total)?);
            for line in &done.changed.lines {
                if line.fate == Fate::Shelf
                    && let Ok(item) = Ulid::from_string(line.item.as_str())
                {
                    shelves.put_back(station, item, line.quantity);
                }
            }
            let (resident, available) = (slip.resident.clone(), done.changed.available);
            back.push(Back { resident, position: done.last, available });
        }
        Ok(back)
    }

    /// One piece of the first line, for a reason that fits what it is.
    fn wish(&mut self, redeemed: &Redeemed) -> Option<ReturnRedemption> {
        let line = redeemed.slip.lines.first()?;
        let item =
            self.place.items.iter().find(|item| item.id.to_string() == line.item.as_str())?;
        let ways = if item.kind == ItemKind::Goods {
            [
                (ReturnReason::Unwanted, Fate::Shelf),
                (ReturnReason::Defective, Fate::SentBack),
                (ReturnReason::Mishandled, Fate::WrittenOff),
            ]
        } else {
            [(ReturnReason::NotRendered, Fate::Gone); 3]
        };
        let (reason, fate) = *self.chance.pick(&ways)?;
        let answers = reason == ReturnReason::Mishandled;
        let officer = if answers { Some(self.officer()?) } else { None };
        let items = vec![ReturnLine { item: line.item.clone(), quantity: 1, fate }];
        Some(ReturnRedemption { reason, items, officer })
    }

    /// Counts some shelves of every station; what is missing is under the community's officer.
    pub(super) async fn count(
        &mut self,
        month: &str,
        head: u64,
        shelves: &mut Shelves,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let officer = self.officer().ok_or(DemoError::Plan("a community's officer"))?;
        for (station, [clerk, _]) in self.hands.clerks.iter().enumerate() {
            let shown = clerk.after(head).shelves(SHELVES_MAX, None).await;
            let shown = shown.doing(|| "read the shelves".to_owned())?.body.items;
            let mut counts = Vec::new();
            for _ in 0..COUNTED {
                let Some(shelf) = self.chance.pick(&shown) else { break };
                if counts.iter().any(|(known, _): &(&Shelf, _)| known.item == shelf.item) {
                    continue;
                }
                let free = shelf.on_hand.saturating_sub(shelf.reserved);
                let lost = i64::from(free > 0 && self.chance.hit(MISSING_PER_MILLE));
                counts.push((shelf, shelf.on_hand.saturating_sub(lost)));
            }
            let count = |(shelf, found): &(&Shelf, i64)| {
                let found = u32::try_from(*found).unwrap_or_default();
                let body = CountStock {
                    item: shelf.item.clone(),
                    found,
                    officer: officer.clone(),
                    operator: None,
                };
                let key = format!("count-{month}-{station}-{}", shelf.item);
                async move {
                    let counted = clerk.count_stock(&key, &body).await;
                    Ok(counted.doing(|| "count a shelf".to_owned())?.body.changed)
                }
            };
            for counted in several(counts.iter().map(count).collect()).await? {
                let missing = counted.expected.saturating_sub(counted.found);
                if let Ok(item) = Ulid::from_string(counted.item.as_str()) {
                    shelves.lose(station, item, missing);
                }
                tally.counted(missing);
            }
        }
        Ok(())
    }

    /// The second counter gets a piece of what the first has most of.
    pub(super) async fn even_out(
        &self,
        quarter: &str,
        shelves: &mut Shelves,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        const FROM: usize = 0;
        const TO: usize = 1;
        let Some(item) = shelves.fullest(FROM) else { return Ok(()) };
        let (Some([clerk, _]), Some(to)) =
            (self.hands.clerks.get(FROM), self.place.stations.get(TO))
        else {
            return Err(DemoError::Plan("two stations"));
        };
        let body = MoveStock {
            to: Id::from(to.id.to_string()),
            item: Id::from(item.to_string()),
            quantity: 1,
            reference: format!("TN-{quarter}"),
        };
        let moved = clerk.move_stock(&format!("move-{quarter}"), &body).await;
        moved.doing(|| "move goods to another station".to_owned())?;
        shelves.lose(FROM, item, 1);
        shelves.put_back(TO, item, 1);
        tally.command();
        Ok(())
    }

    fn officer(&self) -> Option<Id> {
        self.place.community_officers.first().map(|officer| Id::from(officer.id.to_string()))
    }

    fn counter(&self, station: &Id) -> Option<(usize, &'a Client)> {
        let known = self.place.stations.iter();
        let number = known.clone().position(|known| known.id.to_string() == station.as_str())?;
        self.hands.clerks.get(number).map(|[clerk, _]| (number, clerk))
    }
}
