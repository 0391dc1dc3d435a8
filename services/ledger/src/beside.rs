//! What runs beside the writer while it leads: the relay, and the ear on NATS.

use std::time::Duration;

use linli_log::{LogReader, Relay};
use linli_port::{Port, Subject, serve_nats};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::Settings;
use crate::fault::told;

/// Longest wait for the tasks to end; they hold nothing that would be lost.
const STOP_WAIT_MAX: Duration = Duration::from_millis(500);

/// First pause before listening on NATS again.
const PAUSE: Duration = Duration::from_secs(1);

/// The tasks of one term.
pub(crate) struct Beside {
    tasks: JoinSet<()>,
    cancel: CancellationToken,
}

impl Beside {
    /// Starts them; none without NATS. `bell` rings with the last committed position. They stop
    /// with `cancel` too, so that the next leader listens alone.
    pub(crate) fn start(
        settings: &Settings,
        reader: &LogReader,
        port: Port,
        bell: watch::Receiver<u64>,
        cancel: &CancellationToken,
    ) -> Self {
        let (mut tasks, cancel) = (JoinSet::new(), cancel.child_token());
        if let Some(nats) = &settings.nats {
            let district = settings.district.clone();
            let relay =
                Relay::new(district.clone(), reader.clone(), nats.clone(), &settings.log_metrics);
            tasks.spawn(relay.with_bell(bell).run(cancel.clone()));
            if settings.serve_nats {
                tasks.spawn(listen(nats.clone(), district, port, cancel.clone()));
            }
        }
        Self { tasks, cancel }
    }

    /// Stops them.
    pub(crate) async fn stop(mut self) {
        self.cancel.cancel();
        let all = async { while self.tasks.join_next().await.is_some() {} };
        // Whoever is late is dropped with the set.
        drop(tokio::time::timeout(STOP_WAIT_MAX, all).await);
    }
}

/// Answers commands from NATS until told to stop; begins again whenever that ends.
async fn listen(
    nats: async_nats::Client,
    district: linli_log::District,
    port: Port,
    cancel: CancellationToken,
) {
    let Ok(subject) = Subject::of_district(district.as_str()) else {
        return tracing::error!(%district, "the district's name is no subject");
    };
    while !cancel.is_cancelled() {
        if let Err(error) = serve_nats(&nats, &subject, &port, &cancel).await {
            tracing::warn!(%district, error = told(&error), "NATS is not listened to");
        }
        tokio::select! {
            () = cancel.cancelled() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
