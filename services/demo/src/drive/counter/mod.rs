//! Counters and the machine: who comes, what they take, how it goes.

mod shelf;
mod showing;

pub(super) use shelf::{Shelves, WITHOUT_RICE};
use showing::{Shows, shown};

use linli_api::card::Shown;
use linli_api::receipt::Receipt;
use linli_api::redemption::{Basket, Redeemed, VoidReason, VoidRedemption, Wish};
use linli_api::station::StationKind;
use linli_api::{Client, Id};
use ulid::Ulid;

use super::batch::several;
use super::hands::Hands;
use super::purse::{Purse, Purses};
use crate::amount::hundredths;
use crate::error::{DemoError, Doing as _};
use crate::population::{Item, Place};
use crate::progress::Progress;
use crate::traffic::{Course, Redemption};

/// How many in a thousand go to the machine.
const MACHINE_PER_MILLE: u64 = 150;

/// Lines on a slip, at the most.
const LINES_MOST: usize = 5;

/// How often one looks for something that still fits.
const LOOKS: usize = 60;

const HUNDREDTHS: i64 = 100;

/// A visit to a station, as decided on.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    redemption: Ulid,
    resident: Ulid,
    purse: Purse,
    /// The number of the station, and which of its clerks.
    station: usize,
    clerk: usize,
    lines: Vec<(Ulid, u32)>,
    /// In hundredths of points.
    total: i64,
    course: Course,
    shows: Shows,
}

/// Decides who comes for what. What they will have spent and taken is set aside at once, so that
/// nobody plans with the same points or goods again.
pub(super) fn decide(
    place: &Place,
    purses: &mut Purses,
    shelves: &mut Shelves,
    redemption: &Redemption,
) -> Option<Visit> {
    let mut chance = redemption.chance.clone();
    let appetite = i64::try_from(redemption.appetite).ok()?.saturating_mul(HUNDREDTHS);
    let (resident, appetite) = purses.draw(&mut chance, appetite)?;
    let machine = |kind: StationKind| kind == StationKind::VendingMachine;
    let to_machine = chance.hit(MACHINE_PER_MILLE);
    let stations: Vec<usize> = place
        .stations
        .iter()
        .enumerate()
        .filter(|(_, station)| machine(station.kind) == to_machine)
        .map(|(number, _)| number)
        .collect();
    let station = *chance.pick(&stations)?;
    let wanted: Vec<&Item> = place
        .items
        .iter()
        .filter(|item| item.over_the_counter() && (!to_machine || item.fits_machine()))
        .collect();
    let mut visit = Visit {
        redemption: redemption.id,
        resident,
        purse: purses.get(resident)?.clone(),
        station,
        clerk: usize::from(chance.hit(500)),
        lines: Vec::new(),
        total: 0,
        // A machine knows one step only.
        course: if to_machine { Course::Sold } else { redemption.course },
        shows: Shows::draw(&mut chance, to_machine),
    };
    for _ in 0..LOOKS {
        let Some(item) = chance.pick(&wanted) else { break };
        let price = item.price_hundredths();
        let fits = visit.total.saturating_add(price) <= appetite;
        if fits && visit.takes(item) && shelves.take(station, resident, item) {
            visit.add(item, price);
        }
    }
    purses.change(resident, visit.total.saturating_neg());
    (!visit.lines.is_empty()).then_some(visit)
}

impl Visit {
    /// Is there a line for it?
    fn takes(&self, item: &Item) -> bool {
        self.lines.len() < LINES_MOST || self.lines.iter().any(|(known, _)| *known == item.id)
    }

    fn add(&mut self, item: &Item, price: i64) {
        self.total = self.total.saturating_add(price);
        match self.lines.iter_mut().find(|(known, _)| *known == item.id) {
            Some((_, quantity)) => *quantity = quantity.saturating_add(1),
            None => self.lines.push((item.id, 1)),
        }
    }

    /// What the resident shows counts once, so whoever comes twice at one stop of the clock is known
    /// the second time.
    pub(super) const fn is_known(&mut self) {
        self.shows = Shows::Nothing;
    }

    /// Who comes.
    pub(super) const fn resident(&self) -> Ulid {
        self.resident
    }

    /// How it goes.
    pub(super) const fn course(&self) -> Course {
        self.course
    }

    /// The goods stand on the shelf again.
    pub(super) fn return_goods(&self, shelves: &mut Shelves) {
        for (item, quantity) in &self.lines {
            shelves.put_back(self.station, *item, *quantity);
        }
    }

    /// The points can be spent again, by what the log says up to `position`.
    pub(super) fn return_points(&self, purses: &mut Purses, position: u64) {
        purses.change(self.resident, self.total);
        purses.seen(self.resident, position);
    }

    fn basket(&self, shown: Option<Shown>) -> Basket {
        let wish = |(item, quantity): &(Ulid, u32)| Wish {
            item: Id::from(item.to_string()),
            quantity: *quantity,
        };
        Basket {
            redemption: Some(Id::from(self.redemption.to_string())),
            shift: None,
            shown,
            resident: Some(Id::from(self.resident.to_string())),
            items: self.lines.iter().map(wish).collect(),
        }
    }
}

/// Does what was decided on, and gives the receipts.
pub(super) async fn serve(
    hands: &Hands,
    visits: &[Visit],
    progress: &Progress,
) -> Result<Vec<Receipt<Redeemed>>, DemoError> {
    let serve = |visit: &Visit| {
        let visit = visit.clone();
        async move {
            let clerks = hands.clerks.get(visit.station);
            let clerk = clerks.and_then(|clerks| clerks.get(visit.clerk));
            let clerk = clerk.ok_or(DemoError::Plan("a clerk"))?;
            let receipts = at(clerk, &hands.partner, &visit).await?;
            progress.done(1);
            Ok(receipts)
        }
    };
    let receipts = several(visits.iter().map(serve).collect()).await?;
    Ok(receipts.into_iter().flatten().collect())
}

/// What a clerk does: see who it is, look at the balance, hand out.
async fn at(
    clerk: &Client,
    app: &Client,
    visit: &Visit,
) -> Result<Vec<Receipt<Redeemed>>, DemoError> {
    let of = || format!("serve redemption {}", visit.redemption);
    let shown = shown(clerk, app, visit).await?;
    let clerk = clerk.after(visit.purse.position);
    let resident = clerk.resident_by_card(visit.purse.card.as_str()).await.doing(of)?.body;
    let wallet = clerk.wallet(&resident.resident).await.doing(of)?.body;
    if hundredths(&wallet.available)? < visit.total {
        let outcome = format!("{} shows {} only", visit.purse.card, wallet.available);
        return Err(DemoError::Story { story: "a resident who has enough", outcome });
    }
    let basket = visit.basket(shown);
    let id = Id::from(visit.redemption.to_string());
    let key = |step: &str| format!("{step}-{}", visit.redemption);
    if visit.course == Course::Sold {
        return Ok(vec![clerk.sell(&key("sell"), &basket).await.doing(of)?.body]);
    }
    let mut receipts = vec![clerk.reserve(&key("reserve"), &basket).await.doing(of)?.body];
    match visit.course {
        Course::Captured => {
            receipts.push(clerk.capture(&key("capture"), &id).await.doing(of)?.body);
        }
        Course::Voided => {
            let body = VoidRedemption { reason: VoidReason::Resident };
            receipts.push(clerk.void(&key("void"), &id, &body).await.doing(of)?.body);
        }
        Course::Sold | Course::Forgotten => {}
    }
    Ok(receipts)
}
