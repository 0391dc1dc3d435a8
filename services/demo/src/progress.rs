//! How far it has come: a bar on a terminal, a line now and then elsewhere.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How progress is shown, on the standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// A bar on a terminal, plain lines elsewhere.
    #[default]
    Auto,
    /// Plain lines.
    Lines,
    /// Nothing.
    Nothing,
}

/// How often the bar is drawn though nothing has moved.
const TICK: Duration = Duration::from_millis(200);

const TEMPLATE: &str = "{msg:12} [{bar:40}] {human_pos}/{human_len}  {elapsed} + {eta}";

/// How far one part of the demo has come.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    lines: bool,
}

impl Progress {
    /// A part with so many things to do.
    pub(crate) fn new(show: Show, things: usize) -> Self {
        let things = u64::try_from(things).unwrap_or(u64::MAX);
        let terminal = std::io::stderr().is_terminal();
        let bar = match show {
            Show::Auto if terminal => ProgressBar::new(things),
            Show::Auto | Show::Lines | Show::Nothing => {
                ProgressBar::with_draw_target(Some(things), ProgressDrawTarget::hidden())
            }
        };
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("=> "));
        }
        if !bar.is_hidden() {
            bar.enable_steady_tick(TICK);
        }
        let lines = show == Show::Lines || (show == Show::Auto && !terminal);
        Self { bar, lines }
    }

    /// A new chapter, which is worth a line.
    pub(crate) fn chapter(&self, name: &str) {
        self.bar.set_message(name.to_owned());
        if self.lines {
            let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
            eprintln!("{name}: {done} of {all} done");
        }
    }

    /// So many things more are done.
    pub(crate) fn done(&self, things: usize) {
        self.bar.inc(u64::try_from(things).unwrap_or_default());
    }

    /// All of it is done.
    pub(crate) fn finish(&self, name: &str) {
        self.bar.finish_with_message(name.to_owned());
        if self.lines {
            eprintln!("{name}: {} done", self.bar.position());
        }
    }
}
