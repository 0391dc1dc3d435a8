//! A building's head moves to another grid in mid-season: the old grid's board keeps what was done
//! there, and the new one has what is done since.

use linli_api::Client;
use linli_api::client::RankingWish;
use linli_api::contribution::VerifyContribution;
use linli_api::household::RegisterHousehold;
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::ranking::RankingWindow;
use linli_api::resident::MoveResident;
use ulid::Ulid;

use super::hands::Hands;
use super::id;
use super::partner;
use super::tally::Tally;
use crate::amount::hundredths;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::traffic::{Mover, category};

const STORY: &str = "a building's head who moves to another grid in mid-season";

/// The story, as far as it has come.
pub(super) struct Moving<'a> {
    operator: &'a Client,
    hands: &'a Hands,
    mover: &'a Mover,
    stage: Stage,
}

enum Stage {
    AtHome,
    /// In the new grid, with this much merit of the season there when the head came.
    Moved {
        there: i64,
    },
    Over,
}

impl<'a> Moving<'a> {
    pub(super) const fn new(operator: &'a Client, hands: &'a Hands, mover: &'a Mover) -> Self {
        Self { operator, hands, mover, stage: Stage::AtHome }
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        match self.stage {
            Stage::AtHome if self.mover.at <= at => {
                let before = self.merits().await?;
                self.move_house(tally).await?;
                let after = self.merits().await?;
                if before != after {
                    return Err(ended(&format!("moving made {after:?} of {before:?}")));
                }
                self.stage = Stage::Moved { there: after.1 };
            }
            Stage::Moved { there } if self.mover.claim.end <= at => {
                let before = self.merits().await?.0;
                let merit = self.clean(tally).await?;
                let (after, now) = self.merits().await?;
                if after != before || now < there.saturating_add(merit) || merit <= 0 {
                    let outcome = format!("{before} and {there} became {after} and {now}");
                    return Err(ended(&outcome));
                }
                self.stage = Stage::Over;
            }
            Stage::AtHome | Stage::Moved { .. } | Stage::Over => {}
        }
        Ok(())
    }

    /// The year is over, and so the story has to be.
    pub(super) fn end(self) -> Result<(), DemoError> {
        match self.stage {
            Stage::Over => Ok(()),
            Stage::AtHome | Stage::Moved { .. } => Err(ended("it never came to its end")),
        }
    }

    /// To a household of its own in the new building; the office goes with the head.
    async fn move_house(&self, tally: &mut Tally) -> Result<(), DemoError> {
        let of = || "move a building's head".to_owned();
        let (operator, mover) = (self.operator, self.mover);
        let home = RegisterHousehold {
            household: Some(id(mover.household)),
            micro_grid: id(mover.to_micro_grid),
        };
        operator.register_household("mover-home", &home).await.doing(of)?;
        let to = MoveResident { household: id(mover.household), assisted: false };
        operator.move_resident("mover-moves", &id(mover.head.id), &to).await.doing(of)?;
        operator.retire_officer("mover-retires", &id(mover.office.id)).await.doing(of)?;
        let office = AppointOfficer {
            officer: None,
            duty: Duty::BuildingHead,
            area: id(mover.to_micro_grid),
            resident: Some(id(mover.head.id)),
        };
        operator.appoint_officer("mover-appointed", &office).await.doing(of)?;
        (0..4).for_each(|_| tally.command());
        Ok(())
    }

    /// An hour in the new grid, by its officer's word; answers by the merit of it.
    async fn clean(&self, tally: &mut Tally) -> Result<i64, DemoError> {
        let claim = &self.mover.claim;
        let (key, body) = (partner::key(claim), partner::claim(claim));
        let submitted = self.hands.partner.submit_contribution(&key, &body).await;
        submitted.doing(|| format!("submit {}", claim.id))?;
        tally.submitted(category(claim.act).ok_or(DemoError::Plan("an act"))?);
        let officer = self.hands.staff.get(&self.mover.officer.id);
        let officer = officer.ok_or(DemoError::Plan("the key of an officer"))?;
        let word = VerifyContribution::default();
        let told = officer.verify_contribution("mover-word", &id(claim.id), &word).await;
        let told = told.doing(|| format!("verify {}", claim.id))?.body;
        tally.decided(&told);
        match &told.changed.award {
            Some(award) => hundredths(&award.merit),
            None => Err(ended(&format!("{:?}", told.changed.status))),
        }
    }

    /// The head's merit of the season in the old grid and in the new one, in hundredths.
    async fn merits(&self) -> Result<(i64, i64), DemoError> {
        let reader = self.operator.after(self.hands.head().await?);
        let merit = async |grid: Ulid| {
            let wish =
                RankingWish { area: Some(id(grid)), window: RankingWindow::Season, period: None };
            let rank = reader.rank(&id(self.mover.head.id), &wish).await;
            let place = rank.doing(|| "read a rank".to_owned())?.body.place;
            place.map_or(Ok(0), |place| hundredths(&place.merit))
        };
        Ok((merit(self.mover.from_grid).await?, merit(self.mover.to_grid).await?))
    }
}

fn ended(outcome: &str) -> DemoError {
    DemoError::Story { story: STORY, outcome: outcome.to_owned() }
}
