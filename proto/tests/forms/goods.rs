//! Samples of what is in the catalogue.

use linli_domain::item::{self, Delivery, Eligibility, Item, ItemKind, Pricing};
use linli_domain::quantity::{Fen, Points};

use crate::events::{Samples, sample};
use crate::values::{id, name, points};

pub(crate) fn events() -> Samples {
    let item = id!(ItemId, 30);
    let full = Item {
        item,
        supplier: id!(SupplierId, 31),
        name: name("大米五公斤", "rice 5 kg"),
        kind: ItemKind::Goods,
        price: points(4400),
        cost: Fen::from_hundredths(4400),
        eligibility: Eligibility { least_stars: 2, assisted_only: true },
    };
    let mut samples: Samples = [ItemKind::Goods, ItemKind::Service, ItemKind::Bookable]
        .map(|kind| sample(kind, item::Event::Listed(Item { kind, ..full.clone() })))
        .into();
    let eligibility = Eligibility::default();
    let free = Item { price: Points::ZERO, cost: Fen::ZERO, eligibility, ..full };
    let (price, cost) = (points(4500), Fen::from_hundredths(4500));
    let delivery = Delivery {
        station: id!(StationId, 34),
        item,
        quantity: 40,
        reference: "送-0007".parse().unwrap(),
    };
    samples.extend([
        sample("free for all", item::Event::Listed(free)),
        sample("whole", item::Event::Priced(Pricing { item, price, cost })),
        sample("free", item::Event::Priced(Pricing { item, price: Points::ZERO, cost: Fen::ZERO })),
        sample("whole", item::Event::StockReceived(delivery)),
    ]);
    samples
}
