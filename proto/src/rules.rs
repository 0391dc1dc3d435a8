//! Rule sets.

use linli_domain::calendar::WorkingCalendar;
use linli_domain::rules::{
    Act, AidRules, Amount, Cap, Category, Coefficients, Command, ConductRules, CounterRules, Event,
    Expiry, Fairness, Frequency, GradeTerms, Granting, HazardActs, HonourRules, LateTerms, Limit,
    LotLife, Medal, NoticeRules, OfflineTerms, OrderClocks, OrderRules, Presence, QueueRules,
    Quota, Redeemed, ReturnTerms, RuleSet, Sampling, Scope, SignalRule, Spending, SpendingLimit,
    StaffHours, Throttle, Ties, TravelTerms, Tried, TriedSums, Unit, VerificationNeed,
    WhistleClocks,
};
use prost::Message as _;

use crate::malformed::Malformed;
use crate::translate::{Wire, need, read};
use crate::wire;

/// A rule set's bytes, alone.
#[must_use]
pub fn encode_rules(rules: &RuleSet) -> Vec<u8> {
    rules.to_wire().encode_to_vec()
}

/// The rule set of these bytes.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn decode_rules(bytes: &[u8]) -> Result<RuleSet, Malformed> {
    read("rules", bytes)
}

plain_enum! { Category = wire::Category {
    Study, Culture, Environment, Mediation, Assistance, PublicWelfare, Outstanding, Patrol, Hazard,
    MutualAid,
} }

plain_enum! { Scope = wire::Scope { Person, Pair, Beneficiary, Couple } }

choice! { Unit = wire::Unit, wire::unit::Kind {
    empty { Each, Hour }
    named { Slot as SlotMinutes }
} }

choice! { Amount = wire::Amount, wire::amount::Kind {
    named { Fixed as FixedPointsHundredths }
    many { Assessed = wire::AssessedAmount {
        least_points_hundredths: plain(least),
        most_points_hundredths: plain(most),
    } }
} }

choice! { Limit = wire::Limit, wire::limit::Kind {
    one { Minutes, Times }
    named { Points as PointsHundredths }
} }

message! { Cap = wire::Cap { scope: plain(scope), window: plain(window), limit: need(limit) } }

message! { VerificationNeed = wire::VerificationNeed { level: plain(level), levels: plain(levels) } }

message! { Act = wire::Act {
    code: plain(code),
    name: need(name),
    category: plain(category),
    unit: need(unit),
    base: need(base),
    merit_weight: need(merit_weight),
    night: plain(night),
    alert: plain(alert),
    caps: plain(caps),
    least_grade: plain(least_grade),
    verification: need(verification),
    outside_month_cap: plain(outside_month_cap),
    pool: plain(pool),
    assisted: plain(assisted),
    difficulty: plain(difficulty),
    credits_minutes: plain(credits),
    needs: usual(needs),
    referral: plain(referral),
} }

message! { SignalRule = wire::SignalRule {
    grade: plain(grade),
    all: need(all),
    any: need(any),
    none: need(none),
} }

message! { GradeTerms = wire::GradeTerms {
    points_factor: need(points_factor),
    merit_factor: need(merit_factor),
    minutes_count: plain(minutes_count),
    month_cap_points_hundredths: plain(month_cap),
} }

impl Wire for [GradeTerms; 4] {
    type Form = wire::GradeTable;

    fn to_wire(&self) -> wire::GradeTable {
        let [a, b, c, d] = self;
        wire::GradeTable { a: need::put(a), b: need::put(b), c: need::put(c), d: need::put(d) }
    }

    fn from_wire(form: wire::GradeTable) -> Result<Self, Malformed> {
        let wire::GradeTable { a, b, c, d } = form;
        Ok([need::take("a", a)?, need::take("b", b)?, need::take("c", c)?, need::take("d", d)?])
    }
}

message! { Coefficients = wire::Coefficients {
    night: need(night),
    night_from_minute: plain(night_from),
    night_until_minute: plain(night_until),
    alert: need(alert),
    difficulty: plain(difficulty),
    assisted: plain(assisted),
    alerts_declared: plain(alerts_declared),
} }

message! { Throttle = wire::Throttle {
    pool: plain(pool),
    below_points_hundredths: plain(below),
    part: need(part),
} }

message! { LotLife = wire::LotLife { months: plain(months), round: plain(round) } }

message! { WorkingCalendar = wire::WorkingCalendar {
    weekdays: plain(weekdays),
    holidays: plain(holidays),
    made_up: plain(made_up),
} }

message! { HazardActs = wire::HazardActs {
    ordinary: plain(ordinary),
    serious: plain(serious),
    major: plain(major),
} }

message! { OrderClocks = wire::OrderClocks {
    accept_minutes: plain(accept),
    close_minutes: plain(close),
} }

impl Wire for [OrderClocks; 5] {
    type Form = wire::OrderLadder;

    fn to_wire(&self) -> wire::OrderLadder {
        let [micro_grid, grid, community, sub_district, district] = self;
        wire::OrderLadder {
            micro_grid: need::put(micro_grid),
            grid: need::put(grid),
            community: need::put(community),
            sub_district: need::put(sub_district),
            district: need::put(district),
        }
    }

    fn from_wire(form: wire::OrderLadder) -> Result<Self, Malformed> {
        let wire::OrderLadder { micro_grid, grid, community, sub_district, district } = form;
        Ok([
            need::take("micro_grid", micro_grid)?,
            need::take("grid", grid)?,
            need::take("community", community)?,
            need::take("sub_district", sub_district)?,
            need::take("district", district)?,
        ])
    }
}

message! { WhistleClocks = wire::WhistleClocks {
    sign_minutes: plain(sign),
    contact_minutes: plain(contact),
    push_working_days: plain(push_working_days),
    tackle_working_days: plain(tackle_working_days),
} }

message! { AidRules = wire::AidRules {
    act: plain(act),
    wish: plain(wish),
    open_days: plain(open_days),
    only: plain(only),
} }

message! { OrderRules = wire::OrderRules {
    duplicate_hours: plain(duplicate_hours),
    false_reports: plain(false_reports),
    pause_days: plain(pause_days),
    hazards: need(hazards),
    ladder: need(ladder),
    check_minutes: plain(check),
    whistles: need(whistles),
    aid: need(aid),
    quotas: plain(quotas),
} }

message! { OfflineTerms = wire::OfflineTerms {
    station_most_points_hundredths: plain(station_most),
    person_most_points_hundredths: plain(person_most),
    longest_minutes: plain(longest),
    sync_days: plain(sync_days),
} }

plain_enum! { Presence = wire::Presence { Optional, Needed, Proven } }

message! { CounterRules = wire::CounterRules {
    shift_longest_minutes: plain(shift_longest),
    offline: plain(offline),
    presence: usual(presence),
} }

message! { QueueRules = wire::QueueRules { fetch_minutes: plain(fetch) } }

message! { RuleSet = wire::RuleSet {
    version: plain(version),
    profile: plain(profile),
    effective_from_us: plain(effective_from),
    zone_offset_seconds: plain(zone),
    step_points_hundredths: plain(step),
    late_entry_days: plain(late_entry_days),
    longest_minutes: plain(longest),
    hold_minutes: plain(hold),
    month_cap_points_hundredths: plain(month_cap),
    lot_life: need(lot_life),
    star_hours: plain(star_hours),
    signals: plain(signals),
    grades: need(grades),
    coefficients: need(coefficients),
    acts: plain(acts),
    fairness: usual(fairness),
    calendar: usual(calendar),
    orders: plain(orders),
    spending: plain(spending),
    tried: plain(tried),
    honours: plain(honours),
    estates: plain(estates),
    mediation: plain(mediation),
    activities: plain(activities),
    notice: plain(notice),
    conduct: plain(conduct),
    counter: plain(counter),
    throttles: plain(throttles),
    time_bank: plain(time_bank),
    queue: plain(queue),
} }

message! { TriedSums = wire::TriedSums {
    awards: plain(awards),
    points_hundredths: plain(points),
    merit_hundredths: plain(merit),
} }

message! { Tried = wire::Tried {
    from_us: plain(from),
    until_us: plain(until),
    position: plain(position),
    real: need(real),
    draft: need(draft),
    gain: plain(gain),
    lose: plain(lose),
    short_points_hundredths: plain(short),
} }

message! { Fairness = wire::Fairness {
    recovery_part: need(recovery_part),
    quotas: plain(quotas),
    sampling: plain(sampling),
} }

message! { NoticeRules = wire::NoticeRules {
    acts: plain(acts),
    award_points_hundredths: plain(award_points),
    working_days: plain(working_days),
    panel: plain(panel),
    convener: plain(convener),
    decide_working_days: plain(decide_working_days),
    appeal_working_days: plain(appeal_working_days),
    list_working_days: plain(list_working_days),
} }

message! { TravelTerms = wire::TravelTerms {
    grid_metres: plain(grid_metres),
    metres_per_minute: plain(metres_per_minute),
} }

message! { LateTerms = wire::LateTerms {
    hours: plain(hours),
    entries: plain(entries),
    within_hours: plain(within_hours),
} }

message! { Frequency = wire::Frequency { times: plain(times), days: plain(days) } }

message! { StaffHours = wire::StaffHours { from_minute: plain(from), until_minute: plain(until) } }

message! { ConductRules = wire::ConductRules {
    reviewer: plain(reviewer),
    travel: plain(travel),
    late: plain(late),
    pair: plain(pair),
    ring: plain(ring),
    staff_hours: plain(staff_hours),
    forgotten: plain(forgotten),
} }

message! { Quota = wire::Quota {
    duty: plain(duty),
    minutes: plain(minutes),
    points_hundredths: plain(points),
} }

message! { Sampling = wire::Sampling {
    at_minute: plain(at),
    start: plain(start),
    least: plain(least),
    most: plain(most),
    late: plain(late),
    upheld: need(upheld),
    corrected: need(corrected),
    unfounded: need(unfounded),
} }

choice! { Expiry = wire::Expiry, wire::expiry::Kind {
    named { On as OnUs }
    many { HalfYear = wire::HalfYearExpiry { months: plain(months) } }
} }

message! { ReturnTerms = wire::ReturnTerms {
    window_days: plain(window_days),
    grace_days: plain(grace_days),
} }

choice! { Redeemed = wire::Redeemed, wire::redeemed::Kind {
    one { Times }
    named { Points as PointsHundredths }
} }

message! { SpendingLimit = wire::SpendingLimit {
    taker: plain(taker),
    window: plain(window),
    most: need(most),
} }

message! { Spending = wire::Spending {
    expiry: plain(expiry),
    returns: plain(returns),
    limits: plain(limits),
} }

plain_enum! { Granting = wire::Granting { ByItself, OnApplication } }

plain_enum! { Ties = wire::Ties { Competition, Dense, EarlierFirst } }

message! { Medal = wire::Medal {
    code: plain(code),
    name: need(name),
    hours: plain(hours),
    rater: plain(rater),
} }

message! { HonourRules = wire::HonourRules {
    granting: plain(granting),
    cycle: plain(cycle),
    tenure_days: plain(tenure_days),
    notice_working_days: plain(notice_working_days),
    star_raters: plain(star_raters),
    medals: plain(medals),
    certificate_notice_days: plain(certificate_notice_days),
    certificate_signer: plain(certificate_signer),
    report_working_days: plain(report_working_days),
    ties: plain(ties),
    unranked: plain(unranked),
    season_months: plain(season_months),
} }

choice! { Command = wire::RulesCommand, wire::rules_command::Kind { one { Publish } } }

choice! { Event = wire::RulesEvent, wire::rules_event::Kind { one { Published } } }
