//! Activities (活动): seats to sign up for, coming and going, patrols, and where they walk.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contribution::{Grade, Signal};
use crate::{Bilingual, Hash, Id, Instant};

/// An activity to publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishActivity {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<Id>,
    /// The team that it is for; every volunteer may sign up if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The act of the rules that a served seat is.
    #[schema(example = "ST-1")]
    pub act: String,
    /// The grid where it is done.
    pub grid: Id,
    /// What people call it.
    pub name: Bilingual,
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// How many can take part.
    #[schema(minimum = 1, maximum = 1000)]
    pub seats: u16,
    /// SHA-256 of where exactly, as the devices that come there will make it.
    pub place: Hash,
    /// Whether it is under a heat or snow alert.
    #[serde(default)]
    pub alert: bool,
    /// For a patrol, how many checkpoints of the grid are on its way: the first so many.
    #[serde(default)]
    #[schema(maximum = 16)]
    pub checkpoints: u8,
    /// The estate that it is done for, if it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
}

/// An activity that a team's leader publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishForTeam {
    /// Who leads the team.
    pub leader: Id,
    /// The activity; it names the team.
    pub plan: PublishActivity,
}

/// A team's leader calls an activity off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOffForTeam {
    /// Who leads the team.
    pub leader: Id,
}

/// A wish to take part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// The id that the seat will have; minted if left out. The contribution that a served seat becomes
    /// has it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<Id>,
    /// In which activity.
    pub activity: Id,
    /// Who takes part.
    pub resident: Id,
}

/// What a device shows when its resident comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComeIn {
    /// The code that it scanned at the door, if there was one to scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Hash>,
    /// SHA-256 of where it is, if the resident lets it say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Hash>,
}

/// What a device shows when its resident goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoOut {
    /// The code that it scanned at the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Hash>,
    /// SHA-256 of where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Hash>,
    /// The texts that it read at the checkpoints of a patrol, in any order. When each was read isn't
    /// asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scanned: Vec<String>,
}

/// How far a seat has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatStatus {
    /// On the waiting list.
    Waiting,
    /// Taken.
    Taken,
    /// Checked in.
    Present,
    /// Checked in and out.
    Served,
    /// Checked in; the check-out was forgotten, and it closed by itself at the planned end.
    Forgotten,
    /// Nobody came.
    Missed,
    /// Given up, or left the waiting list.
    Withdrawn,
    /// Passed over on the waiting list.
    PassedOver,
    /// Waited until the start.
    Lapsed,
    /// The activity was called off.
    CalledOff,
    /// The resident was erased.
    Vacated,
}

/// Why one who waited was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatPassedOver {
    /// Another seat at that time.
    Clash,
    /// No longer in the team.
    NotInTeam,
}

/// What comes of a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatOutcome {
    /// A contribution, which waits for verification.
    Contribution,
    /// Nothing: shorter than a minute.
    TooShort,
    /// Nothing: the rules in force at its end know no such contribution.
    NotByRules,
}

/// How long somebody was present, and what vouches for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stay {
    /// From when it counts: the check-in, but not before the start.
    pub from: Instant,
    /// Until when it counts: the check-out, but not after the end.
    pub until: Instant,
    /// What the ledger found.
    pub signals: Vec<Signal>,
    /// What comes of it.
    pub outcome: SeatOutcome,
}

/// What a step of a seat changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SeatChanged {
    /// Which seat.
    pub seat: Id,
    /// Of which activity.
    pub activity: Id,
    /// Whose.
    pub resident: Id,
    /// How far it has come.
    pub status: SeatStatus,
    /// Did the resident move up from the waiting list just now?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub promoted: bool,
    /// Why it was passed over, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<SeatPassedOver>,
    /// How many checkpoints were scanned.
    pub scanned: u16,
    /// What counts, once the resident has gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<Stay>,
    /// The grade of the contribution that follows, if one does in the same breath.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}

/// A seat as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Seat {
    /// Its id, and that of the contribution that it becomes.
    pub seat: Id,
    /// Of which activity.
    pub activity: Id,
    /// Whose.
    pub resident: Id,
    /// How far it has come.
    pub status: SeatStatus,
    /// When the resident signed up.
    pub signed_up_at: Instant,
    /// When the resident came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_at: Option<Instant>,
    /// When it ended, however it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// Why it was passed over, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<SeatPassedOver>,
    /// How many checkpoints were scanned.
    pub scanned: u16,
    /// What counts, once the resident has gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<Stay>,
}

/// An activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Activity {
    /// Its id.
    pub activity: Id,
    /// The grid where it is done.
    pub grid: Id,
    /// The team that it is for, if it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The act of the rules that a served seat is.
    pub act: String,
    /// What people call it.
    pub name: Bilingual,
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// From when people check in.
    pub opens_at: Instant,
    /// Until when they check out.
    pub shuts_at: Instant,
    /// How many can take part.
    pub seats: u16,
    /// Whether it is under a heat or snow alert.
    pub alert: bool,
    /// How many checkpoints it has: a patrol has some.
    pub checkpoints: u16,
    /// How many of them make it a patrol.
    pub checkpoints_least: u8,
    /// The estate that it is done for, if it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// The officer who published it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// The team's leader who published it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Id>,
    /// When it was called off, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_off_at: Option<Instant>,
}

/// An activity with those who signed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attendance {
    /// The activity.
    pub activity: Activity,
    /// Seats that nobody else can have.
    pub taken: u32,
    /// How many wait.
    pub waiting: u32,
    /// Its seats, in the order of the sign-ups.
    pub attendance: Vec<Seat>,
}

/// An activity, and what its codes are held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ActivityPublished {
    /// The activity.
    pub activity: Activity,
    /// SHA-256 of where exactly.
    pub place: Hash,
    /// The end of the chain of its rotating code.
    pub code_end: Hash,
    /// What each checkpoint's proof hashes to.
    pub checkpoint_ends: Vec<Hash>,
    /// After how many minutes the code changes.
    pub code_minutes: u32,
    /// How many codes of before are still good.
    pub code_lag: u8,
}

/// An activity that was called off, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ActivityCalledOff {
    /// Which.
    pub activity: Id,
    /// The officer, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// The team's leader, if it was that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Id>,
}

/// The rotating code of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DoorCode {
    /// Of which.
    pub activity: Id,
    /// The code, to be shown as a picture that devices scan.
    pub code: Hash,
    /// When the next one takes its place.
    pub until: Instant,
}

/// What stands at a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckpointTag {
    /// Which, from 1.
    pub checkpoint: u8,
    /// The text to be printed, or written to a chip.
    pub text: String,
}

/// What stands at the checkpoints of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckpointTags {
    /// Which grid.
    pub grid: Id,
    /// A text for each.
    pub tags: Vec<CheckpointTag>,
}

/// Where patrols walked in a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GridPatrols {
    /// Which grid.
    pub grid: Id,
    /// How many patrols were planned that day, those that were called off left out.
    pub planned: u32,
    /// Minutes that people walked in each hour of the day, added up over them.
    pub walked: Vec<u32>,
    /// The same of those who came and didn't check out: until the planned end, on nobody's word.
    pub assumed: Vec<u32>,
    /// The hours in which nobody walked.
    pub nobody: Vec<u8>,
}

/// Where patrols walked on a day, and where nobody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PatrolCoverage {
    /// The day.
    #[schema(example = "2025-03-05")]
    pub day: String,
    /// Every grid of the area that was asked about, in the order of their ids.
    pub grids: Vec<GridPatrols>,
}
