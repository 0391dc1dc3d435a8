//! Who may not.

use linli_tests::Ask;
use serde_json::json;

use crate::world::{World, basket};
use crate::{Row, row};

pub fn rows(world: &World<'_>) -> Vec<Row> {
    let (place, keys) = (world.place, &world.keys);
    let claim = world.claim();
    let submit = |bearer: &str| world.post(bearer, "/v1/contributions", &claim);
    let cut = place.partner_key.get(..place.partner_key.len() - 2).unwrap();
    let sale = basket(&place.people.chen, &place.items.soap, 1);
    let keyless = Ask::post("/v1/contributions").key("k").json(&claim).unwrap();
    let mut rows = vec![
        row("no key", keyless.clone(), 401, "api-key-missing"),
        row(
            "basic sign-in",
            keyless.header("Authorization", "Basic bGk6bGk="),
            401,
            "api-key-missing",
        ),
        row("a cut key", submit(cut), 401, "api-key-malformed"),
        row("nonsense for a key", submit("linli"), 401, "api-key-malformed"),
        row("a key of another district", submit(&keys.foreign), 401, "api-key-unknown"),
        row("a revoked key", submit(&keys.revoked), 401, "api-key-revoked"),
        row("an expired key", submit(&keys.expired), 401, "api-key-expired"),
        row("a key with fewer scopes", submit(&keys.narrow), 403, "scope-missing"),
        row("a station submits", submit(&place.shop.key), 403, "scope-missing"),
        row("an auditor submits", submit(&place.auditor_key), 403, "scope-missing"),
        row(
            "a partner sells",
            world.post(&place.partner_key, "/v1/sales", &sale),
            403,
            "scope-missing",
        ),
        row("an officer sells", world.post(&keys.staff, "/v1/sales", &sale), 403, "scope-missing"),
    ];
    let path = format!("/v1/contributions/{}/verify", world.contributions.pending);
    let mint = json!({"kind": "operator", "name": "mine"});
    for (about, bearer) in [("a partner", &place.partner_key), ("a station", &place.shop.key)] {
        rows.push(row(about, world.post(bearer, &path, &json!({})), 403, "scope-missing"));
        rows.push(row(about, world.post(bearer, "/v1/keys", &mint), 403, "scope-missing"));
        rows.push(row(about, Ask::get("/v1/log/records").bearer(bearer), 403, "scope-missing"));
        let clock = Ask::new(reqwest::Method::PUT, "/v1/test-clock").bearer(bearer);
        let clock = clock.json(&json!({"now": "2030-01-01T00:00:00Z"})).unwrap();
        rows.push(row(about, clock, 403, "scope-missing"));
    }
    for (about, wish) in [
        ("a station's key without a station", json!({"kind": "station", "name": "x"})),
        (
            "a partner's key with a subject",
            json!({"kind": "partner", "name": "x", "subject": world.nothing}),
        ),
        ("a key without a name", json!({"kind": "partner", "name": ""})),
        (
            "a scope beyond the kind",
            json!({"kind": "partner", "name": "x", "scopes": ["keys:write"]}),
        ),
        ("a scope that isn't", json!({"kind": "partner", "name": "x", "scopes": ["all"]})),
    ] {
        let ask = world.post(&keys.operator, "/v1/keys", &wish);
        rows.push(row(about, ask, 422, "invalid-api-key-request"));
    }
    rows
}
