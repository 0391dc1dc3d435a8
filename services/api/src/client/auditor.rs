//! What an auditor asks.

use reqwest::Method;

use bytes::Bytes;

use crate::client::query;
use crate::log::{LogHead, LogRecord, LogRecords};
use crate::past::{
    PastHold, PastPools, PastRank, PastResident, PastRules, PastStock, Trail, TrailSubject,
};
use crate::trial::{Trial, TryRules};
use crate::{Client, ClientError, Id, Instant, Reply};

/// A moment of the past; the log's end unless told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// After the record at this position.
    pub position: Option<u64>,
    /// Or at this instant.
    pub at: Option<Instant>,
}

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

    /// A resident at a moment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn past_resident(
        &self,
        resident: &Id,
        when: &When,
    ) -> Result<Reply<PastResident>, ClientError> {
        self.past(&format!("/v1/past/residents/{resident}"), when, &[]).await
    }

    /// A resident's rank at a moment: in an area, the district unless told, and a window (`week`,
    /// `month`, `quarter`, `year`, `all`).
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn past_rank(
        &self,
        resident: &Id,
        area: Option<&Id>,
        window: Option<&str>,
        when: &When,
    ) -> Result<Reply<PastRank>, ClientError> {
        let more = [("area", area.map(Id::as_str)), ("window", window)];
        self.past(&format!("/v1/past/residents/{resident}/rank"), when, &more).await
    }

    /// A redemption, a booking or a voucher at a moment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn past_hold(&self, hold: &Id, when: &When) -> Result<Reply<PastHold>, ClientError> {
        self.past(&format!("/v1/past/holds/{hold}"), when, &[]).await
    }

    /// All shelves at a moment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn past_stock(&self, when: &When) -> Result<Reply<PastStock>, ClientError> {
        self.past("/v1/past/stock", when, &[]).await
    }

    /// All pools at a moment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn past_pools(&self, when: &When) -> Result<Reply<PastPools>, ClientError> {
        self.past("/v1/past/pools", when, &[]).await
    }

    /// The rules in force at a moment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn past_rules(&self, when: &When) -> Result<Reply<PastRules>, ClientError> {
        self.past("/v1/past/rules", when, &[]).await
    }

    /// A trail of causes.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn trail(&self, subject: &TrailSubject) -> Result<Reply<Trail>, ClientError> {
        let path = match subject {
            TrailSubject::Redemption(id) => format!("/v1/trails/redemptions/{id}"),
            TrailSubject::Contribution(id) => format!("/v1/trails/contributions/{id}"),
            TrailSubject::Booking(id) => format!("/v1/trails/bookings/{id}"),
            TrailSubject::Voucher(id) => format!("/v1/trails/vouchers/{id}"),
        };
        self.read(&path, &[]).await
    }

    /// Tries draft rules on a period of the past.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn try_rules(&self, draft: &TryRules) -> Result<Reply<Trial>, ClientError> {
        self.send(&self.request(Method::POST, "/v1/rules/trials", &[], None).json(draft)?).await
    }

    pub(super) async fn past<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        when: &When,
        more: &[(&str, Option<&str>)],
    ) -> Result<Reply<T>, ClientError> {
        let position = when.position.map(|position| position.to_string());
        let mut pairs =
            vec![("position", position.as_deref()), ("at", when.at.as_ref().map(Instant::as_str))];
        pairs.extend_from_slice(more);
        self.read(path, &query(&pairs)).await
    }

    /// The receipt of a record (`c2sp.org/tlog-proof@v1`), as soon as a checkpoint covers it.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn receipt(&self, position: u64) -> Result<Bytes, ClientError> {
        self.read_bytes(&format!("/v1/receipts/{position}")).await
    }
}
