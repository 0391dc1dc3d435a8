//! The steps of random histories: good and bad wishes, by small numbers, and time that passes.

use crate::bounds::crew;
use crate::world::{BUILDING, COMMUNITY, GRID, resident as resident_of};
use crate::{
    attending, banking, estates, hearings, honourly, mediating, offline, orderly, pseudonyms,
    queueing, services, shopping, showing, slots,
};
use linli_domain::contribution::{self, Signal};
use linli_domain::id::OfficerId;
use linli_domain::officer::{self, Appointment, Duty};
use linli_domain::{Command, team};
use proptest::prelude::*;

/// One step of a history: a wish by small numbers, or time that passes.
#[derive(Clone, Debug)]
pub enum Step {
    Inspect {
        which: usize,
        officer: u128,
        outcome: u8,
    },
    Team {
        who: u128,
        team: u128,
        join: bool,
    },
    /// The first of these that is granted: chains are long, and chance is short of breath.
    Fitting(Vec<Step>),
    Form {
        team: u128,
    },
    Office {
        who: u128,
        how: u8,
        which: u128,
    },
    Enrol {
        who: u128,
        by: Option<u128>,
    },
    Hearing(hearings::Step),
    Attending(attending::Step),
    Orderly(orderly::Step),
    Slots(slots::Step),
    Offline(offline::Step),
    Honourly(honourly::Step),
    Mediating(mediating::Step),
    Estates(estates::Step),
    Banking(banking::Step),
    Services(services::Step),
    Alert {
        area: u8,
        officer: u128,
        begins: i64,
        minutes: i64,
    },
    AlertEnds {
        area: u8,
        officer: u128,
    },
    Submit {
        who: u128,
        act: usize,
        ago: i64,
        minutes: i64,
        signals: u8,
        beneficiary: Option<u128>,
    },
    Verify {
        which: usize,
        officer: u128,
        assessed: Option<i64>,
    },
    Reject {
        which: usize,
        officer: u128,
    },
    Reverse {
        which: usize,
        officer: u128,
    },
    Reserve {
        who: u128,
        station: u128,
        wishes: Vec<(u128, u32)>,
    },
    Sell {
        who: u128,
        station: u128,
        wishes: Vec<(u128, u32)>,
    },
    Capture {
        which: usize,
        station: u128,
        handed: Vec<(u128, u32)>,
    },
    Return {
        which: usize,
        station: u128,
        lines: Vec<(u128, u32, u8)>,
        reason: u8,
        officer: Option<u128>,
    },
    Stock {
        station: u128,
        item: u128,
        quantity: u32,
        how: u8,
        officer: u128,
    },
    State {
        supplier: u128,
        how: u8,
        item: u128,
        hundredths: i64,
    },
    Void {
        which: usize,
        station: u128,
    },
    Receive {
        station: u128,
        quantity: u32,
    },
    Fund {
        hundredths: i64,
    },
    Card(showing::Step),
    Called(pseudonyms::Step),
    Queueing(queueing::Step),
    Ranking {
        who: u128,
        join: bool,
    },
    Erase {
        who: u128,
    },
    Move {
        who: u128,
        household: u128,
    },
    Pass {
        minutes: i64,
    },
}

/// Histories of everything at once, and histories that are mostly about one thing and go far in it.
pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop_oneof![
        3 => prop::collection::vec(anything(), 1..120),
        3 => about(prop_oneof![5 => hearings::step().prop_map(Step::Hearing), 3 => serving(), 1 => days()].boxed()),
        1 => about(attending::step().prop_map(Step::Attending).boxed()),
        2 => about(orderly::step().prop_map(Step::Orderly).boxed()),
        2 => about(prop_oneof![5 => honourly::step().prop_map(Step::Honourly), 3 => serving(), 1 => days()].boxed()),
        1 => about(mediating::step().prop_map(Step::Mediating).boxed()),
        2 => about(banking::and_all_it_needs().boxed()),
        1 => about(queueing::and_all_it_needs().boxed()),
        2 => shopping::spending(),
        1 => about(serving().boxed()),
        1 => about(people().boxed()),
    ]
}

/// Histories that are mostly about one thing.
pub fn about(step: BoxedStrategy<Step>) -> impl Strategy<Value = Vec<Step>> {
    let fitting = prop::collection::vec(step, 12).prop_map(Step::Fitting);
    prop::collection::vec(prop_oneof![12 => fitting, 3 => anything(), 2 => pass()], 20..100)
}

/// Claims, what officers say of them, and time that passes.
pub fn serving() -> impl Strategy<Value = Step> {
    prop_oneof![14 => claiming(), 3 => pass()]
}

/// Claims, and what officers say of them.
pub fn claiming() -> impl Strategy<Value = Step> {
    let (who, officer) = (|| 1..=9_u128, || 1..=12_u128);
    prop_oneof![
        4 => (who(), 0..6_usize, 0..300_i64, 30..400_i64, 0..3_u8, prop::option::of(who())).prop_map(
            |(who, act, ago, minutes, signals, beneficiary)| Step::Submit { who, act, ago, minutes, signals, beneficiary }
        ),
        6 => (0..4_usize, officer(), prop::option::of(0..12_000_i64))
            .prop_map(|(which, officer, assessed)| Step::Verify { which, officer, assessed }),
        1 => (0..4_usize, officer()).prop_map(|(which, officer)| Step::Reject { which, officer }),
        1 => (0..4_usize, officer()).prop_map(|(which, officer)| Step::Reverse { which, officer }),
        2 => (0..12_usize, officer(), 0..3_u8)
            .prop_map(|(which, officer, outcome)| Step::Inspect { which, officer, outcome }),
        1 => warning(),
    ]
}

/// A weather alert, and in every third case the end of one before its time: by the same draws, so that histories
/// come to what they came to before there was such an end.
fn warning() -> impl Strategy<Value = Step> {
    (0..4_u8, 1..=6_u128, -400..200_i64, 1..4_500_i64).prop_map(
        |(area, officer, begins, minutes)| match minutes % 3 {
            0 => Step::AlertEnds { area, officer },
            _ => Step::Alert { area, officer, begins, minutes },
        },
    )
}

/// Who is who: teams, offices, rankings, pseudonyms.
fn people() -> impl Strategy<Value = Step> {
    let who = || 1..=9_u128;
    prop_oneof![
        2 => (who(), 1..=4_u128, any::<bool>()).prop_map(|(who, team, join)| Step::Team { who, team, join }),
        1 => (3..=5_u128).prop_map(|team| Step::Form { team }),
        2 => (who(), 0..4_u8, 0..3_u128).prop_map(|(who, how, which)| Step::Office { who, how, which }),
        1 => (8..=10_u128, prop::option::of(who())).prop_map(|(who, by)| Step::Enrol { who, by }),
        3 => (who(), any::<bool>()).prop_map(|(who, join)| Step::Ranking { who, join }),
        6 => pseudonyms::step().prop_map(Step::Called),
        2 => estates::step().prop_map(Step::Estates),
    ]
}

fn pass() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..400_i64).prop_map(|minutes| Step::Pass { minutes }),
        1 => (0..6_000_i64).prop_map(|minutes| Step::Pass { minutes }),
    ]
}

/// As long as a public notice, and longer.
pub fn days() -> impl Strategy<Value = Step> {
    (7_000..16_000_i64).prop_map(|minutes| Step::Pass { minutes })
}

fn anything() -> impl Strategy<Value = Step> {
    let who = || 1..=9_u128;
    let officer = || 1..=6_u128;
    let station = || 1..=2_u128;
    let wishes = || prop::collection::vec((1..=4_u128, 0..=2_u32), 0..=3);
    prop_oneof![
        1 => people(),
        1 => warning(),
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
        2 => (0..4_usize, station(), prop_oneof![2 => Just(Vec::new()), 1 => wishes()])
            .prop_map(|(which, station, handed)| Step::Capture { which, station, handed }),
        3 => (
            0..6_usize,
            station(),
            prop::collection::vec((1..=3_u128, 0..=2_u32, 0..4_u8), 0..=2),
            0..5_u8,
            prop_oneof![1 => Just(None), 3 => Just(Some(3)), 1 => officer().prop_map(Some)],
        ).prop_map(|(which, station, lines, reason, officer)| Step::Return {
            which, station, lines, reason, officer,
        }),
        2 => (station(), 1..=2_u128, 0..4_u32, 0..4_u8, prop_oneof![3 => Just(3), 1 => officer()])
            .prop_map(|(station, item, quantity, how, officer)| Step::Stock {
                station, item, quantity, how, officer,
            }),
        2 => (1..=3_u128, 0..4_u8, 1..=3_u128, 0..900_i64).prop_map(
            |(supplier, how, item, hundredths)| Step::State { supplier, how, item, hundredths }
        ),
        1 => (0..4_usize, station()).prop_map(|(which, station)| Step::Void { which, station }),
        1 => (station(), 0..3_u32).prop_map(|(station, quantity)| Step::Receive { station, quantity }),
        1 => (0..3_000_i64).prop_map(|hundredths| Step::Fund { hundredths }),
        1 => (who(), any::<bool>()).prop_map(|(who, join)| Step::Ranking { who, join }),
        6 => hearings::step().prop_map(Step::Hearing),
        8 => attending::step().prop_map(Step::Attending),
        1 => who().prop_map(|who| Step::Erase { who }),
        2 => banking::moving(),
        8 => orderly::step().prop_map(Step::Orderly),
        8 => slots::step().prop_map(Step::Slots),
        8 => offline::step().prop_map(Step::Offline),
        2 => showing::step().prop_map(Step::Card),
        2 => pseudonyms::step().prop_map(Step::Called),
        8 => honourly::step().prop_map(Step::Honourly),
        8 => mediating::step().prop_map(Step::Mediating),
        3 => estates::step().prop_map(Step::Estates),
        5 => banking::step().prop_map(Step::Banking),
        6 => services::step().prop_map(Step::Services),
        6 => queueing::step().prop_map(Step::Queueing),
        3 => (0..400_i64).prop_map(|minutes| Step::Pass { minutes }),
        1 => (0..60_000_i64).prop_map(|minutes| Step::Pass { minutes }),
    ]
}

/// What vouches for a contribution of this kind.
pub fn vouching(kind: u8) -> contribution::Signals {
    let signals: &[Signal] = match kind {
        0 => &[Signal::RotatingCode, Signal::Confirmed],
        1 | 2 => &[Signal::SignInOut, Signal::Place, Signal::InsideShift],
        3 => &[Signal::Photo],
        _ => &[Signal::AdministratorEntry],
    };
    signals.iter().copied().collect()
}

/// The wish behind a step about who is who; offices of these histories begin at 100, so that those of
/// the world stay.
pub fn of_people(step: &Step) -> Option<Command> {
    Some(match *step {
        Step::Form { team } => team::Command::Form(crew(team)).into(),
        Step::Enrol { who, by } => crate::referrals::enrol(who, by).into(),
        Step::Office { which, how: 0, .. } => {
            officer::Command::Retire(OfficerId::from_number(100 + which)).into()
        }
        Step::Office { who, how, which } => {
            let (duty, area) = match how {
                1 => (Duty::BuildingHead, BUILDING),
                2 => (Duty::FullTimeGridOfficer, GRID),
                _ => (Duty::CommunityOfficer, COMMUNITY),
            };
            let (officer, resident) = (OfficerId::from_number(100 + which), Some(resident_of(who)));
            officer::Command::Appoint(Appointment { officer, duty, area, resident }).into()
        }
        _ => return None,
    })
}
