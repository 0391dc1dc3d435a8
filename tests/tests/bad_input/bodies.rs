//! What can't be read.

use linli_tests::Ask;
use serde_json::{Value, json};

use crate::world::World;
use crate::{Row, row};

/// A body here is at most 64 KiB, one with many commands 2 MiB.
const BODY_BYTES: usize = 64 * 1024;
const BULK_BYTES: usize = 2 * 1024 * 1024;

pub fn rows(world: &World<'_>) -> Vec<Row> {
    let mut rows = shapes(world);
    rows.extend(amounts(world));
    rows.extend(sizes(world));
    rows.extend(idempotency(world));
    rows
}

fn shapes(world: &World<'_>) -> Vec<Row> {
    let claim = serde_json::to_string(&world.claim()).unwrap();
    let submit = |text: &str| world.bare(&world.place.partner_key, "/v1/contributions").text(text);
    let with = |field: &str, value: Value| {
        let mut body: Value = serde_json::from_str(&claim).unwrap();
        body[field] = value;
        submit(&body.to_string())
    };
    let without = |field: &str| {
        let mut body: Value = serde_json::from_str(&claim).unwrap();
        body.as_object_mut().unwrap().remove(field);
        submit(&body.to_string())
    };
    let typed = |kind: &str| {
        world.bare(&world.place.partner_key, "/v1/contributions").body(kind, claim.as_str())
    };
    vec![
        row("half a document", submit(&claim[..claim.len() / 2]), 400, "malformed-json"),
        row("no JSON at all", submit("resident=chen"), 400, "malformed-json"),
        row("something after it", submit(&format!("{claim} x")), 400, "malformed-json"),
        row(
            "bytes that are no text",
            submit("").body("application/json", [0xff, 0xfe]),
            400,
            "malformed-json",
        ),
        row("a list", submit("[]"), 400, "invalid-field"),
        row("nothing", submit(""), 400, "missing-field"),
        row("a field too many", with("points", json!("100")), 400, "unknown-field"),
        row("a field too few", without("act"), 400, "missing-field"),
        row("a number for a text", with("act", json!(5)), 400, "invalid-field"),
        row("null for a text", with("resident", Value::Null), 400, "invalid-field"),
        row("a signal that isn't", with("signals", json!(["luck"])), 400, "invalid-field"),
        row("an act in small letters", with("act", json!("pw-1")), 400, "invalid-text"),
        row("an act too long", with("act", json!("PW-1234567890")), 400, "invalid-text"),
        row("a resident that is no id", with("resident", json!("chen")), 400, "invalid-id"),
        row(
            "a time without offset",
            with("ended_at", json!("2025-03-05T11:00:00")),
            400,
            "invalid-time",
        ),
        row("a day for a time", with("ended_at", json!("2025-03-05")), 400, "invalid-time"),
        row(
            "a hash that is none",
            with("attachments", json!([{"kind": "photo", "sha256": "abc"}])),
            400,
            "invalid-hash",
        ),
        row("a form", typed("application/x-www-form-urlencoded"), 415, "unsupported-media-type"),
        row("plain text", typed("text/plain"), 415, "unsupported-media-type"),
    ]
}

fn amounts(world: &World<'_>) -> Vec<Row> {
    let path = format!("/v1/pools/{}/fund", world.place.pools["street"]);
    let fund = |points: Value| {
        let body = json!({"points": points, "reference": "FIN-2"});
        world.post(&world.keys.operator, &path, &body)
    };
    let price = |price: &str| {
        let path = format!("/v1/items/{}/price", world.place.items.soap);
        world.post(&world.keys.operator, &path, &json!({"price": price, "cost": "1"}))
    };
    vec![
        row("a negative funding", fund(json!("-1")), 400, "negative-amount"),
        row("nothing to fund", fund(json!("0.00")), 422, "nothing-to-fund"),
        row("a third of a point", fund(json!("0.333")), 400, "amount-too-precise"),
        row("more than there is", fund(json!("10000000.01")), 400, "amount-above-limit"),
        row("far more", fund(json!("99999999999999999999999999")), 400, "amount-above-limit"),
        row("an exponent", fund(json!("1e3")), 400, "invalid-amount"),
        row("no amount", fund(json!("")), 400, "invalid-amount"),
        row("words", fund(json!("a lot")), 400, "invalid-amount"),
        row("not a number", fund(json!("NaN")), 400, "invalid-amount"),
        row("a number that isn't text", fund(json!(12.5)), 400, "invalid-field"),
        row("a negative price", price("-0.01"), 400, "negative-amount"),
        row("a price too exact", price("1.005"), 400, "amount-too-precise"),
        row("a price too high", price("100000000"), 400, "amount-above-limit"),
    ]
}

fn sizes(world: &World<'_>) -> Vec<Row> {
    let place = world.place;
    let big = format!("{{\"act\":\"{}\"}}", "A".repeat(BODY_BYTES));
    let submit = world.bare(&place.partner_key, "/v1/contributions").text(&big);
    let bulk =
        |text: &str| Ask::post("/v1/contributions/bulk").bearer(&place.partner_key).text(text);
    let bulky = format!("{{\"items\":[\"{}\"]}}", "A".repeat(BULK_BYTES));
    let item = json!({"key": "k", "body": world.claim()});
    let many = |count: usize| bulk(&json!({"items": vec![item.clone(); count]}).to_string());
    vec![
        row("a body over the limit", submit, 413, "body-too-large"),
        row("a bulk over the limit", bulk(&bulky), 413, "body-too-large"),
        row("a bulk of nothing", many(0), 400, "too-many-items"),
        row("a bulk of 1,001", many(1_001), 400, "too-many-items"),
        row("a bulk without keys", bulk(r#"{"items":[{"body":{}}]}"#), 400, "missing-field"),
        row("a bulk with more", bulk(r#"{"items":[],"atomic":true}"#), 400, "unknown-field"),
    ]
}

fn idempotency(world: &World<'_>) -> Vec<Row> {
    let place = world.place;
    let ask = Ask::post("/v1/contributions").bearer(&place.partner_key);
    let ask = ask.json(&world.claim()).unwrap();
    let verify = format!("/v1/contributions/{}/verify", world.contributions.pending);
    let verify = Ask::post(&verify).bearer(&world.keys.staff).text("{}");
    let join = format!("/v1/residents/{}/ranking", place.people.chen.resident);
    let join = Ask::new(reqwest::Method::PUT, &join).bearer(&place.partner_key);
    vec![
        row("no idempotency key", ask.clone(), 400, "idempotency-key-missing"),
        row("a verification without key", verify, 400, "idempotency-key-missing"),
        row("an empty key", ask.clone().key(""), 400, "idempotency-key-invalid"),
        row("a key too long", ask.clone().key(&"k".repeat(129)), 400, "idempotency-key-invalid"),
        row("a key with a blank", ask.clone().key("a b"), 400, "idempotency-key-invalid"),
        row("a key that isn't ASCII", ask.clone().key("键"), 400, "idempotency-key-invalid"),
        row("a used key, other body", ask.key("used"), 422, "idempotency-key-reused"),
        row("a used key, other route", join.key("used"), 422, "idempotency-key-reused"),
    ]
}
