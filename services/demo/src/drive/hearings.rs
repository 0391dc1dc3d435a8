//! Public notice over the year: neighbours object, panels of strangers decide, and whoever was
//! turned down may appeal once. What nobody objects to is awarded by itself.

use std::collections::BTreeMap;

use linli_api::contribution::{ContributionStatus, Decided, RejectReason};
use linli_api::notice::{
    AppealFor, CastResidentVote, ConvenePanel, NoticeStage, ObjectToNotice, PanelMember, Ruling,
};
use linli_api::receipt::Receipt;
use linli_api::{Client, Id};
use ulid::Ulid;

use super::hands::Hands;
use super::tally::Tally;
use super::{id, is};
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::population::Place;
use crate::traffic::{Objection, Plan, Planted};

const STORY: &str = "an objection that a panel decides";

/// As many as the rules say, and the majority of them.
const PANEL: usize = 3;
const MAJORITY: usize = 2;

/// Of those who are drawn somebody may have something to do with the case; then others are.
const DRAWS: u8 = 20;

/// What is before a panel, or will be.
struct Hearing {
    contribution: Id,
    objection: Objection,
    /// The panel is called together once the notice is over.
    until: jiff::Timestamp,
}

/// The year's objections, as far as they have come.
pub(super) struct Hearings<'a> {
    hands: &'a Hands,
    place: &'a Place,
    planted: &'a Planted,
    /// By the contribution: what somebody will have against it.
    to_come: BTreeMap<String, Objection>,
    open: Vec<Hearing>,
}

impl<'a> Hearings<'a> {
    pub(super) fn new(seed: u64, hands: &'a Hands, place: &'a Place, plan: &'a Plan) -> Self {
        let claims = plan.steps.iter().flat_map(|step| &step.contributions).chain(&plan.wishes);
        let drawn =
            claims.filter_map(|claim| Some((claim.id.to_string(), Objection::draw(seed, claim)?)));
        let (to_come, planted) = (drawn.collect(), &plan.planted);
        Self { hands, place, planted, to_come, open: Vec::new() }
    }

    /// What is to be done at a stop of the clock, at which officers said this.
    pub(super) async fn stop(
        &mut self,
        at: Moment,
        decided: &[Receipt<Decided>],
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let due: Vec<_> =
            self.open.extract_if(.., |hearing| hearing.until <= at.timestamp()).collect();
        for hearing in due {
            self.hear(hearing, tally).await?;
        }
        for word in decided {
            let contribution = &word.changed.contribution;
            let Some(notice) = &word.changed.notice else { continue };
            let Some(mut objection) = self.to_come.remove(contribution.as_str()) else { continue };
            self.object(contribution, &mut objection, tally).await?;
            let until = notice.until.as_str().parse();
            let until = until.map_err(|_| DemoError::Plan("the end of a notice"))?;
            let contribution = contribution.clone();
            self.open.push(Hearing { contribution, objection, until });
        }
        Ok(())
    }

    /// Somebody has something against it.
    async fn object(
        &self,
        contribution: &Id,
        objection: &mut Objection,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let others = |who: &Ulid| *who != objection.claimant;
        let drawn = (0..DRAWS).filter_map(|_| objection.chance.pick(&self.place.residents));
        let who = drawn.map(|resident| resident.id).find(others);
        let who = who.ok_or(DemoError::Plan("somebody who objects"))?;
        let body = ObjectToNotice { resident: id(who), reason: RejectReason::NotDone };
        let key = format!("object-{contribution}");
        let told = self.hands.partner.object(&key, contribution, &body).await;
        told.doing(|| format!("object to {contribution}"))?;
        tally.objected();
        Ok(())
    }

    /// A panel decides; and another one, if the claimant appeals.
    async fn hear(&self, mut hearing: Hearing, tally: &mut Tally) -> Result<(), DemoError> {
        let ruling = hearing.objection.upheld;
        let stage = self.decide(&mut hearing, "notice", ruling, tally).await?;
        let as_said = if ruling { NoticeStage::Upheld } else { NoticeStage::Dismissed };
        expect(stage == as_said, || format!("{stage:?}"))?;
        tally.heard(ruling);
        let Some(right) = hearing.objection.appeal else { return Ok(()) };
        let of = || format!("appeal for {}", hearing.contribution);
        let body = AppealFor { resident: id(hearing.objection.claimant) };
        let key = format!("appeal-{}", hearing.contribution);
        self.hands.partner.appeal(&key, &hearing.contribution, &body).await.doing(of)?;
        tally.appealed(right);
        self.decide(&mut hearing, "appeal", right, tally).await?;
        let reader = self.hands.partner.after(self.hands.head().await?);
        let file = reader.contribution(&hearing.contribution).await;
        let status = file.doing(|| "read a contribution".to_owned())?.body.status;
        let after = if right { ContributionStatus::Awarded } else { ContributionStatus::Rejected };
        expect(status == after, || format!("{status:?} after the appeal"))
    }

    /// Three who have nothing to do with it are called together, and two of them are enough.
    async fn decide(
        &self,
        hearing: &mut Hearing,
        which: &str,
        uphold: bool,
        tally: &mut Tally,
    ) -> Result<NoticeStage, DemoError> {
        let members = self.convene(hearing, which).await?;
        tally.command();
        let vote = if uphold { Ruling::Uphold } else { Ruling::Dismiss };
        let mut stage = NoticeStage::Contested;
        for member in members.iter().take(MAJORITY) {
            let body = CastResidentVote { resident: member.clone(), vote };
            let key = format!("vote-{which}-{}-{member}", hearing.contribution);
            let told =
                self.hands.partner.vote_as_resident(&key, &hearing.contribution, &body).await;
            stage = told.doing(|| format!("vote on {}", hearing.contribution))?.body.changed.stage;
            tally.command();
        }
        Ok(stage)
    }

    async fn convene(&self, hearing: &mut Hearing, which: &str) -> Result<Vec<Id>, DemoError> {
        let chief = self.office()?;
        for draw in 0..DRAWS {
            let residents = &self.place.residents;
            let mut members: Vec<Id> = (0..PANEL)
                .filter_map(|_| hearing.objection.chance.pick(residents))
                .map(|resident| id(resident.id))
                .collect();
            members.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
            members.dedup();
            if members.len() < PANEL {
                continue;
            }
            let body = ConvenePanel {
                members: members.iter().cloned().map(PanelMember::Resident).collect(),
            };
            let key = format!("panel-{which}-{draw}-{}", hearing.contribution);
            match chief.convene_panel(&key, &hearing.contribution, &body).await {
                Err(error) if is(&error, "panel-member-tied") => {}
                told => {
                    told.doing(|| format!("call a panel together on {}", hearing.contribution))?;
                    return Ok(members);
                }
            }
        }
        Err(DemoError::Plan("three strangers"))
    }

    /// The sub-district's chief vouches for nothing, and so may call a panel together.
    fn office(&self) -> Result<&'a Client, DemoError> {
        let office = self.hands.staff.get(&self.planted.chief.id);
        office.ok_or(DemoError::Plan("the key of who calls panels together"))
    }
}

fn expect(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), DemoError> {
    if holds { Ok(()) } else { Err(DemoError::Story { story: STORY, outcome: otherwise() }) }
}
