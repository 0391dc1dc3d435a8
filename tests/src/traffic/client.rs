//! One client: it serves, has it verified, and spends what it has.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use linli_api::Id;
use linli_api::contribution::{Decided, Signal, SubmitContribution, Submitted};
use linli_api::receipt::Receipt;
use linli_api::redemption::{Basket, Redeemed, VoidReason, VoidRedemption, Wish};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Entry, Shared};
use crate::place::instant;
use crate::{Answer, Ask, Person, Place};

/// The pause before a command is sent again.
const AGAIN: Duration = Duration::from_millis(25);

/// A command that isn't answered for good within this will never be.
const ANSWERED_MAX: Duration = Duration::from_secs(90);

/// Longest wait for one answer.
const ATTEMPT_MAX: Duration = Duration::from_secs(15);

/// The first interval of service begins so many days ago; each takes a minute.
const DAYS_BEHIND: i64 = 6;

/// So many minutes can be served before it is today.
const ROUNDS_MAX: i64 = DAYS_BEHIND * 24 * 60;

pub(super) struct Client {
    place: Arc<Place>,
    shared: Arc<Shared>,
    at: usize,
    person: Person,
    entries: Vec<Entry>,
}

impl Client {
    pub(super) fn new(place: Arc<Place>, shared: Arc<Shared>, at: usize) -> Self {
        let person = place.crowd[at].clone();
        Self { place, shared, at, person, entries: Vec::new() }
    }

    pub(super) async fn work(mut self) -> anyhow::Result<Vec<Entry>> {
        for round in 0..ROUNDS_MAX {
            if self.shared.over.load(Ordering::Relaxed) {
                break;
            }
            self.round(round).await?;
        }
        Ok(self.entries)
    }

    async fn round(&mut self, round: i64) -> anyhow::Result<()> {
        let key = |what: &str| format!("traffic-{}-{round}-{what}", self.at);
        let (submit, verify, spend, end) = (key("submit"), key("verify"), key("spend"), key("end"));
        let (partner, shop) = (self.place.partner_key.clone(), self.place.shop.key.clone());
        let staff = self.place.officers.grid_key.clone();

        let claim = self.claim(round);
        let ask = Ask::post("/v1/contributions").bearer(&partner).key(&submit).json(&claim)?;
        let submitted: Receipt<Submitted> = self.send(&submit, ask).await?;
        let path = format!("/v1/contributions/{}/verify", submitted.changed.contribution);
        let ask = Ask::post(&path).bearer(&staff).key(&verify);
        let _: Receipt<Decided> = self.send(&verify, ask).await?;

        let path = if round % 3 == 0 { "/v1/sales" } else { "/v1/redemptions" };
        let ask = Ask::post(path).bearer(&shop).key(&spend).json(&self.basket())?;
        let slip: Receipt<Redeemed> = self.send(&spend, ask).await?;
        let slip = format!("/v1/redemptions/{}", slip.changed.slip.redemption);
        let ask = match round % 3 {
            0 => return Ok(()),
            1 => Ask::post(&format!("{slip}/capture")).bearer(&shop),
            _ => {
                let why = VoidRedemption { reason: VoidReason::Resident };
                Ask::post(&format!("{slip}/void")).bearer(&shop).json(&why)?
            }
        };
        let _: Receipt<Redeemed> = self.send(&end, ask.key(&end)).await?;
        Ok(())
    }

    fn claim(&self, round: i64) -> SubmitContribution {
        let began = self.place.now() - jiff::SignedDuration::from_hours(24 * DAYS_BEHIND);
        let minute = |at| instant(began + jiff::SignedDuration::from_mins(at));
        SubmitContribution {
            contribution: None,
            resident: self.person.resident.clone(),
            act: "ME-1".to_owned(),
            grid: self.place.areas.grid.clone(),
            started_at: minute(round),
            ended_at: minute(round + 1),
            beneficiary: None,
            alert: false,
            signals: vec![Signal::Confirmed, Signal::PaperSheet],
            attachments: Vec::new(),
        }
    }

    fn basket(&self) -> Basket {
        let item: Id = self.place.items.salt.clone();
        let resident = self.person.resident.clone();
        Basket { redemption: None, resident, items: vec![Wish { item, quantity: 1 }] }
    }

    /// Sends it until it is answered for good, and writes the answer down.
    async fn send<T>(&mut self, key: &str, ask: Ask) -> anyhow::Result<Receipt<T>>
    where
        T: DeserializeOwned + Serialize,
    {
        let answer = tokio::time::timeout(ANSWERED_MAX, self.answered(&ask)).await;
        let Ok((answer, attempts)) = answer else { anyhow::bail!("{key}: never answered") };
        anyhow::ensure!((200..300).contains(&answer.status), "{key}: {:?}", answer.problem());
        let receipt: Receipt<T> = answer.json()?;
        if attempts > 1 && answer.replayed() {
            self.shared.found_done.fetch_add(1, Ordering::Relaxed);
        }
        let (first, last) = (receipt.first, receipt.last);
        self.entries.push(Entry { key: key.to_owned(), ask, first, last, body: answer.body });
        self.shared.acknowledged.fetch_add(1, Ordering::Relaxed);
        Ok(receipt)
    }

    async fn answered(&self, ask: &Ask) -> (Answer, u32) {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let answer = tokio::time::timeout(ATTEMPT_MAX, self.place.http.send(ask)).await;
            if let Ok(Ok(answer)) = answer
                && !matches!(answer.status, 429 | 503)
            {
                return (answer, attempts);
            }
            self.shared.in_doubt.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(AGAIN).await;
        }
    }
}
