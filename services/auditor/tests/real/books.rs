//! The books in the forms of others. What is written for the small history is committed, so that
//! a change is seen, and so that programs that are not ours check it: `.ci/run books`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use linli_auditor::{ExportSettings, Exported, Form, Progress, export};

use super::history::history;
use super::store::Store;

const FORMS: [(Form, &str); 4] = [
    (Form::Beancount, "beancount"),
    (Form::Hledger, "hledger"),
    (Form::Csv, "csv"),
    (Form::JsonLines, "jsonl"),
];

async fn exported(store: &Store, form: Form, folder: &Path, upto: Option<u64>) -> Exported {
    let settings = ExportSettings {
        pool: store.pool.clone(),
        district: store.district.clone(),
        form,
        folder: folder.to_owned(),
        upto,
        progress: Progress::Hidden,
    };
    export(settings).await.unwrap()
}

fn golden(form: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/books").join(form)
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[tokio::test]
async fn each_form_is_the_one_committed() {
    let world = history();
    let store = Store::holding(&world.records).await;
    for (form, name) in FORMS {
        let committed = golden(name);
        let found = tempfile::tempdir().unwrap();
        let told = exported(&store, form, found.path(), None).await;
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            drop(std::fs::remove_dir_all(&committed));
            exported(&store, form, &committed, None).await;
        }
        assert_eq!(files(found.path()), files(&committed), "{name}; UPDATE_GOLDEN=1 writes it");
        assert_eq!(told.records, u64::try_from(world.records.len()).unwrap());
        assert_eq!(told.files.len(), files(&committed).len());
        let moving = world.records.iter().filter(|record| !record.postings.is_empty());
        assert_eq!(told.transactions, u64::try_from(moving.count()).unwrap());
    }
}

#[tokio::test]
async fn the_last_balances_are_those_of_the_ledger() {
    let world = history();
    let store = Store::holding(&world.records).await;
    let folder = tempfile::tempdir().unwrap();
    exported(&store, Form::Csv, folder.path(), None).await;
    let mut last = BTreeMap::new();
    for (name, text) in files(folder.path()) {
        for row in text.lines().skip(1).filter(|_| name.ends_with(".csv")) {
            let cells: Vec<&str> = row.split(',').collect();
            assert_eq!(cells.len(), 9, "{row}");
            last.insert(cells[5].to_owned(), cells[7].to_owned());
        }
    }
    let mut expected = BTreeMap::new();
    for posting in world.records.iter().flat_map(|record| &record.postings) {
        expected.insert(posting.account, posting.balance.to_string());
    }
    assert_eq!(last.len(), expected.len());
    let (mut told, mut kept): (Vec<_>, Vec<_>) =
        (last.into_values().collect(), expected.into_values().collect());
    told.sort();
    kept.sort();
    assert_eq!(told, kept);
}

#[tokio::test]
async fn an_export_may_end_earlier() {
    let world = history();
    let store = Store::holding(&world.records).await;
    let folder = tempfile::tempdir().unwrap();
    let told = exported(&store, Form::JsonLines, folder.path(), Some(100)).await;
    assert_eq!(told.records, 100);
    let objects = files(folder.path());
    for (name, text) in objects.iter().filter(|(name, _)| name.ends_with(".jsonl")) {
        for line in text.lines() {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(object["position"].as_u64().unwrap() <= 100, "{name}: {line}");
        }
    }
}
