//! Evolve: how each fact moves the state on. What a noun's facts do stands with the noun.

use crate::notice::Hearing;
use crate::time::Timestamp;
use crate::wallet::LotTaken;
use crate::{
    Contradiction, Event, Record, Stamp, State, activity, aid, allowance, area, booking, conduct,
    contribution, estate, hazard, honour, household, inspection, item, mediation, notice, officer,
    operator, order, pool, queue, redemption, resident, resource, rules, statement, station,
    supplier, team, time_bank, voucher, wallet, whistle,
};

use super::{Law, Step, known};

impl State {
    /// Makes a record of a decided fact and moves on.
    ///
    /// # Errors
    ///
    /// If the fact contradicts the state, which a fact from [`State::decide`] never does. The
    /// state is then of no more use.
    pub fn record(&mut self, event: Event, stamp: Stamp) -> Result<Record, Contradiction> {
        let position = self.position.next();
        let Stamp { recorded_at, origin } = stamp;
        let happened_at = self.happened_at(&event, recorded_at);
        let postings = self.book(position, &event)?;
        let record = Record { position, recorded_at, happened_at, origin, event, postings };
        self.take(&record)?;
        Ok(record)
    }

    /// Moves on by a record that was made earlier, and checks everything that can be checked by
    /// the facts alone: its place, its times, its postings to the last balance.
    ///
    /// # Errors
    ///
    /// The law that the record breaks. The state is then of no more use.
    pub fn replay(&mut self, record: &Record) -> Result<(), Contradiction> {
        let position = self.position.next();
        let broken = |law, found: String| Err(Contradiction { position, law, found });
        if record.position != position {
            return broken(Law::Position, format!("position {}", record.position));
        }
        if record.recorded_at < self.recorded_at {
            let (now, before) =
                (record.recorded_at.microseconds(), self.recorded_at.microseconds());
            return broken(Law::RecordedTime, format!("{now} µs after {before} µs"));
        }
        if record.happened_at != self.happened_at(&record.event, record.recorded_at) {
            return broken(Law::HappenedTime, format!("{} µs", record.happened_at.microseconds()));
        }
        let postings = self.book(position, &record.event)?;
        if record.postings != postings {
            let found = format!("recorded {:?}, should be {postings:?}", record.postings);
            return broken(Law::Postings, found);
        }
        self.take(record)
    }

    fn take(&mut self, record: &Record) -> Result<(), Contradiction> {
        let position = record.position;
        let moved = match self.post(&record.postings) {
            Some(()) => self
                .note_lapsed(lapsed(&record.event))
                .and_then(|()| self.evolve(&record.event, record.recorded_at)),
            None => Err((Law::Known, "a posting to an account that is not there".to_owned())),
        };
        moved.map_err(|(law, found)| Contradiction { position, law, found })?;
        self.position = position;
        self.recorded_at = record.recorded_at;
        self.forget_slips(record.recorded_at);
        self.check_touched(&record.event)
    }

    /// When a fact happened: what it tells of itself, or else the moment it was recorded.
    #[allow(clippy::too_many_lines, reason = "a table: one arm a fact, and none may be missing")]
    fn happened_at(&self, event: &Event, recorded_at: Timestamp) -> Timestamp {
        match event {
            Event::Contribution(contribution::Event::Submitted { claim, .. }) => {
                claim.happened.end()
            }
            Event::Operator(operator::Event::ShiftClosed {
                shift,
                closing: operator::Closing::Overdue,
            }) => shift.closes_at,
            Event::Allowance(event) => {
                self.off_line_at(event).map_or(recorded_at, |at| at.min(recorded_at))
            }
            Event::Contribution(contribution::Event::Awarded(award)) => award.happened.end(),
            Event::Wallet(wallet::Event::LotExpired { lapsed, .. }) => lapsed.expires_at,
            Event::Redemption(redemption::Event::TimedOut { slip, .. }) => {
                self.redemptions.get(slip.redemption).map_or(recorded_at, |hold| hold.expires_at)
            }
            Event::Voucher(voucher::Event::Expired { voucher, .. }) => voucher.expires_at,
            Event::Notice(event) => {
                // A majority comes before its time is over.
                self.ran_out(event).map_or(recorded_at, |at| at.min(recorded_at))
            }
            Event::Activity(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Estate(_)
            | Event::Mediation(_) => self.told_or_ran_out(event).unwrap_or(recorded_at),
            Event::TimeBank(event) => {
                self.asked_until(event).map_or(recorded_at, |at| at.min(recorded_at))
            }
            Event::Booking(booking::Event::NotShown { ended, .. }) => ended.ticket.ends_at(),
            Event::Booking(booking::Event::WaitLapsed(request)) => request.start,
            Event::Contribution(
                contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Reversed(_)
                | contribution::Event::Restored(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_),
            )
            | Event::Wallet(wallet::Event::LotRecalled(_) | wallet::Event::Closed(_))
            | Event::Redemption(
                redemption::Event::Reserved { .. }
                | redemption::Event::Captured(_)
                | redemption::Event::PartCaptured { .. }
                | redemption::Event::Voided { .. }
                | redemption::Event::Sold(_)
                | redemption::Event::Returned(_),
            )
            | Event::Conduct(_)
            | Event::Honour(_)
            | Event::Queue(_)
            | Event::Voucher(
                voucher::Event::Issued(_)
                | voucher::Event::WrongCode { .. }
                | voucher::Event::Used { .. }
                | voucher::Event::Returned { .. },
            )
            | Event::Team(_)
            | Event::Inspection(_)
            | Event::Area(_)
            | Event::Household(_)
            | Event::Resident(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Operator(_)
            | Event::Supplier(_)
            | Event::Pool(_)
            | Event::Rules(_)
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(
                booking::Event::Booked(_)
                | booking::Event::Waited(_)
                | booking::Event::Left(_)
                | booking::Event::Promoted(_)
                | booking::Event::PassedOver { .. }
                | booking::Event::Cancelled { .. }
                | booking::Event::CalledOff { .. }
                | booking::Event::Used(_),
            ) => recorded_at,
        }
    }

    /// When the time of a hearing was over: what comes of that is recorded when it is, or later.
    fn ran_out(&self, event: &notice::Event) -> Option<Timestamp> {
        let hearing = match event {
            notice::Event::Unopposed(_) | notice::Event::Contested { .. } => Hearing::Notice,
            notice::Event::Decided(decided) => decided.hearing,
            notice::Event::Opened(_)
            | notice::Event::Objected(_)
            | notice::Event::Appealed { .. }
            | notice::Event::Convened { .. }
            | notice::Event::Voted { .. } => return None,
        };
        self.notices.get((event.contribution(), hearing))?.due_at
    }

    /// When a hazard was seen, help was given, or a clock ran out: what doesn't happen when it is
    /// recorded.
    fn told_or_ran_out(&self, event: &Event) -> Option<Timestamp> {
        match event {
            Event::Activity(
                activity::Event::Missed(request) | activity::Event::Forgotten { request, .. },
            ) => Some(self.activities.get(request.activity)?.plan.planned.end()),
            Event::Activity(activity::Event::Lapsed(request)) => {
                Some(self.activities.get(request.activity)?.plan.planned.start())
            }
            Event::Hazard(hazard::Event::Reported(report)) => Some(report.seen_at),
            Event::Order(
                order::Event::ClockMissed { order, .. }
                | order::Event::Escalated { order, why: order::Why::Overdue(_), .. },
            ) => self.orders.get(*order)?.due_at,
            Event::Whistle(whistle::Event::ClockMissed { whistle, reply, .. }) => {
                self.whistles.get(*whistle)?.due_by(*reply)
            }
            Event::Aid(aid::Event::Finished { happened, .. }) => Some(happened.end()),
            Event::Estate(estate::Event::TermEnded { estate, .. }) => {
                Some(self.estates.get(*estate)?.committee.as_ref()?.until)
            }
            Event::Mediation(mediation::Event::Sat(session)) => Some(session.happened.end()),
            Event::Aid(aid::Event::Lapsed(aid)) => Some(self.aids.get(*aid)?.lapses_at),
            Event::Activity(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Mediation(_)
            | Event::Estate(_)
            | Event::Honour(_)
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
            | Event::Inspection(_)
            | Event::Statement(_)
            | Event::TimeBank(_)
            | Event::Resource(_)
            | Event::Booking(_) => None,
        }
    }

    /// When something was handed out off line, or an allowance ended by itself.
    fn off_line_at(&self, event: &allowance::Event) -> Option<Timestamp> {
        match event {
            allowance::Event::Granted { .. } => None,
            allowance::Event::Counted(it) => Some(it.handed_at),
            allowance::Event::Reported { slip, .. } => Some(slip.handed_at),
            allowance::Event::Ended { ends_at, .. } => Some(*ends_at),
        }
    }

    fn evolve(&mut self, event: &Event, now: Timestamp) -> Step {
        match event {
            Event::Area(area::Event::Founded(area)) => self.areas.insert(area.area, area.clone()),
            Event::Area(area::Event::AlertDeclared(it)) => self.alert_declared(it),
            Event::Area(area::Event::AlertWithdrawn(it)) => self.alert_withdrawn(it, now),
            Event::Household(household::Event::Registered(household)) => {
                self.households.insert(household.household, *household);
            }
            Event::Resident(event) => return resident::evolve(self, event, now),
            Event::Officer(event) => return officer::evolve(self, event),
            Event::Station(station::Event::Opened(station)) => {
                self.stations.insert(station.station, station.clone());
            }
            Event::Operator(event) => return operator::evolve(self, event, now),
            Event::Allowance(event) => return allowance::evolve(self, event, now),
            Event::Supplier(supplier::Event::Enrolled(supplier)) => {
                self.suppliers.insert(supplier.supplier, supplier.clone());
            }
            Event::Pool(pool::Event::Opened(pool)) => self.pools.insert(pool.pool, pool.clone()),
            Event::Pool(pool::Event::Funded(funding)) => {
                known(self.pools.get(funding.pool), funding.pool)?;
            }
            Event::Rules(rules::Event::Published(rules)) => self.rules.add(rules.as_ref().clone()),
            Event::Item(event) => return item::evolve(self, event, now),
            Event::Contribution(event) => return contribution::evolve(self, event, now),
            Event::Notice(event) => return notice::evolve(self, event, now),
            Event::Conduct(event) => return conduct::evolve(self, event, now),
            Event::Hazard(event) => return hazard::evolve(self, event),
            Event::Order(event) => return order::evolve(self, event),
            Event::Whistle(event) => return whistle::evolve(self, event),
            Event::Aid(event) => return aid::evolve(self, event),
            Event::Honour(event) => return honour::evolve(self, event, now),
            Event::Estate(event) => return estate::evolve(self, event),
            Event::Mediation(event) => return mediation::evolve(self, event, now),
            Event::Wallet(event) => return wallet::evolve(self, event),
            Event::Team(event) => return team::evolve(self, event),
            Event::Activity(event) => return activity::evolve(self, event, now),
            Event::Inspection(event) => return inspection::evolve(self, event),
            Event::Redemption(event) => return redemption::evolve(self, event, now),
            Event::Queue(event) => return queue::evolve(self, event, now),
            Event::Voucher(event) => return voucher::evolve(self, event, now),
            Event::Statement(event) => {
                return statement::evolve(self, event, self.position.next());
            }
            Event::Resource(event) => return resource::evolve(self, event, now),
            Event::Booking(event) => return booking::evolve(self, event, now),
            Event::TimeBank(event) => return time_bank::evolve(self, event, now),
        }
        Ok(())
    }
}

/// The parts of lots that a fact lets lapse.
fn lapsed(event: &Event) -> &[LotTaken] {
    match event {
        Event::Wallet(wallet::Event::LotExpired { lapsed, .. }) => std::slice::from_ref(lapsed),
        Event::Redemption(
            redemption::Event::Voided { lapsed, .. }
            | redemption::Event::TimedOut { lapsed, .. }
            | redemption::Event::PartCaptured { lapsed, .. },
        ) => lapsed,
        Event::Redemption(redemption::Event::Returned(it)) => &it.lapsed,
        Event::Voucher(event) => event.lapsed(),
        Event::Booking(event) => event.ended().map_or(&[], |ended| &ended.lapsed),
        Event::Wallet(wallet::Event::Closed(closing)) => &closing.lapsed,
        Event::Redemption(
            redemption::Event::Reserved { .. }
            | redemption::Event::Captured(_)
            | redemption::Event::Sold(_),
        )
        | Event::Wallet(wallet::Event::LotRecalled(_))
        | Event::Queue(_)
        | Event::Contribution(_)
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Team(_)
        | Event::Activity(_)
        | Event::Inspection(_)
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
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Estate(_)
        | Event::Statement(_)
        | Event::TimeBank(_)
        | Event::Resource(_) => &[],
    }
}
