//! Receipts of contributions.

use linli_api::Amount;
use linli_api::award::Award as ApiAward;
use linli_api::conduct::ConductSign;
use linli_api::contribution::{ContributionStatus, Decided, OnNotice, Queued, Reversed, Submitted};
use linli_api::evidence::EvidenceAttached;
use linli_api::inspection::Inspected;
use linli_domain::award::Award;
use linli_domain::posting::Account;
use linli_domain::quantity::Points;
use linli_domain::{Event, Record};
use linli_domain::{contribution, inspection, notice};

use crate::parse::Spoken;
use crate::receipt::conduct::held;
use crate::receipt::explanation::explain;
use crate::receipt::{amount, balance_after, id, instant};

/// What a submission changed.
pub(crate) fn submitted(records: &[Record]) -> Option<Submitted> {
    let Event::Contribution(contribution::Event::Submitted { claim, grade, .. }) =
        &records.first()?.event
    else {
        return None;
    };
    let held = held(records);
    let status = standing(&held);
    Some(Submitted { contribution: id(claim.contribution), status, grade: grade.said(), held })
}

/// What evidence that came later changed.
pub(crate) fn attached(records: &[Record]) -> Option<EvidenceAttached> {
    let Event::Contribution(contribution::Event::Attached(it)) = &records.first()?.event else {
        return None;
    };
    let held = held(records);
    let status = standing(&held);
    Some(EvidenceAttached { contribution: id(it.contribution), status, held })
}

/// Held, if anything looks odd.
const fn standing(held: &[ConductSign]) -> ContributionStatus {
    if held.is_empty() { ContributionStatus::Pending } else { ContributionStatus::Held }
}

/// What an officer's word changed.
pub(crate) fn decided(records: &[Record]) -> Option<Decided> {
    let mut events = records.iter().map(|record| &record.event);
    let Event::Contribution(first) = events.next()? else { return None };
    let then = events.find_map(awarded);
    let notice = records.iter().find_map(|record| {
        let Event::Notice(notice::Event::Opened(it)) = &record.event else { return None };
        Some(&**it)
    });
    let mut waits = None;
    let (contribution, officer, status, reason) = match first {
        contribution::Event::Queued(queued) => {
            let word = queued.word;
            waits = Some(Queued { officer: id(word.officer), until: instant(queued.until) });
            (word.contribution, word.officer, ContributionStatus::Pending, None)
        }
        contribution::Event::Verified(verification) => {
            let status = match (then, notice) {
                (Some(_), _) => ContributionStatus::Awarded,
                (None, Some(_)) => ContributionStatus::OnNotice,
                (None, None) => ContributionStatus::Pending,
            };
            (verification.contribution, verification.officer, status, None)
        }
        contribution::Event::Rejected(rejection) => {
            let reason = Some(rejection.reason.said());
            (rejection.contribution, rejection.officer, ContributionStatus::Rejected, reason)
        }
        contribution::Event::Submitted { .. }
        | contribution::Event::Awarded(_)
        | contribution::Event::Reversed(_)
        | contribution::Event::Restored(_)
        | contribution::Event::Attached(_) => return None,
    };
    Some(Decided {
        contribution: id(contribution),
        officer: id(officer),
        status,
        notice: notice
            .map(|it| OnNotice { expected: amount(it.expected), until: instant(it.until) }),
        queued: waits,
        reason,
        award: then.map(award),
        available: balance_after(records, |account| matches!(account, Account::Available(_)))
            .map(amount),
    })
}

/// The award that a word brought about.
pub(crate) fn awarded(event: &Event) -> Option<&Award> {
    match event {
        Event::Contribution(contribution::Event::Awarded(given)) => Some(&**given),
        Event::Contribution(
            contribution::Event::Submitted { .. }
            | contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Reversed(_)
            | contribution::Event::Restored(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_),
        )
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Team(_)
        | Event::Activity(_)
        | Event::Inspection(_)
        | Event::Area(_)
        | Event::Household(_)
        | Event::Resident(_)
        | Event::Officer(_)
        | Event::Station(_)
        | Event::Operator(_)
        | Event::Allowance(_)
        | Event::Supplier(_)
        | Event::Pool(_)
        | Event::Rules(_)
        | Event::Item(_)
        | Event::Redemption(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Queue(_)
        | Event::TimeBank(_)
        | Event::Estate(_)
        | Event::Wallet(_)
        | Event::Statement(_)
        | Event::Resource(_)
        | Event::Voucher(_)
        | Event::Booking(_) => None,
    }
}

/// What a reversal took back.
pub(crate) fn reversed(records: &[Record]) -> Option<Reversed> {
    let Event::Contribution(contribution::Event::Reversed(reversal)) = &records.first()?.event
    else {
        return None;
    };
    let contribution::Reversal { word, award, recall } = &**reversal;
    let returned = match recall {
        Some(recall) => recall.returned()?,
        None => Points::ZERO,
    };
    Some(Reversed {
        contribution: id(word.contribution),
        resident: id(award.resident),
        officer: id(word.officer),
        reason: word.reason.said(),
        merit: amount(award.merit),
        minutes: award.minutes.get(),
        points: amount(award.points()),
        returned: amount(returned),
        owed: amount(recall.as_ref().map_or(Points::ZERO, |recall| recall.owed)),
        receivable: balance_after(records, |account| matches!(account, Account::Receivable(_)))
            .map(amount),
    })
}

/// What another look found.
pub(crate) fn inspected(records: &[Record]) -> Option<Inspected> {
    let Event::Inspection(inspection::Event::Inspected { word, verifier, rate }) =
        &records.first()?.event
    else {
        return None;
    };
    Some(Inspected {
        contribution: id(word.contribution),
        officer: id(word.officer),
        verifier: id(verifier),
        outcome: word.outcome.said(),
        rate: *rate,
    })
}

fn repaid(award: &Award) -> Option<Amount> {
    let repaid = award.points().minus(award.kept()?)?;
    (!repaid.is_zero()).then(|| amount(repaid))
}

/// An award and its explanation.
pub(crate) fn award(award: &Award) -> ApiAward {
    ApiAward {
        contribution: id(award.contribution),
        resident: id(award.resident),
        grid: id(award.grid),
        estate: award.estate.map(id),
        act: award.act.as_str().into(),
        category: award.category.said(),
        grade: award.grade.said(),
        rules_version: award.rules.0,
        minutes: award.minutes.get(),
        minutes_kind: award.minutes_kind.said(),
        merit: amount(award.merit),
        points: amount(award.points()),
        repaid: repaid(award),
        pool: award.issue.map(|issue| id(issue.pool)),
        expires_at: award.issue.map(|issue| instant(issue.expires_at)),
        explanation: award.lines.iter().map(explain).collect(),
    }
}
