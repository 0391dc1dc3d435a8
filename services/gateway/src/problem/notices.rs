//! Refusals about notices, panels and appeals, with their figures in a sentence.

use linli_domain::notice::{Stage, Tie};
use linli_domain::time::Timestamp;

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem, Words};

pub(super) const fn stage_words(found: Stage) -> Words {
    match found {
        Stage::Open => Words { zh: "公示中", en: "on notice" },
        Stage::Contested => Words { zh: "待评议", en: "before a panel" },
        Stage::Unopposed => Words { zh: "公示无异议", en: "over without an objection" },
        Stage::Upheld => Words { zh: "已支持", en: "upheld" },
        Stage::Dismissed => Words { zh: "已驳回", en: "dismissed" },
    }
}

pub(super) fn too_many_objections(most: usize) -> Problem {
    Problem::new(
        Kind::TooManyObjections,
        format!("已有 {most} 条异议,将交评议小组评议。"),
        format!("There are {most} objections already; a panel will look at them."),
    )
    .with("most", most)
}

pub(super) fn panel_size(needed: u8, found: u8) -> Problem {
    Problem::new(
        Kind::PanelSize,
        format!("评议小组须为 {needed} 人,所列为 {found} 人。"),
        format!("A panel has {needed} members; {found} were named."),
    )
    .with("needed", needed)
    .with("found", found)
}

pub(super) fn panel_member_tied(place: u8, tie: Tie) -> Problem {
    let Words { zh, en } = tie_words(tie);
    let (who_zh, who_en) = match place {
        0 => ("召集人".to_owned(), "Whoever calls the panel together".to_owned()),
        place => (format!("第 {place} 位成员"), format!("Member {place}")),
    };
    Problem::new(Kind::PanelMemberTied, format!("{who_zh}{zh}。"), format!("{who_en} {en}."))
        .with("place", place)
}

pub(super) fn panel_member_twice(place: u8) -> Problem {
    Problem::new(
        Kind::PanelMemberTwice,
        format!("第 {place} 位成员重复。"),
        format!("Member {place} is on the panel already."),
    )
    .with("place", place)
}

pub(super) fn appeal_closed(closed_at: Timestamp) -> Problem {
    Problem::new(
        Kind::AppealClosed,
        format!("申诉已于 {} 截止。", wall_time(closed_at)),
        format!("It could be appealed against until {}.", wall_time(closed_at)),
    )
    .with("closed_at", time_text(closed_at))
}

const fn tie_words(tie: Tie) -> Words {
    match tie {
        Tie::Party => Words { zh: "是申报人或受益人", en: "claims it or was served" },
        Tie::Verifier => Words { zh: "曾核实此项", en: "vouched for it" },
        Tie::Objector => Words { zh: "是异议人", en: "objected to it" },
        Tie::Decider => Words { zh: "曾驳回或冲正此项", en: "rejected or reversed it" },
        Tie::Convener => Words { zh: "是召集人", en: "calls the panel together" },
        Tie::SatBefore => Words { zh: "曾参加上次评议", en: "sat on the first panel" },
        Tie::Household => {
            Words { zh: "与当事人同户", en: "lives with somebody who has to do with it" }
        }
    }
}
