//! Areas, keys, and the order in which a place comes to be.

use std::sync::Mutex;
use std::sync::atomic::AtomicU64;

use linli_api::area::{FoundArea, GridKind, Level};
use linli_api::key::KeyKind;
use linli_api::{Bilingual, Client, Id};

use super::{Areas, Diary, Place, Wish, instant, keys, people, supply};
use crate::Http;

/// The rules are in force since so many days, so that late entries fall under them too.
const RULES_DAYS: i64 = 30;

/// The rules of a place: Gulou's, but that nothing stands on public notice and no check holds anything,
/// so that what a test gives somebody is there at once. Who tests those publishes Gulou's own.
#[must_use]
pub fn plain_rules() -> String {
    without(&mediated_rules(), "[mediation]\n")
}

/// The same with mediation cases, from which alone its acts come then.
#[must_use]
pub fn mediated_rules() -> String {
    let plain = without(&without(linli_profile::GULOU, "[notice]\n"), "[conduct]\n");
    let noticed = |line: &&str| *line != "notice = true";
    plain.lines().filter(noticed).map(|line| format!("{line}\n")).collect()
}

/// A profile without a table, which ends where a line is empty.
fn without(text: &str, table: &str) -> String {
    let (before, rest) = text.split_once(table).unwrap_or_default();
    let after = rest.split_once("\n\n").map_or(rest, |(_, after)| after);
    format!("{before}\n{after}")
}

/// The hand that founds. Each command is sent once, so the name of what it makes is its key.
pub(super) struct Founder {
    pub(super) operator: Client,
}

impl Place {
    /// Founds one in an empty district, whose ledger believes it to be `now`.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn found(
        operator: &Client,
        url: &str,
        now: jiff::Timestamp,
        wish: Wish,
    ) -> anyhow::Result<Self> {
        let founder = Founder { operator: operator.clone() };
        let rules_from = instant(now - jiff::SignedDuration::from_hours(24 * RULES_DAYS));
        operator.publish_rules("rules", &plain_rules(), &rules_from, None).await?;
        let areas = founder.areas().await?;
        let people = people::settle(&founder, &areas).await?;
        let crowd = people::crowd(&founder, &areas, wish.crowd).await?;
        let officers = people::appoint(&founder, &areas, &people).await?;
        let pools = supply::pools(&founder).await?;
        let [shop, kiosk] = supply::counters(&founder, &areas).await?;
        let items = supply::shelves(&founder, &shop, &kiosk).await?;
        let (partner_key, partner) = founder.hand(KeyKind::Partner, "partner", None).await?;
        let (auditor_key, auditor) = founder.hand(KeyKind::Auditor, "auditor", None).await?;
        Ok(Self {
            url: url.to_owned(),
            http: Http::new(url),
            operator: operator.clone(),
            partner,
            partner_key,
            auditor,
            auditor_key,
            areas,
            people,
            crowd,
            officers,
            shop,
            kiosk,
            items,
            pools,
            diary: Mutex::new(Diary::at(now)),
            keys: AtomicU64::new(1),
        })
    }
}

impl Founder {
    async fn areas(&self) -> anyhow::Result<Areas> {
        let district = self.area("district", "鼓楼区", Level::District, None).await?;
        let street = self.area("street", "中央门街道", Level::SubDistrict, Some(&district)).await?;
        let community = self.area("community", "丁山社区", Level::Community, Some(&street)).await?;
        let grid = self.area("grid", "第一网格", Level::Grid, Some(&community)).await?;
        let building = self.area("building", "一幢", Level::MicroGrid, Some(&grid)).await?;
        let other_grid = self.area("other-grid", "第二网格", Level::Grid, Some(&community)).await?;
        let other_building =
            self.area("other-building", "二幢", Level::MicroGrid, Some(&other_grid)).await?;
        Ok(Areas { district, street, community, grid, building, other_grid, other_building })
    }

    async fn area(
        &self,
        en: &str,
        zh: &str,
        level: Level,
        parent: Option<&Id>,
    ) -> anyhow::Result<Id> {
        let area = FoundArea {
            area: None,
            level,
            grid_kind: (level == Level::Grid).then_some(GridKind::Comprehensive),
            parent: parent.cloned(),
            name: Bilingual::new(zh, en),
        };
        Ok(self.operator.found_area(&format!("area-{en}"), &area).await?.body.changed.id)
    }

    /// A key, and a client with it.
    pub(super) async fn hand(
        &self,
        kind: KeyKind,
        name: &str,
        subject: Option<&Id>,
    ) -> anyhow::Result<(String, Client)> {
        keys::hand(&self.operator, kind, name, subject).await
    }
}
