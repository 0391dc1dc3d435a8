//! A city of any size, for benches: residents, and a life of theirs as long as one likes, through
//! the port of a real ledger. So its log, its keys and its state are what a place would have.
//!
//! | what | how many |
//! |---|---|
//! | households | two for five residents |
//! | volunteers | three of ten residents; how much each does falls off as the 0.8th power of the rank |
//! | contributions | one of five wishes: submitted, verified, awarded; half an hour at a time |
//! | sales | two of five: a resident buys while there are points, so that a wallet holds 0 to 6 lots |
//!
//! The clock is moved on a day at a time: the ledger has to run on a test clock.

#![allow(clippy::missing_panics_doc, reason = "a city that can't be made ends its bench")]

mod founding;
mod life;
mod send;

use std::time::{Duration, Instant};

use linli_domain::time::Timestamp;
use linli_domain::{Command, resident};
use linli_port::Port;

pub use founding::START;

use crate::Chance;
use life::Life;
use send::Sender;

/// How large a city is to be.
#[derive(Clone, Copy, Debug)]
pub struct CitySize {
    /// How many residents.
    pub residents: u32,
    /// How many records its log has at least. No fewer than its founding takes: about 1.7 for each
    /// resident.
    pub records: u64,
    /// What chance is made of.
    pub seed: u64,
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct CityReport {
    /// The position of its last record.
    pub records: u64,
    /// Days that it lived.
    pub days: u32,
    /// Contributions that were awarded.
    pub awards: u64,
    /// Redemptions.
    pub sales: u64,
    /// What it took.
    pub took: Duration,
}

/// Founds a city and lets it live until its log is long enough. `tell` is told the position now
/// and then.
///
/// # Errors
/// If the ledger refuses what it should not, or runs on the system's clock.
pub async fn grow(
    port: &Port,
    size: CitySize,
    mut tell: impl FnMut(u64),
) -> anyhow::Result<CityReport> {
    let begun = Instant::now();
    let mut sender = Sender::new(port.clone());
    sender.must_all(founding::things()).await?;
    let mut people = founding::people(size.residents);
    loop {
        let some: Vec<_> = people.by_ref().take(send::ROUND_COMMANDS).collect();
        if some.is_empty() {
            break;
        }
        for wave in waves(some) {
            tell(sender.must_all(wave).await?);
        }
    }
    let mut life = Life::new(size.residents, Chance::of(size.seed));
    let mut days = 0_u32;
    while sender.position() < size.records {
        days += 1;
        let now = founding::day(days);
        sender.move_clock(now).await?;
        let left = size.records.saturating_sub(sender.position());
        life.day(&mut sender, now, left).await?;
        tell(sender.position());
    }
    let (awards, sales) = life.done();
    Ok(CityReport { records: sender.position(), days, awards, sales, took: begun.elapsed() })
}

/// The instant that a city's test clock begins at.
#[must_use]
pub fn start() -> Timestamp {
    START
}

/// Households, then those who live there, then those who serve: bulks that travel together may
/// overtake each other where one of them is told to come again.
fn waves(commands: Vec<Command>) -> [Vec<Command>; 3] {
    let mut waves = [Vec::new(), Vec::new(), Vec::new()];
    for command in commands {
        let wave = match &command {
            Command::Resident(resident::Command::Register(_)) => 1,
            Command::Resident(_) => 2,
            Command::Area(_)
            | Command::Team(_)
            | Command::Activity(_)
            | Command::Inspection(_)
            | Command::Household(_)
            | Command::Officer(_)
            | Command::Station(_)
            | Command::Supplier(_)
            | Command::Pool(_)
            | Command::Rules(_)
            | Command::Item(_)
            | Command::Contribution(_)
            | Command::Notice(_)
            | Command::Conduct(_)
            | Command::Hazard(_)
            | Command::Order(_)
            | Command::Whistle(_)
            | Command::Aid(_)
            | Command::Honour(_)
            | Command::Mediation(_)
            | Command::Estate(_)
            | Command::TimeBank(_)
            | Command::Queue(_)
            | Command::Redemption(_)
            | Command::Statement(_)
            | Command::Resource(_)
            | Command::Operator(_)
            | Command::Allowance(_)
            | Command::Voucher(_)
            | Command::Booking(_) => 0,
        };
        waves[wave].push(command);
    }
    waves
}
