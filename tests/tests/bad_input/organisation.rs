//! What an operator gets wrong.

use linli_tests::Ask;
use serde_json::{Value, json};

use crate::world::World;
use crate::{Row, row};

pub fn rows(world: &World<'_>) -> Vec<Row> {
    let (place, operator) = (world.place, &world.keys.operator);
    let (areas, people) = (&place.areas, &place.people);
    let post = |path: &str, body: Value| world.post(operator, path, &body);
    let name = json!({"zh": "名", "en": "name"});
    let area = |level: &str, kind: Option<&str>, parent: Option<&str>| {
        let body = json!({"level": level, "grid_kind": kind, "parent": parent, "name": name});
        post("/v1/areas", body)
    };
    let named = |zh: &str| {
        let body = json!({"level": "grid", "grid_kind": "dedicated", "parent": areas.community, "name": {"zh": zh, "en": "x"}});
        post("/v1/areas", body)
    };
    let resident = |household: &str, card: &str| {
        post("/v1/residents", json!({"household": household, "card": card}))
    };
    let of = |resident: &str, what: &str| {
        world.bare(operator, &format!("/v1/residents/{resident}/{what}"))
    };
    let ranking = |method: reqwest::Method, resident: &str| {
        let path = format!("/v1/residents/{resident}/ranking");
        Ask::new(method, &path).bearer(operator).key(&place.key("wrong"))
    };
    let home = people.chen.household.as_str();
    let officer =
        |duty: &str, area: &str| post("/v1/officers", json!({"duty": duty, "area": area}));
    let long = "名".repeat(81);
    let mut rows = vec![
        row(
            "a grid without a kind",
            area("grid", None, Some(areas.community.as_str())),
            422,
            "grid-kind-misplaced",
        ),
        row(
            "a community with a kind",
            area("community", Some("dedicated"), Some(areas.street.as_str())),
            422,
            "grid-kind-misplaced",
        ),
        row(
            "a grid in a grid",
            area("grid", Some("dedicated"), Some(areas.grid.as_str())),
            422,
            "wrong-level",
        ),
        row("a community without a parent", area("community", None, None), 422, "wrong-level"),
        row("in an area that isn't", area("community", None, Some(world.nothing)), 404, "unknown"),
        row("a level that isn't", area("province", None, None), 400, "invalid-field"),
        row("a name too long", named(&long), 400, "invalid-text"),
        row("no name", named(""), 400, "invalid-text"),
        row("a name of two lines", named("一\n二"), 400, "invalid-text"),
        row(
            "a household in a grid",
            post("/v1/households", json!({"micro_grid": areas.grid})),
            422,
            "wrong-level",
        ),
        row("a card that is taken", resident(home, &people.wang.card), 409, "card-taken"),
        row("a card misread", resident(home, "00000001"), 400, "invalid-card"),
        row(
            "in a household that isn't",
            resident(world.nothing, &people.wang.card),
            404,
            "unknown",
        ),
        row(
            "a volunteer again",
            of(people.chen.resident.as_str(), "volunteer"),
            409,
            "already-volunteer",
        ),
        row("a volunteer that isn't", of(world.nothing, "volunteer"), 404, "unknown"),
        row(
            "shown again",
            ranking(reqwest::Method::PUT, people.wang.resident.as_str()),
            409,
            "already-ranked",
        ),
        row(
            "left without being shown",
            ranking(reqwest::Method::DELETE, people.chen.resident.as_str()),
            409,
            "not-ranked",
        ),
        row(
            "a grid officer of a street",
            officer("full_time_grid_officer", areas.street.as_str()),
            422,
            "wrong-level",
        ),
        row(
            "retired twice",
            world.bare(operator, &format!("/v1/officers/{}/retire", place.officers.leaving.0)),
            409,
            "officer-retired",
        ),
        row(
            "a pool that is there",
            post("/v1/pools", json!({"code": "street", "name": name})),
            409,
            "already-exists",
        ),
        row(
            "a pool with a strange code",
            post("/v1/pools", json!({"code": "Street!", "name": name})),
            400,
            "invalid-text",
        ),
        row(
            "a pool that isn't",
            post(
                &format!("/v1/pools/{}/fund", world.nothing),
                json!({"points": "1", "reference": "x"}),
            ),
            404,
            "unknown",
        ),
        row(
            "an item of nobody",
            post(
                "/v1/items",
                json!({"supplier": world.nothing, "name": name, "kind": "goods", "price": "1", "cost": "1"}),
            ),
            404,
            "unknown",
        ),
    ];
    rows.extend(rules(world));
    rows
}

fn rules(world: &World<'_>) -> Vec<Row> {
    let publish = |query: &str, text: &str| {
        let path = format!("/v1/rules?{query}");
        world.bare(&world.keys.operator, &path).body("application/toml", text)
    };
    let from = "effective_from=2026-01-01T00:00:00Z";
    let good = linli_profile::GULOU;
    let typo = good.replace("late_entry_days", "late_enty_days");
    vec![
        row("rules that are no TOML", publish(from, "= = ="), 422, "invalid-profile"),
        row("rules with a typo", publish(from, &typo), 422, "invalid-profile"),
        row(
            "rules of another version",
            publish(&format!("{from}&version=7"), good),
            409,
            "rules-version",
        ),
        row(
            "rules before the last",
            publish("effective_from=2024-01-01T00:00:00Z", good),
            409,
            "rules-out-of-order",
        ),
        row("rules from never", publish("effective_from=soon", good), 400, "invalid-time"),
    ]
}
