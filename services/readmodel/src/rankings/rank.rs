//! Rank as a pure function of merit, period and tie policy.

use std::collections::BTreeMap;

use linli_domain::Position;
use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;
use linli_domain::rules::Ties;

use super::Ranked;

/// Merit that a resident gained by a record, in the area and period that is ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub resident: ResidentId,
    /// How much; below zero for a reversal.
    pub merit: Merit,
    /// By which record.
    pub position: Position,
}

/// Ranks everybody whose entries sum to more than zero. The order of the entries doesn't matter.
/// `None` if a sum runs past the range.
#[must_use]
pub fn rank(entries: impl IntoIterator<Item = Entry>, ties: Ties) -> Option<Vec<Ranked>> {
    let mut sums: BTreeMap<ResidentId, (Merit, Position)> = BTreeMap::new();
    for entry in entries {
        let (merit, reached) = sums.entry(entry.resident).or_default();
        *merit = merit.plus(entry.merit)?;
        *reached = entry.position.max(*reached);
    }
    let mut board: Vec<Ranked> = sums
        .into_iter()
        .filter(|(_, (merit, _))| *merit > Merit::ZERO)
        .map(|(resident, (merit, reached))| Ranked { rank: 0, resident, merit, reached })
        .collect();
    board.sort_unstable_by_key(|one| (std::cmp::Reverse(one.merit), one.reached, one.resident));
    let mut previous: Option<(u64, Merit)> = None;
    for (one, place) in board.iter_mut().zip(1_u64..) {
        one.rank = match (previous, ties) {
            (Some((rank, merit)), Ties::Competition | Ties::Dense) if merit == one.merit => rank,
            (Some((rank, _)), Ties::Dense) => rank.saturating_add(1),
            (None, _) | (Some(_), Ties::Competition | Ties::EarlierFirst) => place,
        };
        previous = Some((one.rank, one.merit));
    }
    Some(board)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(entries: &[(u128, i64, u64)], ties: Ties) -> Vec<(u128, u64)> {
        let entries = entries.iter().map(|(resident, merit, position)| Entry {
            resident: ResidentId::from_number(*resident),
            merit: Merit::from_hundredths(*merit),
            position: Position(*position),
        });
        let board = rank(entries, ties).unwrap();
        board.iter().map(|one| (one.resident.number(), one.rank)).collect()
    }

    #[test]
    fn ties_are_a_setting() {
        // 1 gains 5 at once; 2 and 3 have 4 each, 3 earlier; 4 has 1; 5 gained 2 and lost it.
        let entries =
            [(2, 3, 11), (1, 5, 10), (2, 1, 14), (3, 4, 12), (4, 1, 13), (5, 2, 15), (5, -2, 16)];
        for (ties, expected) in [
            (Ties::Competition, [(1, 1), (3, 2), (2, 2), (4, 4)]),
            (Ties::Dense, [(1, 1), (3, 2), (2, 2), (4, 3)]),
            (Ties::EarlierFirst, [(1, 1), (3, 2), (2, 3), (4, 4)]),
        ] {
            assert_eq!(ranks(&entries, ties), expected, "{ties:?}");
        }
        assert_eq!(ranks(&[], Ties::Dense), []);
    }
}
