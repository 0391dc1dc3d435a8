//! What a caller sends: a claim, the officer's word that awards it, a sale of what it gave; of one
//! resident after the other.

use std::ops::Range;
use std::sync::Arc;

use linli_domain::id::RedemptionId;
use linli_domain::redemption::{self, Basket, Wish};
use linli_port::Envelope;

use super::{District, ITEMS, POOLS, STATION, act, envelope, item, resident_id, word};

/// How the load is spread over what everybody shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spread {
    /// Over all pools and all items.
    Uniform,
    /// Every award draws on one pool, every sale is of one item.
    Hot,
}

/// One caller's commands, without end.
pub(super) struct Traffic {
    district: Arc<District>,
    spread: Spread,
    /// The run and the caller, for ids and keys that nobody else uses.
    run: u64,
    caller: usize,
    /// The residents that this caller acts for, and no other.
    residents: Range<usize>,
    step: usize,
}

impl Traffic {
    /// Of this caller among so many, each of whom has a part of the residents to itself.
    pub(super) fn new(
        district: &Arc<District>,
        spread: Spread,
        run: u64,
        caller: usize,
        callers: usize,
    ) -> Self {
        let all = district.minutes.len();
        let residents = caller * all / callers..(caller + 1) * all / callers;
        Self { district: Arc::clone(district), spread, run, caller, residents, step: 0 }
    }

    pub(super) fn next(&mut self) -> anyhow::Result<Envelope> {
        let (round, kind) = (self.step / 3, self.step % 3);
        let who = self.residents.start + round % self.residents.len();
        let id = u128::from(self.run) << 96 | (self.caller as u128) << 64 | round as u128;
        let shared = match self.spread {
            Spread::Uniform => self.caller + round,
            Spread::Hot => 0,
        };
        let command = match kind {
            0 => self.district.claim(id, who, act(shared % POOLS)?, 1)?,
            1 => word(id),
            _ => redemption::Command::Sell(Basket {
                redemption: RedemptionId::from_number(id),
                shift: None,
                shown: None,
                resident: resident_id(who),
                station: STATION,
                wishes: vec![Wish { item: item(shared % ITEMS), quantity: 1 }],
            })
            .into(),
        };
        let key = format!("{}-{}-{}", self.run, self.caller, self.step);
        self.step += 1;
        envelope(&key, command)
    }
}
