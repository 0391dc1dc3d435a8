//! HTTP: who asks and whether they may, what they mean, and what they are told.
//!
//! A request comes in, its key is looked up in memory, its texts become domain types or a problem
//! that names the field, and a command goes through the port to the district's writer; a read is
//! answered from the read models, the log from the log. Each route is listed once, with the scope
//! that it needs; the OpenAPI document is made of the same list.
//!
//! What is *not* here: any decision, any balance (the ledger's records and the read models have
//! them), any session or cookie. A gateway keeps nothing: run as many as you like.

mod badge;
mod calendar;
mod caller;
mod command;
mod crockford;
mod fact;
mod front;
mod gateway;
mod host;
mod language;
mod metrics;
mod parse;
mod passbook;
mod pin;
mod problem;
mod rate;
mod receipt;
mod request;
mod routes;
mod serve;
mod told;

#[cfg(test)]
mod golden;

pub mod key;

pub use badge::Badges;
pub use gateway::{Gateway, GatewayError, Served, Settings};
pub use rate::{InvalidRate, Rate};

impl Gateway {
    /// The OpenAPI 3.1 document as JSON, made of the routes.
    #[must_use]
    pub fn openapi(&self) -> String {
        routes::document(&self.front).to_pretty_json().unwrap_or_default()
    }
}
