//! The sheet: a profile in the shape in which it is written, and its way into a rule set.

mod act;
mod activities;
mod calendar;
mod cap;
mod conduct;
mod counter;
mod estates;
mod fairness;
mod grade;
mod hard;
mod honours;
mod mediation;
mod notice;
mod orders;
mod queue;
mod spending;
mod time_bank;

use std::collections::BTreeMap;

use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::{
    Act, InvalidRules, LotLife, NoticeRules, RuleSet, RuleVersion, RulesPart,
};
use linli_domain::text::{ActCode, Code};
use linli_domain::time::{Timestamp, Window, Zone};
use serde::Deserialize;
use toml::Spanned;

use crate::error::Flaw;
use crate::word::Word;
use act::ActSheet;
use activities::ActivitiesSheet;
use calendar::CalendarSheet;
use conduct::ConductSheet;
use counter::CounterSheet;
use estates::EstatesSheet;
use fairness::FairnessSheet;
use grade::GradeSheets;
use hard::{CoefficientSheet, ThrottleSheets};
use honours::HonoursSheet;
use mediation::MediationSheet;
use notice::NoticeSheet;
use orders::OrdersSheet;
use queue::QueueSheet;
use spending::{ExpirySheet, RedemptionSheet, ReturnSheet};
use time_bank::TimeBankSheet;

/// A profile as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    profile: Word<Code>,
    zone: Word<Zone>,
    step: Spanned<Word<Points>>,
    late_entry_days: u16,
    longest_hours: Spanned<u16>,
    hold_minutes: Spanned<u32>,
    queue: Option<Spanned<QueueSheet>>,
    counter: Option<Spanned<CounterSheet>>,
    month_cap: Option<Word<Points>>,
    star_hours: Spanned<Vec<u32>>,
    lot_life: LotLifeSheet,
    #[serde(default)]
    calendar: Option<Spanned<CalendarSheet>>,
    #[serde(default)]
    activities: Option<Spanned<ActivitiesSheet>>,
    #[serde(default)]
    orders: Option<Spanned<OrdersSheet>>,
    mediation: Option<Spanned<MediationSheet>>,
    estates: Option<Spanned<EstatesSheet>>,
    time_bank: Option<Spanned<TimeBankSheet>>,
    coefficients: CoefficientSheet,
    throttle: Option<Spanned<ThrottleSheets>>,
    #[serde(default)]
    fairness: FairnessSheet,
    notice: Option<Spanned<NoticeSheet>>,
    conduct: Option<Spanned<ConductSheet>>,
    expiry: Option<Spanned<ExpirySheet>>,
    returns: Option<Spanned<ReturnSheet>>,
    redemptions: Option<Spanned<RedemptionSheet>>,
    honours: Option<Spanned<HonoursSheet>>,
    grade: GradeSheets,
    act: BTreeMap<Spanned<String>, ActSheet>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LotLifeSheet {
    months: u16,
    round: Word<Window>,
}

impl Sheet {
    /// The rule set that it describes.
    pub(crate) fn to_rules(
        &self,
        version: RuleVersion,
        effective_from: Timestamp,
    ) -> Result<RuleSet, Flaw> {
        // Twelve bits of hours in sixteen of minutes: this can't run over.
        let longest = u32::from(*self.longest_hours.get_ref()).saturating_mul(60);
        self.grade.check()?;
        let rules = RuleSet {
            version,
            profile: self.profile.0.clone(),
            effective_from,
            zone: self.zone.0,
            step: self.step.get_ref().0,
            late_entry_days: self.late_entry_days,
            longest: Minutes::new(longest),
            hold: Minutes::new(*self.hold_minutes.get_ref()),
            queue: self.queue.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            counter: self.counter.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            month_cap: self.month_cap.as_ref().map(|cap| cap.0),
            lot_life: LotLife { months: self.lot_life.months, round: self.lot_life.round.0 },
            star_hours: self.star_hours.get_ref().clone(),
            signals: self.grade.signals(),
            grades: self.grade.terms(),
            coefficients: self.coefficients.to_rules(),
            throttles: self
                .throttle
                .as_ref()
                .map_or_else(|| Ok(Vec::new()), |sheets| hard::throttles(sheets.get_ref()))?,
            fairness: self.fairness.to_rules(),
            notice: self.notice()?,
            conduct: self.conduct.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            spending: spending::to_rules(
                self.zone.0,
                self.expiry.as_ref(),
                self.returns.as_ref(),
                self.redemptions.as_ref(),
            )?,
            acts: self.acts()?,
            calendar: self
                .calendar
                .as_ref()
                .map(|sheet| sheet.get_ref().to_rules())
                .unwrap_or_default(),
            activities: self.activities.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            orders: self.orders.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            mediation: self.mediation.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            estates: self.estates.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            time_bank: self.time_bank.as_ref().map(|sheet| sheet.get_ref().to_rules()),
            // A file can't know what a trial of it will come to.
            tried: None,
            honours: self.honours.as_ref().map(|sheet| sheet.get_ref().to_rules()),
        };
        match rules.check() {
            Ok(()) => Ok(rules),
            Err(invalid) => Err(self.place(&invalid)),
        }
    }

    /// In the order of their codes, which is that of the map.
    fn acts(&self) -> Result<Vec<Act>, Flaw> {
        let act = |(code, sheet): (&Spanned<String>, &ActSheet)| {
            let parsed = ActCode::new(code.get_ref());
            let wrong = |error| Flaw::new(code.span(), format!("the code of an act {error}"));
            sheet.to_act(parsed.map_err(wrong)?)
        };
        self.act.iter().map(act).collect()
    }

    /// What is said of notices, with the acts that stand on one.
    fn notice(&self) -> Result<Option<NoticeRules>, Flaw> {
        let noticed = self.act.iter().filter(|(_, sheet)| sheet.is_noticed());
        let Some(sheet) = &self.notice else {
            return match noticed.map(|(code, _)| code.span()).next() {
                Some(span) => Err(Flaw::new(
                    span,
                    "an act stands on notice, and there is no table [notice] that says for how long",
                )),
                None => Ok(None),
            };
        };
        let acts = noticed.filter_map(|(code, _)| ActCode::new(code.get_ref()).ok());
        Ok(Some(sheet.get_ref().to_rules(acts.collect())))
    }

    /// Where in the file the thing stands that the domain refuses.
    fn place(&self, invalid: &InvalidRules) -> Flaw {
        let of_act = |code: &ActCode| {
            let key = self.act.keys().find(|key| key.get_ref() == code.as_str());
            key.map(Spanned::span).unwrap_or_default()
        };
        let span = match (&invalid.act, invalid.part) {
            (Some(code), _) => of_act(code),
            (None, RulesPart::Step) => self.step.span(),
            (None, RulesPart::Hold) => self.hold_minutes.span(),
            (None, RulesPart::Queue) => self.queue.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Counter) => self.counter.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Longest) => self.longest_hours.span(),
            (None, RulesPart::StarHours) => self.star_hours.span(),
            (None, RulesPart::Calendar) => {
                self.calendar.as_ref().map(Spanned::span).unwrap_or_default()
            }
            (None, RulesPart::Activities) => {
                self.activities.as_ref().map(Spanned::span).unwrap_or_default()
            }
            (None, RulesPart::Quotas) => {
                self.fairness.quotas.first().map(Spanned::span).unwrap_or_default()
            }
            (None, RulesPart::Sampling) => {
                self.fairness.sampling.as_ref().map(Spanned::span).unwrap_or_default()
            }
            (None, RulesPart::Difficulty) => self.coefficients.difficulty_span(),
            (None, RulesPart::Assisted) => self.coefficients.assisted_span(),
            (None, RulesPart::Throttles) => self.throttle.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Expiry) => self.expiry.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::SpendingLimits) => {
                self.redemptions.as_ref().map_or(0..0, Spanned::span)
            }
            (None, RulesPart::Returns) => self.returns.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Honours) => self.honours.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Recovery) => {
                self.fairness.recovery_part.as_ref().map_or(0..0, Spanned::span)
            }
            (None, RulesPart::Conduct) => self.conduct.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Mediation) => self.mediation.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Estates) => self.estates.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::TimeBank) => self.time_bank.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Notice) => self.notice.as_ref().map_or(0..0, Spanned::span),
            (None, RulesPart::Orders) => {
                self.orders.as_ref().map(Spanned::span).unwrap_or_default()
            }
            // Factors are held within their bounds while they are read, signals are in the order
            // of grades by their tables, no file tells of a trial, and a table of too few or too many acts has no line of
            // its own.
            (
                None,
                RulesPart::Acts
                | RulesPart::Caps
                | RulesPart::Trial
                | RulesPart::MeritWeight
                | RulesPart::Base
                | RulesPart::Slot
                | RulesPart::Credits
                | RulesPart::Needs
                | RulesPart::Referral
                | RulesPart::VerifyingLevels
                | RulesPart::GradePoints
                | RulesPart::GradeMerit
                | RulesPart::Night
                | RulesPart::Alert
                | RulesPart::Signals,
            ) => 0..0,
        };
        Flaw::new(span, invalid)
    }
}
