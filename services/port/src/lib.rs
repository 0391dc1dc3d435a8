//! The one port through which commands reach the writer of a district: a batch of commands in, an
//! answer for each out, in the same order.
//!
//! Two carriers stand behind [`Port`] and look the same from outside: a bounded channel to a
//! writer in this process ([`Port::local`]), and NATS request-reply to the leader in another
//! ([`Port::nats`], answered by [`serve_nats`]). Commands that wait together travel together.
//!
//! What is *not* here: deciding (`linli-domain`), committing and remembering keys
//! (`linli-ledger`), words for people (`linli-gateway`). The port never tries again by itself: it
//! says what is known. Whoever wants to stay with a command until it is settled gives it to a
//! [`Courier`], which finds the leader and asks again with the same key.

mod age;
mod clock;
mod courier;
mod envelope;
mod intake;
mod nats;
mod port;
mod subject;

pub use clock::ClockRefused;
pub use courier::{Courier, Leads, Patience};
pub use envelope::{Accepted, Answer, Envelope, Rejected};
pub use intake::{
    ClockReply, CommandsReply, INTAKE_COMMANDS_MAX, INTAKE_WAIT_MAX, Intake, Request,
};
pub use nats::{REQUEST_WAIT_MAX, ServeError, serve_nats};
pub use port::Port;
pub use subject::{InvalidDistrict, Subject};
