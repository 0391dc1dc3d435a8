//! Refusals about vouchers and the terms of items, with their figures in a sentence.

use linli_domain::id::ItemId;
use linli_domain::item::{Taker, TermsPart};
use linli_domain::quantity::Points;
use linli_domain::resource::Weekday;
use linli_domain::time::{Timestamp, Window};
use linli_domain::voucher::Status;
use serde_json::Value;

use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem, Words};

pub(super) const fn voucher_words(found: Status) -> Words {
    match found {
        Status::Issued => Words { zh: "可用", en: "good" },
        Status::Used => Words { zh: "已使用", en: "used" },
        Status::Expired => Words { zh: "已过期", en: "expired" },
        Status::Returned => Words { zh: "已退回", en: "given back" },
    }
}

pub(super) fn voucher_locked(until: Timestamp, most: u8) -> Problem {
    Problem::new(
        Kind::VoucherLocked,
        format!("券码连续 {most} 次错误,锁定至 {}。", wall_time(until)),
        format!("Locked until {} after {most} wrong codes in a row.", wall_time(until)),
    )
    .with("until", time_text(until))
    .with("most", most)
}

pub(super) fn voucher_too_early(from: Timestamp) -> Problem {
    Problem::new(
        Kind::VoucherTooEarly,
        format!("该券 {} 起可用。", wall_time(from)),
        format!("It is good from {}.", wall_time(from)),
    )
    .with("from", time_text(from))
}

pub(super) fn voucher_not_today(days: &[Weekday]) -> Problem {
    let words = || days.iter().map(|day| day_words(*day));
    let zh: Vec<_> = words().map(|day| day.zh).collect();
    let en: Vec<_> = words().map(|day| day.en).collect();
    Problem::new(
        Kind::VoucherNotToday,
        format!("该券仅限{}使用。", zh.join("、")),
        format!("It is good on {}.", en.join(", ")),
    )
    .with("days", en.iter().map(|day| Value::from(day.to_lowercase())).collect::<Vec<_>>())
}

const fn day_words(day: Weekday) -> Words {
    match day {
        Weekday::Monday => Words { zh: "周一", en: "Monday" },
        Weekday::Tuesday => Words { zh: "周二", en: "Tuesday" },
        Weekday::Wednesday => Words { zh: "周三", en: "Wednesday" },
        Weekday::Thursday => Words { zh: "周四", en: "Thursday" },
        Weekday::Friday => Words { zh: "周五", en: "Friday" },
        Weekday::Saturday => Words { zh: "周六", en: "Saturday" },
        Weekday::Sunday => Words { zh: "周日", en: "Sunday" },
    }
}

pub(super) fn invalid_terms(item: ItemId, part: TermsPart) -> Problem {
    let (zh, en) = match part {
        TermsPart::Only => (
            "开放对象须为已登记的区域、家庭户或居民,至多 100 个",
            "an item is open to at most 100 areas, households and residents, which have to be there",
        ),
        TermsPart::Limits => {
            ("限额至多 12 条,且须大于零", "an item has at most 12 limits, each above zero")
        }
        TermsPart::Voucher => (
            "仅服务类商品可设券;有效期 1 至 731 天,起用日不晚于到期日;星期不重复;错码 1 至 20 次锁定;锁定 1 分钟至 4 周",
            "a service has vouchers; they are good for 1 to 731 days, from no later than the last of \
             these, on days that are named once; 1 to 20 wrong codes lock one for a minute to four weeks",
        ),
    };
    Problem::new(Kind::InvalidTerms, format!("{zh}。"), format!("The terms: {en}."))
        .with("item", item.to_string())
}

/// Who is counted together in which stretch of the calendar.
pub(super) fn whose(taker: Taker, window: Window) -> Words {
    match (taker, window) {
        (Taker::Person, Window::Day) => Words { zh: "每人每日", en: "a person a day" },
        (Taker::Person, Window::Week) => Words { zh: "每人每周", en: "a person a week" },
        (Taker::Person, Window::Month) => Words { zh: "每人每月", en: "a person a month" },
        (Taker::Person, Window::Quarter) => Words { zh: "每人每季", en: "a person a quarter" },
        (Taker::Person, Window::Year) => Words { zh: "每人每年", en: "a person a year" },
        (Taker::Person, Window::AllTime) => Words { zh: "每人累计", en: "a person in all" },
        (Taker::Household, Window::Day) => Words { zh: "每户每日", en: "a household a day" },
        (Taker::Household, Window::Week) => Words { zh: "每户每周", en: "a household a week" },
        (Taker::Household, Window::Month) => {
            Words { zh: "每户每月", en: "a household a month" }
        }
        (Taker::Household, Window::Quarter) => {
            Words { zh: "每户每季", en: "a household a quarter" }
        }
        (Taker::Household, Window::Year) => Words { zh: "每户每年", en: "a household a year" },
        (Taker::Household, Window::AllTime) => {
            Words { zh: "每户累计", en: "a household in all" }
        }
    }
}

pub(super) fn too_many_taken(
    item: ItemId,
    of: (Taker, Window),
    (most, taken, wanted): (u32, u32, u32),
) -> Problem {
    let Words { zh, en } = whose(of.0, of.1);
    Problem::new(
        Kind::TooManyTaken,
        format!("{zh}限 {most} 件,已有 {taken} 件,需要 {wanted} 件。"),
        format!("At most {most} {en}: {taken} taken, {wanted} more wanted."),
    )
    .with("item", item.to_string())
    .with("most", most)
    .with("taken", taken)
    .with("wanted", wanted)
}

pub(super) fn too_much_spent(
    item: ItemId,
    of: (Taker, Window),
    (most, spent, wanted): (Points, Points, Points),
) -> Problem {
    let Words { zh, en } = whose(of.0, of.1);
    Problem::new(
        Kind::TooMuchSpent,
        format!("{zh}限 {most} 积分,已用 {spent},需要 {wanted}。"),
        format!("At most {most} points {en}: {spent} spent, {wanted} more wanted."),
    )
    .with("item", item.to_string())
    .with("most", most.to_string())
    .with("spent", spent.to_string())
    .with("wanted", wanted.to_string())
}
