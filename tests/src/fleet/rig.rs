//! How a fleet is set up.

use linli_devstack::Options;

/// Which processes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crew {
    /// A ledger, a projector and a gateway.
    Apart,
    /// Everything in one.
    Whole,
}

/// How a fleet is set up.
#[derive(Clone, Debug)]
pub struct Rig {
    /// Which processes there are.
    pub crew: Crew,
    /// The servers.
    pub stack: Options,
    /// A test clock for the ledger, from this instant on. One that is started again begins there
    /// too, or at its last record.
    pub test_clock: Option<String>,
    /// Are there wires that can be cut: from the projectors to NATS, or, if everything is in one
    /// process, from it to PostgreSQL?
    pub wired: bool,
}

impl Default for Rig {
    /// Processes of their own on servers of their own, on the clock of this machine.
    fn default() -> Self {
        Self { crew: Crew::Apart, stack: Options::temporary(), test_clock: None, wired: false }
    }
}
