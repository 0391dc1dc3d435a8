//! The laws of notices: nothing on notice was awarded, each hearing has its clock and ends once, and
//! nobody on a panel has anything to do with the case.

use crate::contribution::Status;
use crate::id::ContributionId;
use crate::notice::{Hearing, Notice, Stage};
use crate::state::Law;
use crate::{Contradiction, Deadline, State};

impl State {
    pub(crate) fn check_notice(&self, id: ContributionId) -> Result<(), Contradiction> {
        for hearing in [Hearing::Notice, Hearing::Appeal] {
            if let Some(notice) = self.notices.get((id, hearing)) {
                self.check_hearing(id, hearing, notice)?;
            }
        }
        Ok(())
    }

    fn check_hearing(
        &self,
        id: ContributionId,
        hearing: Hearing,
        notice: &Notice,
    ) -> Result<(), Contradiction> {
        let Some(contribution) = self.contributions.get(id) else {
            return Err(self.broken(Law::Known, format!("contribution {id}")));
        };
        let (stage, status) = (notice.stage, contribution.status);
        let waits = match hearing {
            Hearing::Notice => status == Status::OnNotice,
            Hearing::Appeal => matches!(status, Status::Rejected | Status::Reversed),
        };
        if !stage.is_over()
            && (!waits || (hearing == Hearing::Notice && contribution.award().is_some()))
        {
            let found =
                format!("contribution {id}: {hearing:?} is {stage:?}, and it is {status:?}");
            return Err(self.broken(Law::Notice, found));
        }
        let deadline = match stage {
            Stage::Open => Some(Deadline::NoticeEnds(id)),
            Stage::Contested => Some(Deadline::HearingEnds(id, hearing)),
            Stage::Unopposed | Stage::Upheld | Stage::Dismissed => {
                notice.due_at.map(|_| Deadline::NoticeAwards(id))
            }
        };
        let queued = match (deadline, notice.due_at) {
            (Some(deadline), Some(at)) => self.deadlines.contains(&(at, deadline)),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !queued {
            let found = format!("contribution {id}: no clock for {hearing:?} that is {stage:?}");
            return Err(self.broken(Law::Deadline, found));
        }
        // Whoever sat may vouch for it later, where an appeal has brought it back.
        if stage.is_over() {
            return Ok(());
        }
        let case = self.involved(id, contribution, hearing);
        for seat in &notice.panel {
            if let Some(tie) = self.tie(seat.member, &case) {
                let found = format!("contribution {id}: {:?} on the panel: {tie:?}", seat.member);
                return Err(self.broken(Law::Notice, found));
            }
        }
        Ok(())
    }
}
