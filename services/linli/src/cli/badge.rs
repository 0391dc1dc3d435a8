//! `linli badge`: the key that signs badges, and checking one.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What a gateway is told of badges.
#[derive(Clone, Debug, Default, Args)]
pub struct BadgeArgs {
    /// The file with the key that signs badges (Open Badges 3.0), as `linli badge new-key` writes it;
    /// several keys are all published, and the first signs. Without it no badges are given.
    #[arg(long, env = "LINLI_BADGE_KEY", value_name = "FILE", requires = "public_url")]
    pub badge_key: Option<PathBuf>,
    /// Where strangers reach the gateway, such as `https://points.example.cn`: it stands in every
    /// badge, for good.
    #[arg(long, env = "LINLI_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
}

/// `linli badge …`
#[derive(Debug, Subcommand)]
pub enum BadgeCommand {
    /// Make a key and write it to a file that only its owner may read.
    NewKey {
        /// Where to write it. An existing file is left as it is.
        #[arg(long, value_name = "FILE", default_value = "badge.key")]
        out: PathBuf,
    },
    /// Check a badge off line, with public documents alone, and say what it says.
    ///
    /// Exits 0 if it holds, 1 if it does not or is void, 2 if it can't be read.
    Verify {
        /// The badge; `-` for standard input.
        file: PathBuf,
        /// The issuer's document, fetched from the address that the badge names as its issuer.
        #[arg(long, value_name = "FILE")]
        issuer: PathBuf,
        /// The status list, fetched from the address that the badge names; without it nothing is said
        /// of whether the badge is void.
        #[arg(long, value_name = "FILE")]
        status: Option<PathBuf>,
        /// The id of who is said to hold it, as their app shows it.
        #[arg(long, value_name = "ID")]
        holder: Option<String>,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
}
