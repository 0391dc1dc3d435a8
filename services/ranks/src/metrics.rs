//! What ranks tell Prometheus.

use prometheus::{IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry};

/// Metrics of ranks, by district. Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    position: IntGaugeVec,
    ladders: IntGaugeVec,
    residents: IntGaugeVec,
    bytes: IntGaugeVec,
    answers: IntCounterVec,
    faults: IntCounterVec,
}

impl Metrics {
    /// Makes the metrics and registers them.
    ///
    /// # Errors
    ///
    /// [`prometheus::Error`] when the registry has metrics of these names.
    pub fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        let gauge = |name: &str, help: &str| {
            let gauge = IntGaugeVec::new(Opts::new(name, help), &["district"])?;
            registry.register(Box::new(gauge.clone())).map(|()| gauge)
        };
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone())).map(|()| counter)
        };
        Ok(Self {
            position: gauge(
                "linli_ranks_position",
                "Position up to which ranks in memory are true; 0 while they are not there.",
            )?,
            ladders: gauge("linli_ranks_ladders", "Rankings that are kept in memory.")?,
            residents: gauge(
                "linli_ranks_residents",
                "Residents on the rankings that are kept in memory, each counted once a ranking.",
            )?,
            bytes: gauge("linli_ranks_bytes", "Memory that rankings take, about, in bytes.")?,
            answers: counter(
                "linli_ranks_answers_total",
                "Questions about ranks, by whether memory had the answer or the rows were asked.",
                &["district", "from"],
            )?,
            faults: counter(
                "linli_ranks_faults_total",
                "Times that ranks in memory were given up and made anew from the rows.",
                &["district"],
            )?,
        })
    }

    pub(crate) fn of(&self, district: &str) -> Gauges {
        let labels = [district];
        Gauges {
            position: self.position.with_label_values(&labels),
            ladders: self.ladders.with_label_values(&labels),
            residents: self.residents.with_label_values(&labels),
            bytes: self.bytes.with_label_values(&labels),
            from_memory: self.answers.with_label_values(&[district, "memory"]),
            from_rows: self.answers.with_label_values(&[district, "rows"]),
            faults: self.faults.with_label_values(&labels),
        }
    }
}

/// One district's.
#[derive(Clone, Debug)]
pub(crate) struct Gauges {
    pub(crate) position: IntGauge,
    pub(crate) ladders: IntGauge,
    pub(crate) residents: IntGauge,
    pub(crate) bytes: IntGauge,
    pub(crate) from_memory: IntCounter,
    pub(crate) from_rows: IntCounter,
    pub(crate) faults: IntCounter,
}

/// A count for Prometheus.
pub(crate) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
