//! Looking again at what was written, on the server's side: only digests travel.

use std::time::Instant;

use sha2::{Digest, Sha256};

use super::part::DIGEST_BYTES;
use super::{Snapshot, SnapshotError, Snapshots};
use crate::row::bigint;

/// Parts looked at by one statement: some tens of megabytes, well within a statement's time.
const PARTS_AT_ONCE: i32 = 16;

impl Snapshots {
    /// Reads a snapshot again where it lies: every part is what its digest is of, and together
    /// they are what the head says. Rests as long as it works, for whoever commits meanwhile.
    ///
    /// # Errors
    /// [`SnapshotError::Parts`] if it is damaged; [`SnapshotError`] for the rest.
    pub async fn verify(&self, snapshot: &Snapshot) -> Result<(), SnapshotError> {
        let sql = format!(
            "SELECT sha256(substring(body FROM 1 FOR octet_length(body) - {DIGEST_BYTES})), \
                 substring(body FROM octet_length(body) - {DIGEST_BYTES} + 1) \
             FROM log.snapshot_part WHERE district = $1 AND format = $2 AND position = $3 \
                 AND part >= $4 AND part < $5 AND octet_length(body) >= {DIGEST_BYTES} \
             ORDER BY part"
        );
        let client = self.pool.get().await?;
        let look = client.prepare_cached(&sql).await?;
        let (district, at) = (self.district.as_str(), bigint(snapshot.position));
        let (mut digests, mut next) = (Sha256::new(), 0_i32);
        loop {
            let (begun, end) = (Instant::now(), next.saturating_add(PARTS_AT_ONCE));
            let rows =
                client.query(&look, &[&district, &snapshot.format, &at, &next, &end]).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let (found, sealed): (&[u8], &[u8]) = (row.try_get(0)?, row.try_get(1)?);
                if found != sealed {
                    return Err(SnapshotError::Parts);
                }
                digests.update(sealed);
            }
            next = end;
            tokio::time::sleep(begun.elapsed()).await;
        }
        let is_whole = digests.finalize().as_slice() == snapshot.digest;
        if is_whole { Ok(()) } else { Err(SnapshotError::Parts) }
    }
}
