//! What a resident holds of honours, in the state.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::honour::{Distinction, Next};
use crate::id::{CertificateId, ReportId};
use crate::quantity::Minutes;
use crate::rules::RuleVersion;
use crate::time::Timestamp;

/// How far a title has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Standing {
    /// On public notice.
    OnNotice,
    /// Granted.
    Granted,
    /// Not granted.
    Declined,
    /// Fallen, for the hours are there no longer. The state forgets it.
    Fallen,
}

/// A title that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Held {
    /// Which star or medal.
    pub distinction: Distinction,
    /// Of which year; none: of all time.
    pub year: Option<i32>,
    /// How far it has come.
    pub standing: Standing,
    /// The hours that it takes.
    pub hours: u32,
    /// By which rules.
    pub rules: RuleVersion,
    /// The end of its notice.
    pub until: Timestamp,
    /// Did the resident apply?
    pub applied: bool,
}

/// What a volunteer holds: how the hours are spread over the years, titles, certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Honours {
    /// Since when the resident is a volunteer.
    pub(crate) enrolled_at: Option<Timestamp>,
    /// Service minutes by the year in which the service ended, ascending.
    pub(crate) years: Vec<(i32, Minutes)>,
    /// Titles, in the order in which they were reached.
    pub(crate) titles: Vec<Held>,
    /// Certificates that are valid, and what they say of service minutes.
    pub(crate) certificates: Vec<(CertificateId, Minutes)>,
    /// The certificate that stands on notice.
    pub(crate) requested: Option<CertificateId>,
    /// Reports that nobody has answered.
    pub(crate) reports: Vec<ReportId>,
    /// What happens by itself next, and when.
    pub(crate) next: Option<(Timestamp, Next)>,
}

impl Honours {
    /// Titles, in the order in which they were reached.
    #[must_use]
    pub fn titles(&self) -> &[Held] {
        &self.titles
    }

    /// The service minutes of a year.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Minutes {
        let found = self.years.binary_search_by_key(&year, |(known, _)| *known);
        found.ok().and_then(|at| self.years.get(at)).map_or(Minutes::ZERO, |(_, minutes)| *minutes)
    }

    /// More service in a year; `None` past the range.
    #[must_use]
    pub(crate) fn add(&mut self, year: i32, minutes: Minutes) -> Option<()> {
        let found = self.years.binary_search_by_key(&year, |(known, _)| *known);
        let at = found.unwrap_or_else(|at| {
            self.years.insert(at, (year, Minutes::ZERO));
            at
        });
        let (_, served) = self.years.get_mut(at)?;
        *served = served.plus(minutes)?;
        Some(())
    }

    /// Less service in a year; a year without any leaves.
    pub(crate) fn take(&mut self, year: i32, minutes: Minutes) {
        if let Some((_, served)) = self.years.iter_mut().find(|(known, _)| *known == year) {
            *served = served.less(minutes);
        }
        self.years.retain(|(_, served)| *served > Minutes::ZERO);
    }

    pub(crate) fn title(&self, distinction: Distinction, year: Option<i32>) -> Option<&Held> {
        self.titles.iter().find(|held| held.distinction == distinction && held.year == year)
    }

    pub(crate) fn title_mut(
        &mut self,
        distinction: Distinction,
        year: Option<i32>,
    ) -> Option<&mut Held> {
        self.titles.iter_mut().find(|held| held.distinction == distinction && held.year == year)
    }

    /// What it takes outside itself, in bytes.
    pub(crate) fn heap_bytes(&self) -> usize {
        let held = self.titles.capacity().saturating_mul(size_of::<Held>());
        let years = self.years.capacity().saturating_mul(size_of::<(i32, Minutes)>());
        let papers =
            self.certificates.capacity().saturating_mul(size_of::<(CertificateId, Minutes)>());
        let reports = self.reports.capacity().saturating_mul(size_of::<ReportId>());
        let parts = [held, years, papers, reports, size_of::<Self>()];
        parts.into_iter().fold(0, usize::saturating_add)
    }
}
