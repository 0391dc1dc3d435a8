//! What the year shows beside its figures, part by part.

use linli_api::Amount;
use serde::{Deserialize, Serialize};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Mutual aid and micro-wishes.
    pub aids: Aids,
    /// Orders that were given to others by hand, and whistles.
    pub orders: Orders,
    /// Tables of mediation at which several bodies sat.
    pub tables: Tables,
    /// The time bank, in hours.
    pub saved_time: SavedTime,
    /// Awards by the grade of their evidence.
    pub grades: Grades,
    /// What was owed of awards that were taken back, and repaid.
    pub taken_back: TakenBack,
    /// Slots that stations called off.
    pub slots_off: SlotsOff,
    /// The second set of rules.
    pub second_rules: SecondRules,
    /// Certificates, records, names and boards.
    pub honours: Honours,
}

/// The public list of a quarter, of all communities together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterList {
    /// Which: `2025-Q1`.
    pub quarter: String,
    /// How many awards.
    pub awards: usize,
    /// How many of them were taken back since.
    pub reversed: usize,
    /// The points of all of them.
    pub points: Amount,
}

/// Mutual aid and micro-wishes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aids {
    /// Asks of one household to another.
    pub asks: u64,
    /// Offers, which nobody had to ask for.
    pub offers: u64,
    /// Micro-wishes of assisted households.
    pub wishes: u64,
    /// Those of them that both sides said are fulfilled; an officer's word then awards them.
    pub wishes_fulfilled: u64,
}

/// Orders that go another way than from the grid to the community, and whistles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// Orders that the community gave to another grid by hand.
    pub dispatched: usize,
    /// Orders that a grid had accepted and handed up to the community.
    pub handed_up: usize,
    /// Whistles that were answered in time.
    pub whistles_in_time: usize,
}

/// Tables of mediation at which several bodies sat, and disputes that came again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// Tables at which others sat beside a resident.
    pub several_bodies: u64,
    /// Those at which the police sat.
    pub police: u64,
    /// Those at which a lawyer of legal aid sat.
    pub legal_aid: u64,
    /// Those at which a property firm sat.
    pub property: u64,
    /// Those at which a party member sat.
    pub party: u64,
    /// Disputes that were mediated again, which paid nobody.
    pub mediated_again: u64,
}

/// The time bank, in hours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedTime {
    /// Hours of service that were stored.
    pub hours_stored: u64,
    /// Hours that the fund has issued for it, to those who served key elders.
    pub hours_issued: u64,
    /// What was above the cap of a resident, and went to the community's chest as a gift.
    pub hours_above_cap: u64,
    /// What kin was given.
    pub hours_to_kin: u64,
    /// What a team gave away, of its members' time.
    pub hours_by_team: u64,
    /// Asks that the chest granted, a key elder's before an earlier one.
    pub asks_granted: u64,
    /// Statements of what two communities owe each other.
    pub nettings: u32,
    /// Why gifts were refused: to somebody who is no key elder, and past what a community may owe.
    pub refused: Vec<String>,
}

/// Awards by the grade of their evidence, of those whose receipts tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grades {
    /// How many of grade A.
    pub a: u64,
    /// Of grade B.
    pub b: u64,
    /// Of grade C.
    pub c: u64,
    /// Of grade D.
    pub d: u64,
}

/// Points of awards that were taken back after they had been spent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// What of them was owed at once.
    pub points_owed: Amount,
    /// What later awards repaid.
    pub points_repaid: Amount,
}

/// Slots that were called off by the station that has the key, once a quarter, and opened again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotsOff {
    /// How many slots.
    pub slots: u64,
    /// Bookings that ended so, with all points back.
    pub bookings_ended: u64,
    /// Waits for them that ended.
    pub waits_ended: u64,
}

/// The second set of rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondRules {
    /// Its version.
    pub version: u32,
    /// What is otherwise than in the first set, line by line.
    pub changes: Vec<String>,
    /// Points that were awarded by the first set until the second was published, and that would have been by
    /// the second.
    pub points_of_first: Amount,
    /// The same by the second set, as its trial says.
    pub points_of_second: Amount,
    /// Points that the second set would have given and the pools did not have.
    pub points_short: Amount,
    /// Clearings that an officer found harder than usual, for which the second set gives more.
    pub found_hard: usize,
}

/// Certificates, records, names and boards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Honours {
    /// Certificates that were asked for, stood on notice, and were signed by two officers.
    pub certificates: u64,
    /// Those of them that anybody who has the code is told are valid at the end of the year.
    pub certificates_valid: u64,
    /// Those that were declared void, as anybody is told as well.
    pub certificates_revoked: u64,
    /// Badges of certificates, signed; none where the server signs none.
    pub badges: u64,
    /// Reports that a record of service is wrong, answered in time.
    pub reports_answered: u64,
    /// What somebody at the head of the community's board is called there, by own choice.
    pub pseudonym: String,
    /// Households on the year's board of the community; as many as it shows at the most.
    pub households_ranked: usize,
    /// Teams on it.
    pub teams_ranked: usize,
    /// Estates on it.
    pub estates_ranked: usize,
}
