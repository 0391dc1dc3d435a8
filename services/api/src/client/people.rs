//! Who residents are: said, looked at, erased.

use reqwest::Method;

use crate::page::Page;
use crate::person::{ErasePerson, Erasure, ErasureReason, Look, LookReason, Person, PersonExport};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Says who a resident is, in the place of what was said before.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn write_person(
        &self,
        resident: &Id,
        person: &Person,
    ) -> Result<Reply<()>, ClientError> {
        let path = format!("/v1/residents/{resident}/person");
        self.send(&self.request(Method::PUT, &path, &[], self.after).json(person)?).await
    }

    /// Who a resident is. That it was asked stays.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn person(
        &self,
        resident: &Id,
        reason: LookReason,
    ) -> Result<Reply<Person>, ClientError> {
        let path = format!("/v1/residents/{resident}/person");
        self.read(&path, &[("reason", reason.name())]).await
    }

    /// Who came to who a resident is, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn looks(
        &self,
        resident: &Id,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Look>>, ClientError> {
        let (path, limit) = (format!("/v1/residents/{resident}/person/looks"), limit.to_string());
        let asked = super::query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read(&path, &asked).await
    }

    /// All that is kept about a resident.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; an answer that was cut off is none.
    pub async fn export(&self, resident: &Id) -> Result<Reply<PersonExport>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/export"), &[]).await
    }

    /// Erases a resident: the account closes, then who it was is destroyed. Asked again, the first answer is given.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn erase_person(
        &self,
        resident: &Id,
        reason: ErasureReason,
    ) -> Result<Reply<Erasure>, ClientError> {
        let (path, wish) = (format!("/v1/residents/{resident}/erasure"), ErasePerson { reason });
        self.send(&self.request(Method::POST, &path, &[], self.after).json(&wish)?).await
    }

    /// Whether who a resident is was erased.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn erasure(&self, resident: &Id) -> Result<Reply<Erasure>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/erasure"), &[]).await
    }
}
