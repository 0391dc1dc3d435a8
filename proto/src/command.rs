//! All that can be wished.

use linli_domain::Command;
use prost::Message as _;

use crate::malformed::Malformed;
use crate::translate::{Wire as _, read};
use crate::wire;

choice! { Command = wire::Command, wire::command::Kind {
    one {
    Area, Household, Resident, Officer, Station, Operator, Allowance, Supplier, Pool, Rules, Item, Contribution, Notice, Conduct, Redemption, Queue, Voucher, Team, Inspection, Hazard, Order, Whistle, Aid, Honour, Mediation, Estate, TimeBank, Statement, Resource, Booking, Activity,
    }
} }

/// A command as its message.
#[must_use]
pub fn command_to_wire(command: &Command) -> wire::Command {
    command.to_wire()
}

/// The command of a message.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn command_from_wire(form: wire::Command) -> Result<Command, Malformed> {
    Command::from_wire(form)
}

/// A command's bytes, alone.
#[must_use]
pub fn encode_command(command: &Command) -> Vec<u8> {
    command.to_wire().encode_to_vec()
}

/// The command of these bytes.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn decode_command(bytes: &[u8]) -> Result<Command, Malformed> {
    read("command", bytes)
}
