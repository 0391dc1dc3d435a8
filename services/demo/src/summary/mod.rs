//! The summary: what the demo has done, for people and as JSON.

mod shown;
mod table;

pub use shown::{
    Aids, Grades, Honours, Orders, QuarterList, SavedTime, SecondRules, Shown, SlotsOff, Tables,
    TakenBack,
};

use std::collections::BTreeMap;
use std::time::Duration;

use linli_api::award::Category;
use linli_api::ranking::Placing;
use linli_api::{Amount, Card, Hash};
use serde::{Deserialize, Serialize};

use crate::amount::{amount, hundredths};
use crate::drive::books::Books;
use crate::drive::hands::DemoKey;
use crate::drive::setup::SetUp;
use crate::drive::tally::Tally;

/// How the demo went. Points are text, as everywhere in the API.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Summary {
    /// Residents registered.
    pub residents: usize,
    /// Households registered.
    pub households: usize,
    /// Grids founded, of both kinds.
    pub grids: usize,
    /// Micro-grids founded.
    pub micro_grids: usize,
    /// Contributions accepted.
    pub contributions: u64,
    /// The same by category.
    pub contributions_by_category: BTreeMap<Category, u64>,
    /// Activities published: patrols and classes.
    pub activities: u64,
    /// Seats of them that were served.
    pub seats_served: u64,
    /// Seats whose check-out was forgotten; they closed by themselves.
    pub seats_forgotten: u64,
    /// Seats to which nobody came.
    pub seats_missed: u64,
    /// Contributions awarded with the last word for them.
    pub awards: u64,
    /// Contributions that stood on public notice first.
    pub notices: u64,
    /// Objections to what stood on notice.
    pub objections: u64,
    /// Objections that a panel found right.
    pub objections_upheld: u64,
    /// Appeals against that.
    pub appeals: u64,
    /// Appeals that another panel found right.
    pub appeals_upheld: u64,
    /// Contributions rejected.
    pub rejections: u64,
    /// Contributions that a check of conduct held, and somebody looked at.
    pub holds: u64,
    /// Hazards verified, each with an order.
    pub hazards_verified: u64,
    /// Reports of hazards that somebody had reported before.
    pub hazards_linked: u64,
    /// Reports of hazards that were dismissed.
    pub hazards_dismissed: u64,
    /// Awards that were looked at again.
    pub inspections: u64,
    /// Awards that were taken back.
    pub reversals: u64,
    /// Redemptions handed out.
    pub redemptions: u64,
    /// Redemptions given back on somebody's wish.
    pub redemptions_voided: u64,
    /// Redemptions planned for which nobody had the points.
    pub redemptions_missed: u64,
    /// Shared resources booked at once.
    pub bookings: u64,
    /// Of all that wished for one, those who waited first.
    pub bookings_waited: u64,
    /// Bookings whose key was fetched.
    pub bookings_used: u64,
    /// Bookings that were called off.
    pub bookings_called_off: u64,
    /// Bookings to which nobody came.
    pub bookings_missed: u64,
    /// Vouchers issued.
    pub vouchers: u64,
    /// Vouchers used.
    pub vouchers_used: u64,
    /// Times that something came back over the counter.
    pub returns: u64,
    /// Points that were given back for it.
    pub points_returned: Amount,
    /// Shelves counted.
    pub stock_counts: u64,
    /// Pieces that were not there.
    pub pieces_missing: u64,
    /// Suppliers' statements, each closed, reconciled and paid.
    pub statements: u64,
    /// Lines of them that were disputed.
    pub statement_disputes: u64,
    /// Yuan that suppliers were paid.
    pub yuan_paid: Amount,
    /// Points put into the pools.
    pub points_funded: Amount,
    /// Points that left the pools.
    pub points_issued: Amount,
    /// Points that goods were handed out for.
    pub points_redeemed: Amount,
    /// Points that goods were handed out for off line and nobody had: a loss under an office's name.
    pub points_short: Amount,
    /// Points in wallets.
    pub points_outstanding: Amount,
    /// Points that passed their date.
    pub points_lapsed: Amount,
    /// How the pools stand.
    pub pools: Vec<PoolStanding>,
    /// The ten with most merit in the community in 2025, of those who wish to be shown.
    pub top_ten: Vec<Placing>,
    /// The public lists of its quarters.
    pub award_lists: Vec<QuarterList>,
    /// What the year shows beside its figures.
    pub shown: Shown,
    /// How the planted stories ended.
    pub stories: Stories,
    /// Records in the log.
    pub records: u64,
    /// The root of the log.
    pub root: Hash,
    /// What the auditor found; none until the auditor has been asked.
    pub audit: Option<Audit>,
    /// How long all of it took.
    pub seconds: f64,
    /// Commands accepted a second while the year was walked.
    pub throughput: u64,
    /// Where to look.
    pub urls: Urls,
    /// A card to try the station page with.
    pub visitor: Option<Visitor>,
    /// Keys to try it with; not in the JSON.
    #[serde(skip)]
    pub keys: Vec<DemoKey>,
}

/// A resident with points, as a clerk sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// What to type in.
    pub card: Card,
    /// What can be spent.
    pub available: Amount,
}

/// A pool at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolStanding {
    /// Its code.
    pub code: String,
    /// Points put in.
    pub funded: Amount,
    /// Points left.
    pub left: Amount,
}

/// The problems that the planted stories ended with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stories {
    /// Somebody at a class and on patrol at once.
    pub overlap: String,
    /// One resident with points for one bag of rice at two stations at once.
    pub race_for_points: String,
    /// Two residents at the last bag of rice.
    pub race_for_stock: String,
    /// One hazard that three reported.
    pub one_hazard: String,
    /// A whistle unanswered after an hour.
    pub whistle: String,
    /// A building's head who moves to another grid in mid-season.
    pub moved: String,
    /// A resident with a history who is erased.
    pub erased: String,
    /// A station off line for a day, and points spent twice.
    pub off_line: String,
    /// Three who wait for rice, and two bags.
    pub queue: String,
    /// Mediation at more points, tried on the year before anybody publishes it.
    pub draft: String,
}

/// What the auditor found. The demo leaves it to whoever can read the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// Is all of it true?
    pub ok: bool,
    /// How much is not.
    pub violations: u64,
    /// Records replayed and checked a second.
    pub records_per_second: u64,
}

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urls {
    /// The API.
    pub api: String,
    /// Its document, to browse.
    pub docs: String,
    /// The page for a service station.
    pub station: String,
    /// The page for the finance desk and for suppliers.
    pub finance: String,
    /// The page for auditors.
    pub audit: String,
    /// Metrics.
    pub metrics: String,
}

impl Stories {
    /// The walk stops at the first that ends otherwise.
    fn as_told(tally: &Tally, draft: String) -> Self {
        Self {
            overlap: "overlaps".to_owned(),
            race_for_points: "insufficient-points".to_owned(),
            race_for_stock: "insufficient-stock".to_owned(),
            one_hazard: "first rewarded, two linked".to_owned(),
            whistle: "before the district".to_owned(),
            moved: "both boards right".to_owned(),
            erased: "account closed, proofs stand".to_owned(),
            off_line: format!("{} short, under an office's name", amount(tally.short)),
            queue: "one passed over, two served in order".to_owned(),
            draft,
        }
    }
}

impl Urls {
    fn of(base_url: &str) -> Self {
        let base_url = base_url.trim_end_matches('/');
        Self {
            api: base_url.to_owned(),
            docs: format!("{base_url}/docs"),
            station: format!("{base_url}/station"),
            finance: format!("{base_url}/finance"),
            audit: format!("{base_url}/audit"),
            metrics: format!("{base_url}/metrics"),
        }
    }
}

impl Summary {
    pub(crate) fn new(
        base_url: &str,
        set_up: &SetUp,
        tally: &Tally,
        books: Books,
        draft: String,
    ) -> Self {
        Self {
            residents: set_up.residents,
            households: set_up.households,
            grids: set_up.grids,
            micro_grids: set_up.micro_grids,
            contributions: tally.contributions,
            contributions_by_category: tally.contributions_by_category.clone(),
            activities: tally.activities,
            seats_served: tally.seats_served,
            seats_forgotten: tally.seats_forgotten,
            seats_missed: tally.seats_missed,
            awards: tally.awards,
            notices: tally.notices,
            objections: tally.objections,
            objections_upheld: tally.objections_upheld,
            appeals: tally.appeals,
            appeals_upheld: tally.appeals_upheld,
            rejections: tally.rejections,
            holds: tally.holds,
            hazards_verified: tally.hazards_verified,
            hazards_linked: tally.hazards_linked,
            hazards_dismissed: tally.hazards_dismissed,
            inspections: tally.inspections,
            reversals: tally.reversals,
            redemptions: tally.redemptions,
            redemptions_voided: tally.redemptions_voided,
            redemptions_missed: tally.nobody_came,
            bookings: tally.bookings,
            bookings_waited: tally.bookings_waited,
            bookings_used: tally.bookings_used,
            bookings_called_off: tally.bookings_called_off,
            bookings_missed: tally.bookings_missed,
            vouchers: tally.vouchers,
            vouchers_used: tally.vouchers_used,
            returns: tally.returns,
            points_returned: amount(tally.returned),
            stock_counts: tally.counts,
            pieces_missing: tally.missing,
            statements: tally.statements,
            statement_disputes: tally.disputes,
            yuan_paid: amount(tally.paid_fen),
            points_funded: amount(books.funded),
            points_issued: amount(books.issued),
            points_redeemed: amount(tally.covered()),
            points_short: amount(tally.short),
            points_outstanding: amount(books.outstanding),
            points_lapsed: amount(books.lapsed),
            pools: books
                .pools
                .into_iter()
                .map(|pool| PoolStanding { code: pool.code, funded: pool.funded, left: pool.left })
                .collect(),
            top_ten: books.top,
            award_lists: Vec::new(),
            shown: tally.shown.clone(),
            stories: Stories::as_told(tally, draft),
            records: books.head.position,
            root: books.head.root,
            audit: None,
            seconds: 0.0,
            throughput: 0,
            urls: Urls::of(base_url),
            visitor: books
                .fullest
                .map(|full| Visitor { card: full.card, available: amount(full.available) }),
            keys: set_up.keys.clone(),
        }
    }

    /// Takes in what the auditor found: whether all of it is true, how much is not, how fast it
    /// was replayed, and the root that the auditor came to.
    pub fn audited(&mut self, ok: bool, violations: u64, records_per_second: u64, root: String) {
        self.audit = Some(Audit { ok, violations, records_per_second });
        self.root = Hash::from(root);
    }

    /// Tells how long all of it took, and the year alone with so many commands.
    pub(crate) fn time(&mut self, all: Duration, year: Duration, commands: u64) {
        self.seconds = all.as_secs_f64();
        let year_us = year.as_micros().max(1);
        let a_second = u128::from(commands).saturating_mul(1_000_000).checked_div(year_us);
        self.throughput = a_second.and_then(|count| u64::try_from(count).ok()).unwrap_or(u64::MAX);
    }

    /// How much of `of`, to a tenth of a percent.
    fn percent(part: &Amount, of: &Amount) -> String {
        let (part, of) = (hundredths(part).unwrap_or_default(), hundredths(of).unwrap_or_default());
        let tenths = part.saturating_mul(1_000).checked_div(of).unwrap_or_default();
        format!("{}.{} %", tenths.div_euclid(10), tenths.rem_euclid(10))
    }
}

#[cfg(test)]
mod tests;
