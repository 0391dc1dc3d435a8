//! Tables of forms: a match without a wildcard and the list of all its names, from one text, so
//! that a new variant doesn't compile until it has a name, and a name without a sample fails.

use std::collections::BTreeSet;

macro_rules! forms {
    ($name:ident: $whole:ty { $($pattern:pat => $form:literal),+ $(,)? }) => {
        pub(crate) struct $name;

        impl $name {
            pub(crate) const ALL: &[&str] = &[$($form),+];

            pub(crate) fn of(value: &$whole) -> &'static str {
                match value { $($pattern => $form),+ }
            }
        }
    };
}

/// Each of `all` has to be among `found`.
pub(crate) fn check_complete(all: &[&'static str], found: impl IntoIterator<Item = &'static str>) {
    let found: BTreeSet<_> = found.into_iter().collect();
    let without: Vec<_> = all.iter().filter(|form| !found.contains(*form)).collect();
    assert!(without.is_empty(), "no sample of {without:?}");
}

pub(crate) use forms;
