//! Statements of suppliers: issued, disputed, resolved, settled.

use crate::spending::rich;
use crate::world::*;
use linli_domain::id::StatementId;
use linli_domain::posting::Account;
use linli_domain::quantity::{Fen, Points};
use linli_domain::redemption::{self, ReturnReason, Returning};
use linli_domain::statement::{
    Command, Dispute, DisputeReason, Due, Event, Issue, Resolve, Ruling, Settle, Statement,
};
use linli_domain::text::Reference;
use linli_domain::{Noun, Refusal};

fn note() -> Reference {
    Reference::new("2025-Q1").unwrap()
}

fn id(number: u128) -> StatementId {
    StatementId::from_number(number)
}

fn issue(world: &mut World, number: u128) -> Result<Statement, Refusal> {
    let wish = Issue { statement: id(number), supplier: MERCHANT, label: note() };
    let records = world.wish(Command::Issue(wish))?;
    match &records[0].event {
        linli_domain::Event::Statement(Event::Issued(statement)) => Ok((**statement).clone()),
        other => panic!("{other:?}"),
    }
}

fn due(points_text: &str, fen: i64) -> Due {
    Due { points: points(points_text), fen: Fen::from_hundredths(fen) }
}

fn dispute(number: u128, claimed: Due) -> Command {
    let (statement, reason) = (id(number), DisputeReason::Quantity);
    let dispute = Dispute { statement, item: Some(RICE), reason, claimed };
    Command::Dispute { supplier: MERCHANT, dispute }
}

fn resolve(number: u128, ruling: Ruling) -> Command {
    let statement = id(number);
    Command::Resolve(Resolve { statement, item: Some(RICE), ruling, reference: note() })
}

fn settle(number: u128) -> Command {
    Command::Settle(Settle { statement: id(number), reference: note() })
}

fn sell(world: &mut World, number: u128) {
    let wish = basket(number, resident(1), STATION, &[(RICE, 1)]);
    world.wish(redemption::Command::Sell(wish)).unwrap();
}

fn owed(world: &World) -> String {
    world.state.balance(Account::Supplier(MERCHANT)).points.to_string()
}

#[test]
fn a_late_return_falls_into_the_next_period() {
    let mut world = rich(4);
    assert_eq!(issue(&mut world, 1), Err(Refusal::NothingToState));
    sell(&mut world, 1);
    let first = issue(&mut world, 1).unwrap();
    assert_eq!(
        (first.opening, first.captured, first.closing),
        (Due::ZERO, due("4.40", 100), due("4.40", 100))
    );
    assert_eq!(first.lines.len(), 1);
    assert_eq!(issue(&mut world, 1), Err(Refusal::AlreadyExists(Noun::Statement)));
    assert_eq!(issue(&mut world, 2), Err(Refusal::NothingToState));
    let closed = world.state.position();
    world.wish(settle(1)).unwrap();
    assert_eq!(owed(&world), "0.00");
    let wish = Returning {
        redemption: linli_domain::id::RedemptionId::from_number(1),
        station: STATION,
        lines: Vec::new(),
        reason: ReturnReason::Unwanted,
        officer: None,
    };
    world.wish(redemption::Command::Return(wish)).unwrap();
    assert_eq!(owed(&world), "-4.40", "more came back than was still to be paid");
    let second = issue(&mut world, 2).unwrap();
    assert_eq!(second.since, closed);
    assert_eq!((second.opening, second.paid), (due("4.40", 100), due("4.40", 100)));
    assert_eq!(second.returned, due("4.40", 100));
    assert_eq!(second.closing.points.to_string(), "-4.40");
    assert_eq!(second.closing.fen, Fen::from_hundredths(-100));
    world.state.check_laws().unwrap();
}

#[test]
fn a_dispute_is_upheld_or_dismissed() {
    for (ruling, paid) in [(Ruling::Dismissed, "4.40"), (Ruling::Upheld(due("8.80", 200)), "8.80")]
    {
        let mut world = rich(4);
        sell(&mut world, 1);
        issue(&mut world, 1).unwrap();
        assert_eq!(world.wish(resolve(1, ruling)), Err(Refusal::NotDisputed));
        world.wish(dispute(1, due("8.80", 200))).unwrap();
        assert_eq!(world.wish(dispute(1, due("8.80", 200))), Err(Refusal::AlreadyDisputed));
        assert_eq!(world.wish(settle(1)), Err(Refusal::DisputesOpen { open: 1 }));
        world.wish(resolve(1, ruling)).unwrap();
        assert_eq!(world.wish(resolve(1, ruling)), Err(Refusal::AlreadyResolved));
        assert_eq!(owed(&world), paid);
        world.wish(settle(1)).unwrap();
        assert_eq!(owed(&world), "0.00");
        let settled = world.state.balance(Account::Settled(MERCHANT)).points;
        assert_eq!(settled.to_string(), paid);
        assert_eq!(world.wish(settle(1)), Err(Refusal::AlreadySettled));
        let next = issue(&mut world, 2).unwrap();
        assert_eq!(next.closing, Due::ZERO);
        assert_eq!(next.paid.points.to_string(), paid);
        world.state.check_laws().unwrap();
    }
}

#[test]
fn nobody_speaks_for_another_supplier() {
    let mut world = rich(2);
    sell(&mut world, 1);
    issue(&mut world, 1).unwrap();
    let Command::Dispute { dispute, .. } = dispute(1, Due::ZERO) else { panic!() };
    let other = Command::Dispute { supplier: DEPARTMENT, dispute };
    assert_eq!(world.wish(other), Err(Refusal::Unknown(Noun::Statement)));
    let elsewhere = Dispute { item: Some(ADVICE), ..dispute };
    let wish = Command::Dispute { supplier: MERCHANT, dispute: elsewhere };
    assert_eq!(world.wish(wish), Err(Refusal::NotStated));
    assert_eq!(world.state.balance(Account::Corrected(MERCHANT)).points, Points::ZERO);
}
