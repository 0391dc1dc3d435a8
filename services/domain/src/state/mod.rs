//! The state of a district: what all records so far amount to.

mod capacity;
mod conform;
mod contradiction;
mod digest;
mod entries;
mod evolve;
mod laws;
mod pieces;
mod seating;
mod step;
mod tables;
mod weight;

pub use contradiction::{Contradiction, Law};
pub use digest::Digest;
pub use pieces::{Assembly, Piece, Sunk, Unassembled};
pub(crate) use step::{Step, known};
pub use weight::Weight;

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::activity::{Activity, Engagement, Seat};
use crate::aid::Aid;
use crate::alert::Declared;
use crate::allowance::Allowance;
use crate::area::Area;
use crate::booking::Booking;
use crate::calendar::Day;
use crate::conduct::{Held, Odd, Trace};
use crate::contribution::Contribution;
use crate::estate::Managed;
use crate::hazard::{Hazard, HazardKind, PlaceKey, Reporter};
use crate::honour::{Certificate, Reported};
use crate::household::Household;
use crate::id::{
    ActivityId, AidId, AllowanceId, AreaId, BookingId, CaseId, CertificateId, CommitteeId,
    ContributionId, EstateId, HazardId, HouseholdId, ItemId, MediatorId, OfficerId, OperatorId,
    OrderId, PoolId, RedemptionId, ReportId, ResidentId, ResourceId, SeatId, ShiftId, StatementId,
    StationId, SupplierId, TeamId, VoucherId, WhistleId,
};
use crate::inspection::{Awarded, Inspected};
use crate::item::{Holder, Item, Loss, Shelf, Taking, Terms};
use crate::mediation::{Case, DisputeKind, Mediator};
use crate::notice::{Fallen, Hearing, Notice};
use crate::officer::Officer;
use crate::operator::{Counter, Operator, Worked};
use crate::order::Order;
use crate::pool::Pool;
use crate::posting::{Account, Balance};
use crate::quantity::Points;
use crate::queue::{Queue, Wait};
use crate::redemption::Slip;
use crate::resident::{Given, Referral, Resident, Words};
use crate::resource::Place;
use crate::rules::RuleBook;
use crate::statement::{Issued, Payable};
use crate::station::Station;
use crate::supplier::Supplier;
use crate::team::Team;
use crate::text::CardCode;
use crate::time::Timestamp;
use crate::time_bank::{Deposited, TimeAccount, Waiting};
use crate::voucher::Standing;
use crate::whistle::Whistle;
use crate::{
    Command, Deadline, Decision, Noun, Position, Refusal, Registry, activity, aid, allowance, area,
    booking, conduct, contribution, estate, hazard, honour, household, inspection, item, mediation,
    notice, officer, operator, order, pool, queue, redemption, resident, resource, rules,
    statement, station, supplier, team, time_bank, voucher, whistle,
};

/// An open or ended redemption in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Redemption {
    /// How far it has come.
    pub status: redemption::Status,
    /// When it releases by itself, while it is open; afterwards, until when it can be returned,
    /// if it can.
    pub expires_at: Timestamp,
    /// The slip, while it is open; afterwards what of it can still be returned, while it can.
    /// What is neither, the log alone keeps.
    pub slip: Option<Box<Slip>>,
}

/// What all records of one district so far amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct State {
    pub(crate) position: Position,
    pub(crate) recorded_at: Timestamp,
    pub(crate) areas: Registry<AreaId, Area>,
    pub(crate) households: Registry<HouseholdId, Household>,
    pub(crate) residents: Registry<ResidentId, Resident>,
    pub(crate) cards: Registry<CardCode, ResidentId>,
    pub(crate) pseudonyms: Registry<Words, Given>,
    pub(crate) referrals: Registry<ResidentId, Referral>,
    pub(crate) officers: Registry<OfficerId, Officer>,
    pub(crate) stations: Registry<StationId, Station>,
    pub(crate) operators: Registry<OperatorId, Operator>,
    pub(crate) shifts: Registry<ShiftId, Worked>,
    pub(crate) counters: Registry<StationId, Counter>,
    pub(crate) allowances: Registry<AllowanceId, Allowance>,
    pub(crate) suppliers: Registry<SupplierId, Supplier>,
    pub(crate) pools: Registry<PoolId, Pool>,
    pub(crate) rules: RuleBook,
    pub(crate) items: Registry<ItemId, Item>,
    pub(crate) terms: Registry<ItemId, Terms>,
    pub(crate) takings: Registry<(ItemId, Holder), Vec<Taking>>,
    pub(crate) outlays: Registry<Holder, Vec<Taking>>,
    pub(crate) shelves: Registry<(StationId, ItemId), Shelf>,
    pub(crate) contributions: Registry<ContributionId, Contribution>,
    pub(crate) notices: Registry<(ContributionId, Hearing), Notice>,
    pub(crate) fallen: Registry<ContributionId, Fallen>,
    pub(crate) held: Registry<ContributionId, Held>,
    pub(crate) odd: Registry<ContributionId, Odd>,
    pub(crate) traces: Registry<ResidentId, Trace>,
    pub(crate) evidence: Registry<[u8; 32], ContributionId>,
    pub(crate) employed: Registry<ResidentId, OfficerId>,
    pub(crate) redemptions: Registry<RedemptionId, Redemption>,
    pub(crate) queues: Registry<(StationId, ItemId), Queue>,
    pub(crate) waits: Registry<RedemptionId, Wait>,
    pub(crate) vouchers: Registry<VoucherId, Standing>,
    pub(crate) hazards: Registry<HazardId, Hazard>,
    pub(crate) places: Registry<(PlaceKey, HazardKind), HazardId>,
    pub(crate) reporters: Registry<ResidentId, Reporter>,
    pub(crate) orders: Registry<OrderId, Order>,
    pub(crate) whistles: Registry<WhistleId, Whistle>,
    pub(crate) aids: Registry<AidId, Aid>,
    pub(crate) estates: Registry<EstateId, Managed>,
    pub(crate) alerts: Registry<AreaId, Vec<Declared>>,
    pub(crate) committees: Registry<CommitteeId, EstateId>,
    pub(crate) cases: Registry<CaseId, Case>,
    pub(crate) mediators: Registry<MediatorId, Mediator>,
    pub(crate) disputes: Registry<(HouseholdId, HouseholdId, DisputeKind), CaseId>,
    pub(crate) certificates: Registry<CertificateId, Certificate>,
    pub(crate) certificate_numbers: Registry<i32, u32>,
    pub(crate) reports: Registry<ReportId, Reported>,
    pub(crate) accounts: Registry<Account, Balance>,
    pub(crate) teams: Registry<TeamId, Team>,
    pub(crate) leaders: Registry<TeamId, ResidentId>,
    pub(crate) activities: Registry<ActivityId, Activity>,
    pub(crate) seats: Registry<SeatId, Seat>,
    pub(crate) diaries: Registry<ResidentId, Vec<Engagement>>,
    pub(crate) awarded_on: Registry<(Day, ContributionId), Awarded>,
    pub(crate) inspections: Registry<ContributionId, Inspected>,
    pub(crate) resources: Registry<ResourceId, Place>,
    pub(crate) bookings: Registry<BookingId, Booking>,
    pub(crate) deadlines: BTreeSet<(Timestamp, Deadline)>,
    pub(crate) losses: Registry<OfficerId, Loss>,
    pub(crate) payables: Registry<SupplierId, Payable>,
    pub(crate) statements: Registry<StatementId, Issued>,
    pub(crate) time: Registry<TimeAccount, i64>,
    pub(crate) key_elders: Registry<ResidentId, ()>,
    pub(crate) kin: Registry<(ResidentId, ResidentId), ()>,
    pub(crate) deposits: Registry<ContributionId, Deposited>,
    pub(crate) asks: Registry<ResidentId, Waiting>,
    pub(crate) chests: Registry<AreaId, Timestamp>,
    pub(crate) time_trades: Registry<(AreaId, AreaId), u64>,
    pub(crate) nettings: Registry<u32, Position>,
    pub(crate) returnable: BTreeSet<(Timestamp, RedemptionId)>,
}

impl State {
    /// What a wish leads to, at this moment.
    ///
    /// # Errors
    ///
    /// The reason why it is refused.
    pub fn decide(&self, command: &Command, now: Timestamp) -> Result<Decision, Refusal> {
        match command {
            Command::Area(command) => area::decide(self, command, now),
            Command::Household(command) => household::decide(self, command),
            Command::Resident(command) => resident::decide(self, command, now),
            Command::Officer(command) => officer::decide(self, command, now),
            Command::Station(command) => station::decide(self, command),
            Command::Operator(command) => operator::decide(self, command, now),
            Command::Allowance(command) => allowance::decide(self, command, now),
            Command::Supplier(command) => supplier::decide(self, command),
            Command::Pool(command) => pool::decide(self, command),
            Command::Rules(command) => rules::decide(self, command),
            Command::Item(command) => item::decide(self, command),
            Command::Contribution(command) => contribution::decide(self, command, now),
            Command::Notice(command) => notice::decide(self, command, now),
            Command::Conduct(command) => conduct::decide(self, command, now),
            Command::Redemption(command) => redemption::decide(self, command, now),
            Command::Queue(command) => queue::decide(self, command, now),
            Command::Voucher(command) => voucher::decide(self, command, now),
            Command::Team(command) => team::decide(self, command),
            Command::Activity(command) => activity::decide(self, command, now),
            Command::Inspection(command) => inspection::decide(self, command, now),
            Command::Hazard(command) => hazard::decide(self, command, now),
            Command::Order(command) => order::decide(self, command, now),
            Command::Whistle(command) => whistle::decide(self, command, now),
            Command::Aid(command) => aid::decide(self, command, now),
            Command::Honour(command) => honour::decide(self, command, now),
            Command::Estate(command) => estate::decide(self, command, now),
            Command::Mediation(command) => mediation::decide(self, command, now),
            Command::Statement(command) => statement::decide(self, command),
            Command::Resource(command) => resource::decide(self, command, now),
            Command::Booking(command) => booking::decide(self, command, now),
            Command::TimeBank(command) => time_bank::decide(self, command, now),
        }
    }

    /// The position of the last record.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// The time of the last record.
    #[must_use]
    pub const fn recorded_at(&self) -> Timestamp {
        self.recorded_at
    }

    /// All rule sets.
    #[must_use]
    pub const fn rules(&self) -> &RuleBook {
        &self.rules
    }

    /// What an account stands at; zero if nothing was ever posted to it.
    #[must_use]
    pub fn balance(&self, account: Account) -> Balance {
        match account {
            Account::Available(resident) => self
                .residents
                .get(resident)
                .map(|resident| resident.wallet.available)
                .unwrap_or_default(),
            Account::Held(resident) => self
                .residents
                .get(resident)
                .map(|resident| resident.wallet.held)
                .unwrap_or_default(),
            Account::Receivable(resident) => self
                .residents
                .get(resident)
                .map(|resident| resident.wallet.receivable)
                .unwrap_or_default(),
            Account::Funder(_)
            | Account::Pool(_)
            | Account::Supplier(_)
            | Account::Expired(_)
            | Account::Claims(_)
            | Account::Loss(_)
            | Account::Settled(_)
            | Account::Corrected(_) => self.accounts.get(account).copied().unwrap_or_default(),
        }
    }

    /// What a pool still has to give.
    pub(crate) fn left_in(&self, pool: PoolId) -> Points {
        self.balance(Account::Pool(pool)).points
    }

    pub(crate) fn area(&self, id: AreaId) -> Result<&Area, Refusal> {
        self.areas.get(id).ok_or(Refusal::Unknown(Noun::Area))
    }

    /// A resident who can still do something.
    pub(crate) fn resident(&self, id: ResidentId) -> Result<&Resident, Refusal> {
        let found = self.registered(id)?;
        if found.erased_at.is_some() { Err(Refusal::ResidentErased) } else { Ok(found) }
    }

    /// A resident, even one who was erased: for those who still have to do with what was done.
    pub(crate) fn registered(&self, id: ResidentId) -> Result<&Resident, Refusal> {
        self.residents.get(id).ok_or(Refusal::Unknown(Noun::Resident))
    }

    pub(crate) fn station(&self, id: StationId) -> Result<&Station, Refusal> {
        self.stations.get(id).ok_or(Refusal::Unknown(Noun::Station))
    }

    pub(crate) fn item(&self, id: ItemId) -> Result<&Item, Refusal> {
        self.items.get(id).ok_or(Refusal::Unknown(Noun::Item))
    }

    pub(crate) fn contribution(&self, id: ContributionId) -> Result<&Contribution, Refusal> {
        self.contributions.get(id).ok_or(Refusal::Unknown(Noun::Contribution))
    }
}
