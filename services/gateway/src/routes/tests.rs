//! The edge over a real socket: what is refused before any database or writer is asked.

use linli_domain::time::Timestamp;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::front::Front;
use crate::key::{Environment, KeyId, KeyKind, KeyRow, sample};
use crate::{Gateway, Rate};

/// A gateway with one partner's and one revoked key, on a free port.
struct Place {
    http: Client,
    url: String,
    partner: String,
    revoked: String,
    stop: CancellationToken,
    served: tokio::task::JoinHandle<std::io::Result<()>>,
}

fn row(number: u128, revoked_at: Option<Timestamp>) -> (String, KeyRow) {
    let environment = Environment::new("test").unwrap();
    let (text, secret_sha256) = sample(&environment, KeyId(number));
    let row = KeyRow {
        id: KeyId(number),
        client: number,
        kind: KeyKind::Partner,
        name: "app".into(),
        subject: None,
        scopes: KeyKind::Partner.scopes().to_vec(),
        secret_sha256,
        created_at: Timestamp::default(),
        expires_at: None,
        revoked_at,
    };
    (text, row)
}

impl Place {
    async fn new() -> Self {
        Self::limited(None).await
    }

    async fn limited(rate: Option<Rate>) -> Self {
        let (partner, good) = row(1, None);
        let (revoked, bad) = row(2, Some(Timestamp::default()));
        let gateway = Gateway { front: Front::limited(vec![good, bad], rate) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let served = tokio::spawn(gateway.serve(listener, stop.clone()));
        Self { http: Client::new(), url, partner, revoked, stop, served }
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    /// A submission by the partner, with its key but without a body.
    fn submit(&self) -> RequestBuilder {
        self.ask(Method::POST, "/v1/contributions")
            .bearer_auth(&self.partner)
            .header("idempotency-key", "k")
    }

    async fn end(self) {
        self.stop.cancel();
        self.served.await.unwrap().unwrap();
    }
}

fn claim() -> Value {
    json!({
        "resident": "01JD9Z3K8V6Q2M4T7W5X1Y0ABC", "act": "PA-1", "grid": "01JD9Z3K8V6Q2M4T7W5X1Y0ABD",
        "started_at": "2025-03-05T19:30:00+08:00", "ended_at": "2025-03-05T21:00:00+08:00",
    })
}

fn claim_with(field: &str, value: &Value) -> Value {
    let mut claim = claim();
    claim[field] = value.clone();
    claim
}

async fn told(request: RequestBuilder) -> String {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    let problem: Value = response.json().await.unwrap();
    assert_eq!(kind, "application/problem+json", "{problem}");
    assert_eq!(problem["status"], status, "{problem}");
    format!("{status} {}", problem["type"].as_str().unwrap().trim_start_matches("/problems/"))
}

async fn check(cases: impl IntoIterator<Item = (RequestBuilder, &'static str)>) {
    for (request, expected) in cases {
        let shown = format!("{request:?}");
        assert_eq!(told(request).await, expected, "{shown}");
    }
}

#[tokio::test]
async fn nobody_comes_in_without_a_key_that_may() {
    let place = Place::new().await;
    let keys = |key: &str| place.ask(Method::GET, "/v1/keys").bearer_auth(key);
    check([
        (place.ask(Method::GET, "/v1/nothing"), "404 not-found"),
        (place.ask(Method::PATCH, "/v1/contributions"), "405 method-not-allowed"),
        (place.ask(Method::GET, "/v1/keys"), "401 api-key-missing"),
        (
            place.ask(Method::GET, "/v1/keys").header("authorization", "Basic eA=="),
            "401 api-key-missing",
        ),
        (keys("nonsense"), "401 api-key-malformed"),
        (keys(&format!("{}0", place.partner)), "401 api-key-malformed"),
        (keys(&row(3, None).0), "401 api-key-unknown"),
        (keys(&place.revoked), "401 api-key-revoked"),
        (keys(&place.partner), "403 scope-missing"),
    ])
    .await;
    place.end().await;
}

#[tokio::test]
async fn a_command_is_parsed_before_it_goes_to_the_writer() {
    let place = Place::new().await;
    let bare = |path: &str| place.ask(Method::POST, path).bearer_auth(&place.partner);
    let keyed = |key: &str| bare("/v1/contributions").header("idempotency-key", key);
    let json = |text: String| place.submit().header("content-type", "application/json").body(text);
    let with = |field: &str, value: Value| place.submit().json(&claim_with(field, &value));
    check([
        (place.submit().json(&claim()), "503 unavailable"),
        (bare("/v1/contributions").json(&claim()), "400 idempotency-key-missing"),
        (keyed("a b").json(&claim()), "400 idempotency-key-invalid"),
        (keyed(&"k".repeat(129)).json(&claim()), "400 idempotency-key-invalid"),
        (place.submit().body("{}"), "415 unsupported-media-type"),
        (json("{\"act\":".into()), "400 malformed-json"),
        (json(format!("\"{}\"", "a".repeat(65 * 1024))), "413 body-too-large"),
        (place.submit(), "400 missing-field"),
        (place.submit().json(&json!([1])), "400 invalid-field"),
        (with("merit", json!("5")), "400 unknown-field"),
        (with("resident", json!("me")), "400 invalid-id"),
        (with("resident", json!(7)), "400 invalid-field"),
        (with("act", json!("no act")), "400 invalid-text"),
        (with("ended_at", json!("late")), "400 invalid-time"),
        (with("ended_at", claim()["started_at"].clone()), "400 invalid-interval"),
        (with("signals", json!(["luck"])), "400 invalid-field"),
        (
            bare("/v1/contributions?limit=1").header("idempotency-key", "k").json(&claim()),
            "400 invalid-query",
        ),
        (bare("/v1/contributions/bulk").json(&json!({"items": []})), "400 too-many-items"),
    ])
    .await;
    place.end().await;
}

/// A connection that breaks in the middle of a body says nothing of the command: the answer to
/// whoever can still read is "again", not "wrong".
#[tokio::test]
async fn a_body_that_breaks_off_is_not_taken_for_a_wrong_one() {
    let place = Place::new().await;
    let mut line = tokio::net::TcpStream::connect(&place.url["http://".len()..]).await.unwrap();
    let head = format!(
        "POST /v1/contributions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {}\r\n\
         Idempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: 300\r\n\r\n{{\"act\":",
        place.partner
    );
    line.write_all(head.as_bytes()).await.unwrap();
    line.shutdown().await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 408") && head.contains("retry-after: 1"), "{head}");
    assert!(body.contains("/problems/body-cut-off"), "{body}");
    place.end().await;
}

#[tokio::test]
async fn a_read_is_parsed_before_anything_is_asked() {
    let place = Place::new().await;
    let read = |path: &str| place.ask(Method::GET, path).bearer_auth(&place.partner);
    check([
        (read("/v1/rankings?window=decade"), "400 invalid-query"),
        (read("/v1/rankings?limit=0"), "400 invalid-query"),
        (read("/v1/rankings?area=here"), "400 invalid-id"),
        (read("/v1/rankings?after=soon"), "400 invalid-query"),
        (read("/v1/rankings").header("linli-after", "-1"), "400 invalid-query"),
        (read("/v1/residents/me/statement?cursor=x"), "400 invalid-cursor"),
        (read("/v1/residents/me"), "404 unknown"),
        (read("/v1/residents/by-card/12345678"), "400 invalid-card"),
    ])
    .await;
    place.end().await;
}

#[tokio::test]
async fn each_item_of_a_bulk_has_its_own_answer() {
    let place = Place::new().await;
    let items = json!({"items": [
        {"key": "a", "body": claim()},
        {"key": "", "body": claim()},
        {"key": "c", "body": claim_with("resident", &json!("me"))},
        {"key": "d", "body": 5},
    ]});
    let request =
        place.ask(Method::POST, "/v1/contributions/bulk").bearer_auth(&place.partner).json(&items);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    let told: Vec<_> = answer["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| {
            format!(
                "{} {}",
                answer["key"].as_str().unwrap(),
                answer["problem"]["type"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "a /problems/unavailable",
            " /problems/idempotency-key-invalid",
            "c /problems/invalid-id",
            "d /problems/invalid-field",
        ]
    );
    assert_eq!((&answer["accepted"], &answer["refused"]), (&json!(0), &json!(4)));
    place.end().await;
}

#[tokio::test]
async fn a_problem_speaks_the_language_asked_for_and_says_when_to_come_again() {
    let place = Place::new().await;
    let response =
        place.submit().header("accept-language", "zh-CN").json(&claim()).send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "1");
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["title"], "暂时无法服务");
    assert_eq!(problem["detail"], problem["detail_zh"]);
    // Where no key is asked for, too.
    let open = place.ask(Method::GET, "/v1/certificates/none").header("accept-language", "zh-CN");
    let problem: Value = open.send().await.unwrap().json().await.unwrap();
    assert_eq!(problem["detail"], "查无此证明。");
    place.end().await;
}

#[tokio::test]
async fn pages_are_served_with_a_policy_and_need_no_key() {
    let place = Place::new().await;
    for path in [
        "/station",
        "/station/station.js",
        "/problems",
        "/problems/overlaps",
        "/docs/",
        "/openapi.json",
    ] {
        let response = place.ask(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {policy}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{path}");
    }
    for path in ["/station/Cargo.toml", "/station/..%2FCargo.toml", "/problems/none"] {
        assert_eq!(told(place.ask(Method::GET, path)).await, "404 not-found", "{path}");
    }
    assert_eq!(place.ask(Method::GET, "/healthz").send().await.unwrap().status(), 200);
    assert_eq!(place.ask(Method::GET, "/readyz").send().await.unwrap().status(), 503);
    place.submit().json(&claim()).send().await.unwrap();
    let metrics = place.ask(Method::GET, "/metrics").send().await.unwrap().text().await.unwrap();
    let line = "linli_gateway_requests_total{method=\"POST\",route=\"/v1/contributions\",status=\"503\"} 1";
    assert!(metrics.lines().any(|known| known == line), "{metrics}");
    place.end().await;
}

#[tokio::test]
async fn a_key_that_asks_too_much_is_told_when_to_come_again() {
    let place = Place::limited(Some(Rate::new(200, 3_600).unwrap())).await;
    let read = || place.ask(Method::GET, "/v1/rankings?limit=0").bearer_auth(&place.partner);
    let left = async |request: RequestBuilder| {
        let response = request.send().await.unwrap();
        let header = |name: &str| {
            let value = response.headers().get(name).map(|value| value.to_str().unwrap());
            value.unwrap_or("-").split(";t=").next().unwrap().to_owned()
        };
        format!("{} {} {}", response.status(), header("ratelimit-policy"), header("ratelimit"))
    };
    let bulk = || {
        let bulk = place.ask(Method::POST, "/v1/contributions/bulk").bearer_auth(&place.partner);
        bulk.json(&json!({"items": []}))
    };
    assert_eq!(left(read()).await, "400 Bad Request - -");
    assert_eq!(left(bulk()).await, r#"400 Bad Request "burst";q=200;w=3600 "burst";r=99"#);
    assert_eq!(left(bulk()).await, r#"429 Too Many Requests "burst";q=200;w=3600 "burst";r=99"#);
    assert_eq!(left(read()).await, r#"400 Bad Request "burst";q=200;w=3600 "burst";r=98"#);
    let response = bulk().send().await.unwrap();
    // One unit more comes every 18 seconds; two are needed.
    let seconds: u32 = response.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((19..=36).contains(&seconds), "{seconds}");
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["type"], "/problems/rate-limited");
    assert_eq!([&problem["units"], &problem["needed"]], [&json!(200), &json!(100)]);
    place.end().await;
}
