//! A town whose residents serve, are awarded by a rule, and redeem.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use linli_domain::area::{self, Area, GridKind, Level};
use linli_domain::contribution::{self, Claim, Grade, Signals, Verification};
use linli_domain::household::{self, Household};
use linli_domain::id::{
    AreaId, ContributionId, HouseholdId, ItemId, OfficerId, PoolId, RedemptionId, ResidentId,
    StationId, SupplierId,
};
use linli_domain::item::{self, Eligibility, Item, ItemKind};
use linli_domain::officer::{self, Appointment, Duty};
use linli_domain::pool::{self, Funding, Pool};
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::redemption::{self, Basket, Wish};
use linli_domain::resident::{self, Registration};
use linli_domain::rules::{
    self, Act, Amount, Category, Coefficients, GradeTerms, LotLife, RuleSet, RuleVersion, Unit,
    VerificationNeed,
};
use linli_domain::station::{self, Station, StationKind};
use linli_domain::supplier::{self, Supplier, SupplierKind};
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};
use linli_domain::time::{Interval, Timestamp, Window, Zone};
use linli_domain::{ClientId, Command, IdempotencyKey};
use linli_port::{Envelope, Port};
use rust_decimal::Decimal;

/// Residents of the town.
const RESIDENTS: u64 = 20_000;

/// Pools, acts and items of a town without hot ones.
const MANY: u64 = 64;

const ONE: u128 = 1;
const DAY: i64 = 86_400_000_000;
const MINUTE: i64 = 60_000_000;

/// Whether all draw on one pool and one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    Hot,
    Uniform,
}

pub(crate) struct Town {
    pace: Pace,
    began_us: i64,
    commands: AtomicU64,
    turns: AtomicU64,
}

/// One who sends: a contribution, the word for it, a sale; and again.
pub(crate) struct Sender<'a> {
    town: &'a Town,
    turn: u64,
    step: u8,
}

impl Town {
    pub(crate) async fn found(port: &Port, pace: Pace) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let began_us = i64::try_from(since.as_micros()).unwrap();
        let town = Self { pace, began_us, commands: AtomicU64::new(0), turns: AtomicU64::new(0) };
        for part in town.founding().chunks(1_000) {
            let envelopes = part.iter().map(|command| town.envelope(command.clone())).collect();
            for answer in port.submit(envelopes).await {
                answer.unwrap();
            }
        }
        town
    }

    pub(crate) fn sender(&self) -> Sender<'_> {
        Sender { town: self, turn: 0, step: 0 }
    }

    fn envelope(&self, command: Command) -> Envelope {
        let n = self.commands.fetch_add(1, Ordering::Relaxed);
        let key = IdempotencyKey::new(&format!("01JD8Z5WJ4C5Q0VY7Q{n:08}")).unwrap();
        let mut body_hash = [7; 32];
        body_hash[..8].copy_from_slice(&n.to_be_bytes());
        Envelope {
            client: ClientId(0x0193_5e5e_0000_7000_8000_0000_0000_0001),
            key,
            body_hash,
            command,
        }
    }

    fn pools(&self) -> u64 {
        if self.pace == Pace::Hot { 1 } else { MANY }
    }

    fn founding(&self) -> Vec<Command> {
        let mut all: Vec<Command> = Vec::new();
        let levels =
            [Level::District, Level::SubDistrict, Level::Community, Level::Grid, Level::MicroGrid];
        for (n, level) in (1_u128..).zip(levels) {
            let parent = n.checked_sub(1).filter(|n| *n > 0).map(AreaId::from_number);
            let grid_kind = (level == Level::Grid).then_some(GridKind::Comprehensive);
            let area = AreaId::from_number(n);
            all.push(
                area::Command::Found(Area { area, level, grid_kind, parent, name: name() }).into(),
            );
        }
        let (supplier, station) = (SupplierId::from_number(ONE), StationId::from_number(ONE));
        let (area, kind) = (AreaId::from_number(3), StationKind::Counter);
        all.push(station::Command::Open(Station { station, area, kind, name: name() }).into());
        let kind = SupplierKind::Merchant;
        all.push(supplier::Command::Enrol(Supplier { supplier, kind, name: name() }).into());
        let (officer, area) = (OfficerId::from_number(ONE), AreaId::from_number(4));
        let duty = Duty::FullTimeGridOfficer;
        let appointed = Appointment { officer, duty, area, resident: None };
        all.push(officer::Command::Appoint(appointed).into());
        for n in 1..=self.pools() {
            let pool = PoolId::from_number(u128::from(n));
            let code = Code::new(&format!("pool-{n}")).unwrap();
            all.push(pool::Command::Open(Pool { pool, code, name: name() }).into());
            let points = Points::from_hundredths(1_000_000_000_000);
            let reference = Reference::new("2026-001").unwrap();
            all.push(pool::Command::Fund(Funding { pool, points, reference }).into());
            let (item, kind) = (ItemId::from_number(u128::from(n)), ItemKind::Service);
            let (price, cost) = (Points::from_hundredths(10), Fen::ZERO);
            let eligibility = Eligibility::default();
            let listed = Item { item, supplier, name: name(), kind, price, cost, eligibility };
            all.push(item::Command::List(listed).into());
        }
        all.push(rules::Command::Publish(Box::new(self.rules())).into());
        for n in 1..=RESIDENTS {
            let id = u128::from(n);
            let household = HouseholdId::from_number(id);
            let micro_grid = AreaId::from_number(5);
            all.push(household::Command::Register(Household { household, micro_grid }).into());
            let (resident, card) = (ResidentId::from_number(id), CardCode::from_serial(n));
            let registration = Registration { resident, household, card, assisted: false };
            all.push(resident::Command::Register(registration).into());
            all.push(resident::Command::EnrolVolunteer(resident).into());
        }
        all
    }

    fn rules(&self) -> RuleSet {
        let terms = GradeTerms {
            points_factor: Decimal::ONE,
            merit_factor: Decimal::ONE,
            minutes_count: true,
            month_cap: None,
        };
        let act = |n: u64| Act {
            code: ActCode::new(&format!("ACT-{n:02}")).unwrap(),
            name: name(),
            category: Category::Patrol,
            unit: Unit::Each,
            base: Amount::Fixed(Points::from_hundredths(1_000)),
            merit_weight: Decimal::ONE,
            night: false,
            alert: false,
            caps: Vec::new(),
            least_grade: Grade::D,
            verification: VerificationNeed { level: Level::Grid, levels: 1 },
            outside_month_cap: false,
            pool: Code::new(&format!("pool-{n}")).unwrap(),
        };
        RuleSet {
            version: RuleVersion(1),
            profile: Code::new("bench").unwrap(),
            effective_from: Timestamp::from_microseconds(0),
            zone: Zone::CHINA,
            step: Points::from_hundredths(1),
            late_entry_days: 7,
            longest: Minutes::new(600),
            hold: Minutes::new(30),
            month_cap: None,
            lot_life: LotLife { months: 24, round: Window::Quarter },
            star_hours: vec![100],
            signals: Vec::new(),
            grades: [terms; 4],
            coefficients: Coefficients {
                night: Decimal::ONE,
                night_from: Minutes::new(0),
                night_until: Minutes::new(0),
                alert: Decimal::ONE,
            },
            acts: (1..=self.pools()).map(act).collect(),
        }
    }
}

impl Sender<'_> {
    pub(crate) fn next(&mut self) -> Envelope {
        if self.step == 0 {
            self.turn = self.town.turns.fetch_add(1, Ordering::Relaxed);
        }
        let (turn, step) = (self.turn, self.step);
        self.step = (self.step + 1) % 3;
        let command = match step {
            0 => contribution::Command::Submit(self.claim(turn)).into(),
            1 => {
                let contribution = ContributionId::from_number(u128::from(turn + 1));
                let officer = OfficerId::from_number(ONE);
                contribution::Command::Verify(Verification {
                    contribution,
                    officer,
                    assessed: None,
                })
                .into()
            }
            _ => redemption::Command::Sell(Basket {
                redemption: RedemptionId::from_number(u128::from(turn + 1)),
                resident: resident(turn),
                station: StationId::from_number(ONE),
                wishes: vec![Wish { item: ItemId::from_number(self.one_of_many()), quantity: 1 }],
            })
            .into(),
        };
        self.town.envelope(command)
    }

    fn one_of_many(&self) -> u128 {
        u128::from(self.turn % self.town.pools() + 1)
    }

    fn claim(&self, turn: u64) -> Claim {
        let begin = self.town.began_us - 6 * DAY;
        let start = begin + i64::try_from(turn / RESIDENTS).unwrap() * MINUTE;
        let at = Timestamp::from_microseconds;
        Claim {
            contribution: ContributionId::from_number(u128::from(turn + 1)),
            resident: resident(turn),
            act: ActCode::new(&format!("ACT-{:02}", self.one_of_many())).unwrap(),
            grid: AreaId::from_number(4),
            happened: Interval::new(at(start), at(start + MINUTE)).unwrap(),
            beneficiary: None,
            alert: false,
            signals: Signals::NONE,
            attachments: Vec::new(),
        }
    }
}

/// Turns walk through the residents with a stride, so that neighbours in time are none in memory.
fn resident(turn: u64) -> ResidentId {
    ResidentId::from_number(u128::from(turn.wrapping_mul(7_919) % RESIDENTS + 1))
}

fn name() -> Bilingual {
    Bilingual { zh: Name::new("丁山").unwrap(), en: Name::new("Dingshan").unwrap() }
}
