//! What everybody may ask of a quarter's awards.

use bytes::Bytes;

use crate::award_list::{AwardList, QuarterAwards};
use crate::client::query;
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// What was awarded in a quarter, community by community.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn quarter_awards(
        &self,
        district: &str,
        quarter: &str,
    ) -> Result<Reply<QuarterAwards>, ClientError> {
        self.read(&format!("/awards/{district}/{quarter}"), &[]).await
    }

    /// All that was awarded in a quarter for what was done in a community, a page of it.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn award_list(
        &self,
        district: &str,
        quarter: &str,
        community: &Id,
        (limit, cursor): (u32, Option<&str>),
    ) -> Result<Reply<AwardList>, ClientError> {
        let limit = limit.to_string();
        let path = format!("/awards/{district}/{quarter}/{community}");
        self.read(&path, &query(&[("limit", Some(&limit)), ("cursor", cursor)])).await
    }

    /// The whole of it, as a sheet.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn award_sheet(
        &self,
        district: &str,
        quarter: &str,
        community: &Id,
    ) -> Result<Bytes, ClientError> {
        self.read_bytes(&format!("/awards/{district}/{quarter}/{community}/csv")).await
    }
}
