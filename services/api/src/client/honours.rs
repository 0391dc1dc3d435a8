//! What residents, officers and strangers ask of titles, certificates and wrong records.

use crate::badge::{Badges, SignedDocument};
use crate::honour::{
    AnswerReport, ApplyForTitle, Certificate, CertificateStep, Certificates, CheckedCertificate,
    JudgeTitle, RecordReport, RecordReports, ReportRecord, RequestCertificate, Title, Titles,
};
use crate::receipt::Receipt;
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Applies for a title.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn apply_for_title(
        &self,
        key: &str,
        resident: &Id,
        body: &ApplyForTitle,
    ) -> Result<Reply<Receipt<Title>>, ClientError> {
        self.command(&format!("/v1/residents/{resident}/titles"), key, body).await
    }

    /// Grants or declines a title.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn judge_title(
        &self,
        key: &str,
        body: &JudgeTitle,
    ) -> Result<Reply<Receipt<Title>>, ClientError> {
        self.command("/v1/title-steps", key, body).await
    }

    /// A resident's titles.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn titles(&self, resident: &Id) -> Result<Reply<Titles>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/titles"), &[]).await
    }

    /// The titles that stand on public notice.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn title_notices(&self) -> Result<Reply<Titles>, ClientError> {
        self.read("/v1/title-notices", &[]).await
    }

    /// Asks for a certificate.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn request_certificate(
        &self,
        key: &str,
        body: &RequestCertificate,
    ) -> Result<Reply<Receipt<Certificate>>, ClientError> {
        self.command("/v1/certificates", key, body).await
    }

    /// Signs or revokes a certificate.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn step_certificate(
        &self,
        key: &str,
        certificate: &Id,
        body: &CertificateStep,
    ) -> Result<Reply<Receipt<Certificate>>, ClientError> {
        self.command(&format!("/v1/certificates/{certificate}/steps"), key, body).await
    }

    /// A resident's certificates.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn certificates(&self, resident: &Id) -> Result<Reply<Certificates>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/certificates"), &[]).await
    }

    /// A resident's badges.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn badges(&self, resident: &Id) -> Result<Reply<Badges>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/badges"), &[]).await
    }

    /// A badge, signed.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn badge(&self, number: u64) -> Result<Reply<SignedDocument>, ClientError> {
        self.read(&format!("/v1/badges/{number}"), &[]).await
    }

    /// What a stranger is told of a certificate.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn check_certificate(
        &self,
        code: &str,
    ) -> Result<Reply<CheckedCertificate>, ClientError> {
        self.read(&format!("/v1/certificates/{code}"), &[]).await
    }

    /// Says that a record of service is wrong.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn report_record(
        &self,
        key: &str,
        body: &ReportRecord,
    ) -> Result<Reply<Receipt<RecordReport>>, ClientError> {
        self.command("/v1/record-reports", key, body).await
    }

    /// Answers such a report.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn answer_report(
        &self,
        key: &str,
        report: &Id,
        body: &AnswerReport,
    ) -> Result<Reply<Receipt<RecordReport>>, ClientError> {
        self.command(&format!("/v1/record-reports/{report}/answer"), key, body).await
    }

    /// A resident's reports.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn record_reports(&self, resident: &Id) -> Result<Reply<RecordReports>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/record-reports"), &[]).await
    }
}
