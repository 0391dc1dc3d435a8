//! Who may store, give and ask for time.

use crate::award::MinutesKind;
use crate::contribution::Status;
use crate::id::ResidentId;
use crate::quantity::Minutes;
use crate::rules::TimeBankRules;
use crate::time::Timestamp;
use crate::time_bank::chest::{ask, withdraw};
use crate::time_bank::clearing::net;
use crate::time_bank::{
    Command, Deposit, Event, Gift, Giver, Into, Kin, Mark, Marking, Payer, Receiver, TimeAccount,
};
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let terms = state.time_terms(now)?;
    match command {
        Command::Mark(it) => mark(state, *it),
        Command::LinkKin(it) => link(state, *it),
        Command::Store(it) => store(state, terms, *it),
        Command::Give(it) => give(state, terms, *it),
        Command::Ask(it) => ask(state, terms, *it, now),
        Command::Withdraw(resident) => withdraw(state, *resident),
        Command::Net(officer) => net(state, Some(*officer)),
        Command::NetByDesk => net(state, None),
    }
}

fn mark(state: &State, it: Marking) -> Result<Decision, Refusal> {
    let marked = state.resident(it.resident)?;
    let officer = state.officer_on_duty(it.officer)?;
    state.lives_within(marked, officer.appointment.area)?;
    if state.time_mark(it.resident) == it.mark {
        return Err(Refusal::MarkedAlready);
    }
    Ok(Decision::one(Event::Marked(it)))
}

fn link(state: &State, it: Kin) -> Result<Decision, Refusal> {
    let (one, other) = (state.resident(it.one)?, state.resident(it.other)?);
    let area = state.officer_on_duty(it.officer)?.appointment.area;
    // Kin live apart: the officer of either home knows them.
    state.lives_within(one, area).or_else(|_| state.lives_within(other, area))?;
    if it.one == it.other || state.are_kin(it.one, it.other) {
        return Err(Refusal::AlreadyKin);
    }
    Ok(Decision::one(Event::KinLinked(it)))
}

fn store(state: &State, terms: &TimeBankRules, it: Deposit) -> Result<Decision, Refusal> {
    let found = state.contribution(it.contribution)?;
    if found.status == Status::Reversed {
        return Err(Refusal::AlreadyReversed);
    }
    let award = found.award().ok_or(Refusal::NotAwarded)?;
    if state.deposits.contains(it.contribution) {
        return Err(Refusal::AlreadyStored);
    }
    if terms.acts.binary_search(&award.act).is_err() {
        return Err(Refusal::ActStoresNoTime(award.act.clone()));
    }
    if award.minutes_kind == MinutesKind::Honour {
        return Err(Refusal::HonourMinutes);
    }
    let served = state.resident(found.claim.beneficiary.ok_or(Refusal::NobodyServed)?)?;
    let served = served.registration.resident;
    let server = state.resident(award.resident)?;
    let to = match (it.into, server.team) {
        (Into::Own, _) => TimeAccount::Resident(award.resident),
        (Into::Team, Some(team)) => TimeAccount::Team(team),
        (Into::Team, None) => return Err(Refusal::NotInTeam),
    };
    let from = state.payer(it.payer, served)?;
    let floor = if it.payer == Payer::Served { terms.owe_most } else { Minutes::ZERO };
    let minutes = award.minutes;
    let made = state.time_transfer(terms, (from, floor), to, minutes)?;
    let (overflow, moves) = (made.overflow, made.moves);
    Ok(Decision::one(Event::Stored { deposit: it, minutes, overflow, moves }))
}

fn give(state: &State, terms: &TimeBankRules, it: Gift) -> Result<Decision, Refusal> {
    match it.from {
        Giver::Resident(id) => state.resident(id).map(|_| ())?,
        Giver::Team(id) => state.teams.get(id).map(|_| ()).ok_or(Refusal::Unknown(Noun::Team))?,
    }
    match it.to {
        Receiver::Resident(id) => state.resident(id).map(|_| ())?,
        Receiver::Chest(id) => state.chest_of(id)?,
    }
    match (it.from, it.to) {
        (Giver::Resident(from), Receiver::Resident(to)) if !state.are_kin(from, to) => {
            return Err(Refusal::NotKin);
        }
        (Giver::Team(_), Receiver::Resident(to)) if state.time_mark(to) == Mark::Ordinary => {
            return Err(Refusal::NotKeyElder);
        }
        (Giver::Resident(_) | Giver::Team(_), Receiver::Resident(_) | Receiver::Chest(_)) => {}
    }
    let from = (it.from.account(), Minutes::ZERO);
    let made = state.time_transfer(terms, from, it.to.account(), it.minutes)?;
    let (overflow, moves) = (made.overflow, made.moves);
    Ok(Decision::one(Event::Given { gift: it, overflow, moves }))
}

impl State {
    /// What the rules in force say of the time bank.
    pub(super) fn time_terms(&self, now: Timestamp) -> Result<&TimeBankRules, Refusal> {
        let rules = self.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
        rules.time_bank.as_ref().ok_or(Refusal::NoTimeBank)
    }

    pub(super) fn time_mark(&self, id: ResidentId) -> Mark {
        if self.key_elders.contains(id) { Mark::KeyElder } else { Mark::Ordinary }
    }

    /// Are two people of one household, or kin by an officer's word? Nobody is one's own kin.
    fn are_kin(&self, one: ResidentId, other: ResidentId) -> bool {
        let home = |id| self.residents.get(id).map(|found| found.registration.household);
        one != other
            && (home(one) == home(other) || self.kin.contains((one.min(other), one.max(other))))
    }

    fn payer(&self, payer: Payer, served: ResidentId) -> Result<TimeAccount, Refusal> {
        match payer {
            Payer::Fund if self.time_mark(served) == Mark::Ordinary => Err(Refusal::NotKeyElder),
            Payer::Fund => Ok(TimeAccount::Fund),
            Payer::Served => Ok(TimeAccount::Resident(served)),
            Payer::Chest => {
                let home = self.time_home(TimeAccount::Resident(served));
                let community = home.ok_or(Refusal::Unknown(Noun::Area))?;
                // Nobody overtakes those who wait.
                match self.waiting_at(community) {
                    0 => Ok(TimeAccount::Chest(community)),
                    waiting => Err(Refusal::ChestAwaited { waiting }),
                }
            }
        }
    }
}
