//! Conformity: would the rules of the time have led to these facts?
//!
//! A fact holds all that its wish held, so an auditor can ask the core again, at the state and
//! the time of the record, and compare. This finds what sums can't: a cap that was passed, an
//! award that was made twice, a verifier of the claimant's own household.

use crate::booking::Side;
use crate::inspection::Head;
use crate::redemption::{Basket, Line, Slip, Wish};
use crate::{
    Command, Contradiction, Event, Origin, Record, State, aid, allowance, area, conduct,
    contribution, hazard, honour, household, inspection, item, notice, officer, operator, order,
    pool, redemption, resident, rules, statement, station, supplier, voucher, whistle,
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
                        if decision.facts().eq(records.iter().map(|record| &record.event)) =>
                    {
                        Ok(())
                    }
                    Ok(decision) => broken(Law::Rules, format!("should have been {decision:?}")),
                }
            }
        }
    }
}

impl Event {
    /// The wish behind a fact, for whoever asks it again elsewhere; none behind what only follows
    /// from another fact or from a deadline.
    #[must_use]
    pub fn wish(&self) -> Option<Command> {
        wish(self)
    }
}

/// The wish behind a fact; none behind what only follows from another fact or from a deadline.
fn wish(event: &Event) -> Option<Command> {
    Some(match event {
        Event::Area(area::Event::Founded(area)) => area::Command::Found(area.clone()).into(),
        Event::Area(area::Event::AlertDeclared(it)) => area::Command::Declare(*it).into(),
        Event::Area(area::Event::AlertWithdrawn(it)) => area::Command::Withdraw(*it).into(),
        Event::Household(household::Event::Registered(it)) => {
            household::Command::Register(*it).into()
        }
        Event::Resident(event) => of_resident(event).into(),
        Event::Officer(event) => match event {
            officer::Event::Appointed(it) => officer::Command::Appoint(*it).into(),
            officer::Event::Retired(id) => officer::Command::Retire(*id).into(),
        },
        Event::Station(station::Event::Opened(it)) => station::Command::Open(it.clone()).into(),
        Event::Operator(event) => operated(event)?.into(),
        Event::Allowance(event) => allowed(event)?.into(),
        Event::Supplier(supplier::Event::Enrolled(it)) => {
            supplier::Command::Enrol(it.clone()).into()
        }
        Event::Pool(event) => match event {
            pool::Event::Opened(it) => pool::Command::Open(it.clone()).into(),
            pool::Event::Funded(it) => pool::Command::Fund(it.clone()).into(),
        },
        Event::Rules(rules::Event::Published(it)) => rules::Command::Publish(it.clone()).into(),
        Event::Item(event) => item::wish(event).into(),
        Event::Contribution(event) => match event {
            contribution::Event::Submitted { claim, .. } => {
                contribution::Command::Submit(Box::new(claim.clone())).into()
            }
            contribution::Event::Verified(it) => contribution::Command::Verify(*it).into(),
            contribution::Event::Rejected(it) => contribution::Command::Reject(*it).into(),
            contribution::Event::Reversed(it) => contribution::Command::Reverse(it.word).into(),
            contribution::Event::Queued(it) => contribution::Command::Verify(it.word).into(),
            contribution::Event::Attached(it) => contribution::Command::Attach(it.clone()).into(),
            contribution::Event::Awarded(_) | contribution::Event::Restored(_) => return None,
        },
        Event::Notice(event) => return noticed(event),
        Event::Conduct(event) => match event {
            conduct::Event::Reviewed(it) => conduct::Command::Review(*it).into(),
            conduct::Event::Held(_) => return None,
        },
        Event::Redemption(event) => return redeemed(event),
        Event::Queue(event) => event.wish()?.into(),
        Event::Voucher(event) => return vouched(event),
        Event::Wallet(_) => return None,
        Event::Team(event) => event.wish().into(),
        Event::Activity(event) => event.wish()?.into(),
        Event::Inspection(event) => match event {
            inspection::Event::Drawn(_) => return None,
            inspection::Event::Inspected { word, .. } => inspection::Command::Inspect(*word).into(),
        },
        Event::Hazard(event) => return of_hazard(event),
        Event::Order(event) => return of_order(event),
        Event::Whistle(event) => return of_whistle(event),
        Event::Aid(event) => return of_aid(event),
        Event::Honour(event) => return honour::wish(event).map(Command::from),
        Event::Mediation(event) => event.wish().into(),
        Event::Estate(event) => event.wish()?.into(),
        Event::Statement(event) => stated(event).into(),
        Event::Resource(event) => event.wish().into(),
        Event::Booking(event) => return event.wish().map(Command::from),
        Event::TimeBank(event) => return event.wish().map(Command::from),
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
        | Event::Operator(_)
        | Event::Allowance(_)
        | Event::Supplier(_)
        | Event::Pool(_)
        | Event::Rules(_)
        | Event::Item(_)
        | Event::Contribution(_)
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Redemption(_)
        | Event::Queue(_)
        | Event::Voucher(_)
        | Event::Wallet(_)
        | Event::Team(_)
        | Event::Activity(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Estate(_)
        | Event::Statement(_)
        | Event::TimeBank(_)
        | Event::Resource(_)
        | Event::Booking(_) => Head::default(),
    }
}

fn noticed(event: &notice::Event) -> Option<Command> {
    let command = match event {
        notice::Event::Objected(it) => notice::Command::Object(*it),
        notice::Event::Convened { panel, .. } => notice::Command::Convene(panel.clone()),
        notice::Event::Voted { ballot, .. } => notice::Command::Vote(*ballot),
        notice::Event::Appealed { appeal, .. } => notice::Command::Appeal(*appeal),
        notice::Event::Opened(_)
        | notice::Event::Unopposed(_)
        | notice::Event::Contested { .. }
        | notice::Event::Decided(_) => return None,
    };
    Some(command.into())
}

fn of_hazard(event: &hazard::Event) -> Option<Command> {
    use hazard::Command as Wish;
    let command = match event {
        hazard::Event::Reported(report) => Wish::Report(Box::new(report.clone())),
        hazard::Event::Merged { hazard, into, officer } => {
            Wish::Merge { hazard: *hazard, into: *into, officer: (*officer)? }
        }
        hazard::Event::Verified { hazard, officer, seriousness } => {
            Wish::Verify { hazard: *hazard, officer: *officer, seriousness: *seriousness }
        }
        hazard::Event::Dismissed { hazard, officer, why, .. } => {
            Wish::Dismiss { hazard: *hazard, officer: *officer, why: *why }
        }
        hazard::Event::Appealed(resident) => Wish::Appeal(*resident),
        hazard::Event::Ruled { resident, officer, ruling } => {
            Wish::Rule { resident: *resident, officer: *officer, ruling: *ruling }
        }
    };
    Some(command.into())
}

fn of_order(event: &order::Event) -> Option<Command> {
    use order::{Cause, Command as Wish, Opening, Request, Verdict, Why};
    let command = match event {
        order::Event::Opened { opening, .. } => {
            let Opening { order, cause, kind, area } = *opening;
            let Cause::Request(resident) = cause else { return None };
            Wish::Request(Request { order, resident, kind, area })
        }
        order::Event::Dispatched { order, officer, unit, .. } => {
            Wish::Dispatch { order: *order, officer: *officer, unit: *unit }
        }
        order::Event::Accepted { order, officer, .. } => {
            Wish::Accept { order: *order, officer: *officer }
        }
        order::Event::Escalated { order, why: Why::Handed { officer, reason }, .. } => {
            Wish::Escalate { order: *order, officer: *officer, reason: *reason }
        }
        order::Event::Escalated { why: Why::Overdue(_), .. } | order::Event::ClockMissed { .. } => {
            return None;
        }
        order::Event::Closed { order, officer, evidence, .. } => {
            Wish::Close { order: *order, officer: *officer, evidence: evidence.clone() }
        }
        order::Event::SentBack { order, officer, .. } => {
            Wish::Check { order: *order, officer: *officer, verdict: Verdict::NotDone }
        }
        order::Event::Checked { order, officer } => {
            Wish::Check { order: *order, officer: *officer, verdict: Verdict::Done }
        }
    };
    Some(command.into())
}

fn of_whistle(event: &whistle::Event) -> Option<Command> {
    use whistle::Command as Wish;
    let command = match *event {
        whistle::Event::Blown { blast, .. } => Wish::Blow(blast),
        whistle::Event::Answered { whistle, officer, reply, .. } => {
            Wish::Answer { whistle, officer, reply }
        }
        whistle::Event::ClockMissed { .. } => return None,
        whistle::Event::Settled { whistle, officer } => Wish::Settle { whistle, officer },
    };
    Some(command.into())
}

fn of_aid(event: &aid::Event) -> Option<Command> {
    use aid::Command as Wish;
    let command = match *event {
        aid::Event::Opened { opening, .. } => Wish::Open(opening),
        aid::Event::Matched { aid, resident } => Wish::Match { aid, resident },
        aid::Event::SteppedBack { aid, resident } => Wish::StepBack { aid, resident },
        aid::Event::Withdrawn { aid, resident } => Wish::Withdraw { aid, resident },
        aid::Event::Finished { aid, resident, happened } => {
            Wish::Finish { aid, resident, happened }
        }
        aid::Event::Confirmed { aid, resident } => Wish::Confirm { aid, resident },
        aid::Event::Lapsed(_) => return None,
    };
    Some(command.into())
}

fn of_resident(event: &resident::Event) -> resident::Command {
    match *event {
        resident::Event::Registered(it) => resident::Command::Register(it),
        resident::Event::VolunteerEnrolled(id) => resident::Command::EnrolVolunteer(id),
        resident::Event::VolunteerReferred { resident, by } => {
            resident::Command::EnrolReferred { resident, by }
        }
        resident::Event::RankingJoined(id) => resident::Command::JoinRanking(id),
        resident::Event::RankingLeft(id) => resident::Command::LeaveRanking(id),
        resident::Event::Moved { to, before: _ } => resident::Command::Move(to),
        resident::Event::Pseudonym(fact) => resident::Command::Pseudonym(fact.wish()),
        resident::Event::CardIssued { issue, .. } => resident::Command::IssueCard(issue),
        resident::Event::CardBlocked { block, .. } => resident::Command::BlockCard(block),
        resident::Event::Erased(it) => resident::Command::Erase(it),
    }
}

fn redeemed(event: &redemption::Event) -> Option<Command> {
    let slip = event.slip();
    let (redemption, station) = (slip.redemption, slip.station);
    let command = match event {
        redemption::Event::Reserved { slip, .. } => redemption::Command::Reserve(basket(slip)),
        redemption::Event::Captured(_) => {
            let (shift, shown, handed) = (slip.shift, slip.shown, Vec::new());
            redemption::Command::Capture { redemption, station, shift, shown, handed }
        }
        redemption::Event::PartCaptured { handed, .. } => {
            let (shift, shown, handed) = (handed.shift, handed.shown, wishes(handed));
            redemption::Command::Capture { redemption, station, shift, shown, handed }
        }
        redemption::Event::Returned(it) => redemption::Command::Return(it.wish()),
        redemption::Event::Voided { reason, .. } => {
            redemption::Command::Void { redemption, station, reason: *reason }
        }
        redemption::Event::Sold(slip) => redemption::Command::Sell(basket(slip)),
        redemption::Event::TimedOut { .. } => return None,
    };
    Some(command.into())
}

fn operated(event: &operator::Event) -> Option<operator::Command> {
    use operator::Command as Wish;
    Some(match *event {
        operator::Event::Enrolled(it) => Wish::Enrol(it),
        operator::Event::Retired(id) => Wish::Retire(id),
        operator::Event::ShiftOpened(it) => {
            let operator::Shift { shift, operator, station, .. } = it;
            Wish::OpenShift(operator::Opening { shift, operator, station })
        }
        operator::Event::ShiftClosed { shift, closing: operator::Closing::Operator } => {
            Wish::CloseShift { shift: shift.shift, station: shift.station }
        }
        operator::Event::ShiftClosed { .. } => return None,
        operator::Event::ShiftsSet { station, shifts } => Wish::SetShifts { station, shifts },
    })
}

fn allowed(event: &allowance::Event) -> Option<allowance::Command> {
    use allowance::Command as Wish;
    Some(match event {
        allowance::Event::Granted { grant, .. } => Wish::Grant(*grant),
        allowance::Event::Counted(it) => Wish::Count(allowance::OfflineSlip {
            allowance: it.allowance,
            station: it.slip.station,
            number: it.number,
            redemption: it.slip.redemption,
            resident: it.slip.resident,
            wishes: wishes(&it.slip),
            total: it.slip.total,
            handed_at: it.handed_at,
        }),
        allowance::Event::Reported { slip, .. } => Wish::Count(slip.clone()),
        allowance::Event::Ended { allowance, by, .. } => {
            Wish::End { allowance: *allowance, officer: (*by)? }
        }
    })
}

fn vouched(event: &voucher::Event) -> Option<Command> {
    let voucher = event.id();
    let command = match event {
        voucher::Event::Issued(it) => voucher::Command::Issue(it.purchase),
        voucher::Event::WrongCode { at, code, .. } => {
            voucher::Command::Use { voucher, at: *at, code: *code }
        }
        voucher::Event::Used { voucher: it, at } => {
            voucher::Command::Use { voucher, at: *at, code: it.purchase.code }
        }
        voucher::Event::Returned { by: Side::Erased, .. } => return None,
        voucher::Event::Returned { by, .. } => voucher::Command::Return { voucher, by: *by },
        voucher::Event::Expired { .. } => return None,
    };
    Some(command.into())
}

fn basket(slip: &Slip) -> Basket {
    Basket {
        redemption: slip.redemption,
        resident: slip.resident,
        station: slip.station,
        shift: slip.shift,
        shown: slip.shown,
        wishes: wishes(slip),
    }
}

fn wishes(slip: &Slip) -> Vec<Wish> {
    let wish = |line: &Line| Wish { item: line.item, quantity: line.quantity };
    slip.lines.iter().map(wish).collect()
}

fn stated(event: &statement::Event) -> statement::Command {
    match event {
        statement::Event::Issued(it) => statement::Command::Issue(it.issue.clone()),
        statement::Event::Disputed { supplier, dispute } => {
            statement::Command::Dispute { supplier: *supplier, dispute: *dispute }
        }
        statement::Event::Resolved { resolve, .. } => statement::Command::Resolve(resolve.clone()),
        statement::Event::Settled { settle, .. } => statement::Command::Settle(settle.clone()),
    }
}
