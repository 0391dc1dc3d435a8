//! F11, too: clients that send a byte now and then, and keep a place at the gateway by it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::wait;

/// So many; every other one ends its head and never its body.
const CLIENTS: usize = 128;

/// From byte to byte: long before anybody would call a connection idle.
const PAUSE: Duration = Duration::from_millis(250);

/// Bytes that a body announces: more than are ever sent.
const BODY_BYTES: usize = 4_096;

/// Nobody keeps a place for longer: a gateway waits for 30 s for a head and for 20 for a body.
const HELD_MAX_MS: u64 = 31_000;

/// They are at it while the rest of the row goes on.
pub(super) struct Slow {
    clients: JoinSet<anyhow::Result<Duration>>,
    began_us: u64,
}

pub(super) fn begin(run: &Run) -> Slow {
    let address = run.fleet.gateway.address();
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        let head = format!(
            "POST /v1/sales HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             idempotency-key: slow-{number}\r\ncontent-type: application/json\r\n\
             content-length: {BODY_BYTES}\r\n\r\n",
            run.place.shop.key
        );
        let at_once = if number % 2 == 0 { 0 } else { head.len() };
        let text = head + &"{".repeat(BODY_BYTES);
        clients.spawn(drip(address, text.into_bytes(), at_once));
    }
    Slow { clients, began_us: run.now_us() }
}

/// Waits until all were hung up on.
pub(super) async fn end(slow: Slow, run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let Slow { mut clients, began_us } = slow;
    let (mut hung_up, mut longest) = (0, Duration::ZERO);
    let all = async {
        while let Some(held) = clients.join_next().await {
            longest = longest.max(held??);
            hung_up += 1;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(wait::LONG, all).await.context("slow clients keep their places")??;
    run.injected(Row::F11, "clients that send a byte now and then", began_us, false);
    report.bite("slow clients that were hung up on", hung_up, u64::try_from(CLIENTS)?);
    let longest = u64::try_from(longest.as_millis())?;
    report.aim("longest that one kept a place, ms", longest, HELD_MAX_MS);
    Ok(())
}

/// Sends so many bytes at once and the others one by one; gives how long it took until the other
/// side hung up.
async fn drip(address: SocketAddr, text: Vec<u8>, at_once: usize) -> anyhow::Result<Duration> {
    let stream = TcpStream::connect(address).await?;
    let begun = Instant::now();
    let (mut reading, mut writing) = stream.into_split();
    let (first, others) = text.split_at(at_once);
    let send = async {
        writing.write_all(first).await?;
        for byte in others.chunks(1) {
            writing.write_all(byte).await?;
            tokio::time::sleep(PAUSE).await;
        }
        std::io::Result::Ok(())
    };
    let mut answer = Vec::new();
    tokio::select! {
        // Whatever it says, and be it a reset: it is over.
        _ = reading.read_to_end(&mut answer) => Ok(begun.elapsed()),
        sent = send => match sent {
            Ok(()) => anyhow::bail!("all was taken"),
            Err(_) => Ok(begun.elapsed()),
        },
    }
}
