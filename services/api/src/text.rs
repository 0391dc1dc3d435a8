//! Texts that mean something: ids, amounts, instants. Here they are only told apart; whoever takes
//! them in parses them, and says what is wrong with them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! texts {
    ($($(#[$attr:meta])* $name:ident;)+) => {$(
        #[derive(
            Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
        )]
        #[serde(transparent)]
        $(#[$attr])*
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

texts! {
    /// An id: the 26 characters of a ULID.
    #[schema(value_type = String, example = "01JD9Z3K8V6Q2M4T7W5X1Y0ABC", pattern = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
    Id;

    /// An amount of points, merit or yuan: digits with at most two after the point, zero to ten
    /// million where it enters. Text, so that no reader rounds it. Below zero only where something
    /// went down (a posting, a statement line).
    #[schema(value_type = String, example = "12.50", pattern = r"^-?[0-9]+(\.[0-9]{1,2})?$")]
    Amount;

    /// An exact factor, such as a rate or a coefficient.
    #[schema(value_type = String, example = "1.5", pattern = r"^[0-9]+(\.[0-9]+)?$")]
    Factor;

    /// An instant: RFC 3339, microseconds at the finest; answered in UTC.
    #[schema(value_type = String, format = DateTime, example = "2025-03-05T11:30:00.000000Z")]
    Instant;

    /// A card's code: eight Crockford base-32 characters, the last of which checks the others.
    /// Taken in either case, with blanks or hyphens, O for 0, I and L for 1.
    #[schema(value_type = String, example = "4H7K-2M9Z")]
    Card;

    /// A SHA-256, as 64 lower-case hexadecimal digits.
    #[schema(
        value_type = String,
        pattern = "^[0-9a-f]{64}$",
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    )]
    Hash;
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese.
    #[schema(example = "丁山社区")]
    pub zh: String,
    /// English, or the Latin form.
    #[schema(example = "Dingshan")]
    pub en: String,
}

impl Bilingual {
    /// Both forms.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}
