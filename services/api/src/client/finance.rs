//! What the finance desk and suppliers ask.

use bytes::Bytes;

use crate::client::query;
use crate::coverage::Coverage;
use crate::loss::Losses;
use crate::page::Page;
use crate::receipt::Receipt;
use crate::statement::{
    DisputeLine, DisputeResolved, IssueStatement, LineDisputed, ResolveDispute, SettleStatement,
    StatementHead, StatementIssued, StatementSettled, SupplierStatement,
};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Closes a supplier's period.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn issue_statement(
        &self,
        key: &str,
        body: &IssueStatement,
    ) -> Result<Reply<Receipt<StatementIssued>>, ClientError> {
        self.command("/v1/statements", key, body).await
    }

    /// Disputes a line, as a supplier.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn dispute_line(
        &self,
        key: &str,
        statement: &Id,
        body: &DisputeLine,
    ) -> Result<Reply<Receipt<LineDisputed>>, ClientError> {
        self.command(&format!("/v1/statements/{statement}/disputes"), key, body).await
    }

    /// Resolves a dispute.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resolve_dispute(
        &self,
        key: &str,
        statement: &Id,
        body: &ResolveDispute,
    ) -> Result<Reply<Receipt<DisputeResolved>>, ClientError> {
        self.command(&format!("/v1/statements/{statement}/resolutions"), key, body).await
    }

    /// Enters the payment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn settle_statement(
        &self,
        key: &str,
        statement: &Id,
        body: &SettleStatement,
    ) -> Result<Reply<Receipt<StatementSettled>>, ClientError> {
        self.command(&format!("/v1/statements/{statement}/settlement"), key, body).await
    }

    /// Statements, newest first: a supplier's own, or of all of them.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn statements(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<StatementHead>>, ClientError> {
        let limit = limit.to_string();
        let query = query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read("/v1/statements", &query).await
    }

    /// A statement.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn supplier_statement(
        &self,
        statement: &Id,
    ) -> Result<Reply<SupplierStatement>, ClientError> {
        self.read(&format!("/v1/statements/{statement}"), &[]).await
    }

    /// A statement as a sheet: CSV.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn statement_sheet(&self, statement: &Id) -> Result<Bytes, ClientError> {
        self.read_bytes(&format!("/v1/statements/{statement}/csv")).await
    }

    /// What offices answer for.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn losses(&self) -> Result<Reply<Losses>, ClientError> {
        self.read("/v1/losses", &[]).await
    }

    /// What stands behind the points of a district, which everybody may ask.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn coverage(&self, district: &str) -> Result<Reply<Coverage>, ClientError> {
        self.read(&format!("/coverage/{district}"), &[]).await
    }
}
