//! The map: Gulou district, its five named sub-districts, and Dingshan community in Yijiangmen
//! with 9 comprehensive grids, 4 dedicated ones and 253 micro-grids.

use linli_api::area::{FoundArea, GridKind, Level};
use linli_api::{Bilingual, Id};
use ulid::Ulid;

use super::Officer;
use crate::calendar::Moment;
use crate::chance::Chance;

/// The sub-districts that are named; Dingshan lies in the first.
const SUB_DISTRICTS: [(&str, &str); 5] = [
    ("挹江门街道", "Yijiangmen Sub-district"),
    ("宝塔桥街道", "Baotaqiao Sub-district"),
    ("中央门街道", "Zhongyangmen Sub-district"),
    ("江东街道", "Jiangdong Sub-district"),
    ("凤凰街道", "Fenghuang Sub-district"),
];

/// Micro-grids of each comprehensive grid: 8 × 28 + 29 = 253.
const MICRO_GRIDS: [usize; 9] = [28, 28, 28, 28, 28, 28, 28, 28, 29];

/// What the dedicated grids are; no households live in them.
const DEDICATED: [(&str, &str); 4] = [
    ("学校专属网格", "school"),
    ("医院专属网格", "hospital"),
    ("宾馆与写字楼专属网格", "hotel and offices"),
    ("市场街专属网格", "market street"),
];

/// How many micro-grids have so many households: 253 with 3,396.
const HOUSEHOLDS: [(usize, usize); 5] = [(8, 10), (10, 11), (17, 12), (50, 13), (168, 14)];

/// A grid with its officers.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) area: Ulid,
    pub(crate) full_time: Officer,
    pub(crate) part_time: [Officer; 2],
}

impl Grid {
    pub(crate) fn officers(&self) -> impl Iterator<Item = &Officer> {
        std::iter::once(&self.full_time).chain(&self.part_time)
    }
}

/// A micro-grid with its head.
#[derive(Clone, Debug)]
pub(crate) struct MicroGrid {
    pub(crate) head: Officer,
}

/// A grid on the map, before anybody is appointed.
#[derive(Clone, Debug)]
pub(super) struct GridArea {
    pub(super) area: Ulid,
    pub(super) kind: GridKind,
}

/// A micro-grid on the map.
#[derive(Clone, Copy, Debug)]
pub(super) struct MicroGridArea {
    pub(super) area: Ulid,
    /// The number of its grid, from 0.
    pub(super) grid: usize,
    /// How many households live in it.
    pub(super) households: usize,
}

/// The areas, before anybody lives in them.
#[derive(Clone, Debug)]
pub(super) struct Map {
    pub(super) areas: Vec<FoundArea>,
    pub(super) district: Ulid,
    pub(super) sub_district: Ulid,
    pub(super) community: Ulid,
    pub(super) grids: Vec<GridArea>,
    pub(super) micro_grids: Vec<MicroGridArea>,
}

pub(super) fn map(chance: &mut Chance) -> Map {
    let mut areas = Vec::new();
    let mut found = |level, grid_kind, parent: Option<Ulid>, name: &Bilingual| {
        let area = chance.id(Moment::EVE.milliseconds());
        areas.push(FoundArea {
            area: Some(Id::from(area.to_string())),
            level,
            grid_kind,
            parent: parent.map(|parent| Id::from(parent.to_string())),
            name: name.clone(),
        });
        area
    };
    let district = found(Level::District, None, None, &Bilingual::new("鼓楼区", "Gulou District"));
    let sub_districts = SUB_DISTRICTS
        .map(|(zh, en)| found(Level::SubDistrict, None, Some(district), &Bilingual::new(zh, en)));
    let [sub_district, ..] = sub_districts;
    let dingshan = Bilingual::new("丁山社区", "Dingshan");
    let community = found(Level::Community, None, Some(sub_district), &dingshan);
    let mut grids = Vec::new();
    let mut micro_grids = Vec::new();
    for (number, count) in MICRO_GRIDS.into_iter().enumerate() {
        let name = grid_name(number, "综合网格", "");
        let kind = GridKind::Comprehensive;
        let area = found(Level::Grid, Some(kind), Some(community), &name);
        for micro in 1..=count {
            let name = Bilingual::new(
                format!("{}第{micro}微网格", name.zh),
                format!("{}, micro-grid {micro}", name.en),
            );
            let micro = found(Level::MicroGrid, None, Some(area), &name);
            micro_grids.push(MicroGridArea { area: micro, grid: number, households: 0 });
        }
        grids.push(GridArea { area, kind });
    }
    for (number, (zh, en)) in (MICRO_GRIDS.len()..).zip(DEDICATED) {
        let name = grid_name(number, zh, &format!(" ({en})"));
        let kind = GridKind::Dedicated;
        let area = found(Level::Grid, Some(kind), Some(community), &name);
        grids.push(GridArea { area, kind });
    }
    spread_households(chance, &mut micro_grids);
    Map { areas, district, sub_district, community, grids, micro_grids }
}

fn grid_name(number: usize, zh: &str, en: &str) -> Bilingual {
    let number = number.saturating_add(1);
    Bilingual::new(format!("丁山第{number}网格({zh})"), format!("Dingshan Grid {number}{en}"))
}

fn spread_households(chance: &mut Chance, micro_grids: &mut [MicroGridArea]) {
    let counts = HOUSEHOLDS.into_iter();
    let mut counts: Vec<usize> =
        counts.flat_map(|(times, count)| std::iter::repeat_n(count, times)).collect();
    chance.shuffle(&mut counts);
    for (micro, count) in micro_grids.iter_mut().zip(counts) {
        micro.households = count;
    }
}
