//! Bytes.

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite};
use tokio::net::TcpStream;

use super::Way;
use super::link::{End, Link};

/// What is carried at once.
const CHUNK_BYTES: usize = 16 * 1024;

/// Carries until one closes or a cut is made.
pub(super) async fn carry(
    client: &mut TcpStream,
    server: &mut TcpStream,
    link: &Link,
) -> std::io::Result<End> {
    link.mark();
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    tokio::select! {
        end = pump(from_client, to_server, link, Way::Request) => end,
        end = pump(from_server, to_client, link, Way::Reply) => end,
    }
}

/// Carries one way.
pub(super) async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    link: &Link,
    way: Way,
) -> std::io::Result<End> {
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let bytes = from.read(&mut chunk).await?;
        if bytes == 0 {
            return Ok(End::Closed);
        }
        if let Some(cut) = link.pass(way, &chunk[..bytes], &mut to).await? {
            return Ok(End::Cut(cut));
        }
    }
}
