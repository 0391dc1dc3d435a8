//! The door to the read models: a [`Reader`] knows which generation is live and how far it is.
//! The queries are beside their tables, as further methods of it.

mod query;
mod wait;

pub use wait::WaitError;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use linli_domain::Position;
use linli_domain::text::Code;
use linli_domain::time::Timestamp;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::error::{ReadError, RowError};
use crate::generation::Generation;
use crate::projection::Projection;
use crate::table::cell;

/// How long a reader may go on reading a generation after another was switched to. Whoever
/// retires a generation waits longer than this before dropping it.
pub const GENERATION_KNOWN_MS: u64 = 1_000;

/// Reads one district's read models. Cheap to clone; clones share what they know.
#[derive(Clone)]
pub struct Reader(Arc<Inner>);

struct Inner {
    pool: Pool,
    district: Code,
    seats: [Seat; Projection::ALL.len()],
}

/// What is known of one projection.
#[derive(Default)]
struct Seat {
    live: Mutex<Option<(Generation, Instant)>>,
    reached: watch::Sender<Reached>,
    turn: tokio::sync::Mutex<()>,
}

/// Where a checkpoint was when it was last looked at, and when that was.
#[derive(Clone, Copy, Default)]
struct Reached {
    position: Position,
    looked_at: Option<Instant>,
}

/// How a generation of a projection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Of which projection, and which one.
    pub generation: Generation,
    /// Its rows are true up to and including this record.
    pub position: Position,
    /// When that record was recorded.
    pub recorded_at: Timestamp,
    /// The log's root over all records up to it; none before the first.
    pub root: Option<[u8; 32]>,
    /// Why it stopped and at which record; none while it moves.
    pub stopped: Option<String>,
}

impl Reader {
    /// Reads this district through this pool.
    #[must_use]
    pub fn new(pool: Pool, district: Code) -> Self {
        let seats = std::array::from_fn(|_| Seat::default());
        Self(Arc::new(Inner { pool, district, seats }))
    }

    /// The district that is read.
    #[must_use]
    pub fn district(&self) -> &Code {
        &self.0.district
    }

    /// The position up to which the projection's live rows are true.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; [`ReadError::NotBuilt`] before the projector has begun.
    pub async fn checkpoint(&self, projection: Projection) -> Result<Position, ReadError> {
        self.look(projection).await.map(|(_, position)| position)
    }

    /// How every live projection stands; those that were never built are missing.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn standings(&self) -> Result<Vec<Standing>, ReadError> {
        let client = self.0.pool.get().await?;
        let statement = client
            .prepare_cached(
                "SELECT projection, generation, form, position, recorded_at_us, root, error \
                 FROM read.projection WHERE district = $1 AND role = 'live' ORDER BY projection",
            )
            .await?;
        let rows = client.query(&statement, &[&self.district().as_str()]).await?;
        let standings = rows.iter().filter_map(|row| standing(row).transpose());
        standings.collect::<Result<_, _>>().map_err(ReadError::Row)
    }

    /// Asks which generation is live and how far it is, and remembers both.
    async fn look(&self, projection: Projection) -> Result<(Generation, Position), ReadError> {
        let client = self.0.pool.get().await?;
        self.look_with(&client, projection).await
    }

    async fn look_with(
        &self,
        client: &Object,
        projection: Projection,
    ) -> Result<(Generation, Position), ReadError> {
        let statement = client
            .prepare_cached(
                "SELECT generation, form, position FROM read.projection \
                 WHERE district = $1 AND projection = $2 AND role = 'live'",
            )
            .await?;
        let parameters: [&(dyn postgres_types::ToSql + Sync); 2] =
            [&self.district().as_str(), &projection.name()];
        let row = client.query_opt(&statement, &parameters).await?;
        let row = row.ok_or(ReadError::NotBuilt(projection))?;
        let mut at = 0;
        let number = count(cell(&row, &mut at, "generation")?, "generation")?;
        let form: u16 = cell(&row, &mut at, "form")?;
        let position: Position = cell(&row, &mut at, "position")?;
        if form != projection.form() {
            return Err(ReadError::NotBuilt(projection));
        }
        let generation = Generation { projection, form, number };
        let seat = self.seat(projection)?;
        let known = Some((generation, Instant::now()));
        *seat.live.lock().unwrap_or_else(PoisonError::into_inner) = known;
        seat.reached.send_if_modified(|reached| {
            let moved = position != reached.position;
            *reached = Reached { position, looked_at: Some(Instant::now()) };
            moved
        });
        Ok((generation, position))
    }

    /// A connection, and the schema of the live generation.
    pub(crate) async fn session(
        &self,
        projection: Projection,
    ) -> Result<(Object, String), ReadError> {
        let client = self.0.pool.get().await?;
        let schema = self.schema_on(&client, projection).await?;
        Ok((client, schema))
    }

    /// The schema of the live generation, looked up on this connection if it has to be.
    pub(crate) async fn schema_on(
        &self,
        client: &Object,
        projection: Projection,
    ) -> Result<String, ReadError> {
        let known = *self.seat(projection)?.live.lock().unwrap_or_else(PoisonError::into_inner);
        let generation = match known {
            Some((generation, since))
                if since.elapsed() < Duration::from_millis(GENERATION_KNOWN_MS) =>
            {
                generation
            }
            Some(_) | None => self.look_with(client, projection).await?.0,
        };
        Ok(generation.schema())
    }

    fn seat(&self, projection: Projection) -> Result<&Seat, ReadError> {
        // There is a seat for each projection, and a test that says so.
        self.0.seats.get(projection.place()).ok_or(ReadError::NotBuilt(projection))
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("district", self.district()).finish_non_exhaustive()
    }
}

/// A row of `projection, generation, form, position, recorded_at_us, root, error`; `None` for a
/// projection that this program doesn't know.
pub(crate) fn standing(row: &tokio_postgres::Row) -> Result<Option<Standing>, RowError> {
    let column = |column| move |source| RowError::Column { column, source };
    let name: &str = row.try_get(0).map_err(column("projection"))?;
    let Some(projection) = Projection::by_name(name) else { return Ok(None) };
    let mut at = 1;
    let number = count(cell(row, &mut at, "generation")?, "generation")?;
    let form = cell(row, &mut at, "form")?;
    let position = cell(row, &mut at, "position")?;
    let recorded_at = cell(row, &mut at, "recorded_at_us")?;
    let root: Option<&[u8]> = row.try_get(at).map_err(column("root"))?;
    let root = root.map(<[u8; 32]>::try_from).transpose();
    let root = root.map_err(|_| RowError::Value { column: "root" })?;
    let stopped = row.try_get(at.saturating_add(1)).map_err(column("error"))?;
    let generation = Generation { projection, form, number };
    Ok(Some(Standing { generation, position, recorded_at, root, stopped }))
}

fn count(number: i32, column: &'static str) -> Result<u32, RowError> {
    u32::try_from(number).map_err(|_| RowError::Value { column })
}
