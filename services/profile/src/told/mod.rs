//! A rule set told key by key, in the words in which an officer wrote it, and what is otherwise in
//! another. It is told from the rules, not from the file: comments and order are no part of it.

mod act;
mod set;

use std::collections::BTreeMap;

use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::RuleSet;

/// One thing that a rule set says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in a profile, such as `act.PA-1.points`.
    pub key: String,
    /// What stands there, such as `1.5`.
    pub value: String,
}

/// A line that isn't the same in two rule sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands.
    pub key: String,
    /// What stood there; none if nothing did.
    pub before: Option<String>,
    /// What stands there; none if nothing does any more.
    pub after: Option<String>,
}

impl Change {
    /// The code of the act that it is about, if it is about one.
    #[must_use]
    pub fn act(&self) -> Option<&str> {
        self.key.strip_prefix("act.")?.split('.').next()
    }
}

/// All that a rule set says, in the order of a profile. Its version and its date are not in it:
/// they are said when it is published.
#[must_use]
pub fn lines(rules: &RuleSet) -> Vec<Line> {
    let mut told = Told::default();
    set::tell(&mut told, rules);
    rules.acts.iter().for_each(|act| act::tell(&mut told, act));
    told.0
}

/// What is otherwise in `after`, in the order of the keys; nothing if both say the same.
#[must_use]
pub fn diff(before: &[Line], after: &[Line]) -> Vec<Change> {
    let mut keys: BTreeMap<&str, (Option<&str>, Option<&str>)> = BTreeMap::new();
    for line in before {
        keys.entry(&line.key).or_default().0 = Some(&line.value);
    }
    for line in after {
        keys.entry(&line.key).or_default().1 = Some(&line.value);
    }
    let changed = keys.into_iter().filter(|(_, (before, after))| before != after);
    changed
        .map(|(key, (before, after))| Change {
            key: key.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        })
        .collect()
}

/// Lines on their way.
#[derive(Default)]
struct Told(Vec<Line>);

impl Told {
    /// Says it; what is said a second time under one key (two caps alike) gets a number.
    fn say(&mut self, key: impl Into<String>, value: impl ToString) {
        let (plain, value) = (key.into(), value.to_string());
        let known = |key: &str| self.0.iter().any(|line| line.key == key);
        let numbered = (2_u32..).map(|number| format!("{plain}-{number}"));
        let key = std::iter::once(plain.clone()).chain(numbered).find(|key| !known(key));
        self.0.push(Line { key: key.unwrap_or(plain), value });
    }

    fn say_if(&mut self, key: impl Into<String>, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.say(key, value);
        }
    }
}

/// Without noughts that say nothing: `1.5`.
fn points(points: Points) -> String {
    points.to_decimal().normalize().to_string()
}

/// In hours where it is whole hours: `3 h`, `90 min`.
fn time(minutes: Minutes) -> String {
    match minutes.get().checked_rem(60) {
        Some(0) => format!("{} h", minutes.whole_hours()),
        _ => format!("{minutes} min"),
    }
}
