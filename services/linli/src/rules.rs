//! `linli rules`: profiles on the command line.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use linli_domain::rules::RuleVersion;
use linli_domain::time::Timestamp;

use crate::cli::RulesCommand;
use crate::trial;

pub(crate) async fn run(command: RulesCommand) -> anyhow::Result<ExitCode> {
    match command {
        RulesCommand::Check { file } => {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("reading {}", file.display()))?;
            let name = file.display().to_string();
            match linli_profile::parse(&name, &text, RuleVersion(1), Timestamp::default()) {
                Ok(rules) => {
                    println!(
                        "{name}: profile {} with {} acts, ready to publish",
                        rules.profile,
                        rules.acts.len()
                    );
                    Ok(ExitCode::SUCCESS)
                }
                Err(mistake) => {
                    eprintln!("{mistake}");
                    Ok(ExitCode::from(1))
                }
            }
        }
        RulesCommand::Try(args) => trial::run(args).await,
        RulesCommand::Show { profile } => match profile.as_str() {
            "gulou" => {
                print!("{}", linli_profile::GULOU);
                Ok(ExitCode::SUCCESS)
            }
            other => bail!("no profile {other:?} ships with Linli; there is: gulou"),
        },
    }
}
