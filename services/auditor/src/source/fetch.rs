//! Files over HTTP, in the clear or over TLS: small, in time, and from where they were asked for.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::header::{AUTHORIZATION, HeaderValue, InvalidHeaderValue};
use hyper::http::uri::InvalidUri;
use hyper::{Request, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as SendError};
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::AuditError;

/// Longest wait for one file.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// Longest wait for a connection.
const CONNECT_MAX: Duration = Duration::from_secs(5);

/// Longest file: a full bundle of 256 records, each of 65,535 bytes with its length.
const FILE_BYTES_MAX: usize = 256 * (65_535 + 2);

/// Why a file was not had.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is none.
    #[error("this is no address")]
    Address(#[from] InvalidUri),
    /// The key can't stand in a header.
    #[error("this is no key")]
    Key(#[from] InvalidHeaderValue),
    /// The request could not be made of them.
    #[error("this can't be asked")]
    Request(#[from] hyper::http::Error),
    /// No connection, or it broke, or the server is not who it should be.
    #[error("the server can't be reached, or is not believed")]
    Send(#[from] SendError),
    /// The answer broke off, or is longer than any file of a log.
    #[error("the answer broke off, or is too long")]
    Body(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server says no. A redirect is one, too: nobody is followed elsewhere.
    #[error("the server says {0}")]
    Status(StatusCode),
    /// No answer in time.
    #[error("no answer within {} s", ANSWER_MAX.as_secs())]
    Late,
}

impl FetchError {
    /// May it be otherwise in a moment?
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Address(_) | Self::Key(_) | Self::Request(_) => false,
            Self::Status(status) => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            // A server that is not believed now won't be in a second.
            Self::Send(error) => !is_disbelieved(error),
            Self::Body(_) | Self::Late => true,
        }
    }
}

/// Does the cause of it lie in a certificate?
fn is_disbelieved(error: &SendError) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(found) = cause {
        let tls = found.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let tls = tls.and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            return true;
        }
        cause = found.source();
    }
    false
}

/// A file, if there is one.
pub(super) type Asked = Result<Option<Bytes>, FetchError>;

/// Fetches files.
#[derive(Clone, Debug)]
pub(super) struct Fetcher(Client<HttpsConnector<HttpConnector>, Empty<Bytes>>);

impl Fetcher {
    /// Believes the authorities that the system believes, and those in the file.
    pub(super) fn new(ca: Option<&Path>) -> Result<Self, AuditError> {
        let mut roots = RootCertStore::empty();
        // A system without any is one that can ask only by http, or with a file.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = ca {
            let certificates = CertificateDer::pem_file_iter(path)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| AuditError::Certificates {
                    path: path.into(),
                    source: error.into(),
                })?;
            let (added, _) = roots.add_parsable_certificates(certificates);
            if added == 0 {
                let source = "there is no certificate in it".into();
                return Err(AuditError::Certificates { path: path.into(), source });
            }
        }
        let config =
            ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .map_err(|error| AuditError::Certificates {
                    path: "TLS".into(),
                    source: error.into(),
                })?
                .with_root_certificates(roots)
                .with_no_client_auth();
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT_MAX));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// The file at an address; none where there is none.
    pub(super) async fn get(&self, url: &str, key: Option<&str>) -> Asked {
        tokio::time::timeout(ANSWER_MAX, self.ask(url, key)).await.unwrap_or(Err(FetchError::Late))
    }

    async fn ask(&self, url: &str, key: Option<&str>) -> Asked {
        let mut ask = Request::get(url.parse::<Uri>()?);
        if let Some(key) = key {
            let mut bearer = HeaderValue::from_str(&format!("Bearer {key}"))?;
            bearer.set_sensitive(true);
            ask = ask.header(AUTHORIZATION, bearer);
        }
        let answer = self.0.request(ask.body(Empty::new())?).await?;
        match answer.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_success() => {
                let body = Limited::new(answer.into_body(), FILE_BYTES_MAX).collect().await;
                Ok(Some(body.map_err(FetchError::Body)?.to_bytes()))
            }
            status => Err(FetchError::Status(status)),
        }
    }
}
