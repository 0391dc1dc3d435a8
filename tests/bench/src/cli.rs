//! The command line.

use clap::{Args, Parser, Subcommand};

use crate::figure::{
    AuditArgs, BulkArgs, CommandsArgs, DistrictsArgs, HotArgs, MemoryArgs, ProjectorsArgs,
    RankArgs, ReceiptArgs, RestartArgs, TailArgs, WriterArgs,
};
use crate::serve::ServeArgs;
use crate::terms::TermsArgs;

/// Measures Linli, each figure beside its limit or its baseline in the same run.
///
/// It starts a PostgreSQL and a NATS of its own, as `linli dev` does, and runs everything on this
/// machine: the server, its projectors, the load generator. Progress goes to standard error, the
/// report to standard output.
///
/// Run it on a quiet machine, built with --release, with --data on the disk that is to be measured:
///
///   cargo run --release -p linli-bench -- all --data /var/tmp/linli-bench
///
/// A verdict tells whether a figure reaches what is asked of it on two cores. Compare columns, which
/// took turns in the same minutes, rather than runs.
#[derive(Debug, Parser)]
#[command(name = "linli-bench", version, verbatim_doc_comment)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) terms: TermsArgs,
    #[command(subcommand)]
    pub(crate) bench: Bench,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// Everything below, in this order: an hour or so
    All(AllArgs),
    /// Commands a second of the writer in process, beside the same writer over a file and over
    /// nothing
    Writer(WriterArgs),
    /// Durable commands a second through HTTP, one a request, beside one SQL transaction a request
    /// and beside a writer that stores nothing
    Commands(CommandsArgs),
    /// Contributions a second through HTTP, a thousand a request
    Bulk(BulkArgs),
    /// Commands a second when every award draws on one pool and every sale is of one item
    Hot(HotArgs),
    /// How long a command takes at half of the peak rate, beside a flush of the disk
    Tail(TailArgs),
    /// Seconds until a ledger leads again, and how long commands take while snapshots are taken
    Restart(RestartArgs),
    /// Bytes a resident takes in the writer
    Memory(MemoryArgs),
    /// Records a second that the read models catch up by, and their lag at half of the peak rate
    Projectors(ProjectorsArgs),
    /// How long a rank, ten neighbours and the top hundred take among a million
    Rank(RankArgs),
    /// Commands a second and memory of 1 to 100 districts in one process
    Districts(DistrictsArgs),
    /// Records a second of a whole audit, stage by stage, and its memory beside the state
    Audit(AuditArgs),
    /// How long a receipt takes from a log of ten million records
    Receipt(ReceiptArgs),
    /// Starts Linli and says how to load it with `wrk`; until Ctrl-C
    Serve(ServeArgs),
    /// The load generator, which the bench starts itself
    #[command(hide = true)]
    Load,
    /// A city grown in a process of its own, for its memory
    #[command(hide = true)]
    Grow,
    /// Districts in a process of their own
    #[command(hide = true)]
    DistrictsOf,
    /// A log audited in a process of its own, for its time and its memory
    #[command(hide = true)]
    AuditOf,
}

/// What each figure is measured with: its usual sizes.
#[derive(Debug, Default, Args)]
pub(crate) struct AllArgs {
    /// Leave these out
    #[arg(long, value_delimiter = ',', value_name = "FIGURE")]
    pub(crate) without: Vec<String>,
}
