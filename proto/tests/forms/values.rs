//! Values that samples are made of. They never change: golden bytes hang on them.

use linli_domain::Position;
use linli_domain::area::Level;
use linli_domain::calendar::{Day, Weekdays, WorkingCalendar};
use linli_domain::contribution::{
    Attaching, Attachment, AttachmentKind, Claim, Grade, Signal, Signals,
};
use linli_domain::id::ContributionId;
use linli_domain::item::Taker;
use linli_domain::officer::Duty;
use linli_domain::posting::{Account, Posting};
use linli_domain::quantity::{Fen, Merit, Minutes, Points};
use linli_domain::redemption::{Line, Slip};
use linli_domain::rules::{
    Act, Amount, Cap, Category, Coefficients, Expiry, Fairness, GradeTerms, Limit, LotLife, Quota,
    Redeemed, ReturnTerms, RuleSet, RuleVersion, Sampling, Scope, SignalRule, Spending,
    SpendingLimit, Tried, TriedSums, Unit, VerificationNeed,
};
use linli_domain::text::{Bilingual, Name};
use linli_domain::time::{Interval, Timestamp, Window, Zone};
use linli_domain::wallet::LotTaken;
use rust_decimal::Decimal;

/// The number of an id with something in both halves.
pub(crate) fn number(n: u128) -> u128 {
    0x019a_bcde_f012_3456_0000_0000_0000_0000 | n
}

/// An id of the type that is wanted.
macro_rules! id {
    ($name:ident, $n:literal) => {
        linli_domain::id::$name::from_number(crate::values::number($n))
    };
}
pub(crate) use id;

pub(crate) fn points(hundredths: i64) -> Points {
    Points::from_hundredths(hundredths)
}

pub(crate) fn at(minute: i64) -> Timestamp {
    Timestamp::from_microseconds(1_767_225_600_000_000 + minute * 60_000_000)
}

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn name(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: Name::new(zh).unwrap(), en: Name::new(en).unwrap() }
}

pub(crate) fn interval() -> Interval {
    Interval::new(at(0), at(90)).unwrap()
}

pub(crate) const LEVELS: [Level; 5] =
    [Level::MicroGrid, Level::Grid, Level::Community, Level::SubDistrict, Level::District];

pub(crate) const GRADES: [Grade; 4] = [Grade::A, Grade::B, Grade::C, Grade::D];

/// A claim with every option filled.
pub(crate) fn full_claim() -> Claim {
    Claim {
        contribution: id!(ContributionId, 10),
        resident: id!(ResidentId, 11),
        act: "AS-1".parse().unwrap(),
        grid: id!(AreaId, 12),
        happened: interval(),
        estate: None,
        beneficiary: Some(id!(ResidentId, 13)),
        alert: true,
        // All that there were when the golden line was written.
        signals: Signal::ALL.iter().copied().take(9).collect(),
        attachments: [AttachmentKind::Photo, AttachmentKind::Paper, AttachmentKind::Document]
            .map(|kind| Attachment::of(kind, [0xab; 32]))
            .into(),
    }
}

/// A file that came after the claim.
pub(crate) fn attaching() -> Attaching {
    let files = vec![Attachment::of(AttachmentKind::Paper, [0xcd; 32])];
    Attaching { contribution: id!(ContributionId, 10), resident: id!(ResidentId, 11), files }
}

/// A claim with every option empty.
pub(crate) fn bare_claim() -> Claim {
    Claim {
        beneficiary: None,
        alert: false,
        signals: Signals::NONE,
        attachments: Vec::new(),
        ..full_claim()
    }
}

pub(crate) fn lot(lot: ContributionId, hundredths: i64) -> LotTaken {
    LotTaken { lot, pool: id!(PoolId, 20), expires_at: at(1_051_200), points: points(hundredths) }
}

pub(crate) fn slip() -> Slip {
    let line = Line {
        item: id!(ItemId, 30),
        supplier: id!(SupplierId, 31),
        quantity: 1,
        price: points(4400),
        cost: Fen::from_hundredths(4400),
        stocked: true,
    };
    let free = Line {
        item: id!(ItemId, 32),
        quantity: 2,
        price: Points::ZERO,
        cost: Fen::ZERO,
        stocked: false,
        ..line
    };
    Slip {
        redemption: id!(RedemptionId, 33),
        resident: id!(ResidentId, 11),
        station: id!(StationId, 34),
        shift: None,
        shown: None,
        lines: vec![line, free],
        total: points(4400),
        lots: vec![lot(id!(ContributionId, 35), 4000), lot(id!(ContributionId, 36), 400)],
    }
}

/// A slip of free things: no lots.
pub(crate) fn free_slip() -> Slip {
    let lines = slip().lines.split_off(1);
    Slip { lines, total: Points::ZERO, lots: Vec::new(), ..slip() }
}

/// A posting on each account there was at first.
pub(crate) fn postings() -> Vec<Posting> {
    let accounts = [
        Account::Funder(id!(PoolId, 40)),
        Account::Pool(id!(PoolId, 40)),
        Account::Available(id!(ResidentId, 11)),
        Account::Held(id!(ResidentId, 11)),
        Account::Supplier(id!(SupplierId, 31)),
        Account::Expired(id!(PoolId, 40)),
    ];
    let amounts = [-6_800_000, 6_800_000, 1250, -1250, 0, i64::MAX];
    booked(accounts.into_iter().zip(amounts))
}

/// A posting on each account that came later.
pub(crate) fn later_postings() -> Vec<Posting> {
    let accounts = [Account::Receivable(id!(ResidentId, 11)), Account::Claims(id!(PoolId, 40))];
    booked(accounts.into_iter().zip([1250, -1250]))
}

/// A posting on each account that returns and settlement need.
pub(crate) fn settlement_postings() -> Vec<Posting> {
    let accounts = [
        Account::Loss(id!(OfficerId, 5)),
        Account::Settled(id!(SupplierId, 31)),
        Account::Corrected(id!(SupplierId, 31)),
    ];
    booked(accounts.into_iter().zip([-1250, 4400, -300]))
}

fn booked(accounts: impl Iterator<Item = (Account, i64)>) -> Vec<Posting> {
    accounts
        .zip(1..)
        .map(|((account, amount), version)| Posting {
            account,
            amount: points(amount),
            balance: points(amount / 2),
            version,
        })
        .collect()
}

pub(crate) const CATEGORIES: [Category; 10] = [
    Category::Study,
    Category::Culture,
    Category::Environment,
    Category::Mediation,
    Category::Assistance,
    Category::PublicWelfare,
    Category::Outstanding,
    Category::Patrol,
    Category::Hazard,
    Category::MutualAid,
];

pub(crate) fn caps() -> Vec<Cap> {
    let cap = |scope, window, limit| Cap { scope, window, limit };
    vec![
        cap(Scope::Person, None, Limit::Minutes(Minutes::new(120))),
        cap(Scope::Person, Some(Window::Day), Limit::Minutes(Minutes::new(480))),
        cap(Scope::Person, Some(Window::Week), Limit::Times(3)),
        cap(Scope::Person, Some(Window::Month), Limit::Times(0)),
        cap(Scope::Person, Some(Window::Quarter), Limit::Points(points(3000))),
        cap(Scope::Pair, Some(Window::Year), Limit::Minutes(Minutes::new(720))),
        cap(Scope::Pair, Some(Window::AllTime), Limit::Points(Points::ZERO)),
    ]
}

pub(crate) fn act(number: usize, category: Category) -> Act {
    Act {
        code: format!("AC-{number}").parse().unwrap(),
        name: name("上门探访", "home visit"),
        category,
        unit: [Unit::Each, Unit::Hour, Unit::Slot(Minutes::new(90))][number % 3],
        base: if number == 6 {
            Amount::Assessed { least: points(2000), most: points(10_000) }
        } else {
            Amount::Fixed(points(200))
        },
        merit_weight: decimal("1.30"),
        night: number == 7,
        alert: number == 7,
        caps: if number == 4 { caps() } else { Vec::new() },
        least_grade: GRADES[number % 4],
        verification: VerificationNeed {
            level: LEVELS[number % 5],
            levels: if number == 6 { 2 } else { 1 },
        },
        outside_month_cap: number == 6,
        referral: None,
        assisted: false,
        difficulty: false,
        credits: None,
        needs: Signals::NONE,
        pool: "street".parse().unwrap(),
    }
}

/// A rule set with every option filled and every kind of everything.
pub(crate) fn full_rules() -> RuleSet {
    let terms = |points_factor, merit_factor, minutes_count, month_cap| GradeTerms {
        points_factor: decimal(points_factor),
        merit_factor: decimal(merit_factor),
        minutes_count,
        month_cap,
    };
    let signals = |signals: &[Signal]| signals.iter().copied().collect::<Signals>();
    RuleSet {
        version: RuleVersion(2),
        profile: "gulou".parse().unwrap(),
        effective_from: at(0),
        zone: Zone::CHINA,
        step: points(10),
        late_entry_days: 7,
        longest: Minutes::new(720),
        hold: Minutes::new(30),
        counter: None,
        month_cap: Some(points(12_000)),
        lot_life: LotLife { months: 24, round: Window::Quarter },
        star_hours: vec![100, 300, 600, 1000, 1500],
        signals: vec![SignalRule {
            grade: Grade::A,
            all: signals(&[Signal::RotatingCode, Signal::Place]),
            any: signals(&[Signal::Confirmed, Signal::CheckpointsScanned]),
            none: signals(&[Signal::AdministratorEntry]),
        }],
        grades: [
            terms("1", "1", true, None),
            terms("1.0", "1.0", true, None),
            terms("0.5", "1", true, Some(points(2000))),
            terms("0", "0.5", false, Some(Points::ZERO)),
        ],
        coefficients: Coefficients {
            night: decimal("1.5"),
            night_from: Minutes::new(1320),
            night_until: Minutes::new(360),
            alert: decimal("1.50"),
            difficulty: Vec::new(),
            assisted: None,
            alerts_declared: false,
        },
        fairness: Fairness::default(),
        notice: None,
        conduct: None,
        acts: CATEGORIES
            .iter()
            .enumerate()
            .map(|(number, category)| act(number, *category))
            .collect(),
        calendar: WorkingCalendar::default(),
        activities: None,
        orders: None,
        spending: None,
        honours: None,
        throttles: Vec::new(),
        mediation: None,
        estates: None,
        time_bank: None,
        queue: None,
        tried: None,
    }
}

/// A rule set whose working days move about a holiday.
pub(crate) fn rules_with_holidays() -> RuleSet {
    let days = |texts: &[&str]| texts.iter().map(|text| Day::parse(text).unwrap()).collect();
    let calendar = WorkingCalendar {
        weekdays: Weekdays::MONDAY_TO_FRIDAY,
        holidays: days(&["2026-02-16", "2026-02-17"]),
        made_up: days(&["2026-02-14", "2026-02-28"]),
    };
    RuleSet { calendar, ..bare_rules() }
}

/// A rule set whose points lapse with half-years, and by which things can be returned.
pub(crate) fn half_year_rules() -> RuleSet {
    let expiry = Some(Expiry::HalfYear { months: 12 });
    let returns = Some(ReturnTerms { window_days: 30, grace_days: 30 });
    RuleSet { spending: Some(Spending { expiry, returns, limits: Vec::new() }), ..bare_rules() }
}

/// A rule set whose points all lapse on one day.
pub(crate) fn one_day_rules() -> RuleSet {
    let expiry = Some(Expiry::On(at(525_600)));
    let spending = Spending { expiry, returns: None, limits: Vec::new() };
    RuleSet { spending: Some(spending), ..bare_rules() }
}

/// A rule set that limits what is redeemed: once a quarter for a person, so many points a year for a
/// household.
pub(crate) fn limited_rules() -> RuleSet {
    let times =
        SpendingLimit { taker: Taker::Person, window: Window::Quarter, most: Redeemed::Times(1) };
    let most = Redeemed::Points(points(30_000));
    let in_points = SpendingLimit { taker: Taker::Household, window: Window::Year, most };
    let spending = Spending { expiry: None, returns: None, limits: vec![times, in_points] };
    RuleSet { spending: Some(spending), ..bare_rules() }
}

/// A rule set that was published from a trial.
pub(crate) fn tried_rules() -> RuleSet {
    let sums = |awards, hundredths| TriedSums {
        awards,
        points: points(hundredths),
        merit: Merit::from_hundredths(hundredths),
    };
    let tried = Tried {
        from: at(0),
        until: at(259_200),
        position: Position(214_044),
        real: sums(14_210, 2_841_950),
        draft: sums(14_210, 3_002_125),
        gain: 812,
        lose: 0,
        short: points(12_050),
    };
    RuleSet { tried: Some(tried), ..bare_rules() }
}

/// A rule set with every option empty.
pub(crate) fn bare_rules() -> RuleSet {
    RuleSet {
        version: RuleVersion(1),
        zone: Zone::from_offset_seconds(-18_000).unwrap(),
        late_entry_days: 0,
        month_cap: None,
        star_hours: Vec::new(),
        signals: Vec::new(),
        acts: Vec::new(),
        ..full_rules()
    }
}

/// A rule set that says what is fair in its own way.
pub(crate) fn fair_rules() -> RuleSet {
    RuleSet {
        fairness: Fairness { recovery_part: decimal("0.25"), ..Fairness::default() },
        ..bare_rules()
    }
}

/// What an officer of each of two duties vouches for.
pub(crate) fn quotas() -> Vec<Quota> {
    [Duty::BuildingHead, Duty::FullTimeGridOfficer]
        .map(|duty| Quota { duty, minutes: Minutes::new(300), points: points(1000) })
        .into()
}

/// A rule set by which words are bounded and looked at again.
pub(crate) fn sampled_rules() -> RuleSet {
    let sampling = Sampling {
        at: Minutes::new(480),
        start: 300,
        least: 100,
        most: 5000,
        late: 10_000,
        upheld: decimal("0.95"),
        corrected: decimal("1.5"),
        unfounded: decimal("3"),
    };
    let fairness = Fairness { quotas: quotas(), sampling: Some(sampling), ..Fairness::default() };
    RuleSet { fairness, ..bare_rules() }
}
