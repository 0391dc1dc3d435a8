//! What an auditor asks.

use crate::log::{LogHead, LogRecord, LogRecords};
use crate::{Client, ClientError, Reply};

impl Client {
    /// Where the log ends.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn log_head(&self) -> Result<Reply<LogHead>, ClientError> {
        self.read("/v1/log/head", &[]).await
    }

    /// Up to `limit` records after a position.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn log_records(
        &self,
        after: u64,
        limit: u32,
    ) -> Result<Reply<LogRecords>, ClientError> {
        let (after, limit) = (after.to_string(), limit.to_string());
        self.read("/v1/log/records", &[("after", &after), ("limit", &limit)]).await
    }

    /// The record at a position.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn log_record(&self, position: u64) -> Result<Reply<LogRecord>, ClientError> {
        self.read(&format!("/v1/log/records/{position}"), &[]).await
    }
}
