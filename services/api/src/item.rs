//! The catalogue: items, prices, who may have them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::resource::Weekday;
use crate::{Amount, Bilingual, Id, Instant};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A thing on a shelf; its stock is counted at each station.
    Goods,
    /// Something done for the resident.
    Service,
    /// A room, a court, a tool, a seat, for a time.
    Bookable,
}

/// Who may have an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// At least so many stars.
    #[serde(default)]
    pub least_stars: u8,
    /// Only residents of assisted households.
    #[serde(default)]
    pub assisted_only: bool,
}

/// An item to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListItem {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Who supplies it.
    pub supplier: Id,
    /// What people call it.
    pub name: Bilingual,
    /// What it is.
    pub kind: ItemKind,
    /// Points for one; may be zero.
    pub price: Amount,
    /// What one costs the pools, in yuan.
    pub cost: Amount,
    /// Who may have it.
    #[serde(default)]
    pub eligibility: Eligibility,
}

/// A new price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceItem {
    /// Points for one from now on; may be zero.
    pub price: Amount,
    /// What one costs the pools from now on, in yuan.
    pub cost: Amount,
}

/// An item at today's price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Item {
    /// Its id.
    pub item: Id,
    /// Who supplies it.
    pub supplier: Id,
    /// What people call it.
    pub name: Bilingual,
    /// What it is.
    pub kind: ItemKind,
    /// Points for one.
    pub price: Amount,
    /// What one costs the pools, in yuan.
    pub cost: Amount,
    /// Who may have it.
    pub eligibility: Eligibility,
    /// Its terms, if any were set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<ItemTerms>,
}

/// To whom an item is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenTo {
    /// To those whose household lies in an area: a grid, a building.
    Area(Id),
    /// To a household.
    Household(Id),
    /// To a resident.
    Resident(Id),
}

/// Who is counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Taker {
    /// One person.
    Person,
    /// All of a household.
    Household,
}

/// The stretch of the calendar that a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitWindow {
    /// A calendar day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
    /// All time.
    AllTime,
}

/// How much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Much {
    /// So many pieces.
    Pieces(u32),
    /// So many points.
    Points(Amount),
}

/// How much of an item somebody may have in a stretch of the calendar. What is given back isn't
/// counted, and what was had before the limit was set isn't either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemLimit {
    /// Who is counted together.
    pub taker: Taker,
    /// In which stretch.
    pub window: LimitWindow,
    /// At most so much.
    pub most: Much,
}

/// What becomes of the points of a voucher that nobody used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnusedVoucher {
    /// They go back into the lots that had paid, with their dates.
    Returned,
    /// They lapse.
    Lapsed,
}

/// What is agreed with every voucher of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoucherTerms {
    /// It is good from the beginning of the day so many days after it was issued; at once if zero.
    #[serde(default)]
    pub from_days: u16,
    /// It is good until the end of the day so many days after it was issued.
    #[schema(minimum = 1, maximum = 731, example = 90)]
    pub until_days: u16,
    /// The days of the week on which it is good; all if none are named.
    #[serde(default)]
    pub weekdays: Vec<Weekday>,
    /// What becomes of its points if nobody uses it.
    pub unused: UnusedVoucher,
    /// So many wrong codes in a row
    #[schema(minimum = 1, maximum = 20, example = 5)]
    pub wrong_codes: u8,
    /// lock it for so long.
    #[schema(minimum = 1, maximum = 40_320, example = 60)]
    pub lock_minutes: u32,
}

/// The terms of an item. Whoever sets them sets all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemTerms {
    /// To whom it is open; to everybody if nobody is named.
    #[serde(default)]
    pub only: Vec<OpenTo>,
    /// How much anybody may have.
    #[serde(default)]
    pub limits: Vec<ItemLimit>,
    /// What is agreed with its vouchers; without, it is handed out over the counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<VoucherTerms>,
}

/// A price that an item had from a record on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PriceSince {
    /// The record that set it.
    #[schema(example = 48_211)]
    pub position: u64,
    /// When that was recorded.
    pub since: Instant,
    /// Points for one.
    pub price: Amount,
    /// What one cost the pools, in yuan.
    pub cost: Amount,
}

/// All prices that an item had, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Prices {
    /// Of which item.
    pub item: Id,
    /// The prices.
    pub prices: Vec<PriceSince>,
}

/// Why a resident can't have an item now. All that stand in the way are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// Too few stars.
    TooFewStars,
    /// For assisted households alone.
    AssistedOnly,
    /// Too few points for one.
    InsufficientPoints,
    /// None free at this station.
    OutOfStock,
    /// It is booked by the slot, not sold over the counter.
    BookingNeeded,
    /// It is had as a voucher, not sold over the counter.
    VoucherNeeded,
    /// It isn't open to this resident.
    NotOpen,
}

/// An item as it stands at a station, for a resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueItem {
    /// The item.
    pub item: Item,
    /// How many can still be promised here; none if its stock isn't counted or no station was
    /// asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<u32>,
    /// What stands in the way; empty: one can be had now. Without a resident only stock counts.
    pub hindrances: Vec<Hindrance>,
}

/// What can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Catalogue {
    /// At which station, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
    /// For which resident, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// Items in the order of their ids: all, or what can be had at the station. Goods that ran out
    /// there are among them.
    pub items: Vec<CatalogueItem>,
    /// The cursor of the next page; none after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An item's terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemTermsSet {
    /// Of which item.
    pub item: Id,
    /// The terms.
    pub terms: ItemTerms,
}

/// A new price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemPriced {
    /// Which item.
    pub item: Id,
    /// Points for one.
    pub price: Amount,
    /// What one costs the pools, in yuan.
    pub cost: Amount,
}
