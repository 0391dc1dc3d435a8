//! What stands in the tables of orders.

use linli_domain::Position;
use linli_domain::aid::{self, Help};
use linli_domain::area::Level;
use linli_domain::hazard::{self, Dismissal, HazardKind, Seriousness};
use linli_domain::id::{
    AidId, AreaId, EstateId, HazardId, OfficerId, OrderId, ResidentId, WhistleId,
};
use linli_domain::order;
use linli_domain::time::Timestamp;
use linli_domain::whistle;

use crate::cell::Uuid;
use crate::table::table;

table! {
    /// A hazard as one resident reported it.
    Hazard in Orders "hazard" {
        /// Its id.
        Key hazard: HazardId = "hazard",
        /// Who reported it.
        Fix reporter: ResidentId = "reporter",
        /// What kind.
        Fix kind: HazardKind = "kind",
        /// How serious, as the reporter saw it.
        Fix seen_as: Seriousness = "seen_as",
        /// Where.
        Fix area: AreaId = "area",
        /// The estate that it is in, if it is in one.
        Fix estate: Option<EstateId> = "estate",
        /// When it was seen.
        Fix seen_at: Timestamp = "seen_at_us",
        /// How many files are attached; their hashes and the place's are in the record.
        Fix evidence: u16 = "evidence",
        /// The record of the report.
        Fix reported_position: Position = "reported_position",
        /// When it was reported.
        Fix reported_at: Timestamp = "reported_at_us",
        /// How far it has come.
        Set status: hazard::Status = "status",
        /// The report that was first, if this is of the same hazard.
        Set merged_into: Option<HazardId> = "merged_into",
        /// How serious it is, by the last officer's word.
        Set seriousness: Option<Seriousness> = "seriousness",
        /// Why it was dismissed.
        Set dismissal: Option<Dismissal> = "dismissal",
    }
}

/// How a pause of somebody's reporting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PauseState {
    /// It runs.
    Paused,
    /// The reporter appealed against it.
    Appealed,
    /// It was upheld.
    Upheld,
    /// It was lifted.
    Lifted,
}

table! {
    /// A pause of a resident's reporting, the last one.
    Pause in Orders "pause" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// Until when.
        Set until: Timestamp = "until_us",
        /// How it stands.
        Set state: PauseState = "state",
        /// The record that it has this from.
        Set position: Position = "position",
    }
}

table! {
    /// An order as it stands.
    Order in Orders "work_order" {
        /// Its id.
        Key order: OrderId = "work_order",
        /// The hazard that opened it, if one did.
        Fix hazard: Option<HazardId> = "hazard",
        /// Who asked for it, if somebody did.
        Fix requester: Option<ResidentId> = "requester",
        /// What it is about.
        Fix kind: HazardKind = "kind",
        /// Where.
        Fix area: AreaId = "area",
        /// The record of its opening.
        Fix opened_position: Position = "opened_position",
        /// When it was opened.
        Fix opened_at: Timestamp = "opened_at_us",
        /// How far it has come.
        Set status: order::Status = "status",
        /// The area whose officers it stands with.
        Set unit: AreaId = "unit",
        /// That area's level.
        Set level: Level = "level",
        /// Who accepted it.
        Set handler: Option<OfficerId> = "handler",
        /// When its clock runs out.
        Set due_at: Option<Timestamp> = "due_at_us",
        /// How many clocks it has missed.
        Set missed: u32 = "missed",
        /// How many times it went a level up.
        Set escalations: u32 = "escalations",
        /// How many times a check sent it back.
        Set returns: u32 = "returns",
        /// Who checked it.
        Set checker: Option<OfficerId> = "checker",
        /// When it was checked and done.
        Set checked_at: Option<Timestamp> = "checked_at_us",
    }
}

table! {
    /// A whistle as it stands.
    Whistle in Orders "whistle" {
        /// Its id.
        Key whistle: WhistleId = "whistle",
        /// Which.
        Fix kind: whistle::Kind = "kind",
        /// Who blew it.
        Fix officer: OfficerId = "officer",
        /// The office that is called.
        Fix called: OfficerId = "called",
        /// The order that it is about.
        Fix order: Option<OrderId> = "work_order",
        /// The record of its being blown.
        Fix blown_position: Position = "blown_position",
        /// When it was blown.
        Fix blown_at: Timestamp = "blown_at_us",
        /// Signed by then,
        Fix sign_by: Timestamp = "sign_by_us",
        /// in touch by then,
        Fix in_touch_by: Timestamp = "in_touch_by_us",
        /// on site by then.
        Fix on_site_by: Timestamp = "on_site_by_us",
        /// How far it has come.
        Set status: whistle::Status = "status",
        /// Before the leaders of which level it stands.
        Set level: Level = "level",
        /// How many clocks were missed.
        Set missed: u32 = "missed",
        /// When it was signed,
        Set signed_at: Option<Timestamp> = "signed_at_us",
        /// in touch,
        Set in_touch_at: Option<Timestamp> = "in_touch_at_us",
        /// on site,
        Set on_site_at: Option<Timestamp> = "on_site_at_us",
        /// and settled.
        Set settled_at: Option<Timestamp> = "settled_at_us",
    }
}

table! {
    /// An ask, an offer or a wish as it stands.
    Aid in Orders "aid" {
        /// Its id.
        Key aid: AidId = "aid",
        /// Who began, and what for.
        Fix kind: aid::Kind = "kind",
        /// Who asked, offered or wished.
        Fix opener: ResidentId = "opener",
        /// What kind of help.
        Fix help: Help = "help",
        /// The grid.
        Fix grid: AreaId = "grid",
        /// The estate that it is in, if it is in one.
        Fix estate: Option<EstateId> = "estate",
        /// The record of its opening.
        Fix opened_position: Position = "opened_position",
        /// When it was opened.
        Fix opened_at: Timestamp = "opened_at_us",
        /// When it lapses, unless both have confirmed it.
        Fix lapses_at: Timestamp = "lapses_at_us",
        /// How far it has come.
        Set status: aid::Status = "status",
        /// Who takes part from the other side.
        Set partner: Option<ResidentId> = "partner",
        /// Who said that it was done,
        Set finished_by: Option<ResidentId> = "finished_by",
        /// from when,
        Set started_at: Option<Timestamp> = "started_at_us",
        /// until when.
        Set ended_at: Option<Timestamp> = "ended_at_us",
    }
}

/// What a step of a file was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the event of that name")]
pub enum StepKind {
    Reported,
    Merged,
    Verified,
    Dismissed,
    Opened,
    Dispatched,
    Accepted,
    Escalated,
    ClockMissed,
    Closed,
    SentBack,
    Checked,
    Blown,
    Signed,
    InTouch,
    OnSite,
    Settled,
}

table! {
    /// A step of a hazard, its order, or a whistle.
    Step in Orders "step" {
        /// The number of the hazard and its order, or of the whistle.
        Key file: Uuid = "file",
        /// The record.
        Key position: Position = "position",
        /// What.
        Fix kind: StepKind = "kind",
        /// By whom; nobody if it came by itself.
        Fix officer: Option<OfficerId> = "officer",
        /// To which level, where it changed.
        Fix level: Option<Level> = "level",
        /// When it happened.
        Fix happened_at: Timestamp = "happened_at_us",
    }
}
