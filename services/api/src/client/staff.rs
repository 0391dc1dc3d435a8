//! What an officer asks.

use crate::bulk::{Bulk, BulkAnswer};
use crate::client::query;
use crate::contribution::{
    Contribution, Decided, RejectContribution, ReverseContribution, Reversed, VerifyContribution,
    VerifyOne,
};
use crate::inspection::{InspectContribution, Inspected, PublicSample, ToInspect};
use crate::page::Page;
use crate::receipt::Receipt;
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// What was looked at again of a day's awards, which everybody may ask.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn sample(
        &self,
        district: &str,
        day: &str,
    ) -> Result<Reply<PublicSample>, ClientError> {
        self.read(&format!("/samples/{district}/{day}"), &[]).await
    }

    /// The contributions that wait in the officer's area, oldest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn verification_queue(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Contribution>>, ClientError> {
        let limit = limit.to_string();
        self.read(
            "/v1/verification-queue",
            &query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]),
        )
        .await
    }

    /// Verifies a contribution.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn verify_contribution(
        &self,
        key: &str,
        contribution: &Id,
        body: &VerifyContribution,
    ) -> Result<Reply<Receipt<Decided>>, ClientError> {
        self.command(&format!("/v1/contributions/{contribution}/verify"), key, body).await
    }

    /// Verifies up to 1,000 contributions.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; what is refused of the items stands in the answer.
    pub async fn verify_contributions(
        &self,
        bulk: &Bulk<VerifyOne>,
    ) -> Result<Reply<BulkAnswer<Decided>>, ClientError> {
        self.bulk("/v1/verifications/bulk", bulk).await
    }

    /// Rejects a contribution.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn reject_contribution(
        &self,
        key: &str,
        contribution: &Id,
        body: &RejectContribution,
    ) -> Result<Reply<Receipt<Decided>>, ClientError> {
        self.command(&format!("/v1/contributions/{contribution}/reject"), key, body).await
    }
    /// Reverses an award.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn reverse_contribution(
        &self,
        key: &str,
        contribution: &Id,
        body: &ReverseContribution,
    ) -> Result<Reply<Receipt<Reversed>>, ClientError> {
        self.command(&format!("/v1/contributions/{contribution}/reverse"), key, body).await
    }
    /// What was drawn in the officer's area and nobody has looked at again yet, oldest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn inspections(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<ToInspect>>, ClientError> {
        let limit = limit.to_string();
        let asked = query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read("/v1/inspections", &asked).await
    }

    /// Says what another look found.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn inspect_contribution(
        &self,
        key: &str,
        contribution: &Id,
        body: &InspectContribution,
    ) -> Result<Reply<Receipt<Inspected>>, ClientError> {
        self.command(&format!("/v1/contributions/{contribution}/inspect"), key, body).await
    }
}
