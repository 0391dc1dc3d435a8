//! What a rule set says beside its acts, key by key.

use std::collections::BTreeMap;

use linli_domain::area::Level;
use linli_domain::calendar::{Day, WorkingCalendar};
use linli_domain::contribution::{Grade, Signals};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{
    ActivityRules, AidRules, ConductRules, Expiry, Fairness, HonourRules, LateTerms,
    MediationRules, NoticeRules, OrderRules, Presence, RATE_WHOLE, Redeemed, ReturnTerms, RuleSet,
    Sampling, SignalRule, SpendingLimit, StaffHours, TravelTerms, WhistleClocks,
};
use linli_domain::time::{Window, Zone};
use rust_decimal::Decimal;

use super::{Told, points, time};
use crate::word::{Weekday, Written as _};

pub(super) fn tell(told: &mut Told, rules: &RuleSet) {
    told.say("profile", &rules.profile);
    told.say("zone", zone(rules.zone));
    told.say("step", points(rules.step));
    told.say("late_entry_days", rules.late_entry_days);
    told.say("longest", time(rules.longest));
    told.say("hold", time(rules.hold));
    told.say_if("queue.fetch", rules.queue.map(|queue| time(queue.fetch)));
    if let Some(counter) = rules.counter {
        told.say("counter.shift", time(counter.shift_longest));
        if counter.presence != Presence::default() {
            told.say("counter.presence", counter.presence.written());
        }
        if let Some(terms) = counter.offline {
            told.say("counter.offline.station", points(terms.station_most));
            told.say("counter.offline.person", points(terms.person_most));
            told.say("counter.offline.time", time(terms.longest));
            told.say("counter.offline.sync_days", terms.sync_days);
        }
    }
    told.say_if("month_cap", rules.month_cap.map(points));
    for (star, hours) in (1_u32..).zip(&rules.star_hours) {
        told.say(format!("star_hours.{star}"), hours);
    }
    told.say("lot_life.months", rules.lot_life.months);
    told.say("lot_life.round", Some(rules.lot_life.round).written());
    spending(told, rules);
    let coefficients = &rules.coefficients;
    told.say("coefficients.night.factor", coefficients.night.normalize());
    told.say("coefficients.night.from", clock(coefficients.night_from));
    told.say("coefficients.night.until", clock(coefficients.night_until));
    told.say("coefficients.alert.factor", coefficients.alert.normalize());
    for (level, factor) in (1_u8..).zip(&coefficients.difficulty) {
        told.say(format!("coefficients.difficulty.{level}"), factor.normalize());
    }
    told.say_if("coefficients.assisted.factor", coefficients.assisted.map(|it| it.normalize()));
    told.say_if("coefficients.alerts", coefficients.alerts_declared.then_some("declared"));
    for throttle in &rules.throttles {
        let key = |part: &str| format!("throttle.{}.{part}", throttle.pool);
        told.say(key("below"), points(throttle.below));
        told.say(key("part"), throttle.part.normalize());
    }
    fairness(told, &rules.fairness);
    if let Some(rules) = &rules.notice {
        notice(told, rules);
    }
    if let Some(rules) = &rules.conduct {
        conduct(told, rules);
    }
    [Grade::A, Grade::B, Grade::C, Grade::D].iter().for_each(|grade| of_grade(told, rules, *grade));
    calendar(told, &rules.calendar);
    if let Some(rules) = &rules.activities {
        activities(told, rules);
    }
    if let Some(rules) = &rules.orders {
        orders(told, rules);
    }
    if let Some(estates) = &rules.estates {
        told.say("estates.members_least", estates.members_least);
        told.say("estates.members_most", estates.members_most);
        told.say("estates.term_days", estates.term_days);
    }
    time_bank(told, rules);
    if let Some(rules) = &rules.mediation {
        mediation(told, rules);
    }
    if let Some(rules) = &rules.honours {
        honours(told, rules);
    }
}

fn time_bank(told: &mut Told, rules: &RuleSet) {
    let Some(time_bank) = &rules.time_bank else { return };
    let acts: Vec<_> = time_bank.acts.iter().map(|act| act.as_str()).collect();
    told.say("time_bank.acts", acts.join(" "));
    told.say("time_bank.cap_hours", time_bank.cap.whole_hours());
    told.say("time_bank.owe_hours", time_bank.owe_most.whole_hours());
    told.say("time_bank.surplus_hours", time_bank.surplus_most.whole_hours());
    told.say("time_bank.deficit_hours", time_bank.deficit_most.whole_hours());
    told.say("time_bank.ask_days", time_bank.ask_days);
}

fn spending(told: &mut Told, rules: &RuleSet) {
    match rules.spending.as_ref().and_then(|spending| spending.expiry) {
        Some(Expiry::HalfYear { months }) => {
            told.say("expiry.months", months);
            told.say("expiry.round", "half-year");
        }
        Some(Expiry::On(end)) => {
            let (day, _) = rules.zone.day_and_minute(end);
            let last = Day::from_number(day.saturating_sub(1));
            told.say("expiry.last_day", last);
        }
        None => {}
    }
    if let Some(ReturnTerms { window_days, grace_days }) = rules.returns() {
        told.say("returns.window_days", window_days);
        told.say("returns.grace_days", grace_days);
    }
    for SpendingLimit { taker, window, most } in rules.spending_limits() {
        let (who, window) = (taker.written(), Some(*window).written());
        match most {
            Redeemed::Times(times) => {
                told.say(format!("redemptions.limits.{window}.{who}.times"), times);
            }
            Redeemed::Points(most) => {
                told.say(format!("redemptions.limits.{window}.{who}.points"), points(*most));
            }
        }
    }
}

fn fairness(told: &mut Told, fairness: &Fairness) {
    told.say("fairness.recovery_part", fairness.recovery_part.normalize());
    for quota in &fairness.quotas {
        let key = |part: &str| format!("fairness.quotas.{}.{part}", quota.duty.written());
        told.say(key("time"), time(quota.minutes));
        told.say(key("points"), points(quota.points));
    }
    let Some(sampling) = &fairness.sampling else { return };
    let Sampling { at, start, least, most, late, upheld, corrected, unfounded } = sampling;
    told.say("fairness.sampling.at", clock(*at));
    for (name, rate) in [("start", start), ("least", least), ("most", most), ("late", late)] {
        told.say(format!("fairness.sampling.{name}"), part(*rate));
    }
    let factors = [("upheld", upheld), ("corrected", corrected), ("unfounded", unfounded)];
    for (name, factor) in factors {
        told.say(format!("fairness.sampling.{name}"), factor.normalize());
    }
}

fn notice(told: &mut Told, rules: &NoticeRules) {
    let acts: Vec<_> = rules.acts.iter().map(ToString::to_string).collect();
    told.say_if("notice.acts", (!acts.is_empty()).then(|| acts.join(", ")));
    told.say_if("notice.award_points", rules.award_points.map(points));
    told.say("notice.working_days", rules.working_days);
    told.say("notice.panel", rules.panel);
    told.say("notice.convened_by", rules.convener.written());
    told.say("notice.decide_working_days", rules.decide_working_days);
    told.say("notice.appeal_working_days", rules.appeal_working_days);
    told.say_if("notice.list_working_days", rules.list_working_days);
}

fn conduct(told: &mut Told, rules: &ConductRules) {
    told.say("conduct.reviewed_by", rules.reviewer.written());
    if let Some(TravelTerms { grid_metres, metres_per_minute }) = rules.travel {
        told.say("conduct.travel.grid_metres", grid_metres);
        told.say("conduct.travel.metres_per_minute", metres_per_minute);
    }
    if let Some(LateTerms { hours, entries, within_hours }) = rules.late {
        told.say("conduct.late.hours", hours);
        told.say("conduct.late.entries", entries);
        told.say("conduct.late.within_hours", within_hours);
    }
    for (name, often) in [("pair", rules.pair), ("ring", rules.ring)] {
        let Some(often) = often else { continue };
        told.say(format!("conduct.{name}.times"), often.times);
        told.say(format!("conduct.{name}.days"), often.days);
    }
    if let Some(StaffHours { from, until }) = rules.staff_hours {
        told.say("conduct.staff_hours.from", clock(from));
        told.say("conduct.staff_hours.until", clock(until));
    }
    told.say_if("conduct.forgotten_check_outs", rules.forgotten.then_some(true));
}

fn of_grade(told: &mut Told, rules: &RuleSet, grade: Grade) {
    let (terms, name) = (rules.grade(grade), grade.written());
    let key = |part: &str| format!("grade.{name}.{part}");
    told.say(key("points"), terms.points_factor.normalize());
    told.say(key("merit"), terms.merit_factor.normalize());
    told.say(key("minutes"), if terms.minutes_count { "service" } else { "honour" });
    told.say_if(key("month_cap"), terms.month_cap.map(points));
    let when = rules.signals.iter().filter(|rule| rule.grade == grade);
    for (number, rule) in (1_u32..).zip(when) {
        told.say(key(&format!("when.{number}")), signals(rule));
    }
}

fn signals(rule: &SignalRule) -> String {
    let SignalRule { grade: _, all, any, none } = rule;
    let parts = [("all of", all), ("one of", any), ("none of", none)];
    let said = parts.iter().filter(|(_, signals)| !signals.is_empty());
    said.map(|(how, signals)| format!("{how} {}", words(**signals))).collect::<Vec<_>>().join("; ")
}

pub(super) fn words(signals: Signals) -> String {
    signals.iter().map(|signal| signal.written()).collect::<Vec<_>>().join(", ")
}

/// Days by their year: a year is what is added each November.
fn calendar(told: &mut Told, calendar: &WorkingCalendar) {
    let WorkingCalendar { weekdays, holidays, made_up } = calendar;
    let worked = (0..7_u8).filter_map(|day| {
        let bit = 1_u8.checked_shl(day.into())?;
        (weekdays.bits() & bit != 0).then(|| Weekday(bit).written())
    });
    told.say("calendar.worked", worked.collect::<Vec<_>>().join(", "));
    for (name, days) in [("off", holidays), ("made_up", made_up)] {
        let mut years: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for day in days {
            let text = day.to_string();
            let (year, rest) = text.split_once('-').unwrap_or((&text, ""));
            years.entry(year.to_owned()).or_default().push(rest.to_owned());
        }
        for (year, days) in years {
            told.say(format!("calendar.{name}.{year}"), days.join(", "));
        }
    }
}

fn activities(told: &mut Told, rules: &ActivityRules) {
    let ActivityRules { days_ahead, early, late, step, lag, checkpoints_part, only } = rules;
    told.say("activities.days_ahead", days_ahead);
    told.say("activities.early", time(*early));
    told.say("activities.late", time(*late));
    told.say("activities.code", time(*step));
    told.say("activities.code_lag", lag);
    told.say("activities.checkpoints_part", checkpoints_part.normalize());
    for act in only {
        told.say(format!("activities.only.{act}"), "yes");
    }
}

fn mediation(told: &mut Told, rules: &MediationRules) {
    let MediationRules { oral, simple, difficult, major, unsettled_part, same_dispute_days } =
        rules;
    let yes = |is: bool| if is { "yes" } else { "no" };
    for (name, terms) in
        [("oral", oral), ("simple", simple), ("difficult", difficult), ("major", major)]
    {
        told.say(format!("mediation.{name}.act"), &terms.act);
        told.say(format!("mediation.{name}.written"), yes(terms.written));
        told.say(format!("mediation.{name}.performed"), yes(terms.performed));
    }
    told.say("mediation.unsettled_part", unsettled_part.normalize());
    told.say("mediation.same_dispute_days", same_dispute_days);
}

fn orders(told: &mut Told, rules: &OrderRules) {
    told.say("orders.duplicate_hours", rules.duplicate_hours);
    told.say("orders.false_reports", rules.false_reports);
    told.say("orders.pause_days", rules.pause_days);
    told.say_if("orders.quotas", rules.quotas.then_some(true));
    told.say("orders.check", time(rules.check));
    told.say("orders.hazards.ordinary", &rules.hazards.ordinary);
    told.say("orders.hazards.serious", &rules.hazards.serious);
    told.say("orders.hazards.major", &rules.hazards.major);
    let levels =
        [Level::MicroGrid, Level::Grid, Level::Community, Level::SubDistrict, Level::District];
    for level in levels {
        let (clocks, name) = (rules.clocks(level), level.written());
        told.say(format!("orders.ladder.{name}.accept"), time(clocks.accept));
        told.say(format!("orders.ladder.{name}.close"), time(clocks.close));
    }
    let WhistleClocks { sign, contact, push_working_days, tackle_working_days } = rules.whistles;
    told.say("orders.whistles.sign", time(sign));
    told.say("orders.whistles.contact", time(contact));
    told.say("orders.whistles.push_working_days", push_working_days);
    told.say("orders.whistles.tackle_working_days", tackle_working_days);
    let AidRules { act, wish, open_days, only } = &rules.aid;
    told.say("orders.aid.act", act);
    told.say("orders.aid.wish", wish);
    told.say("orders.aid.open_days", open_days);
    told.say_if("orders.aid.only", only.then_some(true));
}

fn honours(told: &mut Told, rules: &HonourRules) {
    told.say("honours.granting", rules.granting.written());
    told.say("honours.cycle", if rules.cycle == Window::Year { "year" } else { "all-time" });
    told.say("honours.tenure_days", rules.tenure_days);
    told.say("honours.notice_working_days", rules.notice_working_days);
    for (star, level) in (1_u32..).zip(&rules.star_raters) {
        told.say(format!("honours.star_raters.{star}"), level.written());
    }
    for medal in &rules.medals {
        let key = |part: &str| format!("honours.medals.{}.{part}", medal.code);
        told.say(key("name"), format!("{} / {}", medal.name.zh, medal.name.en));
        told.say(key("hours"), medal.hours);
        told.say(key("rater"), medal.rater.written());
    }
    told.say("honours.certificate.notice_days", rules.certificate_notice_days);
    told.say("honours.certificate.signer", rules.certificate_signer.written());
    told.say("honours.report_working_days", rules.report_working_days);
    told.say("honours.ties", rules.ties.written());
    let duties: Vec<_> = rules.unranked.iter().map(|duty| duty.written()).collect();
    told.say("honours.unranked", duties.join(", "));
    let months: Vec<_> = rules.season_months.iter().map(u8::to_string).collect();
    told.say("honours.season_months", months.join(", "));
}

/// `22:00`.
fn clock(minutes: Minutes) -> String {
    let minute = minutes.get().checked_rem(60).unwrap_or_default();
    format!("{:02}:{minute:02}", minutes.whole_hours())
}

/// `+08:00`.
fn zone(zone: Zone) -> String {
    let east = zone.offset_seconds();
    let sign = if east < 0 { '-' } else { '+' };
    format!(
        "{sign}{}",
        clock(Minutes::new(east.unsigned_abs().checked_div(60).unwrap_or_default()))
    )
}

/// A rate as the part that a profile writes.
fn part(rate: u16) -> Decimal {
    Decimal::from(rate).checked_div(Decimal::from(RATE_WHOLE)).unwrap_or_default().normalize()
}
