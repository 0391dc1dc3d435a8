//! The files of a log behind a static server that speaks TLS, with a certificate of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Serves a folder until it is dropped.
pub(crate) struct StaticServer {
    pub(crate) url: String,
    /// Its certificate (PEM): nobody has signed it but itself.
    pub(crate) certificate: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl StaticServer {
    pub(crate) async fn of(folder: &Path) -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key.into())
            .unwrap();
        let (acceptor, folder) = (TlsAcceptor::from(Arc::new(config)), folder.to_owned());
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let task = tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let (acceptor, folder) = (acceptor.clone(), folder.clone());
                tokio::spawn(async move {
                    // Who doesn't believe the certificate leaves here.
                    let Ok(stream) = acceptor.accept(socket).await else { return };
                    let _ = answer(stream, folder).await;
                });
            }
        });
        Self { url, certificate: cert.pem(), task }
    }
}

/// Answers requests one after the other, as the least of servers would.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    folder: PathBuf,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut asked, mut line) = (String::new(), String::new());
        stream.read_line(&mut asked).await?;
        let Some(path) = asked.split(' ').nth(1) else { return Ok(()) };
        while stream.read_line(&mut line).await? > 2 {
            line.clear();
        }
        let found = tokio::fs::read(folder.join(path.trim_start_matches('/'))).await;
        let (status, body) = match (path, found) {
            ("/elsewhere/checkpoint", _) => ("302 Found\r\nLocation: /checkpoint", Vec::new()),
            (_, Ok(body)) => ("200 OK", body),
            (_, Err(_)) => ("404 Not Found", Vec::new()),
        };
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&body).await?;
        stream.flush().await?;
    }
}
