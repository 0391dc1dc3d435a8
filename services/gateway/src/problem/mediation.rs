//! Refusals about mediation cases, with their figures in a sentence.

use linli_domain::mediation::Status;

use crate::problem::{Kind, Problem, Words};

pub(super) fn invalid_parties(most: usize) -> Problem {
    Problem::new(
        Kind::InvalidParties,
        format!("当事人须为 1 至 {most} 名居民,且不得重复。"),
        format!("A case has 1 to {most} parties, each once."),
    )
    .with("most", most)
}

pub(super) fn table_full(most: usize) -> Problem {
    Problem::new(
        Kind::TableFull,
        format!("一个案件至多 {most} 个席位。"),
        format!("A table has at most {most} places."),
    )
    .with("most", most)
}

pub(super) fn too_many_sessions(most: usize) -> Problem {
    Problem::new(
        Kind::TooManySessions,
        format!("一个案件至多 {most} 次调解。"),
        format!("A case has at most {most} sessions."),
    )
    .with("most", most)
}

pub(super) const fn case_words(found: Status) -> Words {
    match found {
        Status::Open => Words { zh: "调解中", en: "being mediated" },
        Status::Settled => Words { zh: "已达成协议", en: "settled" },
        Status::Performed => Words { zh: "已履行", en: "settled and kept" },
        Status::Broken => Words { zh: "已违约", en: "settled and broken" },
        Status::Unsettled => Words { zh: "未达成协议", en: "closed unsettled" },
    }
}
