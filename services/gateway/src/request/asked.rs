//! Paths and queries.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::Uri;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use linli_api::page::{PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX};
use linli_domain::id::InvalidId;
use serde::de::DeserializeOwned;

use crate::problem::{Kind, Problem};

/// The one part of a path that says which.
#[derive(Debug)]
pub(crate) struct PathText(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(text)| Self(text)).map_err(|_| Problem::plain(Kind::NotFound))
    }
}

/// The pairs of a query. Each is taken once; what nobody took is a mistake.
#[derive(Debug)]
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    pub(crate) fn of(uri: &Uri) -> Result<Self, Problem> {
        if uri.query().is_none_or(str::is_empty) {
            return Ok(Self(Vec::new()));
        }
        let pairs = Query::try_from_uri(uri);
        pairs.map(|Query(pairs)| Self(pairs)).map_err(|_| Problem::plain(Kind::InvalidQuery))
    }

    /// The value of this name.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    /// A number, or what else can be read from text.
    pub(crate) fn value<T: FromStr>(&mut self, name: &'static str) -> Result<Option<T>, Problem> {
        self.text(name).map(|text| text.parse().map_err(|_| wrong(name))).transpose()
    }

    /// A word of a closed list, as it stands in bodies.
    pub(crate) fn word<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Problem> {
        let of = |text: String| {
            serde_json::from_value(serde_json::Value::String(text)).map_err(|_| wrong(name))
        };
        self.text(name).map(of).transpose()
    }

    /// An id.
    pub(crate) fn id<T: FromStr<Err = InvalidId>>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Problem> {
        let of = |text: String| {
            text.parse().map_err(|_| Problem::plain(Kind::InvalidId).with("field", name))
        };
        self.text(name).map(of).transpose()
    }

    /// How many on a page: 50 unless told, 200 at the most.
    pub(crate) fn limit(&mut self) -> Result<u32, Problem> {
        match self.value("limit")? {
            None => Ok(PAGE_ITEMS_DEFAULT),
            Some(limit @ 1..=PAGE_ITEMS_MAX) => Ok(limit),
            Some(_) => Err(Problem::new(
                Kind::InvalidQuery,
                format!("limit 须为 1 至 {PAGE_ITEMS_MAX}。"),
                format!("`limit` has to be from 1 to {PAGE_ITEMS_MAX}."),
            )
            .with("field", "limit")),
        }
    }

    /// Where the page begins.
    pub(crate) fn cursor<C: Cursor>(&mut self) -> Result<Option<C>, Problem> {
        let of = |text: String| C::read(&text).ok_or_else(|| Problem::plain(Kind::InvalidCursor));
        self.text("cursor").map(of).transpose()
    }

    /// Nothing may be left.
    pub(crate) fn done(&self) -> Result<(), Problem> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => Err(Problem::new(
                Kind::InvalidQuery,
                format!("没有名为 {name} 的查询参数,或出现了两次。"),
                format!("There is no parameter `{name}` here, or it stands twice."),
            )
            .with("field", name.as_str())),
        }
    }
}

fn wrong(name: &'static str) -> Problem {
    Problem::new(
        Kind::InvalidQuery,
        format!("查询参数 {name} 有误。"),
        format!("The parameter `{name}` can't be read."),
    )
    .with("field", name)
}

/// A place in a list, which senders pass back as they got it: numbers behind base 64, so that
/// nobody makes up one of their own.
pub(crate) trait Cursor: Sized {
    /// As numbers.
    fn numbers(&self) -> Vec<i128>;

    /// From numbers, if they make one.
    fn from_numbers(numbers: &[i128]) -> Option<Self>;

    /// As text.
    fn write(&self) -> String {
        let numbers: Vec<String> = self.numbers().iter().map(ToString::to_string).collect();
        BASE64_URL_SAFE_NO_PAD.encode(numbers.join("."))
    }

    /// From text.
    fn read(text: &str) -> Option<Self> {
        let numbers = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let numbers: Result<Vec<i128>, _> = numbers.split('.').map(str::parse).collect();
        Self::from_numbers(&numbers.ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn limit(query: &str) -> Result<u32, String> {
        let uri: Uri = format!("/x?{query}").parse().unwrap();
        let taken = || {
            let mut asked = Asked::of(&uri)?;
            let limit = asked.limit()?;
            asked.done()?;
            Ok(limit)
        };
        taken().map_err(|problem: Problem| problem.document(Language::English).name().to_owned())
    }

    #[test]
    fn a_query_is_taken_whole_or_not_at_all() {
        for (query, expected) in [
            ("", Ok(50)),
            ("limit=1", Ok(1)),
            ("limit=200", Ok(200)),
            ("limit=201", Err("invalid-query")),
            ("limit=0", Err("invalid-query")),
            ("limit=-1", Err("invalid-query")),
            ("limit=many", Err("invalid-query")),
            ("limit=1&limit=2", Err("invalid-query")),
            ("limt=1", Err("invalid-query")),
        ] {
            assert_eq!(limit(query), expected.map_err(str::to_owned), "{query}");
        }
    }
}
