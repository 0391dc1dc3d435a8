//! A shard of the log audited again: from what an audit kept to what it kept next.
//!
//! What an audit keeps is made by it alone, so a chain of kept states is as true as its links. A
//! shard takes one link at random and makes it again: the records between two kept states, with
//! every law and rule, have to lead from the one to the other. Some months of nights go over the
//! whole log, each in the time of one shard.

use std::path::PathBuf;
use std::time::SystemTime;

use deadpool_postgres::Pool;
use linli_domain::{Digest, Position};
use linli_log::District;
use linli_log::merkle::Hash;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::report::{EXIT_FOUND_WRONG, EXIT_TRUE};
use crate::verify::{Kept, VerifySettings, go_on};
use crate::{AuditError, Progress, Report, Source, Trust};

/// What to audit.
#[derive(Clone, Debug)]
pub struct ShardSettings {
    /// The database with the log: what was kept of files may end within a command.
    pub pool: Pool,
    /// The district.
    pub district: District,
    /// Where an audit kept what it came to.
    pub folder: PathBuf,
    /// Which shard: the same number takes the same one. None for any.
    pub seed: Option<u64>,
    /// Whose signatures are checked.
    pub trust: Trust,
    /// Whether to show how far it has come.
    pub progress: Progress,
}

/// What was found. Serialised, it is what `--json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Shard {
    /// Is all of it true, and does it lead where it led before?
    pub ok: bool,
    /// The number that took this shard.
    pub seed: u64,
    /// Which of how many, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// After which record it begins.
    pub after: u64,
    /// With which it ends.
    pub upto: u64,
    /// Does it lead to the root and the state that were kept?
    pub leads_there: bool,
    /// The audit of it.
    pub audit: Report,
}

impl Shard {
    /// What a tool ends with.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        if self.ok { EXIT_TRUE } else { EXIT_FOUND_WRONG }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { seed, number, of, after, upto, leads_there, audit, .. } = self;
        write!(f, "{audit}")?;
        let mark = if *leads_there { "✓ leads to what was kept" } else { "✗ leads elsewhere" };
        writeln!(f, "shard {number} of {of}, records {after} to {upto}: {mark} (--seed {seed})")
    }
}

/// Audits one shard.
///
/// # Errors
/// [`AuditError`] if it could not run to its end; [`AuditError::NothingKept`] if the folder has no
/// kept state.
pub async fn shard(settings: ShardSettings) -> Result<Shard, AuditError> {
    let ShardSettings { pool, district, folder, seed, trust, progress } = settings;
    let source = Source::Store { pool, district };
    let kept = Kept::in_folder(&folder)?;
    let of = kept.len();
    let seed = seed.unwrap_or_else(any);
    let Some(number) = pick(seed, of) else { return Err(AuditError::NothingKept(folder)) };
    let before = number.checked_sub(1).and_then(|before| kept.get(before));
    let Some(next) = kept.get(number) else { return Err(AuditError::NothingKept(folder)) };
    let (after, goal) = (before.map_or(0, |kept| kept.position), next.head()?);
    let upto = Some(Position(goal.position));
    let settings =
        VerifySettings { source, compare_projections: false, upto, trust, keep: None, progress };
    let audit = go_on(settings, before.cloned()).await?;
    let (root, state) = (Hash(goal.root).to_string(), Digest(goal.state_digest).to_string());
    let leads_there = audit.root == root && audit.state_digest == Some(state);
    Ok(Shard {
        ok: audit.ok && leads_there,
        seed,
        number: number.saturating_add(1),
        of,
        after,
        upto: goal.position,
        leads_there,
        audit,
    })
}

/// Any number; whoever needs the same again is told which it was.
fn any() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::from(since.subsec_nanos()) ^ since.as_secs()
}

/// Which of so many a number takes: as evenly as a hash is.
fn pick(seed: u64, of: usize) -> Option<usize> {
    let hash: [u8; 32] = Sha256::digest(seed.to_be_bytes()).into();
    let number = u64::from_be_bytes(*hash.first_chunk()?);
    usize::try_from(number.checked_rem(u64::try_from(of).ok()?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shard_has_its_turn_and_a_seed_takes_the_same() {
        let taken: std::collections::BTreeSet<_> =
            (0..200).filter_map(|seed| pick(seed, 7)).collect();
        assert_eq!(taken.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(pick(42, 7), pick(42, 7));
        assert_eq!(pick(42, 0), None);
    }
}
