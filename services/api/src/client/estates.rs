//! What is asked about estates.

use crate::bulk::{Bulk, BulkAnswer};
use crate::client::query;
use crate::estate::{
    ElectCommittee, Estate, EstateFile, LeaveCommittee, ManagementForm, RegisterEstate, SetForm,
};
use crate::page::Page;
use crate::receipt::{Named, Receipt};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Registers an estate.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn register_estate(
        &self,
        key: &str,
        body: &RegisterEstate,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command("/v1/estates", key, body).await
    }

    /// Registers up to 1,000 estates.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn register_estates(
        &self,
        body: &Bulk<RegisterEstate>,
    ) -> Result<Reply<BulkAnswer<Named>>, ClientError> {
        self.bulk("/v1/estates/bulk", body).await
    }

    /// Says how an estate is managed from now on.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn set_management_form(
        &self,
        key: &str,
        estate: &Id,
        body: &SetForm,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/estates/{estate}/form"), key, body).await
    }

    /// Elects an estate's committee.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn elect_committee(
        &self,
        key: &str,
        estate: &Id,
        body: &ElectCommittee,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/estates/{estate}/committee"), key, body).await
    }

    /// Lets a member leave an estate's committee.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn leave_committee(
        &self,
        key: &str,
        estate: &Id,
        body: &LeaveCommittee,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/estates/{estate}/committee/leave"), key, body).await
    }

    /// The estates of an area; those managed in one way alone, if one is told.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn estates(
        &self,
        area: &Id,
        form: Option<ManagementForm>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Estate>>, ClientError> {
        let form = form.map(ManagementForm::as_str);
        let query = query(&[("area", Some(area.as_str())), ("form", form), ("cursor", cursor)]);
        self.read("/v1/estates", &query).await
    }

    /// An estate with the committee of today.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn estate(&self, estate: &Id) -> Result<Reply<EstateFile>, ClientError> {
        self.read(&format!("/v1/estates/{estate}"), &[]).await
    }
}
