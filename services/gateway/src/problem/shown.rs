//! Refusals about what a resident shows at a counter.

use linli_domain::rules::Presence;
use linli_domain::time::Timestamp;

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem};

pub(super) fn too_early(from: Timestamp) -> Problem {
    Problem::new(
        Kind::ShownTooEarly,
        format!("该出示自 {} 起有效。", wall_time(from)),
        format!("It counts from {}.", wall_time(from)),
    )
    .with("from", time_text(from))
}

/// What was shown counted until then.
pub(crate) fn too_late(until: Timestamp) -> Problem {
    Problem::new(
        Kind::ShownTooLate,
        format!("该出示有效至 {},请重新出示。", wall_time(until)),
        format!("It counted until {}; it has to be shown anew.", wall_time(until)),
    )
    .with("until", time_text(until))
}

pub(super) fn before(last: Timestamp) -> Problem {
    Problem::new(
        Kind::ShownBefore,
        format!("{} 的出示已使用,请重新出示。", wall_time(last)),
        format!("What was shown at {} counted already; it has to be shown anew.", wall_time(last)),
    )
    .with("last", time_text(last))
}

pub(super) fn needed(needed: Presence) -> Problem {
    let (word, zh, en) = match needed {
        Presence::Proven => (
            "proven",
            "规则要求居民出示动态码,或刷卡并输入 PIN。",
            "The rules need the code of the app, or the card with its PIN.",
        ),
        Presence::Needed | Presence::Optional => (
            "needed",
            "规则要求居民出示动态码、刷卡并输入 PIN,或出示纸质凭证。",
            "The rules need the code of the app, the card with its PIN, or paper.",
        ),
    };
    Problem::new(Kind::PresenceNeeded, zh.to_owned(), en.to_owned()).with("needed", word)
}
