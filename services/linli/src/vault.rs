//! `linli vault`, and the vault as a part of a gateway.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use linli_vault::{Vault, WrappingKeys};

use crate::cli::vault::VaultCommand;
use crate::ground::Ground;
use crate::secret;

pub(crate) async fn run(command: VaultCommand) -> anyhow::Result<ExitCode> {
    match command {
        VaultCommand::NewKey { out, if_missing: true } if out.exists() => {
            read(&out)?;
            eprintln!("a key is in {} and stays", out.display());
        }
        VaultCommand::NewKey { out, .. } => {
            secret::write_new(&out, &linli_vault::new_key(&rand::random()))?;
            eprintln!("the key is in {}: without it nobody's record opens", out.display());
        }
        VaultCommand::Rotate { stores, vault_key } => {
            let ground = Ground::lay(&stores, "vault").await?;
            let keys = read(&vault_key)?;
            let rotated = of(&ground, &keys).rotate().await?;
            println!("{rotated} keys wrapped anew; the older ones of the file open nothing here");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The keys in a file that only its owner may read.
pub(crate) fn read(file: &Path) -> anyhow::Result<Arc<WrappingKeys>> {
    let text = secret::read(file)?;
    let keys = WrappingKeys::parse(&text);
    keys.map(Arc::new).with_context(|| format!("the vault's key in {}", file.display()))
}

/// The same, with a key that is made if the file isn't there: for places to try things in.
pub(crate) fn kept(file: &Path) -> anyhow::Result<Arc<WrappingKeys>> {
    if !file.exists() {
        secret::write_new(file, &linli_vault::new_key(&rand::random()))?;
    }
    read(file)
}

/// The vault of the ground's district.
pub(crate) fn of(ground: &Ground, keys: &Arc<WrappingKeys>) -> Vault {
    Vault::new(ground.pool().clone(), ground.district.to_string(), Arc::clone(keys))
}
