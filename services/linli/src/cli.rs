//! What can be said on the command line. Each setting can be said in the environment as well.

pub mod audit;
pub mod badge;
pub mod past;
pub mod proof;
pub mod vault;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use linli_demo::{SEED, Scale};
use linli_gateway::Rate;
use linli_readmodel::Projection;

use audit::AuditCommand;
use badge::{BadgeArgs, BadgeCommand};
use past::{PastCommand, PublishArgs, SourceArgs, TrailCommand, TryArgs};
use proof::{LogKeyCommand, ReceiptCommand, SealArgs, WitnessCommand};
use vault::{VaultArgs, VaultCommand};

/// Linli (邻里): the ledger of what neighbours do for one another.
///
/// On a machine with nothing set up, `linli demo` shows everything at work, and `linli dev` gives
/// an empty place to try things in. `linli serve` runs the services against your own PostgreSQL
/// and NATS.
#[derive(Debug, Parser)]
#[command(name = "linli", version, max_term_width = 100)]
pub struct Cli {
    /// What is logged, to standard error: `error`, `warn`, `info`, `debug`, or a filter such as
    /// `info,linli_ledger=debug`.
    #[arg(long, global = true, env = "LINLI_LOG", value_name = "FILTER", default_value = "warn")]
    pub log: String,
    /// Log as JSON, a line an event, for machines that collect logs.
    #[arg(long, global = true, env = "LINLI_LOG_JSON")]
    pub log_json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the services: all of them in one process, or one of them.
    Serve(ServeArgs),
    /// Create or update the tables in PostgreSQL. Safe to repeat, and to run twice at once.
    Migrate(StoreArgs),
    /// Check the ledger: replay it, and hold it against the rules and the read models.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Make and end the keys by which partners, stations and staff come in.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Make the key that signs a log, and tell its public half.
    #[command(subcommand)]
    LogKey(LogKeyCommand),
    /// Keep the key of the vault, where it is said who residents are.
    #[command(subcommand)]
    Vault(VaultCommand),
    /// Make the key that signs badges, and check a badge off line.
    #[command(subcommand)]
    Badge(BadgeCommand),
    /// Check a receipt off line: that a record is in a log.
    #[command(subcommand)]
    Receipt(ReceiptCommand),
    /// Bear witness that a log only grows.
    #[command(subcommand)]
    Witness(WitnessCommand),
    /// Ask a server what was at a moment of the past, replayed from its log.
    #[command(subcommand)]
    Past(PastCommand),
    /// Follow one thing through the log: back to what earned it, forward to what it bought.
    #[command(subcommand)]
    Trail(TrailCommand),
    /// Work with profiles: the rules of a place as TOML.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Make a read model anew from the log, compare it with the one that is read, and switch.
    ///
    /// Everything goes on meanwhile. Exits 0 if the two were the same, 1 if they were not.
    Rebuild(RebuildArgs),
    /// Start a private PostgreSQL and NATS and every service, and print where they are.
    Dev(DevArgs),
    /// `dev`, and a year in Dingshan community through the HTTP API.
    Demo(DemoArgs),
    /// Ask a running service whether it is ready. For container health checks.
    Health {
        /// The address of its readiness.
        #[arg(long, default_value = "http://127.0.0.1:8080/readyz")]
        url: String,
    },
}

/// Where the database is.
#[derive(Clone, Debug, Args)]
pub struct DatabaseArgs {
    /// PostgreSQL 15 or newer.
    #[arg(long, env = "LINLI_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: String,
}

/// Where the stores are.
#[derive(Clone, Debug, Args)]
pub struct StoreArgs {
    /// Where the database is.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// The code of the district.
    #[arg(long, env = "LINLI_DISTRICT", value_name = "CODE", default_value = "gulou")]
    pub district: String,
}

/// A part of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Everything in one process.
    All,
    /// The writer of a district's ledger. A second one waits, and takes over if the first ends.
    Ledger,
    /// The projectors, which keep the read models.
    Projector,
    /// HTTP.
    Gateway,
    /// The notary alone, where the signing key is to live on a machine of its own. It runs with
    /// `all` and `ledger` if they are told a key.
    Notary,
}

/// What `linli serve` is told.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Which services.
    #[arg(value_enum)]
    pub part: Part,
    /// Where the database is.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// The codes of the districts, with commas or said again. Each has a log, keys, a writer and
    /// read models of its own; what happens to one doesn't touch the others.
    #[arg(
        long = "district",
        env = "LINLI_DISTRICT",
        value_name = "CODE",
        value_delimiter = ',',
        default_value = "gulou"
    )]
    pub districts: Vec<String>,
    /// NATS with JetStream. `serve all` works without it; services in processes of their own need
    /// it to reach the writer.
    #[arg(long, env = "LINLI_NATS_URL", value_name = "URL")]
    pub nats_url: Option<String>,
    /// Where to listen: the gateway for everybody, the others for health and metrics.
    #[arg(long, env = "LINLI_BIND", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// Let an operator move the ledger's time forward (`PUT /v1/test-clock`), from this instant
    /// on. For tests and demonstrations alone.
    #[arg(long, env = "LINLI_TEST_CLOCK", value_name = "INSTANT")]
    pub test_clock: Option<jiff::Timestamp>,
    /// Write a snapshot of the state every so many records.
    #[arg(long, env = "LINLI_SNAPSHOT_EVERY", value_name = "RECORDS")]
    pub snapshot_every: Option<u64>,
    /// How much each API key may ask of a gateway: so many units in so many seconds, at once or
    /// spread; a request is one, a bulk a hundred. `off` for no limit.
    #[arg(
        long,
        env = "LINLI_RATE_LIMIT",
        value_name = "UNITS/SECONDS",
        default_value = "60000/60"
    )]
    pub rate_limit: RateLimit,
    /// Who signs.
    #[command(flatten)]
    pub seal: SealArgs,
    /// Who residents are.
    #[command(flatten)]
    pub vault: VaultArgs,
    /// What residents show elsewhere.
    #[command(flatten)]
    pub badges: BadgeArgs,
}

/// A rate, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit(pub Option<Rate>);

impl std::str::FromStr for RateLimit {
    type Err = linli_gateway::InvalidRate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" { Ok(Self(None)) } else { text.parse().map(|rate| Self(Some(rate))) }
    }
}

/// Whose hand a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeyKind {
    /// A partner's app: contributions in.
    Partner,
    /// A service station: redemptions. Bound to the station.
    Station,
    /// An officer: verification. Bound to the officer.
    Staff,
    /// An auditor: the log.
    Auditor,
    /// An operator: everything that founds and keeps a place.
    Operator,
    /// A supplier: its own statements. Bound to the supplier.
    Supplier,
    /// The finance desk: statements and payments.
    Finance,
    /// A resident, for what is kept about them; bound to the resident.
    Resident,
}

/// `linli keys …`
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key and print it, once. Only its hash is kept.
    Create {
        /// Where the stores are.
        #[command(flatten)]
        stores: StoreArgs,
        /// Who it is for.
        #[arg(long, value_enum)]
        kind: KeyKind,
        /// What to call it in lists.
        #[arg(long)]
        name: String,
        /// The id of the station or officer that it is bound to.
        #[arg(long, value_name = "ID")]
        subject: Option<String>,
        /// It ends after so many days.
        #[arg(long, value_name = "DAYS")]
        days: Option<u32>,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the keys.
    List {
        /// Where the stores are.
        #[command(flatten)]
        stores: StoreArgs,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
    /// End a key. It stops working within a second or so, everywhere.
    Revoke {
        /// Where the stores are.
        #[command(flatten)]
        stores: StoreArgs,
        /// The id of the key.
        id: String,
    },
}

/// `linli rules …`
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Read a profile and say what is wrong with it, by file, line and reason.
    Check {
        /// The profile.
        file: PathBuf,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Tell what is otherwise in one rule set than in another, line by line.
    ///
    /// Exits 0 if both say the same, 1 if they don't.
    Diff {
        /// The rules as they are: a file, the name of a profile that ships with Linli, or the
        /// version of a set that a server has published.
        before: String,
        /// The rules as they are to be: the same.
        after: String,
        /// Where versions are asked.
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Print all that a rule set says, line by line.
    Sheet {
        /// A file, the name of a profile that ships with Linli, or the version of a set that a
        /// server has published.
        rules: String,
        /// Where versions are asked.
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Try a draft on a period of the past: who gains, who loses, what becomes of the pools.
    /// Nothing is written.
    Try(TryArgs),
    /// Publish a profile, and print what is otherwise in it than in the rules before it.
    ///
    /// With a period it is tried on that first, and what the trial came to stands beside the rules
    /// in the log for good.
    Publish(PublishArgs),
    /// Print a profile that ships with Linli, to start your own from.
    Show {
        /// Which one: gulou, hailin, huangshi or beijing-stars.
        #[arg(default_value = "gulou")]
        profile: String,
    },
}

/// What `linli rebuild` is told.
#[derive(Clone, Debug, Args)]
pub struct RebuildArgs {
    /// Which: directory, contributions, balances, rankings, catalogue or redemptions.
    #[arg(value_parser = projection)]
    pub projection: Projection,
    /// Where the stores are.
    #[command(flatten)]
    pub stores: StoreArgs,
}

fn projection(name: &str) -> Result<Projection, String> {
    Projection::by_name(name).ok_or_else(|| {
        let names: Vec<&str> = Projection::ALL.iter().map(|projection| projection.name()).collect();
        format!("there is no such read model; there are {}", names.join(", "))
    })
}

/// What `linli dev` is told.
#[derive(Clone, Debug, Args)]
pub struct DevArgs {
    /// Where all data lives. Kept and used again.
    #[arg(long, env = "LINLI_DEV_DATA", value_name = "FOLDER", default_value = ".linli/dev")]
    pub data: PathBuf,
    /// Where the gateway listens; a free port if this one is taken.
    #[arg(long, env = "LINLI_BIND", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// The code of the district.
    #[arg(long, env = "LINLI_DISTRICT", value_name = "CODE", default_value = "gulou")]
    pub district: String,
    /// Start the ledger on a test clock at this instant instead of the system's clock.
    #[arg(long, value_name = "INSTANT")]
    pub test_clock: Option<jiff::Timestamp>,
}

/// What `linli demo` is told.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    /// How much traffic: 1 is a whole year's 57,500 contributions.
    #[arg(long, value_name = "FACTOR", default_value = "1")]
    pub scale: Scale,
    /// Leave when done, instead of staying up to be looked at.
    #[arg(long)]
    pub exit: bool,
    /// Write the summary to this file as JSON; `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Another seed gives other people and another year.
    #[arg(long, value_name = "NUMBER", default_value_t = SEED)]
    pub seed: u64,
    /// Where the gateway listens; a free port if this one is taken.
    #[arg(long, env = "LINLI_BIND", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// Keep the data in this folder, which has to be new; else it goes when the demo ends.
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
}
