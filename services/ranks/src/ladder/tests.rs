//! A ladder ranks as the pure function does, however it came to be.

#![allow(clippy::arithmetic_side_effects, reason = "small numbers of a test")]

use std::collections::BTreeSet;

use linli_domain::Position;
use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;
use linli_readmodel::rankings::{Entry, Held, Ranked, Ties, rank};
use proptest::prelude::*;

use super::*;

const TIES: [Ties; 3] = [Ties::Competition, Ties::Dense, Ties::EarlierFirst];

/// Few residents and small merits, so that many are level; some fall to zero and below.
fn deeds() -> impl Strategy<Value = Vec<(u8, i64)>> {
    // 0: leaves; 9: joins; else merit from -3 to 4.
    prop::collection::vec((0..30_u8, 0..10_i64), 0..200)
}

/// What the rows of the read model would say after these steps, and what the pure function does.
struct Reference {
    shown: BTreeSet<ResidentId>,
    entries: Vec<Entry>,
}

impl Reference {
    fn step(&mut self, at: u64, resident: ResidentId, deed: i64) -> Step {
        let position = Position(at);
        let deed = match deed {
            0 => {
                self.shown.remove(&resident);
                Deed::Left
            }
            9 => {
                self.shown.insert(resident);
                Deed::Joined
            }
            merit => {
                let merit = Merit::from_hundredths((merit - 4) * 50);
                self.entries.push(Entry { resident, merit, position });
                Deed::Gained { merit, shown: self.shown.contains(&resident) }
            }
        };
        Step { position, resident, deed }
    }

    fn held(&self) -> Vec<Held> {
        let mut sums: BTreeMap<ResidentId, (Merit, Position)> = BTreeMap::new();
        for entry in &self.entries {
            let (merit, reached) = sums.entry(entry.resident).or_default();
            (*merit, *reached) = (merit.plus(entry.merit).unwrap(), entry.position);
        }
        let held = |(resident, (merit, reached))| {
            let shown = self.shown.contains(&resident);
            Held { resident, merit, reached, shown }
        };
        sums.into_iter().map(held).collect()
    }

    fn board(&self, ties: Ties) -> Vec<Ranked> {
        let shown = self.entries.iter().filter(|entry| self.shown.contains(&entry.resident));
        rank(shown.copied(), ties).unwrap()
    }
}

fn check(ladder: &Ladder, reference: &Reference) {
    for ties in TIES {
        let board = reference.board(ties);
        assert_eq!(ladder.page(ties, None, 500).rows, board, "{ties:?}");
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let page = ladder.page(ties, after, 3);
            paged.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, board, "{ties:?} in pages");
        for number in 0..31 {
            let resident = ResidentId::from_number(number);
            let place = board.iter().position(|one| one.resident == resident);
            let expected = place.map(|place| board[place]);
            assert_eq!(ladder.rank_of(ties, resident), expected, "{ties:?} {number}");
            let around = place.map_or(&[][..], |place| {
                &board[place.saturating_sub(2)..(place + 3).min(board.len())]
            });
            assert_eq!(ladder.neighbours(ties, resident, 2), around, "{ties:?} {number}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn it_ranks_as_the_pure_function(deeds in deeds(), filled_at in 0..200_usize) {
        let mut reference = Reference { shown: BTreeSet::new(), entries: Vec::new() };
        let mut ladder = Ladder::default();
        for ((who, deed), at) in deeds.iter().zip(0_usize..) {
            let resident = ResidentId::from_number((*who).into());
            if at == filled_at {
                ladder = Ladder::of(reference.held());
            }
            let step = reference.step(u64::try_from(at).unwrap() + 1, resident, *deed);
            ladder.apply(&step).unwrap();
        }
        check(&ladder, &reference);
        check(&Ladder::of(reference.held()), &reference);
    }
}

#[test]
fn what_runs_past_the_range_changes_nothing() {
    let resident = ResidentId::from_number(1);
    let held = Held {
        resident,
        merit: Merit::from_hundredths(i64::MAX),
        reached: Position(1),
        shown: true,
    };
    let mut ladder = Ladder::of(vec![held]);
    let deed = Deed::Gained { merit: Merit::from_hundredths(1), shown: true };
    let step = Step { position: Position(2), resident, deed };
    assert_eq!(ladder.apply(&step), Err(Overflow(resident)));
    let ranked = ladder.rank_of(Ties::Dense, resident).unwrap();
    assert_eq!((ranked.merit, ranked.reached, ranked.rank), (held.merit, Position(1), 1));
}
