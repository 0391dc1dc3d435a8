//! A district in this process, without HTTP: founded by commands through a port, then kept busy by
//! callers that earn and spend.

mod callers;
mod founding;
mod house;
mod send;
mod stores;
mod traffic;

pub(crate) use callers::{Load, run, run_all};
pub(crate) use house::{Behind, House, Snapshots, Wish, migrate};
pub(crate) use traffic::Spread;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use anyhow::{Context as _, bail};
use linli_domain::contribution::{self, Claim, Signal, Verification};
use linli_domain::id::{
    AreaId, ContributionId, ItemId, OfficerId, PoolId, ResidentId, StationId, SupplierId,
};
use linli_domain::text::{ActCode, Code};
use linli_domain::time::{Interval, Timestamp};
use linli_domain::{ClientId, Command, IdempotencyKey, resident};
use linli_port::{Answer, Envelope, Port};
use send::send_all;

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
pub(crate) const STATION: StationId = StationId::from_number(1);
const SUPPLIER: SupplierId = SupplierId::from_number(1);

/// A founded district, and what its residents have used up.
pub(crate) struct District {
    /// The first instant of the first claims.
    claims_from_us: i64,
    /// Of each resident, how many minutes are claimed.
    minutes: Vec<AtomicI64>,
    /// So many runs have been.
    runs: AtomicU64,
}

impl District {
    /// Founds one with so many residents, all of whom volunteer.
    pub(crate) async fn found(port: &Port, residents: usize) -> anyhow::Result<Arc<Self>> {
        let now_us = jiff::Timestamp::now().as_microsecond();
        let claims_from_us = now_us - CLAIM_DAYS * DAY_US;
        let place = founding::place(claims_from_us - DAY_US)?;
        send_all(port, "place", place.into_iter().map(Ok)).await?;
        send_all(port, "people", founding::people(residents).map(Ok)).await?;
        let minutes = (0..residents).map(|_| AtomicI64::new(0)).collect();
        Ok(Arc::new(Self { claims_from_us, minutes, runs: AtomicU64::new(1) }))
    }

    /// Has everybody join the rankings and serve once, each for another time, so that there is
    /// something to rank.
    pub(crate) async fn rank_all(&self, port: &Port) -> anyhow::Result<()> {
        let all = 0..self.minutes.len();
        let join = |number| Ok(resident::Command::JoinRanking(resident_id(number)).into());
        send_all(port, "join", all.clone().map(join)).await?;
        let claim = |number| self.claim(number as u128, number, hourly_act()?, served(number));
        send_all(port, "claim", all.clone().map(claim)).await?;
        send_all(port, "word", all.map(|number| Ok(word(number as u128)))).await
    }

    fn claim(
        &self,
        id: u128,
        resident: usize,
        act: ActCode,
        minutes: i64,
    ) -> anyhow::Result<Command> {
        let minute = self.minutes[resident].fetch_add(minutes, Ordering::Relaxed);
        let at = |minute| Timestamp::from_microseconds(self.claims_from_us + minute * MINUTE_US);
        let happened = Interval::new(at(minute), at(minute + minutes));
        let happened = happened.context("an interval that ends before it began")?;
        Ok(contribution::Command::Submit(Claim {
            contribution: ContributionId::from_number(id),
            resident: resident_id(resident),
            act,
            grid: GRID,
            happened,
            beneficiary: None,
            alert: false,
            signals: [Signal::Confirmed, Signal::PaperSheet].into_iter().collect(),
            attachments: Vec::new(),
        })
        .into())
    }
}

/// The officer's word that awards a claim.
fn word(id: u128) -> Command {
    let contribution = ContributionId::from_number(id);
    contribution::Command::Verify(Verification {
        contribution,
        officer: OFFICER,
        assessed: None,
        difficulty: None,
    })
    .into()
}

/// Minutes that a resident served: one of six hundred lengths, without order.
fn served(resident: usize) -> i64 {
    1 + (resident as i64 * 7_919) % 600
}

/// A sale at the counter, through HTTP.
pub(crate) fn sale(resident: usize) -> String {
    format!(
        r#"{{"resident":"{}","items":[{{"item":"{}","quantity":1}}]}}"#,
        resident_id(resident),
        cheap_item()
    )
}

/// Did the resident serve long enough for thousands of such sales?
pub(crate) fn is_rich(resident: usize) -> bool {
    served(resident) > 300
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

pub(crate) fn resident_id(number: usize) -> ResidentId {
    ResidentId::from_number(1 + number as u128)
}

fn item(number: usize) -> ItemId {
    ItemId::from_number(1 + number as u128)
}

/// A service at the lowest price.
fn cheap_item() -> ItemId {
    item(ITEMS)
}

fn pool(number: usize) -> PoolId {
    PoolId::from_number(1 + number as u128)
}

fn act(number: usize) -> anyhow::Result<ActCode> {
    Ok(ActCode::new(&format!("ZZ-{number}"))?)
}

/// Its points are by the hour.
fn hourly_act() -> anyhow::Result<ActCode> {
    Ok(ActCode::new("ZZ-HOUR")?)
}

fn pool_code(number: usize) -> anyhow::Result<Code> {
    Ok(Code::new(&format!("bench-{number}"))?)
}
