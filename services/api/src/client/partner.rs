//! What a partner's app asks.

use crate::bulk::{Bulk, BulkAnswer};
use crate::contribution::{Contribution, SubmitContribution, Submitted};
use crate::evidence::{AttachEvidence, EvidenceAttached};
use crate::receipt::Receipt;
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Submits a contribution.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn submit_contribution(
        &self,
        key: &str,
        claim: &SubmitContribution,
    ) -> Result<Reply<Receipt<Submitted>>, ClientError> {
        self.command("/v1/contributions", key, claim).await
    }

    /// Submits up to 1,000 contributions.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; what is refused of the items stands in the answer.
    pub async fn submit_contributions(
        &self,
        bulk: &Bulk<SubmitContribution>,
    ) -> Result<Reply<BulkAnswer<Submitted>>, ClientError> {
        self.bulk("/v1/contributions/bulk", bulk).await
    }

    /// Attaches files to a contribution that waits for a word.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn attach_evidence(
        &self,
        key: &str,
        contribution: &Id,
        files: &AttachEvidence,
    ) -> Result<Reply<Receipt<EvidenceAttached>>, ClientError> {
        self.command(&format!("/v1/contributions/{contribution}/evidence"), key, files).await
    }

    /// A contribution.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn contribution(
        &self,
        contribution: &Id,
    ) -> Result<Reply<Contribution>, ClientError> {
        self.read(&format!("/v1/contributions/{contribution}"), &[]).await
    }
}
