//! Contributions: submitting them, and looking at one.

use axum::response::Response;
use linli_api::Id;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::contribution::{
    Attachment, Contribution, Queued, ReversalOf, SubmitContribution, Submitted,
};
use linli_api::evidence::{AttachEvidence, EvidenceAttached};
use linli_api::receipt::Receipt;
use linli_domain::contribution::Signals;
use linli_domain::id::ContributionId;
use linli_domain::{Event, Noun, Position, contribution};
use linli_readmodel::Projection;
use linli_readmodel::contributions::{Case, CaseFile};

use crate::caller::Caller;
use crate::command::Deed;
use crate::fact::files;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken};
use crate::problem::{Problem, unknown};
use crate::receipt::{attached, id, instant, submitted};
use crate::request::{PathText, Reading, Sent, SentMany};
use crate::told::{Seen, shown};

const SUBMIT: Deed = Deed::creating("contribution.submit");
const ATTACH: Deed = Deed::changing("contribution.attach");

/// Submit a contribution
///
/// Its evidence is graded by the rules in force when it ended; an officer of the grid verifies it.
#[utoipa::path(post, path = "/v1/contributions", tag = "contributions", request_body = SubmitContribution,
    responses((status = 201, description = "Submitted", body = Receipt<Submitted>)))]
pub(super) async fn submit(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway
        .perform(SUBMIT, &sent, "", |said: SubmitContribution, _| parse::claim(&said), submitted)
        .await
}

/// Submit up to 1,000 contributions
#[utoipa::path(post, path = "/v1/contributions/bulk", tag = "contributions",
    request_body = Bulk<SubmitContribution>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Submitted>)))]
pub(super) async fn submit_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    gateway
        .perform_all(SUBMIT, &sent, |said: SubmitContribution, _| parse::claim(&said), submitted)
        .await
}

/// Attach evidence to a contribution that waits
///
/// Photographs and papers that come after the claim, or after the seat, the order or the help that it
/// came of. Its grade stays; whoever verifies sees them. A file of another claim, which was at another
/// time, has it held until somebody has looked.
#[utoipa::path(post, path = "/v1/contributions/{id}/evidence", tag = "contributions",
    params(("id" = String, Path, description = "The contribution")), request_body = AttachEvidence,
    responses((status = 200, description = "Attached", body = Receipt<EvidenceAttached>)))]
pub(super) async fn attach(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: AttachEvidence, _: &Caller| {
        let of = ContributionId::from_path(&contribution, Noun::Contribution)?;
        parse::attaching(of, &said)
    };
    gateway.perform(ATTACH, &sent, &contribution, meant, attached).await
}

/// A contribution
///
/// With what gave its evidence its grade, what is attached, and the explanation of its award, once it is
/// awarded.
#[utoipa::path(get, path = "/v1/contributions/{id}", tag = "contributions",
    params(("id" = String, Path, description = "The contribution")),
    responses((status = 200, description = "The contribution", body = Contribution)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(contribution): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let contribution = ContributionId::from_path(&contribution, Noun::Contribution)?;
    let of = [Projection::Contributions, Projection::Directory];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let file = gateway.reader.contribution(contribution).await.map_err(crate::told::fault)?;
    let CaseFile { case, attached, .. } = file.ok_or_else(|| unknown(Noun::Contribution))?;
    let award = match case.decided_position {
        Some(at) if case.points.is_some() => gateway.award_at(at).await?,
        Some(_) | None => None,
    };
    let mut attachments = Vec::new();
    if case.attachments > 0 {
        attachments = gateway.attached_at(case.submitted_position).await?;
        for later in attached {
            attachments.extend(gateway.attached_at(later.position).await?);
        }
    }
    let grading = gateway.grading(&case).await?;
    let caused_by = gateway.cause_of(&case).await?;
    let told = Contribution { award, attachments, caused_by, grading, ..of_case(&case) };
    Ok(shown(position, &told))
}

impl Inner {
    /// The award that a contribution follows from, if it is for another's service.
    async fn cause_of(&self, case: &Case) -> Result<Option<Id>, Problem> {
        if !case.signals.contains(Signals::REFERRED_SERVED) {
            return Ok(None);
        }
        let record = self.record_at(case.submitted_position).await?;
        Ok(match record.as_ref().map(|(record, _)| &record.event) {
            Some(Event::Contribution(contribution::Event::Submitted { caused_by, .. })) => {
                caused_by.map(id)
            }
            Some(_) | None => None,
        })
    }

    /// The files that came with the record at a position: a claim, or what was attached later.
    async fn attached_at(&self, position: Position) -> Result<Vec<Attachment>, Problem> {
        let record = self.record_at(position).await?;
        Ok(match record.as_ref().map(|(record, _)| &record.event) {
            Some(Event::Contribution(contribution::Event::Submitted { claim, .. })) => {
                files(&claim.attachments)
            }
            Some(Event::Contribution(contribution::Event::Attached(it))) => files(&it.files),
            Some(_) | None => Vec::new(),
        })
    }
}

/// A case in a list.
pub(super) fn of_case(case: &Case) -> Contribution {
    Contribution {
        contribution: id(case.contribution),
        resident: id(case.resident),
        act: case.act.to_string(),
        grid: id(case.grid),
        estate: case.estate.map(id),
        started_at: instant(case.started_at),
        ended_at: instant(case.ended_at),
        beneficiary: case.beneficiary.map(id),
        alert: case.alert,
        signals: case.signals.iter().map(Spoken::said).collect(),
        grade: case.grade.said(),
        grading: None,
        attachments: Vec::new(),
        caused_by: None,
        status: case.status.said(),
        recorded_at: instant(case.submitted_at),
        verifications: case.verifications,
        queued: queued(case),
        reason: case.reject_reason.map(Spoken::said),
        decided_at: case.decided_at.map(instant),
        reversal: reversal(case),
        award: None,
    }
}

fn queued(case: &Case) -> Option<Queued> {
    Some(Queued { officer: id(case.queued_by?), until: instant(case.queued_until?) })
}

fn reversal(case: &Case) -> Option<ReversalOf> {
    Some(ReversalOf {
        officer: id(case.reversed_by?),
        reason: case.reversal_reason?.said(),
        reversed_at: instant(case.reversed_at?),
        position: case.reversed_position?.0,
    })
}

impl crate::request::Cursor for Position {
    fn numbers(&self) -> Vec<i128> {
        vec![self.0.into()]
    }

    fn from_numbers(numbers: &[i128]) -> Option<Self> {
        let [position] = numbers else { return None };
        u64::try_from(*position).ok().map(Self)
    }
}
