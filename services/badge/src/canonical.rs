//! JSON as RFC 8785 (JCS) writes it: keys in order, no blanks, one way to write each text.

use serde_json::Value;

/// Beyond this, readers of JSON disagree about what a whole number is (RFC 7493).
const EXACT_MAX: u64 = (1 << 53) - 1;

/// A document that has no canonical form here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A number that isn't whole, or is too large. Badges hold none.
    #[error("a number that is not whole, or beyond 2^53")]
    Number,
    /// A text that can't be written, which does not happen.
    #[error("a text that can't be written")]
    Text,
}

/// The canonical form of a document.
///
/// # Errors
///
/// [`NotCanonical`]
pub fn canonical(value: &Value) -> Result<String, NotCanonical> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

fn write(value: &Value, to: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Null => to.push_str("null"),
        Value::Bool(true) => to.push_str("true"),
        Value::Bool(false) => to.push_str("false"),
        Value::Number(number) => {
            let exact = number.as_i64().map(i64::unsigned_abs).or(number.as_u64());
            exact.filter(|size| *size <= EXACT_MAX).ok_or(NotCanonical::Number)?;
            to.push_str(&number.to_string());
        }
        Value::String(text) => quote(text, to)?,
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                to.push(if place == 0 { '[' } else { ',' });
                write(item, to)?;
            }
            to.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            // By UTF-16, which differs from the order of bytes beyond the first plane.
            fields.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            for (place, (name, value)) in fields.iter().enumerate() {
                to.push(if place == 0 { '{' } else { ',' });
                quote(name, to)?;
                to.push(':');
                write(value, to)?;
            }
            to.push_str(if fields.is_empty() { "{}" } else { "}" });
        }
    }
    Ok(())
}

/// As `serde_json` writes it, which is as ECMAScript does: the least that has to be escaped is.
fn quote(text: &str, to: &mut String) -> Result<(), NotCanonical> {
    to.push_str(&serde_json::to_string(text).map_err(|_| NotCanonical::Text)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The examples of RFC 8785, sections 3.2.2 and 3.2.3, without their fractions.
    #[test]
    fn it_is_written_as_the_rfc_writes_it() {
        let escaped = json!({ "string": "\u{20ac}$\u{f}\nA'\u{42}\u{22}\u{5c}\\\"/" });
        assert_eq!(
            canonical(&escaped).unwrap(),
            "{\"string\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
        let sorted = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis",
        });
        let order: Vec<usize> = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
            .map(|word| canonical(&sorted).unwrap().find(word).unwrap())
            .into();
        assert!(order.is_sorted(), "{order:?}");
        let literals =
            json!({ "literals": [null, true, false], "empty": [{}, []], "n": [-1, 0, 12] });
        assert_eq!(
            canonical(&literals).unwrap(),
            "{\"empty\":[{},[]],\"literals\":[null,true,false],\"n\":[-1,0,12]}"
        );
        assert_eq!(canonical(&json!(1.5)), Err(NotCanonical::Number));
        assert_eq!(canonical(&json!(1_u64 << 53)), Err(NotCanonical::Number));
    }
}
