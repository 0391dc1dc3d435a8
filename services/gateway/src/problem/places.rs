//! Refusals about resources and bookings, with their figures in a sentence.

use linli_domain::booking::Status;
use linli_domain::resource::{Off, OffReason, ResourcePart};
use linli_domain::time::Timestamp;

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem, Words};

pub(super) fn invalid_resource(part: ResourcePart) -> Problem {
    let (zh, en) = match part {
        ResourcePart::Quantity => ("数量须为 1 至 10000", "the quantity is 1 to 10,000"),
        ResourcePart::Timetable => (
            "时段表须有 1 至 28 个开放时间,时段须有时长,且互不重叠",
            "a timetable has 1 to 28 openings from Monday on, whose slots have a length and don't overlap",
        ),
        ResourcePart::InARow => {
            ("连续时段数须为 1 至 366", "a booking takes 1 to 366 slots in a row")
        }
        ResourcePart::DaysAhead => {
            ("可提前预约天数须为 1 至 366", "it can be booked from 1 to 366 days ahead")
        }
        ResourcePart::Terms => (
            "保留比例须在 0 至 1 之间,时限不超过四周",
            "what is kept is a part from 0 to 1, and no span is longer than four weeks",
        ),
    };
    Problem::new(Kind::InvalidResource, format!("{zh}。"), format!("The resource: {en}."))
}

pub(super) fn too_many_slots(most: u16, wanted: u16) -> Problem {
    Problem::new(
        Kind::TooManySlots,
        format!("一次至多连续预约 {most} 个时段,需要 {wanted} 个。"),
        format!("At most {most} slots in a row, wanted {wanted}."),
    )
    .with("most", most)
    .with("wanted", wanted)
}

pub(super) fn more_than_there_are(of: u32, wanted: u32) -> Problem {
    Problem::new(
        Kind::MoreThanThereAre,
        format!("共有 {of} 个,需要 {wanted} 个。"),
        format!("There are {of}, wanted {wanted}."),
    )
    .with("of", of)
    .with("wanted", wanted)
}

pub(super) fn slot_over(since: Timestamp) -> Problem {
    Problem::new(
        Kind::SlotOver,
        format!("该时段已于 {} 过去。", wall_time(since)),
        format!("That was over at {}.", wall_time(since)),
    )
    .with("since", time_text(since))
}

pub(super) fn invalid_alert(hours_most: u16) -> Problem {
    Problem::new(
        Kind::InvalidAlert,
        format!("预警时段须为 1 分钟至 {hours_most} 小时。"),
        format!("An alert lasts from a minute to {hours_most} h."),
    )
    .with("hours_most", hours_most)
}

pub(super) fn too_far_ahead(latest: Timestamp) -> Problem {
    Problem::new(
        Kind::TooFarAhead,
        format!("目前最晚可预约 {} 开始的时段。", wall_time(latest)),
        format!("The latest start that can be booked now is {}.", wall_time(latest)),
    )
    .with("latest", time_text(latest))
}

pub(super) fn slot_full(free: u32, of: u32, wanted: u32) -> Problem {
    Problem::new(
        Kind::SlotFull,
        format!("共 {of} 个,尚余 {free} 个,需要 {wanted} 个。"),
        format!("{free} of {of} free, {wanted} wanted."),
    )
    .with("free", free)
    .with("of", of)
    .with("wanted", wanted)
}

pub(super) fn slot_has_room(free: u32, of: u32) -> Problem {
    Problem::new(
        Kind::SlotHasRoom,
        format!("共 {of} 个,尚余 {free} 个,可直接预约。"),
        format!("{free} of {of} free: book it."),
    )
    .with("free", free)
    .with("of", of)
}

pub(super) fn waiting_list_full(most: usize) -> Problem {
    Problem::new(
        Kind::WaitingListFull,
        format!("已有 {most} 人候补。"),
        format!("{most} wait already."),
    )
    .with("most", most)
}

pub(super) fn slot_off(start: Timestamp, off: &Off) -> Problem {
    let (reason, Words { zh, en }) = off_words(off.reason);
    Problem::new(
        Kind::SlotOff,
        format!("{} 开始的时段已停开:{zh}。", wall_time(start)),
        format!("The slot of {} is off: {en}.", wall_time(start)),
    )
    .with("start", time_text(start))
    .with("reason", reason)
}

pub(super) fn too_many_off(most: usize) -> Problem {
    Problem::new(
        Kind::TooManyOff,
        format!("同时停开的时段至多 {most} 个。"),
        format!("At most {most} slots are off at once."),
    )
    .with("most", most)
}

/// The reason as it is sent, and in words.
const fn off_words(reason: OffReason) -> (&'static str, Words) {
    match reason {
        OffReason::Weather => {
            ("weather", Words { zh: "天气原因", en: "the weather doesn't allow it" })
        }
        OffReason::Damage => {
            ("damage", Words { zh: "损坏或维修", en: "it is damaged or being repaired" })
        }
        OffReason::Needed => {
            ("needed", Words { zh: "另作他用", en: "it is needed for something else" })
        }
        OffReason::Unstaffed => {
            ("unstaffed", Words { zh: "无人值守", en: "nobody is there to hand out the key" })
        }
        OffReason::Other => ("other", Words { zh: "其他原因", en: "another reason" }),
    }
}

pub(super) fn booking_paused(until: Timestamp) -> Problem {
    Problem::new(
        Kind::BookingPaused,
        format!("因多次预约未到,暂停预约至 {}。", wall_time(until)),
        format!("After absences, booking is paused until {}.", wall_time(until)),
    )
    .with("until", time_text(until))
}

pub(super) fn key_too_early(from: Timestamp) -> Problem {
    Problem::new(
        Kind::KeyTooEarly,
        format!("{} 起可领取钥匙。", wall_time(from)),
        format!("The key is handed out from {}.", wall_time(from)),
    )
    .with("from", time_text(from))
}

pub(super) const fn booking_words(found: Status) -> Words {
    match found {
        Status::Waiting => Words { zh: "候补中", en: "on the waiting list" },
        Status::Booked => Words { zh: "已预约", en: "booked" },
        Status::Left => Words { zh: "已退出候补", en: "off the waiting list" },
        Status::PassedOver => Words { zh: "候补落空", en: "passed over on the waiting list" },
        Status::Lapsed => Words { zh: "候补过期", en: "over without having got room" },
        Status::Cancelled => Words { zh: "已取消", en: "cancelled" },
        Status::Used => Words { zh: "已使用", en: "used" },
        Status::NotShown => Words { zh: "未到", en: "over without anybody having come" },
    }
}
