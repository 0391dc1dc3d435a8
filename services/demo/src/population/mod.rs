//! Dingshan community as it is told of: areas, households, residents, volunteers, officers,
//! stations, suppliers, the catalogue and the pools. Pure: the same seed gives the same place.
//!
//! Nobody here has a name. Counts are exact; who lives where, who leads and who patrols is drawn.

mod area;
mod bank;
mod card;
mod catalogue;
mod estate;
mod home;
mod office;
mod pool;
mod resource;
mod supply;
mod volunteer;

pub(crate) use area::{Grid, MicroGrid};
pub(crate) use bank::{Saver, TimeBank};
pub(crate) use catalogue::Item;
#[cfg(test)]
pub(crate) use estate::ESTATES;
pub(crate) use estate::Estate;
pub(crate) use home::{Household, Resident};
pub(crate) use office::Officer;
pub(crate) use pool::Pool;
pub(crate) use resource::{Hours, hours};
pub(crate) use supply::{Station, Supplier};
pub(crate) use volunteer::Volunteer;

use linli_api::area::FoundArea;
use ulid::Ulid;

use crate::chance::Chance;

/// Dingshan community and what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Every area with its parent before it, as it is founded.
    pub(crate) areas: Vec<FoundArea>,
    /// Dingshan community.
    pub(crate) community: Ulid,
    /// Its 13 grids: nine where people live, then four of one kind of institution each.
    pub(crate) grids: Vec<Grid>,
    /// Its 253 micro-grids, in the order of the grids.
    pub(crate) micro_grids: Vec<MicroGrid>,
    /// In the order of the micro-grids.
    pub(crate) households: Vec<Household>,
    /// In the order of the households.
    pub(crate) residents: Vec<Resident>,
    /// Those who enrolled, in no order.
    pub(crate) volunteers: Vec<Volunteer>,
    /// Officers of the community, the sub-district and the district.
    pub(crate) community_officers: Vec<Officer>,
    pub(crate) sub_district_officers: Vec<Officer>,
    pub(crate) district_officers: Vec<Officer>,
    /// A member of the sub-district's leadership, and its secretary.
    pub(crate) leaders: [Officer; 2],
    /// The office of a department of the district that whistles call.
    pub(crate) unit: Officer,
    /// Three counters and a vending machine.
    pub(crate) stations: Vec<Station>,
    pub(crate) suppliers: Vec<Supplier>,
    pub(crate) items: Vec<Item>,
    pub(crate) pools: Vec<Pool>,
    /// Those who keep the time bank.
    pub(crate) bank: Option<TimeBank>,
    /// The district's estates without property management.
    pub(crate) estates: Vec<Estate>,
}

impl Place {
    /// Builds it.
    pub(crate) fn build(seed: u64) -> Self {
        let mut chance = Chance::named(seed, "place");
        let map = area::map(&mut chance);
        let homes = home::settle(&mut chance, &map.micro_grids);
        let volunteers = volunteer::enrol(&mut chance, &map, &homes.residents);
        let offices = office::appoint(&mut chance, &map, &homes.residents, &volunteers);
        let suppliers = supply::suppliers(&mut chance);
        let items = catalogue::items(&mut chance, &suppliers);
        let mut of_estates = Chance::named(seed, "estates");
        let estates = estate::estates(&mut of_estates, &map.areas, &offices.grids);
        Self {
            bank: bank::cast(seed, &map),
            estates,
            stations: supply::stations(&mut chance, map.community, &offices.grids),
            areas: map.areas,
            community: map.community,
            grids: offices.grids,
            micro_grids: offices.micro_grids,
            households: homes.households,
            residents: homes.residents,
            volunteers,
            community_officers: offices.community,
            sub_district_officers: offices.sub_district,
            district_officers: offices.district,
            leaders: offices.leaders,
            unit: offices.unit,
            suppliers,
            items,
            pools: pool::pools(&mut chance),
        }
    }

    /// The estate of a grid, if it is one of Dingshan's old ones.
    pub(crate) fn estate_in(&self, grid: Ulid) -> Option<Ulid> {
        self.estates.iter().find(|estate| estate.area == grid).map(|estate| estate.id)
    }

    /// Every officer, the district's first.
    pub(crate) fn officers(&self) -> impl Iterator<Item = &Officer> {
        let high = self.district_officers.iter().chain(&self.sub_district_officers);
        high.chain(&self.community_officers)
            .chain(self.grids.iter().flat_map(Grid::officers))
            .chain(self.micro_grids.iter().map(|micro| &micro.head))
            .chain(&self.leaders)
            .chain([&self.unit])
    }
}

#[cfg(test)]
mod tests;
