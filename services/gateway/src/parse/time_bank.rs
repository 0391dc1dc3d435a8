//! The time bank.

use linli_api::time_bank as api;
use linli_domain::id::OfficerId;
use linli_domain::quantity::Minutes;
use linli_domain::time_bank::{
    Ask, Command, Deposit, Gift, Giver, Into, Kin, Mark, Marking, Payer, Receiver,
};

use crate::parse::{Spoken as _, id};
use crate::problem::Problem;

pub(crate) fn time_mark(officer: OfficerId, said: &api::MarkElder) -> Result<Command, Problem> {
    let resident = id("resident", &said.resident)?;
    Ok(Command::Mark(Marking { resident, mark: Mark::heard(said.mark), officer }))
}

pub(crate) fn time_kin(officer: OfficerId, said: &api::LinkKin) -> Result<Command, Problem> {
    let (one, other) = (id("one", &said.one)?, id("other", &said.other)?);
    Ok(Command::LinkKin(Kin { one, other, officer }))
}

pub(crate) fn time_deposit(said: &api::StoreTime) -> Result<Command, Problem> {
    Ok(Command::Store(Deposit {
        contribution: id("contribution", &said.contribution)?,
        payer: Payer::heard(said.payer),
        into: Into::heard(said.into),
    }))
}

pub(crate) fn time_gift(said: &api::GiveTime) -> Result<Command, Problem> {
    let from = match &said.from {
        api::TimeGiver::Resident(resident) => Giver::Resident(id("from", resident)?),
        api::TimeGiver::Team(team) => Giver::Team(id("from", team)?),
    };
    let to = match &said.to {
        api::TimeReceiver::Resident(resident) => Receiver::Resident(id("to", resident)?),
        api::TimeReceiver::Chest(community) => Receiver::Chest(id("to", community)?),
    };
    Ok(Command::Give(Gift { from, to, minutes: Minutes::new(said.minutes) }))
}

pub(crate) fn time_ask(said: &api::AskTime) -> Result<Command, Problem> {
    let (resident, minutes) = (id("resident", &said.resident)?, Minutes::new(said.minutes));
    Ok(Command::Ask(Ask { resident, minutes }))
}

pub(crate) fn time_withdrawal(said: &api::WithdrawAsk) -> Result<Command, Problem> {
    Ok(Command::Withdraw(id("resident", &said.resident)?))
}
