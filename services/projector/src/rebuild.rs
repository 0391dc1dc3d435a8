//! Making a read model anew beside the one that is read, and switching to it at once.

use std::sync::Arc;
use std::time::Duration;

use futures::{StreamExt as _, pin_mut};
use linli_domain::Position;
use linli_feed::Decoded;
use linli_readmodel::checkpoint::{self, Role};
use linli_readmodel::{Changes as _, Digest, GENERATION_KNOWN_MS, Generation, Projection};
use tokio::time::sleep;

use crate::batch::{REBUILD_STATEMENT_MAX, begin};
use crate::error::Fault;
use crate::fold::{
    Balances, Catalogue, Contributions, Directory, Fold, Orders, Rankings, Redemptions,
};
use crate::projectors::Settings;
use crate::runner::{Ground, Size, begin_generation};
use crate::track::{Applied, Track};

/// How far behind the new generation may be when the old one is made to wait for it: a part of a
/// second.
const SWITCH_RECORDS_MAX: u64 = 20_000;

/// How long rows that were switched away from are kept: twice as long as a reader may go on
/// reading them.
const RETIRED_KEPT: Duration = Duration::from_millis(GENERATION_KNOWN_MS * 2);

/// What came of a rebuild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The generation that is read from now on.
    pub generation: Generation,
    /// The position at which the two were compared and switched.
    pub position: Position,
    /// The digest over the rows that were made anew.
    pub built: Digest,
    /// The digest over the rows that were read so far; none if there were none of this form.
    pub live: Option<Digest>,
}

impl Report {
    /// Were the rows that were read so far what the log makes of itself? True as well if there
    /// was nothing to compare with.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.live.is_none_or(|live| live == self.built)
    }
}

/// Why a rebuild could not be finished. What was built stays, and the next one goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// A step failed.
    #[error("the read model could not be made anew")]
    Fault(#[from] Fault),
    /// The district's name is none that the domain knows.
    #[error("the district's name doesn't fit")]
    District(#[from] linli_domain::text::InvalidText),
    /// Somebody else works on the same generation.
    #[error("another rebuild of {0} is under way")]
    UnderWay(Projection),
}

/// Makes a projection anew from the log, beside the live one; compares both at the same position;
/// switches to the new one, whether they agree or not, since the log is the truth; and drops the
/// old rows. The projection goes on being read and moved on all the while, but for the time that
/// the comparison takes, in which it waits.
///
/// # Errors
///
/// [`RebuildError`].
pub async fn rebuild(settings: &Settings, projection: Projection) -> Result<Report, RebuildError> {
    let ground = settings.ground()?;
    let built = match projection {
        Projection::Directory => build::<Directory>(&ground).await,
        Projection::Contributions => build::<Contributions>(&ground).await,
        Projection::Balances => build::<Balances>(&ground).await,
        Projection::Rankings => build::<Rankings>(&ground).await,
        Projection::Catalogue => build::<Catalogue>(&ground).await,
        Projection::Redemptions => build::<Redemptions>(&ground).await,
        Projection::Orders => build::<Orders>(&ground).await,
    };
    built?.ok_or(RebuildError::UnderWay(projection))
}

/// Does it; `None` if somebody else is at it.
pub(crate) async fn build<F: Fold>(ground: &Ground) -> Result<Option<Report>, Fault> {
    let projection = F::Changes::PROJECTION;
    begin_generation(ground, projection, Role::Building).await?;
    let client = ground.pool.get().await?;
    let building = checkpoint::find(&client, &ground.code, projection, Role::Building).await?;
    drop(client);
    let Some(standing) = building else { return Ok(None) };
    let mut track = Track::<F>::open(&ground.pool, &ground.code, &standing, Role::Building).await?;
    loop {
        let client = ground.pool.get().await?;
        let live = checkpoint::find(&client, &ground.code, projection, Role::Live).await?;
        drop(client);
        let target = live.map_or(Position::START, |live| live.position);
        if target.0.saturating_sub(track.position().0) <= SWITCH_RECORDS_MAX {
            break;
        }
        if !catch_up(ground, &mut track, target).await? {
            return Ok(None);
        }
    }
    let report = switch(ground, &mut track).await?;
    if report.is_some() {
        sleep(RETIRED_KEPT).await;
        drop_retired(ground, projection).await?;
    }
    Ok(report)
}

/// Applies the log's frames up to `target`, where a frame ends. False if somebody else moved the
/// checkpoint.
async fn catch_up<F: Fold>(
    ground: &Ground,
    track: &mut Track<F>,
    target: Position,
) -> Result<bool, Fault> {
    let frames = ground.feed.reader().stream(ground.feed.district(), track.position().0);
    pin_mut!(frames);
    let mut batch: Vec<Arc<Decoded>> = Vec::new();
    let mut size = Size::default();
    while track.position() < target {
        let next = frames.next().await.transpose()?;
        let is_last = next.as_ref().is_none_or(|frame| frame.last >= target.0);
        let log_ends = next.is_none();
        if let Some(frame) = next.filter(|frame| frame.last <= target.0) {
            let frame = Arc::new(Decoded::of(&frame));
            size = size.with(&frame);
            batch.push(frame);
        }
        if !size.is_full() && !is_last {
            continue;
        }
        while !batch.is_empty() {
            match track.apply(&batch).await? {
                Applied::MovedByOthers => return Ok(false),
                Applied::Frames { frames, records: _ } => {
                    batch.drain(..frames.min(batch.len()));
                }
            }
        }
        size = Size::default();
        if is_last && track.position() < target {
            // The log was put back to before what the live rows are of, or is cut otherwise now.
            let found = if log_ends { track.position() } else { track.position().next() };
            return Err(Fault::Misplaced { expected: target, found });
        }
    }
    Ok(true)
}

/// Holds the live generation where it is, brings the new one there, compares, and switches.
async fn switch<F: Fold>(ground: &Ground, track: &mut Track<F>) -> Result<Option<Report>, Fault> {
    let projection = F::Changes::PROJECTION;
    let mut client = ground.pool.get().await?;
    let transaction = begin(&mut client, REBUILD_STATEMENT_MAX).await?;
    let held = checkpoint::hold(&transaction, &ground.code, projection).await?;
    let target = held.as_ref().map_or(track.position(), |live| live.position);
    if !catch_up(ground, track, target).await? {
        return Ok(None);
    }
    let generation = track.generation();
    let built = generation.digest(&transaction, &ground.code).await?;
    let live = match held {
        Some(held) if held.generation.form == projection.form() => {
            Some(held.generation.digest(&transaction, &ground.code).await?)
        }
        Some(_) | None => None,
    };
    let switched = checkpoint::switch(&transaction, &ground.code, generation).await;
    switched.map_err(|source| Fault::Generation(projection.name(), source))?;
    transaction.commit().await?;
    let report = Report { generation, position: track.position(), built, live };
    if report.agrees() {
        tracing::info!(%projection, position = report.position.0, "read model made anew");
    } else {
        tracing::error!(
            %projection, position = report.position.0, built = %report.built,
            "read model made anew: the rows so far were not what the log says"
        );
    }
    Ok(Some(report))
}

/// Drops the rows of generations that nobody reads any longer.
async fn drop_retired(ground: &Ground, projection: Projection) -> Result<(), Fault> {
    let fault = |source| Fault::Generation(projection.name(), source);
    let mut client = ground.pool.get().await?;
    let retired = checkpoint::all(&client, &ground.code, projection, Role::Retired).await?;
    for standing in retired {
        let transaction = begin(&mut client, REBUILD_STATEMENT_MAX).await?;
        standing.generation.clear(&transaction, &ground.code).await.map_err(fault)?;
        transaction.commit().await?;
    }
    Ok(())
}
