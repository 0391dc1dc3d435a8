//! Refusals about the time bank, with their figures in a sentence.

use linli_domain::id::AreaId;

use crate::problem::{Kind, Problem};

pub(super) fn short(has: i64, needed: u32, may_owe: u32) -> Problem {
    Problem::new(
        Kind::TimeShort,
        format!("存时余额 {has} 分钟,需要 {needed} 分钟,最多可欠 {may_owe} 分钟。"),
        format!("{has} min are stored, {needed} are needed, and {may_owe} may be owed."),
    )
    .with("has", has)
    .with("needed", needed)
    .with("may_owe", may_owe)
}

pub(super) fn awaited(waiting: usize) -> Problem {
    Problem::new(
        Kind::ChestAwaited,
        format!("已有 {waiting} 人在时间箱排队。"),
        format!("{waiting} wait at the chest already."),
    )
    .with("waiting", waiting)
}

pub(super) fn above_cap(room: u32) -> Problem {
    Problem::new(
        Kind::AboveTimeCap,
        format!("距存时上限还可存 {room} 分钟。"),
        format!("There is room for {room} min under the cap."),
    )
    .with("room", room)
}

pub(super) fn surplus(community: AreaId, after: i64, most: u32) -> Problem {
    Problem::new(
        Kind::SurplusLimit,
        format!("其他社区对该社区的欠时最多为 {most} 分钟。"),
        format!("The others may owe this community {most} min at the most."),
    )
    .with("community", community.to_string())
    .with("after", after)
    .with("most", most)
}

pub(super) fn deficit(community: AreaId, after: i64, most: u32) -> Problem {
    Problem::new(
        Kind::DeficitLimit,
        format!("该社区对其他社区的欠时最多为 {most} 分钟。"),
        format!("This community may owe the others {most} min at the most."),
    )
    .with("community", community.to_string())
    .with("after", after)
    .with("most", most)
}
