//! Who a resident is. What is wrong is told by field and length, never by what was said.

use linli_api::person::Person;

use crate::problem::{Kind, Problem};

/// Is it of lengths that are kept, and printable? Breaks of lines stand in notes alone.
pub(crate) fn person(said: &Person) -> Result<(), Problem> {
    length("name", Some(&said.name), 80)?;
    length("phone", said.phone.as_ref(), 40)?;
    length("address", said.address.as_ref(), 200)?;
    length("note", said.note.as_ref(), 1_000)
}

fn length(field: &'static str, said: Option<&String>, most: usize) -> Result<(), Problem> {
    let Some(said) = said else { return Ok(()) };
    let printable = |c: char| !c.is_control() || (field == "note" && c == '\n');
    if !said.trim().is_empty() && said.chars().count() <= most && said.chars().all(printable) {
        return Ok(());
    }
    Err(Problem::new(
        Kind::InvalidText,
        format!("{field} 须为 1 至 {most} 个可见字符。"),
        format!("`{field}` has to be 1 to {most} printable characters."),
    )
    .with("field", field))
}
