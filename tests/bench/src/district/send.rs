//! Sending a great many commands that belong to a founding.

use std::time::Duration;

use futures::{StreamExt as _, TryStreamExt as _};
use linli_domain::Command;
use linli_port::{Envelope, Port, Rejected};

use super::{accepted, envelope};

/// Commands of one request: as many as the port carries in one frame.
const BULK: usize = linli_api::bulk::BULK_ITEMS_MAX;

/// Requests under way at once: enough to fill a frame while another travels, and far fewer
/// commands than may wait.
const BULKS_MAX: usize = 4;

/// A writer that is full has room again within this.
const PAUSE: Duration = Duration::from_millis(10);

/// Sends them in this order, and sees that each is accepted. `about` names them apart from others.
pub(super) async fn send_all(
    port: &Port,
    about: &str,
    commands: impl Iterator<Item = anyhow::Result<Command>>,
) -> anyhow::Result<()> {
    let envelopes = commands
        .enumerate()
        .map(|(number, command)| envelope(&format!("{about}-{number}"), command?));
    futures::stream::iter(envelopes)
        .chunks(BULK)
        .map(|bulk| must(port, bulk))
        // The port takes requests in the order in which they are first polled.
        .buffered(BULKS_MAX)
        .try_for_each(async |()| Ok(()))
        .await
}

async fn must(port: &Port, bulk: Vec<anyhow::Result<Envelope>>) -> anyhow::Result<()> {
    let bulk: Vec<Envelope> = bulk.into_iter().collect::<anyhow::Result<_>>()?;
    loop {
        let answers = port.submit(bulk.clone()).await;
        let is_full =
            |answer: &linli_port::Answer| matches!(answer, Err(Rejected::Overloaded { .. }));
        if answers.iter().any(is_full) {
            tokio::time::sleep(PAUSE).await;
            continue;
        }
        return answers.into_iter().try_for_each(accepted);
    }
}
