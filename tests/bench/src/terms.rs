//! The terms that a run measures on, and how its report is printed.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::figure::CONNECTIONS_MAX;

/// What every subcommand takes.
#[derive(Clone, Debug, Args)]
pub(crate) struct TermsArgs {
    /// How long each measurement takes, in seconds
    #[arg(long, global = true, default_value_t = 3.0, value_name = "S")]
    seconds: f64,
    /// How often each is measured; the ways compared take turns, and the median round counts
    #[arg(long, global = true, default_value_t = 3, value_name = "N")]
    rounds: usize,
    /// A look: one short round and small sizes. Figures of such a run mean nothing
    #[arg(long, global = true)]
    quick: bool,
    /// The folder that PostgreSQL, NATS and the file-append limit write to; a fresh one below the
    /// temporary folder unless told. Put it on the disk that is to be measured
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// A setting for PostgreSQL beyond those of `linli dev`; repeat it for more
    #[arg(long, global = true, value_name = "NAME=VALUE", value_parser = setting)]
    postgres: Vec<(String, String)>,
    /// Print JSON
    #[arg(long, global = true, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown, as it stands in docs/performance.md
    #[arg(long, global = true)]
    markdown: bool,
}

/// How the report is printed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    Text,
    Markdown,
    Json,
}

/// How much is measured.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Terms {
    pub(crate) seconds: f64,
    pub(crate) rounds: usize,
    pub(crate) quick: bool,
}

impl Terms {
    /// How long a round takes in a look.
    const QUICK_SECONDS: f64 = 0.3;

    /// A size: what was asked for, else the usual one, else the one of a look.
    pub(crate) fn size<T>(&self, asked: Option<T>, usual: T, quick: T) -> T {
        asked.unwrap_or(if self.quick { quick } else { usual })
    }

    pub(crate) fn text(&self) -> String {
        let rounds = if self.rounds == 1 { "round" } else { "rounds" };
        let look = if self.quick { "; a look: the figures mean nothing" } else { "" };
        format!("{} {rounds} of {} s, medians{look}", self.rounds, self.seconds)
    }
}

impl TermsArgs {
    pub(crate) fn terms(&self) -> Terms {
        let (seconds, rounds) =
            if self.quick { (Terms::QUICK_SECONDS, 1) } else { (self.seconds, self.rounds.max(1)) };
        Terms { seconds, rounds, quick: self.quick }
    }

    pub(crate) fn form(&self) -> Form {
        match (self.json, self.markdown) {
            (true, _) => Form::Json,
            (_, true) => Form::Markdown,
            _ => Form::Text,
        }
    }

    pub(crate) fn stack(&self) -> linli_devstack::Options {
        // A hundred districts have a connection each, and some for reading. The last setting wins.
        let many = ("max_connections".to_owned(), CONNECTIONS_MAX.to_owned());
        let settings = std::iter::once(many).chain(self.postgres.iter().cloned()).collect();
        linli_devstack::Options {
            data_dir: self.data.clone(),
            postgres_settings: settings,
            ..linli_devstack::Options::temporary()
        }
    }
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}
