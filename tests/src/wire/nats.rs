//! The protocol of NATS, as far as it is needed to tell one delivered message from the next.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::link::{End, Link};
use super::{Way, lock, plain};

/// Messages read and not yet passed on.
const READ_MAX: usize = 64;

/// Where there is no disorder nothing waits; this long for its end.
const QUIET: Duration = Duration::from_millis(30);

/// Carries until one closes or a cut is made.
pub(super) async fn carry(
    client: &mut TcpStream,
    server: &mut TcpStream,
    link: &Link,
) -> std::io::Result<End> {
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let (read, messages) = mpsc::channel(READ_MAX);
    tokio::select! {
        end = plain::pump(from_client, to_server, link, Way::Request) => end,
        end = take(from_server, read) => end,
        end = give(messages, to_client, link) => end,
    }
}

/// A message of the server, and whether it delivers a frame.
struct Message {
    bytes: Vec<u8>,
    is_frame: bool,
}

/// Reads message by message.
async fn take(from: ReadHalf<'_>, read: mpsc::Sender<Message>) -> std::io::Result<End> {
    let mut from = BufReader::new(from);
    loop {
        let mut bytes = Vec::new();
        if from.read_until(b'\n', &mut bytes).await? == 0 {
            return Ok(End::Closed);
        }
        let line = String::from_utf8_lossy(&bytes).into_owned();
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let has_payload = matches!(words.first(), Some(&"MSG" | &"HMSG"));
        let is_frame = has_payload && words.get(1).is_some_and(|name| name.ends_with(".frame"));
        if let (true, Some(size)) = (has_payload, words.last()) {
            let size: usize = size.parse().map_err(std::io::Error::other)?;
            let head = bytes.len();
            // The payload ends with a line of its own.
            bytes.resize(head + size + 2, 0);
            from.read_exact(&mut bytes[head..]).await?;
        }
        if read.send(Message { bytes, is_frame }).await.is_err() {
            return Ok(End::Closed);
        }
    }
}

/// Passes messages on, frames in disorder if that is wished.
async fn give(
    mut messages: mpsc::Receiver<Message>,
    mut to: WriteHalf<'_>,
    link: &Link,
) -> std::io::Result<End> {
    let mut window: Vec<(u64, Vec<u8>)> = Vec::new();
    let (mut arrived, mut highest) = (0, 0);
    loop {
        let next = timeout(quiet(link), messages.recv()).await;
        let is_quiet = next.is_err();
        let mut ready: Vec<Vec<u8>> = Vec::new();
        match next {
            Ok(None) => return Ok(End::Closed),
            Ok(Some(message)) if !message.is_frame => ready.push(message.bytes),
            Ok(Some(message)) => {
                arrived += 1;
                window.extend(copies(link, arrived, message.bytes));
                let waits = u64::try_from(window.len()).unwrap_or(0);
                link.shared.bite(|bitten| bitten.waited = bitten.waited.max(waits));
            }
            Err(_quiet) => {}
        }
        let most = if is_quiet { 0 } else { held_max(link) };
        while window.len() > most {
            let (number, bytes) = window.swap_remove(pick(link, window.len()));
            if number < highest {
                link.shared.bite(|bitten| bitten.overtaken += 1);
            }
            highest = highest.max(number);
            ready.push(bytes);
        }
        for bytes in ready {
            if let Some(cut) = link.pass(Way::Reply, &bytes, &mut to).await? {
                return Ok(End::Cut(cut));
            }
        }
    }
}

/// A frame as often as it is to come.
fn copies(link: &Link, number: u64, bytes: Vec<u8>) -> Vec<(u64, Vec<u8>)> {
    let mut disorder = lock(&link.shared.disorder);
    let more = disorder.as_mut().map_or(0, |(wish, chance)| chance.below(wish.copies_max));
    link.shared.bite(|bitten| bitten.copies += u64::try_from(more).unwrap_or(0));
    vec![(number, bytes); more + 1]
}

fn quiet(link: &Link) -> Duration {
    lock(&link.shared.disorder).as_ref().map_or(QUIET, |(wish, _)| wish.quiet)
}

fn held_max(link: &Link) -> usize {
    lock(&link.shared.disorder).as_ref().map_or(0, |(wish, _)| wish.window)
}

/// Which of so many comes next: the oldest, where there is no disorder.
fn pick(link: &Link, waiting: usize) -> usize {
    lock(&link.shared.disorder).as_mut().map_or(0, |(_, chance)| chance.below(waiting))
}
