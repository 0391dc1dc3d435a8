//! F13: poison on the stream, where anybody who reaches NATS could put it, and in the log, where a
//! newer version could.

use std::time::Duration;

use anyhow::Context as _;
use async_nats::HeaderMap;
use linli_log::{BodyBuilder, Frame, Frontier};
use serde_json::Value;

use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run};
use crate::{Ask, DISTRICT, Http, evidence, free_address, postgres, wait};

/// The database of the log with poison in it.
const POISONED: &str = "poisoned";

/// So many frames of the log stand before the poison.
const FRAMES: usize = 20;

/// Poison is noticed within this: the relay looks at the stream every four seconds.
const NOTICED_MAX: Duration = Duration::from_secs(60);

/// A record of a form that nobody knows: field 1 (`format`) is 99, and field 15 is a text.
const STRANGER: &[u8] = b"\x08\x63\x7a\x06poison";

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let rebuilds = "linli_log_relay_rebuilds_total";
    let mut noticed = 0;
    for (what, headers, body) in poisons() {
        run.note_head().await?;
        let (before, began_us) = (run.tally().await?, run.now_us());
        publish(run, headers, body).await?;
        let thrown = async || {
            let tally = run.tally().await.ok()?;
            (tally.since(&before, rebuilds) > 0).then_some(())
        };
        wait::until(&format!("{what} is noticed"), NOTICED_MAX, thrown).await?;
        noticed += 1;
        run.traffic.flows(FLOWING).await?;
        run.injected(Row::F13, what, began_us, false);
    }
    report.bite("streams thrown away for poison", noticed, 4);
    let began_us = run.now_us();
    let stopped = in_the_log(run).await.context("poison in the log")?;
    run.injected(Row::F13, "a record of an unknown form in (a copy of) the log", began_us, false);
    let all = u64::try_from(linli_readmodel::Projection::ALL.len())?;
    report.bite("projections that stopped before it, loudly", stopped, all);
    Ok(())
}

/// Messages that may not be on the stream.
fn poisons() -> [(&'static str, HeaderMap, Vec<u8>); 4] {
    let headers = |pairs: &[(&str, &str)]| {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, *value);
        }
        headers
    };
    let zeros = "0".repeat(64);
    let like_a_frame = headers(&[
        ("Linli-First", "1"),
        ("Linli-Last", "1"),
        ("Linli-Recorded-At", "0"),
        ("Linli-Previous-Root", &zeros),
        ("Linli-Root", &zeros),
    ]);
    [
        ("garbage on the stream", HeaderMap::new(), b"{not a frame".to_vec()),
        ("nothing on the stream", HeaderMap::new(), Vec::new()),
        ("a frame of another history on the stream", like_a_frame.clone(), STRANGER.to_vec()),
        ("a long message on the stream", like_a_frame, vec![0x0a; 512 * 1024]),
    ]
}

/// Puts it on the stream. There may be none for a moment, where it was thrown away before.
async fn publish(run: &Run, headers: HeaderMap, body: Vec<u8>) -> anyhow::Result<()> {
    let client = async_nats::connect(run.fleet.stack.nats_url()).await?;
    let stream = async_nats::jetstream::new(client);
    let subject = format!("linli.{DISTRICT}.frame");
    let taken = async || {
        let (headers, body) = (headers.clone(), body.clone().into());
        let sent = stream.publish_with_headers(subject.clone(), headers, body).await.ok()?;
        sent.await.ok()
    };
    wait::until("the stream takes poison", NOTICED_MAX, taken).await.map(|_| ())
}

/// Copies the beginning of the log into a database of its own, appends a frame that nobody can
/// read, and starts a projector and a gateway on it: the projector has to stop before it, and say
/// so; what stands before it has to be shown. Gives how many projections stopped.
async fn in_the_log(run: &Run) -> anyhow::Result<u64> {
    let url = run.fleet.stack.create_database(POISONED).await?;
    let (binary, district) = (run.fleet.binary(), ["--district", DISTRICT]);
    let place = [&["--database-url", url.as_str()][..], &district].concat();
    let output = binary.run(&[&["migrate"][..], &place].concat()).await?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let last = poison(run, &url).await?;
    let folder = tempfile::TempDir::new()?;
    let mut fleet = Vec::new();
    let mut addresses = Vec::new();
    for part in ["projector", "gateway"] {
        let address = free_address()?;
        let bind = address.to_string();
        // Without the stream, which is another log's.
        let args = [&["serve", part, "--bind", bind.as_str()][..], &place].concat();
        let args = [&args[..], &["--nats-url", "nats://127.0.0.1:1"]].concat();
        fleet.push(binary.spawn(&args, &folder.path().join(format!("{part}.log")))?);
        addresses.push(address);
    }
    let http = Http::new(&format!("http://{}", addresses[1]));
    let ask = Ask::get("/readyz");
    let all_stopped = async || {
        let models: Value = http.send(&ask).await.ok()?.json().ok()?;
        let models = models["districts"][0]["read_models"].as_array()?.clone();
        let stopped = models.iter().filter(|model| model["stopped"].is_string()).count();
        (stopped == linli_readmodel::Projection::ALL.len()).then_some(models)
    };
    let models = wait::until("the projections stop", wait::LONG, all_stopped)
        .await
        .with_context(|| fleet[0].last_words())?;
    for model in &models {
        let position = model["position"].as_u64();
        anyhow::ensure!(position == Some(last), "stopped elsewhere than before it: {model}");
    }
    for process in &mut fleet {
        process.still_runs()?;
        process.stop().await?;
    }
    Ok(u64::try_from(models.len())?)
}

/// Fills the database with the first frames of the log and one that nobody can read; gives the
/// last position before that one.
async fn poison(run: &Run, url: &str) -> anyhow::Result<u64> {
    let frames = evidence::frames(&*run.database().await?, DISTRICT).await?;
    let database = postgres::connect(url).await?;
    let mut tree = Frontier::new();
    let mut recorded_at = 0;
    for frame in frames.iter().take(FRAMES) {
        recorded_at = frame.recorded_at_us;
        let body = frame.body.clone().into();
        insert(&database, &Frame::seal(&mut tree, frame.recorded_at_us, body)?).await?;
    }
    let last = tree.size();
    let mut body = BodyBuilder::new();
    body.push(STRANGER)?;
    insert(&database, &Frame::seal(&mut tree, recorded_at, body.take())?).await?;
    Ok(last)
}

async fn insert(database: &postgres::Connection, frame: &Frame) -> anyhow::Result<()> {
    let sql = "INSERT INTO log.frame \
        (district, first, last, recorded_at_us, previous_root, root, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (first, last) = (i64::try_from(frame.first)?, i64::try_from(frame.last)?);
    let (previous, root) = (frame.previous_root.as_bytes(), frame.root.as_bytes());
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 7] = [
        &DISTRICT,
        &first,
        &last,
        &frame.recorded_at,
        &previous.as_slice(),
        &root.as_slice(),
        &&*frame.body,
    ];
    database.execute(sql, &values).await?;
    Ok(())
}
