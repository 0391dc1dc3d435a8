//! What projectors tell Prometheus.

use linli_readmodel::Projection;
use prometheus::{
    Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts,
    Registry,
};

/// Bounds of batches, in records: from one frame of one to the largest batch.
const BATCH_BUCKETS: [f64; 8] = [1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0, 16384.0];

/// Metrics of projectors, by district and projection. Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    position: IntGaugeVec,
    lag_records: IntGaugeVec,
    lag_ms: IntGaugeVec,
    stopped: IntGaugeVec,
    records: IntCounterVec,
    faults: IntCounterVec,
    batch_records: HistogramVec,
}

impl Metrics {
    /// Makes the metrics and registers them.
    ///
    /// # Errors
    ///
    /// [`prometheus::Error`] when the registry has metrics of these names.
    pub fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        let labels = &["district", "projection"];
        let gauge = |name: &str, help: &str| {
            let gauge = IntGaugeVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(gauge.clone())).map(|()| gauge)
        };
        let counter = |name: &str, help: &str| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone())).map(|()| counter)
        };
        let batch = HistogramOpts::new(
            "linli_projector_batch_records",
            "Records that were applied in one transaction.",
        );
        let batch_records = HistogramVec::new(batch.buckets(BATCH_BUCKETS.to_vec()), labels)?;
        registry.register(Box::new(batch_records.clone()))?;
        Ok(Self {
            position: gauge(
                "linli_projector_position",
                "Position up to which the projection's rows are true.",
            )?,
            lag_records: gauge(
                "linli_projector_lag_records",
                "Records of the log that the projection has not applied yet.",
            )?,
            lag_ms: gauge(
                "linli_projector_lag_ms",
                "Milliseconds of the log's own time from the last record applied to the log's last.",
            )?,
            stopped: gauge(
                "linli_projector_stopped",
                "1 while the projection is stopped by a record that it can't apply, else 0.",
            )?,
            records: counter("linli_projector_records_total", "Records applied.")?,
            faults: counter(
                "linli_projector_faults_total",
                "Times that a batch had to be tried again, or stopped the projection.",
            )?,
            batch_records,
        })
    }

    pub(crate) fn of(&self, district: &str, projection: Projection) -> Gauges {
        let labels = [district, projection.name()];
        Gauges {
            position: self.position.with_label_values(&labels),
            lag_records: self.lag_records.with_label_values(&labels),
            lag_ms: self.lag_ms.with_label_values(&labels),
            stopped: self.stopped.with_label_values(&labels),
            records: self.records.with_label_values(&labels),
            faults: self.faults.with_label_values(&labels),
            batch_records: self.batch_records.with_label_values(&labels),
        }
    }
}

/// One projection's.
#[derive(Clone, Debug)]
pub(crate) struct Gauges {
    pub(crate) position: IntGauge,
    pub(crate) lag_records: IntGauge,
    pub(crate) lag_ms: IntGauge,
    pub(crate) stopped: IntGauge,
    pub(crate) faults: IntCounter,
    records: IntCounter,
    batch_records: Histogram,
}

impl Gauges {
    pub(crate) fn applied(&self, position: u64, records: u64) {
        self.position.set(i64::try_from(position).unwrap_or(i64::MAX));
        self.stopped.set(0);
        self.records.inc_by(records);
        self.batch_records.observe(f64::from(u32::try_from(records).unwrap_or(u32::MAX)));
    }
}
