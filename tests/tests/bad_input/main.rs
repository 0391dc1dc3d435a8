//! Bad input: each kind is refused under a name of its own, in a sentence in both languages, and
//! nothing changes.

#![allow(unreachable_pub, reason = "a test crate has no outside")]
#![allow(
    clippy::too_many_lines,
    clippy::wildcard_enum_match_arm,
    reason = "a table is as long as its rows, and looks for one kind of fact"
)]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

mod bodies;
mod keys;
mod large;
mod organisation;
mod queries;
mod service;
mod spending;
mod words;
mod world;

use std::collections::BTreeSet;

use linli_api::problem::Problem;
use linli_tests::{Answer, Ask, Binary, Place, TestSystem, Wish};
use world::World;

/// A request that is wrong, and what is said to it.
struct Row {
    about: &'static str,
    ask: Ask,
    status: u16,
    kind: &'static str,
}

fn row(about: &'static str, ask: Ask, status: u16, kind: &'static str) -> Row {
    Row { about, ask, status, kind }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named_and_changes_nothing() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let world = World::prepare(&system, &place, &binary).await.unwrap();
    let mut rows = keys::rows(&world);
    rows.extend(bodies::rows(&world));
    rows.extend(service::rows(&world));
    rows.extend(words::rows(&world));
    rows.extend(spending::rows(&world));
    rows.extend(organisation::rows(&world));
    rows.extend(queries::rows(&world));
    let page = place.http.send(&Ask::get("/problems")).await.unwrap();
    let page = String::from_utf8(page.body).unwrap();
    let (head, keys) = standing(&place).await;
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &rows {
        let answer = place.http.send(&row.ask).await.unwrap();
        let heard = answer.problem();
        if !heard.as_ref().is_ok_and(|told| told.name() == row.kind && answer.status == row.status)
        {
            let heard = heard.map(|told| told.kind);
            wrong.push(format!(
                "{}: {} {}, but {} {heard:?}",
                row.about, row.status, row.kind, answer.status
            ));
        } else if let Err(lack) = well_told(&place, row, &answer, &page).await {
            wrong.push(format!("{}: {lack}", row.about));
        }
        if standing(&place).await != (head, keys) {
            panic!("{}: something changed", row.about);
        }
        seen.insert(row.kind);
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    assert!(seen.len() > 80, "{} kinds of problem were seen", seen.len());
    place.caught_up().await.unwrap();
    let audit = binary.audit(system.database_url(), system.district()).await.unwrap();
    audit.all_true().unwrap();
    system.stop().await.unwrap();
}

/// Where the log ends, and how many keys there are.
async fn standing(place: &Place) -> (u64, usize) {
    (place.head().await.unwrap(), place.operator.keys().await.unwrap().body.keys.len())
}

/// Said in both languages, in the one that was asked for, under a type whose page explains it.
async fn well_told(place: &Place, row: &Row, answer: &Answer, page: &str) -> anyhow::Result<()> {
    let told: Problem = answer.problem()?;
    anyhow::ensure!(told.kind == format!("/problems/{}", row.kind), "its type is {}", told.kind);
    anyhow::ensure!(told.status == answer.status, "it says {}", told.status);
    anyhow::ensure!(told.detail == told.detail_en && !told.title.is_empty(), "{told:?}");
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    anyhow::ensure!(is_chinese(&told.detail_zh) && !is_chinese(&told.detail_en), "{told:?}");
    anyhow::ensure!(page.contains(row.kind), "the page of problems doesn't know it");
    let chinese = row.ask.clone().header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5");
    let chinese = place.http.send(&chinese).await?.problem()?;
    anyhow::ensure!(chinese.detail == told.detail_zh, "in Chinese: {}", chinese.detail);
    anyhow::ensure!(is_chinese(&chinese.title), "its title in Chinese: {}", chinese.title);
    Ok(())
}
