//! Pools (资金池): who funds the points that are issued. No pool, no spendable points.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::PoolId;
use crate::quantity::Points;
use crate::text::{Bilingual, Code, Reference};
use crate::{Decision, Noun, Refusal, State};

/// A pool as it was opened.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Pool {
    /// Its id.
    pub pool: PoolId,
    /// The name by which rules draw on it.
    pub code: Code,
    /// Who stands behind it.
    pub name: Bilingual,
}

/// Points put into a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funding {
    /// Into which pool.
    pub pool: PoolId,
    /// How much; a point stands for about one yuan.
    pub points: Points,
    /// The finance desk's reference.
    pub reference: Reference,
}

/// What can be wished of pools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open a pool.
    Open(Pool),
    /// Put points into it.
    Fund(Funding),
}

/// What happened to pools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A pool was opened.
    Opened(Pool),
    /// Points were put into it.
    Funded(Funding),
}

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Open(pool) => {
            state.pools.vacant(pool.pool, Noun::Pool)?;
            if state.pool_by_code(&pool.code).is_some() {
                return Err(Refusal::AlreadyExists(Noun::Pool));
            }
            Ok(Decision::one(Event::Opened(pool.clone())))
        }
        Command::Fund(funding) => {
            if !state.pools.contains(funding.pool) {
                return Err(Refusal::Unknown(Noun::Pool));
            }
            if funding.points <= Points::ZERO {
                return Err(Refusal::NothingToFund);
            }
            Ok(Decision::one(Event::Funded(funding.clone())))
        }
    }
}

impl State {
    /// Pools are few and in order of their ids, so looking through them is quick and settled.
    pub(crate) fn pool_by_code(&self, code: &Code) -> Option<&Pool> {
        self.pools.sorted().map(|(_, pool)| pool).find(|pool| pool.code == *code)
    }
}
