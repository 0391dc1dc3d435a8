//! What stands in the directory's tables.

use linli_domain::Position;
use linli_domain::area::{GridKind, Level};
use linli_domain::contribution::Grade;
use linli_domain::id::{
    AreaId, HouseholdId, OfficerId, PoolId, ResidentId, StationId, SupplierId, TeamId,
};
use linli_domain::officer::Duty;
use linli_domain::quantity::{Minutes, Points};
use linli_domain::resident::Pseudonym;
use linli_domain::rules::{self, Amount, Category, RuleVersion, Unit};
use linli_domain::station::StationKind;
use linli_domain::supplier::SupplierKind;
use linli_domain::text::{ActCode, CardCode, Code, Name};
use linli_domain::time::{Timestamp, Zone};
use rust_decimal::Decimal;

use crate::table::table;

table! {
    /// An area.
    Area in Directory "area" {
        /// Its id.
        Key area: AreaId = "area",
        /// Its level.
        Fix level: Level = "level",
        /// For a grid, its kind.
        Fix grid_kind: Option<GridKind> = "grid_kind",
        /// The area it lies in; none for the district.
        Fix parent: Option<AreaId> = "parent",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
    }
}

table! {
    /// An officer.
    Officer in Directory "officer" {
        /// The id of the office.
        Key officer: OfficerId = "officer",
        /// The duty.
        Fix duty: Duty = "duty",
        /// The area of the authority.
        Fix area: AreaId = "area",
        /// The resident who holds the office, if one of ours.
        Fix resident: Option<ResidentId> = "resident",
        /// Has the authority ended?
        Set retired: bool = "retired",
    }
}

table! {
    /// The end of an officer's authority: a change to [`Officer`].
    Retirement in Directory "officer" {
        /// Whose.
        Key officer: OfficerId = "officer",
        /// True.
        Set retired: bool = "retired",
    }
}

table! {
    /// A household.
    Household in Directory "household" {
        /// Its id.
        Key household: HouseholdId = "household",
        /// The micro-grid it lives in.
        Fix micro_grid: AreaId = "micro_grid",
    }
}

table! {
    /// A resident.
    Resident in Directory "resident" {
        /// The id.
        Key resident: ResidentId = "resident",
        /// The household.
        Set household: HouseholdId = "household",
        /// The code on the card that the resident was given last.
        Set card: CardCode = "card",
        /// Was that one blocked?
        Set card_blocked: bool = "card_blocked",
        /// Does the household receive assistance?
        Set assisted: bool = "assisted",
        /// Enrolled as a volunteer?
        Set volunteer: bool = "volunteer",
        /// Shown in the rankings?
        Set ranked: bool = "ranked",
        /// What the resident is called there.
        Set pseudonym: Option<Pseudonym> = "pseudonym",
        /// The team that the resident is in.
        Set team: Option<TeamId> = "team",
        /// When the account was closed for good, if it was.
        Set erased_at: Option<Timestamp> = "erased_at_us",
        /// Where in the log the registration stands.
        Fix position: Position = "position",
    }
}

table! {
    /// An erasure: a change to [`Resident`].
    Erasing in Directory "resident" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// When.
        Set erased_at: Option<Timestamp> = "erased_at_us",
    }
}

table! {
    /// A card given or blocked: a change to [`Resident`].
    Carding in Directory "resident" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// The card that the resident was given last.
        Set card: CardCode = "card",
        /// Was that one blocked?
        Set card_blocked: bool = "card_blocked",
    }
}

table! {
    /// A move to another household: a change to [`Resident`].
    Moving in Directory "resident" {
        /// Who moved.
        Key resident: ResidentId = "resident",
        /// Where to.
        Set household: HouseholdId = "household",
        /// Does that household receive assistance?
        Set assisted: bool = "assisted",
    }
}

table! {
    /// An enrolment: a change to [`Resident`].
    Enrolment in Directory "resident" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// True.
        Set volunteer: bool = "volunteer",
    }
}

table! {
    /// A wish to be shown in the rankings, or no longer: a change to [`Resident`].
    Ranking in Directory "resident" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// Shown?
        Set ranked: bool = "ranked",
    }
}

table! {
    /// A pseudonym chosen, or no longer: a change to [`Resident`].
    Calling in Directory "resident" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// Which.
        Set pseudonym: Option<Pseudonym> = "pseudonym",
    }
}

table! {
    /// A team joined or left: a change to [`Resident`].
    Joining in Directory "resident" {
        /// Who.
        Key resident: ResidentId = "resident",
        /// Which team; none after leaving.
        Set team: Option<TeamId> = "team",
    }
}

table! {
    /// A team of volunteers.
    Team in Directory "team" {
        /// Its id.
        Key team: TeamId = "team",
        /// The grid it is at home in.
        Fix grid: AreaId = "grid",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
    }
}

table! {
    /// A service station.
    Station in Directory "station" {
        /// Its id.
        Key station: StationId = "station",
        /// The area it stands in.
        Fix area: AreaId = "area",
        /// Counter or machine.
        Fix kind: StationKind = "kind",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
    }
}

table! {
    /// A supplier.
    Supplier in Directory "supplier" {
        /// Its id.
        Key supplier: SupplierId = "supplier",
        /// What it is.
        Fix kind: SupplierKind = "kind",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
    }
}

table! {
    /// A pool; what it holds is in [`balances`](crate::balances).
    Pool in Directory "pool" {
        /// Its id.
        Key pool: PoolId = "pool",
        /// The name by which rules draw on it.
        Fix code: Code = "code",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
    }
}

table! {
    /// A published rule set.
    RuleSet in Directory "rule_set" {
        /// Its version.
        Key version: RuleVersion = "version",
        /// The profile it came from.
        Fix profile: Code = "profile",
        /// Contributions that end at or after this are awarded by it.
        Fix effective_from: Timestamp = "effective_from_us",
        /// The clock on the wall.
        Fix zone: Zone = "zone_offset_seconds",
        /// Points are rounded to a multiple of this.
        Fix step: Points = "step_hundredths",
        /// A contribution is submitted at most so many days after it ended.
        Fix late_entry_days: u16 = "late_entry_days",
        /// A single contribution is at most so long.
        Fix longest: Minutes = "longest_minutes",
        /// A hold releases by itself after so long.
        Fix hold: Minutes = "hold_minutes",
        /// The most points a person gets in a month over all acts.
        Fix month_cap: Option<Points> = "month_cap_hundredths",
        /// How many months points live, before rounding up.
        Fix lot_months: u16 = "lot_months",
        /// Where in the log the whole of it stands.
        Fix position: Position = "position",
    }
}

table! {
    /// What a star takes under a rule set.
    Star in Directory "star" {
        /// Under which.
        Key version: RuleVersion = "version",
        /// How many stars.
        Key stars: u8 = "stars",
        /// So many whole hours of verified service.
        Fix hours: u32 = "hours",
    }
}

/// What an act's base points are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// The act, however long.
    Each,
    /// An hour, and parts of it in proportion.
    Hour,
    /// A slot of [`Act::slot`].
    Slot,
}

table! {
    /// An act under a rule set.
    Act in Directory "act" {
        /// Under which.
        Key version: RuleVersion = "version",
        /// Its code.
        Key code: ActCode = "code",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
        /// What it counts as.
        Fix category: Category = "category",
        /// What the base points are for.
        Fix unit: UnitKind = "unit",
        /// How long a slot is, if the unit is one.
        Fix slot: Option<Minutes> = "slot_minutes",
        /// Base points for a unit; if assessed, at least.
        Fix base_least: Points = "base_least_hundredths",
        /// Base points for a unit; if assessed, at most.
        Fix base_most: Points = "base_most_hundredths",
        /// Does the verifier assess the points between the two?
        Fix assessed: bool = "assessed",
        /// Merit = base points × this.
        Fix merit_weight: Decimal = "merit_weight",
        /// Is the night coefficient for it?
        Fix night: bool = "night",
        /// Is the weather-alert coefficient for it?
        Fix alert: bool = "alert",
        /// The weakest evidence that is taken.
        Fix least_grade: Grade = "least_grade",
        /// The lowest level of officer whose verification awards.
        Fix verified_by: Level = "verified_by",
        /// From how many different levels a verification is needed.
        Fix verified_levels: u8 = "verified_levels",
        /// Does the month cap over all acts leave it out?
        Fix outside_month_cap: bool = "outside_month_cap",
        /// Is the coefficient for service to assisted people for it?
        Fix assisted: bool = "assisted",
        /// How many levels of difficulty verifiers can find.
        Fix difficulties: u8 = "difficulties",
        /// The minutes that are credited however long it took, if they are.
        Fix credits: Option<Minutes> = "credits_minutes",
        /// The pool that it draws on.
        Fix pool: Code = "pool",
    }
}

impl Act {
    /// An act as a rule set says it.
    #[must_use]
    pub fn of(set: &rules::RuleSet, act: &rules::Act) -> Self {
        let (unit, slot) = match act.unit {
            Unit::Each => (UnitKind::Each, None),
            Unit::Hour => (UnitKind::Hour, None),
            Unit::Slot(slot) => (UnitKind::Slot, Some(slot)),
        };
        let (base_least, base_most, assessed) = match act.base {
            Amount::Fixed(points) => (points, points, false),
            Amount::Assessed { least, most } => (least, most, true),
        };
        Self {
            version: set.version,
            code: act.code.clone(),
            name_zh: act.name.zh.clone(),
            name_en: act.name.en.clone(),
            category: act.category,
            unit,
            slot,
            base_least,
            base_most,
            assessed,
            merit_weight: act.merit_weight,
            night: act.night,
            alert: act.alert,
            least_grade: act.least_grade,
            verified_by: act.verification.level,
            verified_levels: act.verification.levels,
            outside_month_cap: act.outside_month_cap,
            assisted: act.assisted,
            difficulties: set.difficulties(act),
            credits: act.credits,
            pool: act.pool.clone(),
        }
    }
}
