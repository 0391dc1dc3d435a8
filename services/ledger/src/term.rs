//! One term of the writer over any store.

use linli_log::District;
use linli_port::Intake;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::desk::Poison;
use crate::fault::Fall;
use crate::image::Image;
use crate::keys::Unindexed;
use crate::status::Status;
use crate::store::Store;
use crate::writer::{Office, Writer};
use crate::{Clock, Metrics};

/// A term of leading without what is around it: no lock, no standby, no start from a log, no
/// snapshots, no relay. For benches and simulations, which put another [`Store`] behind the same
/// pipeline; a district is run by a [`Ledger`](crate::Ledger).
#[derive(Debug)]
pub struct Term {
    /// Whose figures they are.
    pub district: District,
    /// What time it is.
    pub clock: Clock,
    /// Where its figures go.
    pub metrics: Metrics,
    /// What the store holds already.
    pub image: Image,
}

impl Term {
    /// Answers what comes through `intake`, until `cancel`, and hands back the image at the end.
    ///
    /// # Errors
    /// [`Fall`] when the store fails or the core contradicts itself; everything that waited is
    /// answered then.
    pub async fn lead<S: Store>(
        self,
        store: &S,
        intake: &mut Intake,
        cancel: &CancellationToken,
    ) -> Result<Image, Fall> {
        let position = self.image.position();
        let (status, _) = watch::channel(Status::Leading { position });
        let (committed, _) = watch::channel(position.0);
        let office = Office {
            store,
            intake,
            clock: &self.clock,
            metrics: &self.metrics.of(&self.district),
            status: &status,
            committed: &committed,
        };
        let unindexed = Unindexed::after(position.0);
        let writer = Writer::new(office, self.image, unindexed, Poison::default());
        Ok(writer.lead(cancel).await?.image)
    }
}
