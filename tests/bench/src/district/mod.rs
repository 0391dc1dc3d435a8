//! A district in this process, without HTTP: founded by commands through a port, then kept busy by
//! callers that earn and spend.

mod callers;
mod founding;
mod house;
mod stores;
mod traffic;

pub(crate) use callers::{Load, run};
pub(crate) use house::{Behind, House};
pub(crate) use traffic::Spread;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use anyhow::bail;
use linli_domain::id::{AreaId, ItemId, OfficerId, PoolId, ResidentId, StationId, SupplierId};
use linli_domain::text::{ActCode, Code};
use linli_domain::{ClientId, Command, IdempotencyKey};
use linli_port::{Answer, Envelope, Port};

/// Pools, each drawn on by an act of its own; a profile has as many.
const POOLS: usize = 8;

/// Items at the station; a shelf has as many.
const ITEMS: usize = 64;

/// Claims may be entered for seven days; ours begin so many days ago, a minute each.
const CLAIM_DAYS: i64 = 6;

const MINUTE_US: i64 = 60_000_000;
const DAY_US: i64 = 24 * 60 * MINUTE_US;

const CLIENT: ClientId = ClientId(1);
const GRID: AreaId = AreaId::from_number(4);
const BUILDING: AreaId = AreaId::from_number(5);
const OFFICER: OfficerId = OfficerId::from_number(1);
const STATION: StationId = StationId::from_number(1);
const SUPPLIER: SupplierId = SupplierId::from_number(1);

/// A founded district, and what its residents have used up.
pub(crate) struct District {
    port: Port,
    /// The first instant of the first claims.
    claims_from_us: i64,
    /// Of each resident, how many minutes are claimed.
    minutes: Vec<AtomicI64>,
    /// So many runs have been.
    runs: AtomicU64,
}

impl District {
    /// Founds one with so many residents, all of whom volunteer.
    pub(crate) async fn found(port: Port, residents: usize) -> anyhow::Result<Arc<Self>> {
        let now_us = jiff::Timestamp::now().as_microsecond();
        let claims_from_us = now_us - CLAIM_DAYS * DAY_US;
        let commands = founding::commands(residents, claims_from_us - DAY_US)?;
        let mut number = 0_u64;
        for some in commands.chunks(linli_api::bulk::BULK_ITEMS_MAX) {
            let mut envelopes = Vec::with_capacity(some.len());
            for command in some {
                envelopes.push(envelope(&format!("found-{number}"), command.clone())?);
                number += 1;
            }
            for answer in port.submit(envelopes).await {
                accepted(answer)?;
            }
        }
        let minutes = (0..residents).map(|_| AtomicI64::new(0)).collect();
        Ok(Arc::new(Self { port, claims_from_us, minutes, runs: AtomicU64::new(1) }))
    }

    /// The beginning of a minute that the resident has claimed nothing for.
    fn minute_of(&self, resident: usize) -> i64 {
        let minute = self.minutes[resident].fetch_add(1, Ordering::Relaxed);
        self.claims_from_us + minute * MINUTE_US
    }
}

fn envelope(key: &str, command: Command) -> anyhow::Result<Envelope> {
    let mut body_hash = [0; 32];
    for (to, from) in body_hash.iter_mut().zip(key.bytes()) {
        *to = from;
    }
    Ok(Envelope { client: CLIENT, key: IdempotencyKey::new(key)?, body_hash, command })
}

fn accepted(answer: Answer) -> anyhow::Result<()> {
    match answer {
        Ok(_) => Ok(()),
        Err(rejected) => bail!("a command was turned down: {rejected}"),
    }
}

fn resident(number: usize) -> ResidentId {
    ResidentId::from_number(1 + number as u128)
}

fn item(number: usize) -> ItemId {
    ItemId::from_number(1 + number as u128)
}

fn pool(number: usize) -> PoolId {
    PoolId::from_number(1 + number as u128)
}

fn act(number: usize) -> anyhow::Result<ActCode> {
    Ok(ActCode::new(&format!("ZZ-{number}"))?)
}

fn pool_code(number: usize) -> anyhow::Result<Code> {
    Ok(Code::new(&format!("bench-{number}"))?)
}
