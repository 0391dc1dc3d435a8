//! `linli log-key`, and the notary as a part of a process.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use linli_notary::{Cosigners, KeyPair, LogKeys, Metrics, Notary, Settings};

use crate::cli::proof::{LogKeyCommand, SealArgs};
use crate::ground::Ground;
use crate::secret;

/// The keys that sign, and who is asked to cosign.
#[derive(Clone, Debug)]
pub(crate) struct Seal {
    pub(crate) keys: LogKeys,
    pub(crate) witnesses: Cosigners,
}

impl Seal {
    /// As it was told; `None` where nothing is to be signed.
    pub(crate) fn told(args: &SealArgs) -> anyhow::Result<Option<Self>> {
        let Some(file) = &args.log_key else { return Ok(None) };
        let keys = LogKeys::parse(&secret::read(file)?)
            .with_context(|| format!("the log's key in {}", file.display()))?;
        let witness = |text: &String| {
            text.parse().with_context(|| format!("the witness {text}: say <PUBLIC KEY>@<URL>"))
        };
        let witnesses = args.witnesses.iter().map(witness).collect::<anyhow::Result<_>>()?;
        Ok(Some(Self { keys, witnesses: Cosigners(witnesses) }))
    }

    /// With the key in this file, which is made if it isn't there: for places to try things in.
    pub(crate) fn kept(file: &Path, name: &str) -> anyhow::Result<Self> {
        if !file.exists() {
            secret::write_new(file, &format!("{}\n", KeyPair::of(name, &rand::random())?.secret))?;
        }
        let keys = LogKeys::parse(&secret::read(file)?)
            .with_context(|| format!("the log's key in {}", file.display()))?;
        Ok(Self { keys, witnesses: Cosigners::default() })
    }

    /// The notary of the ground's district.
    pub(crate) fn notary(&self, ground: &Ground) -> anyhow::Result<Notary> {
        Ok(Notary::new(Settings {
            district: ground.log_district()?,
            log: ground.log(),
            nats: ground.nats.clone(),
            keys: self.keys.clone(),
            witnesses: self.witnesses.clone(),
            metrics: Metrics::register(&ground.registry)?,
        }))
    }
}

pub(crate) fn run(command: LogKeyCommand) -> anyhow::Result<ExitCode> {
    match command {
        LogKeyCommand::New { name, out } => {
            let pair = KeyPair::of(&name, &rand::random())?;
            write(&pair, &out)?;
        }
        LogKeyCommand::Public { file } => {
            for public in LogKeys::parse(&secret::read(&file)?)?.public() {
                println!("{public}");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the secret half to a file, and prints the public one.
pub(crate) fn write(pair: &KeyPair, out: &Path) -> anyhow::Result<()> {
    secret::write_new(out, &format!("{}\n", pair.secret))?;
    println!("{}", pair.public);
    eprintln!("the secret half is in {}: keep it, and keep it to yourself", out.display());
    Ok(())
}
