//! The wish behind a fact of honours, and the laws that the state keeps.

use crate::honour::{Command, Event, Standing};
use crate::id::ResidentId;
use crate::resident::Resident;
use crate::state::Law;
use crate::{Contradiction, Deadline, State};

/// The wish behind a fact; none behind what came by itself.
pub(crate) fn wish(event: &Event) -> Option<Command> {
    Some(match event {
        Event::Noticed(notice) if notice.applied => Command::Apply {
            resident: notice.title.resident,
            distinction: notice.title.distinction,
        },
        Event::Granted { title, officer: Some(officer) } => {
            Command::Grant { title: *title, officer: *officer }
        }
        Event::Declined { title, officer: Some(officer), reason } => {
            Command::Decline { title: *title, officer: *officer, reason: *reason }
        }
        Event::CertificateRequested { certificate, resident, .. } => {
            Command::RequestCertificate { certificate: *certificate, resident: *resident }
        }
        Event::CertificateSigned { certificate, officer }
        | Event::CertificateIssued { certificate, officer, .. } => {
            Command::SignCertificate { certificate: *certificate, officer: *officer }
        }
        Event::CertificateRevoked { certificate, officer: Some(officer), reason } => {
            Command::RevokeCertificate {
                certificate: *certificate,
                officer: *officer,
                reason: *reason,
            }
        }
        Event::RecordReported { report, .. } => Command::ReportRecord(*report),
        Event::ReportAnswered { report, officer, answer } => {
            Command::AnswerReport { report: *report, officer: *officer, answer: *answer }
        }
        Event::Noticed(_)
        | Event::Granted { officer: None, .. }
        | Event::Declined { officer: None, .. }
        | Event::CertificateRevoked { officer: None, .. }
        | Event::Fell { .. }
        | Event::ReportOverdue { .. }
        | Event::ReportDropped { .. } => return None,
    })
}

impl State {
    /// What happens next to honours is in the queue, the years sum to what was served, and whatever
    /// stands without its hours, says more than was served, or is open of somebody who was erased, is
    /// about to end.
    pub(crate) fn check_honours(
        &self,
        id: ResidentId,
        resident: &Resident,
    ) -> Result<(), Contradiction> {
        let Some(honours) = resident.honours() else { return Ok(()) };
        let queued = |at| self.deadlines.contains(&(at, Deadline::HonourReviewed(id)));
        if honours.next.is_some_and(|(at, _)| !queued(at)) {
            let found = format!("{:?} of {id} is not in the queue", honours.next);
            return Err(self.broken(Law::Deadline, found));
        }
        let sum: u64 = honours.years.iter().map(|(_, minutes)| u64::from(minutes.get())).sum();
        if sum != u64::from(resident.minutes.get()) {
            let found =
                format!("resident {id}: {sum} minutes by year, {} in all", resident.minutes);
            return Err(self.broken(Law::Honours, found));
        }
        let bare = honours.titles.iter().any(|held| {
            let served = honours.counting(held.year, resident.minutes).whole_hours();
            held.standing != Standing::Declined && served < held.hours
        });
        let overtaken = honours.certificates.iter().any(|(_, said)| *said > resident.minutes);
        let due = honours.next.is_some_and(|(at, _)| at <= self.recorded_at);
        let left = resident.erased_at.is_some() && honours.left_open().is_some();
        if (bare || overtaken || left) && !due {
            let found =
                format!("resident {id}: {:?} with {} minutes", honours.titles, resident.minutes);
            return Err(self.broken(Law::Honours, found));
        }
        Ok(())
    }
}
