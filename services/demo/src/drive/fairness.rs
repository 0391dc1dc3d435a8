//! Fair verification over the year: what is drawn each day is looked at again, hours entered late
//! for a friend come to nothing, and what was spent of a broken settlement is owed.

use linli_api::award::MinutesKind;
use linli_api::contribution::{
    ContributionStatus, Decided, Grade, ReversalReason, ReverseContribution, VerifyContribution,
};
use linli_api::inspection::{InspectContribution, InspectionOutcome, ToInspect};
use linli_api::item::ItemKind;
use linli_api::mediation::CaseStep;
use linli_api::receipt::Receipt;
use linli_api::redemption::{Basket, Wish};
use linli_api::{Client, Id};
use ulid::Ulid;

use super::batch::several;
use super::hands::Hands;
use super::tally::Tally;
use super::{mediation, partner};
use crate::amount::hundredths;
use crate::calendar::{Day, Moment};
use crate::error::{DemoError, Doing as _};
use crate::population::{Officer, Place};
use crate::traffic::{Contribution, Planted, category};

const LATE: &str = "forty hours that an administrator enters late for a friend";
const BROKEN: &str = "a mediation whose settlement is broken after its points were spent";

/// Looked at again at once.
const INSPECTED_AT_ONCE: u32 = 200;

/// A sample is drawn when its time has come; a ledger that is just being started again draws it a
/// little later, and whoever looks meanwhile looks again the next day.
const MISSED_MAX: u32 = 2;

/// Of a hundred that are looked at again, so many were told wrongly in something.
const CORRECTED_PERCENT: u128 = 4;

/// Whole points of a mediation with departments, which are spent.
const MEDIATION_POINTS: u64 = 8;

/// The stories and the samples, as far as they have come.
pub(super) struct Fairness<'a> {
    hands: &'a Hands,
    place: &'a Place,
    planted: &'a Planted,
    inspected_on: Option<Day>,
    late: Option<Late>,
    broken: Option<Broken>,
}

/// How far the story of the late entry has come.
enum Late {
    ToEnter,
    /// So many are still to be looked at, and so often nothing of them was in a day's sample.
    Entered {
        left: usize,
        missed: u32,
    },
}

/// How far the story of the settlement has come.
enum Broken {
    ToMediate,
    OnNotice,
    Spent,
    Owed,
}

impl<'a> Fairness<'a> {
    pub(super) fn new(hands: &'a Hands, place: &'a Place, planted: &'a Planted) -> Self {
        let (late, broken) = (Some(Late::ToEnter), Some(Broken::ToMediate));
        Self { hands, place, planted, inspected_on: None, late, broken }
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        if self.inspected_on != Some(at.day()) {
            self.inspected_on = Some(at.day());
            self.inspect(tally).await?;
        }
        if matches!(self.late, Some(Late::ToEnter)) && self.planted.late.entered_at <= at {
            self.enter(tally).await?;
        }
        let story = &self.planted.broken;
        match self.broken {
            Some(Broken::ToMediate) if story.case.claim.end <= at => self.mediate(tally).await,
            Some(Broken::OnNotice) if story.spent_at <= at => self.spend(tally).await,
            Some(Broken::Spent) if story.broken_at <= at => self.break_off(tally).await,
            Some(Broken::Owed) if story.later.end <= at => self.repay(tally).await,
            Some(_) | None => Ok(()),
        }
    }

    /// The year is over, and so both stories have to be.
    pub(super) fn end(self) -> Result<(), DemoError> {
        if self.late.is_some() {
            return Err(ended(LATE, "it never came to its end"));
        }
        if self.broken.is_some() {
            return Err(ended(BROKEN, "it never came to its end"));
        }
        Ok(())
    }

    fn officer(&self, officer: &Officer) -> Result<&'a Client, DemoError> {
        self.hands.staff.get(&officer.id).ok_or(DemoError::Plan("the key of an officer"))
    }

    /// The inspector looks at what the night has drawn.
    async fn inspect(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let head = self.hands.head().await?;
        let inspector = self.officer(&self.planted.inspector)?;
        let due = inspector.after(head).inspections(INSPECTED_AT_ONCE, None).await;
        let due = due.doing(|| "read what is to be inspected".to_owned())?.body.items;
        let late = |id: &Id| {
            self.planted.late.claims.iter().any(|claim| claim.id.to_string() == id.as_str())
        };
        let looks = due.iter().map(|one| look(inspector, one, late(&one.contribution)));
        let reversed = several(looks.collect()).await?;
        tally.inspected(reversed.len());
        let reversed = reversed.iter().filter(|reversed| **reversed).count();
        tally.reversed(reversed);
        if let Some(Late::Entered { left, missed }) = &mut self.late {
            *left = left.saturating_sub(reversed);
            if *left == 0 {
                self.late = None;
                return self.nothing_is_left_of_late().await;
            }
            if reversed == 0 {
                *missed = missed.saturating_add(1);
            }
            if *missed > MISSED_MAX {
                return Err(ended(LATE, "it was not in the sample of its day"));
            }
        }
        Ok(())
    }

    /// Forty hours at once, for which the grid officer gives a word.
    async fn enter(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let story = &self.planted.late;
        for claim in &story.claims {
            let decided = self.served(claim, &[story.officer], tally).await?;
            let award = decided.changed.award.as_ref();
            let nothing = award.is_some_and(|award| {
                award.points.as_str() == "0.00"
                    && (award.grade, award.minutes_kind) == (Grade::D, MinutesKind::Honour)
            });
            if !nothing {
                return Err(ended(LATE, &format!("awarded {award:?}")));
            }
        }
        self.late = Some(Late::Entered { left: story.claims.len(), missed: 0 });
        Ok(())
    }

    async fn nothing_is_left_of_late(&self) -> Result<(), DemoError> {
        let head = self.hands.head().await?;
        let friend = self.planted.late.claims.first().map(|claim| claim.resident);
        let friend = Id::from(friend.unwrap_or_default().to_string());
        let inspector = self.officer(&self.planted.inspector)?.after(head);
        let merit =
            inspector.merit(&friend).await.doing(|| "read the friend's merit".to_owned())?;
        let merit = merit.body;
        if (merit.merit.as_str(), merit.honour_minutes) != ("0.00", 0) {
            return Err(ended(LATE, &format!("left were {merit:?}")));
        }
        Ok(())
    }

    /// A case is settled; the mediator's work in it is verified, and stands on public notice.
    async fn mediate(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let story = &self.planted.broken;
        for receipt in mediation::see_to(self.hands, &story.case).await? {
            tally.mediated(&receipt);
        }
        tally.sat(&story.case.beside);
        let decided = self.vouched(story.case.claim.id, &story.officers, tally).await?;
        if decided.changed.status != ContributionStatus::OnNotice {
            return Err(ended(BROKEN, &format!("not on notice: {decided:?}")));
        }
        self.broken = Some(Broken::OnNotice);
        Ok(())
    }

    /// Nobody objected, so it was awarded, and its points are spent.
    async fn spend(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let story = &self.planted.broken;
        let fits = |item: &&crate::population::Item| {
            item.price == MEDIATION_POINTS
                && item.kind == ItemKind::Service
                && item.over_the_counter()
        };
        let item = self.place.items.iter().find(fits).ok_or(DemoError::Plan("a service"))?;
        let [clerk, _] = self.hands.clerks.first().ok_or(DemoError::Plan("a counter"))?;
        let basket = Basket {
            redemption: None,
            shift: None,
            shown: None,
            resident: Some(Id::from(story.mediator.id.to_string())),
            items: vec![Wish { item: Id::from(item.id.to_string()), quantity: 1 }],
        };
        let sold = clerk.sell("mediator-spends", &basket).await;
        tally.redeemed(&sold.doing(|| "spend a mediator's points".to_owned())?.body)?;
        self.broken = Some(Broken::Spent);
        Ok(())
    }

    /// The settlement is broken, as another officer says: the award is taken back, and what was spent of it
    /// is owed.
    async fn break_off(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let story = &self.planted.broken;
        let reverser = self.officer(&story.reverser)?;
        let broken = mediation::step(reverser, &story.case, "break", &CaseStep::Break {}).await?;
        tally.reversed(broken.changed.reversed.len());
        let own = Id::from(story.case.claim.id.to_string());
        let mediator = Id::from(story.mediator.id.to_string());
        let wallet = reverser.after(broken.last).wallet(&mediator).await;
        let wallet = wallet.doing(|| "read the mediator's wallet".to_owned())?.body;
        let stands = (wallet.available.as_str(), wallet.receivable.as_str());
        if broken.changed.reversed != [own] || stands != ("0.00", "8.00") {
            return Err(ended(BROKEN, &format!("{broken:?}, and then {wallet:?}")));
        }
        tally.owes(hundredths(&wallet.receivable)?);
        self.broken = Some(Broken::Owed);
        Ok(())
    }

    /// Half of what the mediator earns next repays it.
    async fn repay(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let story = &self.planted.broken;
        let [officer, _] = story.officers;
        let decided = self.served(&story.later, &[officer], tally).await?;
        let award = decided.changed.award.as_ref();
        let repaid = award.and_then(|award| award.repaid.as_ref());
        let mediator = Id::from(story.mediator.id.to_string());
        let wallet = self.officer(&officer)?.after(decided.last).wallet(&mediator).await;
        let wallet = wallet.doing(|| "read the mediator's wallet".to_owned())?.body;
        let stands = (wallet.available.as_str(), wallet.receivable.as_str());
        if repaid.map(linli_api::Amount::as_str) != Some("1.00") || stands != ("1.00", "7.00") {
            return Err(ended(BROKEN, &format!("repaid {repaid:?}, and then {wallet:?}")));
        }
        self.broken = None;
        Ok(())
    }

    /// Submits a claim and has it vouched for; the last answer.
    async fn served(
        &self,
        claim: &Contribution,
        officers: &[Officer],
        tally: &mut Tally,
    ) -> Result<Receipt<Decided>, DemoError> {
        let (key, body) = (partner::key(claim), partner::claim(claim));
        let submitted = self.hands.partner.submit_contribution(&key, &body);
        submitted.await.doing(|| "submit a contribution of a story".to_owned())?;
        tally.submitted(category(claim.act).ok_or(DemoError::Plan("an act of a story"))?);
        self.vouched(claim.id, officers, tally).await
    }

    /// Has what was submitted vouched for; the last answer.
    async fn vouched(
        &self,
        contribution: Ulid,
        officers: &[Officer],
        tally: &mut Tally,
    ) -> Result<Receipt<Decided>, DemoError> {
        let id = Id::from(contribution.to_string());
        let mut last = None;
        for officer in officers {
            let key = format!("story-{contribution}-{}", officer.id);
            let word = VerifyContribution::default();
            let reply = self.officer(officer)?.verify_contribution(&key, &id, &word).await;
            let receipt = reply.doing(|| "verify a contribution of a story".to_owned())?.body;
            tally.decided(&receipt);
            receipt.changed.award.as_ref().map_or(Ok(()), |award| tally.told(award))?;
            last = Some(receipt);
        }
        last.ok_or(DemoError::Plan("an officer of a story"))
    }
}

/// Another look at one of the sample; says whether the award was taken back.
async fn look(inspector: &Client, one: &ToInspect, unfounded: bool) -> Result<bool, DemoError> {
    let id = &one.contribution;
    let number = Ulid::from_string(id.as_str()).map_or(0, |id| id.0);
    let outcome = if unfounded {
        InspectionOutcome::Unfounded
    } else if number.rem_euclid(100) < CORRECTED_PERCENT {
        InspectionOutcome::Corrected
    } else {
        InspectionOutcome::Upheld
    };
    let found = InspectContribution { outcome };
    let reply = inspector.inspect_contribution(&format!("inspect-{id}"), id, &found).await;
    reply.doing(|| format!("inspect {id}"))?;
    if unfounded {
        let why = ReverseContribution { reason: ReversalReason::Unfounded };
        let reply = inspector.reverse_contribution(&format!("unfounded-{id}"), id, &why).await;
        reply.doing(|| format!("reverse {id}"))?;
    }
    Ok(unfounded)
}

fn ended(story: &'static str, how: &str) -> DemoError {
    DemoError::Story { story, outcome: how.to_owned() }
}
