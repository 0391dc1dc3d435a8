//! The report of an audit.

mod table;

use std::time::Duration;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_log::Root;
use serde::Serialize;

use crate::AuditError;
use crate::books::Papers;
use crate::finding::{Finding, Findings, Kind};
use crate::projection::Shown;
use crate::verify::Seen;

/// Exit code of a tool: all is true.
pub const EXIT_TRUE: u8 = 0;
/// Exit code of a tool: something is wrong, and the report says where.
pub const EXIT_FOUND_WRONG: u8 = 1;
/// Exit code of a tool: it could not run, so nobody knows.
pub const EXIT_FAULT: u8 = 3;

/// How much was audited.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize,
)]
pub struct Counts {
    /// Records that were proven and followed, from position 1.
    pub records: u64,
    /// Their frames, or the parts of bundles where they were read from tiles.
    pub frames: u64,
    /// Commands that they came from.
    pub commands: u64,
    /// Records that came by themselves, at their deadline.
    pub deadlines: u64,
    /// Accounts that were posted to.
    pub accounts: u64,
}

/// What an audit found. Serialised, it is what `--json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Is all of it true?
    pub ok: bool,
    /// Whose log: the district, or the name that its checkpoint bears.
    pub district: String,
    /// Where the log ended when the audit began.
    pub head: u64,
    /// Could everything be followed to the end that was asked for?
    pub complete: bool,
    /// After which record it went on from what an earlier audit had kept; 0 if it was whole.
    pub resumed_after: u64,
    /// How much was audited, by both together.
    #[serde(flatten)]
    pub counts: Counts,
    /// How many findings there are, in the log and in the read models.
    pub violations: u64,
    /// The first findings in the log.
    pub findings: Vec<Finding>,
    /// The laws that were checked, by name.
    pub laws: Vec<Kind>,
    /// For how many commands the index of keys was compared; none if it can't be read.
    pub keys_compared: Option<u64>,
    /// How many tiles of the tree were compared.
    pub tiles: u64,
    /// How many signed checkpoints were compared.
    pub checkpoints: u64,
    /// How many of their signatures hold; none are checked without the log's key.
    pub signatures: u64,
    /// How many signatures of witnesses hold, of those witnesses whose keys were given.
    pub cosignatures: u64,
    /// The counts of shelves and the statements that the books were held against.
    pub papers: Papers,
    /// What became of each read model; empty if none was asked for.
    pub projections: Vec<Shown>,
    /// The root over all audited records, in hex.
    pub root: String,
    /// The digest of the state that they amount to, in hex; none if they can't be followed.
    pub state_digest: Option<String>,
    /// How long it took, to the millisecond.
    pub seconds: f64,
    /// Records a second.
    pub records_per_second: u64,
}

impl Report {
    pub(crate) fn new(
        district: &str,
        counts: Counts,
        findings: Findings,
        projections: Vec<Shown>,
    ) -> Self {
        let in_projections = projections.iter().map(|shown| shown.violations);
        let violations = in_projections.fold(findings.count(), u64::saturating_add);
        Self {
            ok: violations == 0,
            district: district.to_owned(),
            head: 0,
            resumed_after: 0,
            complete: false,
            counts,
            violations,
            findings: findings.into_shown(),
            laws: crate::finding::OF_THE_LOG.to_vec(),
            keys_compared: None,
            tiles: 0,
            checkpoints: 0,
            signatures: 0,
            cosignatures: 0,
            papers: Papers::default(),
            projections,
            root: String::new(),
            state_digest: None,
            seconds: 0.0,
            records_per_second: 0,
        }
    }

    /// Where the log ended, and whether all that was asked for could be followed.
    pub(crate) fn reached(self, head: u64, complete: bool) -> Self {
        Self { head, complete, ok: self.ok && complete, ..self }
    }

    /// What the log was held against, beside itself.
    pub(crate) fn held(mut self, keys: Option<u64>, tree: Seen) -> Self {
        let Seen { tiles, checkpoints, signatures, cosignatures } = tree;
        let laws = [
            (keys.is_some(), Kind::KeyIndex),
            (tiles > 0, Kind::Tile),
            (checkpoints > 0, Kind::Checkpoint),
            (signatures > 0, Kind::Signature),
            (cosignatures > 0, Kind::Cosignature),
        ];
        self.laws.extend(laws.iter().filter(|(is_checked, _)| *is_checked).map(|(_, law)| *law));
        Self { keys_compared: keys, tiles, checkpoints, signatures, cosignatures, ..self }
    }

    /// Which papers the books were held against.
    pub(crate) fn signed_by_people(self, papers: Papers) -> Self {
        Self { papers, ..self }
    }

    /// What was proven at the end.
    pub(crate) fn proven(mut self, root: Root, digest: Option<String>) -> Self {
        if !self.projections.is_empty() {
            self.laws.extend([Kind::Follows, Kind::Row]);
        }
        Self { root: root.to_string(), state_digest: digest, ..self }
    }

    pub(crate) fn took(self, elapsed: Duration, resumed_after: u64) -> Self {
        let microseconds = elapsed.as_micros().max(1);
        let per_second = u128::from(self.counts.records.saturating_sub(resumed_after))
            .saturating_mul(1_000_000)
            .checked_div(microseconds)
            .unwrap_or_default();
        Self {
            resumed_after,
            seconds: elapsed.as_secs_f64(),
            records_per_second: u64::try_from(per_second).unwrap_or(u64::MAX),
            ..self
        }
    }

    /// What a tool ends with: [`EXIT_TRUE`] or [`EXIT_FOUND_WRONG`].
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if self.ok { EXIT_TRUE } else { EXIT_FOUND_WRONG }
    }

    /// All findings that are shown: the log's, then those of each read model.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        let rows = self.projections.iter().flat_map(|shown| &shown.findings);
        self.findings.iter().chain(rows)
    }
}

/// What a tool ends with: as the report says, or [`EXIT_FAULT`].
#[must_use]
pub fn exit_code(outcome: &Result<Report, AuditError>) -> u8 {
    outcome.as_ref().map_or(EXIT_FAULT, Report::exit_code)
}
