//! What is asked about mediation cases.

use crate::client::query;
use crate::mediation::{Case, CaseChanged, CaseFile, CaseStep, EnterSession, JoinTable, OpenCase};
use crate::page::Page;
use crate::receipt::Receipt;
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Opens a case.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_case(
        &self,
        key: &str,
        body: &OpenCase,
    ) -> Result<Reply<Receipt<CaseChanged>>, ClientError> {
        self.command("/v1/cases", key, body).await
    }

    /// Gives a place at a case's table.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn join_table(
        &self,
        key: &str,
        case: &Id,
        body: &JoinTable,
    ) -> Result<Reply<Receipt<CaseChanged>>, ClientError> {
        self.command(&format!("/v1/cases/{case}/table"), key, body).await
    }

    /// Enters a session.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn enter_session(
        &self,
        key: &str,
        case: &Id,
        body: &EnterSession,
    ) -> Result<Reply<Receipt<CaseChanged>>, ClientError> {
        self.command(&format!("/v1/cases/{case}/sessions"), key, body).await
    }

    /// Says a word on a case.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn step_case(
        &self,
        key: &str,
        case: &Id,
        body: &CaseStep,
    ) -> Result<Reply<Receipt<CaseChanged>>, ClientError> {
        self.command(&format!("/v1/cases/{case}/steps"), key, body).await
    }

    /// The cases of an area, newest first; those at one stage alone (`open`), if one is told.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn cases(
        &self,
        area: &Id,
        status: Option<&str>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Case>>, ClientError> {
        let query = query(&[("area", Some(area.as_str())), ("status", status), ("cursor", cursor)]);
        self.read("/v1/cases", &query).await
    }

    /// A case with its parties, table and sessions.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn case(&self, case: &Id) -> Result<Reply<CaseFile>, ClientError> {
        self.read(&format!("/v1/cases/{case}"), &[]).await
    }
}
