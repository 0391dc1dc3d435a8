//! Receipts of checks of conduct, and their signs in words.

use linli_api::conduct::{ConductHeld, ConductReviewed, ConductSign, Reviewed, SignKind};
use linli_api::contribution::ContributionStatus;
use linli_domain::conduct::{self, Holding, Review, Sign, Verdict};
use linli_domain::posting::Account;
use linli_domain::{Event, Record, notice};

use crate::parse::Spoken as _;
use crate::receipt::contribution::awarded;
use crate::receipt::{amount, award, balance_after, id};

/// Why the claim among these records is held; empty if it isn't.
pub(crate) fn held(records: &[Record]) -> Vec<ConductSign> {
    let holding = records.iter().find_map(|record| {
        let Event::Conduct(conduct::Event::Held(it)) = &record.event else { return None };
        Some(it)
    });
    holding.map(|it| signs(it)).unwrap_or_default()
}

/// What a review changed.
pub(crate) fn reviewed(records: &[Record]) -> Option<Reviewed> {
    let Event::Conduct(conduct::Event::Reviewed(review)) = &records.first()?.event else {
        return None;
    };
    let Review { contribution, officer, verdict } = *review;
    let given = records.iter().find_map(|record| awarded(&record.event));
    let noticed = records
        .iter()
        .any(|record| matches!(&record.event, Event::Notice(notice::Event::Opened(_))));
    let (status, reason) = match verdict {
        Verdict::Reject(reason) => (ContributionStatus::Rejected, Some(reason.said())),
        Verdict::Release if given.is_some() => (ContributionStatus::Awarded, None),
        Verdict::Release if noticed => (ContributionStatus::OnNotice, None),
        Verdict::Release => (ContributionStatus::Pending, None),
    };
    Some(Reviewed {
        contribution: id(contribution),
        officer: id(officer),
        status,
        reason,
        award: given.map(award),
        available: balance_after(records, |account| matches!(account, Account::Available(_)))
            .map(amount),
    })
}

/// That a claim is held.
pub(crate) fn conduct_held(it: &Holding) -> ConductHeld {
    ConductHeld {
        contribution: id(it.contribution),
        resident: id(it.resident),
        grid: id(it.grid),
        signs: signs(it),
        complete: it.complete,
    }
}

/// What was said of it.
pub(crate) fn conduct_reviewed(it: Review) -> ConductReviewed {
    let rejected = match it.verdict {
        Verdict::Release => None,
        Verdict::Reject(reason) => Some(reason.said()),
    };
    ConductReviewed { contribution: id(it.contribution), officer: id(it.officer), rejected }
}

/// Why a claim is held, in words.
pub(crate) fn signs(it: &Holding) -> Vec<ConductSign> {
    it.signs.iter().map(sign).collect()
}

#[allow(clippy::too_many_lines, reason = "a table: one arm a sign, with its words")]
fn sign(sign: &Sign) -> ConductSign {
    let plain = |kind, zh: String, en: String| ConductSign {
        kind,
        zh,
        en,
        contribution: None,
        residents: Vec::new(),
        officer: None,
    };
    match sign {
        Sign::ServedElsewhere { other } => ConductSign {
            contribution: Some(id(other)),
            ..plain(
                SignKind::ServedElsewhere,
                "服务对象当时在别处服务".to_owned(),
                "the one served was serving somewhere else at that time".to_owned(),
            )
        },
        Sign::Travel { other, minutes, metres, metres_per_minute } => ConductSign {
            contribution: Some(id(other)),
            ..plain(
                SignKind::Travel,
                format!(
                    "与另一网格的服务相隔 {minutes} 分钟,至少 {metres} 米,每分钟至多 {metres_per_minute} 米"
                ),
                format!(
                    "{minutes} minutes from a service in another grid, which is {metres} m away at the \
                     least, at {metres_per_minute} m a minute at the most"
                ),
            )
        },
        Sign::LateEntries { entries, within_hours, late_hours } => plain(
            SignKind::LateEntries,
            format!("{within_hours} 小时内补录 {entries} 项,均在结束 {late_hours} 小时之后"),
            format!(
                "{entries} claims were entered within {within_hours} hours, each {late_hours} hours or \
                 more after its end"
            ),
        ),
        Sign::EvidenceUsed { other } => ConductSign {
            contribution: Some(id(other)),
            ..plain(
                SignKind::EvidenceUsed,
                "附件已用于另一时间的服务".to_owned(),
                "a file of another claim, which was at another time".to_owned(),
            )
        },
        Sign::Pair { with, times, days } => ConductSign {
            residents: vec![id(with)],
            ..plain(
                SignKind::Pair,
                format!("{days} 天内为同一人服务 {times} 次"),
                format!("served the same person {times} times in {days} days"),
            )
        },
        Sign::Ring { through, times, days } => ConductSign {
            residents: through.iter().map(id).collect(),
            ..plain(
                SignKind::Ring,
                format!("{days} 天内互为服务各 {times} 次以上"),
                format!(
                    "each serves the next {times} times or more in {days} days, and the last the first"
                ),
            )
        },
        Sign::StaffHours { officer } => ConductSign {
            officer: Some(id(officer)),
            ..plain(
                SignKind::StaffHours,
                "在本人职务的工作时间内".to_owned(),
                "in the paid hours of the person's own office".to_owned(),
            )
        },
    }
}
