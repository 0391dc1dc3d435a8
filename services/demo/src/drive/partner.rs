//! The partner's app: contributions are submitted, many at once.

use std::collections::BTreeMap;

use linli_api::award::Category;
use linli_api::contribution::{Attachment, AttachmentKind, SubmitContribution, Submitted};
use linli_api::receipt::Receipt;
use linli_api::{Client, Hash, Id};
use sha2::{Digest as _, Sha256};
use ulid::Ulid;

use super::batch::{accepted, bulks, several};
use crate::error::DemoError;
use crate::progress::Progress;
use crate::traffic::{Contribution, category};

/// Submits them all, and gives the category of each that was accepted.
pub(super) async fn submit(
    partner: &Client,
    contributions: &[Contribution],
    progress: &Progress,
) -> Result<Vec<Category>, DemoError> {
    let items = contributions.iter().map(|one| (key(one), claim(one)));
    let send = |bulk| async move {
        let receipts = accepted("submit contributions", partner.submit_contributions(&bulk).await)?;
        progress.done(receipts.len());
        Ok(receipts)
    };
    let categories: BTreeMap<Ulid, Category> =
        contributions.iter().filter_map(|one| Some((one.id, category(one.act)?))).collect();
    let receipts = several(bulks(items).into_iter().map(send).collect()).await?;
    let category = |receipt: Receipt<Submitted>| {
        let id = Ulid::from_string(receipt.changed.contribution.as_str()).ok();
        let category = id.and_then(|id| categories.get(&id).copied());
        category.ok_or(DemoError::Plan("the contribution of a receipt"))
    };
    receipts.into_iter().flatten().map(category).collect()
}

/// The idempotency key of a contribution.
pub(super) fn key(contribution: &Contribution) -> String {
    format!("app-{}", contribution.id)
}

/// As the app sends it.
pub(super) fn claim(contribution: &Contribution) -> SubmitContribution {
    let attachment = |kind: AttachmentKind| Attachment {
        kind,
        sha256: file_of(contribution.id),
        made_at: Some(contribution.end.instant()),
        made_in: Some(Id::from(contribution.grid.to_string())),
    };
    SubmitContribution {
        contribution: Some(Id::from(contribution.id.to_string())),
        resident: Id::from(contribution.resident.to_string()),
        act: contribution.act.to_owned(),
        grid: Id::from(contribution.grid.to_string()),
        started_at: contribution.start.instant(),
        ended_at: contribution.end.instant(),
        estate: contribution.estate.map(|id| Id::from(id.to_string())),
        beneficiary: contribution.beneficiary.map(|id| Id::from(id.to_string())),
        alert: contribution.alert,
        signals: contribution.evidence.signals.to_vec(),
        attachments: contribution.evidence.attachment.map(attachment).into_iter().collect(),
    }
}

/// The hash of a file that is kept elsewhere; here its bytes are the id.
pub(super) fn file_of(contribution: Ulid) -> Hash {
    let digest = Sha256::digest(contribution.to_string().as_bytes());
    Hash::from(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}
