//! A state in pieces: written bit by bit, and read on as many cores as there are.
//!
//! Pieces are no canonical bytes: entries stand in them in whatever order the tables have, for
//! sorting millions of them costs more than all the rest, and whoever reads them fills tables
//! again. Two states that are equal have one digest, and may have different pieces.

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
use crate::queue::{Queue, Wait};
use crate::redemption::Status;
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
use crate::{Deadline, Position, Registry, State};

use super::Redemption;

/// Entries that room is made for at once, on a piece's word: a damaged one must not claim the
/// whole memory. Tables that are larger grow as they fill.
const ROOM_MAX: usize = 16_000_000;

/// What becomes of pieces as they are written: the caller may stop the writing.
pub type Sunk<E> = Result<(), E>;

/// Why pieces are not a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unassembled {
    /// There is not exactly one piece with what is not in tables.
    #[error("there is not exactly one first piece")]
    First,
    /// A table has more or fewer entries than it had.
    #[error("a table has {found} entries and had {expected}")]
    Entries {
        /// How many it had.
        expected: u64,
        /// How many it has.
        found: u64,
    },
}

/// What is not in tables, and how many entries each table has.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
struct Rest {
    position: Position,
    recorded_at: Timestamp,
    rules: RuleBook,
    entries: Vec<u64>,
}

/// A part of a state, as it was read.
#[derive(Clone, Debug)]
pub struct Piece(Part);

/// A state in the making.
#[derive(Debug, Default)]
pub struct Assembly {
    state: State,
    rest: Option<Rest>,
    deadlines: Vec<(Timestamp, Deadline)>,
}

macro_rules! tables {
    ($($part:ident $tag:literal $field:ident: $key:ty => $value:ty;)+) => {
        /// Tags are part of the form that snapshots have.
        #[derive(Clone, Debug, BorshDeserialize)]
        #[borsh(use_discriminant = true)]
        #[repr(u8)]
        enum Part {
            Rest(Box<Rest>) = 0,
            Deadlines(Vec<(Timestamp, Deadline)>) = 1,
            $($part(Vec<($key, $value)>) = $tag,)+
        }

        impl State {
            fn entries(&self) -> Vec<u64> {
                // Names every part of a state, so that a new one can't be forgotten here.
                // Which slips can be returned is told by the redemptions.
                let Self {
                    position: _, recorded_at: _, rules: _, returnable: _, deadlines, $($field),+
                } = self;
                let counts = [deadlines.len(), $($field.len()),+];
                counts.iter().map(|count| wide(*count)).collect()
            }

            fn write_tables<E: From<std::io::Error>>(
                &self,
                bytes_min: usize,
                sink: &mut impl FnMut(Vec<u8>) -> Sunk<E>,
            ) -> Sunk<E> {
                write_entries(1, self.deadlines.iter(), bytes_min, sink)?;
                $(write_entries($tag, self.$field.scattered(), bytes_min, sink)?;)+
                Ok(())
            }
        }

        impl Assembly {
            fn make_room(&mut self, rest: &Rest) {
                let mut counts = rest.entries.iter().map(|count| narrow(*count));
                self.deadlines.reserve(counts.next().unwrap_or_default());
                $(self.state.$field.reserve(counts.next().unwrap_or_default());)+
            }

            fn put_part(&mut self, part: Part) -> Result<(), Unassembled> {
                match part {
                    Part::Rest(rest) => {
                        if self.rest.is_some() {
                            return Err(Unassembled::First);
                        }
                        self.make_room(&rest);
                        self.rest = Some(*rest);
                    }
                    Part::Deadlines(entries) => self.deadlines.extend(entries),
                    $(Part::$part(entries) => self.state.$field.extend(entries),)+
                }
                Ok(())
            }
        }
    };
}

tables! {
    Areas 2 areas: AreaId => Area;
    Households 3 households: HouseholdId => Household;
    Residents 4 residents: ResidentId => Resident;
    Cards 5 cards: CardCode => ResidentId;
    Pseudonyms 190 pseudonyms: Words => Given;
    Referrals 205 referrals: ResidentId => Referral;
    Officers 6 officers: OfficerId => Officer;
    Stations 7 stations: StationId => Station;
    Operators 150 operators: OperatorId => Operator;
    Shifts 151 shifts: ShiftId => Worked;
    Counters 152 counters: StationId => Counter;
    Allowances 153 allowances: AllowanceId => Allowance;
    Suppliers 8 suppliers: SupplierId => Supplier;
    Pools 9 pools: PoolId => Pool;
    Items 10 items: ItemId => Item;
    Shelves 11 shelves: (StationId, ItemId) => Shelf;
    Contributions 12 contributions: ContributionId => Contribution;
    Notices 130 notices: (ContributionId, Hearing) => Notice;
    Fallen 131 fallen: ContributionId => Fallen;
    Held 132 held: ContributionId => Held;
    Odd 191 odd: ContributionId => Odd;
    Traces 133 traces: ResidentId => Trace;
    Evidence 134 evidence: [u8; 32] => ContributionId;
    Employed 135 employed: ResidentId => OfficerId;
    Redemptions 13 redemptions: RedemptionId => Redemption;
    Queues 195 queues: (StationId, ItemId) => Queue;
    Waits 196 waits: RedemptionId => Wait;
    Vouchers 140 vouchers: VoucherId => Standing;
    ItemTerms 141 terms: ItemId => Terms;
    Takings 142 takings: (ItemId, Holder) => Vec<Taking>;
    Outlays 185 outlays: Holder => Vec<Taking>;
    Accounts 14 accounts: Account => Balance;
    Teams 40 teams: TeamId => Team;
    Leaders 120 leaders: TeamId => ResidentId;
    Activities 121 activities: ActivityId => Activity;
    Seats 122 seats: SeatId => Seat;
    Diaries 123 diaries: ResidentId => Vec<Engagement>;
    AwardedOn 41 awarded_on: (Day, ContributionId) => Awarded;
    Inspections 42 inspections: ContributionId => Inspected;
    Hazards 50 hazards: HazardId => Hazard;
    Places 51 places: (PlaceKey, HazardKind) => HazardId;
    Reporters 52 reporters: ResidentId => Reporter;
    Orders 53 orders: OrderId => Order;
    Whistles 54 whistles: WhistleId => Whistle;
    Aids 55 aids: AidId => Aid;
    Estates 163 estates: EstateId => Managed;
    Alerts 200 alerts: AreaId => Vec<Declared>;
    Committees 164 committees: CommitteeId => EstateId;
    Cases 160 cases: CaseId => Case;
    Mediators 161 mediators: MediatorId => Mediator;
    Disputes 162 disputes: (HouseholdId, HouseholdId, DisputeKind) => CaseId;
    Certificates 110 certificates: CertificateId => Certificate;
    CertificateNumbers 111 certificate_numbers: i32 => u32;
    Reports 112 reports: ReportId => Reported;
    Losses 60 losses: OfficerId => Loss;
    Payables 61 payables: SupplierId => Payable;
    Statements 62 statements: StatementId => Issued;
    Resources 70 resources: ResourceId => Place;
    Bookings 71 bookings: BookingId => Booking;
    Time 170 time: TimeAccount => i64;
    KeyElders 171 key_elders: ResidentId => ();
    Kin 172 kin: (ResidentId, ResidentId) => ();
    Deposits 173 deposits: ContributionId => Deposited;
    Asks 174 asks: ResidentId => Waiting;
    Chests 175 chests: AreaId => Timestamp;
    TimeTrades 176 time_trades: (AreaId, AreaId) => u64;
    Nettings 177 nettings: u32 => Position;
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn narrow(count: u64) -> usize {
    usize::try_from(count).unwrap_or(ROOM_MAX).min(ROOM_MAX)
}

/// A tag, the number of entries in 4 bytes, the entries: a piece ends once it has `bytes_min`.
fn write_entries<T: BorshSerialize, E: From<std::io::Error>>(
    tag: u8,
    mut entries: impl Iterator<Item = T>,
    bytes_min: usize,
    sink: &mut impl FnMut(Vec<u8>) -> Sunk<E>,
) -> Sunk<E> {
    while let Some(entry) = entries.next() {
        let (mut bytes, mut count) = (vec![tag, 0, 0, 0, 0], 1_u32);
        entry.serialize(&mut bytes)?;
        while bytes.len() < bytes_min
            && let Some(entry) = entries.next()
        {
            entry.serialize(&mut bytes)?;
            count = count.saturating_add(1);
        }
        if let Some(place) = bytes.get_mut(1..5) {
            place.copy_from_slice(&count.to_le_bytes());
        }
        sink(bytes)?;
    }
    Ok(())
}

impl State {
    /// Writes the state into `sink`, in pieces that have `bytes_min` each, but for the last of
    /// each table, and at most one entry more.
    ///
    /// # Errors
    ///
    /// That of `sink`, which ends the writing; `std::io::Error` where an entry can't be written.
    pub fn write_pieces<E: From<std::io::Error>>(
        &self,
        bytes_min: usize,
        mut sink: impl FnMut(Vec<u8>) -> Sunk<E>,
    ) -> Sunk<E> {
        let rest = Rest {
            position: self.position,
            recorded_at: self.recorded_at,
            rules: self.rules.clone(),
            entries: self.entries(),
        };
        let mut bytes = vec![0];
        rest.serialize(&mut bytes)?;
        sink(bytes)?;
        self.write_tables(bytes_min, &mut sink)
    }
}

impl Piece {
    /// Reads what [`State::write_pieces`] wrote.
    ///
    /// # Errors
    ///
    /// If the bytes are no piece of this form.
    pub fn read(bytes: &[u8]) -> std::io::Result<Self> {
        borsh::from_slice(bytes).map(Self)
    }
}

/// The slips that are kept after their hold ended, by when they are forgotten.
fn returnable(
    redemptions: &Registry<RedemptionId, Redemption>,
) -> BTreeSet<(Timestamp, RedemptionId)> {
    let kept = |found: &Redemption| found.slip.is_some() && found.status != Status::Reserved;
    let all = redemptions.scattered().filter(|(_, found)| kept(found));
    all.map(|(id, found)| (found.expires_at, *id)).collect()
}

impl Assembly {
    /// Puts a piece in. The first one that was written should come first, for it makes room; the
    /// others come in any order.
    ///
    /// # Errors
    ///
    /// [`Unassembled::First`].
    pub fn put(&mut self, piece: Piece) -> Result<(), Unassembled> {
        self.put_part(piece.0)
    }

    /// The state, if all of it was put in.
    ///
    /// # Errors
    ///
    /// [`Unassembled`].
    pub fn finish(self) -> Result<State, Unassembled> {
        let Self { mut state, rest, deadlines } = self;
        let Rest { position, recorded_at, rules, entries } = rest.ok_or(Unassembled::First)?;
        (state.position, state.recorded_at, state.rules) = (position, recorded_at, rules);
        state.deadlines = deadlines.into_iter().collect();
        state.returnable = returnable(&state.redemptions);
        let found = state.entries();
        for (expected, found) in entries.iter().zip(&found) {
            if expected != found {
                return Err(Unassembled::Entries { expected: *expected, found: *found });
            }
        }
        if entries.len() == found.len() { Ok(state) } else { Err(Unassembled::First) }
    }
}
