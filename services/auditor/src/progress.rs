//! The bar that shows how far an audit has come.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How often the bar is drawn, at the most: more would only flicker.
const DRAWS_A_SECOND_MAX: u8 = 8;

/// Whether to show how far the audit has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Show nothing.
    #[default]
    Hidden,
    /// Draw a bar on standard error, if that is a terminal.
    Terminal,
}

impl Progress {
    /// A bar of `records` records.
    pub(crate) fn bar(self, records: u64) -> ProgressBar {
        let bar = match self {
            Self::Hidden => return ProgressBar::hidden(),
            Self::Terminal => ProgressBar::with_draw_target(
                Some(records),
                ProgressDrawTarget::stderr_with_hz(DRAWS_A_SECOND_MAX),
            ),
        };
        let template = "{bar:40} {human_pos} of {human_len} records, {per_sec}, {eta} left";
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}
