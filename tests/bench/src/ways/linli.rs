//! Linli itself: everything in this process, on a database of its own, with projectors and NATS
//! running as they would.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use linli::{System, SystemSettings};
use linli_api::contribution::SubmitContribution;
use linli_api::item::PriceItem;
use linli_api::{Amount, Client};
use linli_gateway::key::KeyKind;
use linli_tests::{Ask, Http, NOW, Place, Wish, wait};

use super::{END_MARK, KEY_MARK, Person, START_MARK, keyed, request};
use crate::ground::{Database, Ground};
use crate::load::{Order, Pace};

/// A sale costs a hundredth of a point, so that a hundred points last for ten thousand sales.
const PRICE: &str = "0.01";

/// What each buyer has been given, in points: an outstanding deed, assessed in full.
const POINTS: &str = "100";

/// Claims may be entered for seven days; these begin so many days ago, and a day holds 1,440.
const CLAIM_DAYS: i64 = 6;

/// The act that is claimed in bulk: an hour's patrol, of which only minutes are claimed.
const ACT: &str = "EN-1";

/// The projectors of a whole run may have this much behind them.
const CAUGHT_UP_MAX: Duration = Duration::from_secs(600);

/// A running system with people in it.
pub(crate) struct LinliWay {
    pub(crate) system: System,
    pub(crate) place: Place,
    pub(crate) database: Database,
    pub(crate) address: SocketAddr,
}

impl LinliWay {
    /// Starts one with so many residents.
    pub(crate) async fn start(ground: &Ground, residents: usize) -> anyhow::Result<Self> {
        let database = ground.database("linli").await?;
        let now: jiff::Timestamp = NOW.parse()?;
        let settings = SystemSettings {
            database_url: database.url.clone(),
            nats_url: Some(ground.nats_url().to_owned()),
            district: database.name.clone(),
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            test_clock: Some(now),
            snapshot_every: None,
            rate: None,
        };
        let system = System::start(settings).await.context("starting Linli")?;
        let url = system.url();
        let key = system.mint(KeyKind::Operator, "bench", None).await?;
        ready(&url, &key).await?;
        let operator = Client::new(&url, &key)?;
        let place = Place::found(&operator, &url, now, Wish { crowd: residents }).await;
        let place = place.context("founding the place")?;
        let address = url.trim_start_matches("http://").parse()?;
        Ok(Self { system, place, database, address })
    }

    /// Gives points to everybody, and prices a service so low that they last.
    pub(crate) async fn make_buyers(&self) -> anyhow::Result<()> {
        let place = &self.place;
        let pricing = PriceItem { price: Amount::from(PRICE), cost: Amount::from(PRICE) };
        place.operator.price_item(&place.key("price"), &place.items.haircut, &pricing).await?;
        place.give(&place.crowd, POINTS).await.context("giving points")?;
        Ok(())
    }

    /// Sales at the counter, each to another buyer in turn.
    pub(crate) fn sales(&self) -> Vec<String> {
        self.place.crowd.iter().map(|person| self.sale(person)).collect()
    }

    fn sale(&self, person: &Person) -> String {
        let items = serde_json::json!([{ "item": self.place.items.haircut, "quantity": 1 }]);
        let body = serde_json::json!({ "resident": person.resident, "items": items }).to_string();
        request("POST", "/v1/sales", &self.place.shop.key, &keyed(), &body)
    }

    /// Bulks of so many claims, each of another resident.
    pub(crate) fn bulks(&self, items: usize) -> anyhow::Result<Vec<String>> {
        let claim = |person: &Person| {
            let claim = SubmitContribution {
                resident: person.resident.clone(),
                started_at: START_MARK.into(),
                ended_at: END_MARK.into(),
                ..self.place.claim(person, ACT, 1)
            };
            Ok(format!(r#"{{"key":"{KEY_MARK}","body":{}}}"#, serde_json::to_string(&claim)?))
        };
        let groups = self.place.crowd.chunks_exact(items);
        let bulk = |group: &[Person]| {
            let claims: Vec<String> = group.iter().map(claim).collect::<anyhow::Result<_>>()?;
            let body = format!(r#"{{"items":[{}]}}"#, claims.join(","));
            Ok(request("POST", "/v1/contributions/bulk", &self.place.partner_key, "", &body))
        };
        groups.map(bulk).collect()
    }

    /// A load of these requests on this server.
    pub(crate) fn order(&self, requests: Vec<String>) -> anyhow::Result<Order> {
        let now: jiff::Timestamp = NOW.parse()?;
        let from = now - jiff::SignedDuration::from_hours(24 * CLAIM_DAYS);
        Ok(Order {
            address: self.address,
            requests,
            connections: 1,
            pace: Pace::Closed,
            seconds: 1.0,
            first_key: 0,
            claims_from_us: from.as_microsecond(),
            first_minute: 0,
        })
    }

    /// Waits until all read models have seen the whole log, and gives its end: what the projectors
    /// still have to do is not the next measurement's burden.
    pub(crate) async fn caught_up(&self) -> anyhow::Result<u64> {
        let head = self.place.head().await?;
        let http = &self.place.http;
        let look = async || {
            let models: serde_json::Value =
                http.send(&Ask::get("/readyz")).await.ok()?.json().ok()?;
            let models = models["read_models"].as_array()?;
            let there = |model: &serde_json::Value| model["position"].as_u64() >= Some(head);
            (!models.is_empty() && models.iter().all(there)).then_some(())
        };
        wait::until("the projectors caught up", CAUGHT_UP_MAX, look).await?;
        Ok(head)
    }

    pub(crate) async fn stop(self) -> anyhow::Result<Database> {
        self.system.stop().await?;
        Ok(self.database)
    }
}

/// Waits until the gateway is ready and knows the key that was minted beside it.
async fn ready(url: &str, key: &str) -> anyhow::Result<()> {
    let http = Http::new(url);
    let ask = Ask::get("/v1/log/head").bearer(key);
    let ready = Ask::get("/readyz");
    let answered = async |ask: &Ask| {
        http.send(ask).await.ok().filter(|answer| answer.status == 200).map(|_| ())
    };
    wait::until("the gateway is ready", wait::LONG, async || answered(&ready).await).await?;
    wait::until("the gateway knows the key", wait::LONG, async || answered(&ask).await).await
}
