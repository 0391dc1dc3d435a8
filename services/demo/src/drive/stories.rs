//! The planted stories, each when its time has come. What must be told of them later, others keep:
//! conduct, fairness and the hearings go on over the whole year.

use linli_api::Client;

use super::again::Mediated;
use super::hands::Hands;
use super::moving::Moving;
use super::off_line::OffLine;
use super::queue;
use super::story;
use super::tally::Tally;
use crate::calendar::Moment;
use crate::error::DemoError;
use crate::population::Place;
use crate::traffic::{Contribution, Planted};

/// Those that are still to come.
pub(super) struct Stories<'a> {
    operator: &'a Client,
    hands: &'a Hands,
    place: &'a Place,
    planted: &'a Planted,
    overlap: Option<&'a Contribution>,
    hazard_over: Option<Moment>,
    whistle_at: Option<Moment>,
    push_at: Option<Moment>,
    erased_at: Option<Moment>,
    race_at: Option<Moment>,
    queue_at: Option<Moment>,
    moving: Moving<'a>,
    mediated: Mediated<'a>,
    off_line: OffLine<'a>,
}

impl<'a> Stories<'a> {
    pub(super) fn new(
        operator: &'a Client,
        hands: &'a Hands,
        place: &'a Place,
        planted: &'a Planted,
    ) -> Self {
        Self {
            operator,
            hands,
            place,
            planted,
            overlap: Some(&planted.overlap),
            hazard_over: Some(planted.hazard_over),
            whistle_at: Some(planted.whistle_at),
            push_at: Some(planted.push_at),
            erased_at: Some(planted.erased_at),
            race_at: Some(planted.race_at),
            queue_at: Some(planted.queue_at),
            moving: Moving::new(operator, hands, &planted.mover),
            mediated: Mediated::new(hands, &planted.again),
            off_line: OffLine::new(hands, place, planted),
        }
    }

    /// Tells those whose time has come at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        if let Some(patrol) = self.overlap.take_if(|patrol| patrol.end <= at) {
            story::overlap(self.hands, patrol).await?;
        }
        if self.hazard_over.take_if(|due| *due <= at).is_some() {
            story::one_hazard(self.hands, self.planted).await?;
        }
        if self.whistle_at.take_if(|due| *due <= at).is_some() {
            story::whistle(self.operator, self.hands, self.planted, at).await?;
        }
        if self.push_at.take_if(|due| *due <= at).is_some() {
            story::answered_whistle(self.hands, self.planted).await?;
            let in_time = &mut tally.shown.orders.whistles_in_time;
            *in_time = in_time.saturating_add(1);
        }
        if self.erased_at.take_if(|due| *due <= at).is_some() {
            story::erased(self.operator, self.hands, self.planted).await?;
        }
        if self.race_at.take_if(|due| *due <= at).is_some() {
            for receipt in story::race(self.hands, self.place, self.planted).await? {
                tally.redeemed(&receipt)?;
            }
        }
        self.moving.stop(at, tally).await?;
        self.mediated.stop(at, tally).await?;
        self.off_line.stop(at, tally).await?;
        if self.queue_at.take_if(|due| *due <= at).is_some() {
            queue::told(self.hands, self.place, self.planted, tally).await?;
        }
        Ok(())
    }

    /// The year is over, and so all have to be told.
    pub(super) fn end(self) -> Result<(), DemoError> {
        let told = self.overlap.is_none()
            && [
                self.hazard_over,
                self.whistle_at,
                self.push_at,
                self.erased_at,
                self.race_at,
                self.queue_at,
            ]
            .iter()
            .all(Option::is_none);
        if !told {
            return Err(DemoError::Plan("the time of a story"));
        }
        self.moving.end()?;
        self.mediated.end()?;
        self.off_line.end()
    }
}
