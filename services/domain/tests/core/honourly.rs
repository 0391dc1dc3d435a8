//! Random histories of titles, certificates and reports: their steps, and what has to hold of the
//! records whatever the steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::award::{Award, MinutesKind};
use linli_domain::honour::{
    self, Answer, DeclineReason, Distinction, Event as Happened, Fault, Report, RevokeReason, Title,
};
use linli_domain::id::{CertificateId, OfficerId, ReportId, ResidentId};
use linli_domain::rules::{self, Granting, HonourRules, RuleSet};
use linli_domain::time::{Timestamp, Window, Zone};
use linli_domain::{Command, Event, Record, contribution as done, resident as who};
use proptest::prelude::*;

use crate::rulebook::honour_rules;
use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Title { who: u128, kind: u8, how: u8, officer: u128 },
    Request { who: u128 },
    Certificate { which: usize, officer: u128, revoke: bool },
    Report { who: u128, which: usize },
    Answer { which: usize, officer: u128, corrected: bool },
    Rules { by_itself: bool, yearly: bool },
}

/// Those who may, more often than those who may not.
fn officer() -> impl Strategy<Value = u128> {
    prop_oneof![3 => Just(3_u128), 3 => Just(10_u128), 2 => Just(6_u128), 1 => 1..=12_u128]
}

pub fn step() -> impl Strategy<Value = Step> {
    let who = || 1..=9_u128;
    prop_oneof![
        6 => (who(), 0..3_u8, 0..4_u8, officer()).prop_map(|(who, kind, how, officer)| Step::Title { who, kind, how, officer }),
        2 => who().prop_map(|who| Step::Request { who }),
        6 => (0..3_usize, officer(), prop::bool::weighted(0.2)).prop_map(|(which, officer, revoke)| Step::Certificate { which, officer, revoke }),
        1 => (who(), 0..6_usize).prop_map(|(who, which)| Step::Report { who, which }),
        1 => (0..3_usize, officer(), any::<bool>()).prop_map(|(which, officer, corrected)| Step::Answer { which, officer, corrected }),
        1 => (prop::bool::weighted(0.7), any::<bool>()).prop_map(|(by_itself, yearly)| Step::Rules { by_itself, yearly }),
    ]
}

/// How many of each were wished for.
#[derive(Default)]
pub struct Counts {
    certificates: u128,
    reports: u128,
}

fn recent(count: u128, which: usize) -> u128 {
    count.saturating_sub(u128::try_from(which).unwrap())
}

/// The rules of the world from now on, with titles on other terms.
pub fn other_rules(world: &World, honours: HonourRules) -> Command {
    let version = world.state.rules().next_version();
    let honours = Some(honours);
    let before = world.state.rules().latest().unwrap().clone();
    let rules = RuleSet { version, effective_from: at(world.now), honours, ..before };
    rules::Command::Publish(Box::new(rules)).into()
}

impl Counts {
    /// The wish behind a step.
    pub fn command(&mut self, step: &Step, world: &World) -> Option<Command> {
        let newest = world.state.contributions().sorted().map(|(id, _)| id.number());
        let contributions = newest.filter(|number| *number < 10_000).max().unwrap_or_default();
        let officer_of = OfficerId::from_number;
        let command = match *step {
            Step::Title { who, kind, how, officer } => {
                let distinction =
                    [Distinction::Star(1), Distinction::Star(2), Distinction::Medal(1)]
                        [usize::from(kind)];
                // The title that stands on notice is meant more often than any other.
                let held = world.state.residents().get(resident(who));
                let held = held.and_then(|it| it.honours()).and_then(|it| it.titles().last());
                let year = held.and_then(|held| held.year);
                let distinction = held.filter(|_| how > 1).map_or(distinction, |it| it.distinction);
                let title = Title { resident: resident(who), distinction, year };
                let officer = officer_of(officer);
                match how {
                    0 | 1 => honour::Command::Apply { resident: resident(who), distinction },
                    2 => honour::Command::Grant { title, officer },
                    _ => {
                        let reason = DeclineReason::HoursInDoubt;
                        honour::Command::Decline { title, officer, reason }
                    }
                }
            }
            Step::Request { who } => {
                self.certificates += 1;
                let certificate = CertificateId::from_number(self.certificates);
                honour::Command::RequestCertificate { certificate, resident: resident(who) }
            }
            Step::Certificate { which, officer, revoke } => {
                let certificate = CertificateId::from_number(recent(self.certificates, which));
                let officer = officer_of(officer);
                if revoke {
                    let reason = RevokeReason::Mistake;
                    honour::Command::RevokeCertificate { certificate, officer, reason }
                } else {
                    honour::Command::SignCertificate { certificate, officer }
                }
            }
            Step::Report { who, which } => {
                self.reports += 1;
                let report = ReportId::from_number(self.reports);
                let wrong = contribution(recent(contributions, which));
                let contribution = (which < 4).then_some(wrong);
                let (resident, fault) = (resident(who), Fault::Time);
                honour::Command::ReportRecord(Report { report, resident, fault, contribution })
            }
            Step::Answer { which, officer, corrected } => {
                let report = ReportId::from_number(recent(self.reports, which));
                let right = contribution(recent(contributions, which));
                let answer = if corrected { Answer::Corrected(right) } else { Answer::Right };
                honour::Command::AnswerReport { report, officer: officer_of(officer), answer }
            }
            Step::Rules { by_itself, yearly } => {
                let granting = if by_itself { Granting::ByItself } else { Granting::OnApplication };
                let cycle = if yearly { Window::Year } else { Window::AllTime };
                return Some(other_rules(world, HonourRules { granting, cycle, ..honour_rules() }));
            }
        };
        Some(command.into())
    }
}

/// All of it, from the facts alone: a title goes from its notice to one end, is granted when the
/// notice is over, and doesn't stand without its hours; a certificate has the next number, two
/// signatures, and is void once it says more than was served; a report is answered once.
pub fn check(records: &[Record]) {
    let mut told = Told::default();
    for record in records {
        match &record.event {
            Event::Contribution(done::Event::Awarded(award)) => told.count(award, 1),
            Event::Contribution(done::Event::Restored(it)) => told.count(&it.award, 1),
            Event::Contribution(done::Event::Reversed(it)) => told.count(&it.award, -1),
            Event::Resident(who::Event::Erased(it)) => {
                told.erased.insert(it.resident);
            }
            Event::Honour(event) => told.take(event, record.recorded_at),
            _ => {}
        }
    }
    // At the end of a history a deadline of this very instant may not have come yet, and nothing
    // else may stand between what was served and what is held.
    let fallen = told.titles.iter().filter(|(title, (hours, _, _))| told.served(title) < *hours);
    assert!(fallen.count() <= told.reversals);
    assert_eq!(told.broken, 0);
}

#[derive(Default)]
struct Told {
    served: BTreeMap<(ResidentId, Option<i32>), i64>,
    erased: BTreeSet<ResidentId>,
    reported: BTreeMap<ReportId, ResidentId>,
    titles: BTreeMap<Title, (i64, Timestamp, bool)>,
    requested: BTreeMap<CertificateId, (ResidentId, Timestamp)>,
    valid: BTreeMap<CertificateId, (ResidentId, i64)>,
    numbers: BTreeMap<i32, u32>,
    answered: BTreeSet<ReportId>,
    /// Reversals since the last fact of honours.
    reversals: usize,
    broken: usize,
}

impl Told {
    fn served(&self, title: &Title) -> i64 {
        self.served.get(&(title.resident, title.year)).copied().unwrap_or_default() / 60
    }

    fn count(&mut self, award: &Award, sign: i64) {
        if award.minutes_kind != MinutesKind::Service {
            return;
        }
        let minutes = sign * i64::from(award.minutes.get());
        let year = Zone::CHINA.period(Window::Year, award.happened.end()).index;
        for year in [None, Some(year)] {
            *self.served.entry((award.resident, year)).or_default() += minutes;
        }
        if sign < 0 {
            self.reversals += 8;
        }
    }

    fn take(&mut self, event: &Happened, now: Timestamp) {
        match event {
            Happened::Noticed(notice) => {
                assert!(i64::from(notice.minutes.get()) / 60 >= i64::from(notice.hours));
                let served = self.served(&notice.title);
                assert_eq!(i64::from(notice.minutes.get()) / 60, served, "{notice:?}");
                let open = (i64::from(notice.hours), notice.until, false);
                assert_eq!(self.titles.insert(notice.title, open), None, "{notice:?} twice");
            }
            Happened::Granted { title, .. } => {
                let (_, until, granted) = self.titles.get_mut(title).unwrap();
                assert!(*until <= now && !*granted, "{title:?} granted early, or twice");
                *granted = true;
            }
            Happened::Declined { title, officer, .. } => {
                assert_eq!(officer.is_none(), self.erased.contains(&title.resident));
                assert!(self.titles.remove(title).is_some_and(|(_, _, granted)| !granted));
            }
            Happened::Fell { title, hours, minutes } => {
                assert!(self.titles.remove(title).is_some());
                assert!(minutes.whole_hours() < *hours);
                assert_eq!(self.served(title), i64::from(minutes.whole_hours()));
            }
            Happened::CertificateRequested { certificate, resident, until } => {
                assert_eq!(self.requested.insert(*certificate, (*resident, *until)), None);
            }
            Happened::CertificateSigned { .. } => {}
            Happened::CertificateIssued { certificate, first, officer, paper } => {
                let (resident, until) = self.requested.remove(certificate).unwrap();
                assert!(until <= now && officer != first && resident == paper.resident);
                let last = self.numbers.entry(paper.year).or_default();
                assert_eq!(paper.number, *last + 1);
                *last += 1;
                let minutes = i64::from(paper.minutes.get());
                let served = self.served.get(&(resident, None)).copied().unwrap_or_default();
                assert_eq!(served, minutes);
                self.valid.insert(*certificate, (resident, minutes));
            }
            Happened::CertificateRevoked { certificate, officer, reason } => {
                let requested = self.requested.remove(certificate);
                let valid = self.valid.remove(certificate);
                if *reason == RevokeReason::Overtaken {
                    let (resident, minutes) = valid.unwrap();
                    assert!(self.served[&(resident, None)] < minutes);
                } else if officer.is_none() {
                    let whose = requested.map(|(id, _)| id).or(valid.map(|(id, _)| id));
                    assert!(self.erased.contains(&whose.unwrap()), "{certificate}");
                }
            }
            Happened::RecordReported { report, .. } => {
                self.reported.insert(report.report, report.resident);
            }
            Happened::ReportOverdue { .. } => {}
            Happened::ReportAnswered { report, .. } => assert!(self.answered.insert(*report)),
            Happened::ReportDropped { report } => {
                assert!(self.answered.insert(*report));
                assert!(self.erased.contains(&self.reported[report]));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, ..ProptestConfig::default() })]

    /// The steps get far enough for the checks to mean something.
    #[test]
    fn the_steps_reach_every_end(
        histories in prop::collection::vec(prop::collection::vec((step(), 0..4_i64), 60), 200),
    ) {
        let mut reached = BTreeSet::new();
        for steps in histories {
            let (mut world, mut counts) = (crate::bounds::fair_world(), Counts::default());
            for (number, (step, days)) in (1_u128..).zip(steps) {
                world.now += days * DAY;
                if number % 3 == 0 && number > 7 {
                    let undone = world.wish(reverse(number - 7, DISTRICT_OFFICER));
                    assert!(undone.is_ok(), "{undone:?}");
                }
                let who = resident(number % 7 + 1);
                world.now += 3 * HOUR;
                let claim = claim(number, who, "PATROL", world.now - 3 * HOUR, world.now);
                let _ = world.wish(submit(claim));
                let _ = world.wish(verify(number, STREET_OFFICER));
                if number == 57 {
                    let _ = world.wish(crate::erasing::erase(6));
                }
                if let Some(command) = counts.command(&step, &world) {
                    let _ = world.wish(command);
                }
            }
            check(&world.records);
            reached.extend(world.records.iter().filter_map(|record| match &record.event {
                Event::Honour(event) => Some(named(event)),
                _ => None,
            }));
        }
        for end in [
            "noticed", "noticed on application", "granted", "granted by itself", "declined",
            "fell", "requested", "issued", "revoked", "overtaken", "reported", "overdue", "answered",
            "withdrawn", "ended", "dropped",
        ] {
            prop_assert!(reached.contains(end), "never {}; reached {:?}", end, reached);
        }
    }
}

fn named(event: &Happened) -> &'static str {
    match event {
        Happened::Noticed(notice) if notice.applied => "noticed on application",
        Happened::Noticed(_) => "noticed",
        Happened::Granted { officer: Some(_), .. } => "granted",
        Happened::Granted { officer: None, .. } => "granted by itself",
        Happened::Declined { officer: None, .. } => "withdrawn",
        Happened::Declined { .. } => "declined",
        Happened::Fell { .. } => "fell",
        Happened::CertificateRequested { .. } => "requested",
        Happened::CertificateSigned { .. } => "signed",
        Happened::CertificateIssued { .. } => "issued",
        Happened::CertificateRevoked { officer: Some(_), .. } => "revoked",
        Happened::CertificateRevoked { reason: RevokeReason::Erased, .. } => "ended",
        Happened::CertificateRevoked { officer: None, .. } => "overtaken",
        Happened::RecordReported { .. } => "reported",
        Happened::ReportOverdue { .. } => "overdue",
        Happened::ReportAnswered { .. } => "answered",
        Happened::ReportDropped { .. } => "dropped",
    }
}
