//! PostgreSQL's protocol, as far as it is needed to see where the append of a frame begins and
//! ends (version 3: a type, a length, the rest; the first message has no type).

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite};
use tokio::net::TcpStream;

use super::Way;
use super::link::{End, Link};

/// Longest message: a page of frames with all headers is shorter.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// What a refusal says that was planted by a test.
pub(super) const PLANTED: &[u8] = b"planted";

/// `CommandComplete`: a row was inserted.
const INSERTED: &[u8] = b"C\0\0\0\x0fINSERT 0 1\0";

/// Carries until one closes or a cut is made.
pub(super) async fn carry(
    client: &mut TcpStream,
    server: &mut TcpStream,
    link: &Link,
) -> std::io::Result<End> {
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    tokio::select! {
        end = requests(from_client, to_server, link) => end,
        end = replies(from_server, to_client, link) => end,
    }
}

async fn requests(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    link: &Link,
) -> std::io::Result<End> {
    let startup = message(&mut from, 0).await?;
    if let Some(cut) = link.pass(Way::Request, &startup, &mut to).await? {
        return Ok(End::Cut(cut));
    }
    let mut appends: BTreeSet<Vec<u8>> = BTreeSet::new();
    loop {
        let message = message(&mut from, 1).await?;
        match message.first() {
            // Parse: the statement's name, and its text.
            Some(b'P') => {
                let (name, rest) = text(&message[5..]);
                let (sql, _) = text(rest);
                let sql = String::from_utf8_lossy(sql);
                if sql.contains("INSERT INTO log.frame") {
                    appends.insert(name.to_vec());
                }
            }
            // Bind: the portal's name, and the statement's.
            Some(b'B') => {
                let (_, rest) = text(&message[5..]);
                let (name, _) = text(rest);
                if appends.contains(name) {
                    link.mark();
                }
            }
            _ => {}
        }
        if let Some(cut) = link.pass(Way::Request, &message, &mut to).await? {
            return Ok(End::Cut(cut));
        }
    }
}

async fn replies(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    link: &Link,
) -> std::io::Result<End> {
    loop {
        let mut message = message(&mut from, 1).await?;
        let is_refusal = message.first() == Some(&b'E')
            && message.windows(PLANTED.len()).any(|words| words == PLANTED);
        if is_refusal && link.shared.lies.load(Ordering::Relaxed) {
            link.shared.bite(|bitten| bitten.lies += 1);
            message = INSERTED.to_vec();
        }
        if let Some(cut) = link.pass(Way::Reply, &message, &mut to).await? {
            return Ok(End::Cut(cut));
        }
        // ReadyForQuery.
        if message.first() == Some(&b'Z') {
            link.exchanged();
        }
    }
}

/// A whole message, with so many bytes before its length.
async fn message(from: &mut (impl AsyncRead + Unpin), before: usize) -> std::io::Result<Vec<u8>> {
    let mut message = vec![0; before + 4];
    from.read_exact(&mut message).await?;
    let length = message[before..].first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
    let whole = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(before);
    if whole < message.len() || whole > MESSAGE_BYTES_MAX {
        return Err(std::io::Error::other("not PostgreSQL's protocol"));
    }
    let head = message.len();
    message.resize(whole, 0);
    from.read_exact(&mut message[head..]).await?;
    Ok(message)
}

/// A text that ends with a zero, and what follows it.
fn text(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
}
