//! Who lives with whom, by what the facts tell.

use std::hash::Hash;

use linli_domain::resident;

use super::*;

/// The household that each resident lives with.
pub(super) type Homes = FxHashMap<ResidentId, HouseholdId>;

impl Books {
    /// Somebody is registered, or moves.
    pub(super) fn live(&mut self, event: &resident::Event) {
        match event {
            resident::Event::Registered(it) => drop(self.homes.insert(it.resident, it.household)),
            resident::Event::Moved { to, before } => {
                self.homes.insert(to.resident, to.household);
                self.outlays.move_house(to, *before);
                self.time_moves_house(to.resident, (*before, to.household));
                self.services.move_house(to, *before);
            }
            resident::Event::VolunteerEnrolled(_)
            | resident::Event::VolunteerReferred { .. }
            | resident::Event::RankingJoined(_)
            | resident::Event::RankingLeft(_)
            | resident::Event::Pseudonym(_)
            | resident::Event::CardIssued { .. }
            | resident::Event::CardBlocked { .. }
            | resident::Event::Erased(_) => {}
        }
    }
}

/// Rows by household: those of whoever moves go with them. Whoever has nothing has no row.
pub(super) fn move_rows<Home: Eq + Hash, Row>(
    rows: &mut FxHashMap<Home, Vec<Row>>,
    (before, after): (Home, Home),
    moves: impl Fn(&Row) -> bool,
) {
    let found = rows.remove(&before).unwrap_or_default();
    let (moved, stay): (Vec<_>, Vec<_>) = found.into_iter().partition(moves);
    for (home, some) in [(before, stay), (after, moved)] {
        if !some.is_empty() {
            rows.entry(home).or_default().extend(some);
        }
    }
}
