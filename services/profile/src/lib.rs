//! Profiles: the rules of a place as a TOML file that an officer can read and write, parsed into
//! the domain's [`RuleSet`] with file, line and reason for whatever is wrong.
//!
//! A profile is data. What a place rewards, how much, with which caps and who has to verify: all
//! of it stands in the file, and nothing of it here. `gulou` ships with the program ([`GULOU`]).
//!
//! What is *not* here: publishing a rule set (a command of the domain, sent by the gateway), and
//! the award itself (the domain's). This crate reads text; it opens no files.

mod error;
mod sheet;
mod told;
mod word;

pub use error::ProfileError;
pub use told::{Change, Line, diff, lines};

use linli_domain::rules::{RuleSet, RuleVersion};
use linli_domain::time::Timestamp;

use error::Flaw;
use sheet::Sheet;

/// The profile of Gulou district, with the rule table of the demo. Its file name is
/// `gulou.toml`.
pub const GULOU: &str = include_str!("../profiles/gulou.toml");

/// The profiles that ship with the program, by name.
pub const SHIPPED: [(&str, &str); 4] = [
    ("gulou", GULOU),
    ("hailin", include_str!("../profiles/hailin.toml")),
    ("huangshi", include_str!("../profiles/huangshi.toml")),
    ("beijing-stars", include_str!("../profiles/beijing-stars.toml")),
];

/// Parses a profile into the rule set of `version`, in force from `effective_from`.
///
/// `file_name` is only for the error. Acts may stand in any order in the file; in the rule set
/// they are in the order of their codes.
///
/// # Errors
///
/// The first thing that is wrong, with its place: bad TOML, an unknown or missing or repeated key,
/// a wrong type, an unknown category, level, grade or signal, a number out of its bounds, and what
/// [`RuleSet::check`] refuses.
pub fn parse(
    file_name: &str,
    text: &str,
    version: RuleVersion,
    effective_from: Timestamp,
) -> Result<RuleSet, ProfileError> {
    let sheet: Result<Sheet, Flaw> = toml::from_str(text).map_err(Flaw::from);
    sheet
        .and_then(|sheet| sheet.to_rules(version, effective_from))
        .map_err(|flaw| flaw.locate(file_name, text))
}
