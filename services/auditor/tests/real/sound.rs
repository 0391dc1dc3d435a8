//! Logs in which all is true.

use super::history::history;
use super::store::Store;

#[tokio::test]
async fn a_true_log_is_found_true() {
    let world = history();
    let store = Store::holding(&world.records).await;
    let report = store.audit().await;
    let records = u64::try_from(world.records.len()).unwrap();
    assert!(report.ok && report.complete, "{report}");
    assert_eq!(report.exit_code(), 0);
    assert_eq!((report.violations, report.counts.records, report.head), (0, records, records));
    assert_eq!(report.counts.commands, world.commands);
    assert_eq!(report.keys_compared, Some(world.commands));
    assert!(report.counts.deadlines > 10, "{report}");
    assert_eq!(report.state_digest, Some(world.state.digest().to_string()));
    let head = super::store::frames(&world.records).last().unwrap().0.root;
    assert_eq!(report.root, head.to_string());
    assert!(report.to_string().contains("all of it is true"), "{report}");
    let json: serde_json::Value = serde_json::to_value(&report).unwrap();
    assert_eq!(json["ok"], true);
    assert_eq!(json["records"], records);
    assert_eq!(json["violations"], 0);
    assert!(json["records_per_second"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn an_empty_log_is_true() {
    let report = Store::empty().await.audit().await;
    assert!(report.ok, "{report}");
    assert_eq!(report.counts.records, 0);
    assert_eq!(report.root, linli_log::merkle::EMPTY_ROOT.to_string());
}

#[tokio::test]
async fn an_audit_may_end_earlier() {
    let world = history();
    let store = Store::holding(&world.records).await;
    let report = store.audit_upto(100).await;
    assert!(report.ok && report.complete, "{report}");
    assert!((100..110).contains(&report.counts.records), "{report}");
    let beyond = store.audit_upto(1_000_000).await;
    assert_eq!(beyond.counts.records, beyond.head);
}

#[tokio::test]
async fn who_may_not_read_the_keys_audits_the_frames() {
    let world = history();
    let store = Store::holding(&world.records).await;
    let role = "CREATE ROLE auditor_of_frames NOLOGIN";
    // Roles are of the whole cluster: another run may have made it.
    drop(store.client.batch_execute(role).await);
    store
        .client
        .batch_execute(
            "GRANT USAGE ON SCHEMA log TO auditor_of_frames;
             GRANT SELECT ON log.frame TO auditor_of_frames",
        )
        .await
        .unwrap();
    let mut settings = store.settings();
    let mut config = store.config();
    config.options("-c role=auditor_of_frames");
    let pool = linli_log::reader::pool(&config, 4).unwrap();
    let district = store.district.clone();
    settings.source = linli_auditor::Source::Store { pool, district };
    let report = linli_auditor::verify(settings).await.unwrap();
    assert!(report.ok, "{report}");
    assert_eq!(report.keys_compared, None);
}

#[tokio::test]
async fn what_cannot_run_says_so() {
    let store = Store::empty().await;
    let mut settings = store.settings();
    settings.compare_projections = true;
    let outcome = linli_auditor::verify(settings).await;
    assert_eq!(linli_auditor::exit_code(&outcome), 3, "{outcome:?}");
}
