//! A dispute that is mediated twice: the first time pays whoever sat with the parties, the second time
//! nobody, for a dispute pays once.

use linli_api::contribution::VerifyContribution;
use linli_api::mediation::{CaseChanged, CasePay};
use linli_api::receipt::Receipt;

use super::hands::Hands;
use super::tally::Tally;
use super::{id, mediation};
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::traffic::{Again, Case};

const STORY: &str = "a dispute that is mediated again";

/// The story, as far as it has come.
pub(super) struct Mediated<'a> {
    hands: &'a Hands,
    again: &'a Again,
    stage: Stage,
}

enum Stage {
    New,
    /// It was settled, and paid for.
    Paid,
    Over,
}

impl<'a> Mediated<'a> {
    pub(super) const fn new(hands: &'a Hands, again: &'a Again) -> Self {
        Self { hands, again, stage: Stage::New }
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        let Again { first, second } = self.again;
        match self.stage {
            Stage::New if first.claim.end <= at => {
                let (_, last) = self.see_to(first, tally).await?;
                if last.pay != Some(CasePay::Follows) || last.contributions != [id(first.claim.id)]
                {
                    return Err(ended(&format!("the first time came to {last:?}")));
                }
                self.vouch(first, tally).await?;
                self.stage = Stage::Paid;
            }
            Stage::Paid if second.claim.end <= at => {
                let (opened, last) = self.see_to(second, tally).await?;
                let is_known = opened.dispute == Some(id(first.id));
                let is_paid =
                    last.pay == Some(CasePay::PaidBefore) && last.contributions.is_empty();
                if !is_known || !is_paid {
                    return Err(ended(&format!("the second time came to {opened:?}, {last:?}")));
                }
                tally.shown.tables.mediated_again =
                    tally.shown.tables.mediated_again.saturating_add(1);
                self.stage = Stage::Over;
            }
            Stage::New | Stage::Paid | Stage::Over => {}
        }
        Ok(())
    }

    /// The year is over, and so the story has to be.
    pub(super) fn end(self) -> Result<(), DemoError> {
        match self.stage {
            Stage::Over => Ok(()),
            Stage::New | Stage::Paid => Err(ended("it never came to its end")),
        }
    }

    /// What the case's opening and its end came to.
    async fn see_to(
        &self,
        case: &Case,
        tally: &mut Tally,
    ) -> Result<(CaseChanged, CaseChanged), DemoError> {
        let receipts = mediation::see_to(self.hands, case).await?;
        receipts.iter().for_each(|receipt| tally.mediated(receipt));
        let changed = |receipt: Option<&Receipt<CaseChanged>>| {
            Ok(receipt.ok_or(DemoError::Plan("a receipt of a case"))?.changed.clone())
        };
        Ok((changed(receipts.first())?, changed(receipts.last())?))
    }

    /// The grid's officer vouches for what the mediator did, which is awarded by it.
    async fn vouch(&self, case: &Case, tally: &mut Tally) -> Result<(), DemoError> {
        let officer = self.hands.staff.get(&case.officer.id);
        let officer = officer.ok_or(DemoError::Plan("the key of an officer"))?;
        let (word, own) = (VerifyContribution::default(), id(case.claim.id));
        let told = officer.verify_contribution("again-word", &own, &word).await;
        let told = told.doing(|| format!("verify {own}"))?.body;
        tally.decided(&told);
        match &told.changed.award {
            Some(award) if award.points.as_str() == "2.00" => Ok(()),
            award => Err(ended(&format!("the first time was awarded {award:?}"))),
        }
    }
}

fn ended(how: &str) -> DemoError {
    DemoError::Story { story: STORY, outcome: how.to_owned() }
}
