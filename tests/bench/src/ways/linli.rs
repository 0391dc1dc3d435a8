//! Linli itself: everything in this process, on a database of its own, with projectors and NATS
//! running as they would.

use anyhow::Context as _;
use linli_api::contribution::SubmitContribution;
use linli_api::item::PriceItem;
use linli_api::{Amount, Client};
use linli_tests::{NOW, Place, Wish};

use super::{END_MARK, KEY_MARK, Person, Running, START_MARK, keyed, request};
use crate::ground::Ground;
use crate::load::{Order, Pace};

/// A sale costs a hundredth of a point, so that a hundred points last for ten thousand sales.
const PRICE: &str = "0.01";

/// What each buyer has been given, in points: an outstanding deed, assessed in full.
const POINTS: &str = "100";

/// Claims may be entered for seven days; these begin so many days ago, and a day holds 1,440.
const CLAIM_DAYS: i64 = 6;

/// The act that is claimed in bulk: an hour's patrol, of which only minutes are claimed.
const ACT: &str = "EN-1";

/// A running system with people in it.
pub(crate) struct LinliWay {
    pub(crate) running: Running,
    pub(crate) place: Place,
}

impl LinliWay {
    /// Starts one with so many residents.
    pub(crate) async fn start(ground: &Ground, residents: usize) -> anyhow::Result<Self> {
        let database = ground.database("linli").await?;
        let now: jiff::Timestamp = NOW.parse()?;
        let running = Running::start(ground, database, Some(now)).await?;
        let url = running.url();
        let operator = Client::new(&url, &running.operator_key)?;
        let place = Place::found(&operator, &url, now, Wish { crowd: residents }).await;
        Ok(Self { running, place: place.context("founding the place")? })
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
            address: self.running.address,
            requests,
            connections: 1,
            pace: Pace::Closed,
            seconds: 1.0,
            first_key: 0,
            claims_from_us: from.as_microsecond(),
            first_minute: 0,
        })
    }
}
