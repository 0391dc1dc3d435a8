//! What happens to a resident's honours by itself: the next of it stands in the queue of deadlines,
//! and is found anew whenever the hours, a title or a certificate change.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::honour::{
    DeclineReason, Distinction, Event, Honours, Notice, RevokeReason, Standing, Title,
};
use crate::id::{CertificateId, ReportId, ResidentId};
use crate::quantity::Minutes;
use crate::resident::Resident;
use crate::rules::{Granting, RuleSet, RuleVersion};
use crate::time::{Timestamp, Window};
use crate::{Deadline, State};

/// What happens by itself next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) enum Next {
    /// A certificate says more than was served: it is void.
    Overtaken(CertificateId),
    /// A title's hours are there no longer.
    Falls(Distinction, Option<i32>),
    /// A title's notice is over.
    Granted(Distinction, Option<i32>),
    /// A title is reached: it goes on notice by these rules.
    Noticed(Distinction, Option<i32>, RuleVersion),
    /// The resident was erased: a report is answered no more,
    Dropped(ReportId),
    /// a certificate is void,
    Ends(CertificateId),
    /// and a title on notice isn't granted.
    Withdrawn(Distinction, Option<i32>),
}

impl Honours {
    /// The minutes that count for a title of this year, or of all time.
    pub(crate) fn counting(&self, year: Option<i32>, all: Minutes) -> Minutes {
        year.map_or(all, |year| self.in_year(year))
    }

    /// What happens next by these rules, and when: the earliest, and of those the one named first
    /// in [`Next`].
    pub(crate) fn find_next(
        &self,
        rules: Option<&RuleSet>,
        served: Minutes,
        now: Timestamp,
    ) -> Option<(Timestamp, Next)> {
        let overtaken = self.certificates.iter().find(|(_, said)| *said > served);
        if let Some((certificate, _)) = overtaken {
            return Some((now, Next::Overtaken(*certificate)));
        }
        let open = |standing| matches!(standing, Standing::OnNotice | Standing::Granted);
        let fallen = self.titles.iter().find(|held| {
            open(held.standing) && self.counting(held.year, served).whole_hours() < held.hours
        });
        if let Some(held) = fallen {
            return Some((now, Next::Falls(held.distinction, held.year)));
        }
        let noticed =
            self.titles.iter().filter(|held| held.standing == Standing::OnNotice && !held.applied);
        let granted = noticed
            .map(|held| (held.until.max(now), Next::Granted(held.distinction, held.year)))
            .min_by_key(|(at, _)| *at);
        let reached = rules.and_then(|rules| self.reached_by_itself(rules, served, now));
        [granted, reached].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// What is open, and ends by itself if the resident is erased: reports first, then certificates,
    /// then titles.
    pub(crate) fn left_open(&self) -> Option<Next> {
        let paper = || self.requested.or(self.certificates.first().map(|(id, _)| *id));
        let title = || self.titles.iter().find(|held| held.standing == Standing::OnNotice);
        let report = self.reports.first().copied().map(Next::Dropped);
        report
            .or_else(|| paper().map(Next::Ends))
            .or_else(|| title().map(|held| Next::Withdrawn(held.distinction, held.year)))
    }

    /// The lowest title that is reached and stands nowhere yet, where titles come by themselves.
    fn reached_by_itself(
        &self,
        rules: &RuleSet,
        served: Minutes,
        now: Timestamp,
    ) -> Option<(Timestamp, Next)> {
        let honours = rules.honours.as_ref()?;
        if honours.granting != Granting::ByItself {
            return None;
        }
        let year = (honours.cycle == Window::Year).then(|| rules.year(now));
        let counting = self.counting(year, served);
        let (distinction, _) =
            rules.reached(counting).find(|(it, _)| self.title(*it, year).is_none())?;
        let at = self.enrolled_at?.days_after(honours.tenure_days).max(now);
        // A year's title can't be waited for beyond the year.
        if year.is_some_and(|year| rules.year(at) != year) {
            return None;
        }
        Some((at, Next::Noticed(distinction, year, rules.version)))
    }
}

impl State {
    /// Finds what happens next to a resident's honours, and puts it into the queue.
    pub(crate) fn watch_honours(&mut self, id: ResidentId, now: Timestamp) {
        let rules = self.rules.in_force(now);
        let Some(resident) = self.residents.get_mut(id) else { return };
        let (served, erased) = (resident.minutes, resident.erased_at);
        let Some(honours) = resident.honours.as_deref_mut() else { return };
        let deadline = Deadline::HonourReviewed(id);
        if let Some((at, _)) = honours.next {
            self.deadlines.remove(&(at, deadline));
        }
        honours.next = match erased {
            Some(_) => honours.left_open().map(|next| (now, next)),
            None => honours.find_next(rules, served, now),
        };
        if let Some((at, _)) = honours.next {
            self.deadlines.insert((at, deadline));
        }
    }

    /// The fact that a review leads to.
    pub(crate) fn honour_reviewed(&self, id: ResidentId, now: Timestamp) -> Option<Event> {
        let resident = self.residents.get(id)?;
        let honours = resident.honours.as_deref()?;
        let (_, next) = honours.next?;
        let title = |distinction, year| Title { resident: id, distinction, year };
        match next {
            Next::Overtaken(certificate) => {
                let reason = RevokeReason::Overtaken;
                Some(Event::CertificateRevoked { certificate, officer: None, reason })
            }
            Next::Falls(distinction, year) => {
                let hours = honours.title(distinction, year)?.hours;
                let minutes = honours.counting(year, resident.minutes);
                Some(Event::Fell { title: title(distinction, year), hours, minutes })
            }
            Next::Granted(distinction, year) => {
                Some(Event::Granted { title: title(distinction, year), officer: None })
            }
            Next::Dropped(report) => Some(Event::ReportDropped { report }),
            Next::Ends(certificate) => {
                let reason = RevokeReason::Erased;
                Some(Event::CertificateRevoked { certificate, officer: None, reason })
            }
            Next::Withdrawn(distinction, year) => {
                let (title, reason) = (title(distinction, year), DeclineReason::Erased);
                Some(Event::Declined { title, officer: None, reason })
            }
            Next::Noticed(distinction, year, version) => {
                let rules = self.rules.version(version)?;
                let title = title(distinction, year);
                self.title_noticed(resident, title, rules, now, Asked::ByNobody).map(Event::Noticed)
            }
        }
    }

    /// A title goes on notice by these rules.
    pub(crate) fn title_noticed(
        &self,
        resident: &Resident,
        title: Title,
        rules: &RuleSet,
        now: Timestamp,
        asked: Asked,
    ) -> Option<Notice> {
        let honours = rules.honours.as_ref()?;
        let held = resident.honours.as_deref()?;
        Some(Notice {
            title,
            hours: rules.need(title.distinction)?.hours,
            minutes: held.counting(title.year, resident.minutes),
            rules: rules.version,
            until: rules.working_days_after(now, honours.notice_working_days),
            applied: asked == Asked::ByResident,
        })
    }
}

/// Who asked for a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    ByResident,
    ByNobody,
}
