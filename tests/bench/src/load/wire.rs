//! HTTP/1.1 as a load needs it: prepared requests over a keep-alive connection, and no more of an
//! answer read than its status and where it ends. It costs a fraction of a client library, and
//! what it costs is the server's loss on the same cores.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Stands for an idempotency key that nobody has used: sixteen hexadecimal digits.
pub(crate) const KEY_MARK: &str = "#KEY############";

/// Stands for the instant when a minute begins that this request hasn't used; and the next mark
/// for when it ends.
pub(crate) const START_MARK: &str = "#START##############";
pub(crate) const END_MARK: &str = "#END################";

/// Headers that are looked at, at most; a server of ours sends a dozen.
const HEADERS_MAX: usize = 64;

/// Longest answer: a thousand receipts stay below a megabyte each thousand bytes.
const ANSWER_BYTES_MAX: usize = 16 << 20;

/// A request: `extra` are whole header lines. Its body may have marks, and so may the headers.
pub(crate) fn request(method: &str, path: &str, bearer: &str, extra: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {bearer}\r\n\
         Content-Type: application/json\r\n{extra}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A request with marks.
pub(super) struct Template {
    bytes: Vec<u8>,
    keys: Vec<usize>,
    starts: Vec<usize>,
    ends: Vec<usize>,
    minute: AtomicI64,
}

/// Where what is filled in comes from.
pub(super) struct Source {
    pub(super) next_key: AtomicU64,
    pub(super) claims_from_us: i64,
}

impl Template {
    pub(super) fn new(request: &str, first_minute: i64) -> Self {
        let places = |mark| request.match_indices(mark).map(|(at, _)| at).collect();
        Self {
            bytes: request.as_bytes().to_vec(),
            keys: places(KEY_MARK),
            starts: places(START_MARK),
            ends: places(END_MARK),
            minute: AtomicI64::new(first_minute),
        }
    }

    /// Writes the request into `buffer`, with marks filled in.
    pub(super) fn fill(&self, buffer: &mut Vec<u8>, source: &Source) -> anyhow::Result<()> {
        buffer.clear();
        buffer.extend_from_slice(&self.bytes);
        let count = self.keys.len() as u64;
        let first = source.next_key.fetch_add(count, Ordering::Relaxed);
        for (number, &at) in (first..).zip(&self.keys) {
            put(buffer, at, &hex(number));
        }
        if !self.starts.is_empty() {
            let minute = self.minute.fetch_add(1, Ordering::Relaxed);
            let (start, end) = (source.instant(minute)?, source.instant(minute + 1)?);
            self.starts.iter().for_each(|&at| put(buffer, at, start.as_bytes()));
            self.ends.iter().for_each(|&at| put(buffer, at, end.as_bytes()));
        }
        Ok(())
    }
}

impl Source {
    fn instant(&self, minute: i64) -> anyhow::Result<String> {
        let at = jiff::Timestamp::from_microsecond(self.claims_from_us + minute * 60_000_000)?;
        let text = format!("{at:.0}");
        anyhow::ensure!(text.len() == START_MARK.len(), "{text} doesn't fit its mark");
        Ok(text)
    }
}

fn put(buffer: &mut [u8], at: usize, text: &[u8]) {
    buffer[at..at + text.len()].copy_from_slice(text);
}

fn hex(number: u64) -> [u8; 16] {
    let digit = |place: usize| b"0123456789abcdef"[(number >> (60 - 4 * place)) as usize & 15];
    std::array::from_fn(digit)
}

/// How a request was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answered {
    Success,
    /// 429 or 503.
    ComeAgain,
}

/// A keep-alive connection.
pub(super) struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
    pub(super) write: Vec<u8>,
}

impl Wire {
    pub(super) async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("connecting to the server")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(16 << 10), write: Vec::new() })
    }

    /// Sends what stands in `write`, and reads the answer to its end.
    pub(super) async fn ask(&mut self) -> anyhow::Result<Answered> {
        self.stream.write_all(&self.write).await?;
        self.read.clear();
        let (status, whole) = loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the server closed a connection");
            }
            if let Some(head) = head(&self.read)? {
                break head;
            }
        };
        if whole > ANSWER_BYTES_MAX {
            bail!("an answer of {whole} bytes");
        }
        while self.read.len() < whole {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the server closed a connection within an answer");
            }
        }
        match status {
            200..=299 => Ok(Answered::Success),
            429 | 503 => Ok(Answered::ComeAgain),
            _ => bail!("answered {status}: {}", String::from_utf8_lossy(&self.read)),
        }
    }
}

/// Status and length of an answer, head included; none while its head isn't there.
fn head(read: &[u8]) -> anyhow::Result<Option<(u16, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut answer = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = answer.parse(read).context("an answer")? else {
        return Ok(None);
    };
    let named = |header: &&httparse::Header<'_>| header.name.eq_ignore_ascii_case("content-length");
    let body = answer.headers.iter().find(named).context("an answer without a length")?;
    let body: usize = std::str::from_utf8(body.value)?.trim().parse()?;
    Ok(Some((answer.code.context("an answer without a status")?, length + body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_filled_in_place() {
        let body = format!(r#"{{"key":"{KEY_MARK}","from":"{START_MARK}","to":"{END_MARK}"}}"#);
        let extra = format!("Idempotency-Key: {KEY_MARK}\r\n");
        let text = request("POST", "/v1/x", "secret", &extra, &body);
        let template = Template::new(&text, 3);
        let source = Source { next_key: AtomicU64::new(255), claims_from_us: 0 };
        let mut buffer = Vec::new();
        template.fill(&mut buffer, &source).unwrap();
        let filled = String::from_utf8(buffer.clone()).unwrap();
        assert_eq!(filled.len(), text.len());
        assert!(filled.contains("Idempotency-Key: 00000000000000ff\r\n"), "{filled}");
        let body = r#"{"key":"0000000000000100","from":"1970-01-01T00:03:00Z","to":"1970-01-01T00:04:00Z"}"#;
        assert!(filled.ends_with(body), "{filled}");
        template.fill(&mut buffer, &source).unwrap();
        let filled = String::from_utf8(buffer).unwrap();
        assert!(filled.contains("0000000000000102") && filled.contains("00:04:00Z"), "{filled}");
    }

    #[test]
    fn an_answer_ends_where_it_says() {
        let text = b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\nx: y\r\n\r\nhello";
        assert_eq!(head(text).unwrap(), Some((201, text.len())));
        assert_eq!(head(&text[..30]).unwrap(), None);
        assert!(head(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
        assert!(head(b"nonsense\r\n\r\n").is_err());
    }
}
