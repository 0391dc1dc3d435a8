//! The lines of an award in words.

use linli_api::Bilingual;
use linli_domain::award::Line;
use linli_domain::contribution::{Signal, Signals};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{Cap, Limit, Scope, Unit};
use linli_domain::time::Window;
use rust_decimal::Decimal;

use crate::problem::Words;

/// One step from a contribution to its award, for people.
pub(super) fn explain(line: &Line) -> Bilingual {
    let (zh, en) = match line {
        Line::Base { unit, units, each, points } => {
            let (unit, units, points) = (unit_words(*unit), plain(*units), plain(*points));
            (
                format!("{units} {} × {each} 积分 = {points}", unit.zh),
                format!("{units} {} at {each} points each = {points}", unit.en),
            )
        }
        Line::CapCut { cap, counted, of } => cap_cut(cap, *counted, *of),
        Line::Night { factor, points } => multiplied("夜间系数", "night", *factor, *points),
        Line::Alert { factor, points } => {
            multiplied("高温冰雪预警系数", "heat or snow alert", *factor, *points)
        }
        Line::Difficulty { level, factor, points } => {
            let level = level.0;
            let (zh, en) = (format!("难度 {level} 级系数"), format!("difficulty {level}"));
            multiplied(&zh, &en, *factor, *points)
        }
        Line::Assisted { factor, points } => {
            multiplied("服务困难对象系数", "service to assisted people", *factor, *points)
        }
        Line::Merit { weight, factor, merit } => {
            let (weight, factor) = (plain(*weight), plain(*factor));
            (
                format!("功勋值:基础积分 × 权重 {weight} × 等级系数 {factor} = {merit}"),
                format!("merit: base points × weight {weight} × grade factor {factor} = {merit}"),
            )
        }
        Line::GradePart { grade, factor, points } => (
            format!("佐证等级 {grade:?} × {} = {points} 积分", plain(*factor)),
            format!("evidence of grade {grade:?} × {} = {points} points", plain(*factor)),
        ),
        Line::EvidenceTooWeak { grade, least } => (
            format!("佐证等级为 {grade:?},积分须达 {least:?}:只计功勋值与时长"),
            format!(
                "evidence of grade {grade:?}, and points need {least:?}: merit and minutes alone"
            ),
        ),
        Line::EvidenceLacks { lacking } => lacks(*lacking),
        Line::GradeCap { cap, points } => (
            format!("该等级每月上限 {cap} 积分,本次计 {points}"),
            format!("at most {cap} points a month on this grade, so {points}"),
        ),
        Line::MonthCap { cap, points } => (
            format!("每月积分上限 {cap},本次计 {points}"),
            format!("at most {cap} points a month, so {points}"),
        ),
        Line::Throttled { left, below, part, points } => {
            let part = plain(*part);
            (
                format!("资金池剩余 {left} 积分,低于 {below},按 {part} 计:{points}"),
                format!(
                    "the pool had {left} points left, below {below}, so {part} of it: {points}"
                ),
            )
        }
        Line::PoolShort { left, points } => (
            format!("资金池剩余 {left} 积分,本次计 {points}"),
            format!("the pool had {left} points left, so {points}"),
        ),
        Line::Unsettled { factor, points } => unsettled(*factor, *points),
        Line::Repaid { owed, repaid, points } => (
            format!("待扣积分 {owed},本次抵扣 {repaid},到账 {points}"),
            format!("{owed} points were owed; {repaid} of this repaid them, so {points}"),
        ),
        Line::MinutesCredited { minutes, honour } => credited(*minutes, *honour),
    };
    Bilingual { zh, en }
}

fn lacks(lacking: Signals) -> (String, String) {
    let words: Vec<Words> = lacking.iter().map(signal_words).collect();
    let zh: Vec<&str> = words.iter().map(|words| words.zh).collect();
    let en: Vec<&str> = words.iter().map(|words| words.en).collect();
    (
        format!("缺少{}:只计功勋值与时长", zh.join("、")),
        format!("points need what the evidence lacks ({}): merit and minutes alone", en.join(", ")),
    )
}

const fn signal_words(signal: Signal) -> Words {
    match signal {
        Signal::RotatingCode => Words { zh: "动态码", en: "the rotating code" },
        Signal::SignInOut => Words { zh: "签到签退", en: "sign-in and sign-out" },
        Signal::Place => Words { zh: "到场定位", en: "the place" },
        Signal::InsideShift => Words { zh: "在班次内", en: "inside the shift" },
        Signal::Confirmed => Words { zh: "对方或他人确认", en: "somebody's confirmation" },
        Signal::Photo => Words { zh: "照片", en: "a photograph" },
        Signal::PaperSheet => Words { zh: "纸质材料", en: "a paper" },
        Signal::CheckpointsScanned => Words { zh: "巡更点", en: "enough checkpoints" },
        Signal::AdministratorEntry => Words { zh: "补录", en: "an entry made afterwards" },
        Signal::BothConfirmed => Words { zh: "双方确认", en: "the words of both sides" },
        Signal::OrderChecked => Words { zh: "接单核验", en: "a checked order" },
        Signal::ReferredServed => {
            Words { zh: "所推荐者已服务", en: "the service of who was referred" }
        }
        Signal::CaseEnded => Words { zh: "调解结案", en: "the end of the case" },
        Signal::Unsettled => Words { zh: "调解未成", en: "a case unsettled" },
    }
}

fn credited(minutes: Minutes, honour: bool) -> (String, String) {
    if honour {
        (
            format!("荣誉时数 {minutes} 分钟,不计入星级"),
            format!("{minutes} honour minutes, which give no stars"),
        )
    } else {
        (format!("服务时长 {minutes} 分钟"), format!("{minutes} service minutes"))
    }
}

/// Points after a coefficient.
fn multiplied(zh: &str, en: &str, factor: Decimal, points: Decimal) -> (String, String) {
    let (factor, points) = (plain(factor), plain(points));
    (format!("{zh} × {factor} = {points}"), format!("{en} × {factor} = {points}"))
}

fn unsettled(factor: Decimal, points: Decimal) -> (String, String) {
    let (factor, points) = (plain(factor), plain(points));
    (
        format!("调解未达成协议,计基础积分的 {factor} = {points}"),
        format!("the case ended unsettled, which is worth {factor} of the base points = {points}"),
    )
}

fn cap_cut(cap: &Cap, counted: i64, of: i64) -> (String, String) {
    let (window, scope) = (window_words(cap.window), scope_words(cap.scope));
    let (counted, of, unit) = match cap.limit {
        Limit::Minutes(_) => (hours(counted), hours(of), Words { zh: "小时", en: "h" }),
        Limit::Times(_) => (counted.to_string(), of.to_string(), Words { zh: "次", en: "times" }),
        Limit::Points(_) => (points(counted), points(of), Words { zh: "积分", en: "points" }),
    };
    (
        format!("{}{}上限:{of} {}中计 {counted} {}", scope.zh, window.zh, unit.zh, unit.zh),
        format!(
            "{counted} {} counted of {of} {}: cap {} {}",
            unit.en, unit.en, scope.en, window.en
        ),
    )
}

fn unit_words(unit: Unit) -> Words {
    match unit {
        Unit::Slot(minutes) if minutes.get() == 30 => {
            Words { zh: "个 30 分钟", en: "half-hours" }
        }
        Unit::Each => Words { zh: "次", en: "×" },
        Unit::Hour => Words { zh: "小时", en: "h" },
        Unit::Slot(_) => Words { zh: "班次", en: "slots" },
    }
}

const fn scope_words(scope: Scope) -> Words {
    match scope {
        Scope::Person => Words { zh: "个人", en: "a person" },
        Scope::Pair => Words { zh: "同一对象", en: "a pair" },
        Scope::Couple => Words { zh: "两人之间", en: "two persons, both ways" },
        Scope::Beneficiary => Words { zh: "服务对象", en: "a beneficiary" },
    }
}

const fn window_words(window: Option<Window>) -> Words {
    match window {
        None => Words { zh: "单次", en: "each time" },
        Some(Window::Day) => Words { zh: "每日", en: "a day" },
        Some(Window::Week) => Words { zh: "每周", en: "a week" },
        Some(Window::Month) => Words { zh: "每月", en: "a month" },
        Some(Window::Quarter) => Words { zh: "每季", en: "a quarter" },
        Some(Window::Year) => Words { zh: "每年", en: "a year" },
        Some(Window::AllTime) => Words { zh: "累计", en: "in all" },
    }
}

fn hours(minutes: i64) -> String {
    let hours = Decimal::from(minutes).checked_div(Decimal::from(60)).unwrap_or_default();
    plain(hours.round_dp(2))
}

fn points(hundredths: i64) -> String {
    plain(Decimal::new(hundredths, 2))
}

/// Without zeros that say nothing.
fn plain(number: Decimal) -> String {
    number.round_dp(4).normalize().to_string()
}

#[cfg(test)]
mod tests {
    use linli_domain::quantity::{Merit, Points};

    use super::*;

    #[test]
    fn an_award_explains_itself() {
        let half = Decimal::new(5, 1);
        let cap = Cap {
            scope: Scope::Person,
            window: Some(Window::Day),
            limit: Limit::Minutes(Minutes::new(120)),
        };
        let lines = [
            Line::CapCut { cap, counted: 120, of: 210 },
            Line::Base {
                unit: Unit::Hour,
                units: Decimal::new(20, 1),
                each: Points::from_hundredths(100),
                points: Decimal::TWO,
            },
            Line::Night { factor: Decimal::new(15, 1), points: Decimal::new(30, 1) },
            Line::Merit {
                weight: Decimal::new(11, 1),
                factor: Decimal::ONE,
                merit: Merit::from_hundredths(220),
            },
            Line::GradePart {
                grade: linli_domain::contribution::Grade::C,
                factor: half,
                points: Points::from_hundredths(150),
            },
            Line::MinutesCredited { minutes: Minutes::new(120), honour: false },
        ];
        let told: Vec<_> =
            lines.iter().map(explain).map(|line| format!("{} | {}", line.zh, line.en)).collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        个人每日上限:3.5 小时中计 2 小时 | 2 h counted of 3.5 h: cap a person a day
        2 小时 × 1.00 积分 = 2 | 2 h at 1.00 points each = 2
        夜间系数 × 1.5 = 3 | night × 1.5 = 3
        功勋值:基础积分 × 权重 1.1 × 等级系数 1 = 2.20 | merit: base points × weight 1.1 × grade factor 1 = 2.20
        佐证等级 C × 0.5 = 1.50 积分 | evidence of grade C × 0.5 = 1.50 points
        服务时长 120 分钟 | 120 service minutes
        ");
    }
}
