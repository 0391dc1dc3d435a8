//! What stands in the tables of contributions.

use linli_domain::Position;
use linli_domain::award::MinutesKind;
use linli_domain::calendar::Day;
use linli_domain::contribution::{Grade, RejectReason, ReversalReason, Signals, Status};
use linli_domain::id::{AreaId, ContributionId, EstateId, OfficerId, PoolId, ResidentId};
use linli_domain::inspection::Outcome;
use linli_domain::quantity::{Merit, Minutes, Points};
use linli_domain::rules::{Category, RuleVersion};
use linli_domain::text::ActCode;
use linli_domain::time::Timestamp;

use crate::table::table;

table! {
    /// A contribution from its claim to what came of it.
    Case in Contributions "contribution" {
        /// Its id.
        Key contribution: ContributionId = "contribution",
        /// Who served.
        Fix resident: ResidentId = "resident",
        /// Which act.
        Fix act: ActCode = "act",
        /// Where.
        Fix grid: AreaId = "grid",
        /// The estate that it was done for, if it was for one.
        Fix estate: Option<EstateId> = "estate",
        /// From when.
        Fix started_at: Timestamp = "started_at_us",
        /// Until when.
        Fix ended_at: Timestamp = "ended_at_us",
        /// For whom, where the act is for one person.
        Fix beneficiary: Option<ResidentId> = "beneficiary",
        /// Was a heat or snow alert in force?
        Fix alert: bool = "alert",
        /// What vouches for it.
        Fix signals: Signals = "signals",
        /// How many files are attached; their hashes are in the records of the submission and of what
        /// was attached later.
        Add attachments: u16 = "attachments",
        /// The grade of its evidence.
        Fix grade: Grade = "grade",
        /// The record of the submission, with the whole claim.
        Fix submitted_position: Position = "submitted_position",
        /// When it was submitted.
        Fix submitted_at: Timestamp = "submitted_at_us",
        /// How many officers have verified it.
        Add verifications: u32 = "verifications",
        /// Who spoke for it beyond what a day allows.
        Set queued_by: Option<OfficerId> = "queued_by",
        /// When that officer may speak for it again.
        Set queued_until: Option<Timestamp> = "queued_until_us",
        /// How far it has come.
        Set status: Status = "status",
        /// The record of the award, with its explanation, or of the rejection.
        Set decided_position: Option<Position> = "decided_position",
        /// When it was awarded or rejected.
        Set decided_at: Option<Timestamp> = "decided_at_us",
        /// Who rejected it.
        Set rejected_by: Option<OfficerId> = "rejected_by",
        /// Why.
        Set reject_reason: Option<RejectReason> = "reject_reason",
        /// The rule set that awarded it.
        Set rules: Option<RuleVersion> = "rules",
        /// What it counted as.
        Set category: Option<Category> = "category",
        /// The minutes credited.
        Set minutes: Option<Minutes> = "minutes",
        /// How they are shown.
        Set minutes_kind: Option<MinutesKind> = "minutes_kind",
        /// The merit credited.
        Set merit: Option<Merit> = "merit_hundredths",
        /// The points issued; zero if none were.
        Set points: Option<Points> = "points_hundredths",
        /// The pool they came from.
        Set pool: Option<PoolId> = "pool",
        /// When they lapse.
        Set expires_at: Option<Timestamp> = "expires_at_us",
        /// The record that took the award back.
        Set reversed_position: Option<Position> = "reversed_position",
        /// When.
        Set reversed_at: Option<Timestamp> = "reversed_at_us",
        /// Who reversed it.
        Set reversed_by: Option<OfficerId> = "reversed_by",
        /// Why.
        Set reversal_reason: Option<ReversalReason> = "reversal_reason",
    }
}

table! {
    /// An officer's word for a contribution.
    Verification in Contributions "verification" {
        /// Which contribution.
        Key contribution: ContributionId = "contribution",
        /// The record.
        Key position: Position = "position",
        /// Who.
        Fix officer: OfficerId = "officer",
        /// How many points the officer assessed, where the act wants that.
        Fix assessed: Option<Points> = "assessed_hundredths",
        /// How hard the officer found it, a level from 1, where the act wants that.
        Fix difficulty: Option<u8> = "difficulty",
        /// When.
        Fix verified_at: Timestamp = "verified_at_us",
    }
}

table! {
    /// Files that came after the claim; which, is in the record.
    Attached in Contributions "attachment" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// The record.
        Key position: Position = "position",
        /// How many.
        Fix files: u16 = "files",
        /// When.
        Fix attached_at: Timestamp = "attached_at_us",
    }
}

table! {
    /// Files more: a change to [`Case`].
    Attaching in Contributions "contribution" {
        /// Of which.
        Key contribution: ContributionId = "contribution",
        /// How many.
        Add attachments: u16 = "attachments",
    }
}

table! {
    /// Verifications that decide nothing yet: a change to [`Case`].
    Verifying in Contributions "contribution" {
        /// Of which.
        Key contribution: ContributionId = "contribution",
        /// How many more.
        Add verifications: u32 = "verifications",
        /// Nobody's word waits any longer.
        Set queued_by: Option<OfficerId> = "queued_by",
        /// Nor until any time.
        Set queued_until: Option<Timestamp> = "queued_until_us",
    }
}

table! {
    /// A word that waits: a change to [`Case`].
    Queueing in Contributions "contribution" {
        /// Of which.
        Key contribution: ContributionId = "contribution",
        /// Whose word.
        Set queued_by: Option<OfficerId> = "queued_by",
        /// When it may be said again.
        Set queued_until: Option<Timestamp> = "queued_until_us",
    }
}

table! {
    /// A contribution that was drawn to be looked at again, and what was found.
    Inspection in Contributions "inspection" {
        /// Which.
        Key contribution: ContributionId = "contribution",
        /// The day of whose awards it was drawn.
        Fix day: Day = "day",
        /// Where it was done.
        Fix grid: AreaId = "grid",
        /// Whose word is in question.
        Fix verifier: OfficerId = "verifier",
        /// How often that verifier was sampled: parts in ten thousand.
        Fix rate: u16 = "rate",
        /// The record of the sample,
        Fix drawn_position: Position = "drawn_position",
        /// and the place in it.
        Fix ordinal: u16 = "ordinal",
        /// When it was drawn.
        Fix drawn_at: Timestamp = "drawn_at_us",
        /// What was found.
        Set outcome: Option<Outcome> = "outcome",
        /// Who looked again.
        Set inspected_by: Option<OfficerId> = "inspected_by",
        /// When.
        Set inspected_at: Option<Timestamp> = "inspected_at_us",
    }
}

table! {
    /// A day's sample. What it hangs on is in the record.
    Sampled in Contributions "sample" {
        /// The day whose awards it was drawn from.
        Key day: Day = "day",
        /// The record.
        Fix position: Position = "position",
        /// How many were awarded that day.
        Fix awarded: u32 = "awarded",
    }
}

table! {
    /// What was found: a change to [`Inspection`].
    Finding in Contributions "inspection" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// What.
        Set outcome: Option<Outcome> = "outcome",
        /// Who looked again.
        Set inspected_by: Option<OfficerId> = "inspected_by",
        /// When.
        Set inspected_at: Option<Timestamp> = "inspected_at_us",
    }
}

table! {
    /// A rejection: a change to [`Case`].
    Rejecting in Contributions "contribution" {
        /// Of which.
        Key contribution: ContributionId = "contribution",
        /// How many verifications it had since.
        Add verifications: u32 = "verifications",
        /// Nobody's word waits any longer.
        Set queued_by: Option<OfficerId> = "queued_by",
        /// Nor until any time.
        Set queued_until: Option<Timestamp> = "queued_until_us",
        /// Rejected.
        Set status: Status = "status",
        /// The record.
        Set decided_position: Option<Position> = "decided_position",
        /// When.
        Set decided_at: Option<Timestamp> = "decided_at_us",
        /// By whom.
        Set rejected_by: Option<OfficerId> = "rejected_by",
        /// Why.
        Set reject_reason: Option<RejectReason> = "reject_reason",
    }
}

table! {
    /// An award: a change to [`Case`].
    Awarding in Contributions "contribution" {
        /// Of which.
        Key contribution: ContributionId = "contribution",
        /// How many verifications it took since.
        Add verifications: u32 = "verifications",
        /// Nobody's word waits any longer.
        Set queued_by: Option<OfficerId> = "queued_by",
        /// Nor until any time.
        Set queued_until: Option<Timestamp> = "queued_until_us",
        /// Awarded.
        Set status: Status = "status",
        /// The record.
        Set decided_position: Option<Position> = "decided_position",
        /// When.
        Set decided_at: Option<Timestamp> = "decided_at_us",
        /// The rule set.
        Set rules: Option<RuleVersion> = "rules",
        /// What it counts as.
        Set category: Option<Category> = "category",
        /// The minutes credited.
        Set minutes: Option<Minutes> = "minutes",
        /// How they are shown.
        Set minutes_kind: Option<MinutesKind> = "minutes_kind",
        /// The merit credited.
        Set merit: Option<Merit> = "merit_hundredths",
        /// The points issued.
        Set points: Option<Points> = "points_hundredths",
        /// The pool they came from.
        Set pool: Option<PoolId> = "pool",
        /// When they lapse.
        Set expires_at: Option<Timestamp> = "expires_at_us",
    }
}

table! {
    /// A reversal: a change to [`Case`]. The award stays beside it.
    Reversing in Contributions "contribution" {
        /// Of which.
        Key contribution: ContributionId = "contribution",
        /// Reversed.
        Set status: Status = "status",
        /// The record.
        Set reversed_position: Option<Position> = "reversed_position",
        /// When.
        Set reversed_at: Option<Timestamp> = "reversed_at_us",
        /// By whom.
        Set reversed_by: Option<OfficerId> = "reversed_by",
        /// Why.
        Set reversal_reason: Option<ReversalReason> = "reversal_reason",
    }
}

impl Reversing {
    /// Makes the change in a row that is not written yet.
    pub const fn apply(self, case: &mut Case) {
        let Self {
            contribution: _,
            status,
            reversed_position,
            reversed_at,
            reversed_by,
            reversal_reason,
        } = self;
        case.status = status;
        (case.reversed_position, case.reversed_at) = (reversed_position, reversed_at);
        (case.reversed_by, case.reversal_reason) = (reversed_by, reversal_reason);
    }
}

impl Awarding {
    /// Makes the change in a row that is not written yet.
    pub fn apply(self, case: &mut Case) {
        let Self {
            contribution: _,
            verifications,
            queued_by,
            queued_until,
            status,
            decided_position,
            decided_at,
            rules,
            category,
            minutes,
            minutes_kind,
            merit,
            points,
            pool,
            expires_at,
        } = self;
        case.verifications = case.verifications.saturating_add(verifications);
        (case.queued_by, case.queued_until) = (queued_by, queued_until);
        (case.status, case.decided_position, case.decided_at) =
            (status, decided_position, decided_at);
        (case.rules, case.category) = (rules, category);
        (case.minutes, case.minutes_kind) = (minutes, minutes_kind);
        (case.merit, case.points) = (merit, points);
        (case.pool, case.expires_at) = (pool, expires_at);
    }
}
