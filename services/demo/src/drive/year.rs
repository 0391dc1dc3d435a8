//! Walking the year, stop by stop of the test clock.

use std::collections::BTreeSet;

use futures::future::try_join3;
use linli_api::Client;
use linli_api::aid::{AidChanged, AidStatus};
use linli_api::award::Category;
use linli_api::contribution::Decided;
use linli_api::order::OrderChanged;
use linli_api::receipt::Receipt;
use linli_api::redemption::Redeemed;

use super::attendance::Attendance;
use super::bookings::Bookings;
use super::conduct::Conduct;
use super::counter::{self, Shelves, Visit};
use super::fairness::Fairness;
use super::hands::Hands;
use super::hearings::Hearings;
use super::honours::Honoured;
use super::purse::Purses;
use super::reversals::Reversals;
use super::rules::Reform;
use super::storeroom::{Back, Storeroom};
use super::stories::Stories;
use super::tally::Tally;
use super::time_bank::Saving;
use super::vouchers::Vouchers;
use super::{DemoSettings, clock, estates, finance, mediation, moves, partner, staff};
use crate::calendar::{DAYS, Moment};
use crate::error::DemoError;
use crate::population::Place;
use crate::progress::Progress;
use crate::scale::Scale;
use crate::traffic::{Course, Plan, Step};

/// Walks it.
pub(super) async fn walk(
    operator: &Client,
    hands: &Hands,
    place: &Place,
    plan: &Plan,
    settings: &DemoSettings,
    progress: &Progress,
) -> Result<Tally, DemoError> {
    let mut walk = Walk {
        hands,
        place,
        scale: settings.scale,
        progress,
        tally: Tally::default(),
        purses: Purses::empty(place, &plan.planted.kept_out()),
        shelves: Shelves::default(),
        forgotten: Vec::new(),
        storeroom: Storeroom::new(hands, place, settings.seed),
        wishes: plan.wishes.iter().map(|wish| wish.id.to_string()).collect(),
    };
    let mut attendance = Attendance::new(operator, hands, place, &plan.shifts).await?;
    let mut bookings = Bookings::new(hands, place);
    let mut vouchers = Vouchers::new(hands, place);
    let mut reversals = Reversals::new(settings.seed, hands, plan)?;
    let mut hearings = Hearings::new(settings.seed, hands, place, plan);
    let mut fairness = Fairness::new(hands, place, &plan.planted);
    let mut conduct = Conduct::new(hands, &plan.planted);
    let mut stories = Stories::new(operator, hands, place, &plan.planted);
    let mut reform = Reform::new(operator, &settings.rules);
    let mut saving = Saving::new(settings.seed, operator, hands, place)?;
    let mut honoured = Honoured::new(settings.seed, operator, hands, place);
    let mut elections = Some(());
    for (number, step) in plan.steps.iter().enumerate() {
        attendance.until(step.at, &mut walk.tally, progress).await?;
        clock::move_to(operator, step.at).await?;
        if elections.take().is_some() {
            estates::elect(operator, place).await?;
            bookings.open(operator).await?;
            vouchers.agree(operator).await?;
        }
        let decided = walk.stop(step).await?;
        hearings.stop(step.at, &decided, &mut walk.tally).await?;
        let (purses, tally) = (&mut walk.purses, &mut walk.tally);
        reversals.stop(step.at, &decided, &honoured.holders(), purses, tally).await?;
        bookings.stop(step.at, &step.stays, purses, tally).await?;
        // What is used in the new year is stated at the end of its first quarter.
        if step.at.day().0 < DAYS {
            vouchers.stop(number, &step.papers, purses, tally).await?;
        }
        progress.done(step.stays.len().saturating_add(step.papers.len()));
        conduct.stop(step.at, &mut walk.tally).await?;
        fairness.stop(step.at, &mut walk.tally).await?;
        stories.stop(step.at, &mut walk.tally).await?;
        reform.stop(step.at, &mut walk.tally).await?;
        saving.stop(step.at, &mut walk.tally).await?;
        honoured.stop(step.at, &mut walk.tally).await?;
    }
    stories.end()?;
    fairness.end()?;
    conduct.end()?;
    reform.end()?;
    walk.tally.shown.saved_time = saving.end(&hands.auditor).await?;
    walk.tally.shown.honours = honoured.end().await?;
    walk.tally.shows_rates();
    Ok(walk.tally)
}

struct Walk<'a> {
    hands: &'a Hands,
    place: &'a Place,
    scale: Scale,
    progress: &'a Progress,
    tally: Tally,
    purses: Purses,
    shelves: Shelves,
    /// What was reserved at the last stop and never fetched; it has timed out by the next.
    forgotten: Vec<Visit>,
    storeroom: Storeroom<'a>,
    /// The ids of micro-wishes.
    wishes: BTreeSet<String>,
}

impl Walk<'_> {
    /// Does what is planned for a stop; gives what officers said at it.
    async fn stop(&mut self, step: &Step) -> Result<Vec<Receipt<Decided>>, DemoError> {
        if !self.forgotten.is_empty() {
            // The clock has been moved, so the log says that they timed out.
            let head = self.hands.head().await?;
            for visit in self.forgotten.drain(..) {
                visit.return_points(&mut self.purses, head);
                visit.return_goods(&mut self.shelves);
            }
        }
        let back = self.storeroom.take_back(&mut self.shelves, &mut self.tally).await?;
        for Back { resident, position, available } in back {
            self.purses.heard(&resident, position, available.as_ref())?;
        }
        if step.opens_month() {
            self.open_month(step.at).await?;
        }
        let mut visits = Vec::new();
        for redemption in &step.redemptions {
            match counter::decide(self.place, &mut self.purses, &mut self.shelves, redemption) {
                Some(mut visit) => {
                    let resident = visit.resident();
                    if visits.iter().any(|other: &Visit| other.resident() == resident) {
                        visit.is_known();
                    }
                    visits.push(visit);
                }
                None => self.tally.nobody(),
            }
        }
        // Officers speak of what earlier stops brought, and clerks know of earlier points only, so
        // all three go on at once.
        let (submitted, decided, redeemed) = try_join3(
            partner::submit(&self.hands.partner, &step.contributions, self.progress),
            staff::say(self.hands, &step.words, self.progress),
            counter::serve(self.hands, &visits, self.progress),
        )
        .await?;
        let cases = mediation::hold(self.hands, &step.cases, self.progress).await?;
        cases.iter().for_each(|receipt| self.tally.mediated(receipt));
        step.cases.iter().for_each(|case| self.tally.sat(&case.beside));
        let told = moves::make(self.hands, &step.moves, self.progress).await?;
        self.moved(&told)?;
        submitted.iter().for_each(|category| self.tally.submitted(*category));
        decided.iter().try_for_each(|receipt| self.decided(receipt))?;
        self.tally.found_hard(&step.words);
        redeemed.iter().try_for_each(|receipt| self.redeemed(receipt))?;
        self.storeroom.handed_out(&redeemed);
        for visit in visits {
            match visit.course() {
                Course::Sold | Course::Captured => {}
                // The receipt of the void has told of the points.
                Course::Voided => visit.return_goods(&mut self.shelves),
                Course::Forgotten => self.forgotten.push(visit),
            }
        }
        Ok(decided)
    }

    /// Goods are brought and counted, and after a quarter the suppliers are paid.
    async fn open_month(&mut self, at: Moment) -> Result<(), DemoError> {
        let month = at.month();
        self.progress.chapter(&month);
        self.shelves.deliver(&self.hands.clerks, self.place, self.scale, &month).await?;
        let head = self.hands.head().await?;
        self.storeroom.count(&month, head, &mut self.shelves, &mut self.tally).await?;
        if let Some(quarter) = at.day().quarter_before() {
            self.storeroom.even_out(&quarter, &mut self.shelves, &mut self.tally).await?;
            finance::close_quarter(self.hands, self.place, &quarter, &mut self.tally).await?;
        }
        Ok(())
    }

    fn moved(&mut self, told: &moves::Told) -> Result<(), DemoError> {
        told.hazards.iter().for_each(|receipt| self.tally.hazard(receipt));
        self.tally.given_on(told.dispatched, told.handed_up);
        told.begun.iter().for_each(|kind| self.tally.begun(*kind));
        for receipt in &told.aids {
            let AidChanged { aid, status, .. } = &receipt.changed;
            if *status == AidStatus::Confirmed && self.wishes.contains(aid.as_str()) {
                self.tally.fulfilled();
            }
        }
        let orders = told.orders.iter().map(|receipt| {
            let OrderChanged { award, available, .. } = &receipt.changed;
            (receipt.last, award, available, Category::Hazard)
        });
        let aids = told.aids.iter().map(|receipt| {
            let AidChanged { award, available, .. } = &receipt.changed;
            (receipt.last, award, available, Category::MutualAid)
        });
        for (last, award, available, category) in orders.chain(aids) {
            self.tally.command();
            let Some(award) = award else { continue };
            self.tally.awarded(category);
            self.tally.told(award)?;
            self.purses.heard(&award.resident, last, available.as_ref())?;
        }
        Ok(())
    }

    fn decided(&mut self, receipt: &Receipt<Decided>) -> Result<(), DemoError> {
        self.tally.decided(receipt);
        let Decided { award, available, .. } = &receipt.changed;
        award.as_ref().map_or(Ok(()), |award| {
            self.tally.told(award)?;
            self.purses.heard(&award.resident, receipt.last, available.as_ref())
        })
    }

    fn redeemed(&mut self, receipt: &Receipt<Redeemed>) -> Result<(), DemoError> {
        self.tally.redeemed(receipt)?;
        let Redeemed { slip, available, .. } = &receipt.changed;
        self.purses.heard(&slip.resident, receipt.last, available.as_ref())
    }
}
