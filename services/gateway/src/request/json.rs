//! JSON, and what is wrong with it.

use serde::Deserialize;
use serde_json::error::Category;

use crate::problem::{Kind, Problem};

/// Reads JSON. Only what can't be read is read a second time, to learn which field is wrong.
pub(crate) fn json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Problem> {
    // An object's fields would be taken from an array too, in their order; nobody means that.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(of_field(".", "invalid type: an array, expected an object"));
    }
    serde_json::from_slice(bytes).map_err(|error| wrong::<T>(bytes, &error))
}

fn wrong<'a, T: Deserialize<'a>>(bytes: &'a [u8], error: &serde_json::Error) -> Problem {
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => malformed(error),
        Category::Data => {
            let mut reader = serde_json::Deserializer::from_slice(bytes);
            match serde_path_to_error::deserialize::<_, T>(&mut reader) {
                // Well formed as far as that went: what follows the value is the mistake.
                Ok(_) => malformed(error),
                Err(error) => of_field(&error.path().to_string(), &error.inner().to_string()),
            }
        }
    }
}

fn malformed(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    Problem::new(
        Kind::MalformedJson,
        format!("请求体不是完整的 JSON(第 {line} 行第 {column} 列)。"),
        format!("The body is no complete JSON (line {line}, column {column})."),
    )
    .with("line", line)
    .with("column", column)
}

/// serde tells data errors apart by their words alone.
fn of_field(path: &str, reason: &str) -> Problem {
    let reason = reason.rsplit_once(" at line ").map_or(reason, |(reason, _)| reason);
    let reason = reason.replace("expected u32", "expected a whole number from 0 to 4294967295");
    let path = if path == "." { "body" } else { path };
    let named = reason.split('`').nth(1).unwrap_or_default();
    if reason.starts_with("unknown field") {
        return Problem::new(
            Kind::UnknownField,
            format!("没有名为 {named} 的字段。"),
            format!("There is no field `{named}` here."),
        )
        .with("field", path);
    }
    if reason.starts_with("missing field") {
        let field = if path == "body" { named.to_owned() } else { format!("{path}.{named}") };
        return missing(field);
    }
    Problem::new(
        Kind::InvalidField,
        format!("字段 {path} 的类型或取值有误。"),
        format!("`{path}`: {reason}."),
    )
    .with("field", path)
}

/// What has to be told in a field.
pub(crate) fn missing(field: impl Into<String>) -> Problem {
    let field = field.into();
    Problem::new(
        Kind::MissingField,
        format!("缺少字段 {field}。"),
        format!("The field `{field}` is missing."),
    )
    .with("field", field)
}

#[cfg(test)]
mod tests {
    use linli_api::contribution::SubmitContribution;
    use linli_api::redemption::Basket;

    use super::*;
    use crate::language::Language;

    fn told<'a, T: Deserialize<'a>>(text: &'a str) -> String {
        let problem =
            json::<T>(text.as_bytes()).err().map(|problem| problem.document(Language::English));
        problem.map_or_else(
            || "taken".into(),
            |problem| format!("{} | {}", problem.name(), problem.detail),
        )
    }

    #[test]
    fn what_is_wrong_is_told_with_its_field() {
        let told = [
            told::<Basket>(r#"{"resident":"R","items":[{"item":"I","quantity":1}]}"#),
            told::<Basket>(""),
            told::<Basket>("{"),
            told::<Basket>("nonsense"),
            told::<Basket>("[]"),
            told::<Basket>(r#"{"resident":"R","items":[]} x"#),
            told::<Basket>(r#"{"resident":"R"}"#),
            told::<Basket>(r#"{"resident":"R","items":[{"item":"I"}]}"#),
            told::<Basket>(r#"{"resident":"R","items":[{"item":"I","quantity":-1}]}"#),
            told::<Basket>(r#"{"resident":"R","items":[{"item":"I","quantity":1.5}]}"#),
            told::<Basket>(r#"{"resident":"R","items":[{"item":"I","quantity":99999999999}]}"#),
            told::<Basket>(r#"{"resident":"R","items":[{"item":"I","quantity":1,"price":"0"}]}"#),
            told::<Basket>(r#"{"resident":5,"items":[]}"#),
            told::<Basket>(r#"{"resident":"R","resident":"S","items":[]}"#),
            told::<Basket>(r#"{"resident":"R","items":[],"station":"S"}"#),
            told::<SubmitContribution>(
                r#"{"resident":"R","act":"A","grid":"G","started_at":"t","ended_at":"t","signals":["luck"]}"#,
            ),
        ];
        insta::assert_snapshot!(told.join("\n"), @r"
        taken
        malformed-json | The body is no complete JSON (line 1, column 0).
        malformed-json | The body is no complete JSON (line 1, column 1).
        malformed-json | The body is no complete JSON (line 1, column 2).
        invalid-field | `body`: invalid type: an array, expected an object.
        malformed-json | The body is no complete JSON (line 1, column 29).
        missing-field | The field `items` is missing.
        missing-field | The field `items[0].quantity` is missing.
        invalid-field | `items[0].quantity`: invalid value: integer `-1`, expected a whole number from 0 to 4294967295.
        invalid-field | `items[0].quantity`: invalid type: floating point `1.5`, expected a whole number from 0 to 4294967295.
        invalid-field | `items[0].quantity`: invalid value: integer `99999999999`, expected a whole number from 0 to 4294967295.
        unknown-field | There is no field `price` here.
        invalid-field | `resident`: invalid type: integer `5`, expected a string.
        invalid-field | `body`: duplicate field `resident`.
        unknown-field | There is no field `station` here.
        invalid-field | `signals[0]`: unknown variant `luck`, expected one of `rotating_code`, `sign_in_out`, `place`, `inside_shift`, `confirmed`, `photo`, `paper_sheet`, `checkpoints_scanned`, `administrator_entry`, `both_confirmed`, `order_checked`, `case_ended`, `unsettled`, `referred_served`.
        ");
    }
}
