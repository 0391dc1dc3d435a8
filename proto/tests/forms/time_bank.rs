//! Samples of the time bank.

use linli_domain::quantity::Minutes;
use linli_domain::rules::{RuleSet, TimeBankRules};
use linli_domain::text::ActCode;
use linli_domain::time_bank::{
    Ask, Command as Wish, Deposit, Event, Gift, Giver, Into, Kin, Mark, Marking, Move, Netting,
    NettingLine, Payer, Receiver, TimeAccount, Trade,
};
use linli_domain::{Command, Position, Refusal};

use crate::events::{Samples, sample};
use crate::values::{at, bare_rules, id};

fn marking(mark: Mark) -> Marking {
    Marking { resident: id!(ResidentId, 11), mark, officer: id!(OfficerId, 21) }
}

fn kin() -> Kin {
    let (one, other) = (id!(ResidentId, 11), id!(ResidentId, 12));
    Kin { one, other, officer: id!(OfficerId, 21) }
}

fn deposit(payer: Payer, into: Into) -> Deposit {
    Deposit { contribution: id!(ContributionId, 41), payer, into }
}

fn gifts() -> [Gift; 2] {
    let minutes = Minutes::new(90);
    let (resident, chest) = (id!(ResidentId, 12), id!(AreaId, 3));
    let own = Giver::Resident(id!(ResidentId, 11));
    let team = Giver::Team(id!(TeamId, 81));
    [
        Gift { from: own, to: Receiver::Resident(resident), minutes },
        Gift { from: team, to: Receiver::Chest(chest), minutes },
    ]
}

fn ask() -> Ask {
    Ask { resident: id!(ResidentId, 12), minutes: Minutes::new(120) }
}

fn moves() -> Vec<Move> {
    let accounts = [
        TimeAccount::Fund,
        TimeAccount::Resident(id!(ResidentId, 11)),
        TimeAccount::Team(id!(TeamId, 81)),
        TimeAccount::Chest(id!(AreaId, 3)),
        TimeAccount::Clearing(id!(AreaId, 3)),
    ];
    let steps = accounts.into_iter().zip([-90_i64, 60, 10, 10, 10]);
    steps.map(|(account, minutes)| Move { account, minutes, balance: minutes * 2 }).collect()
}

fn netting() -> Netting {
    let (one, other) = (id!(AreaId, 3), id!(AreaId, 4));
    Netting {
        number: 2,
        since: Position(77),
        lines: vec![
            NettingLine { community: one, opening: -30, given: 60, taken: 0, closing: -90 },
            NettingLine { community: other, opening: 30, given: 0, taken: 60, closing: 90 },
        ],
        trades: vec![Trade { from: other, to: one, minutes: 60 }],
    }
}

pub(crate) fn events() -> Samples {
    let (minutes, overflow) = (Minutes::new(90), Minutes::new(30));
    let stored = |payer, into| Event::Stored {
        deposit: deposit(payer, into),
        minutes,
        overflow,
        moves: moves(),
    };
    let resident = id!(ResidentId, 12);
    let given = |gift| Event::Given { gift, overflow, moves: moves() };
    let [kin_gift, team_gift] = gifts();
    let asked = |rank| Event::Asked { ask: ask(), rank, lapses_at: at(525_600) };
    let contribution = id!(ContributionId, 41);
    [
        ("elder", Event::Marked(marking(Mark::KeyElder))),
        ("ordinary", Event::Marked(marking(Mark::Ordinary))),
        ("whole", Event::KinLinked(kin())),
        ("fund", stored(Payer::Fund, Into::Own)),
        ("served", stored(Payer::Served, Into::Team)),
        ("chest", stored(Payer::Chest, Into::Own)),
        ("kin", given(kin_gift)),
        ("team", given(team_gift)),
        ("elder", asked(Mark::KeyElder)),
        ("ordinary", asked(Mark::Ordinary)),
        ("whole", Event::Granted { ask: ask(), moves: moves() }),
        ("whole", Event::Withdrawn(resident)),
        ("whole", Event::AskLapsed(resident)),
        ("whole", Event::TakenBack { contribution, minutes, borne: overflow, moves: moves() }),
        ("whole", Event::Closed { resident, moves: moves() }),
        ("whole", Event::Netted { officer: Some(id!(OfficerId, 21)), netting: netting() }),
        ("desk", Event::Netted { officer: None, netting: netting() }),
        ("whole", Event::Followed { resident, moves: moves() }),
    ]
    .map(|(special, event)| sample(special, event))
    .into()
}

pub(crate) fn commands() -> Vec<Command> {
    let [gift, _] = gifts();
    let wishes = [
        Wish::Mark(marking(Mark::KeyElder)),
        Wish::LinkKin(kin()),
        Wish::Store(deposit(Payer::Served, Into::Own)),
        Wish::Give(gift),
        Wish::Ask(ask()),
        Wish::Withdraw(id!(ResidentId, 12)),
        Wish::Net(id!(OfficerId, 21)),
        Wish::NetByDesk,
    ];
    wishes.into_iter().map(Command::from).collect()
}

pub(crate) fn refusals() -> Vec<Refusal> {
    let community = id!(AreaId, 3);
    vec![
        Refusal::NoTimeBank,
        Refusal::ActStoresNoTime(ActCode::new("EN-1").unwrap()),
        Refusal::AlreadyStored,
        Refusal::HonourMinutes,
        Refusal::NobodyServed,
        Refusal::NotKeyElder,
        Refusal::MarkedAlready,
        Refusal::TimeShort { has: -30, needed: 60, may_owe: 1_500 },
        Refusal::ChestAwaited { waiting: 2 },
        Refusal::NotKin,
        Refusal::AlreadyKin,
        Refusal::AsksAlready,
        Refusal::AsksNothing,
        Refusal::NoTime,
        Refusal::AboveTimeCap { room: 45 },
        Refusal::SurplusLimit { community, after: -301, most: 300 },
        Refusal::DeficitLimit { community, after: 301, most: 300 },
        Refusal::NothingToNet,
        Refusal::NettingDue { most: 600 },
    ]
}

/// A rule set that tells of the time bank.
pub(crate) fn rules_with_time_bank() -> RuleSet {
    let time_bank = TimeBankRules {
        acts: vec![ActCode::new("AS-1").unwrap(), ActCode::new("AS-2").unwrap()],
        cap: Minutes::new(90_000),
        owe_most: Minutes::new(1_500),
        surplus_most: Minutes::new(300_000),
        deficit_most: Minutes::new(240_000),
        ask_days: 90,
    };
    RuleSet { time_bank: Some(time_bank), ..bare_rules() }
}
