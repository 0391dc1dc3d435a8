//! The catalogue.

use linli_domain::item::{Command, Delivery, Eligibility, Event, Item, ItemKind, Pricing};

use crate::wire;

plain_enum! { ItemKind = wire::ItemKind { Goods, Service, Bookable } }

message! { Eligibility = wire::Eligibility {
    least_stars: plain(least_stars),
    assisted_only: plain(assisted_only),
} }

message! { Item = wire::Item {
    item: need(item),
    supplier: need(supplier),
    name: need(name),
    kind: plain(kind),
    price_points_hundredths: plain(price),
    cost_fen: plain(cost),
    eligibility: need(eligibility),
} }

message! { Pricing = wire::Pricing {
    item: need(item),
    price_points_hundredths: plain(price),
    cost_fen: plain(cost),
} }

message! { Delivery = wire::Delivery {
    station: need(station),
    item: need(item),
    quantity: plain(quantity),
    reference: plain(reference),
} }

choice! { Command = wire::ItemCommand, wire::item_command::Kind { one { List, Price, ReceiveStock } } }

choice! { Event = wire::ItemEvent, wire::item_event::Kind { one { Listed, Priced, StockReceived } } }
