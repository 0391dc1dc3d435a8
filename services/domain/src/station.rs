//! Service stations (服务驿站): the counters and machines where points are redeemed.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AreaId, StationId};
use crate::text::Bilingual;
use crate::{Decision, Noun, Refusal, State};

/// How a station hands things out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum StationKind {
    /// A clerk at a counter.
    Counter,
    /// A vending machine.
    VendingMachine,
}

/// A station as it was opened.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Station {
    /// Its id.
    pub station: StationId,
    /// The area it stands in.
    pub area: AreaId,
    /// Counter or machine.
    pub kind: StationKind,
    /// What people call it.
    pub name: Bilingual,
}

/// What can be wished of stations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open a station.
    Open(Station),
}

/// What happened to stations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A station was opened.
    Opened(Station),
}

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Open(station) => {
            state.stations.vacant(station.station, Noun::Station)?;
            state.area(station.area)?;
            Ok(Decision::one(Event::Opened(station.clone())))
        }
    }
}
