//! A history in which everything happens once or more: a few hundred records.

use linli_domain::contribution::{self, RejectReason, Rejection, Signal};
use linli_domain::item::{self, Pricing};
use linli_domain::quantity::Fen;
use linli_domain::redemption::{Command, VoidReason};
use linli_domain::{BodyHash, Event, IdempotencyKey, Origin, Record, Stamp, resident};

use super::world::{
    DAY, GRID_OFFICER, HAIRCUT, HEAD, HOUR, MINUTE, RICE, STATION, STREET_OFFICER, World, at,
    basket, claim, contribution as contribution_id, points, redemption, resident as who, submit,
    verify,
};

/// Two months of service and shopping.
pub(crate) fn history() -> World {
    let mut world = World::new();
    for number in 1..=3 {
        world.wish(resident::Command::JoinRanking(who(number))).unwrap();
    }
    world.wish(resident::Command::LeaveRanking(who(2))).unwrap();
    let mut number = 0;
    for day in 0..10 {
        world.now += DAY - 7 * HOUR;
        for person in 1..=7 {
            number += 1;
            let act = ["CLEAN", "PATROL", "CLEAN"][usize::try_from(day % 3).unwrap()];
            world.serve(number, who(person), act);
        }
    }
    decided_otherwise(&mut world);
    shopping(&mut world);
    // What was earned lapses at the end of a month.
    world.now += 70 * DAY;
    world.wish(resident::Command::JoinRanking(who(2))).unwrap();
    world
}

/// A weak one, a rejected one, one that two levels verify, and one that waits.
fn decided_otherwise(world: &mut World) {
    world.now += DAY;
    let mut weak = claim(200, who(5), "CLEAN", world.now - 2 * HOUR, world.now - HOUR);
    weak.signals = [Signal::AdministratorEntry].into_iter().collect();
    world.wish(submit(weak)).unwrap();
    world.wish(verify(200, GRID_OFFICER)).unwrap();
    world.wish(submit(claim(201, who(5), "CLEAN", world.now - HOUR, world.now))).unwrap();
    let reason = RejectReason::EvidenceUnclear;
    let word = Rejection { contribution: contribution_id(201), officer: GRID_OFFICER, reason };
    world.wish(contribution::Command::Reject(word)).unwrap();
    world.wish(submit(claim(202, who(4), "DEED", world.now - HOUR, world.now))).unwrap();
    world.wish(verify_assessed(202, GRID_OFFICER, "30")).unwrap();
    world.wish(verify_assessed(202, STREET_OFFICER, "30")).unwrap();
    world.wish(submit(claim(203, who(6), "LEARN", world.now - HOUR, world.now))).unwrap();
    world.wish(submit(claim(204, who(7), "LEARN", world.now - HOUR, world.now))).unwrap();
    world.wish(verify(204, HEAD)).unwrap();
}

fn verify_assessed(
    number: u128,
    officer: linli_domain::id::OfficerId,
    assessed: &str,
) -> contribution::Command {
    let contribution = contribution_id(number);
    let assessed = Some(points(assessed));
    contribution::Command::Verify(contribution::Verification {
        contribution,
        officer,
        assessed,
        difficulty: None,
    })
}

fn shopping(world: &mut World) {
    let station = STATION;
    world.wish(Command::Sell(basket(1, who(1), station, &[(RICE, 1), (HAIRCUT, 1)]))).unwrap();
    world.wish(Command::Reserve(basket(2, who(2), station, &[(RICE, 1)]))).unwrap();
    world
        .wish(Command::Capture {
            redemption: redemption(2),
            station,
            shift: None,
            shown: None,
            handed: Vec::new(),
        })
        .unwrap();
    world.wish(Command::Reserve(basket(3, who(3), station, &[(RICE, 1)]))).unwrap();
    let reason = VoidReason::Resident;
    world.wish(Command::Void { redemption: redemption(3), station, reason }).unwrap();
    world.wish(Command::Reserve(basket(4, who(4), station, &[(RICE, 1), (HAIRCUT, 2)]))).unwrap();
    world.now += 31 * MINUTE;
    let (price, cost) = (points("2.5"), Fen::from_hundredths(250));
    world.wish(item::Command::Price(Pricing { item: HAIRCUT, price, cost })).unwrap();
    world.wish(Command::Reserve(basket(5, who(5), station, &[(HAIRCUT, 1)]))).unwrap();
}

/// Puts a fact into a history that its rules would not have led to, as a forger at the writer's
/// place could: postings, balances, hashes and roots are all as they should be.
pub(crate) fn forge(world: &mut World, events: Vec<Event>) -> Vec<Record> {
    world.let_due_happen();
    world.commands += 1;
    let key = IdempotencyKey::new(&format!("k{}", world.commands)).unwrap();
    let body_hash = Some(BodyHash([7; 32]));
    let origin = Origin::Command { client: linli_domain::ClientId(7), key, body_hash };
    forge_as(world, events, origin)
}

/// As [`forge`], under this origin and with no regard to deadlines.
pub(crate) fn forge_as(world: &mut World, events: Vec<Event>, origin: Origin) -> Vec<Record> {
    let from = world.records.len();
    for event in events {
        let stamp = Stamp { recorded_at: at(world.now), origin: origin.clone() };
        let record = world.state.record(event, stamp).unwrap();
        world.records.push(record);
    }
    world.records[from..].to_vec()
}
