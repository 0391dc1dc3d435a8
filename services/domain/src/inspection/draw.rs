//! Drawing a day's sample: the recipe that `docs/auditing.md` tells.

use sha2::{Digest as _, Sha256};

use crate::State;
use crate::calendar::Day;
use crate::id::ContributionId;
use crate::inspection::{Awarded, Drawn, Head, Sample};
use crate::rules::Sampling;
use crate::time::Timestamp;

/// The most that is drawn of a day, those with the smallest chance first: a record has to end
/// somewhere, and nobody looks at more again.
pub const DRAWN_MAX: usize = 500;

/// The whole, in the parts that rates are told in.
const WHOLE: u128 = 10_000;

/// The chance of a contribution under a root: the first eight bytes of SHA-256(root ‖ id), where
/// the id is its sixteen bytes, the highest first. It is drawn if that is below the rate's part of
/// 2^64.
#[must_use]
pub fn chance(root: &[u8; 32], contribution: ContributionId) -> u64 {
    let mut sha = Sha256::new();
    sha.update(root);
    sha.update(contribution.number().to_be_bytes());
    let digest: [u8; 32] = sha.finalize().into();
    digest.first_chunk().map_or(u64::MAX, |first| u64::from_be_bytes(*first))
}

fn is_drawn(chance: u64, rate: u16) -> bool {
    let bound = u128::from(rate) << 64;
    u128::from(chance).saturating_mul(WHOLE) < bound
}

impl State {
    /// The sample of a day, as the rules of the moment want it.
    #[must_use]
    pub fn sample_of(&self, day: Day, head: Head, now: Timestamp) -> Sample {
        let rules = self.rules.in_force(now).and_then(|rules| rules.fairness.sampling.as_ref());
        let mut drawn: Vec<(u64, Drawn)> = self
            .awarded_on(day)
            .filter_map(|(id, awarded)| self.rated(id, awarded, rules?))
            .map(|drawn| (chance(&head.root, drawn.contribution), drawn))
            .filter(|(chance, drawn)| is_drawn(*chance, drawn.rate))
            .collect();
        drawn.sort_unstable_by_key(|(chance, drawn)| (*chance, drawn.contribution));
        drawn.truncate(DRAWN_MAX);
        let mut drawn: Vec<Drawn> = drawn.into_iter().map(|(_, drawn)| drawn).collect();
        drawn.sort_unstable_by_key(|drawn| drawn.contribution);
        let awarded = u32::try_from(self.awarded_on(day).count()).unwrap_or(u32::MAX);
        Sample { day, head, awarded, drawn }
    }

    /// What was awarded on a day whose sample isn't drawn yet, in no order. Walks what was awarded
    /// on every such day, which are two at the most.
    pub(crate) fn awarded_on(&self, day: Day) -> impl Iterator<Item = (ContributionId, &Awarded)> {
        let all = self.awarded_on.scattered();
        all.filter(move |((on, _), _)| *on == day).map(|((_, id), awarded)| (*id, awarded))
    }

    /// The verifier of a contribution who is sampled most often, and how often.
    fn rated(
        &self,
        contribution: ContributionId,
        awarded: &Awarded,
        rules: &Sampling,
    ) -> Option<Drawn> {
        let rate = |id| self.officers.get(id).and_then(|officer| officer.rate);
        let verifiers = awarded.verified_by.iter();
        let rates = verifiers.map(|id| (rate(*id).unwrap_or(rules.start), *id));
        // Of equals the first who spoke.
        let (rate, verifier) = rates.reduce(|one, next| if next.0 > one.0 { next } else { one })?;
        let rate = rate.max(awarded.at_least);
        Some(Drawn { contribution, grid: awarded.grid, verifier, rate })
    }
}
