//! Who volunteers: 1,480 people, among them the 253 heads of buildings and 208 who patrol in
//! pairs, 16 a grid; 60 do both.

use std::collections::HashSet;

use linli_api::area::GridKind;
use ulid::Ulid;

use super::Resident;
use super::area::Map;
use crate::chance::Chance;

const VOLUNTEERS: usize = 1_480;
const PATROL_A_GRID: usize = 16;
const HEADS_ON_PATROL: usize = 60;

/// How many in a thousand volunteers are shown in the rankings, at their own wish.
const RANKED_PER_MILLE: u64 = 700;

/// Where somebody patrols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PatrolPost {
    /// The number of the grid, from 0.
    pub(crate) grid: usize,
    /// The number of the pair in the grid, from 0 to 7.
    pub(crate) pair: usize,
}

/// A volunteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Volunteer {
    pub(crate) resident: Resident,
    /// Head of the building, that is, of the resident's micro-grid?
    pub(crate) head: bool,
    pub(crate) patrol: Option<PatrolPost>,
    /// Shown in the rankings?
    pub(crate) ranked: bool,
}

pub(super) fn enrol(chance: &mut Chance, map: &Map, residents: &[Resident]) -> Vec<Volunteer> {
    let mut order: Vec<&Resident> = residents.iter().collect();
    chance.shuffle(&mut order);
    let mut roll = Roll::default();
    for micro in 0..map.micro_grids.len() {
        if let Some(head) = order.iter().find(|resident| resident.micro_grid == micro) {
            roll.add(head, true, None);
        }
    }
    let heads_a_grid = heads_a_grid(map);
    for (grid, heads) in heads_a_grid.iter().enumerate() {
        let mut posts = (0..PATROL_A_GRID).map(|at| PatrolPost { grid, pair: at / 2 });
        roll.send_heads_on_patrol(grid, &mut posts.by_ref().take(*heads));
        let kind = map.grids.get(grid).map(|grid| grid.kind);
        // Nobody lives in a dedicated grid, so its patrols come from anywhere.
        let near =
            |resident: &&&Resident| kind == Some(GridKind::Dedicated) || resident.grid == grid;
        for post in posts {
            let free = |resident: &&&Resident| near(resident) && !roll.has(resident.id);
            if let Some(resident) = order.iter().find(free) {
                roll.add(resident, false, Some(post));
            }
        }
    }
    for resident in order {
        if roll.volunteers.len() >= VOLUNTEERS {
            break;
        }
        if !roll.has(resident.id) {
            roll.add(resident, false, None);
        }
    }
    for volunteer in &mut roll.volunteers {
        volunteer.ranked = chance.hit(RANKED_PER_MILLE);
    }
    chance.shuffle(&mut roll.volunteers);
    roll.volunteers
}

/// How many heads patrol in each grid: spread evenly over those where people live.
fn heads_a_grid(map: &Map) -> Vec<usize> {
    let weights: Vec<u64> =
        map.grids.iter().map(|grid| u64::from(grid.kind == GridKind::Comprehensive)).collect();
    let total = u64::try_from(HEADS_ON_PATROL).unwrap_or_default();
    let parts = crate::chance::apportion(total, &weights);
    parts.into_iter().map(|part| usize::try_from(part).unwrap_or_default()).collect()
}

#[derive(Default)]
struct Roll {
    volunteers: Vec<Volunteer>,
    known: HashSet<Ulid>,
}

impl Roll {
    fn has(&self, resident: Ulid) -> bool {
        self.known.contains(&resident)
    }

    fn add(&mut self, resident: &Resident, head: bool, patrol: Option<PatrolPost>) {
        self.known.insert(resident.id);
        self.volunteers.push(Volunteer { resident: resident.clone(), head, patrol, ranked: false });
    }

    fn send_heads_on_patrol(&mut self, grid: usize, posts: &mut dyn Iterator<Item = PatrolPost>) {
        let heads = self.volunteers.iter_mut().filter(|volunteer| {
            volunteer.head && volunteer.resident.grid == grid && volunteer.patrol.is_none()
        });
        for (head, post) in heads.zip(posts) {
            head.patrol = Some(post);
        }
    }
}
