//! Read models against the replay: each at the position that its checkpoint names, row by row.
//!
//! Rows that the state holds anyway are made from it at that position; what is told by records
//! alone (when a contribution was decided, a person's merit of a week) is kept meanwhile, once a
//! contribution, redemption or score; and of what grows for ever (lines of statements, lines of
//! slips) a sum of hashes is kept for each owner, so that memory stays in proportion to the state.

mod activities;
mod balances;
mod bookings;
mod cases;
mod catalogue;
mod contributions;
mod counter;
mod directory;
mod estates;
mod honours;
mod merge;
mod notices;
mod orders;
mod queues;
mod rankings;
mod redemptions;
mod settling;
mod shown;
mod steps;
mod stored_time;
mod tally;
mod vouchers;

pub use shown::{Shown, Verdict};

use deadpool_postgres::Pool;
use linli_domain::text::Code;
use linli_domain::{Record, State};
use linli_log::{District, Root};
use linli_readmodel::{Projection, ReadError, Snapshot, Standing};

use crate::AuditError;
use crate::finding::{Finding, Findings, Kind, Place};

/// What the read models show at one instant, and what the replay tells so far.
pub(crate) struct Comparison {
    snapshot: Option<Snapshot>,
    waiting: Vec<Standing>,
    compared: Vec<Shown>,
    told: Told,
}

/// What records tell and the state forgets.
#[derive(Default)]
struct Told {
    balances: balances::Told,
    catalogue: catalogue::Told,
    contributions: contributions::Told,
    directory: directory::Told,
    rankings: rankings::Told,
    redemptions: redemptions::Told,
    orders: orders::Told,
}

impl Comparison {
    /// Without read models.
    pub(crate) fn none() -> Self {
        let (waiting, compared) = (Vec::new(), Vec::new());
        Self { snapshot: None, waiting, compared, told: Told::default() }
    }

    /// Takes the snapshot that will be compared.
    pub(crate) async fn begin(pool: &Pool, district: &District) -> Result<Self, AuditError> {
        let district = Code::new(district.as_str()).map_err(|_| AuditError::District)?;
        let snapshot = Snapshot::open(pool, district).await?;
        let mut this = Self::none();
        for projection in Projection::ALL {
            match snapshot.standing(projection) {
                Some(standing) => this.waiting.push(standing.clone()),
                None => this.compared.push(Shown::not_built(projection)),
            }
        }
        if this.waiting.is_empty() {
            return Err(AuditError::NoReadModels);
        }
        this.snapshot = Some(snapshot);
        Ok(this)
    }

    /// Takes in what a record tells.
    pub(crate) fn take(&mut self, record: &Record) {
        if self.waiting.is_empty() {
            return;
        }
        self.told.balances.take(record);
        self.told.catalogue.take(record);
        self.told.contributions.take(record);
        self.told.directory.take(record);
        self.told.rankings.take(record);
        self.told.redemptions.take(record);
        self.told.orders.take(record);
    }

    /// Does a read model stand at the position of the state?
    pub(crate) fn is_due(&self, state: &State) -> bool {
        self.waiting.iter().any(|standing| standing.position == state.position())
    }

    /// Compares those read models that stand at the position of the state.
    pub(crate) async fn compare_due(
        &mut self,
        state: &State,
        root: Root,
    ) -> Result<(), AuditError> {
        let Some(snapshot) = &self.snapshot else { return Ok(()) };
        let position = state.position();
        let due: Vec<Standing> =
            self.waiting.extract_if(.., |standing| standing.position == position).collect();
        for standing in due {
            let mut rows = Rows::default();
            check_standing(&standing, state, root, &mut rows.findings);
            match compare(snapshot, &self.told, standing.generation.projection, state, &mut rows)
                .await
            {
                Ok(()) => {}
                Err(ReadError::NotBuilt(projection)) => {
                    self.compared.push(Shown::not_built(projection));
                    continue;
                }
                Err(error) => return Err(error.into()),
            }
            self.compared.push(Shown::compared(&standing, rows));
        }
        Ok(())
    }

    /// What became of each, in their order, where the replay ended at `end` and the log at `head`.
    pub(crate) fn end(self, end: u64, head: u64) -> Vec<Shown> {
        let waiting = self.waiting.iter();
        let unreached = waiting.map(|standing| Shown::unreached(standing, end, head));
        let mut all: Vec<Shown> = self.compared.into_iter().chain(unreached).collect();
        all.iter_mut().for_each(|shown| shown.measure(head));
        all.sort_by_key(|shown| Projection::by_name(shown.projection));
        all
    }
}

/// Rows compared so far, and what was found.
#[derive(Debug, Default)]
struct Rows {
    count: u64,
    findings: Findings,
}

async fn compare(
    snapshot: &Snapshot,
    told: &Told,
    projection: Projection,
    state: &State,
    rows: &mut Rows,
) -> Result<(), ReadError> {
    match projection {
        Projection::Directory => told.directory.compare(snapshot, rows).await,
        Projection::Contributions => told.contributions.compare(snapshot, state, rows).await,
        Projection::Balances => told.balances.compare(snapshot, state, rows).await,
        Projection::Rankings => told.rankings.compare(snapshot, state, rows).await,
        Projection::Catalogue => told.catalogue.compare(snapshot, state, rows).await,
        Projection::Redemptions => told.redemptions.compare(snapshot, rows).await,
        Projection::Orders => told.orders.compare(snapshot, state, rows).await,
    }
}

/// Is the checkpoint the log's, and does the projector still move?
fn check_standing(standing: &Standing, state: &State, root: Root, findings: &mut Findings) {
    let projection = standing.generation.projection.name();
    let mut say = |what: String| {
        findings.add(Finding::new(Place::Projection { projection }, Kind::Follows, what));
    };
    let position = standing.position;
    if let Some(found) = standing.root.filter(|found| found != root.as_bytes()) {
        let found = Root::from(linli_log::merkle::Hash(found));
        say(format!("at {position} it has the root {found}, the log has {root}"));
    }
    let (found, expected) = (standing.recorded_at, state.recorded_at());
    if found != expected {
        let (found, expected) = (found.microseconds(), expected.microseconds());
        say(format!(
            "it was recorded at {found} µs by its checkpoint, at {expected} µs by the log"
        ));
    }
    if let Some(reason) = &standing.stopped {
        say(format!("it stopped after {position}: {reason}"));
    }
}
