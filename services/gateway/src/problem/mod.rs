//! Problems (RFC 9457): what is told when something was refused or failed. One kind each, a
//! sentence in both languages, the figures as members.

mod activities;
mod counter;
mod estates;
mod honours;
mod kind;
mod limits;
mod mediation;
mod naming;
mod notices;
mod orders;
mod page;
mod places;
mod queues;
mod refusal;
mod rejected;
mod response;
mod services;
mod shown;
mod time_bank;

pub(crate) use counter::{pin_locked, pin_wrong};
pub(crate) use kind::{Kind, Words};
pub(crate) use page::{all as all_page, one as one_page};
pub(crate) use refusal::unknown;
pub(crate) use response::in_language;
pub(crate) use shown::too_late as shown_too_late;

use linli_api::problem::Problem as Document;
use serde_json::Value;

use crate::language::Language;

/// A problem, before it is told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem(Box<Told>);

#[derive(Clone, Debug, PartialEq)]
struct Told {
    kind: Kind,
    zh: String,
    en: String,
    figures: Vec<(&'static str, Value)>,
    retry_after_s: Option<u32>,
    trace: String,
}

impl Problem {
    /// A problem with a sentence of its own in each language.
    pub(crate) fn new(kind: Kind, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let trace = ulid::Ulid::generate().to_string();
        let (zh, en) = (zh.into(), en.into());
        Self(Box::new(Told { kind, zh, en, figures: Vec::new(), retry_after_s: None, trace }))
    }

    /// A problem that its title and its advice say all about.
    pub(crate) fn plain(kind: Kind) -> Self {
        let (title, advice) = (kind.title(), kind.advice());
        Self::new(
            kind,
            format!("{}。{}", title.zh, advice.zh),
            format!("{}. {}", title.en, advice.en),
        )
    }

    /// A fault on our side: logged here, once, and told as little of as is safe.
    pub(crate) fn fault(kind: Kind, error: &(dyn std::error::Error + 'static)) -> Self {
        let problem = Self::plain(kind);
        tracing::error!(trace = %problem.0.trace, error, "a request failed");
        match kind.status() {
            503 => problem.retry_after(RETRY_AFTER_FAULT_S),
            _ => problem,
        }
    }

    /// With a figure.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.figures.push((name, value.into()));
        self
    }

    /// With when to come again.
    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after_s = Some(seconds);
        self
    }

    /// The document in this language.
    pub(crate) fn document(&self, language: Language) -> Document {
        let told = &*self.0;
        let (title, detail) = match language {
            Language::Chinese => (told.kind.title().zh, &told.zh),
            Language::English => (told.kind.title().en, &told.en),
        };
        Document {
            kind: format!("/problems/{}", told.kind.name()),
            title: title.to_owned(),
            status: told.kind.status(),
            detail: detail.clone(),
            detail_zh: told.zh.clone(),
            detail_en: told.en.clone(),
            trace: Some(told.trace.clone()),
            figures: told
                .figures
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        }
    }
}

/// When to come again after a fault: a database or a leader is back within a few seconds, and a
/// client that waits longer each time finds it.
const RETRY_AFTER_FAULT_S: u32 = 1;
