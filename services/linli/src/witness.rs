//! `linli witness`: somebody else's eyes on a log.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use linli_notary::{Refused, Seen, TrustedKeys, Witness, WitnessKey};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::cli::proof::WitnessCommand;
use crate::{seal, secret, stop};

/// Longest question: a proof of 63 hashes and a note with some signatures.
const QUESTION_BYTES_MAX: usize = 64 * 1024;

/// What a size is told as (C2SP tlog-witness).
const SIZE_TYPE: &str = "text/x.tlog.size";

pub(crate) async fn run(command: WitnessCommand) -> anyhow::Result<ExitCode> {
    match command {
        WitnessCommand::NewKey { name, out } => {
            let pair = WitnessKey::generate(&name, &rand::random())?;
            seal::write(&pair, &out)?;
        }
        WitnessCommand::Serve { key, logs, data, bind } => {
            let key = WitnessKey::parse(&secret::read(&key)?).context("the witness's key")?;
            let keys = std::fs::read_to_string(&logs)
                .with_context(|| format!("reading {}", logs.display()))?;
            let keys = TrustedKeys::parse(&keys)
                .with_context(|| format!("the logs' keys in {}", logs.display()))?;
            let seen = Seen::open(&data)
                .with_context(|| format!("what was seen, in {}", data.display()))?;
            let listener =
                TcpListener::bind(bind).await.with_context(|| format!("listening on {bind}"))?;
            let stop = stop::on_signal()?;
            let witness = Witness::new(key, keys, seen);
            eprintln!("bearing witness on http://{}", listener.local_addr()?);
            println!("{}@http://{}", witness.public_key(), listener.local_addr()?);
            serve(witness, listener, stop).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers until told to stop.
async fn serve(
    witness: Witness,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let router = Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/key", get(key))
        .route("/healthz", get(|| async { "alive" }))
        .layer(DefaultBodyLimit::max(QUESTION_BYTES_MAX))
        .with_state(Arc::new(witness));
    let until = async move { stop.cancelled().await };
    axum::serve(listener, router).with_graceful_shutdown(until).await.context("serving HTTP")
}

async fn key(State(witness): State<Arc<Witness>>) -> String {
    format!("{}\n", witness.public_key())
}

async fn add_checkpoint(State(witness): State<Arc<Witness>>, body: String) -> Response {
    let now = jiff::Timestamp::now().as_second();
    let now = u64::try_from(now).unwrap_or_default();
    // It writes to the disk before it answers.
    let answered = tokio::task::spawn_blocking(move || witness.add_checkpoint(&body, now)).await;
    match answered {
        Ok(Ok(lines)) => lines.into_response(),
        Ok(Err(refused)) => refusal(&refused),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refusal(refused: &Refused) -> Response {
    let status = match refused {
        Refused::Malformed => StatusCode::BAD_REQUEST,
        Refused::UnknownLog => StatusCode::NOT_FOUND,
        Refused::Signature(_) => StatusCode::FORBIDDEN,
        Refused::Size { .. } | Refused::Root { .. } => StatusCode::CONFLICT,
        Refused::Proof { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Refused::Kept(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    tracing::warn!(%status, reason = %refused, "a checkpoint is not cosigned");
    match refused {
        Refused::Size { size } | Refused::Root { size } => {
            (status, [(CONTENT_TYPE, SIZE_TYPE)], format!("{size}\n")).into_response()
        }
        Refused::Malformed
        | Refused::UnknownLog
        | Refused::Signature(_)
        | Refused::Proof { .. }
        | Refused::Kept(_) => (status, format!("{refused}\n")).into_response(),
    }
}
