//! What residents show at counters.

use reqwest::Method;

use crate::card::{CardChanged, CardShown, IssueCard, ResidentCode};
use crate::counter::SetPin;
use crate::receipt::Receipt;
use crate::resident::Resident;
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// The code that a resident's app shows.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resident_code(&self, resident: &Id) -> Result<Reply<ResidentCode>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/code"), &[]).await
    }

    /// The resident whose code it is.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resident_by_code(&self, code: &str) -> Result<Reply<Resident>, ClientError> {
        self.read(&format!("/v1/residents/by-code/{code}"), &[]).await
    }

    /// Gives a resident a card.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn issue_card(
        &self,
        key: &str,
        body: &IssueCard,
    ) -> Result<Reply<Receipt<CardChanged>>, ClientError> {
        self.command("/v1/cards", key, body).await
    }

    /// Blocks a card.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn block_card(
        &self,
        key: &str,
        card: &str,
    ) -> Result<Reply<Receipt<CardChanged>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/cards/{card}/block"), key).await
    }

    /// Gives a card a PIN: as a station its first, as an officer any.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn set_card_pin(&self, card: &str, pin: &str) -> Result<Reply<()>, ClientError> {
        let path = format!("/v1/cards/{card}/pin");
        let request = self.request(Method::PUT, &path, &[], None);
        self.send(&request.json(&SetPin { pin: pin.to_owned() })?).await
    }

    /// Changes a card's PIN, as a station, with the present one.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn change_card_pin(
        &self,
        card: &str,
        present: &str,
        pin: &str,
    ) -> Result<Reply<()>, ClientError> {
        let path = format!("/v1/cards/{card}/pin-change");
        let request = self.request(Method::POST, &path, &[], None);
        let request = request.resident_pin(present).not_repeatable();
        self.send(&request.json(&SetPin { pin: pin.to_owned() })?).await
    }

    /// Shows a card with its PIN, as a station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn show_card(&self, card: &str, pin: &str) -> Result<Reply<CardShown>, ClientError> {
        let path = format!("/v1/cards/{card}/show");
        let request = self.request(Method::POST, &path, &[], None).resident_pin(pin);
        self.send(&request.not_repeatable()).await
    }
}
