//! The community in whose books an account stands, by what the facts tell of areas, homes and teams.

use linli_domain::area::{self, Area, Level};
use linli_domain::{household, team};

use super::*;

impl StoredTime {
    pub(in crate::books) fn found(&mut self, event: &area::Event) {
        let it = match event {
            area::Event::Founded(it) => it,
            area::Event::AlertDeclared(_) | area::Event::AlertWithdrawn(_) => return,
        };
        let Area { area, level, parent, .. } = it;
        let community = match level {
            Level::Community => Some(*area),
            Level::MicroGrid | Level::Grid | Level::SubDistrict | Level::District => {
                parent.and_then(|parent| self.communities.get(&parent).copied())
            }
        };
        if let Some(community) = community {
            self.communities.insert(*area, community);
        }
    }

    pub(in crate::books) fn build(&mut self, household::Event::Registered(it): &household::Event) {
        self.buildings.insert(it.household, it.micro_grid);
    }

    pub(in crate::books) fn team_up(&mut self, event: &team::Event) {
        match event {
            team::Event::Formed(team) => drop(self.grids.insert(team.team, team.grid)),
            team::Event::Joined(it) => drop(self.members.insert(it.resident, it.team)),
            team::Event::Left(it) => drop(self.members.remove(&it.resident)),
            team::Event::Led(_) => {}
        }
    }

    fn community_of(&self, household: HouseholdId) -> Option<AreaId> {
        self.communities.get(self.buildings.get(&household)?).copied()
    }
}

impl Books {
    /// The community whose books an account stands in; the fund's in none.
    pub(super) fn time_home(&self, account: TimeAccount) -> Option<AreaId> {
        let told = &self.time;
        match account {
            TimeAccount::Fund => None,
            TimeAccount::Resident(id) => told.community_of(*self.homes.get(&id)?),
            TimeAccount::Team(id) => told.communities.get(told.grids.get(&id)?).copied(),
            TimeAccount::Chest(community) | TimeAccount::Clearing(community) => Some(community),
        }
    }

    /// Somebody moves: clearing has to follow what is stored, or owed, to another community.
    pub(in crate::books) fn time_moves_house(
        &mut self,
        resident: ResidentId,
        (from, to): (HouseholdId, HouseholdId),
    ) {
        let (old, new) = (self.time.community_of(from), self.time.community_of(to));
        let (Some(old), Some(new)) = (old, new) else { return };
        if old != new && self.time.stands(TimeAccount::Resident(resident)) != 0 {
            self.time.moving = Some(Moving { resident, old, new });
        }
    }

    /// In each community everything, clearing among it, sums to what the fund has put in there.
    pub(in crate::books) fn compare_time(&self, state: &State, broken: &mut Vec<Broken>) {
        let mut sums: FxHashMap<AreaId, i128> = FxHashMap::default();
        for (account, minutes) in &self.time.accounts {
            if let Some(community) = self.time_home(*account) {
                let sum = sums.entry(community).or_default();
                *sum = sum.saturating_add(*minutes);
            }
        }
        for (community, sum) in sums {
            let issued = self.time.issued.get(&community).copied().unwrap_or_default();
            if sum != issued {
                let what =
                    format!("community {community}: {sum} min, and the fund put {issued} in");
                broken.push((Rule::TimeClearing, what));
            }
        }
        let theirs = state.time_accounts().sorted();
        let theirs: FxHashMap<TimeAccount, i128> =
            theirs.map(|(account, minutes)| (account, i128::from(*minutes))).collect();
        if theirs != self.time.accounts {
            let what = format!("stored time: books {:?}, state {theirs:?}", self.time.accounts);
            broken.push((Rule::SameAsState, what));
        }
    }
}
