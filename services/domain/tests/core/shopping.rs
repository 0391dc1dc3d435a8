//! What random histories wish for at counters and in storerooms: the wishes behind their steps, and
//! histories that are mostly about goods.

use linli_domain::id::{ItemId, OfficerId, RedemptionId, StatementId, StationId, SupplierId};
use linli_domain::quantity::{Fen, Points};
use linli_domain::redemption::{Fate, ReturnLine, ReturnReason, Returning};
use linli_domain::statement::{self, Dispute, DisputeReason, Due, Ruling};
use linli_domain::{Command, item, pool};
use proptest::prelude::*;

use crate::histories::note;
use crate::steps::{Step, about, claiming};
use crate::world::*;
use crate::{offline, queueing, services, slots};

/// The number before those of what was earned at the beginning.
const FIRST_EARNED: u128 = 1_000_000;

/// From here on steps speak of what was earned at the beginning.
const EARNED: usize = 100;

/// The number of what was earned at the beginning, if a step speaks of it.
pub fn earned(which: usize) -> Option<u128> {
    let which = u128::try_from(which.checked_sub(EARNED)?).unwrap();
    Some(FIRST_EARNED + 10 * (which / 6) + 1 + which % 6)
}

/// Lets six residents earn nine points each in a day, by contributions with numbers that no history comes to:
/// where nobody has anything, nothing is ever bought. Before there are rules that look at who verifies how much.
pub fn earn(world: &mut World) {
    for turn in 0..3 {
        world.now += 3 * HOUR;
        for who in 1..=6 {
            let number = FIRST_EARNED + 10 * turn + who;
            let claim = claim(number, resident(who), "PATROL", world.now - 3 * HOUR, world.now);
            world.wish(submit(claim)).unwrap();
            world.wish(verify(number, GRID_OFFICER)).unwrap();
        }
    }
    // The next morning.
    world.now = MORNING + DAY;
    world.let_due_happen();
}

/// Histories that are mostly about what points are for; some begin shortly before the first points lapse.
pub fn spending() -> impl Strategy<Value = Vec<Step>> {
    let late = prop_oneof![2 => Just(0), 1 => Just(55 * 24 * 60)];
    let goods = (late, about(and_all_it_needs().boxed())).prop_map(|(minutes, mut steps)| {
        steps.insert(0, Step::Pass { minutes });
        steps
    });
    prop_oneof![
        3 => goods,
        2 => about(slots::and_all_it_needs().boxed()),
        1 => about(queueing::and_all_it_needs().boxed()),
        2 => about(offline::and_all_it_needs().boxed()),
    ]
}

/// What is claimed and verified without a hitch.
pub fn earning() -> impl Strategy<Value = Step> {
    let officer = prop_oneof![2 => Just(1_u128), 1 => Just(3), 1 => Just(10)];
    prop_oneof![
        2 => (1..=5_u128, 0..300_i64, 60..200_i64).prop_map(|(who, ago, minutes)| Step::Submit {
            who, act: 4, ago, minutes, signals: 1, beneficiary: None,
        }),
        3 => (0..3_usize, officer).prop_map(|(which, officer)| Step::Verify { which, officer, assessed: None }),
    ]
}

/// Goods and services: what is earned is reserved, sold, handed out in part, brought back; shelves are
/// counted and evened out; suppliers are stated to; and time passes, until holds time out and lots lapse.
pub fn and_all_it_needs() -> impl Strategy<Value = Step> {
    let (who, station) = (|| 1..=5_u128, || prop_oneof![4 => Just(1_u128), 1 => Just(2)]);
    let wish =
        (prop_oneof![1 => Just(1_u128), 2 => Just(2)], prop_oneof![4 => Just(1_u32), 1 => Just(2)]);
    let wishes = || prop::collection::vec(wish.clone(), 1..=2);
    let line = (1..=2_u128, Just(1_u32), 0..4_u8);
    let lines = prop_oneof![1 => Just(Vec::new()), 4 => line.prop_map(|line| vec![line])];
    let officer = prop_oneof![1 => Just(None), 3 => Just(Some(3))];
    prop_oneof![
        4 => claiming(),
        4 => earning(),
        2 => (EARNED..EARNED + 18).prop_map(|which| Step::Reverse { which, officer: 3 }),
        6 => (who(), station(), wishes()).prop_map(|(who, station, wishes)| Step::Reserve { who, station, wishes }),
        4 => (who(), station(), wishes()).prop_map(|(who, station, wishes)| Step::Sell { who, station, wishes }),
        6 => (0..4_usize, station(), prop_oneof![1 => Just(Vec::new()), 2 => wishes()])
            .prop_map(|(which, station, handed)| Step::Capture { which, station, handed }),
        1 => (0..4_usize, station()).prop_map(|(which, station)| Step::Void { which, station }),
        6 => (0..6_usize, station(), lines, 0..5_u8, officer)
            .prop_map(|(which, station, lines, reason, officer)| Step::Return { which, station, lines, reason, officer }),
        2 => (station(), Just(1_u128), 0..6_u32, 0..4_u8, Just(3_u128))
            .prop_map(|(station, item, quantity, how, officer)| Step::Stock { station, item, quantity, how, officer }),
        1 => (station(), 1..5_u32).prop_map(|(station, quantity)| Step::Receive { station, quantity }),
        4 => (1..=2_u128, 0..4_u8, 1..=2_u128, 0..900_i64)
            .prop_map(|(supplier, how, item, hundredths)| Step::State { supplier, how, item, hundredths }),
        3 => services::step().prop_map(Step::Services),
        3 => offline::step().prop_map(Step::Offline),
        1 => (0..90_i64).prop_map(|minutes| Step::Pass { minutes }),
    ]
}

/// The wish about stock behind a step.
pub fn stock(step: &Step) -> Option<item::Command> {
    let Step::Stock { station, item, quantity, how, officer } = step else { return None };
    let (from, to) = (StationId::from_number(*station), StationId::from_number(3 - station));
    let item = ItemId::from_number(*item);
    let (quantity, officer) = (*quantity, OfficerId::from_number(*officer));
    Some(match how {
        0 => item::Command::CountStock(item::CountStock {
            station: from,
            item,
            officer,
            operator: None,
            found: quantity,
        }),
        1 => item::Command::MoveStock(item::Move { from, to, item, quantity, reference: note() }),
        2 => item::Command::SendStockBack(item::Delivery {
            station: from,
            item,
            quantity,
            reference: note(),
        }),
        _ => {
            let reason = item::WriteOffReason::PastDate;
            let goods = item::WriteOffStock { station: from, item, quantity, reason, officer };
            item::Command::WriteOffStock(goods)
        }
    })
}

/// What comes back behind a step.
pub fn returning(step: &Step, redemption: RedemptionId) -> Option<Returning> {
    let Step::Return { station, lines, reason, officer, .. } = step else { return None };
    let line = |(item, quantity, fate): &(u128, u32, u8)| ReturnLine {
        item: ItemId::from_number(*item),
        quantity: *quantity,
        fate: [Fate::Shelf, Fate::SentBack, Fate::WrittenOff, Fate::Gone][usize::from(*fate)],
    };
    let reasons = [
        ReturnReason::Unwanted,
        ReturnReason::WrongItem,
        ReturnReason::Mishandled,
        ReturnReason::Defective,
        ReturnReason::NotRendered,
    ];
    Some(Returning {
        redemption,
        station: StationId::from_number(*station),
        lines: lines.iter().map(line).collect(),
        reason: reasons[usize::from(*reason)],
        officer: officer.map(OfficerId::from_number),
    })
}

/// The wish about a statement behind a step: about the newest one, or a new one.
pub fn settling(step: &Step, world: &World) -> Option<statement::Command> {
    let Step::State { supplier, how, item, hundredths } = step else { return None };
    let issued = u128::try_from(world.state.statements().len()).unwrap();
    let supplier = SupplierId::from_number(*supplier);
    let item = Some(ItemId::from_number(*item));
    let statement = StatementId::from_number(issued);
    let amount = Due {
        points: Points::from_hundredths(*hundredths),
        fen: Fen::from_hundredths(2 * hundredths),
    };
    Some(match how {
        0 => {
            let statement = StatementId::from_number(issued + 1);
            let issue = statement::Issue { statement, supplier, label: note() };
            statement::Command::Issue(issue)
        }
        1 => {
            let reason = DisputeReason::Quantity;
            let dispute = Dispute { statement, item, reason, claimed: amount };
            statement::Command::Dispute { supplier, dispute }
        }
        2 => {
            let ruling = if *hundredths < 300 { Ruling::Dismissed } else { Ruling::Upheld(amount) };
            let resolve = statement::Resolve { statement, item, ruling, reference: note() };
            statement::Command::Resolve(resolve)
        }
        _ => statement::Command::Settle(statement::Settle { statement, reference: note() }),
    })
}

/// Goods for a station, or points for the pool.
pub fn supply(step: &Step) -> Option<Command> {
    Some(match step {
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
        _ => return None,
    })
}
