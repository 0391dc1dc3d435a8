//! What the rules say of honours: who rates which star, medals beyond the stars, how long a title
//! stands on public notice, certificates, and how people are ranked.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::honour::Distinction;
use crate::officer::Duty;
use crate::quantity::Minutes;
use crate::rules::{RuleSet, Seasons};
use crate::text::{Bilingual, Code};
use crate::time::{Timestamp, Window};

/// The most medals: more than any line of stars that was found has.
const MEDALS_MAX: usize = 8;

/// The longest membership that may be asked for, and the longest notice: a year and a day.
const DAYS_MAX: u16 = 366;

/// How a title that is reached is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Granting {
    /// By itself: it goes on public notice once the hours are there, and is granted at its end.
    ByItself,
    /// The resident applies, and after the notice an officer of the rating body grants it.
    OnApplication,
}

/// How people with the same merit are ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Ties {
    /// They share a rank, and the next one counts them all: 1, 2, 2, 4.
    #[default]
    Competition,
    /// They share a rank, and the next one follows on it: 1, 2, 2, 3.
    Dense,
    /// Whoever reached the merit first stands before: 1, 2, 3, 4.
    EarlierFirst,
}

/// A medal beyond the stars.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Medal {
    /// Its code, such as `bronze`.
    pub code: Code,
    /// What people call it.
    pub name: Bilingual,
    /// The verified service hours that it takes.
    pub hours: u32,
    /// The lowest level of officer that grants it.
    pub rater: Level,
}

/// All that the rules say of honours.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct HonourRules {
    /// How what is reached is granted.
    pub granting: Granting,
    /// What hours count: those of all time, or those of the calendar year alone.
    pub cycle: Window,
    /// The resident has been a volunteer for so many days.
    pub tenure_days: u16,
    /// A title stands on public notice for so many working days.
    pub notice_working_days: u16,
    /// The lowest level of officer that grants each star, in the order of the stars.
    pub star_raters: Vec<Level>,
    /// Medals, by ascending hours, all beyond the last star.
    pub medals: Vec<Medal>,
    /// A certificate stands on public notice for so many days before it is issued.
    pub certificate_notice_days: u16,
    /// The lowest level of officer that signs a certificate.
    pub certificate_signer: Level,
    /// A report that a record is wrong is answered within so many working days.
    pub report_working_days: u16,
    /// How people with the same merit are ranked.
    pub ties: Ties,
    /// Those who do this for their work aren't ranked.
    pub unranked: Vec<Duty>,
    /// The months in which a season begins, ascending; none: there are no seasons.
    pub season_months: Vec<u8>,
}

/// What a distinction takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) hours: u32,
    pub(crate) rater: Level,
}

impl RuleSet {
    /// What a distinction takes; `None` if the rules don't know it.
    pub(crate) fn need(&self, distinction: Distinction) -> Option<Need> {
        let honours = self.honours.as_ref()?;
        let nth = |number: u8| usize::from(number).checked_sub(1);
        match distinction {
            Distinction::Star(number) => {
                let hours = *self.star_hours.get(nth(number)?)?;
                let rater = *honours.star_raters.get(nth(number)?)?;
                Some(Need { hours, rater })
            }
            Distinction::Medal(number) => {
                let Medal { hours, rater, .. } = *honours.medals.get(nth(number)?)?;
                Some(Need { hours, rater })
            }
        }
    }

    /// All distinctions that so much service reaches, the lowest first.
    pub(crate) fn reached(&self, served: Minutes) -> impl Iterator<Item = (Distinction, Need)> {
        let medals = self.honours.as_ref().map_or(&[][..], |honours| &honours.medals);
        let stars =
            (1..=STEPS_MAX).zip(&self.star_hours).map(|(number, _)| Distinction::Star(number));
        let medals = (1..=STEPS_MAX).zip(medals).map(|(number, _)| Distinction::Medal(number));
        let all = stars.chain(medals).filter_map(|it| Some((it, self.need(it)?)));
        all.filter(move |(_, need)| served.whole_hours() >= need.hours)
    }

    /// How people with the same merit are ranked.
    #[must_use]
    pub fn ties(&self) -> Ties {
        self.honours.as_ref().map(|honours| honours.ties).unwrap_or_default()
    }

    /// The months in which a season begins.
    #[must_use]
    pub fn seasons(&self) -> Seasons {
        Seasons::of(self.honours.iter().flat_map(|honours| honours.season_months.iter().copied()))
    }

    /// The year that a service which ended then counts for, where titles go by the year.
    pub(crate) fn year(&self, at: Timestamp) -> i32 {
        self.zone.period(Window::Year, at).index
    }
}

/// Stars and medals are numbered by a byte.
const STEPS_MAX: u8 = u8::MAX;

impl HonourRules {
    /// Does it make sense: a rater for each star, medals that ascend beyond the stars, bounds?
    pub(super) fn makes_sense(&self, rules: &RuleSet) -> bool {
        let hours = || self.medals.iter().map(|medal| medal.hours);
        let codes = || self.medals.iter().map(|medal| &medal.code);
        let stars = rules.star_hours.last().copied();
        self.star_raters.len() == rules.star_hours.len()
            && self.medals.len() <= MEDALS_MAX
            && stars.into_iter().chain(hours()).is_sorted_by(|fewer, more| fewer < more)
            && codes().enumerate().all(|(at, code)| !codes().take(at).any(|other| other == code))
            && matches!(self.cycle, Window::AllTime | Window::Year)
            && [self.tenure_days, self.certificate_notice_days].iter().all(|days| *days <= DAYS_MAX)
            && [self.notice_working_days, self.report_working_days].iter().all(|it| *it <= DAYS_MAX)
            && self.report_working_days > 0
            && self.season_months.is_sorted_by(|earlier, later| earlier < later)
            && self.season_months.iter().all(|month| (1..=12).contains(month))
    }
}
