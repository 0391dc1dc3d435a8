//! `linli vault`: the key of who residents are.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::StoreArgs;

/// What a gateway is told of the vault.
#[derive(Clone, Debug, Default, Args)]
pub struct VaultArgs {
    /// The file with the key of the vault, as `linli vault new-key` writes it. Without it nobody is
    /// told who a resident is, and nothing is kept.
    #[arg(long, env = "LINLI_VAULT_KEY", value_name = "FILE")]
    pub vault_key: Option<PathBuf>,
}

/// `linli vault …`
#[derive(Debug, Subcommand)]
pub enum VaultCommand {
    /// Make a key and write it to a file that only its owner may read.
    NewKey {
        /// Where to write it. An existing file is left as it is.
        #[arg(long, value_name = "FILE", default_value = "vault.key")]
        out: PathBuf,
        /// Do nothing if the file is there: for whoever starts a place without knowing whether it is
        /// the first time.
        #[arg(long)]
        if_missing: bool,
    },
    /// Wrap what stands under older keys of the file under its first, in one district.
    ///
    /// Put a new key on the first line, restart the gateways, rotate every district, take the old
    /// lines out and destroy them: what was erased till then opens from no backup either.
    Rotate {
        /// Where the stores are.
        #[command(flatten)]
        stores: StoreArgs,
        /// The file with the keys, the new one first.
        #[arg(long, env = "LINLI_VAULT_KEY", value_name = "FILE")]
        vault_key: PathBuf,
    },
}
