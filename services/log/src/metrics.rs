//! What the relay and the followers tell Prometheus.

use prometheus::{IntCounterVec, IntGaugeVec, Opts, Registry};

use crate::district::District;

/// Metrics of the relay and the followers, by district. Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    relay_position: IntGaugeVec,
    relay_up: IntGaugeVec,
    relay_frames: IntCounterVec,
    relay_conflicts: IntCounterVec,
    relay_rebuilds: IntCounterVec,
    relay_errors: IntCounterVec,
    follower_position: IntGaugeVec,
    follower_frames: IntCounterVec,
    follower_errors: IntCounterVec,
}

/// Where a follower's frame came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// JetStream.
    Stream,
    /// PostgreSQL.
    Log,
}

impl Source {
    fn label(self) -> &'static str {
        match self {
            Self::Stream => "stream",
            Self::Log => "log",
        }
    }
}

impl Metrics {
    /// Makes the metrics and registers them, all at 0.
    ///
    /// # Errors
    /// [`prometheus::Error`] when the registry has metrics of these names.
    pub fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        let gauge = |name: &str, help: &str, labels: &[&str]| {
            let gauge = IntGaugeVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(gauge.clone())).map(|()| gauge)
        };
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone())).map(|()| counter)
        };
        Ok(Self {
            relay_position: gauge(
                "linli_log_relay_position",
                "Last position that JetStream has acknowledged.",
                &["district"],
            )?,
            relay_up: gauge(
                "linli_log_relay_up",
                "1 while the relay and the stream agree, else 0.",
                &["district"],
            )?,
            relay_frames: counter(
                "linli_log_relay_frames_total",
                "Frames published to JetStream.",
                &["district"],
            )?,
            relay_conflicts: counter(
                "linli_log_relay_conflicts_total",
                "Times that the fence refused a frame: another relay is at work.",
                &["district"],
            )?,
            relay_rebuilds: counter(
                "linli_log_relay_rebuilds_total",
                "Times that a stream of another history, or with a hole, was thrown away.",
                &["district"],
            )?,
            relay_errors: counter(
                "linli_log_relay_errors_total",
                "Times that the relay had to start over.",
                &["district"],
            )?,
            follower_position: gauge(
                "linli_log_follower_position",
                "Last position that was handed to the follower's owner.",
                &["district", "follower"],
            )?,
            follower_frames: counter(
                "linli_log_follower_frames_total",
                "Frames followed, by where they came from (stream or log).",
                &["district", "follower", "source"],
            )?,
            follower_errors: counter(
                "linli_log_follower_errors_total",
                "Times that a source (stream or log) failed a follower.",
                &["district", "follower", "source"],
            )?,
        })
    }

    pub(crate) fn relay(&self, district: &District) -> RelayMetrics {
        let labels = [district.as_str()];
        RelayMetrics {
            position: self.relay_position.with_label_values(&labels),
            up: self.relay_up.with_label_values(&labels),
            frames: self.relay_frames.with_label_values(&labels),
            conflicts: self.relay_conflicts.with_label_values(&labels),
            rebuilds: self.relay_rebuilds.with_label_values(&labels),
            errors: self.relay_errors.with_label_values(&labels),
        }
    }

    pub(crate) fn follower(&self, district: &District, name: &str) -> FollowerMetrics {
        let by_source = |counter: &IntCounterVec, source: Source| {
            counter.with_label_values(&[district.as_str(), name, source.label()])
        };
        FollowerMetrics {
            position: self.follower_position.with_label_values(&[district.as_str(), name]),
            stream_frames: by_source(&self.follower_frames, Source::Stream),
            log_frames: by_source(&self.follower_frames, Source::Log),
            stream_errors: by_source(&self.follower_errors, Source::Stream),
            log_errors: by_source(&self.follower_errors, Source::Log),
        }
    }
}

/// One district's relay.
#[derive(Clone, Debug)]
pub(crate) struct RelayMetrics {
    pub(crate) position: prometheus::IntGauge,
    pub(crate) up: prometheus::IntGauge,
    pub(crate) frames: prometheus::IntCounter,
    pub(crate) conflicts: prometheus::IntCounter,
    pub(crate) rebuilds: prometheus::IntCounter,
    pub(crate) errors: prometheus::IntCounter,
}

/// One follower.
#[derive(Clone, Debug)]
pub(crate) struct FollowerMetrics {
    pub(crate) position: prometheus::IntGauge,
    stream_frames: prometheus::IntCounter,
    log_frames: prometheus::IntCounter,
    stream_errors: prometheus::IntCounter,
    log_errors: prometheus::IntCounter,
}

impl FollowerMetrics {
    pub(crate) fn frame(&self, source: Source) {
        match source {
            Source::Stream => self.stream_frames.inc(),
            Source::Log => self.log_frames.inc(),
        }
    }

    pub(crate) fn error(&self, source: Source) {
        match source {
            Source::Stream => self.stream_errors.inc(),
            Source::Log => self.log_errors.inc(),
        }
    }
}
