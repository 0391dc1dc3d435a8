//! `linli receipt`: is it in the log?

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use linli_notary::{Receipt, TreeHead, TrustedKeys};

use crate::cli::proof::ReceiptCommand;

/// The receipt does not hold.
const FOUND_WRONG: u8 = 1;

/// It is no receipt, or no key.
const MISUSED: u8 = 2;

pub(crate) fn run(command: ReceiptCommand) -> anyhow::Result<ExitCode> {
    let ReceiptCommand::Verify { file, log_key, json } = command;
    let trusted = match trusted(&log_key)?.parse::<Keys>() {
        Ok(Keys(trusted)) => trusted,
        Err(error) => return Ok(misused(&error)),
    };
    let receipt: Receipt = match text(&file)?.parse() {
        Ok(receipt) => receipt,
        Err(error) => return Ok(misused(&error)),
    };
    match receipt.verify(&trusted) {
        Ok(head) => {
            say(&receipt, &head, json)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            let why = format!("{:#}", anyhow::Error::from(error));
            if json {
                println!("{}", serde_json::json!({ "ok": false, "why": why }));
            } else {
                println!("not proven: {why}");
            }
            Ok(ExitCode::from(FOUND_WRONG))
        }
    }
}

/// Public keys as they are told on the command line.
struct Keys(TrustedKeys);

impl std::str::FromStr for Keys {
    type Err = linli_notary::InvalidKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        TrustedKeys::parse(text).map(Self)
    }
}

fn misused(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("linli: {error}");
    ExitCode::from(MISUSED)
}

/// A key, or what is in the file of this name. A key has a plus in it, and a file rarely.
pub(crate) fn trusted(told: &str) -> anyhow::Result<String> {
    if told.contains('+') && !Path::new(told).exists() {
        return Ok(told.to_owned());
    }
    std::fs::read_to_string(told).with_context(|| format!("reading {told}"))
}

fn text(file: &Path) -> anyhow::Result<String> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("reading standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn say(receipt: &Receipt, head: &TreeHead, json: bool) -> anyhow::Result<()> {
    let (position, origin, size) = (receipt.position(), &head.origin, head.size);
    // What was signed is in the log, whether or not this version of the program can read it.
    let record = linli_proto::decode_record(&receipt.record).ok();
    let recorded_at = record.as_ref().map(|record| {
        jiff::Timestamp::from_microsecond(record.recorded_at.microseconds()).unwrap_or_default()
    });
    if json {
        let told = serde_json::json!({
            "ok": true, "log": origin, "position": position, "signed_records": size,
            "root": head.root.to_string(),
            "recorded_at": recorded_at.map(|at| at.to_string()),
        });
        println!("{}", serde_json::to_string_pretty(&told)?);
        return Ok(());
    }
    println!("proven: this record stands at position {position} of {origin}");
    println!("signed when the log had {size} records, with the root {}", head.root);
    if let (Some(record), Some(at)) = (record, recorded_at) {
        println!("recorded at {at}:\n{:#?}", record.event);
        for posting in &record.postings {
            let (account, amount) = (posting.account, posting.amount);
            println!("  {account:?} {amount}, then {}", posting.balance);
        }
    }
    Ok(())
}
