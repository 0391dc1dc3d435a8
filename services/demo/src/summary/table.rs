//! The summary for people.

use std::fmt;

use comfy_table::{CellAlignment, Table, presets};
use linli_api::award::Category;
use linli_api::key::KeyKind;

use super::{Grades, QuarterList, Shown, Summary};

/// A category in both languages.
const fn name(category: Category) -> &'static str {
    match category {
        Category::Study => "学习教育 study",
        Category::Culture => "文化宣传 culture",
        Category::Environment => "环境维护 environment",
        Category::Mediation => "矛盾调解 mediation",
        Category::Assistance => "困难帮扶 assistance",
        Category::PublicWelfare => "公益服务 public welfare",
        Category::Outstanding => "突出贡献 outstanding",
        Category::Patrol => "平安巡逻 patrol",
        Category::Hazard => "隐患上报 hazard",
        Category::MutualAid => "邻里互助 mutual aid",
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.place())?;
        writeln!(f, "{}", self.services())?;
        writeln!(f, "{}", self.points())?;
        writeln!(f, "{}", self.top())?;
        writeln!(f, "{}", self.shown())?;
        writeln!(f, "{}", self.proof())?;
        write!(f, "{}", self.doors())
    }
}

impl Summary {
    fn place(&self) -> Table {
        let mut table =
            table(["居民 residents", "家庭户 households", "网格 grids", "微网格 micro-grids"]);
        right(&mut table, 0..4);
        let counts = [self.residents, self.households, self.grids, self.micro_grids];
        table.add_row(counts.map(|count| count.to_string()));
        table
    }

    fn services(&self) -> Table {
        let mut table = table(["贡献 contributions", ""]);
        right(&mut table, 1..2);
        for (category, count) in &self.contributions_by_category {
            table.add_row([name(*category).to_owned(), count.to_string()]);
        }
        for (what, count) in [
            ("合计 in all", self.contributions),
            ("活动 activities", self.activities),
            ("签到签退 seats served", self.seats_served),
            ("忘记签退 check-outs forgotten", self.seats_forgotten),
            ("未到 seats missed", self.seats_missed),
            ("授予 awarded", self.awards),
            ("公示 on notice first", self.notices),
            ("异议 objections", self.objections),
            ("异议成立 objections upheld", self.objections_upheld),
            ("申诉 appeals", self.appeals),
            ("申诉成立 appeals upheld", self.appeals_upheld),
            ("不予认定 rejected", self.rejections),
            ("核查 held and looked at", self.holds),
            ("隐患核实 hazards verified", self.hazards_verified),
            ("隐患合并 hazards linked", self.hazards_linked),
            ("隐患不认定 hazards dismissed", self.hazards_dismissed),
            ("抽查 inspected", self.inspections),
            ("冲正 reversed", self.reversals),
            ("兑换 redemptions", self.redemptions),
            ("撤销 voided", self.redemptions_voided),
            ("预约 bookings", self.bookings),
            ("排队预约 waited for", self.bookings_waited),
            ("预约使用 bookings used", self.bookings_used),
            ("预约取消 called off", self.bookings_called_off),
            ("预约未到 not come to", self.bookings_missed),
            ("服务券 vouchers", self.vouchers),
            ("服务券使用 vouchers used", self.vouchers_used),
            ("退回 returned", self.returns),
            ("盘点 shelves counted", self.stock_counts),
            ("盘亏 pieces missing", self.pieces_missing),
            ("对账单 statements paid", self.statements),
        ] {
            table.add_row([what.to_owned(), count.to_string()]);
        }
        table
    }

    fn points(&self) -> Table {
        let mut table = table(["积分 points", "", "占比 share"]);
        right(&mut table, 1..3);
        table.add_row(["注资 funded", &self.points_funded.to_string(), ""]);
        table.add_row(["发放 issued", &self.points_issued.to_string(), ""]);
        for (what, points) in [
            ("兑付 redeemed", &self.points_redeemed),
            ("退还 returned", &self.points_returned),
            ("到期 lapsed", &self.points_lapsed),
            ("未兑 outstanding", &self.points_outstanding),
        ] {
            let part = Self::percent(points, &self.points_issued);
            table.add_row([what.to_owned(), points.to_string(), part]);
        }
        for pool in &self.pools {
            let part = Self::percent(&pool.left, &pool.funded);
            table.add_row([
                format!("资金池结余 left in {}", pool.code),
                pool.left.to_string(),
                part,
            ]);
        }
        table
    }

    fn top(&self) -> Table {
        let mut table = table(["名次 rank", "居民 resident", "功勋值 merit"]);
        right(&mut table, 0..1);
        right(&mut table, 2..3);
        for place in &self.top_ten {
            table.add_row([
                place.rank.to_string(),
                place.resident.to_string(),
                place.merit.to_string(),
            ]);
        }
        table
    }

    /// What the year shows beside its figures.
    fn shown(&self) -> Table {
        let mut table = table(["另有 also shown", ""]);
        right(&mut table, 1..2);
        let Shown { aids, orders, tables, saved_time: saved, .. } = &self.shown;
        let Shown { grades, taken_back, slots_off, second_rules, honours, .. } = &self.shown;
        let Grades { a, b, c, d } = grades;
        for list in &self.award_lists {
            let QuarterList { quarter, awards, reversed, points } = list;
            let told = format!("{awards}, {reversed} reversed, {points}");
            table.add_row([format!("季度公示 list of {quarter}"), told]);
        }
        for (what, told) in [
            ("求助 asks for help", aids.asks.to_string()),
            ("主动帮 offers of help", aids.offers.to_string()),
            ("微心愿 micro-wishes", aids.wishes.to_string()),
            ("心愿实现 of them fulfilled", aids.wishes_fulfilled.to_string()),
            ("派给他格 orders dispatched by hand", orders.dispatched.to_string()),
            ("主动上报 orders handed up", orders.handed_up.to_string()),
            ("按时应哨 whistles in time", orders.whistles_in_time.to_string()),
            ("多方说理 tables of several bodies", tables.several_bodies.to_string()),
            ("民警到场 the police at them", tables.police.to_string()),
            ("法律援助到场 legal aid", tables.legal_aid.to_string()),
            ("物业到场 property firms", tables.property.to_string()),
            ("党员到场 party members", tables.party.to_string()),
            ("再次调解不计 mediated again, unpaid", tables.mediated_again.to_string()),
            ("存入时间 hours stored", saved.hours_stored.to_string()),
            ("基金发出 hours issued by the fund", saved.hours_issued.to_string()),
            ("超上限转赠 hours above the cap", saved.hours_above_cap.to_string()),
            ("赠与亲属 hours given to kin", saved.hours_to_kin.to_string()),
            ("队伍赠时 hours given by a team", saved.hours_by_team.to_string()),
            ("时间箱批准 granted by the chest", saved.asks_granted.to_string()),
            ("轧差对账单 netting statements", saved.nettings.to_string()),
            ("赠时不允 gifts refused", saved.refused.join(", ")),
            ("证据等级 awards of grade A, B, C, D", format!("{a}, {b}, {c}, {d}")),
            ("冲正应还 owed of what was taken back", taken_back.points_owed.to_string()),
            ("已还 of it repaid", taken_back.points_repaid.to_string()),
            ("时段停开 slots called off", slots_off.slots.to_string()),
            ("预约退回 bookings ended so", slots_off.bookings_ended.to_string()),
            ("规则改动 changed by the second rules", second_rules.changes.len().to_string()),
            ("试算前 points by the first, as tried", second_rules.points_of_first.to_string()),
            ("试算后 points by the second", second_rules.points_of_second.to_string()),
            ("难度加分 clearings found hard", second_rules.found_hard.to_string()),
            ("服务证明 certificates", honours.certificates.to_string()),
            ("证明有效 of them valid", honours.certificates_valid.to_string()),
            ("证明作废 of them void", honours.certificates_revoked.to_string()),
            ("徽章 badges signed", honours.badges.to_string()),
            ("记录更正申请 record reports answered", honours.reports_answered.to_string()),
            ("榜上化名 called on the board", honours.pseudonym.clone()),
            ("家庭榜 households ranked", honours.households_ranked.to_string()),
            ("队伍榜 teams ranked", honours.teams_ranked.to_string()),
            ("小区榜 estates ranked", honours.estates_ranked.to_string()),
        ] {
            table.add_row([what.to_owned(), told]);
        }
        table
    }

    fn proof(&self) -> Table {
        let mut table = table(["审计 audit", ""]);
        let audit = match &self.audit {
            None => "尚未审计 not asked yet".to_owned(),
            Some(audit) if audit.ok => {
                format!("属实 true, {} records/s", audit.records_per_second)
            }
            Some(audit) => format!("不符 WRONG: {} violations", audit.violations),
        };
        let stories = &self.stories;
        for (what, told) in [
            ("记录 records", self.records.to_string()),
            ("根哈希 root", self.root.to_string()),
            ("重放 replay", audit),
            ("同时两地 two places at once", stories.overlap.clone()),
            ("两站抢兑 two stations at once", stories.race_for_points.clone()),
            ("最后一袋米 last bag of rice", stories.race_for_stock.clone()),
            ("一患三报 one hazard, three reports", stories.one_hazard.clone()),
            ("吹哨未应 whistle unanswered", stories.whistle.clone()),
            ("楼栋长迁居 head moves", stories.moved.clone()),
            ("居民注销 resident erased", stories.erased.clone()),
            ("离线双花 spent twice off line", stories.off_line.clone()),
            ("排队等米 waiting for rice", stories.queue.clone()),
            ("调解加分试算 mediation tried at more", stories.draft.clone()),
            ("用时 took", format!("{:.1} s", self.seconds)),
            ("命令 commands", format!("{} /s", self.throughput)),
        ] {
            table.add_row([what.to_owned(), told]);
        }
        table
    }

    /// Without a frame: keys are long, and are copied.
    fn doors(&self) -> Table {
        let mut table = table(["入口 doors", ""]);
        table.load_style(presets::NOTHING);
        let urls = &self.urls;
        for (what, url) in [
            ("接口 API", &urls.api),
            ("文档 documents", &urls.docs),
            ("驿站 station", &urls.station),
            ("财务 finance", &urls.finance),
            ("审计 audit", &urls.audit),
            ("指标 metrics", &urls.metrics),
        ] {
            table.add_row([what, url]);
        }
        for key in &self.keys {
            table.add_row([&key.name, &key.secret]);
        }
        // The page takes a key behind the number sign, which no server gets to see.
        if let Some(key) = self.keys.iter().find(|key| key.kind == KeyKind::Station) {
            let link = format!("{}#key={}", urls.station, key.secret);
            table.add_row([format!("{}, key filled in", key.name), link]);
        }
        if let Some(visitor) = &self.visitor {
            let shown = format!("{} ({} 积分 points)", visitor.card, visitor.available);
            table.add_row(["居民卡 resident's card".to_owned(), shown]);
        }
        table
    }
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header);
    table
}

fn right(table: &mut Table, columns: std::ops::Range<usize>) {
    for column in columns {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}
