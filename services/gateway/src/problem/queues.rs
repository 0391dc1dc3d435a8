//! Refusals about queues for goods, with their figures in a sentence.

use linli_domain::id::ItemId;
use linli_domain::queue::Status;

use crate::problem::{Kind, Problem, Words};

pub(super) fn in_stock(item: ItemId, free: u32, wanted: u32) -> Problem {
    Problem::new(
        Kind::InStock,
        format!("尚有 {free} 件,需要 {wanted} 件,可直接兑换。"),
        format!("{free} are there, {wanted} wanted: redeem them."),
    )
    .with("item", item.to_string())
    .with("free", free)
    .with("wanted", wanted)
}

pub(super) fn queue_full(most: usize) -> Problem {
    Problem::new(Kind::QueueFull, format!("已有 {most} 人排队。"), format!("{most} wait already."))
        .with("most", most)
}

pub(super) fn too_many_wanted(item: ItemId, most: u32, wanted: u32) -> Problem {
    Problem::new(
        Kind::TooManyWanted,
        format!("一次至多 {most} 件,需要 {wanted} 件。"),
        format!("At most {most} at once, {wanted} wanted."),
    )
    .with("item", item.to_string())
    .with("most", most)
    .with("wanted", wanted)
}

pub(super) const fn queue_words(found: Status) -> Words {
    match found {
        Status::Waiting => Words { zh: "排队中", en: "on the list" },
        Status::Left => Words { zh: "已退出排队", en: "off the list" },
        Status::PassedOver => Words { zh: "排队落空", en: "passed over" },
        Status::Served => Words { zh: "已留货", en: "over, for the goods are set aside" },
    }
}
