//! Refusals about titles and certificates, with their figures in a sentence.

use linli_domain::honour::{Stage, Standing};
use linli_domain::quantity::Minutes;
use linli_domain::time::Timestamp;

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem, Words};

pub(super) const fn standing_words(found: Standing) -> Words {
    match found {
        Standing::OnNotice => Words { zh: "公示中", en: "on public notice" },
        Standing::Granted => Words { zh: "已授予", en: "granted" },
        Standing::Declined => Words { zh: "未授予", en: "not granted" },
        Standing::Fallen => Words { zh: "已失效", en: "fallen" },
    }
}

pub(super) const fn stage_words(found: Stage) -> Words {
    match found {
        Stage::OnNotice => Words { zh: "公示中", en: "on public notice" },
        Stage::Valid => Words { zh: "已出具", en: "issued" },
        Stage::Revoked => Words { zh: "已作废", en: "void" },
    }
}

pub(super) fn hours_short(needed_hours: u32, minutes: Minutes) -> Problem {
    let served = minutes.hours().round_dp(1).normalize();
    Problem::new(
        Kind::HoursShort,
        format!("需 {needed_hours} 小时,现有 {served} 小时。"),
        format!("It takes {needed_hours} hours; {served} were served."),
    )
    .with("needed_hours", needed_hours)
    .with("minutes", minutes.get())
}

pub(super) fn tenure_short(from: Timestamp) -> Problem {
    Problem::new(
        Kind::TenureShort,
        format!("{} 起可申请。", wall_time(from)),
        format!("It can be applied for from {} on.", wall_time(from)),
    )
    .with("from", time_text(from))
}

pub(super) fn notice_runs(until: Timestamp) -> Problem {
    Problem::new(
        Kind::HonourNoticeRuns,
        format!("公示至 {}。", wall_time(until)),
        format!("The notice runs until {}.", wall_time(until)),
    )
    .with("until", time_text(until))
}
