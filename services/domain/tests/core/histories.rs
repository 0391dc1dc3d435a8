//! Random histories of good and bad wishes, and the laws of `docs/architecture.md` at each step.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use linli_domain::contribution::{self, Claim, Difficulty, RejectReason, Rejection, Verification};
use linli_domain::id::{OfficerId, RedemptionId, StationId, TeamId};
use linli_domain::inspection::{self, Inspection, Outcome};
use linli_domain::quantity::Points;
use linli_domain::redemption::{self, VoidReason, Wish};
use linli_domain::team::{self, Membership};
use linli_domain::time::Interval;
use linli_domain::{Command, Record, Refusal, State};
use proptest::prelude::*;

use crate::accounted::Account;
use crate::bounds::crew;
use crate::notice::{live_by, noticed_rules};
use crate::pieces::{assemble, pieces};
use crate::shopping::{self, returning, settling, stock, supply};
use crate::steps::{Step, of_people, steps, vouching};
use crate::sums::groups;
use crate::world::*;
use crate::{
    accepted, alerts, attending, banking, erasing, estates, hearings, honourly, laws, mediating,
    offline, orderly, pseudonyms, queueing, services, showing, slots,
};

/// The world that each begins with, founded once.
static FOUNDED: LazyLock<World> = LazyLock::new(|| {
    let mut world = World::new();
    shopping::earn(&mut world);
    let from = world.now - 12 * HOUR;
    live_by(&mut world, from, alerts::of_histories(noticed_rules()));
    world.open_places();
    world.open_services();
    crate::limits::limit(&mut world, crate::limits::of_histories()).unwrap();
    crate::time_bank::mark_elder(&mut world);
    crate::time_bank::open_east(&mut world);
    // Two who don't volunteer yet.
    for number in 9..=10 {
        let registration = linli_domain::resident::Registration {
            resident: resident(number),
            household: linli_domain::id::HouseholdId::from_number(number - 8),
            card: linli_domain::text::CardCode::from_serial(900 + u64::try_from(number).unwrap()),
            assisted: false,
        };
        world.wish(linli_domain::resident::Command::Register(registration)).unwrap();
    }
    for number in 1..=2 {
        world.wish(team::Command::Form(crew(number))).unwrap();
    }
    world
});

/// A history in the making: the world and how many of each were wished for.
pub struct History {
    world: World,
    granted: BTreeMap<&'static str, u32>,
    contributions: u128,
    redemptions: u128,
    attending: attending::Counts,
    orderly: orderly::Counts,
    slots: slots::Counts,
    honourly: honourly::Counts,
    mediating: mediating::Counts,
    estates: estates::Counts,
    offline: offline::Counts,
    services: services::Counts,
}

impl History {
    pub fn new() -> Self {
        Self {
            world: FOUNDED.clone(),
            granted: BTreeMap::new(),
            contributions: 0,
            redemptions: 0,
            attending: attending::Counts::default(),
            orderly: orderly::Counts::default(),
            slots: slots::Counts::default(),
            offline: offline::Counts::default(),
            honourly: honourly::Counts::default(),
            mediating: mediating::Counts::default(),
            estates: estates::Counts::default(),
            services: services::Counts::default(),
        }
    }

    /// The `which`-th last of so many.
    fn recent(count: u128, which: usize) -> u128 {
        count.saturating_sub(u128::try_from(which).unwrap())
    }

    /// What has happened so far, and what it came to.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What has happened since the world was founded.
    pub fn since_founding(&self) -> &[Record] {
        &self.world.records[FOUNDED.records.len()..]
    }

    /// The `which`-th last redemption that is there; the last that was wished for if there are fewer.
    fn redemption(&self, which: usize) -> RedemptionId {
        let known = self.world.state.redemptions();
        let mut all = (1..=self.redemptions).rev().map(redemption);
        all.clone()
            .filter(|id| known.get(*id).is_some())
            .nth(which)
            .or(all.next())
            .unwrap_or(redemption(0))
    }

    /// How often each wish of the earning side was granted.
    pub fn granted(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.granted.iter().map(|(name, times)| (*name, *times))
    }

    pub fn take(&mut self, step: &Step) -> Result<Vec<Record>, Refusal> {
        if let Step::Pass { minutes } | Step::Attending(attending::Step::Pass { minutes }) = step {
            self.world.now += minutes * MINUTE;
            self.world.let_due_happen();
            return Ok(Vec::new());
        }
        if let Step::Fitting(any) = step {
            let mut last = Ok(Vec::new());
            for step in any {
                last = self.take(step);
                let passed = matches!(
                    step,
                    Step::Pass { .. } | Step::Attending(attending::Step::Pass { .. })
                );
                if passed || last.as_ref().is_ok_and(|records| !records.is_empty()) {
                    break;
                }
            }
            return last;
        }
        match self.command(step) {
            Some(command) => {
                let name = accepted::name(&command);
                let records = self.world.wish(command)?;
                if let Some(name) = name {
                    *self.granted.entry(name).or_default() += 1;
                }
                Ok(records)
            }
            None => Ok(Vec::new()),
        }
    }

    /// The wish behind a step; none for what isn't even a wish.
    fn command(&mut self, step: &Step) -> Option<Command> {
        Some(match step {
            Step::Pass { .. } | Step::Fitting(_) => return None,
            Step::Hearing(_)
            | Step::Attending(_)
            | Step::Orderly(_)
            | Step::Slots(_)
            | Step::Offline(_)
            | Step::Honourly(_)
            | Step::Mediating(_)
            | Step::Banking(_)
            | Step::Estates(_)
            | Step::Called(_)
            | Step::Queueing(_)
            | Step::Form { .. }
            | Step::Office { .. }
            | Step::Enrol { .. }
            | Step::Card(_) => return self.of_noun(step),
            Step::Alert { area, officer, begins, minutes } => {
                alerts::some(&self.world, *area, *officer, *begins, *minutes).into()
            }
            Step::AlertEnds { area, officer } => {
                alerts::end_of_some(&self.world, *area, *officer).into()
            }
            Step::Submit { .. } => submit(self.claim(step)?).into(),
            Step::Verify { which, officer, assessed } => {
                let contribution = contribution(Self::recent(self.contributions, *which));
                let found = self.world.state.contributions().get(contribution);
                let takes = found.is_some_and(|found| found.claim.act == code("CLEAN"));
                contribution::Command::Verify(Verification {
                    contribution,
                    officer: OfficerId::from_number(*officer),
                    assessed: assessed.map(Points::from_hundredths),
                    difficulty: (takes && which % 2 == 0).then_some(Difficulty(1)),
                })
                .into()
            }
            Step::Reject { which, officer } => contribution::Command::Reject(Rejection {
                contribution: contribution(Self::recent(self.contributions, *which)),
                officer: OfficerId::from_number(*officer),
                reason: RejectReason::EvidenceUnclear,
            })
            .into(),
            Step::Reverse { .. } | Step::Inspect { .. } | Step::Team { .. } | Step::Services(_) => {
                return self.fair(step);
            }
            Step::Reserve { who, station, wishes } => {
                redemption::Command::Reserve(self.basket(*who, *station, wishes)).into()
            }
            Step::Sell { who, station, wishes } => {
                redemption::Command::Sell(self.basket(*who, *station, wishes)).into()
            }
            Step::Capture { which, station, handed } => {
                self.capture(*which, *station, handed).into()
            }
            Step::Return { which, .. } => {
                redemption::Command::Return(returning(step, self.redemption(*which))?).into()
            }
            Step::Stock { .. } => stock(step)?.into(),
            Step::State { .. } => settling(step, &self.world)?.into(),
            Step::Void { which, station } => {
                let redemption = self.redemption(*which);
                let station = StationId::from_number(*station);
                redemption::Command::Void { redemption, station, reason: VoidReason::Station }
                    .into()
            }
            Step::Receive { .. } | Step::Fund { .. } => return supply(step),
            Step::Ranking { .. } | Step::Erase { .. } | Step::Move { .. } => {
                erasing::of_resident(step)?.into()
            }
        })
    }

    fn capture(&self, which: usize, station: u128, handed: &[(u128, u32)]) -> redemption::Command {
        let wish = |(item, quantity): &(u128, u32)| Wish {
            item: linli_domain::id::ItemId::from_number(*item),
            quantity: *quantity,
        };
        let station = StationId::from_number(station);
        let redemption = self.redemption(which);
        let found = self.world.state.redemptions().get(redemption);
        let whose =
            found.and_then(|found| found.slip.as_ref()).map_or(resident(1), |it| it.resident);
        redemption::Command::Capture {
            redemption,
            station,
            shift: offline::shift_at(&self.world, station),
            shown: showing::some(&self.world, self.redemptions + 3, whose),
            handed: handed.iter().map(wish).collect(),
        }
    }

    /// A wish of a noun that has steps of its own.
    fn of_noun(&mut self, step: &Step) -> Option<Command> {
        match step {
            Step::Hearing(step) => Some(hearings::command(step, &self.world)),
            Step::Attending(step) => self.attending.command(step, &self.world),
            Step::Orderly(step) => self.orderly.command(step, &self.world),
            Step::Slots(step) => Some(self.slots.command(step, &self.world)),
            Step::Offline(step) => self.offline.command(step, &self.world),
            Step::Card(step) => Some(showing::command(step)),
            Step::Called(step) => Some(pseudonyms::command(step)),
            Step::Queueing(step) => Some(queueing::command(step, &mut self.redemptions).into()),
            Step::Honourly(step) => self.honourly.command(step, &self.world),
            Step::Mediating(step) => self.mediating.command(step, &self.world),
            Step::Banking(step) => Some(banking::command(step, &self.world)?.into()),
            Step::Form { .. } | Step::Office { .. } | Step::Enrol { .. } => of_people(step),
            Step::Estates(step) => Some(self.estates.command(step, &self.world).into()),
            _ => None,
        }
    }

    /// A wish about what is fair: a reversal, another look, a team; or about a service.
    fn fair(&mut self, step: &Step) -> Option<Command> {
        Some(match step {
            Step::Services(step) => self.services.command(step, &self.world),
            Step::Reverse { which, officer } => {
                let number = shopping::earned(*which)
                    .unwrap_or_else(|| Self::recent(self.contributions, *which));
                reverse(number, OfficerId::from_number(*officer)).into()
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
                let (join_it, leave) = (team::Command::Join, team::Command::Leave);
                if *join { join_it(membership).into() } else { leave(membership).into() }
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
        let station = StationId::from_number(station);
        let shift = offline::shift_at(&self.world, station);
        let basket = basket(self.redemptions, resident(who), station, &wishes);
        let shown = showing::some(&self.world, self.redemptions, resident(who));
        redemption::Basket { shift, shown, ..basket }
    }
}

pub fn note() -> linli_domain::text::Reference {
    linli_domain::text::Reference::new("note").unwrap()
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
        laws::hold(&history);
    }

    /// A replay from the first record reaches the same state, by the same rules, and so does a
    /// replay that goes on from canonical bytes, or from pieces, taken in the middle. At each position it
    /// says of points and pieces what the records add up to.
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
        let mut account = Account::default();
        for group in groups(records) {
            prop_assert_eq!(state.conforms(group), Ok(()));
            for record in group {
                state.replay(record).unwrap();
                account.enter(record);
                account.agrees(record, &state);
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
        crate::sums::nothing_happens_twice(&history.world.records);
        let mut state = history.world.state.clone();
        let last = history.world.records.last().unwrap();
        prop_assert!(state.replay(last).is_err());
    }
}
