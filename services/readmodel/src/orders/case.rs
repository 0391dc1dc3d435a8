//! What stands in the tables of mediation cases, their parties, tables and sessions.

use linli_domain::id::{AreaId, CaseId, MediatorId, OfficerId, ResidentId};
use linli_domain::mediation::{
    Body, DisputeKind, Opening, Pay, Place, SealedFile, Sitter, Status, Tier,
};
use linli_domain::time::Timestamp;
use linli_domain::{Position, Record, mediation};

use crate::table::table;

table! {
    /// A mediation case as it stands.
    Case in Orders "mediation_case" {
        /// Its id.
        Key case: CaseId = "case_id",
        /// The first case of its dispute: itself, if there is no earlier one.
        Fix dispute: CaseId = "dispute",
        /// What it is about.
        Fix kind: DisputeKind = "kind",
        /// The grid where it is.
        Fix grid: AreaId = "grid",
        /// Who opened it.
        Fix opened_by: OfficerId = "opened_by",
        /// The record that opened it.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// How far it has come.
        Set status: Status = "status",
        /// How hard it was, once somebody has said so.
        Set tier: Option<Tier> = "tier",
        /// The sealed file of the agreement, if it is in writing.
        Set agreement: Option<SealedFile> = "agreement",
        /// What came of it for those who sat.
        Set pay: Option<Pay> = "pay",
        /// Whose word it was that it stands so.
        Set word_by: OfficerId = "word_by",
        /// When that was.
        Set word_at: Timestamp = "word_at_us",
    }
}

table! {
    /// How far a case has come: a change to [`Case`].
    CaseWord in Orders "mediation_case" {
        /// Which.
        Key case: CaseId = "case_id",
        /// How far.
        Set status: Status = "status",
        /// How hard it was.
        Set tier: Option<Tier> = "tier",
        /// The agreement.
        Set agreement: Option<SealedFile> = "agreement",
        /// What came of it for those who sat.
        Set pay: Option<Pay> = "pay",
        /// Whose word.
        Set word_by: OfficerId = "word_by",
        /// When.
        Set word_at: Timestamp = "word_at_us",
    }
}

table! {
    /// A party of a case.
    CaseParty in Orders "mediation_party" {
        /// Of which case.
        Key case: CaseId = "case_id",
        /// Who.
        Key resident: ResidentId = "resident",
    }
}

table! {
    /// A place at a case's table.
    Mediator in Orders "mediator" {
        /// Its id; the contribution of who sat there has it too.
        Key mediator: MediatorId = "mediator",
        /// At which case's table.
        Fix case: CaseId = "case_id",
        /// For which body.
        Fix body: Body = "body",
        /// The resident who sits there, if one does.
        Fix resident: Option<ResidentId> = "resident",
        /// The officer who sits there, if one does.
        Fix officer: Option<OfficerId> = "officer",
        /// The record that gave it.
        Fix position: Position = "position",
    }
}

table! {
    /// A session.
    Session in Orders "mediation_session" {
        /// The record that entered it.
        Key position: Position = "position",
        /// Of which case.
        Fix case: CaseId = "case_id",
        /// Who entered it.
        Fix officer: OfficerId = "officer",
        /// When it began.
        Fix started_at: Timestamp = "started_at_us",
        /// When it ended.
        Fix ended_at: Timestamp = "ended_at_us",
        /// The sealed file of its minutes, if any were written.
        Fix minutes: Option<SealedFile> = "minutes",
    }
}

table! {
    /// Somebody sat at a session.
    Sitting in Orders "mediation_sitting" {
        /// The session's record.
        Key position: Position = "position",
        /// Who.
        Key mediator: MediatorId = "mediator",
        /// Of which case.
        Fix case: CaseId = "case_id",
    }
}

impl Case {
    /// As it was opened.
    #[must_use]
    pub const fn opened(record: &Record, opening: &Opening, dispute: CaseId) -> Self {
        Self {
            case: opening.case,
            dispute,
            kind: opening.kind,
            grid: opening.grid,
            opened_by: opening.officer,
            position: record.position,
            recorded_at: record.recorded_at,
            status: Status::Open,
            tier: None,
            agreement: None,
            pay: None,
            word_by: opening.officer,
            word_at: record.recorded_at,
        }
    }

    /// Puts in how far it has come.
    pub fn word(&mut self, it: CaseWord) {
        let CaseWord { case: _, status, tier, agreement, pay, word_by, word_at } = it;
        (self.status, self.tier, self.agreement) = (status, tier, agreement);
        (self.pay, self.word_by, self.word_at) = (pay, word_by, word_at);
    }
}

impl Mediator {
    /// As the place at the table was given.
    #[must_use]
    pub const fn seated(record: &Record, place: &Place) -> Self {
        let Place { mediator, case, body, sitter } = *place;
        let (resident, officer) = match sitter {
            Sitter::Resident(resident) => (Some(resident), None),
            Sitter::Officer(officer) => (None, Some(officer)),
            Sitter::Delegate => (None, None),
        };
        Self { mediator, case, body, resident, officer, position: record.position }
    }
}

impl Session {
    /// As it was entered.
    #[must_use]
    pub const fn held(record: &Record, session: &mediation::Session) -> Self {
        Self {
            position: record.position,
            case: session.case,
            officer: session.officer,
            started_at: session.happened.start(),
            ended_at: session.happened.end(),
            minutes: session.minutes,
        }
    }
}
