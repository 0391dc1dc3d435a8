//! What is wrong with a profile, and where.

use std::ops::Range;

use thiserror::Error;

/// Text shown of the place that is wrong, at the most, in characters: a line on a terminal.
const OFFENDING_CHARACTERS_MAX: usize = 80;

/// A profile that can't be used. Its text is one line, `file:line:column: reason`, and the
/// offending text after it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column}: {reason}{}", self.shown())]
pub struct ProfileError {
    /// The name of the file, as it was handed in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What stands there, cut to one line; empty at the end of the file.
    pub offending: String,
    /// What is wrong, as a sentence without its full stop.
    pub reason: String,
}

impl ProfileError {
    fn shown(&self) -> String {
        match self.offending.as_str() {
            "" => String::new(),
            text => format!(" (here: {text})"),
        }
    }
}

/// serde's words, and what an officer says.
const PLAIN_WORDS: [(&str, &str); 6] = [
    ("unknown field", "unknown key"),
    ("missing field", "missing key"),
    ("expected u8", "expected a whole number from 0 to 255"),
    ("expected u16", "expected a whole number from 0 to 65535"),
    ("expected u32", "expected a whole number from 0 to 4294967295"),
    ("expected a sequence", "expected a list in brackets"),
];

/// A flaw at a place of the text, in bytes.
#[derive(Debug)]
pub(crate) struct Flaw {
    pub(crate) span: Range<usize>,
    pub(crate) reason: String,
}

impl Flaw {
    pub(crate) fn new(span: Range<usize>, reason: impl std::fmt::Display) -> Self {
        Self { span, reason: reason.to_string() }
    }

    /// With file, line and column.
    pub(crate) fn locate(self, file: &str, text: &str) -> ProfileError {
        let before = text.get(..self.span.start).unwrap_or(text);
        let last_line = before.rsplit('\n').next().unwrap_or_default();
        let offending = text.get(self.span).unwrap_or_default();
        let offending = offending.lines().next().unwrap_or_default().trim();
        ProfileError {
            file: file.to_owned(),
            line: before.matches('\n').count().saturating_add(1),
            column: last_line.chars().count().saturating_add(1),
            offending: offending.chars().take(OFFENDING_CHARACTERS_MAX).collect(),
            reason: self.reason,
        }
    }
}

impl From<toml::de::Error> for Flaw {
    /// serde speaks of fields and machine words; a profile has keys and numbers.
    fn from(error: toml::de::Error) -> Self {
        let reason = error.message().trim().replace('\n', ", ");
        let reason =
            PLAIN_WORDS.iter().fold(reason, |text, (ours, plain)| text.replace(ours, plain));
        Self::new(error.span().unwrap_or_default(), reason)
    }
}
