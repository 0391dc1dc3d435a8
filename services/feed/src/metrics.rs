//! What feeds tell Prometheus.

use linli_log::District;
use prometheus::{IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry};

/// Metrics of feeds, by district. Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    position: IntGaugeVec,
    held_bytes: IntGaugeVec,
    subscriptions: IntGaugeVec,
    frames: IntCounterVec,
}

impl Metrics {
    /// Makes the metrics and registers them.
    ///
    /// # Errors
    /// [`prometheus::Error`] when the registry has metrics of these names.
    pub fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        let gauge = |name: &str, help: &str| {
            let gauge = IntGaugeVec::new(Opts::new(name, help), &["district"])?;
            registry.register(Box::new(gauge.clone())).map(|()| gauge)
        };
        let frames = IntCounterVec::new(
            Opts::new(
                "linli_feed_frames_total",
                "Frames taken, by who took them and whether from memory (held) or, by who was \
                 behind, from the log again (read).",
            ),
            &["district", "subscriber", "source"],
        )?;
        registry.register(Box::new(frames.clone()))?;
        Ok(Self {
            position: gauge(
                "linli_feed_position",
                "Last position that the feed has followed and decoded.",
            )?,
            held_bytes: gauge(
                "linli_feed_held_bytes",
                "Memory of the frames that are held for subscribers that have not taken them yet.",
            )?,
            subscriptions: gauge("linli_feed_subscriptions", "Who takes frames from the feed.")?,
            frames,
        })
    }

    pub(crate) fn of(&self, district: &District) -> FeedMetrics {
        let labels = [district.as_str()];
        FeedMetrics {
            position: self.position.with_label_values(&labels),
            held_bytes: self.held_bytes.with_label_values(&labels),
            subscriptions: self.subscriptions.with_label_values(&labels),
        }
    }

    pub(crate) fn subscriber(&self, district: &District, name: &str) -> SubscriberMetrics {
        let of = |source| self.frames.with_label_values(&[district.as_str(), name, source]);
        SubscriberMetrics { held: of("held"), read: of("read") }
    }
}

/// One feed's.
#[derive(Clone, Debug)]
pub(crate) struct FeedMetrics {
    pub(crate) position: IntGauge,
    pub(crate) held_bytes: IntGauge,
    pub(crate) subscriptions: IntGauge,
}

/// One subscriber's.
#[derive(Clone, Debug)]
pub(crate) struct SubscriberMetrics {
    pub(crate) held: IntCounter,
    pub(crate) read: IntCounter,
}
