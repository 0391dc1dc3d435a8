//! One step of the fold, and how it fails.

use super::Law;

/// A law that a step of the fold found broken, and how.
pub(crate) type Step = Result<(), (Law, String)>;

/// What is found, or the law that it has to be there.
pub(crate) fn known<T>(found: Option<T>, what: impl std::fmt::Debug) -> Result<T, (Law, String)> {
    found.ok_or_else(|| (Law::Known, format!("{what:?} is not there or not in that condition")))
}
