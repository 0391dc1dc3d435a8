//! Hosting activities: the secret of a district, the chains of codes that are made from it, and what
//! stands at checkpoints.
//!
//! The log holds the end of each chain (`linli_domain::activity::Link`), so the ledger and auditors
//! check codes without the secret. What is hashed has one length for each purpose, so that no hash can
//! be made from another.

mod shown;

pub(crate) use shown::Presented;

use deadpool_postgres::Pool;
use linli_domain::Position;
use linli_domain::activity::{Link, Visit};
use linli_domain::id::{ActivityId, AreaId};
use linli_log::District;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::key::{StoreError, hex};
use crate::parse::hash_bytes;

const CHAIN: &[u8] = b"linli/host-chain/v1";
const TAG: &[u8] = b"linli/host-tag/v1..";
const BADGE: &[u8] = b"linli/badge-salt/v1";
const VISIT: &[u8] = b"linli/host-visit/v1";

/// The secret of a district. It is shown to nobody, not in a message either.
pub(crate) struct Host(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Host {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Host")
    }
}

impl Host {
    /// The secret of this district, made now if there is none.
    pub(crate) async fn of(pool: &Pool, district: &District) -> Result<Self, StoreError> {
        let client = pool.get().await?;
        let district = district.as_str();
        let read = client
            .prepare_cached("SELECT secret FROM access.host_secret WHERE district = $1")
            .await?;
        let row = match client.query_opt(&read, &[&district]).await? {
            Some(row) => row,
            None => {
                let made: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
                // Another gateway may be first: what is read is what all of them have.
                client
                    .execute(
                        "INSERT INTO access.host_secret (district, secret) VALUES ($1, $2) \
                         ON CONFLICT (district) DO NOTHING",
                        &[&district, &made.as_slice()],
                    )
                    .await?;
                client.query_one(&read, &[&district]).await?
            }
        };
        let secret: &[u8] = row.try_get(0)?;
        let wrong = || StoreError::Row { id: district.to_owned(), column: "secret" };
        Ok(Self(Zeroizing::new(secret.try_into().map_err(|_| wrong())?)))
    }

    /// What the holder of a badge is hashed with: 32 digits that nobody knows who doesn't have the badge.
    pub(crate) fn badge_salt(&self, badge: Position) -> String {
        hex(&hash(&[BADGE, self.0.as_slice(), &badge.0.to_be_bytes()])).chars().take(32).collect()
    }

    /// The start of the chain of an activity's code.
    pub(crate) fn chain(&self, activity: ActivityId) -> Link {
        Link(hash(&[CHAIN, self.0.as_slice(), &activity.number().to_be_bytes()]))
    }

    /// What is at a checkpoint of a grid, from 1.
    fn tag(&self, grid: AreaId, checkpoint: u8) -> [u8; 32] {
        hash(&[TAG, self.0.as_slice(), &grid.number().to_be_bytes(), &[checkpoint]])
    }

    /// The text at a checkpoint of a grid, from 1: its number, a dot, and 64 digits.
    pub(crate) fn tag_text(&self, grid: AreaId, checkpoint: u8) -> String {
        format!("{checkpoint}.{}", hex(&self.tag(grid, checkpoint)))
    }

    /// For an activity, the ends that the first so many checkpoints of a grid are held against.
    pub(crate) fn ends(&self, activity: ActivityId, grid: AreaId, count: u8) -> Vec<Link> {
        let end = |checkpoint| proof(&self.tag(grid, checkpoint), activity).next();
        (1..=count).map(end).collect()
    }
}

/// What shows that a tag was read, for this activity alone: known from the log it is of no use for
/// another.
fn proof(tag: &[u8; 32], activity: ActivityId) -> Link {
    Link(hash(&[VISIT, tag, &activity.number().to_be_bytes()]))
}

/// The visit that a scanned text tells of; `None` if it is no text of a checkpoint.
pub(crate) fn visit(text: &str, activity: ActivityId) -> Option<Visit> {
    let (number, digits) = text.split_once('.')?;
    let number: u8 = number.parse().ok()?;
    let tag = hash_bytes(digits)?;
    Some(Visit { checkpoint: number.checked_sub(1)?, proof: proof(&tag, activity) })
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut sha = Sha256::new();
    parts.iter().for_each(|part| sha.update(part));
    sha.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanned_tag_proves_itself_for_one_activity_and_no_other() {
        let host = Host(Zeroizing::new([9; 32]));
        let (grid, one, other) =
            (AreaId::from_number(4), ActivityId::from_number(1), ActivityId::from_number(2));
        let ends = host.ends(one, grid, 4);
        for checkpoint in 1..=4_u8 {
            let text = host.tag_text(grid, checkpoint);
            let at = usize::from(checkpoint) - 1;
            let seen = visit(&text, one).unwrap();
            assert_eq!((usize::from(seen.checkpoint), seen.proof.next()), (at, ends[at]));
            assert_ne!(visit(&text, other).unwrap().proof.next(), ends[at]);
        }
        for text in ["", "1", "1.", "0.00", "x.00", &host.tag_text(grid, 1)[1..]] {
            assert_eq!(visit(text, one), None, "{text:?}");
        }
        assert_eq!(visit(&format!("0.{}", hex(&[0; 32])), one), None);
        assert_ne!(host.chain(one), host.chain(other));
    }
}
