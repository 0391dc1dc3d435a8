//! What residents show at counters: the code of their app, and their card with its PIN.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Card, Id, Instant};

/// A card for a resident, in the place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueCard {
    /// Whose it will be.
    pub resident: Id,
    /// The code on it; a code that was a card's is never another's.
    pub card: Card,
}

/// What became of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CardChanged {
    /// Whose it is.
    pub resident: Id,
    /// The card that was issued, or blocked.
    pub card: Card,
    /// Is it good for nothing now?
    pub blocked: bool,
    /// The card whose place it took, unless that was blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Card>,
    /// The officer whose key it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// The station whose key it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
}

/// The rotating code of a resident (轮换码), for the resident's app to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResidentCode {
    /// Whose.
    pub resident: Id,
    /// The code: 48 characters of base 32, which a QR code holds in its alphanumeric mode.
    #[schema(example = "0A7K3M9QRT2XWB5HNE0A7K3M9QRT2XWB5HNE0A7K3M9QRT2X")]
    pub code: String,
    /// When the next one is to be shown; this one counts for half a minute more.
    pub until: Instant,
}

/// A card was shown at the station that the key is bound to, and its PIN was right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CardShown {
    /// Whose it is.
    pub resident: Id,
    /// What a sale, a reservation or a hand-out takes as `shown`: `{"card":"…"}`. Of use at this station
    /// alone, once.
    pub card: String,
    /// Until when it counts.
    pub until: Instant,
}

/// What a resident showed, as a station says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The code of the app, as it was scanned.
    Code(String),
    /// The card with its PIN: the text that the check of the PIN answered.
    Card(String),
    /// Paper, such as the passbook, by which whoever stands at the counter knows the resident.
    Paper,
}

/// By what a resident was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Showing {
    /// By the code of the app.
    Code,
    /// By the card with its PIN.
    Card,
    /// By paper.
    Paper,
}

/// What a resident showed, as a record tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlipShown {
    /// What.
    pub by: Showing,
    /// Which card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// Since when that code was shown, or when the PIN was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Instant>,
}
