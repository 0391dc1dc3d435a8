//! Those who keep the year's time bank (时间银行): newcomers of Dingshan, and a few of a second community, which
//! is told of for nothing else.

use linli_api::area::{FoundArea, GridKind, Level};
use linli_api::{Bilingual, Card, Id};
use ulid::Ulid;

use super::area::Map;
use super::home;
use crate::calendar::Moment;
use crate::chance::Chance;

/// Somebody of the time bank.
#[derive(Clone, Debug)]
pub(crate) struct Saver {
    pub(crate) id: Ulid,
    pub(crate) household: Ulid,
    pub(crate) card: Card,
    /// The area of the household's micro-grid.
    pub(crate) micro_grid: Ulid,
    pub(crate) volunteers: bool,
}

/// The cast of the time bank.
#[derive(Clone, Debug)]
pub(crate) struct TimeBank {
    /// The second community, its grid and its micro-grid, as they are founded.
    pub(crate) areas: [FoundArea; 3],
    pub(crate) other_community: Ulid,
    pub(crate) other_grid: Ulid,
    /// The grid in Dingshan where the others live.
    pub(crate) grid: Ulid,
    /// A couple who look after elders.
    pub(crate) carers: [Saver; 2],
    /// Their daughter, who has a household of her own.
    pub(crate) daughter: Saver,
    /// Key elders, each alone.
    pub(crate) elders: [Saver; 4],
    /// Somebody who is no key elder, and asks the chest.
    pub(crate) neighbour: Saver,
    /// Three who store what they do for their team.
    pub(crate) team: [Saver; 3],
    /// Of the second community: one who serves, and a key elder.
    pub(crate) nurse: Saver,
    pub(crate) other_elder: Saver,
}

impl TimeBank {
    /// Everybody, a household together.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = &Saver> {
        let ones = [&self.daughter, &self.neighbour, &self.nurse, &self.other_elder];
        self.carers.iter().chain(&self.elders).chain(&self.team).chain(ones)
    }

    /// Those for whose service the fund issues time.
    pub(crate) fn key_elders(&self) -> impl Iterator<Item = &Saver> {
        self.elders.iter().chain([&self.other_elder])
    }
}

/// None if the map lacks a grid where people live.
pub(super) fn cast(seed: u64, map: &Map) -> Option<TimeBank> {
    let mut chance = Chance::named(seed, "time bank");
    let at = Moment::EVE.milliseconds();
    let (here, grid) = (map.micro_grids.first()?.area, map.grids.first()?.area);
    let [other_community, other_grid, there] = [(); 3].map(|()| chance.id(at));
    let id = |of: Ulid| Id::from(of.to_string());
    let area = |area, level, grid_kind, parent, zh: &str, en: &str| FoundArea {
        area: Some(id(area)),
        level,
        grid_kind,
        parent: Some(id(parent)),
        name: Bilingual::new(zh, en),
    };
    let community = Level::Community;
    let areas = [
        area(other_community, community, None, map.sub_district, "热河社区", "Rehe"),
        area(
            other_grid,
            Level::Grid,
            Some(GridKind::Comprehensive),
            other_community,
            "热河第1网格",
            "Rehe Grid 1",
        ),
        area(there, Level::MicroGrid, None, other_grid, "热河第1微网格", "Rehe micro-grid 1"),
    ];
    let mut cards = home::later_cards();
    let mut saver = |micro_grid, volunteers| {
        let (id, household) = (chance.id(at), chance.id(at));
        let card = cards.next()?;
        Some(Saver { id, household, card, micro_grid, volunteers })
    };
    let (one, other) = (saver(here, true)?, saver(here, true)?);
    let other = Saver { household: one.household, ..other };
    Some(TimeBank {
        areas,
        other_community,
        other_grid,
        grid,
        carers: [one, other],
        daughter: saver(here, false)?,
        elders: [
            saver(here, false)?,
            saver(here, false)?,
            saver(here, false)?,
            saver(here, false)?,
        ],
        neighbour: saver(here, false)?,
        team: [saver(here, true)?, saver(here, true)?, saver(here, true)?],
        nurse: saver(there, true)?,
        other_elder: saver(there, false)?,
    })
}
