//! Refusals about activities and seats, with their figures in a sentence.

use linli_domain::activity::{ActivityPart, Status};
use linli_domain::id::SeatId;
use linli_domain::time::{Interval, Timestamp};

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem, Words};

pub(super) fn invalid_activity(part: ActivityPart) -> Problem {
    let (zh, en) = match part {
        ActivityPart::Seats => ("名额须为 1 至 1000", "there are 1 to 1,000 seats"),
        ActivityPart::Times => (
            "须有时长,且不得长于单次贡献的最长时间",
            "it has a length, and no more than one contribution may have",
        ),
        ActivityPart::Checkpoints => {
            ("巡更点最多 16 个,且不得重复", "there are at most 16 checkpoints, each once")
        }
    };
    Problem::new(Kind::InvalidActivity, format!("{zh}。"), format!("The activity: {en}."))
}

pub(super) fn activity_begun(since: Timestamp) -> Problem {
    Problem::new(
        Kind::ActivityBegun,
        format!("活动已于 {} 开始。", wall_time(since)),
        format!("It began at {}.", wall_time(since)),
    )
    .with("since", time_text(since))
}

pub(super) fn signed_up(seat: SeatId) -> Problem {
    Problem::plain(Kind::SignedUp).with("seat", seat.to_string())
}

pub(super) fn seat_clash(seat: SeatId, planned: Interval) -> Problem {
    let (start, end) = (planned.start(), planned.end());
    Problem::new(
        Kind::SeatClash,
        format!("该居民 {} 至 {} 另有活动名额。", wall_time(start), wall_time(end)),
        format!("The resident has another seat from {} to {}.", wall_time(start), wall_time(end)),
    )
    .with("seat", seat.to_string())
    .with("from", time_text(start))
    .with("until", time_text(end))
}

pub(super) fn check_in_too_early(from: Timestamp) -> Problem {
    Problem::new(
        Kind::CheckInTooEarly,
        format!("{} 起可签到。", wall_time(from)),
        format!("People check in from {}.", wall_time(from)),
    )
    .with("from", time_text(from))
}

pub(super) fn wrong_checkpoint(checkpoint: u8) -> Problem {
    let number = u16::from(checkpoint).saturating_add(1);
    Problem::new(
        Kind::WrongCheckpoint,
        format!("第 {number} 个巡更点的内容不符,或重复。"),
        format!("What was scanned is not what stands at checkpoint {number}, or came twice."),
    )
    .with("checkpoint", number)
}

pub(super) const fn seat_words(found: Status) -> Words {
    match found {
        Status::Waiting => Words { zh: "候补中", en: "on the waiting list" },
        Status::Taken => Words { zh: "已报名", en: "taken" },
        Status::Present => Words { zh: "已签到", en: "checked in" },
        Status::Served => Words { zh: "已签退", en: "checked out" },
        Status::Forgotten => {
            Words { zh: "未签退,已自动结束", en: "over without a check-out" }
        }
        Status::Missed => Words { zh: "未到", en: "over without anybody having come" },
        Status::Withdrawn => Words { zh: "已退出", en: "given up" },
        Status::PassedOver => Words { zh: "候补落空", en: "passed over on the waiting list" },
        Status::Lapsed => Words { zh: "候补过期", en: "over without having got a seat" },
        Status::CalledOff => Words { zh: "活动已取消", en: "called off with its activity" },
        Status::Vacated => {
            Words { zh: "账户已注销", en: "vacated, as the resident was erased" }
        }
    }
}
