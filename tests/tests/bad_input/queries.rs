//! What can't be asked.

use linli_tests::Ask;
use reqwest::Method;
use serde_json::json;

use crate::world::World;
use crate::{Row, row};

pub fn rows(world: &World<'_>) -> Vec<Row> {
    let place = world.place;
    let get = |path: &str| Ask::get(path).bearer(&place.shop.key);
    let ranking =
        |query: &str| Ask::get(&format!("/v1/rankings?{query}")).bearer(&place.partner_key);
    let log = |path: &str| Ask::get(path).bearer(&place.auditor_key);
    let of = |resident: &str, what: &str| get(&format!("/v1/residents/{resident}/{what}"));
    let chen = place.people.chen.resident.as_str();
    let clock = |now: &str| {
        let ask = Ask::new(Method::PUT, "/v1/test-clock").bearer(&world.keys.operator);
        ask.json(&json!({ "now": now })).unwrap()
    };
    let stray = Ask::new(Method::DELETE, "/v1/contributions").bearer(&place.partner_key);
    let reached = get(&format!("/v1/residents/{chen}/wallet")).header("Linli-After", "1000000");
    vec![
        row("a path that isn't", get("/v1/nothing"), 404, "not-found"),
        row("a method that isn't", stray, 405, "method-not-allowed"),
        row("a wallet of nobody", of(world.nothing, "wallet"), 404, "unknown"),
        row("a wallet of no id", of("chen", "wallet"), 404, "unknown"),
        row("a statement of no line", of(chen, "statement?limit=0"), 400, "invalid-query"),
        row("a statement of too many", of(chen, "statement?limit=201"), 400, "invalid-query"),
        row("a cursor of one's own", of(chen, "statement?cursor=abc"), 400, "invalid-cursor"),
        row("a parameter that isn't", of(chen, "wallet?currency=cny"), 400, "invalid-query"),
        row("a parameter twice", of(chen, "statement?limit=1&limit=2"), 400, "invalid-query"),
        row("an `after` that is no position", of(chen, "wallet?after=now"), 400, "invalid-query"),
        row("further than the log goes", reached, 503, "not-yet"),
        row("a window that isn't", ranking("window=decade"), 400, "invalid-query"),
        row(
            "a period of another window",
            ranking("window=month&period=2025-W10"),
            400,
            "invalid-query",
        ),
        row("a thirteenth month", ranking("window=month&period=2025-13"), 400, "invalid-query"),
        row("an area that isn't", ranking(&format!("area={}", world.nothing)), 404, "unknown"),
        row("an area that is no id", ranking("area=here"), 400, "invalid-id"),
        row("a card misread", get("/v1/residents/by-card/00000001"), 400, "invalid-card"),
        row(
            "a redemption that isn't",
            get(&format!("/v1/redemptions/{}", world.nothing)),
            404,
            "unknown",
        ),
        row("an item that isn't", get(&format!("/v1/items/{}", world.nothing)), 404, "unknown"),
        row("a record before the first", log("/v1/log/records/0"), 404, "not-found"),
        row("a record past the end", log("/v1/log/records/1000000"), 404, "not-found"),
        row("too many records", log("/v1/log/records?limit=5000"), 400, "invalid-query"),
        row("back in time", clock("2020-01-01T00:00:00Z"), 409, "clock-backwards"),
        row("a time that isn't", clock("tomorrow"), 400, "invalid-time"),
    ]
}
