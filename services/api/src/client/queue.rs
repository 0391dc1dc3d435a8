//! What is asked about queues for goods.

use reqwest::Method;

use crate::client::query;
use crate::page::Page;
use crate::queue::{JoinQueue, QueueChanged, QueueEntry};
use crate::receipt::Receipt;
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Lets a resident wait for goods that a station is short of.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn join_queue(
        &self,
        key: &str,
        body: &JoinQueue,
    ) -> Result<Reply<Receipt<QueueChanged>>, ClientError> {
        self.command("/v1/queue", key, body).await
    }

    /// Takes a resident off the list.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn leave_queue(
        &self,
        key: &str,
        redemption: &Id,
    ) -> Result<Reply<Receipt<QueueChanged>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/queue/{redemption}/leave"), key).await
    }

    /// A wait, by the id that its redemption will have, or has.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn queued(&self, redemption: &Id) -> Result<Reply<QueueEntry>, ClientError> {
        self.read(&format!("/v1/queue/{redemption}"), &[]).await
    }

    /// Who waits at the station that the key is bound to, in the order of arrival.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn queue(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<QueueEntry>>, ClientError> {
        let limit = limit.to_string();
        let query = query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read("/v1/queue", &query).await
    }

    /// What a resident waits for, and waited for, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn queue_of(
        &self,
        resident: &Id,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<QueueEntry>>, ClientError> {
        let limit = limit.to_string();
        let query = query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read(&format!("/v1/residents/{resident}/queue"), &query).await
    }
}
