//! Read models, made by the projector itself: true as they are, and found out once a row is
//! changed.

use std::time::Duration;

use linli_auditor::{Kind, Place, Report, Verdict, VerifySettings, verify};
use linli_domain::Position;
use linli_domain::text::Code;
use linli_feed::Feed;
use linli_log::LogReader;
use linli_projector::{Metrics, Projectors, Settings};
use linli_readmodel::{Column, Mode, Projection, Reader};
use tokio_util::sync::CancellationToken;

use super::history::history;
use super::store::{Store, frames};

/// Longest wait for the projectors.
const PROJECTED_WAIT_MAX: Duration = Duration::from_secs(30);

/// A log and its read models, at the same position.
async fn projected() -> Store {
    let store = Store::holding(&history().records).await;
    project(&store).await;
    store
}

/// Lets the projectors come up to the end of the log.
async fn project(store: &Store) {
    let mut client = store.connect().await;
    linli_readmodel::migrate(&mut client).await.unwrap();
    let pool = linli_log::reader::pool(&store.config(), 10).unwrap();
    let log = LogReader::new(pool.clone());
    let head = log.head(&store.district).await.unwrap().unwrap().last;
    let settings = Settings {
        pool: pool.clone(),
        feed: Feed::new(log, None, store.district.clone()),
        metrics: Metrics::register(&prometheus::Registry::new()).unwrap(),
    };
    let cancel = CancellationToken::new();
    let running = tokio::spawn(Projectors::new(settings).unwrap().run(cancel.clone()));
    let reader = Reader::new(pool, Code::new(store.district.as_str()).unwrap());
    let come_up = async {
        for projection in Projection::ALL {
            // Before its projector has begun there is nothing to wait at.
            while reader.checkpoint(projection).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            reader.wait_for(projection, Position(head), PROJECTED_WAIT_MAX).await.unwrap();
        }
    };
    tokio::time::timeout(PROJECTED_WAIT_MAX, come_up).await.unwrap();
    cancel.cancel();
    running.await.unwrap();
}

async fn audit(store: &Store) -> Report {
    verify(VerifySettings { compare_projections: true, ..store.settings() }).await.unwrap()
}

#[tokio::test]
async fn what_the_projector_made_is_true() {
    let store = projected().await;
    let report = audit(&store).await;
    assert!(report.ok, "{report}");
    assert_eq!(report.projections.len(), Projection::ALL.len());
    for shown in &report.projections {
        assert_eq!((shown.verdict, shown.behind), (Verdict::True, Some(0)), "{report}");
        // Nobody reports a hazard in that history.
        assert!(shown.rows > 0 || shown.projection == "orders", "{report}");
    }
}

#[tokio::test]
async fn a_read_model_is_compared_where_it_stands() {
    let records = history().records;
    let mut all = frames(&records);
    let later = all.split_off(all.len() / 2);
    let store = Store::of(all).await;
    project(&store).await;
    store.append(later).await;
    let report = audit(&store).await;
    assert!(report.ok, "{report}");
    for shown in &report.projections {
        assert_eq!(shown.verdict, Verdict::True, "{report}");
        let (position, behind) = (shown.position.unwrap(), shown.behind.unwrap());
        assert_eq!(position + behind, report.head);
        assert!(behind > 100, "{report}");
    }
    let upto = Some(Position(50));
    let settings = VerifySettings { compare_projections: true, upto, ..store.settings() };
    let early = verify(settings).await.unwrap();
    assert!(early.ok, "{early}");
    assert!(early.projections.iter().all(|shown| shown.verdict == Verdict::NotReached), "{early}");
}

/// A change of any value of the column to another of its type, if it can be made at all.
fn other(column: &Column) -> String {
    let name = column.name;
    match column.sql {
        "boolean" => format!("NOT {name}"),
        "uuid" => "'01234567-0123-0123-0123-0123456789ab'".to_owned(),
        "bigint" | "integer" | "smallint" => format!("{name} + 1"),
        _ => format!("{name} || '1'"),
    }
}

#[tokio::test]
async fn any_value_of_any_column() {
    let store = projected().await;
    let mut changed = 0;
    for projection in Projection::ALL {
        let schema = format!("read_{projection}_{}_1", projection.form());
        for table in projection.tables() {
            let name = format!("{schema}.{}", table.name);
            let kept = format!("CREATE TABLE kept AS SELECT * FROM {name}");
            let back = format!("DELETE FROM {name}; INSERT INTO {name} SELECT * FROM kept");
            store.client.batch_execute(&kept).await.unwrap();
            for column in table.columns.iter().filter(|column| column.mode != Mode::Key) {
                let change = format!(
                    "UPDATE {name} SET {column} = {other} WHERE ctid = \
                     (SELECT ctid FROM {name} WHERE {column} IS NOT NULL ORDER BY ctid LIMIT 1)",
                    column = column.name,
                    other = other(column),
                );
                if store.client.execute(&change, &[]).await.unwrap() == 0 {
                    continue;
                }
                let report = audit(&store).await;
                let found = report.all_findings().next();
                assert!(
                    found.is_some_and(|it| is_about(it, projection, table.name, column)),
                    "{change}\n{report}"
                );
                assert_eq!(report.exit_code(), 1);
                assert!(report.findings.is_empty(), "the log is true\n{report}");
                store.client.batch_execute(&back).await.unwrap();
                changed += 1;
            }
            store.client.batch_execute("DROP TABLE kept").await.unwrap();
        }
    }
    assert!(changed > 100, "{changed}");
    assert!(audit(&store).await.ok);
}

fn is_about(
    finding: &linli_auditor::Finding,
    projection: Projection,
    name: &str,
    changed: &Column,
) -> bool {
    let Place::Row { table, column, .. } = &finding.place else { return false };
    // Of rows that only grow, the owner is named and not the column.
    finding.kind == Kind::Row
        && *table == format!("{projection}.{name}")
        && column.is_none_or(|column| column == changed.name)
}

/// A statement with the schemas of the first generations in the place of projections' names.
fn in_first_generation(statement: &str) -> String {
    Projection::ALL.into_iter().fold(statement.to_owned(), |statement, projection| {
        let (name, form) = (projection.name(), projection.form());
        statement.replace(&format!("{name}."), &format!("read_{name}_{form}_1."))
    })
}

#[tokio::test]
async fn a_wallet_is_named() {
    let store = projected().await;
    let richer = "UPDATE balances.wallet SET available_hundredths = available_hundredths + 500 \
                  WHERE resident = '00000000-0000-0000-0000-000000000003'";
    store.tamper(&in_first_generation(richer)).await;
    let report = audit(&store).await;
    let finding = report.all_findings().next().unwrap().to_string();
    assert!(finding.contains("balances.wallet.available_hundredths"), "{finding}");
    assert!(finding.contains("00000000000000000000000003"), "{finding}");
    assert!(finding.contains("found 500"), "{finding}");
    assert_eq!(report.violations, 1);
    assert!(report.to_string().contains("differs"), "{report}");
}

#[tokio::test]
async fn rows_too_few_and_too_many() {
    let store = projected().await;
    for (change, found) in [
        (
            "DELETE FROM balances.wallet WHERE ctid = \
             (SELECT min(ctid) FROM balances.wallet)",
            "missing",
        ),
        (
            "INSERT INTO directory.household \
             SELECT district, '01234567-0123-0123-0123-0123456789ab', micro_grid \
             FROM directory.household LIMIT 1",
            "no such row",
        ),
        (
            "DELETE FROM balances.line WHERE ordinal = 1 AND position = \
          (SELECT max(position) FROM balances.line WHERE ordinal = 1)",
            "rows expected",
        ),
        (
            "UPDATE rankings.score SET period = period + 100 WHERE ctid = \
          (SELECT min(ctid) FROM rankings.score)",
            "missing",
        ),
    ] {
        store.tamper(&in_first_generation(change)).await;
        let report = audit(&store).await;
        assert!(report.all_findings().any(|it| it.what.contains(found)), "{change}\n{report}");
    }
}

#[tokio::test]
async fn a_checkpoint_that_is_not_the_logs() {
    let store = projected().await;
    for (change, verdict) in [
        ("root = set_byte(root, 0, get_byte(root, 0) # 1)", Verdict::Differs),
        ("error = 'record 9: a sum ran past its range'", Verdict::Stopped),
        ("recorded_at_us = recorded_at_us + 1", Verdict::Differs),
        ("position = position - 1", Verdict::Astray),
        ("position = position + 1000", Verdict::Astray),
        ("form = 9", Verdict::NotBuilt),
    ] {
        let projection = "WHERE projection = 'balances'";
        store
            .client
            .batch_execute("CREATE TABLE kept AS SELECT * FROM read.projection")
            .await
            .unwrap();
        store.tamper(&format!("UPDATE read.projection SET {change} {projection}")).await;
        let report = audit(&store).await;
        let balances = report.projections.iter().find(|shown| shown.projection == "balances");
        assert_eq!(balances.unwrap().verdict, verdict, "{change}\n{report}");
        assert!(!report.ok, "{change}\n{report}");
        let back = "DELETE FROM read.projection; INSERT INTO read.projection SELECT * FROM kept; \
                    DROP TABLE kept";
        store.client.batch_execute(back).await.unwrap();
    }
    assert!(audit(&store).await.ok);
}
