//! The task that keeps ranks: takes frames, and has ladders filled.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::{BoxFuture, OptionFuture};
use linli_domain::Record;
use linli_domain::time::{Period, Window};
use linli_feed::Decoded;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use crate::fault::Fault;
use crate::ranks::{Inner, Ranks};
use crate::seat::{State, Which};

/// Records that are applied while questions wait: below a millisecond even with many ladders.
const SLICE_RECORDS: usize = 64;

/// How often ladders that nobody asks for are looked for, and sizes told.
const SWEEP: Duration = Duration::from_secs(10);

/// The first pause after a fault.
const PAUSE_FIRST: Duration = Duration::from_millis(50);

/// The longest pause: reading a million who are shown takes a second, so this is 3 % of it.
const PAUSE_LONGEST: Duration = Duration::from_secs(30);

/// Whoever went well for so long begins with a short pause again.
const WENT_WELL: Duration = Duration::from_secs(60);

impl Ranks {
    /// Keeps ranks until it is cancelled. A fault is told; memory then knows nothing until it was
    /// made anew from the rows. Of several at once for the same `Ranks`, one works.
    pub async fn run(&self, cancel: CancellationToken) {
        let mut wishes = self.0.wishes.lock().await;
        let mut pause = PAUSE_FIRST;
        loop {
            let begun = Instant::now();
            let fault = tokio::select! {
                () = cancel.cancelled() => break,
                fault = session(&self.0, &mut wishes) => fault,
            };
            self.0.set(None);
            self.0.tell_ladders();
            if begun.elapsed() > WENT_WELL {
                pause = PAUSE_FIRST;
            }
            self.0.tell_fault(&fault);
            tokio::select! {
                () = cancel.cancelled() => break,
                () = sleep(pause) => {}
            }
            pause = pause.saturating_mul(2).min(PAUSE_LONGEST);
        }
        self.0.set(None);
    }
}

impl Inner {
    fn tell_fault(&self, fault: &Fault) {
        let district = self.settings.reader.district().as_str();
        let error: &dyn std::error::Error = fault;
        if fault.is_transient() {
            tracing::debug!(district, error, "ranks wait for their rows");
        } else {
            self.gauges.faults.inc();
            tracing::error!(district, error, "ranks in memory are given up and made anew");
        }
    }
}

/// From the rows on, until something is in the way.
async fn session(inner: &Arc<Inner>, wishes: &mut mpsc::Receiver<Which>) -> Fault {
    match follow(inner, wishes).await {
        Ok(never) => match never {},
        Err(fault) => fault,
    }
}

async fn follow(
    inner: &Arc<Inner>,
    wishes: &mut mpsc::Receiver<Which>,
) -> Result<std::convert::Infallible, Fault> {
    let (ground, (position, root)) = inner.ground().await?;
    let usual = ground.district().filter(|_| ground.shows_anybody());
    let mut frames = inner.settings.feed.subscribe("ranks", position.0, root);
    inner.set(Some(State { ground, ..State::default() }));
    // What is asked for when nothing is told.
    if let Some(district) = usual {
        inner.want((district, Period { window: Window::AllTime, index: 0 }));
    }
    let mut sweep = interval(SWEEP);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut filling: Option<BoxFuture<'_, Result<(), Fault>>> = None;
    loop {
        tokio::select! {
            frame = frames.next() => apply(inner, frame?.as_ref())?,
            Some(filled) = OptionFuture::from(filling.as_mut()) => {
                filling = None;
                filled?;
                inner.tell_ladders();
            }
            Some(which) = wishes.recv(), if filling.is_none() => {
                filling = Some(inner.fill(which).boxed());
            }
            _ = sweep.tick() => {
                if let Some(state) = inner.write().as_mut() {
                    state.sweep(&inner.settings.room, inner.now_s());
                }
                inner.tell_ladders();
            }
        }
    }
}

/// Applies a frame, and lets questions in between.
fn apply(inner: &Inner, frame: &Decoded) -> Result<(), Fault> {
    let records = frame.records().map_err(|why| Fault::Frame(why.clone()))?;
    for slice in records.chunks(SLICE_RECORDS) {
        let mut state = inner.write();
        let Some(state) = state.as_mut() else { continue };
        slice.iter().try_for_each(|record| apply_one(state, record))?;
    }
    inner.tell(records.last().map(|record| record.position));
    Ok(())
}

fn apply_one(state: &mut State, record: &Record) -> Result<(), Fault> {
    let position = record.position;
    state.apply(record).map_err(|source| Fault::Record { position, source })
}
