//! What is asked about the time bank.

use bytes::Bytes;

use crate::client::{When, query};
use crate::page::Page;
use crate::receipt::Receipt;
use crate::time_bank::{
    AskTime, CommunitiesTime, GiveTime, LinkKin, MarkElder, NetTime, NettingHead, NettingStatement,
    PastTime, ResidentTime, StoreTime, TimeAsked, TimeChanged, WithdrawAsk,
};
use crate::{Client, ClientError, Id, Reply};

type Changed = Result<Reply<Receipt<TimeChanged>>, ClientError>;

impl Client {
    /// Says that somebody is a key elder, or no longer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn mark_elder(&self, key: &str, body: &MarkElder) -> Changed {
        self.command("/v1/time/marks", key, body).await
    }

    /// Says that two people are kin.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn link_kin(&self, key: &str, body: &LinkKin) -> Changed {
        self.command("/v1/time/kin", key, body).await
    }

    /// Stores the time of an awarded contribution.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn store_time(&self, key: &str, body: &StoreTime) -> Changed {
        self.command("/v1/time/deposits", key, body).await
    }

    /// Gives time away.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn give_time(&self, key: &str, body: &GiveTime) -> Changed {
        self.command("/v1/time/gifts", key, body).await
    }

    /// Asks the chest of the resident's community for time.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn ask_time(&self, key: &str, body: &AskTime) -> Changed {
        self.command("/v1/time/asks", key, body).await
    }

    /// Asks a chest no longer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn withdraw_ask(&self, key: &str, body: &WithdrawAsk) -> Changed {
        self.command("/v1/time/asks/withdraw", key, body).await
    }

    /// States what communities owe each other since the last statement.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn net_time(&self, key: &str) -> Changed {
        self.command("/v1/time/nettings", key, &NetTime {}).await
    }

    /// The time bank at a moment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn past_time(&self, when: &When) -> Result<Reply<PastTime>, ClientError> {
        self.past("/v1/past/time", when, &[]).await
    }

    /// A resident's account of stored time.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resident_time(&self, resident: &Id) -> Result<Reply<ResidentTime>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/time"), &[]).await
    }

    /// What communities have in the time bank, and what each owes the others.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn communities_time(&self) -> Result<Reply<CommunitiesTime>, ClientError> {
        self.read("/v1/time/communities", &[]).await
    }

    /// Who asks chests for time, in the order of arrival.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn time_asks(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<TimeAsked>>, ClientError> {
        let limit = limit.to_string();
        self.read("/v1/time/asks", &query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]))
            .await
    }

    /// Netting statements, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn nettings(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<NettingHead>>, ClientError> {
        let limit = limit.to_string();
        self.read(
            "/v1/time/nettings",
            &query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]),
        )
        .await
    }

    /// A netting statement with its figures.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn netting(&self, number: u32) -> Result<Reply<NettingStatement>, ClientError> {
        self.read(&format!("/v1/time/nettings/{number}"), &[]).await
    }

    /// A netting statement as a sheet: CSV.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn netting_sheet(&self, number: u32) -> Result<Bytes, ClientError> {
        self.read_bytes(&format!("/v1/time/nettings/{number}/csv")).await
    }
}
