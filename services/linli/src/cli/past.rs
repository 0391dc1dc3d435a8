//! `linli past`, `linli trail`, `linli rules try`: questions to a running server, with a key.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Which server, and who asks.
#[derive(Clone, Debug, Args)]
pub struct ServerArgs {
    /// The address of the gateway.
    #[arg(long, env = "LINLI_URL", value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub url: String,
    /// The API key. An auditor's opens the past, an operator's may try rules.
    #[arg(long, env = "LINLI_KEY", value_name = "KEY", hide_env_values = true)]
    pub key: String,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Where published rule sets are asked, if any are named.
#[derive(Clone, Debug, Args)]
pub struct SourceArgs {
    /// The address of the gateway.
    #[arg(long, env = "LINLI_URL", value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub url: String,
    /// The API key; any that may read rules. Only for versions.
    #[arg(long, env = "LINLI_KEY", value_name = "KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Which moment; the log's end unless told.
#[derive(Clone, Debug, Args)]
pub struct WhenArgs {
    /// After the record at this position.
    #[arg(long, value_name = "POSITION", conflicts_with = "at")]
    pub position: Option<u64>,
    /// At this instant, such as 2025-06-30T24:00:00+08:00.
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<jiff::Timestamp>,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stretch {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three of them.
    Quarter,
    /// A calendar year.
    Year,
    /// All time.
    All,
}

impl Stretch {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::All => "all",
        }
    }
}

/// `linli past …`
#[derive(Debug, Subcommand)]
pub enum PastCommand {
    /// A resident: points, what is owed, lots, what is set aside, merit, minutes, stars.
    Resident {
        /// The resident's id.
        id: String,
        /// When.
        #[command(flatten)]
        when: WhenArgs,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// A resident's rank.
    Rank {
        /// The resident's id.
        id: String,
        /// On the board of this area; the district's unless told.
        #[arg(long, value_name = "ID")]
        area: Option<String>,
        /// In this stretch.
        #[arg(long, value_enum, default_value = "all")]
        window: Stretch,
        /// When.
        #[command(flatten)]
        when: WhenArgs,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// A redemption, a booking or a voucher: how far it had come, and what was set aside for it.
    Hold {
        /// Its id.
        id: String,
        /// When.
        #[command(flatten)]
        when: WhenArgs,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// What stood on the shelves of the stations.
    Stock {
        /// When.
        #[command(flatten)]
        when: WhenArgs,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// What was in the pools.
    Pools {
        /// When.
        #[command(flatten)]
        when: WhenArgs,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// What was stored in the time bank, and who waited for some.
    Time {
        /// When.
        #[command(flatten)]
        when: WhenArgs,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Which rules were in force.
    Rules {
        /// When.
        #[command(flatten)]
        when: WhenArgs,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
}

/// `linli trail …`
#[derive(Debug, Subcommand)]
pub enum TrailCommand {
    /// From a redemption back through the lots that paid, their awards, rules and words, to the
    /// services that earned them.
    Redemption {
        /// The redemption's id.
        id: String,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// From a booking, and the waiting list before it, back through the lots that paid to the services
    /// that earned them.
    Booking {
        /// The booking's id.
        id: String,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// From a voucher back through the lots that paid to the services that earned them.
    Voucher {
        /// The voucher's id.
        id: String,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// From a contribution through its award forward to what it bought.
    Contribution {
        /// The contribution's id.
        id: String,
        /// Where to ask.
        #[command(flatten)]
        server: ServerArgs,
    },
}

/// What `linli rules publish` is told.
#[derive(Debug, Args)]
pub struct PublishArgs {
    /// The profile.
    pub file: PathBuf,
    /// Contributions that end at or after this are awarded by it; from the last record's time on
    /// unless told.
    #[arg(long, value_name = "INSTANT")]
    pub effective_from: Option<jiff::Timestamp>,
    /// Try it first on the past, from this instant on.
    #[arg(long, value_name = "INSTANT", requires = "tried_until")]
    pub tried_from: Option<jiff::Timestamp>,
    /// The period of the trial ends before this.
    #[arg(long, value_name = "INSTANT", requires = "tried_from")]
    pub tried_until: Option<jiff::Timestamp>,
    /// Where to publish. The key is an operator's.
    #[command(flatten)]
    pub server: ServerArgs,
}

/// What `linli rules try` is told.
#[derive(Debug, Args)]
pub struct TryArgs {
    /// The profile.
    pub file: PathBuf,
    /// The period begins here: contributions that ended at or after it are awarded by the draft.
    #[arg(long, value_name = "INSTANT")]
    pub from: jiff::Timestamp,
    /// The period ends before this.
    #[arg(long, value_name = "INSTANT")]
    pub until: jiff::Timestamp,
    /// Groups to tell of besides categories and grids, such as age bands: a CSV file of
    /// `resident,band` without a header. The log knows no ages.
    #[arg(long, value_name = "FILE")]
    pub bands: Option<PathBuf>,
    /// Where to ask.
    #[command(flatten)]
    pub server: ServerArgs,
}
