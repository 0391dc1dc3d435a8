//! What is asked about the time bank.

use crate::client::When;
use crate::receipt::Receipt;
use crate::time_bank::{
    AskTime, GiveTime, LinkKin, MarkElder, NetTime, PastTime, StoreTime, TimeChanged, WithdrawAsk,
};
use crate::{Client, ClientError, Reply};

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
}
