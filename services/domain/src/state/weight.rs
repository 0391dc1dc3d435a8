//! What a state takes in memory, part by part: an estimate by the sizes of types and tables.

use std::mem::size_of;

use crate::activity::Engagement;
use crate::contribution::{Attachment, Contribution, Given};
use crate::honour::Honours;
use crate::id::OfficerId;
use crate::resident::Resident;
use crate::wallet::Lot;
use crate::{Registry, State};

use super::Redemption;

/// Bytes of a node of a B-tree a deadline, when it is two thirds full: its entry and its share of
/// the node.
const DEADLINE_BYTES: usize = 112;

/// A part of a state, and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Which part.
    pub part: &'static str,
    /// How many there are of it.
    pub count: usize,
    /// What they take, in bytes, with the room that tables keep free.
    pub bytes: usize,
}

impl State {
    /// What it takes in memory, part by part. Walks everything once: for a bench or an operator's
    /// question, not for the writer's path.
    #[must_use]
    pub fn weights(&self) -> Vec<Weight> {
        let residents = || self.residents.values();
        let lots = residents().map(|resident| vec_bytes::<Lot>(resident.wallet.room_lots()));
        let served = residents().map(|resident| resident.served.heap_bytes());
        let claims = self.contributions.values().map(Contribution::heap_bytes);
        let vouched = self.awarded_on.values();
        let vouched = vouched.map(|one| vec_bytes::<OfficerId>(one.verified_by.capacity()));
        let honours = || residents().filter_map(Resident::honours);
        let slips = self.redemptions.values().map(Redemption::heap_bytes);
        vec![
            table("residents", &self.residents),
            part(
                "lots",
                residents().map(|resident| resident.wallet.lots().len()).sum(),
                lots.sum(),
            ),
            part("served", residents().map(|resident| resident.served.len()).sum(), served.sum()),
            table("cards", &self.cards),
            table("pseudonyms", &self.pseudonyms),
            table("referrals", &self.referrals),
            table("households", &self.households),
            table("contributions", &self.contributions),
            part("claims", self.contributions.len(), claims.sum()),
            table("awards of the day", &self.awarded_on),
            part("their verifiers", self.awarded_on.len(), vouched.sum()),
            table("notices", &self.notices),
            table("traces", &self.traces),
            table("evidence", &self.evidence),
            table("redemptions", &self.redemptions),
            part("slips", self.redemptions.len(), slips.sum()),
            table("activities", &self.activities),
            table("seats", &self.seats),
            table("diaries", &self.diaries),
            part(
                "engagements",
                self.diaries.values().map(Vec::len).sum(),
                self.diaries.values().map(|diary| vec_bytes::<Engagement>(diary.capacity())).sum(),
            ),
            table("queues", &self.queues),
            table("waits", &self.waits),
            table("vouchers", &self.vouchers),
            table("takings", &self.takings),
            table("outlays", &self.outlays),
            table("resources", &self.resources),
            table("bookings", &self.bookings),
            table("operators", &self.operators),
            table("shifts", &self.shifts),
            table("allowances", &self.allowances),
            table("shelves", &self.shelves),
            table("accounts", &self.accounts),
            table("hazards", &self.hazards),
            table("places", &self.places),
            table("orders", &self.orders),
            table("whistles", &self.whistles),
            table("aids", &self.aids),
            table("estates", &self.estates),
            table("cases", &self.cases),
            table("mediators", &self.mediators),
            table("disputes", &self.disputes),
            table("time", &self.time),
            table("deposits", &self.deposits),
            table("certificates", &self.certificates),
            part("honours", honours().count(), honours().map(Honours::heap_bytes).sum()),
            part(
                "deadlines",
                self.deadlines.len(),
                self.deadlines.len().saturating_mul(DEADLINE_BYTES),
            ),
        ]
    }
}

fn part(part: &'static str, count: usize, bytes: usize) -> Weight {
    Weight { part, count, bytes }
}

/// A table's entries, and where they stand in it.
fn table<K: Copy + Ord + std::hash::Hash, V>(name: &'static str, table: &Registry<K, V>) -> Weight {
    part(name, table.len(), table.bytes())
}

fn vec_bytes<T>(places: usize) -> usize {
    places.saturating_mul(size_of::<T>())
}

impl Contribution {
    fn heap_bytes(&self) -> usize {
        let attachments = vec_bytes::<Attachment>(self.claim.attachments.capacity());
        let verified_by = vec_bytes::<OfficerId>(self.verified_by.capacity());
        let given = self.given.as_deref().map_or(0, Given::bytes);
        attachments.saturating_add(verified_by).saturating_add(given)
    }
}

impl Redemption {
    fn heap_bytes(&self) -> usize {
        self.slip.as_ref().map_or(0, |slip| {
            vec_bytes::<crate::redemption::Line>(slip.lines.capacity()).saturating_add(vec_bytes::<
                crate::wallet::LotTaken,
            >(
                slip.lots.capacity(),
            ))
        })
    }
}
