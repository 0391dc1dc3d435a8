//! A stack of one's own: started, asked, broken and started again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking, in its helpers too"
)]

use linli_devstack::{Error, Options, Stack, StopMode};
use tokio_postgres::NoTls;

async fn ask(url: &str, statement: &str) -> Result<Vec<String>, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let work = async move {
        let rows = client.simple_query(statement).await?;
        Ok(rows
            .iter()
            .filter_map(|message| match message {
                tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            })
            .collect())
    };
    tokio::join!(connection, work).1
}

#[tokio::test]
async fn a_stack_answers_and_leaves_nothing_behind() {
    let mut stack = Stack::start(Options::temporary()).await.unwrap();
    let folder = stack.data_dir().to_owned();
    let (postgres, nats) = (stack.postgres_pid().unwrap(), stack.nats_pid().unwrap());
    assert!(is_alive(postgres) && is_alive(nats));

    let url = stack.create_database("linli").await.unwrap();
    assert_eq!(stack.create_database("linli").await.unwrap(), url);
    assert!(matches!(stack.create_database("li-nli").await, Err(Error::DatabaseName { .. })));
    for (setting, value) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("max_connections", "200"),
        ("server_encoding", "UTF8"),
        ("listen_addresses", "127.0.0.1"),
    ] {
        let said = ask(&url, &format!("SHOW {setting}")).await.unwrap();
        assert_eq!(said, [value], "{setting}");
    }
    let wrong = url.replace("//postgres:", "//postgres:x");
    assert!(ask(&wrong, "SELECT 1").await.is_err(), "a password is asked for");

    stack.stop().await.unwrap();
    assert!(!is_alive(postgres) && !is_alive(nats));
    assert!(!folder.exists());
}

#[tokio::test]
async fn a_killed_postgres_keeps_its_commits_and_its_url() {
    let options = Options { nats: false, ..Options::temporary() };
    let mut stack = Stack::start(options).await.unwrap();
    let url = stack.postgres_url().to_owned();
    ask(&url, "CREATE TABLE t (n int); INSERT INTO t VALUES (7)").await.unwrap();

    stack.kill_postgres().await.unwrap();
    assert!(stack.postgres_pid().is_none());
    assert!(ask(&url, "SELECT 1").await.is_err());
    assert!(matches!(stack.kill_postgres().await, Err(Error::NotRunning { .. })));

    stack.start_postgres().await.unwrap();
    assert_eq!(stack.postgres_url(), url);
    assert_eq!(ask(&url, "SELECT n FROM t").await.unwrap(), ["7"]);
    assert!(matches!(stack.start_postgres().await, Err(Error::Running { .. })));

    for mode in [StopMode::Smart, StopMode::Fast, StopMode::Immediate] {
        stack.stop_postgres(mode).await.unwrap();
        stack.start_postgres().await.unwrap();
    }
    assert_eq!(ask(&url, "SELECT n FROM t").await.unwrap(), ["7"]);

    stack.pause_postgres().unwrap();
    let second = std::time::Duration::from_secs(1);
    assert!(tokio::time::timeout(second, ask(&url, "SELECT 1")).await.is_err(), "nobody answers");
    stack.resume_postgres().unwrap();
    assert_eq!(ask(&url, "SELECT 1").await.unwrap(), ["1"]);
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn nats_keeps_its_store_until_it_is_deleted() {
    let options = Options { postgres: false, ..Options::temporary() };
    let mut stack = Stack::start(options).await.unwrap();
    let url = stack.nats_url().to_owned();
    create_stream(&url).await;
    assert_eq!(streams(&stack).await, 1);

    stack.kill_nats().await.unwrap();
    stack.start_nats().await.unwrap();
    assert_eq!((stack.nats_url(), streams(&stack).await), (url.as_str(), 1));

    stack.pause_nats().unwrap();
    stack.resume_nats().unwrap();
    stack.stop_nats().await.unwrap();
    stack.start_nats().await.unwrap();
    assert_eq!(streams(&stack).await, 1);

    stack.delete_nats_store().await.unwrap();
    assert!(stack.nats_pid().is_none());
    stack.start_nats().await.unwrap();
    assert_eq!(streams(&stack).await, 0);

    // PostgreSQL was not wanted at first and can still be had.
    stack.start_postgres().await.unwrap();
    assert_eq!(ask(stack.postgres_url(), "SELECT 1").await.unwrap(), ["1"]);
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn a_kept_folder_starts_again_at_once() {
    let parent = tempfile::tempdir().unwrap();
    let options = Options { nats: false, ..Options::kept(parent.path().join("data")) };
    let stack = Stack::start(options.clone()).await.unwrap();
    let folder = stack.data_dir().to_owned();
    ask(stack.postgres_url(), "CREATE TABLE t (n int); INSERT INTO t VALUES (7)").await.unwrap();
    // Dropped, not stopped: the next start waits for the servers to end.
    drop(stack);

    let stack = Stack::start(options).await.unwrap();
    assert_eq!(stack.data_dir(), folder);
    assert_eq!(ask(stack.postgres_url(), "SELECT n FROM t").await.unwrap(), ["7"]);
    stack.stop().await.unwrap();
    assert!(folder.join("postgres/PG_VERSION").exists());
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_paused_stack_ends_when_dropped() {
    let mut stack = Stack::start(Options::temporary()).await.unwrap();
    let folder = stack.data_dir().to_owned();
    let (_client, connection) = tokio_postgres::connect(stack.postgres_url(), NoTls).await.unwrap();
    let pids = [stack.postgres_pid().unwrap(), stack.nats_pid().unwrap()];
    stack.pause_postgres().unwrap();
    stack.pause_nats().unwrap();
    drop(stack);
    assert!(connection.await.is_err(), "the backend ended too");
    let end = async {
        while pids.into_iter().any(is_alive) || folder.exists() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), end).await.unwrap();
}

#[tokio::test]
async fn a_wrong_server_is_refused_with_advice() {
    let options = Options { postgres_bin: Some("/nowhere".into()), ..Options::temporary() };
    let refused = Stack::start(options).await.unwrap_err();
    assert!(matches!(refused, Error::NoServer { .. }));
    assert!(refused.to_string().contains("install PostgreSQL"), "{refused}");
}

async fn exchange(stream: tokio::net::TcpStream, text: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = stream;
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Speaks just enough of the protocol to make a stream.
async fn create_stream(url: &str) {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let address = url.strip_prefix("nats://").unwrap();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let (read, mut write) = stream.into_split();
    let wish = r#"{"name":"S","subjects":["s.>"]}"#;
    let subject = "$JS.API.STREAM.CREATE.S";
    let text = format!(
        "CONNECT {{\"verbose\":false}}\r\nSUB answer 1\r\nPUB {subject} answer {}\r\n{wish}\r\n",
        wish.len()
    );
    write.write_all(text.as_bytes()).await.unwrap();
    let mut lines = BufReader::new(read).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if line.contains("stream_create_response") {
            assert!(!line.contains("\"error\""), "{line}");
            return;
        }
    }
    panic!("no answer");
}

async fn streams(stack: &Stack) -> u64 {
    let address = stack.nats_monitor_url().strip_prefix("http://").unwrap().to_owned();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let answer = exchange(stream, "GET /jsz HTTP/1.0\r\n\r\n").await;
    let body = answer.split_once("\r\n\r\n").unwrap().1;
    let figures: serde_json::Value = serde_json::from_str(body).unwrap();
    figures["streams"].as_u64().unwrap()
}

fn is_alive(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
}
