//! The tables `[orders]`, `[whistles]` and `[aid]`: hazards and their orders, the two whistles, mutual
//! aid. Without `[orders]` a place has none of them.

use linli_domain::quantity::Minutes;
use linli_domain::rules::{AidRules, HazardActs, OrderClocks, OrderRules, WhistleClocks};
use linli_domain::text::ActCode;
use serde::Deserialize;

use crate::word::Word;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrdersSheet {
    duplicate_hours: u16,
    false_reports: u8,
    pause_days: u16,
    check_hours: u16,
    hazards: HazardsSheet,
    ladder: LadderSheet,
    whistles: WhistlesSheet,
    aid: AidSheet,
    #[serde(default)]
    quotas: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HazardsSheet {
    ordinary: Word<ActCode>,
    serious: Word<ActCode>,
    major: Word<ActCode>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LadderSheet {
    micro_grid: ClocksSheet,
    grid: ClocksSheet,
    community: ClocksSheet,
    sub_district: ClocksSheet,
    district: ClocksSheet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClocksSheet {
    accept_minutes: u32,
    close_hours: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhistlesSheet {
    sign_minutes: u32,
    contact_hours: u16,
    push_working_days: u16,
    tackle_working_days: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AidSheet {
    act: Word<ActCode>,
    wish: Word<ActCode>,
    open_days: u16,
    #[serde(default)]
    only: bool,
}

fn hours(hours: u16) -> Minutes {
    Minutes::new(u32::from(hours).saturating_mul(60))
}

impl OrdersSheet {
    pub(super) fn to_rules(&self) -> OrderRules {
        let HazardsSheet { ordinary, serious, major } = &self.hazards;
        let LadderSheet { micro_grid, grid, community, sub_district, district } = &self.ladder;
        let clocks = |sheet: &ClocksSheet| OrderClocks {
            accept: Minutes::new(sheet.accept_minutes),
            close: hours(sheet.close_hours),
        };
        OrderRules {
            duplicate_hours: self.duplicate_hours,
            false_reports: self.false_reports,
            pause_days: self.pause_days,
            hazards: HazardActs {
                ordinary: ordinary.0.clone(),
                serious: serious.0.clone(),
                major: major.0.clone(),
            },
            ladder: [micro_grid, grid, community, sub_district, district].map(clocks),
            check: hours(self.check_hours),
            whistles: WhistleClocks {
                sign: Minutes::new(self.whistles.sign_minutes),
                contact: hours(self.whistles.contact_hours),
                push_working_days: self.whistles.push_working_days,
                tackle_working_days: self.whistles.tackle_working_days,
            },
            aid: AidRules {
                act: self.aid.act.0.clone(),
                wish: self.aid.wish.0.clone(),
                open_days: self.aid.open_days,
                only: self.aid.only,
            },
            quotas: self.quotas,
        }
    }
}
