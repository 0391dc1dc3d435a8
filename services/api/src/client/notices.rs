//! What is asked about notices, panels and appeals.

use crate::client::query;
use crate::conduct::{Hold, ReviewContribution, Reviewed};
use crate::notice::{
    AppealFor, CastResidentVote, CastVote, ConvenePanel, Notice, NoticeChanged, NoticeFile,
    ObjectToNotice, PanelDuties,
};
use crate::page::Page;
use crate::receipt::Receipt;
use crate::{Client, ClientError, Id, Reply};

/// Commands about one contribution: a name, the path around its id, the body.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $before:literal $after:literal $body:ty;)+) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            ///
            /// [`ClientError`]
            pub async fn $name(
                &self,
                key: &str,
                contribution: &Id,
                body: &$body,
            ) -> Result<Reply<Receipt<NoticeChanged>>, ClientError> {
                self.command(&format!(concat!($before, "{}", $after), contribution), key, body).await
            }
        )+}
    };
}

commands! {
    /// Objects to what stands on notice.
    object "/v1/notices/" "/objections" ObjectToNotice;
    /// Calls a panel together.
    convene_panel "/v1/notices/" "/panel" ConvenePanel;
    /// Casts an officer's vote.
    vote "/v1/notices/" "/votes" CastVote;
    /// Casts a resident's vote.
    vote_as_resident "/v1/notices/" "/resident-votes" CastResidentVote;
    /// Appeals against a rejection or a reversal.
    appeal "/v1/contributions/" "/appeal" AppealFor;
}

impl Client {
    /// The public list, newest first: of an area, or of the district; what is over only if `all`.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn notices(
        &self,
        area: Option<&Id>,
        all: bool,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Notice>>, ClientError> {
        let all = all.then_some("true");
        let asked = [("area", area.map(Id::as_str)), ("all", all), ("cursor", cursor)];
        self.read("/v1/notices", &query(&asked)).await
    }

    /// The hearings of a contribution.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn notice(&self, contribution: &Id) -> Result<Reply<NoticeFile>, ClientError> {
        self.read(&format!("/v1/notices/{contribution}"), &[]).await
    }

    /// The hearings that wait for the officer's vote.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn panel_duties(&self) -> Result<Reply<PanelDuties>, ClientError> {
        self.read("/v1/panel-duties", &[]).await
    }

    /// What checks of conduct hold in the officer's area, oldest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn holds(&self, cursor: Option<&str>) -> Result<Reply<Page<Hold>>, ClientError> {
        self.read("/v1/holds", &query(&[("cursor", cursor)])).await
    }

    /// Says what is to become of what is held.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn review(
        &self,
        key: &str,
        contribution: &Id,
        body: &ReviewContribution,
    ) -> Result<Reply<Receipt<Reviewed>>, ClientError> {
        self.command(&format!("/v1/contributions/{contribution}/review"), key, body).await
    }
}
