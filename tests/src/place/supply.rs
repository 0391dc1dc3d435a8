//! Pools, counters, goods and what stands on the shelves.

use std::collections::BTreeMap;

use linli_api::item::{Eligibility, ItemKind, ListItem};
use linli_api::key::KeyKind;
use linli_api::pool::{FundPool, OpenPool};
use linli_api::station::{OpenStation, ReceiveStock, StationKind};
use linli_api::supplier::{EnrolSupplier, SupplierKind};
use linli_api::{Bilingual, Id};

use super::founding::Founder;
use super::{Areas, Counter, Items};

const FUNDED: &str = "100000";

/// The pools that the shipped profile draws on.
pub(super) async fn pools(founder: &Founder) -> anyhow::Result<BTreeMap<String, Id>> {
    let mut pools = BTreeMap::new();
    for (code, zh) in
        [("street", "街道"), ("property", "物业"), ("merchants", "商户"), ("departments", "部门")]
    {
        let pool = OpenPool { pool: None, code: code.into(), name: Bilingual::new(zh, code) };
        let pool = founder.operator.open_pool(&format!("pool-{code}"), &pool).await?;
        let pool = pool.body.changed.id;
        let funds = FundPool { points: FUNDED.into(), reference: format!("FIN-{code}") };
        founder.operator.fund_pool(&format!("fund-{code}"), &pool, &funds).await?;
        pools.insert(code.to_owned(), pool);
    }
    Ok(pools)
}

/// The shop and the kiosk.
pub(super) async fn counters(founder: &Founder, areas: &Areas) -> anyhow::Result<[Counter; 2]> {
    let shop = counter(founder, areas, "shop", "丁山服务站").await?;
    let kiosk = counter(founder, areas, "kiosk", "二号驿站").await?;
    Ok([shop, kiosk])
}

async fn counter(founder: &Founder, areas: &Areas, en: &str, zh: &str) -> anyhow::Result<Counter> {
    let station = OpenStation {
        station: None,
        area: areas.community.clone(),
        kind: StationKind::Counter,
        name: Bilingual::new(zh, en),
    };
    let station = founder.operator.open_station(&format!("station-{en}"), &station).await?;
    let station = station.body.changed.id;
    let (key, api) = founder.hand(KeyKind::Station, en, Some(&station)).await?;
    Ok(Counter { station, key, api })
}

pub(super) async fn shelves(
    founder: &Founder,
    shop: &Counter,
    kiosk: &Counter,
) -> anyhow::Result<Items> {
    let supplier = EnrolSupplier {
        supplier: None,
        kind: SupplierKind::Merchant,
        name: Bilingual::new("便民超市", "Corner shop"),
    };
    let supplier = founder.operator.enrol_supplier("supplier", &supplier).await?.body.changed.id;
    let goods = ItemKind::Goods;
    let list = |en: &'static str, zh: &str, kind, price: &str, eligibility| {
        let item = ListItem {
            item: None,
            supplier: supplier.clone(),
            name: Bilingual::new(zh, en),
            kind,
            price: price.into(),
            cost: price.into(),
            eligibility,
        };
        async move {
            let answer = founder.operator.list_item(&format!("item-{en}"), &item).await?;
            anyhow::Ok(answer.body.changed.id)
        }
    };
    let all = Eligibility::default();
    let starred = Eligibility { least_stars: 2, ..all };
    let assisted = Eligibility { assisted_only: true, ..all };
    let items = Items {
        soap: list("soap", "肥皂", goods, "15", all).await?,
        rice: list("rice", "大米 5 公斤", goods, "44", all).await?,
        salt: list("salt", "食盐", goods, "0.50", all).await?,
        thermos: list("thermos", "保温杯", goods, "50", all).await?,
        haircut: list("haircut", "理发", ItemKind::Service, "15", all).await?,
        legal: list("legal", "法律咨询", ItemKind::Service, "0", starred).await?,
        wheelchair: list("wheelchair", "轮椅", goods, "0", assisted).await?,
    };
    for (counter, item, quantity) in [
        (shop, &items.soap, 40),
        (kiosk, &items.soap, 5),
        (shop, &items.rice, 1),
        (shop, &items.salt, 100_000),
        (shop, &items.thermos, 3),
        (shop, &items.wheelchair, 2),
    ] {
        let stock = ReceiveStock { item: item.clone(), quantity, reference: "DN-1".into() };
        counter.api.receive_stock(&format!("stock-{item}"), &stock).await?;
    }
    Ok(items)
}
