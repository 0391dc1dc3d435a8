//! The pinned servers come into an empty cache and run.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use std::path::PathBuf;

use linli_devstack::{Options, Stack, fetch_nats_server, fetch_postgres};

/// A cache that the servers' user can reach.
fn empty_cache() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::Permissions::from_mode(0o755);
    tempfile::Builder::new().permissions(mode).tempdir().unwrap()
}

#[tokio::test]
async fn both_servers_come_once_and_run() {
    let cache = empty_cache();
    // Two at the same moment, as two test programs would.
    let (nats, again) =
        tokio::join!(fetch_nats_server(cache.path()), fetch_nats_server(cache.path()));
    let (nats, again) = (nats.unwrap(), again.unwrap());
    assert_eq!(nats, again);
    let postgres = fetch_postgres(cache.path()).await.unwrap();
    assert_eq!(names(cache.path()), 3, "a folder each, and the lock");

    let options = Options {
        postgres_bin: Some(PathBuf::from(&postgres)),
        nats_server: Some(nats),
        ..Options::temporary()
    };
    let stack = Stack::start(options).await.unwrap();
    stack.create_database("linli").await.unwrap();
    stack.stop().await.unwrap();
}

fn names(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}
