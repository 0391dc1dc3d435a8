//! Contributions, and words for and against them.

use linli_api as api;
use linli_domain::contribution::{
    Attaching, Attachment, AttachmentKind, Claim, Command, Difficulty, RejectReason, Rejection,
    ReversalReason, Signal, Undoing, Verification,
};
use linli_domain::id::{ContributionId, OfficerId};
use linli_domain::text::ActCode;
use linli_domain::time::Interval;

use crate::parse::field::sha256;
use crate::parse::{Spoken, amount_points, id, instant, own_id, text, told_id};
use crate::problem::{Kind, Problem};

pub(crate) fn claim(said: &api::contribution::SubmitContribution) -> Result<Command, Problem> {
    let (start, end) =
        (instant("started_at", &said.started_at)?, instant("ended_at", &said.ended_at)?);
    Ok(Command::Submit(Box::new(Claim {
        contribution: own_id(
            "contribution",
            said.contribution.as_ref(),
            ContributionId::from_number,
        )?,
        resident: id("resident", &said.resident)?,
        act: text("act", &said.act, ActCode::new)?,
        grid: id("grid", &said.grid)?,
        estate: told_id("estate", said.estate.as_ref())?,
        happened: Interval::new(start, end)
            .ok_or_else(|| Problem::plain(Kind::InvalidInterval).with("field", "ended_at"))?,
        beneficiary: told_id("beneficiary", said.beneficiary.as_ref())?,
        alert: said.alert,
        signals: said.signals.iter().map(|signal| Signal::heard(*signal)).collect(),
        attachments: said.attachments.iter().map(attachment).collect::<Result<_, _>>()?,
    })))
}

pub(crate) fn attaching(
    contribution: ContributionId,
    said: &api::evidence::AttachEvidence,
) -> Result<Command, Problem> {
    let resident = id("resident", &said.resident)?;
    let files = said.attachments.iter().map(attachment).collect::<Result<_, _>>()?;
    Ok(Command::Attach(Attaching { contribution, resident, files }))
}

pub(super) fn attachment(said: &api::contribution::Attachment) -> Result<Attachment, Problem> {
    Ok(Attachment {
        kind: AttachmentKind::heard(said.kind),
        sha256: sha256("attachments.sha256", said.sha256.as_str())?,
        made_at: said.made_at.as_ref().map(|at| instant("attachments.made_at", at)).transpose()?,
        made_in: told_id("attachments.made_in", said.made_in.as_ref())?,
    })
}

pub(crate) fn verification(
    contribution: ContributionId,
    officer: OfficerId,
    assessed: Option<&api::Amount>,
    difficulty: Option<u8>,
) -> Result<Command, Problem> {
    let assessed = assessed.map(|assessed| amount_points("assessed", assessed)).transpose()?;
    let difficulty = difficulty.map(Difficulty);
    Ok(Command::Verify(Verification { contribution, officer, assessed, difficulty }))
}

pub(crate) fn reject_reason(
    contribution: ContributionId,
    officer: OfficerId,
    reason: api::contribution::RejectReason,
) -> Command {
    Command::Reject(Rejection { contribution, officer, reason: RejectReason::heard(reason) })
}

pub(crate) fn undoing(
    contribution: ContributionId,
    officer: OfficerId,
    reason: api::contribution::ReversalReason,
) -> Command {
    Command::Reverse(Undoing { contribution, officer, reason: ReversalReason::heard(reason) })
}
