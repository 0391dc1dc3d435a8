//! What the gateway tells Prometheus.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus::{
    Encoder as _, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge,
    Opts, Registry, TextEncoder,
};

/// Buckets in seconds: from a read answered at once to the longest wait for a writer.
const LATENCY_BUCKETS_S: &[f64] =
    &[0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The gateway's own metrics, and the registry that they and others' are told from.
#[derive(Clone, Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    latency: HistogramVec,
    in_flight: IntGauge,
}

impl Metrics {
    /// Registers them.
    pub(crate) fn new(registry: Registry) -> Result<Self, prometheus::Error> {
        let requests = IntCounterVec::new(
            Opts::new("linli_gateway_requests_total", "Requests answered, by route and status."),
            &["method", "route", "status"],
        )?;
        let latency = HistogramVec::new(
            HistogramOpts::new(
                "linli_gateway_request_seconds",
                "Time from a request's head to its answer.",
            )
            .buckets(LATENCY_BUCKETS_S.to_vec()),
            &["method", "route"],
        )?;
        let in_flight =
            IntGauge::new("linli_gateway_requests_in_flight", "Requests being answered now.")?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(latency.clone()))?;
        registry.register(Box::new(in_flight.clone()))?;
        Ok(Self { registry, requests, latency, in_flight })
    }

    /// A request has come; it is in flight until the value is dropped.
    fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// The metrics of one route.
    pub(crate) fn of_route(&self, method: Method, route: &'static str) -> RouteMetrics {
        RouteMetrics { all: self.clone(), method, route, usual: Arc::default() }
    }

    fn requests(&self, method: &Method, route: &str, status: StatusCode) -> IntCounter {
        self.requests.with_label_values(&[method.as_str(), route, status.as_str()])
    }

    fn latency(&self, method: &Method, route: &str) -> Histogram {
        self.latency.with_label_values(&[method.as_str(), route])
    }

    /// All metrics of the registry as text.
    pub(crate) fn text(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

/// The metrics of one route. Those of its usual answer are looked up once: a request has better
/// things to do than to compare labels.
#[derive(Clone, Debug)]
pub(crate) struct RouteMetrics {
    all: Metrics,
    method: Method,
    route: &'static str,
    usual: Arc<OnceLock<Usual>>,
}

/// Done as asked, the first time that this happened.
#[derive(Debug)]
struct Usual {
    status: StatusCode,
    requests: IntCounter,
    latency: Histogram,
}

impl RouteMetrics {
    /// A request has come; it is in flight until the value is dropped.
    pub(crate) fn begin(&self) -> InFlight {
        self.all.begin()
    }

    /// A request was answered.
    pub(crate) fn answered(&self, method: &Method, status: StatusCode, took: Duration) {
        let seconds = took.as_secs_f64();
        let listed = *method == self.method;
        if listed && status.is_success() {
            let usual = self.usual.get_or_init(|| Usual {
                status,
                requests: self.all.requests(method, self.route, status),
                latency: self.all.latency(method, self.route),
            });
            if usual.status == status {
                usual.requests.inc();
                usual.latency.observe(seconds);
                return;
            }
        }
        self.all.requests(method, self.route, status).inc();
        self.all.latency(method, self.route).observe(seconds);
    }
}

/// Counts a request as in flight, however it ends.
#[derive(Debug)]
pub(crate) struct InFlight(IntGauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}
