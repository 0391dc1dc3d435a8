//! Rebuilds: beside, compared, switched.

use linli_domain::quantity::Points;
use linli_projector::rebuild;
use linli_readmodel::Projection;

use crate::agree::agree;
use crate::support::{Bench, Running};
use crate::world::{GRID, World, resident};

async fn caught_up() -> (Bench, World, Running) {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    world.live();
    bench.append(&world.take_records(), 6).await;
    let running = bench.start(bench.settings());
    bench.caught_up(&bench.reader()).await;
    (bench, world, running)
}

async fn schemas(bench: &Bench, projection: Projection) -> Vec<String> {
    let text = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE $1 ORDER BY 1";
    let like = format!("read\\_{projection}\\_%");
    let rows = bench.client().await.query(text, &[&like]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuild_agrees_and_takes_over() {
    let (mut bench, mut world, running) = caught_up().await;
    let reader = bench.reader();
    let settings = bench.settings();
    let rebuilds = Projection::ALL.map(|projection| rebuild(&settings, projection));
    let reports = futures::future::join_all(rebuilds).await;
    for (projection, report) in Projection::ALL.into_iter().zip(reports) {
        let report = report.unwrap();
        assert!(report.agrees(), "{report:?}");
        assert!(report.live.is_some());
        assert_eq!((report.generation.number, report.position), (2, bench.end()));
        let form = projection.form();
        assert_eq!(schemas(&bench, projection).await, [format!("read_{projection}_{form}_2")]);
    }
    agree(&reader, &world.state).await;
    // The projectors have noticed, and move the new ones on.
    world.serve(1, GRID);
    bench.append(&world.take_records(), 2).await;
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_were_tampered_with_are_told_and_made_right() {
    let (bench, world, running) = caught_up().await;
    let tamper = format!(
        "UPDATE read_balances_{}_1.wallet SET available_hundredths = 99999 WHERE resident = $1",
        Projection::Balances.form()
    );
    let id = linli_readmodel::Uuid(resident(1).number());
    assert_eq!(bench.client().await.execute(&tamper, &[&id]).await.unwrap(), 1);
    let reader = bench.reader();
    let wallet = reader.wallet(resident(1)).await.unwrap().unwrap();
    assert_eq!(wallet.available, Points::from_hundredths(99_999));
    let report = rebuild(&bench.settings(), Projection::Balances).await.unwrap();
    assert!(!report.agrees());
    // The reader has known of the old generation for a moment at the most.
    agree(&reader, &world.state).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_another_form_are_made_anew() {
    let (bench, world, running) = caught_up().await;
    running.stop().await;
    let text = "UPDATE read.projection SET form = 99 WHERE projection = 'catalogue'";
    bench.client().await.execute(text, &[]).await.unwrap();
    let reader = bench.reader();
    assert!(reader.item(crate::world::RICE).await.is_err());
    let running = bench.start(bench.settings());
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    running.stop().await;
}
