//! Random histories of good and bad wishes, and the laws of `docs/architecture.md` at each step.

use std::collections::BTreeMap;

use linli_domain::contribution::{self, Claim, RejectReason, Rejection, Signal, Verification};
use linli_domain::id::{OfficerId, ResidentId, StationId, TeamId};
use linli_domain::inspection::{self, Inspection, Outcome};
use linli_domain::posting::{Account, Balance};
use linli_domain::quantity::Points;
use linli_domain::redemption::{self, VoidReason};
use linli_domain::team::{self, Membership};
use linli_domain::time::Interval;
use linli_domain::{Command, Event, Origin, Record, Refusal, State, item, pool, resident};
use proptest::prelude::*;

use crate::bounds::{crew, fair_world};
use crate::orderly;
use crate::pieces::{assemble, pieces};
use crate::world::*;

/// One step of a history: a wish by small numbers, or time that passes.
#[derive(Clone, Debug)]
enum Step {
    Submit { who: u128, act: usize, ago: i64, minutes: i64, signals: u8, beneficiary: Option<u128> },
    Verify { which: usize, officer: u128, assessed: Option<i64> },
    Reject { which: usize, officer: u128 },
    Reverse { which: usize, officer: u128 },
    Inspect { which: usize, officer: u128, outcome: u8 },
    Team { who: u128, team: u128, join: bool },
    Reserve { who: u128, station: u128, wishes: Vec<(u128, u32)> },
    Sell { who: u128, station: u128, wishes: Vec<(u128, u32)> },
    Capture { which: usize, station: u128 },
    Void { which: usize, station: u128 },
    Receive { station: u128, quantity: u32 },
    Fund { hundredths: i64 },
    Ranking { who: u128, join: bool },
    Orderly(orderly::Step),
    Pass { minutes: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = || 1..=9_u128;
    let officer = || 1..=6_u128;
    let station = || 1..=2_u128;
    let wishes = || prop::collection::vec((1..=4_u128, 0..=2_u32), 0..=3);
    let step = prop_oneof![
        4 => (who(), 0..6_usize, 0..300_i64, 0..400_i64, 0..5_u8, prop::option::of(who())).prop_map(
            |(who, act, ago, minutes, signals, beneficiary)| Step::Submit { who, act, ago, minutes, signals, beneficiary }
        ),
        5 => (0..6_usize, officer(), prop::option::of(0..12_000_i64))
            .prop_map(|(which, officer, assessed)| Step::Verify { which, officer, assessed }),
        1 => (0..6_usize, officer()).prop_map(|(which, officer)| Step::Reject { which, officer }),
        2 => (0..6_usize, officer()).prop_map(|(which, officer)| Step::Reverse { which, officer }),
        2 => (0..12_usize, officer(), 0..3_u8)
            .prop_map(|(which, officer, outcome)| Step::Inspect { which, officer, outcome }),
        1 => (who(), 1..=3_u128, any::<bool>()).prop_map(|(who, team, join)| Step::Team { who, team, join }),
        3 => (who(), station(), wishes()).prop_map(|(who, station, wishes)| Step::Reserve { who, station, wishes }),
        2 => (who(), station(), wishes()).prop_map(|(who, station, wishes)| Step::Sell { who, station, wishes }),
        2 => (0..4_usize, station()).prop_map(|(which, station)| Step::Capture { which, station }),
        1 => (0..4_usize, station()).prop_map(|(which, station)| Step::Void { which, station }),
        1 => (station(), 0..3_u32).prop_map(|(station, quantity)| Step::Receive { station, quantity }),
        1 => (0..3_000_i64).prop_map(|hundredths| Step::Fund { hundredths }),
        1 => (who(), any::<bool>()).prop_map(|(who, join)| Step::Ranking { who, join }),
        8 => orderly::step().prop_map(Step::Orderly),
        3 => (0..400_i64).prop_map(|minutes| Step::Pass { minutes }),
        1 => (0..60_000_i64).prop_map(|minutes| Step::Pass { minutes }),
    ];
    prop::collection::vec(step, 1..120)
}

/// A history in the making: the world and how many of each were wished for.
struct History {
    world: World,
    contributions: u128,
    redemptions: u128,
    orderly: orderly::Counts,
}

impl History {
    fn new() -> Self {
        let mut world = fair_world();
        for number in 1..=2 {
            world.wish(team::Command::Form(crew(number))).unwrap();
        }
        Self { world, contributions: 0, redemptions: 0, orderly: orderly::Counts::default() }
    }

    /// The `which`-th last contribution or redemption.
    fn recent(count: u128, which: usize) -> u128 {
        count.saturating_sub(u128::try_from(which).unwrap())
    }

    fn take(&mut self, step: &Step) -> Result<Vec<Record>, Refusal> {
        if let Step::Pass { minutes } = step {
            self.world.now += minutes * MINUTE;
            self.world.let_due_happen();
            return Ok(Vec::new());
        }
        match self.command(step) {
            Some(command) => self.world.wish(command),
            None => Ok(Vec::new()),
        }
    }

    /// The wish behind a step; none for what isn't even a wish.
    fn command(&mut self, step: &Step) -> Option<Command> {
        Some(match step {
            Step::Pass { .. } => return None,
            Step::Orderly(step) => return self.orderly.command(step, &self.world),
            Step::Submit { .. } => submit(self.claim(step)?).into(),
            Step::Verify { which, officer, assessed } => {
                contribution::Command::Verify(Verification {
                    contribution: contribution(Self::recent(self.contributions, *which)),
                    officer: OfficerId::from_number(*officer),
                    assessed: assessed.map(Points::from_hundredths),
                })
                .into()
            }
            Step::Reject { which, officer } => contribution::Command::Reject(Rejection {
                contribution: contribution(Self::recent(self.contributions, *which)),
                officer: OfficerId::from_number(*officer),
                reason: RejectReason::EvidenceUnclear,
            })
            .into(),
            Step::Reverse { .. } | Step::Inspect { .. } | Step::Team { .. } => {
                return self.fair(step);
            }
            Step::Reserve { who, station, wishes } => {
                redemption::Command::Reserve(self.basket(*who, *station, wishes)).into()
            }
            Step::Sell { who, station, wishes } => {
                redemption::Command::Sell(self.basket(*who, *station, wishes)).into()
            }
            Step::Capture { which, station } => {
                let redemption = redemption(Self::recent(self.redemptions, *which));
                redemption::Command::Capture {
                    redemption,
                    station: StationId::from_number(*station),
                }
                .into()
            }
            Step::Void { which, station } => {
                let redemption = redemption(Self::recent(self.redemptions, *which));
                let (station, reason) = (StationId::from_number(*station), VoidReason::Station);
                redemption::Command::Void { redemption, station, reason }.into()
            }
            Step::Receive { station, quantity } => item::Command::ReceiveStock(item::Delivery {
                station: StationId::from_number(*station),
                item: RICE,
                quantity: *quantity,
                reference: note(),
            })
            .into(),
            Step::Fund { hundredths } => {
                let points = Points::from_hundredths(*hundredths);
                pool::Command::Fund(pool::Funding { pool: POOL, points, reference: note() }).into()
            }
            Step::Ranking { who, join: true } => {
                resident::Command::JoinRanking(resident(*who)).into()
            }
            Step::Ranking { who, join: false } => {
                resident::Command::LeaveRanking(resident(*who)).into()
            }
        })
    }

    /// A wish about what is fair: a reversal, another look, a team.
    fn fair(&self, step: &Step) -> Option<Command> {
        Some(match step {
            Step::Reverse { which, officer } => {
                reverse(Self::recent(self.contributions, *which), OfficerId::from_number(*officer))
                    .into()
            }
            Step::Inspect { which, officer, outcome } => {
                let outcomes = [Outcome::Upheld, Outcome::Corrected, Outcome::Unfounded];
                inspection::Command::Inspect(Inspection {
                    contribution: contribution(Self::recent(self.contributions, *which)),
                    officer: OfficerId::from_number(*officer),
                    outcome: outcomes[usize::from(*outcome)],
                })
                .into()
            }
            Step::Team { who, team, join } => {
                let team = TeamId::from_number(*team);
                let membership = Membership { team, resident: resident(*who) };
                match join {
                    true => team::Command::Join(membership).into(),
                    false => team::Command::Leave(membership).into(),
                }
            }
            _ => return None,
        })
    }

    fn claim(&mut self, step: &Step) -> Option<Claim> {
        let Step::Submit { who, act, ago, minutes, signals, beneficiary } = step else {
            return None;
        };
        self.contributions += 1;
        let until = self.world.now - ago * MINUTE;
        let happened = Interval::new(at(until - minutes * MINUTE), at(until))?;
        let act = ["AID", "CLEAN", "DEED", "LEARN", "PATROL", "FLY"][*act];
        let beneficiary = beneficiary.map(resident);
        let signals = vouching(*signals);
        Some(Claim {
            happened,
            beneficiary,
            signals,
            ..claim(self.contributions, resident(*who), act, 0, 1)
        })
    }

    fn basket(&mut self, who: u128, station: u128, wishes: &[(u128, u32)]) -> redemption::Basket {
        self.redemptions += 1;
        let wishes: Vec<_> = wishes
            .iter()
            .map(|(item, count)| (linli_domain::id::ItemId::from_number(*item), *count))
            .collect();
        basket(self.redemptions, resident(who), StationId::from_number(station), &wishes)
    }
}

fn note() -> linli_domain::text::Reference {
    linli_domain::text::Reference::new("note").unwrap()
}

fn vouching(kind: u8) -> contribution::Signals {
    let signals: &[Signal] = match kind {
        0 => &[Signal::RotatingCode, Signal::Confirmed],
        1 | 2 => &[Signal::SignInOut, Signal::Place, Signal::InsideShift],
        3 => &[Signal::Photo],
        _ => &[Signal::AdministratorEntry],
    };
    signals.iter().copied().collect()
}

/// Balances added up from the postings alone; fails where one is not what the sum says.
fn books(records: &[Record]) -> BTreeMap<Account, Balance> {
    let mut books: BTreeMap<Account, Balance> = BTreeMap::new();
    for record in records {
        let mut sum = Points::ZERO;
        for posting in &record.postings {
            let balance = books.entry(posting.account).or_default();
            *balance = balance.after(posting.amount).unwrap();
            assert_eq!((balance.points, balance.version), (posting.balance, posting.version));
            assert!(!balance.points.is_negative() || posting.account.may_be_negative());
            sum = sum.plus(posting.amount).unwrap();
        }
        assert_eq!(sum, Points::ZERO, "record {} doesn't balance", record.position);
    }
    books
}

/// The records of one command, or of one deadline.
fn groups(records: &[Record]) -> impl Iterator<Item = &[Record]> {
    records.chunk_by(|one, next| one.origin == next.origin && one.origin != Origin::Deadline)
}

/// No two contributions of a person that were not rejected share an instant.
fn nobody_is_in_two_places(records: &[Record]) {
    let mut standing: BTreeMap<ResidentId, BTreeMap<_, Interval>> = BTreeMap::new();
    for record in records {
        match &record.event {
            Event::Contribution(contribution::Event::Submitted { claim, .. }) => {
                let theirs = standing.entry(claim.resident).or_default();
                if claim.takes_time() {
                    assert!(theirs.values().all(|other| !other.overlaps(claim.happened)));
                    theirs.insert(claim.contribution, claim.happened);
                }
            }
            Event::Contribution(contribution::Event::Rejected(word)) => {
                standing.values_mut().for_each(|theirs| {
                    theirs.remove(&word.contribution);
                });
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                standing.values_mut().for_each(|theirs| {
                    theirs.remove(&reversal.word.contribution);
                });
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    /// After each wish, granted or refused, every law holds; a refusal changes nothing.
    #[test]
    fn every_law_holds_at_every_position(steps in steps()) {
        let mut history = History::new();
        for step in &steps {
            history.world.let_due_happen();
            let before = history.world.state.digest();
            if history.take(step).is_err() {
                prop_assert_eq!(history.world.state.digest(), before);
            }
            prop_assert_eq!(history.world.state.check_laws(), Ok(()));
        }
        for (account, balance) in books(&history.world.records) {
            prop_assert_eq!(history.world.state.balance(account), balance);
        }
        nobody_is_in_two_places(&history.world.records);
        orderly::check(&history.world.records);
        crate::fairness::no_day_is_beyond_its_quota(&history.world.records);
    }

    /// A replay from the first record reaches the same state, by the same rules, and so does a
    /// replay that goes on from canonical bytes, or from pieces, taken in the middle.
    #[test]
    fn replay_is_the_same(steps in steps(), cut in 0.0..1.0_f64) {
        let mut history = History::new();
        for step in &steps {
            let _ = history.take(step);
        }
        let records = &history.world.records;
        #[allow(clippy::as_conversions, clippy::float_arithmetic, reason = "a place to cut, anywhere")]
        let cut = (records.len() as f64 * cut) as usize;
        let mut state = State::default();
        let mut position = 0;
        for group in groups(records) {
            prop_assert_eq!(state.conforms(group), Ok(()));
            for record in group {
                state.replay(record).unwrap();
                position += 1;
                if position == cut {
                    let other = assemble(pieces(&state, 500)).unwrap();
                    state = borsh::from_slice(&borsh::to_vec(&state).unwrap()).unwrap();
                    prop_assert_eq!(&state, &other);
                    state = other;
                }
            }
        }
        prop_assert_eq!(state.digest(), history.world.state.digest());
        prop_assert_eq!(&state, &history.world.state);
    }

    /// Each hold ends at most once, each contribution has at most one award, and a record that
    /// comes twice, or out of its place, is found.
    #[test]
    fn nothing_happens_twice(steps in steps()) {
        let mut history = History::new();
        for step in &steps {
            let _ = history.take(step);
        }
        let (mut ends, mut awards) = (BTreeMap::new(), BTreeMap::new());
        let (mut reversals, mut looks) = (BTreeMap::new(), BTreeMap::new());
        for record in &history.world.records {
            match &record.event {
                Event::Redemption(redemption::Event::Reserved { .. }) => {}
                Event::Redemption(event) => *ends.entry(event.slip().redemption).or_insert(0) += 1,
                Event::Contribution(contribution::Event::Awarded(award)) => {
                    *awards.entry(award.contribution).or_insert(0) += 1;
                }
                Event::Contribution(contribution::Event::Reversed(reversal)) => {
                    *reversals.entry(reversal.word.contribution).or_insert(0) += 1;
                }
                Event::Inspection(inspection::Event::Inspected { word, .. }) => {
                    *looks.entry(word.contribution).or_insert(0) += 1;
                }
                _ => {}
            }
        }
        prop_assert!(ends.values().all(|count| *count == 1));
        prop_assert!(awards.values().all(|count| *count == 1));
        prop_assert!(reversals.values().all(|count| *count == 1));
        prop_assert!(reversals.keys().all(|id| awards.contains_key(id)));
        prop_assert!(looks.values().all(|count| *count == 1));
        let mut state = history.world.state.clone();
        let last = history.world.records.last().unwrap();
        prop_assert!(state.replay(last).is_err());
    }
}
