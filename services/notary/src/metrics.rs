//! The notary's figures.

use prometheus::{IntCounterVec, IntGaugeVec, Opts, Registry};

use crate::cosign::CosignError;

/// Figures of all districts of a process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {
    signed: IntGaugeVec,
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
        registry.register(Box::new(metrics.faults.clone()))?;
        registry.register(Box::new(metrics.cosigned.clone()))?;
        registry.register(Box::new(metrics.disputed.clone()))?;
        Ok(metrics)
    }

    /// Begins a district's figures, so that they are told before anything happens.
    pub(crate) fn begin(&self, district: &str) {
        self.signed.with_label_values(&[district]).set(0);
        self.faults.with_label_values(&[district]).inc_by(0);
    }

    pub(crate) fn signed(&self, district: &str, size: u64) {
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
