//! `linli log-key`, and the notary as a part of a process.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use linli_notary::{Cosigners, KeyPair, LogKeys, Notary, Settings, TrustedKeys};

use crate::cli::proof::{LogKeyCommand, SealArgs};
use crate::ground::Ground;
use crate::secret;

/// The keys that sign the logs of a process, and who is asked to cosign.
#[derive(Clone, Debug)]
pub(crate) struct Seal {
    logs: Vec<LogKeys>,
    witnesses: Cosigners,
}

impl Seal {
    /// As it was told; `None` where nothing is to be signed.
    pub(crate) fn told(args: &SealArgs) -> anyhow::Result<Option<Self>> {
        let Some(file) = &args.log_key else { return Ok(None) };
        let witness = |text: &String| {
            text.parse().with_context(|| format!("the witness {text}: say <PUBLIC KEY>@<URL>"))
        };
        let witnesses = args.witnesses.iter().map(witness).collect::<anyhow::Result<_>>()?;
        Ok(Some(Self { logs: read(file)?, witnesses: Cosigners(witnesses) }))
    }

    /// With the keys in this file, one for each district, which is made if it isn't there: for
    /// places to try things in.
    pub(crate) fn kept(file: &Path, districts: &[String]) -> anyhow::Result<Self> {
        if !file.exists() {
            let mut secrets = String::new();
            for district in districts {
                let pair = KeyPair::of(&format!("localhost/log/{district}"), &rand::random())?;
                secrets.push_str(&pair.secret);
                secrets.push('\n');
            }
            secret::write_new(file, &secrets)?;
        }
        Ok(Self { logs: read(file)?, witnesses: Cosigners::default() })
    }

    /// The public keys of all logs.
    pub(crate) fn public(&self) -> Vec<String> {
        self.logs.iter().flat_map(LogKeys::public).cloned().collect()
    }

    /// The notary of the ground's district. A log's name ends with its district, so that no key
    /// ever signs two logs.
    pub(crate) fn notary(&self, ground: &Ground) -> anyhow::Result<Notary> {
        let district = ground.log_district()?;
        let named = |keys: &&LogKeys| keys.origin().rsplit('/').next() == Some(district.as_str());
        let keys = self.logs.iter().find(named).with_context(|| {
            format!("no key for this log: its name has to end with \"/{district}\"")
        })?;
        Ok(Notary::new(Settings {
            log: ground.log(),
            nats: ground.commons.nats.clone(),
            keys: keys.clone(),
            witnesses: self.witnesses.clone(),
            metrics: ground.commons.figures.notary.clone(),
            district,
        }))
    }
}

/// The signing keys in a file, by log.
fn read(file: &Path) -> anyhow::Result<Vec<LogKeys>> {
    let text = secret::read(file)?;
    LogKeys::parse_all(&text).with_context(|| format!("the log's key in {}", file.display()))
}

/// Public keys in a file, each checked.
pub(crate) fn public_keys(file: &Path) -> anyhow::Result<Vec<String>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    TrustedKeys::parse(&text).with_context(|| format!("the keys in {}", file.display()))?;
    let lines = text.lines().map(str::trim);
    Ok(lines.filter(|line| line.contains('+')).map(str::to_owned).collect())
}

pub(crate) fn run(command: LogKeyCommand) -> anyhow::Result<ExitCode> {
    match command {
        LogKeyCommand::New { name, out } => {
            let pair = KeyPair::of(&name, &rand::random())?;
            write(&pair, &out)?;
        }
        LogKeyCommand::Public { file } => {
            read(&file)?.iter().flat_map(LogKeys::public).for_each(|key| println!("{key}"));
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
