//! Everything that was made from the log held against it, as the command does and tells it.

use linli_api::officer::{AppointOfficer, Duty};
use linli_api::station::CountStock;
use linli_tests::{Terms, TestSystem, Wish};
use serde_json::Value;

use crate::linli;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_of_the_log_is_held_against_it_and_told_as_a_paper() {
    let scratch = tempfile::tempdir().unwrap();
    let paper = scratch.path().join("paper.html");
    let terms = Terms { nats: true, ..Terms::default() };
    let system = TestSystem::start_with(terms).await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    place.serve(&place.people.chen, "PW-1", 60).await.unwrap();
    let officer = AppointOfficer {
        officer: None,
        duty: Duty::CommunityOfficer,
        area: place.areas.community.clone(),
        resident: None,
    };
    let officer =
        place.operator.appoint_officer("answers", &officer).await.unwrap().body.changed.id;
    let count = CountStock { item: place.items.soap.clone(), found: 38, officer, operator: None };
    place.shop.api.count_stock("count", &count).await.unwrap();
    place.caught_up().await.unwrap();

    let stores = system.stores().unwrap();
    let stores = [
        "--database-url",
        &stores.database_url,
        "--district",
        &stores.district,
        "--nats-url",
        &stores.nats_url,
    ];
    let reconcile = async |expected: i32| {
        let more = ["--report", paper.to_str().unwrap(), "--json"];
        let args = [&["audit", "reconcile"][..], &stores, &more].concat();
        let output = linli().run(&args).await.unwrap();
        assert_eq!(output.status.code(), Some(expected), "{output:?}");
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        (told, std::fs::read_to_string(&paper).unwrap())
    };
    let (told, shown) = reconcile(0).await;
    assert_eq!((&told["ok"], &told["stream"]["verdict"]), (&true.into(), &"true".into()));
    assert_eq!(told["stream"]["frames"], told["audit"]["frames"]);
    assert_eq!(told["audit"]["papers"]["counts"], 1);
    assert_eq!(told["audit"]["papers"]["missing"], 2);
    assert!(shown.contains("全部相符") && shown.contains("balances"), "{shown}");
    assert!(
        !shown.contains("<script") && !shown.contains("http"),
        "it needs nothing from elsewhere"
    );

    // Without the server, the stream is gone for good; the paper says so.
    let nats = async_nats::connect(stores[5]).await.unwrap();
    let name = linli_log::stream::stream_name(&stores[3].parse().unwrap());
    let database = system.shut().await.unwrap();
    async_nats::jetstream::new(nats).delete_stream(&name).await.unwrap();
    let (told, shown) = reconcile(1).await;
    assert_eq!((&told["ok"], &told["stream"]["verdict"]), (&false.into(), &"not-there".into()));
    assert_eq!(told["audit"]["ok"], true);
    assert!(shown.contains(&name) && shown.contains("1 处不符"), "{shown}");
    drop(database);
}
