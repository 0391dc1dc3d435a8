//! What is asked about vouchers, and about the terms and prices of items.

use crate::booking::BookingSide;
use crate::client::query;
use crate::item::{ItemTerms, Prices};
use crate::page::Page;
use crate::receipt::{Named, Receipt};
use crate::voucher::{IssueVoucher, ReturnVoucher, UseVoucher, Voucher, VoucherChanged};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Sets the terms of an item, all of them.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn set_terms(
        &self,
        key: &str,
        item: &Id,
        body: &ItemTerms,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/items/{item}/terms"), key, body).await
    }

    /// All prices that an item had, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn prices(&self, item: &Id) -> Result<Reply<Prices>, ClientError> {
        self.read(&format!("/v1/items/{item}/prices"), &[]).await
    }

    /// Issues a voucher.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn issue_voucher(
        &self,
        key: &str,
        body: &IssueVoucher,
    ) -> Result<Reply<Receipt<VoucherChanged>>, ClientError> {
        self.command("/v1/vouchers", key, body).await
    }

    /// Uses a voucher, as a station or as its supplier.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn use_voucher(
        &self,
        key: &str,
        voucher: &Id,
        code: &str,
    ) -> Result<Reply<Receipt<VoucherChanged>>, ClientError> {
        let body = UseVoucher { code: code.to_owned() };
        self.command(&format!("/v1/vouchers/{voucher}/use"), key, &body).await
    }

    /// Gives a voucher back unused.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn return_voucher(
        &self,
        key: &str,
        voucher: &Id,
        by: BookingSide,
    ) -> Result<Reply<Receipt<VoucherChanged>>, ClientError> {
        let body = ReturnVoucher { by };
        self.command(&format!("/v1/vouchers/{voucher}/return"), key, &body).await
    }

    /// A voucher.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn voucher(&self, voucher: &Id) -> Result<Reply<Voucher>, ClientError> {
        self.read(&format!("/v1/vouchers/{voucher}"), &[]).await
    }

    /// A resident's vouchers, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn vouchers_of(
        &self,
        resident: &Id,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Voucher>>, ClientError> {
        let limit = limit.to_string();
        let query = query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read(&format!("/v1/residents/{resident}/vouchers"), &query).await
    }
}
