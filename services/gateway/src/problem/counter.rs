//! Refusals about shifts and allowances, with their figures in a sentence.

use linli_domain::quantity::Points;
use linli_domain::time::Timestamp;

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem};

/// What a PIN that isn't right is told.
pub(crate) fn pin_wrong(left: u32) -> Problem {
    Problem::new(
        Kind::PinWrong,
        format!("PIN 错误,还可尝试 {left} 次。"),
        format!("The PIN is wrong; {left} more tries are looked at."),
    )
    .with("left", left)
}

/// None is looked at before then.
pub(crate) fn pin_locked(until: Timestamp) -> Problem {
    Problem::new(
        Kind::PinLocked,
        format!("PIN 锁定至 {}。", wall_time(until)),
        format!("The PIN is locked until {}.", wall_time(until)),
    )
    .with("until", time_text(until))
}

pub(super) fn shift_over(since: Timestamp) -> Problem {
    Problem::new(
        Kind::ShiftOver,
        format!("该班次已于 {} 结束,请重新上班。", wall_time(since)),
        format!("The shift was closed at {}; open another one.", wall_time(since)),
    )
    .with("since", time_text(since))
}

pub(super) fn standing(ends_at: Timestamp) -> Problem {
    Problem::new(
        Kind::AllowanceStanding,
        format!("该驿站的离线额度至 {} 到期。", wall_time(ends_at)),
        format!("The station has an allowance until {}.", wall_time(ends_at)),
    )
    .with("ends_at", time_text(ends_at))
}

pub(super) fn too_large(kind: Kind, most: Points, wanted: Points) -> Problem {
    Problem::new(
        kind,
        format!("额度至多 {most},需要 {wanted}。"),
        format!("At most {most} points, wanted {wanted}."),
    )
    .with("most", most.to_string())
    .with("wanted", wanted.to_string())
}

pub(super) fn too_long(latest: Timestamp) -> Problem {
    Problem::new(
        Kind::AllowanceTooLong,
        format!("期限最晚为 {}。", wall_time(latest)),
        format!("It ends at {} at the latest.", wall_time(latest)),
    )
    .with("latest", time_text(latest))
}

pub(super) fn ended(since: Timestamp) -> Problem {
    Problem::new(
        Kind::AllowanceEnded,
        format!("该额度已于 {} 终止。", wall_time(since)),
        format!("The allowance ended at {}.", wall_time(since)),
    )
    .with("since", time_text(since))
}

pub(super) fn slip_number(most: u32) -> Problem {
    Problem::new(
        Kind::SlipNumber,
        format!("离线单编号为 1 至 {most}。"),
        format!("Slips are numbered 1 to {most}."),
    )
    .with("most", most)
}

pub(super) fn too_many_reports(most: usize) -> Problem {
    Problem::new(
        Kind::TooManyReports,
        format!("已有 {most} 张离线单待查。"),
        format!("{most} slips wait to be looked into."),
    )
    .with("most", most)
}
