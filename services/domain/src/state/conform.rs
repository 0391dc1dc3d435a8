//! Conformity: would the rules of the time have led to these facts?
//!
//! A fact holds all that its wish held, so an auditor can ask the core again, at the state and
//! the time of the record, and compare. This finds what sums can't: a cap that was passed, an
//! award that was made twice, a verifier of the claimant's own household.

use crate::inspection::Head;
use crate::redemption::{Basket, Slip, Wish};
use crate::{
    Command, Contradiction, Event, Origin, Record, State, area, contribution, household,
    inspection, item, officer, pool, redemption, resident, rules, station, supplier, team,
};

use super::Law;

impl State {
    /// Checks that the records of one command, or of one deadline, are what this state decides.
    /// The state is the one *before* the first of them.
    ///
    /// # Errors
    ///
    /// [`Law::Rules`] with the refusal or the facts that should have been, or [`Law::Deadline`].
    pub fn conforms(&self, records: &[Record]) -> Result<(), Contradiction> {
        let Some(first) = records.first() else { return Ok(()) };
        let broken = |law, found| Err(Contradiction { position: first.position, law, found });
        let due = self.due(first.recorded_at, head(&first.event));
        match (&first.origin, due) {
            (Origin::Deadline, Some((_, event))) if records.len() == 1 && event == first.event => {
                Ok(())
            }
            (Origin::Deadline, due) => broken(Law::Deadline, format!("due was {due:?}")),
            (Origin::Command { .. }, Some((at, _))) => broken(
                Law::Deadline,
                format!("a deadline of {} µs was passed over", at.microseconds()),
            ),
            (Origin::Command { .. }, None) => {
                let Some(wish) = wish(&first.event) else {
                    return broken(Law::Rules, "this can't be wished".to_owned());
                };
                match self.decide(&wish, first.recorded_at) {
                    Err(refusal) => {
                        broken(Law::Rules, format!("should have been refused: {refusal}"))
                    }
                    Ok(decision)
                        if decision
                            .clone()
                            .into_iter()
                            .eq(records.iter().map(|r| r.event.clone())) =>
                    {
                        Ok(())
                    }
                    Ok(decision) => broken(Law::Rules, format!("should have been {decision:?}")),
                }
            }
        }
    }
}

/// The wish behind a fact; none behind what only follows from another fact or from a deadline.
fn wish(event: &Event) -> Option<Command> {
    Some(match event {
        Event::Area(area::Event::Founded(area)) => area::Command::Found(area.clone()).into(),
        Event::Household(household::Event::Registered(it)) => {
            household::Command::Register(*it).into()
        }
        Event::Resident(event) => match event {
            resident::Event::Registered(it) => resident::Command::Register(*it).into(),
            resident::Event::VolunteerEnrolled(id) => resident::Command::EnrolVolunteer(*id).into(),
            resident::Event::RankingJoined(id) => resident::Command::JoinRanking(*id).into(),
            resident::Event::RankingLeft(id) => resident::Command::LeaveRanking(*id).into(),
        },
        Event::Officer(event) => match event {
            officer::Event::Appointed(it) => officer::Command::Appoint(*it).into(),
            officer::Event::Retired(id) => officer::Command::Retire(*id).into(),
        },
        Event::Station(station::Event::Opened(it)) => station::Command::Open(it.clone()).into(),
        Event::Supplier(supplier::Event::Enrolled(it)) => {
            supplier::Command::Enrol(it.clone()).into()
        }
        Event::Pool(event) => match event {
            pool::Event::Opened(it) => pool::Command::Open(it.clone()).into(),
            pool::Event::Funded(it) => pool::Command::Fund(it.clone()).into(),
        },
        Event::Rules(rules::Event::Published(it)) => rules::Command::Publish(it.clone()).into(),
        Event::Item(event) => match event {
            item::Event::Listed(it) => item::Command::List(it.clone()).into(),
            item::Event::Priced(it) => item::Command::Price(*it).into(),
            item::Event::StockReceived(it) => item::Command::ReceiveStock(it.clone()).into(),
        },
        Event::Contribution(event) => match event {
            contribution::Event::Submitted { claim, .. } => {
                contribution::Command::Submit(claim.clone()).into()
            }
            contribution::Event::Verified(it) => contribution::Command::Verify(*it).into(),
            contribution::Event::Rejected(it) => contribution::Command::Reject(*it).into(),
            contribution::Event::Reversed(it) => contribution::Command::Reverse(it.word).into(),
            contribution::Event::Queued(it) => contribution::Command::Verify(it.word).into(),
            contribution::Event::Awarded(_) => return None,
        },
        Event::Redemption(event) => return redeemed(event),
        Event::Wallet(_) => return None,
        Event::Team(event) => match event {
            team::Event::Formed(it) => team::Command::Form(it.clone()).into(),
            team::Event::Joined(it) => team::Command::Join(*it).into(),
            team::Event::Left(it) => team::Command::Leave(*it).into(),
        },
        Event::Inspection(event) => match event {
            inspection::Event::Drawn(_) => return None,
            inspection::Event::Inspected { word, .. } => inspection::Command::Inspect(*word).into(),
        },
    })
}

/// The log before its frame that a fact says it hangs on. Whether it is true the frames say, which
/// a state doesn't know.
fn head(event: &Event) -> Head {
    match event {
        Event::Inspection(inspection::Event::Drawn(sample)) => sample.head,
        Event::Inspection(inspection::Event::Inspected { .. })
        | Event::Area(_)
        | Event::Household(_)
        | Event::Resident(_)
        | Event::Officer(_)
        | Event::Station(_)
        | Event::Supplier(_)
        | Event::Pool(_)
        | Event::Rules(_)
        | Event::Item(_)
        | Event::Contribution(_)
        | Event::Redemption(_)
        | Event::Wallet(_)
        | Event::Team(_) => Head::default(),
    }
}

fn redeemed(event: &redemption::Event) -> Option<Command> {
    let slip = event.slip();
    let (redemption, station) = (slip.redemption, slip.station);
    let command = match event {
        redemption::Event::Reserved { slip, .. } => redemption::Command::Reserve(basket(slip)),
        redemption::Event::Captured(_) => redemption::Command::Capture { redemption, station },
        redemption::Event::Voided { reason, .. } => {
            redemption::Command::Void { redemption, station, reason: *reason }
        }
        redemption::Event::Sold(slip) => redemption::Command::Sell(basket(slip)),
        redemption::Event::TimedOut { .. } => return None,
    };
    Some(command.into())
}

fn basket(slip: &Slip) -> Basket {
    Basket {
        redemption: slip.redemption,
        resident: slip.resident,
        station: slip.station,
        wishes: slip
            .lines
            .iter()
            .map(|line| Wish { item: line.item, quantity: line.quantity })
            .collect(),
    }
}
