//! The place in which every run happens: few people, few goods and little money, so that wishes
//! get in each other's way.

mod founding;
mod rules;

use std::sync::OnceLock;

use linli_domain::id::{
    AreaId, ItemId, OfficerId, PoolId, ResidentId, StationId, SupplierId, TeamId,
};
use linli_domain::time::Timestamp;
use linli_domain::{ClientId, IdempotencyKey, Origin, Record, Stamp, State};
use linli_log::{BodyBuilder, Frame, Frontier};

use crate::time::MORNING_US;

/// Residents, by number from 1; two live in one household, the first one in each community.
pub const RESIDENTS: u128 = 4;
/// Stations, by number from 1.
pub const STATIONS: u128 = 2;
/// Items, by number from 1.
pub const ITEMS: u128 = 3;
/// Officers, by number from 1; the second one has authority over another grid alone.
pub const OFFICERS: u128 = 2;
/// Officers who say who is a key elder, by number from 1: those two, and one over both communities.
pub const CLERKS: u128 = 3;
/// Pools, by number from 1.
pub const POOLS: u128 = 2;
/// The acts of the rules, and one that they don't know.
pub const ACTS: [&str; 4] = ["AID", "CLEAN", "PATROL", "FLY"];
/// Who founded the place.
pub const FOUNDER: ClientId = ClientId(1);
/// How long a hold lives, in minutes: short, so that many release by themselves.
pub const HOLD_MINUTES: u32 = 1;

/// What a resident may store in the time bank, and what a community may owe or be owed, in minutes: soon
/// reached.
pub const CAP_MINUTES: i64 = 100;
/// The same of what a community may owe the other.
pub const TRADE_MINUTES: i64 = 60;
/// The team of the first resident.
pub const TEAM: TeamId = TeamId::from_number(1);
/// Both communities.
pub const COMMUNITIES: [AreaId; 2] = [COMMUNITY, OTHER_COMMUNITY];

const DAY_US: i64 = 86_400_000_000;

pub(crate) const DISTRICT: AreaId = AreaId::from_number(1);
pub(crate) const STREET: AreaId = AreaId::from_number(2);
pub(crate) const COMMUNITY: AreaId = AreaId::from_number(3);
pub(crate) const GRID: AreaId = AreaId::from_number(4);
pub(crate) const OTHER_GRID: AreaId = AreaId::from_number(5);
pub(crate) const BUILDING: AreaId = AreaId::from_number(6);
/// Another community, with a building of its own.
pub(crate) const OTHER_COMMUNITY: AreaId = AreaId::from_number(7);
pub(crate) const FAR_GRID: AreaId = AreaId::from_number(8);
pub(crate) const FAR_BUILDING: AreaId = AreaId::from_number(9);
pub(crate) const RICE: ItemId = ItemId::from_number(1);
pub(crate) const HAIRCUT: ItemId = ItemId::from_number(2);
pub(crate) const ADVICE: ItemId = ItemId::from_number(3);

pub(crate) fn resident(number: u128) -> ResidentId {
    ResidentId::from_number(number)
}

/// The number of a resident's household.
pub(crate) fn household_of(id: ResidentId) -> u128 {
    id.number().div_ceil(2)
}

/// The community in which a resident lives: the first household in the first one, the others in the other.
pub(crate) fn community_of(id: ResidentId) -> AreaId {
    if household_of(id) == 1 { COMMUNITY } else { OTHER_COMMUNITY }
}

pub(crate) fn station(number: u128) -> StationId {
    StationId::from_number(number)
}

pub(crate) fn officer(number: u128) -> OfficerId {
    OfficerId::from_number(number)
}

pub(crate) fn pool(number: u128) -> PoolId {
    PoolId::from_number(number)
}

pub(crate) fn supplier(number: u128) -> SupplierId {
    SupplierId::from_number(number)
}

/// The log with which every run begins: the place as it was founded, in one frame.
#[derive(Debug)]
pub struct Town {
    /// The frame of the founding.
    pub frame: Frame,
    /// Its records.
    pub records: Vec<Record>,
    /// The tree after it.
    pub frontier: Frontier,
    /// The state after it.
    pub state: State,
}

impl Town {
    /// The place; it is founded once a process.
    ///
    /// # Panics
    /// If the core refuses the founding, without which no run can be.
    #[must_use]
    #[allow(clippy::expect_used, reason = "no run can be without a place to run in")]
    pub fn founded() -> &'static Self {
        static TOWN: OnceLock<Town> = OnceLock::new();
        TOWN.get_or_init(|| Self::found().expect("the core refuses to found the place"))
    }

    fn found() -> Option<Self> {
        let recorded_at = Timestamp::from_microseconds(MORNING_US.saturating_sub(DAY_US));
        let (mut state, mut records) = (State::default(), Vec::new());
        let mut body = BodyBuilder::new();
        for (number, command) in founding::commands()?.into_iter().enumerate() {
            let key = IdempotencyKey::new(&format!("founding-{number}")).ok()?;
            for event in state.decide(&command, recorded_at).ok()? {
                // As logs of before hashes of bodies were kept.
                let origin = Origin::Command { client: FOUNDER, key: key.clone(), body_hash: None };
                let record = state.record(event, Stamp { recorded_at, origin }).ok()?;
                body.push(&linli_proto::encode_record(&record)).ok()?;
                records.push(record);
            }
        }
        let mut frontier = Frontier::new();
        let frame = Frame::seal(&mut frontier, recorded_at.microseconds(), body.take()).ok()?;
        Some(Self { frame, records, frontier, state })
    }
}
