//! Linli itself: everything in this process, on a database of its own, with projectors and NATS
//! running as they would.

use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use linli_api::Amount;
use linli_api::item::PriceItem;
use linli_tests::{Place, Terms, TestSystem, Wish};

use crate::load::Target;

/// People who buy. A load is spread over them as it would be over residents of a district.
pub(crate) const BUYERS: usize = 256;

/// A sale costs a hundredth of a point, so that a hundred points last for ten thousand sales.
const PRICE: &str = "0.01";

/// What each buyer has been given, in points: an outstanding deed, assessed in full.
const POINTS: &str = "100";

/// A running system with people in it who can buy.
pub(crate) struct LinliWay {
    system: TestSystem,
    place: Place,
    pub(crate) target: Arc<Target>,
}

impl LinliWay {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let system = TestSystem::start_with(Terms { nats: true, ..Terms::default() }).await?;
        let place = system.found(Wish { crowd: BUYERS }).await.context("founding the place")?;
        let item = place.items.haircut.clone();
        let pricing = PriceItem { price: Amount::from(PRICE), cost: Amount::from(PRICE) };
        place.operator.price_item(&place.key("price"), &item, &pricing).await?;
        place.give(&place.crowd, POINTS).await.context("giving points")?;
        let body = |resident: &linli_api::Id| {
            let items = serde_json::json!([{ "item": item, "quantity": 1 }]);
            Bytes::from(serde_json::json!({ "resident": resident, "items": items }).to_string())
        };
        let target = Target {
            address: place.url.trim_start_matches("http://").parse()?,
            path: "/v1/sales".to_owned(),
            bearer: format!("Bearer {}", place.shop.key),
            bodies: place.crowd.iter().map(|person| body(&person.resident)).collect(),
        };
        Ok(Self { system, place, target: Arc::new(target) })
    }

    /// The position of the last record, once the read models have come that far.
    pub(crate) async fn caught_up(&self) -> anyhow::Result<u64> {
        self.place.caught_up().await
    }

    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        self.system.stop().await
    }
}
