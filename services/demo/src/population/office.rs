//! Who verifies: 13 full-time and 26 part-time grid officers, the 253 heads of buildings, and
//! staff of the community, the sub-district and the district.

use std::collections::HashSet;

use linli_api::officer::Duty;
use ulid::Ulid;

use super::area::{Grid, Map, MicroGrid};
use super::{Resident, Volunteer};
use crate::calendar::Moment;
use crate::chance::Chance;

const COMMUNITY_OFFICERS: usize = 3;
const SUB_DISTRICT_OFFICERS: usize = 2;
const DISTRICT_OFFICERS: usize = 2;

/// An officer. The full-time ones and those above the grid are staff from elsewhere; part-time
/// ones and heads are residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Officer {
    pub(crate) id: Ulid,
    pub(crate) duty: Duty,
    pub(crate) area: Ulid,
    /// The resident who holds the office, and that resident's household.
    pub(crate) resident: Option<(Ulid, Ulid)>,
}

pub(super) struct Offices {
    pub(super) grids: Vec<Grid>,
    pub(super) micro_grids: Vec<MicroGrid>,
    pub(super) community: Vec<Officer>,
    pub(super) sub_district: Vec<Officer>,
    pub(super) district: Vec<Officer>,
    pub(super) leaders: [Officer; 2],
    pub(super) unit: Officer,
}

pub(super) fn appoint(
    chance: &mut Chance,
    map: &Map,
    residents: &[Resident],
    volunteers: &[Volunteer],
) -> Offices {
    let mut office = |duty, area, resident: Option<&Resident>| Officer {
        id: chance.id(Moment::EVE.milliseconds()),
        duty,
        area,
        resident: resident.map(|resident| (resident.id, resident.household)),
    };
    let mut several =
        |count: usize, duty, area| (0..count).map(|_| office(duty, area, None)).collect::<Vec<_>>();
    let district = several(DISTRICT_OFFICERS, Duty::DistrictOfficer, map.district);
    let sub_district = several(SUB_DISTRICT_OFFICERS, Duty::SubDistrictOfficer, map.sub_district);
    let community = several(COMMUNITY_OFFICERS, Duty::CommunityOfficer, map.community);

    let taken: HashSet<Ulid> = volunteers.iter().map(|volunteer| volunteer.resident.id).collect();
    let mut free: Vec<&Resident> =
        residents.iter().filter(|resident| !taken.contains(&resident.id)).collect();
    let grids = map.grids.iter().enumerate().map(|(number, grid)| {
        let mut part_time = || {
            let at = free.iter().position(|resident| resident.grid == number);
            let resident = at.map(|at| free.swap_remove(at)).or_else(|| free.pop());
            office(Duty::PartTimeGridOfficer, grid.area, resident)
        };
        let part_time = [part_time(), part_time()];
        let full_time = office(Duty::FullTimeGridOfficer, grid.area, None);
        Grid { area: grid.area, full_time, part_time }
    });
    let grids = grids.collect();
    let micro_grids = map.micro_grids.iter().enumerate().map(|(number, micro)| {
        let heads =
            |volunteer: &&Volunteer| volunteer.head && volunteer.resident.micro_grid == number;
        let head = volunteers.iter().find(heads).map(|volunteer| &volunteer.resident);
        MicroGrid { head: office(Duty::BuildingHead, micro.area, head) }
    });
    let micro_grids = micro_grids.collect();
    let leaders = [Duty::SubDistrictLeader, Duty::SubDistrictChief]
        .map(|duty| office(duty, map.sub_district, None));
    let unit = office(Duty::UnitOfficer, map.district, None);
    Offices { grids, micro_grids, community, sub_district, district, leaders, unit }
}
