//! `linli log-key`, `linli receipt`, `linli witness`: what others need to believe nobody.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

/// The keys that sign what the log was, for those that do.
#[derive(Clone, Debug, Default, Args)]
pub struct SealArgs {
    /// The file with the log's signing key, as `linli log-key new` writes it. Checkpoints of the
    /// log are then signed while it grows; two keys in the file sign both, while one takes the
    /// place of the other.
    #[arg(long, env = "LINLI_LOG_KEY", value_name = "FILE")]
    pub log_key: Option<PathBuf>,
    /// A file with the public keys that logs are signed with, for a gateway whose process does not
    /// sign: told to whoever asks, at /log/keys.
    #[arg(long, env = "LINLI_LOG_PUBLIC_KEYS", value_name = "FILE")]
    pub log_public_keys: Option<PathBuf>,
    /// A witness that is asked to cosign each checkpoint, by its public key and its address. May be
    /// repeated.
    #[arg(
        long = "witness",
        env = "LINLI_WITNESSES",
        value_name = "KEY@URL",
        value_delimiter = ',',
        requires = "log_key"
    )]
    pub witnesses: Vec<String>,
}

/// `linli log-key …`
#[derive(Debug, Subcommand)]
pub enum LogKeyCommand {
    /// Make a signing key, write it to a file that only its owner may read, and print its public
    /// half, by which everybody checks the log.
    New {
        /// The log's name, for good: where it is served, without a scheme, such as
        /// `points.example.cn/log/gulou`. It ends with the code of the district.
        name: String,
        /// Where to write it. An existing file is left as it is.
        #[arg(long, value_name = "FILE", default_value = "log.key")]
        out: PathBuf,
    },
    /// Print the public half of each key in a file.
    Public {
        /// The file with the signing keys.
        file: PathBuf,
    },
}

/// `linli receipt …`
#[derive(Debug, Subcommand)]
pub enum ReceiptCommand {
    /// Check a receipt with nothing but the log's public key, and say what it proves.
    ///
    /// Exits 0 if it holds, 1 if it does not, 2 if it is no receipt.
    Verify {
        /// The receipt; `-` for standard input.
        file: PathBuf,
        /// The log's public key, or a file with it.
        #[arg(long, value_name = "KEY|FILE")]
        log_key: String,
        /// Print what it proves as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `linli witness …`
#[derive(Debug, Subcommand)]
pub enum WitnessCommand {
    /// Make a witness's key, write it to a file that only its owner may read, and print its public
    /// half, by which logs know it.
    NewKey {
        /// The witness's name, such as `audit.example.cn/witness`.
        name: String,
        /// Where to write it. An existing file is left as it is.
        #[arg(long, value_name = "FILE", default_value = "witness.key")]
        out: PathBuf,
    },
    /// Bear witness: co-sign the checkpoints of logs that only grew, refuse the others.
    ///
    /// To be run by somebody else than the logs. Speaks C2SP tlog-witness.
    Serve {
        /// The file with the witness's key.
        #[arg(long, value_name = "FILE", default_value = "witness.key")]
        key: PathBuf,
        /// A file with the public keys of the logs, one a line.
        #[arg(long, value_name = "FILE", default_value = "logs.keys")]
        logs: PathBuf,
        /// Where it remembers what it has seen. Lose it, and the witness is a new one.
        #[arg(long, value_name = "FOLDER", default_value = "witness")]
        data: PathBuf,
        /// Where it listens.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
        bind: SocketAddr,
    },
}
