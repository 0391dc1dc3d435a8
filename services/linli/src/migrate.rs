//! `linli migrate`: the tables of the log, of the read models, of the keys, and of the vault.

use std::process::ExitCode;

use anyhow::Context as _;
use tokio_postgres::Config;

use crate::cli::StoreArgs;
use crate::stores;

pub(crate) async fn run(args: &StoreArgs) -> anyhow::Result<ExitCode> {
    let applied = all(&stores::postgres(&args.database)?).await?;
    println!("{applied} migrations applied; the tables are up to date");
    Ok(ExitCode::SUCCESS)
}

/// Brings all tables up to date; gives how many migrations that took.
pub(crate) async fn all(config: &Config) -> anyhow::Result<usize> {
    let mut client = stores::connect(config).await?;
    let log = linli_log::schema::migrate(&mut client).await.context("the tables of the log")?;
    let read =
        linli_readmodel::migrate(&mut client).await.context("the tables of the read models")?;
    let keys = linli_gateway::key::migrate(&mut client).await.context("the tables of the keys")?;
    let vault = linli_vault::migrate(&mut client).await.context("the tables of the vault")?;
    Ok([read, keys, vault].into_iter().fold(log, usize::saturating_add))
}
