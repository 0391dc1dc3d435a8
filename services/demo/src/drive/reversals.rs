//! Reversals (冲正) over the year: what turns out wrong days or weeks after it was awarded is taken back by an
//! officer of the community, with a reason. Of what was spent by then the resident owes, and later awards
//! repay it by halves.

use std::collections::{BTreeMap, BTreeSet};

use linli_api::contribution::{Decided, ReversalReason, ReverseContribution};
use linli_api::receipt::Receipt;
use linli_api::{Client, Id};

use super::hands::Hands;
use super::id;
use super::purse::Purses;
use super::tally::Tally;
use crate::amount::hundredths;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::traffic::{Plan, Reversal};

/// An award that was found wrong.
struct Due {
    at: Moment,
    contribution: Id,
    resident: Id,
    reason: ReversalReason,
}

/// The year's reversals, as far as they have come.
pub(super) struct Reversals<'a> {
    hands: &'a Hands,
    /// Who takes back: a community officer, who doesn't vouch for what grids award.
    officer: &'a Client,
    /// The head of the story that holds two boards against each other, which nothing else may move.
    mover: Id,
    /// By the contribution: what will be found.
    to_come: BTreeMap<String, Reversal>,
    due: Vec<Due>,
}

impl<'a> Reversals<'a> {
    pub(super) fn new(seed: u64, hands: &'a Hands, plan: &Plan) -> Result<Self, DemoError> {
        let officer = hands.staff.get(&plan.planted.broken.reverser.id);
        let officer = officer.ok_or(DemoError::Plan("the key of who takes back"))?;
        let claims = plan.steps.iter().flat_map(|step| &step.contributions);
        let claims = claims.map(|claim| (claim.id, claim.act));
        let seats = plan.shifts.iter().flat_map(|shift| {
            let served = shift.served();
            served.map(|seat| (seat.id, shift.act))
        });
        let drawn = claims
            .chain(seats)
            .filter_map(|(id, act)| Some((id.to_string(), Reversal::draw(seed, id, act)?)));
        let (to_come, mover) = (drawn.collect(), id(plan.planted.mover.head.id));
        Ok(Self { hands, officer, mover, to_come, due: Vec::new() })
    }

    /// What is to be done at a stop of the clock, at which officers said this. Holders of certificates are
    /// left out: a certificate falls with the hours that it tells of, which the year doesn't show.
    pub(super) async fn stop(
        &mut self,
        at: Moment,
        decided: &[Receipt<Decided>],
        holders: &BTreeSet<Id>,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        for word in decided {
            let Decided { contribution, award: Some(award), .. } = &word.changed else { continue };
            let Some(found) = self.to_come.remove(contribution.as_str()) else { continue };
            let (contribution, resident) = (contribution.clone(), award.resident.clone());
            let Reversal { later, reason } = found;
            self.due.push(Due { at: at.later(later), contribution, resident, reason });
        }
        let due: Vec<_> = self.due.extract_if(.., |one| one.at <= at).collect();
        for one in due {
            if one.resident == self.mover || holders.contains(&one.resident) {
                continue;
            }
            if !self.take_back(&one, purses, tally).await? {
                self.due.push(one);
            }
        }
        Ok(())
    }

    /// Takes it back, and says so; not while something of the resident's is set aside, for the app that
    /// asked for that doesn't hear what comes back of it.
    async fn take_back(
        &self,
        one: &Due,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<bool, DemoError> {
        let Due { contribution, resident, reason, .. } = one;
        let of = || format!("read the wallet of {resident}");
        let before = self.officer.after(self.hands.head().await?).wallet(resident).await;
        if hundredths(&before.doing(of)?.body.held)? > 0 {
            return Ok(false);
        }
        let body = ReverseContribution { reason: *reason };
        let key = format!("taken-back-{contribution}");
        let told = self.officer.reverse_contribution(&key, contribution, &body).await;
        let told = told.doing(|| format!("take {contribution} back"))?.body;
        tally.taken_back(hundredths(&told.changed.owed)?);
        let after = self.officer.after(told.last).wallet(resident).await.doing(of)?.body;
        purses.heard(resident, told.last, Some(&after.available))?;
        Ok(true)
    }
}
