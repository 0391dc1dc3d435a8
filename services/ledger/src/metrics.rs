//! The ledger's figures, each by district.

use std::time::Duration;

use linli_log::District;
use prometheus::{
    Gauge, GaugeVec, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge,
    IntGaugeVec, Opts, Registry,
};

/// From a fast disk's flush to the longest wait for an append, in seconds.
const COMMIT_BUCKETS: [f64; 14] = [
    0.000_25, 0.000_5, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 1.0, 4.0, 8.0,
];

/// From one record to a full frame.
const RECORDS_BUCKETS: [f64; 13] =
    [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0, 4096.0];

/// The ledger's figures for all districts of a process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {
    commands: IntCounterVec,
    frames: IntCounterVec,
    records: IntCounterVec,
    commit_seconds: HistogramVec,
    frame_records: HistogramVec,
    queue_commands: IntGaugeVec,
    unindexed_keys: IntGaugeVec,
    leader: IntGaugeVec,
    standby: IntGaugeVec,
    position: IntGaugeVec,
    start_seconds: GaugeVec,
    start_snapshot_seconds: GaugeVec,
    takeover_seconds: GaugeVec,
    falls: IntCounterVec,
    snapshot_seconds: GaugeVec,
    snapshot_bytes: IntGaugeVec,
}

/// The figures of one district.
#[derive(Clone, Debug)]
pub(crate) struct DistrictMetrics {
    pub(crate) accepted: IntCounter,
    pub(crate) repeated: IntCounter,
    pub(crate) refused: IntCounter,
    pub(crate) key_reused: IntCounter,
    pub(crate) unknown: IntCounter,
    pub(crate) unavailable: IntCounter,
    pub(crate) frames: IntCounter,
    pub(crate) records: IntCounter,
    pub(crate) commit_seconds: Histogram,
    pub(crate) frame_records: Histogram,
    pub(crate) queue_commands: IntGauge,
    pub(crate) unindexed_keys: IntGauge,
    pub(crate) leader: IntGauge,
    pub(crate) standby: IntGauge,
    pub(crate) position: IntGauge,
    pub(crate) start_seconds: Gauge,
    pub(crate) start_snapshot_seconds: Gauge,
    pub(crate) takeover_seconds: Gauge,
    pub(crate) falls: IntCounter,
    pub(crate) snapshot_seconds: Gauge,
    pub(crate) snapshot_bytes: IntGauge,
}

impl Metrics {
    /// Registers the figures; once a registry.
    ///
    /// # Errors
    /// `AlreadyReg` when the registry has them already.
    pub fn register(registry: &Registry) -> prometheus::Result<Self> {
        let metrics = Self {
            commands: IntCounterVec::new(
                Opts::new("linli_ledger_commands_total", "Commands answered by the writer."),
                &["district", "result"],
            )?,
            frames: counter("linli_ledger_frames_total", "Frames committed.")?,
            records: counter("linli_ledger_records_total", "Records committed.")?,
            commit_seconds: HistogramVec::new(
                HistogramOpts::new(
                    "linli_ledger_commit_seconds",
                    "From sending a frame to its commit.",
                )
                .buckets(COMMIT_BUCKETS.to_vec()),
                &["district"],
            )?,
            frame_records: HistogramVec::new(
                HistogramOpts::new("linli_ledger_frame_records", "Records in a frame.")
                    .buckets(RECORDS_BUCKETS.to_vec()),
                &["district"],
            )?,
            queue_commands: int_gauge(
                "linli_ledger_queue_commands",
                "Commands that wait for the writer.",
            )?,
            unindexed_keys: int_gauge(
                "linli_ledger_unindexed_keys",
                "Keys that the writer remembers because their index has not reached them.",
            )?,
            leader: int_gauge("linli_ledger_leader", "1 while this process leads the district.")?,
            standby: int_gauge(
                "linli_ledger_standby",
                "1 while this process follows the leader, ready to take over.",
            )?,
            position: int_gauge("linli_ledger_position", "Position of the last durable record.")?,
            start_seconds: gauge(
                "linli_ledger_start_seconds",
                "What restoring the state took last.",
            )?,
            start_snapshot_seconds: gauge(
                "linli_ledger_start_snapshot_seconds",
                "Of it, what reading the snapshot took.",
            )?,
            takeover_seconds: gauge(
                "linli_ledger_takeover_seconds",
                "From getting the lock to leading, the last time.",
            )?,
            falls: counter("linli_ledger_falls_total", "Terms of leading that ended by a fault.")?,
            snapshot_seconds: gauge(
                "linli_ledger_snapshot_seconds",
                "What making the last snapshot took, beside the writer.",
            )?,
            snapshot_bytes: int_gauge(
                "linli_ledger_snapshot_bytes",
                "Length of the last snapshot.",
            )?,
        };
        metrics.collect_into(registry)?;
        Ok(metrics)
    }

    fn collect_into(&self, registry: &Registry) -> prometheus::Result<()> {
        registry.register(Box::new(self.commands.clone()))?;
        registry.register(Box::new(self.frames.clone()))?;
        registry.register(Box::new(self.records.clone()))?;
        registry.register(Box::new(self.commit_seconds.clone()))?;
        registry.register(Box::new(self.frame_records.clone()))?;
        registry.register(Box::new(self.queue_commands.clone()))?;
        registry.register(Box::new(self.unindexed_keys.clone()))?;
        registry.register(Box::new(self.leader.clone()))?;
        registry.register(Box::new(self.standby.clone()))?;
        registry.register(Box::new(self.position.clone()))?;
        registry.register(Box::new(self.start_seconds.clone()))?;
        registry.register(Box::new(self.start_snapshot_seconds.clone()))?;
        registry.register(Box::new(self.takeover_seconds.clone()))?;
        registry.register(Box::new(self.falls.clone()))?;
        registry.register(Box::new(self.snapshot_seconds.clone()))?;
        registry.register(Box::new(self.snapshot_bytes.clone()))
    }

    /// The figures of a district.
    pub(crate) fn of(&self, district: &District) -> DistrictMetrics {
        let commands = |result| self.commands.with_label_values(&[district.as_str(), result]);
        let district = [district.as_str()];
        DistrictMetrics {
            accepted: commands("accepted"),
            repeated: commands("repeated"),
            refused: commands("refused"),
            key_reused: commands("key_reused"),
            unknown: commands("unknown"),
            unavailable: commands("unavailable"),
            frames: self.frames.with_label_values(&district),
            records: self.records.with_label_values(&district),
            commit_seconds: self.commit_seconds.with_label_values(&district),
            frame_records: self.frame_records.with_label_values(&district),
            queue_commands: self.queue_commands.with_label_values(&district),
            unindexed_keys: self.unindexed_keys.with_label_values(&district),
            leader: self.leader.with_label_values(&district),
            standby: self.standby.with_label_values(&district),
            position: self.position.with_label_values(&district),
            start_seconds: self.start_seconds.with_label_values(&district),
            start_snapshot_seconds: self.start_snapshot_seconds.with_label_values(&district),
            takeover_seconds: self.takeover_seconds.with_label_values(&district),
            falls: self.falls.with_label_values(&district),
            snapshot_seconds: self.snapshot_seconds.with_label_values(&district),
            snapshot_bytes: self.snapshot_bytes.with_label_values(&district),
        }
    }
}

fn counter(name: &str, help: &str) -> prometheus::Result<IntCounterVec> {
    IntCounterVec::new(Opts::new(name, help), &["district"])
}

fn int_gauge(name: &str, help: &str) -> prometheus::Result<IntGaugeVec> {
    IntGaugeVec::new(Opts::new(name, help), &["district"])
}

fn gauge(name: &str, help: &str) -> prometheus::Result<GaugeVec> {
    GaugeVec::new(Opts::new(name, help), &["district"])
}

/// A figure for a gauge; at its end where it is beyond.
pub(crate) fn level(value: impl TryInto<i64>) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

/// Records in a frame, for a histogram.
pub(crate) fn count(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::MAX, f64::from)
}

/// A length of time, for a gauge.
pub(crate) fn seconds(length: Duration) -> f64 {
    length.as_secs_f64()
}
