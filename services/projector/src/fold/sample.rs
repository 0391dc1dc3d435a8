//! Records for the tests of folds, made by hand.

use linli_domain::award::{Award, Issue, MinutesKind};
use linli_domain::contribution::Grade;
use linli_domain::id::*;
use linli_domain::posting::{Account, Posting};
use linli_domain::quantity::{Fen, Merit, Minutes, Points};
use linli_domain::redemption::{Line, Slip};
use linli_domain::rules::{Category, RuleVersion};
use linli_domain::text::ActCode;
use linli_domain::time::{Interval, Timestamp};
use linli_domain::wallet::LotTaken;
use linli_domain::{Event, Origin, Position, Record};

pub(super) const RESIDENT: ResidentId = ResidentId::from_number(1);
pub(super) const LOT: LotId = ContributionId::from_number(2);
pub(super) const POOL: PoolId = PoolId::from_number(3);
pub(super) const GRID: AreaId = AreaId::from_number(4);
pub(super) const STATION: StationId = StationId::from_number(5);
pub(super) const RICE: ItemId = ItemId::from_number(6);
pub(super) const HAIRCUT: ItemId = ItemId::from_number(7);
pub(super) const MERCHANT: SupplierId = SupplierId::from_number(8);
pub(super) const OFFICER: OfficerId = OfficerId::from_number(10);
pub(super) const REDEMPTION: RedemptionId = RedemptionId::from_number(9);

/// Monday 2025-03-03, 09:00 in Nanjing.
pub(super) const MORNING: i64 = 1_740_963_600_000_000;
const HOUR: i64 = 3_600_000_000;

pub(super) fn at(microseconds: i64) -> Timestamp {
    Timestamp::from_microseconds(microseconds)
}

pub(super) fn points(hundredths: i64) -> Points {
    Points::from_hundredths(hundredths)
}

pub(super) fn record(
    position: u64,
    event: impl Into<Event>,
    postings: &[(Account, i64, i64)],
) -> Record {
    let posting = |(account, amount, balance): &(Account, i64, i64)| Posting {
        account: *account,
        amount: points(*amount),
        balance: points(*balance),
        version: 1,
    };
    Record {
        position: Position(position),
        recorded_at: at(MORNING),
        happened_at: at(MORNING - HOUR),
        origin: Origin::Deadline,
        event: event.into(),
        postings: postings.iter().map(posting).collect(),
    }
}

/// Two points, 2.20 merit and an hour for the hour before `MORNING`.
pub(super) fn award() -> Award {
    Award {
        contribution: LOT,
        resident: RESIDENT,
        grid: GRID,
        estate: None,
        act: ActCode::new("CLEAN").unwrap(),
        category: Category::Environment,
        happened: Interval::new(at(MORNING - HOUR), at(MORNING)).unwrap(),
        grade: Grade::B,
        rules: RuleVersion(1),
        minutes: Minutes::new(60),
        minutes_kind: MinutesKind::Service,
        merit: Merit::from_hundredths(220),
        issue: Some(Issue { pool: POOL, points: points(200), expires_at: at(MORNING + HOUR) }),
        counted_minutes: Minutes::new(60),
        counted_points: points(200),
        repaid: Vec::new(),
        lines: Vec::new(),
    }
}

/// A part of the lot of [`award`].
pub(super) fn part(hundredths: i64) -> LotTaken {
    LotTaken { lot: LOT, pool: POOL, expires_at: at(MORNING + HOUR), points: points(hundredths) }
}

/// Two bags of rice and a haircut for 1.50.
pub(super) fn slip() -> Slip {
    let line = |item, quantity, price, stocked| Line {
        item,
        supplier: MERCHANT,
        quantity,
        price: points(price),
        cost: Fen::from_hundredths(100),
        stocked,
    };
    Slip {
        redemption: REDEMPTION,
        resident: RESIDENT,
        station: STATION,
        shift: None,
        shown: None,
        lines: vec![line(RICE, 2, 50, true), line(HAIRCUT, 1, 50, false)],
        total: points(150),
        lots: vec![part(150)],
    }
}
