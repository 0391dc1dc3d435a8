//! The language that was asked for.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// The two languages that every problem speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// 中文
    Chinese,
    /// English, where nothing else was asked for.
    #[default]
    English,
}

impl Language {
    /// The preferred of the two by `Accept-Language`.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        text.map(preferred).unwrap_or_default()
    }
}

/// The first of the highest weights wins (RFC 9110, 12.5.4).
fn preferred(text: &str) -> Language {
    let mut best = (0, Language::English);
    for range in text.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let language = match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str()
        {
            "zh" => Language::Chinese,
            "en" => Language::English,
            _ => continue,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1_000, thousandths);
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

/// `0.8` as 800; what can't be read as no weight at all.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{digits}").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_language_is_spoken() {
        for (text, expected) in [
            ("", Language::English),
            ("zh", Language::Chinese),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("en-GB,en;q=0.9,zh;q=0.8", Language::English),
            ("fr, zh;q=0.5, en;q=0.7", Language::English),
            ("fr, zh;q=0.5", Language::Chinese),
            ("en;q=0, zh;q=0.001", Language::Chinese),
            ("en;q=nonsense, zh;q=0.1", Language::Chinese),
            ("de", Language::English),
        ] {
            assert_eq!(preferred(text), expected, "{text}");
        }
    }
}
