//! A run on one ground: a fleet under traffic, to which rows are done one after the other.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use linli_api::bulk::{Bulk, BulkItem};
use linli_api::household::RegisterHousehold;

use super::report::{Report, RowReport};
use super::row::{Ground, Row};
use super::settings::Settings;
use crate::disk::Disk;
use crate::evidence::{Counters, Evidence, Head, Injection, Witness};
use crate::traffic::{Load, Outcome};
use crate::{Chance, Crew, DISTRICT, Fleet, Place, Rig, Traffic, Wish, check, postgres};

/// Clients for each resident: two, so that accounts are used by two at once.
const HANDS: usize = 2;

/// Points that everybody of the crowd has at the beginning: ten times this.
const GIFT: &str = "100";

/// Commands that have to be acknowledged before a row begins and after it ends.
pub(super) const FLOWING: u64 = 30;

/// A fleet under traffic.
pub(super) struct Run {
    pub(super) settings: Settings,
    pub(super) chance: Chance,
    pub(super) fleet: Fleet,
    pub(super) place: Arc<Place>,
    pub(super) traffic: Traffic,
    pub(super) injections: Vec<Injection>,
    ground: Ground,
    begun: Instant,
    heads: Vec<Head>,
    counters: Counters,
    rows: Vec<RowReport>,
    memory_kib: BTreeMap<String, u64>,
    // Last: they are unmounted when nobody uses them any more.
    pub(super) nats_disk: Option<Disk>,
    pub(super) disk: Option<Disk>,
}

/// What had happened up to some moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) in_doubt: u64,
    /// Of these, those to reads.
    pub(super) late_reads: u64,
    pub(super) found_done: u64,
    /// Sessions of writers.
    pub(super) terms: u64,
    pub(super) counters: BTreeMap<String, u64>,
}

impl Tally {
    /// How many more answers to commands told nothing.
    pub(super) fn commands_in_doubt_since(&self, before: &Self) -> u64 {
        let of = |tally: &Self| tally.in_doubt.saturating_sub(tally.late_reads);
        of(self).saturating_sub(of(before))
    }

    /// How much a counter of the processes went up.
    pub(super) fn since(&self, before: &Self, counter: &str) -> u64 {
        let of = |tally: &Self| tally.counters.get(counter).copied().unwrap_or(0);
        of(self).saturating_sub(of(before))
    }
}

impl Run {
    /// Sets up a fleet and begins the traffic.
    pub(super) async fn begin(
        ground: Ground,
        rig: Rig,
        settings: Settings,
        disk: Option<Disk>,
    ) -> anyhow::Result<Self> {
        let begun = Instant::now();
        let chance = Chance::of(settings.seed);
        let mut fleet = Fleet::start_as(settings.binary.clone(), rig.clone()).await?;
        if rig.crew == Crew::Apart {
            fleet.ledgers[0].until_it_says("leading").await?;
            fleet.add_ledger().await?;
            fleet.add_projector()?;
        }
        let database = postgres::connect(fleet.database_url()).await?;
        Witness::place(&database, DISTRICT).await?;
        let residents = settings.clients.div_ceil(HANDS).max(1);
        let place = fleet.found(Wish { crowd: residents }).await.context("founding a place")?;
        for _ in 0..10 {
            place.give(&place.crowd, GIFT).await.context("giving everybody points")?;
        }
        let place = Arc::new(place);
        let journal = settings.folder.join(format!("{ground:?}.journal").to_lowercase());
        let mut traffic = Traffic::idle(&journal)?;
        traffic.add(&place, Load { hands: HANDS, reads: true });
        let counters = Counters::at(fleet.ships().map(|ship| ship.url()).collect());
        let run = Self {
            settings,
            chance,
            fleet,
            place,
            traffic,
            injections: Vec::new(),
            ground,
            begun,
            heads: Vec::new(),
            counters,
            rows: Vec::new(),
            memory_kib: BTreeMap::new(),
            nats_disk: None,
            disk,
        };
        run.traffic.flows(FLOWING).await?;
        Ok(run)
    }

    /// Does a row.
    pub(super) async fn do_row(&mut self, row: Row) -> anyhow::Result<()> {
        self.traffic.flows(FLOWING).await?;
        let mut report = RowReport::new(row);
        let from = self.injections.len();
        super::rows::strike(row, self, &mut report)
            .await
            .with_context(|| format!("{}: {}", row.name(), row.title()))?;
        self.traffic.flows(FLOWING).await.with_context(|| format!("after {}", row.name()))?;
        for injection in &self.injections[from..] {
            *report.injections.entry(injection.what.clone()).or_default() += 1;
        }
        self.note_memory();
        println!("{}: {:?}", row.name(), report.injections);
        self.rows.push(report);
        Ok(())
    }

    /// Until when a row that began now goes on.
    pub(super) fn deadline(&self) -> Instant {
        Instant::now() + Duration::from_secs(self.settings.seconds)
    }

    /// Rests between two faults.
    pub(super) async fn rest(&mut self) {
        let rest = self.settings.rest(&mut self.chance);
        tokio::time::sleep(rest).await;
    }

    /// Microseconds since the journal began.
    pub(super) fn now_us(&self) -> u64 {
        self.traffic.journal().now_us()
    }

    /// Writes down what was done since `began_us`, all of which is over now: at once, so that it is
    /// known if the run comes to no end.
    pub(super) fn injected(&mut self, row: Row, what: &str, began_us: u64, silences: bool) {
        let healed_us = self.now_us();
        let (row, what) = (row.name(), what.to_owned());
        let file = self.settings.folder.join(format!("{:?}.schedule", self.ground).to_lowercase());
        let mut open = std::fs::OpenOptions::new();
        let written = open
            .create(true)
            .append(true)
            .open(&file)
            .and_then(|mut file| writeln!(file, "{began_us} to {healed_us} us: {row} {what}"));
        if let Err(error) = written {
            eprintln!("{} is not written: {error}", file.display());
        }
        self.injections.push(Injection { row, what, began_us, healed_us, silences });
    }

    /// A connection to the fleet's database, by no wire.
    pub(super) async fn database(&self) -> anyhow::Result<postgres::Connection> {
        postgres::connect(self.fleet.database_url()).await
    }

    /// What has happened so far.
    pub(super) async fn tally(&self) -> anyhow::Result<Tally> {
        let sql = "SELECT count(DISTINCT session) FROM witness.append";
        let terms: i64 = self.database().await?.query_one(sql, &[]).await?.try_get(0)?;
        Ok(Tally { terms: postgres::unsigned(terms)?, ..self.counted() })
    }

    /// What has happened so far, but for what PostgreSQL would have to be asked for.
    pub(super) fn counted(&self) -> Tally {
        Tally {
            in_doubt: self.traffic.in_doubt(),
            late_reads: self.traffic.late_reads(),
            found_done: self.traffic.found_done(),
            terms: 0,
            counters: self.counters.sums(),
        }
    }

    /// Remembers where the log ends now: it may never end earlier, or otherwise there.
    pub(super) async fn note_head(&mut self) -> anyhow::Result<()> {
        let sql = "SELECT last, root FROM log.frame WHERE district = $1 ORDER BY last DESC LIMIT 1";
        let row = self.database().await?.query_one(sql, &[&DISTRICT]).await?;
        let position = postgres::unsigned(row.try_get(0)?)?;
        self.heads.push(Head { position, root: row.try_get(1)? });
        Ok(())
    }

    /// Households to register, of these numbers and under keys of their own: nothing keeps them from
    /// being many.
    pub(super) fn households(&self, what: &str, numbers: Range<usize>) -> Bulk<RegisterHousehold> {
        let (seed, micro_grid) = (self.settings.seed, &self.place.areas.building);
        let item = |number| BulkItem {
            key: format!("{what}-{seed}-{number}"),
            body: RegisterHousehold { household: None, micro_grid: micro_grid.clone() },
        };
        Bulk { items: numbers.map(item).collect() }
    }

    /// The ends of the log that are remembered.
    pub(super) fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Remembers the most memory of each process, before one of them is ended.
    pub(super) fn note_memory(&mut self) {
        for ship in self.fleet.ships() {
            let kib = ship.process().memory_most_kib().unwrap_or(0);
            let part = ship.part().to_owned();
            let most = self.memory_kib.entry(part).or_default();
            *most = kib.max(*most);
        }
    }

    /// Lets clients finish, waits until all has caught up, gathers the evidence, and has it
    /// checked.
    pub(super) async fn finish(mut self) -> anyhow::Result<Report> {
        self.note_memory();
        let mut evidence = Evidence {
            injections: std::mem::take(&mut self.injections),
            heads: std::mem::take(&mut self.heads),
            memory_kib: self.memory_kib.clone().into_iter().collect(),
            ..Evidence::default()
        };
        let counters = self.counters.sums();
        let told = self.traffic.halt().await?;
        self.fleet.all_run()?;
        evidence.repeats = told.ask_again(&self.place).await?;
        let waited = Instant::now();
        self.fleet.caught_up().await?;
        let stores = self.fleet.stores();
        evidence.gather(&stores, self.fleet.binary()).await?;
        evidence.caught_up_ms = u64::try_from(waited.elapsed().as_millis()).ok();
        evidence.operations = told.operations;
        evidence.gave_up = told.gave_up;
        let mut doubts: BTreeMap<String, u64> = BTreeMap::new();
        for doubt in evidence.operations.iter().flat_map(|operation| operation.doubts()) {
            *doubts.entry(doubt.why.to_owned()).or_default() += 1;
        }
        let is_done = |operation: &&crate::traffic::Operation| {
            operation.end().is_some_and(|end| matches!(end.outcome, Outcome::Done { .. }))
        };
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let sessions = evidence.witness.iter().flatten().map(|appended| &appended.session);
        let terms = sessions.collect::<std::collections::BTreeSet<_>>().len();
        let recoveries = check::recoveries(&evidence);
        for report in &mut self.rows {
            report.answered_again(&recoveries);
            report.weigh(self.settings.slack);
        }
        let recoveries = recoveries.into_iter().filter_map(|(_, found)| found);
        let report = Report {
            ground: self.ground,
            seed: self.settings.seed,
            clients: self.settings.clients,
            seconds: self.begun.elapsed().as_secs(),
            rows: self.rows,
            operations: count(evidence.operations.len()),
            acknowledged: count(evidence.operations.iter().filter(is_done).count()),
            doubts,
            found_done: told.found_done,
            records: count(evidence.records.len()),
            frames: count(evidence.frames.len()),
            terms: count(terms),
            counters,
            recoveries: recoveries.collect(),
            injections: evidence.injections.clone(),
            memory_kib: self.memory_kib,
            checks: check::all(&evidence),
        };
        self.fleet.stop().await?;
        Ok(report)
    }
}
