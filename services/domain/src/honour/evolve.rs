//! What the facts of honours do to the state, and what other facts do to honours.

use crate::award::{Award, MinutesKind};
use crate::honour::{
    Certificate, Event, Held, Honours, Notice, Paper, Reported, Stage, Standing, Title,
};
use crate::id::{CertificateId, OfficerId, ReportId, ResidentId};
use crate::quantity::Minutes;
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Noticed(notice) => state.stands_on_notice(notice, now),
        Event::Granted { title, .. } => state.title_moved(*title, Standing::Granted, now),
        Event::Declined { title, .. } => state.title_moved(*title, Standing::Declined, now),
        Event::Fell { title, .. } => state.title_fell(*title, now),
        Event::CertificateRequested { certificate, resident, until } => {
            let wanted = Certificate {
                resident: *resident,
                stage: Stage::OnNotice,
                until: *until,
                signed_by: None,
            };
            state.certificates.insert(*certificate, wanted);
            state.honours_mut(*resident)?.requested = Some(*certificate);
            Ok(())
        }
        Event::CertificateSigned { certificate, officer } => {
            known(state.certificates.get_mut(*certificate), certificate)?.signed_by =
                Some(*officer);
            Ok(())
        }
        Event::CertificateIssued { certificate, first, paper, .. } => {
            state.certificate_issued(*certificate, *first, paper, now)
        }
        Event::CertificateRevoked { certificate, .. } => {
            state.certificate_revoked(*certificate, now)
        }
        Event::RecordReported { report, due_at } => {
            let open = Reported { report: *report, due_at: Some(*due_at), answered: false };
            state.reports.insert(report.report, open);
            state.honours_mut(report.resident)?.reports.push(report.report);
            state.deadlines.insert((*due_at, Deadline::ReportOverdue(report.report)));
            Ok(())
        }
        Event::ReportOverdue { report } => state.report_rests(*report).map(|_| ()),
        Event::ReportAnswered { report, .. } | Event::ReportDropped { report } => {
            state.report_ended(*report, now)
        }
    }
}

/// A resident has become a volunteer.
pub(crate) fn enrolled(state: &mut State, id: ResidentId, now: Timestamp) {
    if let Some(resident) = state.residents.get_mut(id) {
        resident.honours.get_or_insert_default().enrolled_at = Some(now);
    }
}

/// An award counts for its year, or counts no longer.
pub(crate) fn served(state: &mut State, award: &Award, counts: Counts, now: Timestamp) -> Step {
    if award.minutes_kind != MinutesKind::Service || award.minutes == Minutes::ZERO {
        return Ok(());
    }
    let rules = known(state.rules.version(award.rules), award.rules)?;
    let year = rules.year(award.happened.end());
    let honours = state.honours_mut(award.resident)?;
    match counts {
        Counts::More => honours
            .add(year, award.minutes)
            .ok_or_else(|| (Law::Range, format!("resident {}", award.resident)))?,
        Counts::Less => honours.take(year, award.minutes),
    }
    state.watch_honours(award.resident, now);
    Ok(())
}

/// Does an award count, or count no longer?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counts {
    More,
    Less,
}

impl State {
    fn honours_mut(&mut self, id: ResidentId) -> Result<&mut Honours, (Law, String)> {
        let resident = known(self.residents.get_mut(id), id)?;
        Ok(resident.honours.get_or_insert_default())
    }

    /// The clock of a report stops: it ran out, or the report was answered.
    fn report_rests(&mut self, id: ReportId) -> Result<&mut Reported, (Law, String)> {
        let found = self.reports.get_mut(id).filter(|found| !found.answered);
        let found = known(found, id)?;
        if let Some(at) = found.due_at.take() {
            self.deadlines.remove(&(at, Deadline::ReportOverdue(id)));
        }
        Ok(found)
    }

    fn report_ended(&mut self, id: ReportId, now: Timestamp) -> Step {
        let found = self.report_rests(id)?;
        found.answered = true;
        let resident = found.report.resident;
        self.honours_mut(resident)?.reports.retain(|open| *open != id);
        self.watch_honours(resident, now);
        Ok(())
    }

    fn stands_on_notice(&mut self, notice: &Notice, now: Timestamp) -> Step {
        let Notice { title, hours, minutes: _, rules, until, applied } = *notice;
        let Title { resident, distinction, year } = title;
        let honours = self.honours_mut(resident)?;
        let standing = Standing::OnNotice;
        let held = Held { distinction, year, standing, hours, rules, until, applied };
        honours.titles.retain(|known| known.distinction != distinction || known.year != year);
        honours.titles.push(held);
        self.watch_honours(resident, now);
        Ok(())
    }

    fn title_moved(&mut self, title: Title, standing: Standing, now: Timestamp) -> Step {
        let honours = self.honours_mut(title.resident)?;
        let held = honours.title_mut(title.distinction, title.year);
        let held = held.filter(|held| held.standing == Standing::OnNotice);
        known(held, title)?.standing = standing;
        self.watch_honours(title.resident, now);
        Ok(())
    }

    fn title_fell(&mut self, title: Title, now: Timestamp) -> Step {
        let honours = self.honours_mut(title.resident)?;
        let Title { resident, distinction, year } = title;
        known(honours.title(distinction, year), title)?;
        honours.titles.retain(|known| known.distinction != distinction || known.year != year);
        self.watch_honours(resident, now);
        Ok(())
    }

    fn certificate_issued(
        &mut self,
        id: CertificateId,
        first: OfficerId,
        paper: &Paper,
        now: Timestamp,
    ) -> Step {
        let signed = |found: &&mut Certificate| {
            found.stage == Stage::OnNotice && found.signed_by == Some(first)
        };
        known(self.certificates.get_mut(id).filter(signed), id)?.stage = Stage::Valid;
        let last = self.certificate_numbers.entry(paper.year);
        if paper.number != last.saturating_add(1) {
            return Err((Law::Known, format!("certificate {} after {last}", paper.number)));
        }
        *last = paper.number;
        let honours = self.honours_mut(paper.resident)?;
        honours.requested = None;
        honours.certificates.push((id, paper.minutes));
        self.watch_honours(paper.resident, now);
        Ok(())
    }

    fn certificate_revoked(&mut self, id: CertificateId, now: Timestamp) -> Step {
        let found = self.certificates.get_mut(id);
        let found = known(found.filter(|found| found.stage != Stage::Revoked), id)?;
        found.stage = Stage::Revoked;
        let resident = found.resident;
        let honours = self.honours_mut(resident)?;
        honours.certificates.retain(|(known, _)| *known != id);
        honours.requested = honours.requested.filter(|known| *known != id);
        self.watch_honours(resident, now);
        Ok(())
    }
}
