//! What nouns and levels are called.

use crate::problem::Words;
use linli_domain::Noun;
use linli_domain::area::Level;

pub(crate) const fn noun_name(noun: Noun) -> &'static str {
    match noun {
        Noun::Area => "area",
        Noun::Household => "household",
        Noun::Resident => "resident",
        Noun::Card => "card",
        Noun::Officer => "officer",
        Noun::Station => "station",
        Noun::Operator => "operator",
        Noun::Shift => "shift",
        Noun::Allowance => "allowance",
        Noun::Supplier => "supplier",
        Noun::Pool => "pool",
        Noun::Item => "item",
        Noun::Contribution => "contribution",
        Noun::Notice => "notice",
        Noun::Redemption => "redemption",
        Noun::Voucher => "voucher",
        Noun::Team => "team",
        Noun::Activity => "activity",
        Noun::Seat => "seat",
        Noun::Hazard => "hazard",
        Noun::Order => "order",
        Noun::Whistle => "whistle",
        Noun::Aid => "aid",
        Noun::Estate => "estate",
        Noun::Committee => "committee",
        Noun::Case => "case",
        Noun::Mediator => "mediator",
        Noun::Certificate => "certificate",
        Noun::RecordReport => "record report",
        Noun::Statement => "statement",
        Noun::Resource => "resource",
        Noun::Booking => "booking",
    }
}

pub(super) const fn noun_words(noun: Noun) -> Words {
    let zh = match noun {
        Noun::Area => "区域",
        Noun::Household => "家庭户",
        Noun::Resident => "居民",
        Noun::Card => "居民卡",
        Noun::Officer => "人员",
        Noun::Station => "驿站",
        Noun::Operator => "操作员",
        Noun::Shift => "班次",
        Noun::Allowance => "离线额度",
        Noun::Supplier => "供应方",
        Noun::Pool => "资金池",
        Noun::Item => "商品",
        Noun::Contribution => "贡献",
        Noun::Notice => "公示",
        Noun::Redemption => "兑换单",
        Noun::Voucher => "服务券",
        Noun::Team => "志愿服务队",
        Noun::Activity => "活动",
        Noun::Seat => "名额",
        Noun::Hazard => "隐患",
        Noun::Order => "工单",
        Noun::Whistle => "哨",
        Noun::Aid => "互助",
        Noun::Estate => "小区",
        Noun::Committee => "红色管委会",
        Noun::Case => "调解案件",
        Noun::Mediator => "调解席位",
        Noun::Certificate => "证明",
        Noun::RecordReport => "记录更正申请",
        Noun::Statement => "对账单",
        Noun::Resource => "共享资源",
        Noun::Booking => "预约",
    };
    Words { zh, en: noun_name(noun) }
}

pub(super) const fn level_name(level: Level) -> &'static str {
    match level {
        Level::MicroGrid => "micro_grid",
        Level::Grid => "grid",
        Level::Community => "community",
        Level::SubDistrict => "sub_district",
        Level::District => "district",
    }
}

pub(super) const fn level_words(level: Level) -> Words {
    match level {
        Level::MicroGrid => Words { zh: "微网格", en: "micro-grid" },
        Level::Grid => Words { zh: "网格", en: "grid" },
        Level::Community => Words { zh: "社区", en: "community" },
        Level::SubDistrict => Words { zh: "街道", en: "sub-district" },
        Level::District => Words { zh: "区", en: "district" },
    }
}
