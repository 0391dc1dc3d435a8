//! The page that explains problems: where their types lead.

use crate::problem::{Kind, Words};

/// The page of all kinds.
pub(crate) fn all() -> String {
    let rows: String = Kind::ALL.iter().map(|kind| row(*kind)).collect();
    document(
        Words { zh: "问题一览", en: "Problems" },
        &format!(
            "<table><thead><tr><th>type</th><th>HTTP</th><th>说明 / meaning</th></tr></thead><tbody>{rows}</tbody></table>"
        ),
    )
}

/// The page of one kind.
pub(crate) fn one(kind: Kind) -> String {
    let (advice, status) = (kind.advice(), kind.status());
    document(
        kind.title(),
        &format!(
            "<p><code>/problems/{}</code> · HTTP {status}</p><p lang=\"zh\">{}</p><p>{}</p>\
             <p><a href=\"/problems\">问题一览 / all problems</a></p>",
            kind.name(),
            escaped(advice.zh),
            escaped(advice.en)
        ),
    )
}

fn row(kind: Kind) -> String {
    let (name, title) = (kind.name(), kind.title());
    format!(
        "<tr><td><a href=\"/problems/{name}\"><code>{name}</code></a></td><td>{}</td>\
         <td><span lang=\"zh\">{}</span><br>{}</td></tr>",
        kind.status(),
        escaped(title.zh),
        escaped(title.en)
    )
}

fn document(title: Words, body: &str) -> String {
    let (zh, en) = (escaped(title.zh), escaped(title.en));
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/problems.css\"><title>{zh} · {en} · Linli</title></head>\
         <body><h1><span lang=\"zh\">{zh}</span> · {en}</h1>{body}</body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
