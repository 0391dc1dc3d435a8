//! One client: it serves, has it verified, spends what it has, and looks at its wallet.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use linli_api::Id;
use linli_api::contribution::{Signal, SubmitContribution, Submitted};
use linli_api::receipt::Receipt;
use linli_api::redemption::{Basket, Redeemed, VoidReason, VoidRedemption, Wish};
use serde::de::DeserializeOwned;

use super::hand::{Hand, Sending};
use super::operation::Kind;
use super::{KEYS, Load};
use crate::place::instant;
use crate::{Ask, Person, Place};

/// The first interval of service begins so many days ago; each takes a minute.
const DAYS_BEHIND: i64 = 6;

/// So many minutes can be served before those in which a place serves by itself.
const MINUTES_MAX: i64 = (DAYS_BEHIND - 3) * 24 * 60;

/// Whoever has less reserves and gives back, but buys no more: points for the hours that a run may
/// take by hand.
const POINTS_LEAST: u64 = 10;

pub(super) struct Client {
    place: Arc<Place>,
    hand: Hand,
    at: usize,
    load: Load,
    person: Person,
    /// The last position that this client was told of.
    seen: u64,
    /// May it buy?
    can_buy: bool,
}

impl Client {
    pub(super) fn new(place: Arc<Place>, hand: Hand, at: usize, load: Load) -> Self {
        let person = place.crowd[at / load.hands].clone();
        Self { place, hand, at, load, person, seen: 0, can_buy: true }
    }

    pub(super) async fn work(mut self) -> anyhow::Result<()> {
        let mut round = 0;
        while !self.hand.shared.over.load(Ordering::Relaxed) {
            self.round(round).await?;
            round += 1;
        }
        Ok(())
    }

    async fn round(&mut self, round: i64) -> anyhow::Result<()> {
        let hands = i64::try_from(self.load.hands)?;
        let minute = round * hands + i64::try_from(self.at % self.load.hands)?;
        if minute < MINUTES_MAX {
            self.serve(round, minute).await?;
        }
        self.spend(round).await?;
        if self.load.reads {
            let (key, account) = (&self.place.partner_key, self.person.resident.as_str());
            self.hand.wallet(key, account, self.seen).await?;
        }
        Ok(())
    }

    async fn serve(&mut self, round: i64, minute: i64) -> anyhow::Result<()> {
        let (partner, staff) =
            (self.place.partner_key.clone(), self.place.officers.grid_key.clone());
        let ask = Ask::post("/v1/contributions").bearer(&partner).json(&self.claim(minute))?;
        let submitted: Receipt<Submitted> = self.send(Kind::Submit, round, ask).await?;
        let path = format!("/v1/contributions/{}/verify", submitted.changed.contribution);
        let ask = Ask::post(&path).bearer(&staff);
        let _: Receipt<serde_json::Value> = self.send(Kind::Verify, round, ask).await?;
        Ok(())
    }

    async fn spend(&mut self, round: i64) -> anyhow::Result<()> {
        let shop = self.place.shop.key.clone();
        let turn = if self.can_buy { round % 3 } else { 2 };
        let (path, kind) =
            if turn == 0 { ("/v1/sales", Kind::Sell) } else { ("/v1/redemptions", Kind::Reserve) };
        let ask = Ask::post(path).bearer(&shop).json(&self.basket())?;
        let slip: Receipt<Redeemed> = self.send(kind, round, ask).await?;
        if let Some(available) = &slip.changed.available {
            let whole = available.as_str().split('.').next().unwrap_or_default();
            self.can_buy = whole.parse::<u64>()? >= POINTS_LEAST;
        }
        let slip = format!("/v1/redemptions/{}", slip.changed.slip.redemption);
        let (kind, ask) = match turn {
            0 => return Ok(()),
            1 => (Kind::Capture, Ask::post(&format!("{slip}/capture")).bearer(&shop)),
            _ => {
                let why = VoidRedemption { reason: VoidReason::Resident };
                (Kind::Void, Ask::post(&format!("{slip}/void")).bearer(&shop).json(&why)?)
            }
        };
        let _: Receipt<Redeemed> = self.send(kind, round, ask).await?;
        Ok(())
    }

    fn claim(&self, at: i64) -> SubmitContribution {
        let began = self.place.now() - jiff::SignedDuration::from_hours(24 * DAYS_BEHIND);
        let minute = |at| instant(began + jiff::SignedDuration::from_mins(at));
        SubmitContribution {
            contribution: None,
            resident: self.person.resident.clone(),
            act: "ME-1".to_owned(),
            grid: self.place.areas.grid.clone(),
            started_at: minute(at),
            ended_at: minute(at + 1),
            estate: None,
            beneficiary: None,
            alert: false,
            signals: vec![Signal::Confirmed, Signal::PaperSheet],
            attachments: Vec::new(),
        }
    }

    fn basket(&self) -> Basket {
        let item: Id = self.place.items.salt.clone();
        let resident = self.person.resident.clone();
        Basket {
            redemption: None,
            shift: None,
            shown: None,
            resident: Some(resident),
            items: vec![Wish { item, quantity: 1 }],
        }
    }

    /// Sends it until it is answered; it has to be accepted, for this client wishes for nothing
    /// that may not be.
    async fn send<T: DeserializeOwned>(
        &mut self,
        kind: Kind,
        round: i64,
        ask: Ask,
    ) -> anyhow::Result<Receipt<T>> {
        let key = format!("{KEYS}{}-{round}-{kind:?}", self.at);
        let account = self.person.resident.as_str().to_owned();
        let answer = self.hand.command(Sending { kind, account, key: key.clone(), ask }).await?;
        anyhow::ensure!(answer.status < 300, "{key}: {:?}", answer.problem());
        let receipt: Receipt<T> = answer.json()?;
        self.seen = self.seen.max(receipt.last);
        Ok(receipt)
    }
}
