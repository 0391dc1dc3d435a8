//! The notary's figures.

use std::time::Duration;

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry};

use crate::cosign::CosignError;

/// Seconds: half of one is what is wanted, a whole one what is promised.
const WAITS: [f64; 8] = [0.1, 0.25, 0.5, 0.75, 1.0, 2.0, 5.0, 30.0];

/// Figures of all districts of a process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {
    signed: IntGaugeVec,
    waits: HistogramVec,
    faults: IntCounterVec,
    cosigned: IntCounterVec,
    disputed: IntGaugeVec,
}

impl Metrics {
    /// Registers the figures; once a registry.
    ///
    /// # Errors
    /// `AlreadyReg` when the registry has them already.
    pub fn register(registry: &Registry) -> prometheus::Result<Self> {
        let metrics = Self {
            signed: IntGaugeVec::new(
                Opts::new("linli_notary_signed", "Size of the newest signed checkpoint."),
                &["district"],
            )?,
            waits: HistogramVec::new(
                HistogramOpts::new(
                    "linli_notary_wait_seconds",
                    "From the first record after a checkpoint to the next checkpoint.",
                )
                .buckets(WAITS.to_vec()),
                &["district"],
            )?,
            faults: IntCounterVec::new(
                Opts::new("linli_notary_faults_total", "Times that the notary had to begin anew."),
                &["district"],
            )?,
            cosigned: IntCounterVec::new(
                Opts::new("linli_notary_cosigned_total", "Checkpoints put to a witness."),
                &["witness", "result"],
            )?,
            disputed: IntGaugeVec::new(
                Opts::new(
                    "linli_notary_disputed",
                    "1 while a witness has seen another history of the log, or a longer one.",
                ),
                &["witness"],
            )?,
        };
        registry.register(Box::new(metrics.signed.clone()))?;
        registry.register(Box::new(metrics.waits.clone()))?;
        registry.register(Box::new(metrics.faults.clone()))?;
        registry.register(Box::new(metrics.cosigned.clone()))?;
        registry.register(Box::new(metrics.disputed.clone()))?;
        Ok(metrics)
    }

    /// Begins a district's figures, so that they are told before anything happens.
    pub(crate) fn begin(&self, district: &str) {
        self.signed.with_label_values(&[district]).set(0);
        self.faults.with_label_values(&[district]).inc_by(0);
        self.waits.with_label_values(&[district]);
    }

    /// A checkpoint was signed; the first record that it is over and the one before is not waited so long.
    pub(crate) fn signed(&self, district: &str, size: u64, waited: Duration) {
        self.waits.with_label_values(&[district]).observe(waited.as_secs_f64());
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        self.signed.with_label_values(&[district]).set(size);
    }

    pub(crate) fn fault(&self, district: &str) {
        self.faults.with_label_values(&[district]).inc();
    }

    pub(crate) fn cosigned<T>(&self, witness: &str, outcome: &Result<T, CosignError>) {
        let (result, disputed) = match outcome {
            Ok(_) => ("signed", Some(0)),
            Err(CosignError::RolledBack { .. } | CosignError::Fork { .. }) => ("disputed", Some(1)),
            Err(
                CosignError::Asked(_)
                | CosignError::Refused { .. }
                | CosignError::Answer(_)
                | CosignError::Proof(_)
                | CosignError::Kept(_),
            ) => ("failed", None),
        };
        self.cosigned.with_label_values(&[witness, result]).inc();
        if let Some(disputed) = disputed {
            self.disputed.with_label_values(&[witness]).set(disputed);
        }
    }
}
