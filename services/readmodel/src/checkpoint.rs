//! Checkpoints: up to which record the rows of a generation are true.
//!
//! A batch of rows and the checkpoint after it are written in one transaction, and the update
//! demands the checkpoint before it. So two projectors at once are safe: the second waits for the
//! first at the row of the checkpoint, finds another position there, and gives up its batch.

use deadpool_postgres::{GenericClient, Transaction};
use linli_domain::Position;
use linli_domain::text::Code;
use linli_domain::time::Timestamp;

use crate::cell::Cell as _;
use crate::error::{ReadError, WriteError};
use crate::generation::Generation;
use crate::projection::Projection;
use crate::reader::{Standing, standing};

/// A place in the log, as far as a projection needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The record; always the last of its frame.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The log's root over all records up to it.
    pub root: [u8; 32],
}

/// What a generation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Queries are answered from it.
    Live,
    /// It is filled beside the live one.
    Building,
    /// Nothing reads it any longer; it is to be dropped.
    Retired,
}

impl Role {
    /// As it stands in `read.projection`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Building => "building",
            Self::Retired => "retired",
        }
    }
}

/// The generation of a projection in this role, if there is one.
///
/// # Errors
///
/// [`ReadError`].
pub async fn find(
    client: &impl GenericClient,
    district: &Code,
    projection: Projection,
    role: Role,
) -> Result<Option<Standing>, ReadError> {
    let rows = all(client, district, projection, role).await?;
    Ok(rows.into_iter().next_back())
}

/// All generations of a projection in this role, oldest first.
///
/// # Errors
///
/// [`ReadError`].
pub async fn all(
    client: &impl GenericClient,
    district: &Code,
    projection: Projection,
    role: Role,
) -> Result<Vec<Standing>, ReadError> {
    let text = "SELECT projection, generation, form, position, recorded_at_us, root, error \
                FROM read.projection WHERE district = $1 AND projection = $2 AND role = $3 \
                ORDER BY generation";
    let statement = client.prepare_cached(text).await?;
    let parameters: [&(dyn postgres_types::ToSql + Sync); 3] =
        [&district.as_str(), &projection.name(), &role.name()];
    let rows = client.query(&statement, &parameters).await?;
    let standings = rows.iter().filter_map(|row| standing(row).transpose());
    standings.collect::<Result<_, _>>().map_err(ReadError::Row)
}

/// Begins the next generation of a projection: its tables, empty, and its checkpoint before the
/// first record. A first generation is live, any other is building. When others begin one at the
/// same time, all get the same.
///
/// # Errors
///
/// [`WriteError::Statement`].
pub async fn begin(
    transaction: &Transaction<'_>,
    district: &Code,
    projection: Projection,
    role: Role,
) -> Result<Generation, WriteError> {
    let lock = format!("read.projection/{district}/{projection}");
    let locked = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
    transaction.execute(locked, &[&lock]).await.map_err(fault)?;
    let text = "INSERT INTO read.projection AS p (district, projection, generation, form, role) \
                SELECT $1, $2, coalesce(max(generation), 0) + 1, $3, $4 \
                FROM read.projection WHERE district = $1 AND projection = $2 \
                ON CONFLICT DO NOTHING";
    let form = i32::from(projection.form());
    transaction
        .execute(text, &[&district.as_str(), &projection.name(), &form, &role.name()])
        .await
        .map_err(fault)?;
    let text = "SELECT generation FROM read.projection \
                WHERE district = $1 AND projection = $2 AND role = $3";
    let row = transaction
        .query_one(text, &[&district.as_str(), &projection.name(), &role.name()])
        .await
        .map_err(fault)?;
    let number: i32 = row.try_get(0).map_err(fault)?;
    let number = u32::try_from(number).unwrap_or_default();
    let generation = Generation { projection, form: projection.form(), number };
    generation.create(transaction).await?;
    Ok(generation)
}

/// A generation's step from one place to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Of which generation.
    pub generation: Generation,
    /// Where its checkpoint has to stand.
    pub from: Position,
    /// Where it stands afterwards.
    pub to: Mark,
}

/// Moves the checkpoints of some generations on, each in this role and of another projection, and
/// says whether all of them stood where they had to. If not, somebody else moved one, and the
/// transaction is to be given up. First thing in a transaction, so that of two projectors the second
/// waits here and not in the middle of its rows.
///
/// # Errors
///
/// [`WriteError::Statement`].
pub async fn advance(
    transaction: &Transaction<'_>,
    district: &Code,
    role: Role,
    steps: &[Step],
) -> Result<bool, WriteError> {
    // Locked in one order, so that two who move the same ones wait for each other only one way.
    let text = "WITH held AS MATERIALIZED (\
                    SELECT projection, generation, position FROM read.projection \
                    WHERE district = $1 AND projection = ANY ($2) AND role = $8 \
                    ORDER BY projection FOR UPDATE\
                ) \
                UPDATE read.projection AS p SET position = u.position, \
                    recorded_at_us = u.recorded_at_us, root = u.root, error = NULL, \
                    updated_at = now() \
                FROM unnest($2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], \
                        $7::bytea[]) \
                    AS u(projection, generation, origin, position, recorded_at_us, root) \
                JOIN held ON held.projection = u.projection \
                    AND held.generation = u.generation AND held.position = u.origin \
                WHERE p.district = $1 AND p.projection = u.projection \
                    AND p.generation = u.generation";
    let statement = transaction.prepare_cached(text).await.map_err(fault)?;
    let column = |of: fn(&Step) -> i64| steps.iter().map(of).collect::<Vec<i64>>();
    let projections: Vec<&str> =
        steps.iter().map(|step| step.generation.projection.name()).collect();
    let numbers: Vec<i32> = steps.iter().map(|step| step.generation.numbers().1).collect();
    let from = column(|step| step.from.wire());
    let position = column(|step| step.to.position.wire());
    let recorded_at = column(|step| step.to.recorded_at.wire());
    let roots: Vec<&[u8]> = steps.iter().map(|step| step.to.root.as_slice()).collect();
    let (district, role) = (district.as_str(), role.name());
    let parameters: [&(dyn postgres_types::ToSql + Sync); 8] =
        [&district, &projections, &numbers, &from, &position, &recorded_at, &roots, &role];
    let moved = transaction.execute(&statement, &parameters).await.map_err(fault)?;
    Ok(usize::try_from(moved).is_ok_and(|moved| moved == steps.len()))
}

/// Keeps the live generation of a projection where it is until the transaction ends: whoever
/// would move it on waits.
///
/// # Errors
///
/// [`ReadError`].
pub async fn hold(
    transaction: &Transaction<'_>,
    district: &Code,
    projection: Projection,
) -> Result<Option<Standing>, ReadError> {
    let text = "SELECT FROM read.projection \
                WHERE district = $1 AND projection = $2 AND role = 'live' FOR UPDATE";
    transaction.execute(text, &[&district.as_str(), &projection.name()]).await?;
    find(transaction, district, projection, Role::Live).await
}

/// Makes a building generation the live one, and retires the one that was.
///
/// # Errors
///
/// [`WriteError::Statement`]; [`WriteError::Missing`] if this one isn't building.
pub async fn switch(
    transaction: &Transaction<'_>,
    district: &Code,
    generation: Generation,
) -> Result<(), WriteError> {
    let (district, projection) = (district.as_str(), generation.projection.name());
    let text = "UPDATE read.projection SET role = 'retired', updated_at = now() \
                WHERE district = $1 AND projection = $2 AND role = 'live'";
    transaction.execute(text, &[&district, &projection]).await.map_err(fault)?;
    let text = "UPDATE read.projection SET role = 'live', updated_at = now() \
                WHERE district = $1 AND projection = $2 AND generation = $3 AND role = 'building'";
    let (_, number) = generation.numbers();
    let parameters: [&(dyn postgres_types::ToSql + Sync); 3] = [&district, &projection, &number];
    match transaction.execute(text, &parameters).await.map_err(fault)? {
        1 => Ok(()),
        found => Err(WriteError::Missing { table: "read.projection", expected: 1, found }),
    }
}

/// Writes down why a generation stopped. It is not moved on until somebody starts it anew.
///
/// # Errors
///
/// [`WriteError::Statement`].
pub async fn stop(
    client: &impl GenericClient,
    district: &Code,
    generation: Generation,
    why: &str,
) -> Result<(), WriteError> {
    let text = "UPDATE read.projection SET error = $4, updated_at = now() \
                WHERE district = $1 AND projection = $2 AND generation = $3";
    let (_, number) = generation.numbers();
    let (district, projection) = (district.as_str(), generation.projection.name());
    let parameters: [&(dyn postgres_types::ToSql + Sync); 4] =
        [&district, &projection, &number, &why];
    client.execute(text, &parameters).await.map(drop).map_err(fault)
}

fn fault(source: tokio_postgres::Error) -> WriteError {
    WriteError::Statement { table: "read.projection", source }
}
