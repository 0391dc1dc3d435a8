//! The way most people would build it: one SQL transaction a request, behind the same HTTP server,
//! on the same PostgreSQL, with the same durability.
//!
//! It does what a sale needs and nothing more: a key that holds for good, a balance that can't go
//! below zero, stock that can't either, and an event. It has no lots, no postings and no proofs.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::serve::ListenerExt as _;
use axum::{Json, Router};
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_postgres::NoTls;
use tokio_util::sync::CancellationToken;

use super::{keyed, request};
use crate::ground::{Database, Ground};

/// Connections to PostgreSQL. More don't help on two cores; fewer do harm.
const CONNECTIONS: usize = 32;

/// A sale, as a caller wishes it.
#[derive(Deserialize)]
struct Sale {
    account: i64,
    hundredths: i64,
}

/// What it left.
#[derive(Serialize)]
struct Receipt {
    event: i64,
    balance_hundredths: i64,
}

const TABLES: &str = "
    CREATE TABLE account (id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0));
    CREATE TABLE event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL UNIQUE,
        account bigint NOT NULL,
        amount bigint NOT NULL,
        body jsonb NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
    );
";

/// The server, with rich accounts.
pub(crate) struct SqlWay {
    pub(crate) address: SocketAddr,
    pub(crate) database: Database,
    accounts: usize,
    stop: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl SqlWay {
    pub(crate) async fn start(ground: &Ground, accounts: usize) -> anyhow::Result<Self> {
        let database = ground.database("sql").await?;
        let stop = CancellationToken::new();
        let (address, task) = serve(&database.url, i64::try_from(accounts)?, stop.clone()).await?;
        Ok(Self { address, database, accounts, stop, task })
    }

    /// Sales, each to another account in turn.
    pub(crate) fn sales(&self) -> Vec<String> {
        let body = |n| format!(r#"{{"account":{n},"hundredths":1}}"#);
        let sale = |n| request("POST", "/sales", "nobody", &keyed(), &body(n));
        (0..self.accounts).map(sale).collect()
    }

    pub(crate) async fn stop(self) -> anyhow::Result<Database> {
        self.stop.cancel();
        self.task.await??;
        Ok(self.database)
    }
}

/// Serves so many accounts until told to stop.
async fn serve(
    url: &str,
    accounts: i64,
    stop: CancellationToken,
) -> anyhow::Result<(SocketAddr, JoinHandle<std::io::Result<()>>)> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(url.parse()?, NoTls, recycling);
    let pool = Pool::builder(manager).max_size(CONNECTIONS).build()?;
    let client = pool.get().await.context("connecting to PostgreSQL")?;
    client.batch_execute(TABLES).await?;
    let fill = "INSERT INTO account SELECT n, 1000000000 FROM generate_series(0, $1::bigint) n";
    client.execute(fill, &[&(accounts - 1)]).await?;
    let router = Router::new().route("/sales", post(sell)).with_state(Arc::new(pool));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    // As Linli's gateway has it.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(async move { stop.cancelled().await });
    Ok((address, tokio::spawn(serving.into_future())))
}

async fn sell(
    State(pool): State<Arc<Pool>>,
    headers: HeaderMap,
    Json(sale): Json<Sale>,
) -> Result<Json<Receipt>, (StatusCode, String)> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    let fault =
        |error: &dyn std::fmt::Display| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
    let mut client = pool.get().await.map_err(|error| fault(&error))?;
    match transaction(&mut client, key, &sale).await {
        Ok(Some(receipt)) => Ok(Json(receipt)),
        Ok(None) => Err((StatusCode::CONFLICT, "too few points".to_owned())),
        Err(error) => Err(fault(&error)),
    }
}

async fn transaction(
    client: &mut deadpool_postgres::Client,
    key: &str,
    sale: &Sale,
) -> Result<Option<Receipt>, tokio_postgres::Error> {
    let update = "UPDATE account SET balance = balance - $2 WHERE id = $1 AND balance >= $2 RETURNING balance";
    let insert = "INSERT INTO event (key, account, amount, body)
                  VALUES ($1, $2, $3, jsonb_build_object('sold', $3::bigint)) RETURNING id";
    let update = client.prepare_cached(update).await?;
    let insert = client.prepare_cached(insert).await?;
    let transaction = client.transaction().await?;
    let Some(row) = transaction.query_opt(&update, &[&sale.account, &sale.hundredths]).await?
    else {
        return Ok(None);
    };
    let event = transaction.query_one(&insert, &[&key, &sale.account, &sale.hundredths]).await?;
    transaction.commit().await?;
    Ok(Some(Receipt { event: event.get(0), balance_hundredths: row.get(0) }))
}
