//! What records change, as tables.

use linli_domain::Record;
use linli_domain::award::MinutesKind;
use linli_domain::contribution::{self, Claim, Grade, RejectReason, Signal, Status};
use linli_domain::item::{self, Delivery, Pricing};
use linli_domain::posting::Account;
use linli_domain::quantity::{Fen, Merit};
use linli_domain::redemption::{self, VoidReason};
use linli_domain::rules::{RuleVersion, Seasons, Ties};
use linli_domain::text::Reference;
use linli_domain::time::{Window, Zone};
use linli_domain::{officer, resident, wallet};
use linli_readmodel::balances::Kind;
use linli_readmodel::rankings::Calendar;

use super::sample::*;
use super::{Balances, Catalogue, Contributions, Directory, Fold, Rankings, Redemptions};
use crate::error::FoldError;

fn fold<F: Fold>(fold: &F, records: &[Record]) -> F::Changes {
    let mut changes = F::Changes::default();
    records.iter().for_each(|record| fold.fold(&mut changes, record).unwrap());
    changes
}

const AVAILABLE: Account = Account::Available(RESIDENT);
const HELD: Account = Account::Held(RESIDENT);

fn earned() -> Record {
    let event = contribution::Event::Awarded(Box::new(award()));
    record(1, event, &[(Account::Pool(POOL), -200, 800), (AVAILABLE, 200, 200)])
}

fn reserved(position: u64) -> Record {
    let event = redemption::Event::Reserved { slip: slip(), expires_at: at(MORNING) };
    record(position, event, &[(AVAILABLE, -150, 50), (HELD, 150, 150)])
}

fn captured(position: u64) -> Record {
    let event = redemption::Event::Captured(slip());
    record(position, event, &[(HELD, -150, 0), (Account::Supplier(MERCHANT), 150, 150)])
}

fn voided(position: u64) -> Record {
    // Half a point had passed its date.
    let event = redemption::Event::Voided {
        slip: slip(),
        reason: VoidReason::Station,
        lapsed: vec![part(50)],
    };
    let expired = (Account::Expired(POOL), 50, 50);
    record(position, event, &[(HELD, -150, 0), (AVAILABLE, 100, 150), expired])
}

fn sold(position: u64) -> Record {
    let event = redemption::Event::Sold(slip());
    record(position, event, &[(AVAILABLE, -150, 50), (Account::Supplier(MERCHANT), 150, 150)])
}

fn lapsed(position: u64) -> Record {
    let event = wallet::Event::LotExpired { resident: RESIDENT, lapsed: part(50) };
    record(position, event, &[(AVAILABLE, -50, 0), (Account::Expired(POOL), 50, 50)])
}

#[test]
fn points_move_between_wallet_lot_pool_and_supplier() {
    // After each history: available and held of the wallet and of the lot, the pool's drawn, left
    // and lapsed, the supplier's owed; and the kinds of the statement's lines.
    type Expected = ([i64; 4], [i64; 3], i64, &'static [Kind]);
    use Kind::*;
    let table: [(&[Record], Expected); 6] = [
        (&[earned()], ([200, 0, 200, 0], [200, -200, 0], 0, &[Earned])),
        (
            &[earned(), reserved(2)],
            ([50, 150, 50, 150], [200, -200, 0], 0, &[Earned, Reserved, Reserved]),
        ),
        (
            &[earned(), reserved(2), captured(3)],
            ([50, 0, 50, 0], [200, -200, 0], 150, &[Earned, Reserved, Reserved, Captured]),
        ),
        (
            &[earned(), reserved(2), voided(3)],
            ([150, 0, 150, 0], [200, -200, 50], 0, &[Earned, Reserved, Reserved, Voided, Voided]),
        ),
        (&[earned(), sold(2)], ([50, 0, 50, 0], [200, -200, 0], 150, &[Earned, Sold])),
        (
            &[earned(), sold(2), lapsed(3)],
            ([0, 0, 0, 0], [200, -200, 50], 150, &[Earned, Sold, Lapsed]),
        ),
    ];
    for (records, (amounts, of_pool, owed, kinds)) in table {
        let changes = fold(&Balances, records);
        let (wallet, lot) = (&changes.wallets[&RESIDENT], changes.lots.values().next().unwrap());
        let found = [wallet.available, wallet.held, lot.available, lot.held];
        assert_eq!(found.map(|points| points.hundredths()), amounts, "{kinds:?}");
        let pool = &changes.pools[&POOL];
        assert_eq!([pool.drawn, pool.left, pool.lapsed].map(|points| points.hundredths()), of_pool);
        let supplier = changes.suppliers.get(&MERCHANT);
        assert_eq!(supplier.map_or(0, |supplier| supplier.owed.hundredths()), owed);
        assert_eq!(changes.lines.iter().map(|line| line.kind).collect::<Vec<_>>(), kinds);
        assert_eq!(
            (wallet.minutes, wallet.honour_minutes, wallet.merit.hundredths()),
            (60, 0, 220)
        );
    }
}

#[test]
fn honour_minutes_are_apart_and_no_points_make_no_lot() {
    let late =
        linli_domain::award::Award { minutes_kind: MinutesKind::Honour, issue: None, ..award() };
    let event = contribution::Event::Awarded(Box::new(late));
    let changes = fold(&Balances, &[record(1, event, &[])]);
    let wallet = &changes.wallets[&RESIDENT];
    assert_eq!((wallet.minutes, wallet.honour_minutes), (0, 60));
    assert!(changes.lots.is_empty() && changes.lines.is_empty() && changes.pools.is_empty());
}

#[test]
fn points_that_move_without_a_cause_are_refused() {
    let event = resident::Event::VolunteerEnrolled(RESIDENT);
    let unexplained = record(1, event, &[(AVAILABLE, 1, 1)]);
    let outcome = Balances.fold(&mut Default::default(), &unexplained);
    assert_eq!(outcome, Err(FoldError::Unexplained));
    let mut changes = fold(&Balances, &[earned()]);
    changes.wallets.get_mut(&RESIDENT).unwrap().available = points(i64::MAX);
    assert_eq!(Balances.fold(&mut changes, &earned()), Err(FoldError::Range));
}

#[test]
fn stock_comes_and_goes() {
    let delivery = Delivery {
        station: STATION,
        item: RICE,
        quantity: 9,
        reference: Reference::new("1").unwrap(),
    };
    let received = || record(1, item::Event::StockReceived(delivery.clone()), &[]);
    for (records, expected) in [
        (vec![received()], [9, 9, 0, 0]),
        (vec![received(), reserved(2)], [9, 9, 2, 0]),
        (vec![received(), reserved(2), captured(3)], [9, 7, 0, 2]),
        (vec![received(), reserved(2), voided(3)], [9, 9, 0, 0]),
        (vec![received(), sold(2)], [9, 7, 0, 2]),
    ] {
        let changes = fold(&Catalogue, &records);
        let shelf = &changes.shelves[&(STATION, RICE)];
        let found = [shelf.received, shelf.on_hand, shelf.reserved, shelf.delivered];
        assert_eq!(found, expected);
        // A haircut is on no shelf.
        assert_eq!(changes.shelves.len(), 1);
    }
}

#[test]
fn the_last_price_of_a_batch_holds_and_all_are_kept() {
    let priced = |position, price| {
        let cost = Fen::from_hundredths(1);
        record(
            position,
            item::Event::Priced(Pricing { item: RICE, price: points(price), cost }),
            &[],
        )
    };
    let changes = fold(&Catalogue, &[priced(1, 10), priced(2, 20)]);
    assert_eq!(changes.pricings[&RICE].price, points(20));
    assert_eq!(changes.prices.iter().map(|price| price.position.0).collect::<Vec<_>>(), [1, 2]);
}

fn calendar() -> Calendar {
    Calendar {
        version: RuleVersion(1),
        effective_from: at(0),
        zone: Zone::CHINA,
        ties: Ties::default(),
        seasons: Seasons::default(),
    }
}

fn rankings() -> Rankings {
    let mut rankings = Rankings::default();
    let mut published = linli_readmodel::rankings::Changes::default();
    published.calendars.push(calendar());
    rankings.learn(&published);
    rankings
}

#[test]
fn merit_counts_for_every_stored_window_in_which_the_service_ended() {
    let twice = [earned(), record(5, earned().event, &[])];
    let changes = fold(&rankings(), &twice);
    let mut windows = Vec::new();
    for ((period, grid, resident), score) in &changes.scores {
        assert_eq!((*grid, *resident), (GRID, RESIDENT));
        assert_eq!((score.merit, score.reached.0), (Merit::from_hundredths(440), 5));
        windows.push((period.window, period.index));
    }
    assert_eq!(
        windows,
        [(Window::Week, 2879), (Window::Month, 2025 * 12 + 2), (Window::AllTime, 0),]
    );
}

#[test]
fn an_award_needs_rules_that_were_published() {
    let none = Rankings::default();
    let mut changes = linli_readmodel::rankings::Changes::default();
    let refused = Err(FoldError::UnknownRules(RuleVersion(1)));
    assert_eq!(none.fold(&mut changes, &earned()), refused);
    // In the same batch is early enough.
    changes.calendars.push(calendar());
    assert_eq!(none.fold(&mut changes, &earned()), Ok(()));
}

#[test]
fn who_leaves_the_ranking_is_gone_at_once() {
    let joined = || record(1, resident::Event::RankingJoined(RESIDENT), &[]);
    let left = || record(2, resident::Event::RankingLeft(RESIDENT), &[]);
    for (records, shown) in [
        (vec![joined()], true),
        (vec![joined(), left()], false),
        (vec![joined(), left(), joined()], true),
    ] {
        assert_eq!(fold(&rankings(), &records).members[&RESIDENT].shown, shown);
        assert_eq!(fold(&Directory, &records).rankings[&RESIDENT].ranked, shown);
    }
}

#[test]
fn a_case_is_decided_by_the_record_that_says_so() {
    let word = contribution::Verification {
        contribution: LOT,
        officer: OFFICER,
        assessed: None,
        difficulty: None,
    };
    let verified = |position| record(position, contribution::Event::Verified(word), &[]);
    let changes = fold(&Contributions, &[verified(1), verified(2)]);
    assert_eq!(changes.verifyings[&LOT].verifications, 2);
    // What decides a case takes its verifications along: a row is changed once.
    let changes = fold(&Contributions, &[verified(1), verified(2), earned()]);
    assert!(changes.verifyings.is_empty());
    assert_eq!(changes.verifications.len(), 2);
    let awarding = &changes.awardings[&LOT];
    assert_eq!(awarding.verifications, 2);
    assert_eq!(awarding.status, Status::Awarded);
    assert_eq!(awarding.decided_position, Some(linli_domain::Position(1)));
    assert_eq!((awarding.points, awarding.pool), (Some(points(200)), Some(POOL)));
}

fn submitted() -> Record {
    let claim = Claim {
        contribution: LOT,
        resident: RESIDENT,
        act: award().act,
        grid: GRID,
        happened: award().happened,
        estate: None,
        beneficiary: None,
        alert: false,
        signals: [Signal::Photo].into_iter().collect(),
        attachments: Vec::new(),
    };
    record(1, contribution::Event::Submitted { claim, grade: Grade::B, caused_by: None }, &[])
}

#[test]
fn what_becomes_of_a_new_case_is_in_its_row() {
    let word = contribution::Verification {
        contribution: LOT,
        officer: OFFICER,
        assessed: None,
        difficulty: None,
    };
    let verified = || record(2, contribution::Event::Verified(word), &[]);
    let reason = RejectReason::NotDone;
    let word = contribution::Rejection { contribution: LOT, officer: OFFICER, reason };
    let rejected = || record(3, contribution::Event::Rejected(word), &[]);
    for (records, verifications, status) in [
        (vec![submitted()], 0, Status::Pending),
        (vec![submitted(), verified()], 1, Status::Pending),
        (vec![submitted(), verified(), earned()], 1, Status::Awarded),
        (vec![submitted(), rejected()], 0, Status::Rejected),
    ] {
        let changes = fold(&Contributions, &records);
        let case = &changes.cases[&LOT];
        assert_eq!((case.verifications, case.status), (verifications, status));
        assert_eq!(case.decided_at.is_some(), status != Status::Pending);
        assert_eq!(case.points.is_some(), status == Status::Awarded);
        assert_eq!(case.reject_reason.is_some(), status == Status::Rejected);
        assert!(changes.verifyings.is_empty() && changes.awardings.is_empty());
        assert!(changes.rejectings.is_empty());
    }
}

#[test]
fn of_a_lot_that_was_there_before_only_what_moved_is_told() {
    for (records, moved) in [
        (vec![reserved(2)], [-150, 150]),
        (vec![reserved(2), captured(3)], [-150, 0]),
        (vec![captured(3)], [0, -150]),
        (vec![sold(2), lapsed(3)], [-200, 0]),
    ] {
        let changes = fold(&Balances, &records);
        assert!(changes.lots.is_empty());
        let part = changes.parts.values().next().unwrap();
        assert_eq!([part.available, part.held].map(|points| points.hundredths()), moved);
    }
}

#[test]
fn a_slip_is_written_once_and_ends_once() {
    use redemption::Status::*;
    for (records, written, ending) in [
        (vec![reserved(2)], Some(Reserved), None),
        (vec![reserved(2), captured(3)], Some(Captured), None),
        (vec![captured(3)], None, Some((Captured, 3, 0))),
        (vec![voided(3)], None, Some((Voided, 3, 50))),
        (vec![sold(2)], Some(Captured), None),
    ] {
        let changes = fold(&Redemptions, &records);
        let row = changes.redemptions.get(&REDEMPTION);
        assert_eq!(row.map(|row| row.status), written);
        assert!(row.is_none_or(|row| (row.status == Captured) == row.ended_at.is_some()));
        let found = changes.endings.get(&REDEMPTION).map(|ending| {
            (ending.status, ending.ended_position.unwrap().0, ending.lapsed.hundredths())
        });
        assert_eq!(found, ending);
        let once = usize::from(written.is_some());
        assert_eq!((changes.lines.len(), changes.lots.len()), (2 * once, once));
    }
}

#[test]
fn an_officer_retires() {
    let officer = OFFICER;
    let changes = fold(&Directory, &[record(1, officer::Event::Retired(officer), &[])]);
    assert!(changes.retirements[&officer].retired);
}
