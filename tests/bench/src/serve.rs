//! `linli-bench serve`: Linli to be loaded by somebody else's load generator.

use clap::Args;

use crate::figure::BUYERS;
use crate::ground::Ground;
use crate::ways::{LinliWay, NullWay};

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Put the null writer behind the gateway, instead of all of Linli
    #[arg(long)]
    null: bool,
}

/// A script for `wrk`: a sale a request, to one buyer after the other, each under a new key.
const SCRIPT: &str = include_str!("wrk.lua");

pub(crate) async fn run(ground: &Ground, args: &ServeArgs) -> anyhow::Result<()> {
    let linli = LinliWay::start(ground, BUYERS).await?;
    linli.make_buyers().await?;
    let null = if args.null { Some(NullWay::start(&linli).await?) } else { None };
    let address = null.as_ref().map_or(linli.running.address, |null| null.address);
    let place = &linli.place;
    let residents: Vec<String> =
        place.crowd.iter().map(|person| format!("  \"{}\",\n", person.resident)).collect();
    let script = SCRIPT
        .replace("@KEY@", &place.shop.key)
        .replace("@ITEM@", place.items.haircut.as_str())
        .replace("@RESIDENTS@", &residents.concat());
    let path = ground.folder().join("wrk.lua");
    std::fs::write(&path, script)?;
    println!("address  {address}");
    println!("key      {}", place.shop.key);
    println!("script   {}", path.display());
    println!("load it  wrk --latency -t1 -c64 -d5s -s {} http://{address}", path.display());
    println!("Ctrl-C ends it");
    tokio::signal::ctrl_c().await?;
    if let Some(null) = null {
        null.stop().await?;
    }
    linli.running.stop().await?;
    Ok(())
}
