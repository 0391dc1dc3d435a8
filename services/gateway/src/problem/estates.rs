//! Refusals about estates, with their figures in a sentence.

use linli_domain::id::EstateId;
use linli_domain::time::Timestamp;

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem};

pub(super) fn invalid_committee(least: u8, most: u8) -> Problem {
    Problem::new(
        Kind::InvalidCommittee,
        format!("管委会须有 {least} 至 {most} 名成员,且不得重复。"),
        format!("A committee has {least} to {most} members, each once."),
    )
    .with("least", least)
    .with("most", most)
}

pub(super) fn invalid_term(latest: Timestamp) -> Problem {
    Problem::new(
        Kind::InvalidTerm,
        format!("任期须在将来结束,且不晚于 {}。", wall_time(latest)),
        format!("A term ends after now, and not after {}.", wall_time(latest)),
    )
    .with("latest", time_text(latest))
}

pub(super) fn on_committee(estate: EstateId) -> Problem {
    Problem::plain(Kind::OnCommittee).with("estate", estate.to_string())
}
