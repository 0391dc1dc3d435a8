//! Sending a great many commands through a port, none of which may be refused.

use futures::{StreamExt, TryStreamExt};
use linli_domain::time::Timestamp;
use linli_domain::{ClientId, Command, IdempotencyKey};
use linli_port::{ClockRefused, Envelope, Port, Rejected};

/// Commands that are sent and waited for together, in bulks of [`BULK_COMMANDS`].
pub(super) const ROUND_COMMANDS: usize = 50_000;

/// Commands of one bulk: as many as a request may have.
const BULK_COMMANDS: usize = 1_000;

/// Bulks under way at once: enough to fill a frame while another travels.
const BULKS_MAX: usize = 8;

const CLIENT: ClientId = ClientId(0x0194_1f29_7c00_7000_8000_0000_0000_0001);

/// Who sends.
pub(super) struct Sender {
    port: Port,
    sent: u64,
    position: u64,
}

impl Sender {
    pub(super) fn new(port: Port) -> Self {
        Self { port, sent: 0, position: 0 }
    }

    /// The last position that was answered.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    pub(super) async fn move_clock(&self, to: Timestamp) -> anyhow::Result<()> {
        loop {
            match self.port.set_clock(to).await {
                Ok(_) => return Ok(()),
                Err(ClockRefused::Unknown | ClockRefused::Unavailable { .. }) => {
                    tokio::task::yield_now().await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Sends them in this order as far as bulks keep it, and waits for all; answers the position.
    pub(super) async fn must_all(&mut self, commands: Vec<Command>) -> anyhow::Result<u64> {
        let mut bulks = Vec::with_capacity(commands.len() / BULK_COMMANDS + 1);
        let mut bulk = Vec::with_capacity(BULK_COMMANDS);
        for command in commands {
            self.sent += 1;
            let key = IdempotencyKey::new(&format!("01JG{:022}", self.sent))?;
            let body_hash = hash(self.sent);
            bulk.push(Envelope { client: CLIENT, key, body_hash, command });
            if bulk.len() == BULK_COMMANDS {
                bulks.push(std::mem::take(&mut bulk));
            }
        }
        bulks.push(bulk);
        let port = &self.port;
        // The intake takes bulks in the order in which they are first polled.
        let last = futures::stream::iter(bulks)
            .map(|bulk| must(port, bulk))
            .buffered(BULKS_MAX)
            .try_fold(0, async |last, bulk| Ok(bulk.max(last)))
            .await?;
        self.position = self.position.max(last);
        Ok(self.position)
    }
}

/// Sends a bulk until all of it is done; answers the last position of it.
async fn must(port: &Port, bulk: Vec<Envelope>) -> anyhow::Result<u64> {
    let (mut rest, mut last) = (bulk, 0);
    while !rest.is_empty() {
        let answers = port.submit(rest.clone()).await;
        let mut again = Vec::new();
        for (envelope, answer) in rest.into_iter().zip(answers) {
            match answer {
                Ok(accepted) => {
                    let end = accepted.records.last().map_or(0, |record| record.position.0);
                    last = last.max(end);
                }
                Err(Rejected::Refused(refused)) => anyhow::bail!("{refused}: {envelope:?}"),
                Err(Rejected::KeyReused) => anyhow::bail!("a city was grown here before"),
                Err(
                    Rejected::Unknown | Rejected::Unavailable { .. } | Rejected::Overloaded { .. },
                ) => again.push(envelope),
            }
        }
        rest = again;
        tokio::task::yield_now().await;
    }
    Ok(last)
}

fn hash(number: u64) -> [u8; 32] {
    let mut hash = [0; 32];
    for (at, byte) in number.to_be_bytes().into_iter().cycle().take(32).enumerate() {
        hash[at] = byte;
    }
    hash
}
