//! The place in which every run happens: few people, few goods and little money, so that wishes
//! get in each other's way.

mod founding;
mod rules;

use std::sync::OnceLock;

use linli_domain::id::{AreaId, ItemId, OfficerId, PoolId, ResidentId, StationId, SupplierId};
use linli_domain::time::Timestamp;
use linli_domain::{ClientId, IdempotencyKey, Origin, Record, Stamp, State};
use linli_log::{BodyBuilder, Frame, Frontier};

use crate::time::MORNING_US;

/// Residents, by number from 1; two live in one household.
pub const RESIDENTS: u128 = 4;
/// Stations, by number from 1.
pub const STATIONS: u128 = 2;
/// Items, by number from 1.
pub const ITEMS: u128 = 3;
/// Officers, by number from 1; the second one has authority over another grid alone.
pub const OFFICERS: u128 = 2;
/// Pools, by number from 1.
pub const POOLS: u128 = 2;
/// The acts of the rules, and one that they don't know.
pub const ACTS: [&str; 4] = ["AID", "CLEAN", "PATROL", "FLY"];
/// Who founded the place.
pub const FOUNDER: ClientId = ClientId(1);
/// How long a hold lives, in minutes: short, so that many release by themselves.
pub const HOLD_MINUTES: u32 = 1;

const DAY_US: i64 = 86_400_000_000;

pub(crate) const DISTRICT: AreaId = AreaId::from_number(1);
pub(crate) const STREET: AreaId = AreaId::from_number(2);
pub(crate) const COMMUNITY: AreaId = AreaId::from_number(3);
pub(crate) const GRID: AreaId = AreaId::from_number(4);
pub(crate) const OTHER_GRID: AreaId = AreaId::from_number(5);
pub(crate) const BUILDING: AreaId = AreaId::from_number(6);
pub(crate) const RICE: ItemId = ItemId::from_number(1);
pub(crate) const HAIRCUT: ItemId = ItemId::from_number(2);
pub(crate) const ADVICE: ItemId = ItemId::from_number(3);

pub(crate) fn resident(number: u128) -> ResidentId {
    ResidentId::from_number(number)
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
