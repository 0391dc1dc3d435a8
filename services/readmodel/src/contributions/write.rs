//! Changes of contributions.

use std::collections::BTreeMap;

use linli_domain::id::ContributionId;
use linli_domain::notice::Hearing;

use super::{
    Attached, Attaching, Awarding, Case, Contesting, Ending, Finding, Hold, Inspection, Notice,
    Objecting, Objection, Queueing, Rejecting, Reversing, Reviewing, Sampled, Seat, Seating,
    Standing, Verification, Verifying, Vote, Voting,
};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in contributions. What becomes of a case that was submitted in
/// the same batch is put into its row; each earlier case is in one of the changes at the most, but
/// that it may be awarded and reversed in one batch, and files may have come before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table or a change to one, told there")]
pub struct Changes {
    pub cases: BTreeMap<ContributionId, Case>,
    pub verifications: Vec<Verification>,
    pub attached: Vec<Attached>,
    pub attachings: BTreeMap<ContributionId, Attaching>,
    pub verifyings: BTreeMap<ContributionId, Verifying>,
    pub rejectings: BTreeMap<ContributionId, Rejecting>,
    pub awardings: BTreeMap<ContributionId, Awarding>,
    pub reversings: BTreeMap<ContributionId, Reversing>,
    pub queueings: BTreeMap<ContributionId, Queueing>,
    pub samples: Vec<Sampled>,
    pub inspections: BTreeMap<ContributionId, Inspection>,
    pub findings: BTreeMap<ContributionId, Finding>,
    pub notices: BTreeMap<(ContributionId, Hearing), Notice>,
    pub objections: Vec<Objection>,
    pub objectings: BTreeMap<(ContributionId, Hearing), Objecting>,
    pub contestings: BTreeMap<(ContributionId, Hearing), Contesting>,
    pub seats: BTreeMap<(ContributionId, Hearing, u8), Seat>,
    pub seatings: BTreeMap<(ContributionId, Hearing), Seating>,
    pub votes: BTreeMap<(ContributionId, Hearing, u8), Vote>,
    pub votings: BTreeMap<(ContributionId, Hearing), Voting>,
    pub endings: BTreeMap<(ContributionId, Hearing), Ending>,
    pub holds: BTreeMap<ContributionId, Hold>,
    pub reviewings: BTreeMap<ContributionId, Reviewing>,
    pub standings: BTreeMap<ContributionId, Standing>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Contributions;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.insert(self.cases.values()).await?;
        writer.insert_by(&self.verifications, |word| (word.contribution, word.position)).await?;
        writer.insert(&self.attached).await?;
        writer.change(self.attachings.values()).await?;
        writer.change(self.verifyings.values()).await?;
        writer.change(self.rejectings.values()).await?;
        writer.change(self.awardings.values()).await?;
        writer.change(self.reversings.values()).await?;
        writer.change(self.queueings.values()).await?;
        writer.insert(&self.samples).await?;
        writer.insert(self.inspections.values()).await?;
        writer.change(self.findings.values()).await?;
        writer.insert(self.notices.values()).await?;
        writer.insert(&self.objections).await?;
        writer.change(self.objectings.values()).await?;
        writer.change(self.contestings.values()).await?;
        writer.insert(self.seats.values()).await?;
        writer.change(self.seatings.values()).await?;
        writer.change(self.votes.values()).await?;
        writer.change(self.votings.values()).await?;
        writer.change(self.endings.values()).await?;
        // What was released may be held again, for a file that came later.
        writer.upsert(self.holds.values()).await?;
        writer.change(self.reviewings.values()).await?;
        // What a case came to last in the batch.
        writer.change(self.standings.values()).await
    }
}
