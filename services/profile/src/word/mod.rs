//! Single values: texts and numbers of the file that become quantities, codes and choices of the
//! domain while they are read, so that a wrong one is found where it stands.

mod choice;
mod number;

pub(crate) use choice::{Alerts, Cycle, HalfYear, MinutesCount, Weekday};
pub(crate) use number::{Clock, Coefficient, DaySpan, Multiple, Part, Weight};

use std::fmt;
use std::marker::PhantomData;

use linli_domain::text::{ActCode, Code, Name};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// What can be read from one text.
pub(crate) trait Readable: Sized {
    /// What belongs here: "a code such as `street`".
    const EXPECTED: &'static str;
    /// May it be written as a whole number without quotes?
    const BARE_NUMBER: bool = false;

    /// Reads it, or says in a sentence why not.
    fn read(text: &str) -> Result<Self, String>;
}

/// What is written as one word of a closed list.
pub(crate) trait Written {
    /// The word that it is read from; empty for what no profile can say.
    fn written(&self) -> &'static str;
}

/// A value that is read from one text.
#[derive(Clone, Debug)]
pub(crate) struct Word<T>(pub(crate) T);

impl<'de, T: Readable> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordVisitor(PhantomData)).map(Word)
    }
}

/// The visitor of a [`Word`], for those who take a table as well.
pub(crate) struct WordVisitor<T>(pub(crate) PhantomData<T>);

impl<T: Readable> Visitor<'_> for WordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::read(text).map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        if T::BARE_NUMBER {
            return self.visit_str(&number.to_string());
        }
        Err(E::invalid_type(serde::de::Unexpected::Signed(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        if T::BARE_NUMBER {
            let quoted = format_args!("\"{number}\"");
            return Err(E::custom(format!("a number with a point is written in quotes: {quoted}")));
        }
        Err(E::invalid_type(serde::de::Unexpected::Float(number), &self))
    }
}

impl Readable for Code {
    const EXPECTED: &'static str = "a code such as \"street\"";

    fn read(text: &str) -> Result<Self, String> {
        Self::new(text).map_err(|error| format!("the code {text:?} {error}"))
    }
}

impl Readable for ActCode {
    const EXPECTED: &'static str = "the code of an act such as \"HZ-1\"";

    fn read(text: &str) -> Result<Self, String> {
        Self::new(text).map_err(|error| format!("the code {text:?} {error}"))
    }
}

impl Readable for Name {
    const EXPECTED: &'static str = "a name";

    fn read(text: &str) -> Result<Self, String> {
        Self::new(text).map_err(|error| format!("the name {text:?} {error}"))
    }
}
