//! `linli audit`: is all of it true, and the books for others.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `linli audit …`
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Replay the log from its first record with nothing but the log: every hash, every sum, every
    /// rule; hold tiles, checkpoints and signatures against it; then the read models.
    ///
    /// The log is read from its database, or with --from from plain files, where nothing of ours
    /// is trusted but the log's public key. Exits 0 if all of it is true, 1 if something was found
    /// wrong, 3 if it could not run.
    Verify(VerifyArgs),
    /// Replay the log up to a position, and print the root and the digest of the state there.
    ///
    /// Two replays that print the same came to the same, wherever they were made.
    Digest {
        /// Where the log is.
        #[command(flatten)]
        from: SourceArgs,
        /// After which record; the last one unless told.
        #[arg(long, value_name = "POSITION")]
        at: Option<u64>,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Compare two logs record by record, and show the first that differs, as both have it.
    ///
    /// Each is the address of a database, a folder with an export, or the address of tiles. Exits
    /// 0 if they are the same, 1 if not.
    Compare {
        /// One.
        #[arg(value_name = "URL|FOLDER")]
        one: String,
        /// The other.
        #[arg(value_name = "URL|FOLDER")]
        other: String,
        /// The code of the district, for databases.
        #[arg(long, env = "LINLI_DISTRICT", value_name = "CODE", default_value = "gulou")]
        district: String,
        /// A file of certificates (PEM) whose servers are believed, beside the system's own.
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
        /// An auditor's key, for entries behind an HTTP server that asks for one.
        #[arg(long, env = "LINLI_KEY", value_name = "KEY", hide_env_values = true)]
        key: Option<String>,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Audit a random shard again: the records between two states that `verify --resume` kept.
    ///
    /// Every hash, sum and rule of it, and whether it leads from the one state to the other. For
    /// every night: some months go over the whole log, each night in the time of a shard. Exits 0
    /// if all of it is true, 1 if not, 3 if it could not run.
    Shard {
        /// The folder in which `verify --resume` kept them.
        folder: PathBuf,
        /// Where the log is.
        #[command(flatten)]
        stores: super::StoreArgs,
        /// Take the shard of this number again; any shard unless told.
        #[arg(long, value_name = "NUMBER")]
        seed: Option<u64>,
        /// The log's public keys, or a file with them; checkpoints are then checked to be signed.
        #[arg(long, value_name = "KEY|FILE")]
        log_key: Option<String>,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Hold the log against everything that was made from it: read models row by row, the stream
    /// message by message, counts of shelves and suppliers' statements against the books.
    ///
    /// All that `verify` checks is checked with it. Exits 0 if everything agrees, 1 if not, 3 if it
    /// could not run.
    Reconcile {
        /// Where the log and its read models are.
        #[command(flatten)]
        stores: super::StoreArgs,
        /// The NATS server that has the stream. The stream is left out if none is told.
        #[arg(long, env = "LINLI_NATS_URL", value_name = "URL", hide_env_values = true)]
        nats_url: Option<String>,
        /// The log's public keys, or a file with them; checkpoints are then checked to be signed.
        #[arg(long, value_name = "KEY|FILE")]
        log_key: Option<String>,
        /// A witness's public key, or a file with some. May be repeated.
        #[arg(long = "witness-key", value_name = "KEY|FILE")]
        witness_keys: Vec<String>,
        /// Write it as a page of HTML, too, that prints on A4 and has places to sign.
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Draw a day's sample for re-inspection again, from the log alone, and say whether the log has
    /// the same.
    ///
    /// Exits 0 if it has, 1 if it has another or none of that day, 3 if it could not run.
    Sample {
        /// The day whose awards it is drawn from, such as 2025-03-05.
        day: String,
        /// Where the stores are.
        #[command(flatten)]
        stores: super::StoreArgs,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the books in a form that other programs read and check: a file a month, closed with
    /// what every account stands at; or the log itself as tiles.
    Export {
        /// Where the stores are.
        #[command(flatten)]
        stores: super::StoreArgs,
        /// In which form.
        #[arg(long, value_enum, default_value = "beancount")]
        form: BooksForm,
        /// Into which folder. Made if it is not there; files of an earlier export are replaced.
        #[arg(long, value_name = "FOLDER", default_value = "books")]
        out: PathBuf,
        /// Stop after this position.
        #[arg(long, value_name = "POSITION")]
        upto: Option<u64>,
        /// Write the log as plain files instead (C2SP tlog-tiles), up to its newest checkpoint:
        /// entry bundles, tiles of hashes, checkpoint. Goes on with an earlier export there.
        #[arg(long, value_name = "FOLDER", conflicts_with_all = ["form", "out", "upto"])]
        tiles: Option<PathBuf>,
        /// The log's public keys, or a file with them, to be laid beside the tiles.
        #[arg(long, value_name = "KEY|FILE", requires = "tiles")]
        log_key: Option<String>,
        /// Print what was written as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What `linli audit verify` is told.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Where the log is.
    #[command(flatten)]
    pub from: SourceArgs,
    /// Leave the read models out, which only the database has.
    #[arg(long)]
    pub log_only: bool,
    /// Stop after this position.
    #[arg(long, visible_alias = "until", value_name = "POSITION")]
    pub upto: Option<u64>,
    /// Keep what was audited in this folder every --every records, and go on from what is kept
    /// there: after a stop, or when the log has grown. Only without read models (--log-only or
    /// --from). Nothing is kept once something was found wrong.
    #[arg(long, value_name = "FOLDER")]
    pub resume: Option<PathBuf>,
    /// After how many records more --resume keeps what was audited.
    #[arg(long, value_name = "RECORDS", default_value_t = 1_000_000, requires = "resume", value_parser = clap::value_parser!(u64).range(1..))]
    pub every: u64,
    /// The log's public keys, or a file with them, one a line, each with `from=<instant>` and
    /// `until=<instant>` if it was not always valid. Checkpoints are then checked to be signed.
    /// With --from there is nothing else to believe.
    #[arg(long, value_name = "KEY|FILE")]
    pub log_key: Option<String>,
    /// A witness's public key, or a file with some. What stands as its signature below a
    /// checkpoint is then checked. May be repeated.
    #[arg(long = "witness-key", value_name = "KEY|FILE")]
    pub witness_keys: Vec<String>,
    /// A checkpoint of this log that you kept: the log still has to have the records that it is over. So a
    /// log that was put back to an older state, or written anew, is found out though all in it
    /// agrees. May be repeated.
    #[arg(long, value_name = "FILE", conflicts_with = "resume")]
    pub seen: Vec<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Where a log is read from.
#[derive(Clone, Debug, Args)]
pub struct SourceArgs {
    /// PostgreSQL 15 or newer. Not asked where --from says another place.
    #[arg(
        long,
        env = "LINLI_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true,
        required_unless_present = "from"
    )]
    pub database_url: Option<String>,
    /// The code of the district, in a database.
    #[arg(long, env = "LINLI_DISTRICT", value_name = "CODE", default_value = "gulou")]
    pub district: String,
    /// A folder with the log as plain files, or the address below which an HTTP server has them,
    /// such as `https://linli.example/log/gulou`.
    #[arg(long, value_name = "FOLDER|URL")]
    pub from: Option<String>,
    /// A file of certificates (PEM) whose servers are believed, beside those that the system
    /// believes: for a server with a certificate of your own.
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// An auditor's key, for entries behind an HTTP server that asks for one.
    #[arg(long, env = "LINLI_KEY", value_name = "KEY", hide_env_values = true)]
    pub key: Option<String>,
}

/// A form of books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BooksForm {
    /// Beancount 3: check it with `bean-check`.
    Beancount,
    /// A journal for ledger and hledger: check it with `ledger --strict` or `hledger check`.
    Hledger,
    /// A row a posting, with a schema beside it.
    Csv,
    /// A JSON object a posting, with a schema beside it.
    Jsonl,
}
