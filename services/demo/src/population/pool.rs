//! The pools that fund the year: 115,000 points.

use linli_api::Bilingual;
use ulid::Ulid;

use crate::calendar::Moment;
use crate::chance::Chance;

/// A pool, funded in four quarterly parts.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    pub(crate) id: Ulid,
    /// The name by which the rules draw on it.
    pub(crate) code: &'static str,
    pub(crate) name: Bilingual,
    /// Points for the year.
    pub(crate) points: u64,
}

const POOLS: [(&str, &str, &str, u64); 4] = [
    ("street", "街道资金池", "Sub-district pool", 68_000),
    ("property", "物业资金池", "Property firms' pool", 15_000),
    ("merchants", "商户资金池", "Merchants' pool", 20_000),
    ("departments", "部门资金池", "Departments' pool", 12_000),
];

pub(super) fn pools(chance: &mut Chance) -> Vec<Pool> {
    POOLS
        .map(|(code, zh, en, points)| Pool {
            id: chance.id(Moment::EVE.milliseconds()),
            code,
            name: Bilingual::new(zh, en),
            points,
        })
        .to_vec()
}
