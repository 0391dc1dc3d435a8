//! The client against a socket that answers by a script.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::bulk::{Bulk, BulkItem, ItemAnswer};
use crate::contribution::SubmitContribution;
use crate::key::{KeyKind, MintKey};
use crate::{Client, ClientError};

const RECEIPT: &str = r#"{"first":7,"last":8,"recorded_at":"2025-03-05T11:30:00.000000Z","changed":{"contribution":"C","status":"pending","grade":"B"}}"#;
const BULK: [&str; 2] = [
    r#"{"accepted":1,"refused":3,"answers":[
        {"status":"refused","key":"a","problem":{"type":"/problems/outcome-unknown","title":"t","status":503,"detail":"d","detail_zh":"z","detail_en":"e"}},
        {"status":"accepted","key":"b","repeated":false,"receipt":RECEIPT},
        {"status":"refused","key":"c","problem":{"type":"/problems/overlaps","title":"t","status":409,"detail":"d","detail_zh":"z","detail_en":"e"}},
        {"status":"refused","key":"d","problem":{"type":"/problems/overloaded","title":"t","status":429,"detail":"d","detail_zh":"z","detail_en":"e"}}]}"#,
    r#"{"accepted":2,"refused":0,"answers":[
        {"status":"accepted","key":"a","repeated":true,"receipt":RECEIPT},
        {"status":"accepted","key":"d","repeated":false,"receipt":RECEIPT}]}"#,
];
const PROBLEM: &str = r#"{"type":"/problems/overlaps","title":"t","status":409,"detail":"d","detail_zh":"z","detail_en":"e","contribution":"C"}"#;

/// What the server does with a connection.
#[derive(Clone, Copy)]
enum Act {
    Answer(&'static str, &'static str),
    HangUp,
}

/// Plays the script, a connection each, and answers the idempotency keys that were sent.
async fn play(listener: TcpListener, script: &[Act]) -> Vec<String> {
    let mut keys = Vec::new();
    for act in script {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            stream.read_buf(&mut request).await.unwrap();
        }
        let head = String::from_utf8_lossy(&request);
        let key = head.lines().find_map(|line| line.strip_prefix("idempotency-key: "));
        keys.push(key.unwrap_or("none").to_owned());
        if let Act::Answer(head, body) = act {
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    }
    keys
}

async fn place() -> (TcpListener, Client) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    (listener, Client::new(&url, "a-key").unwrap())
}

fn claim() -> SubmitContribution {
    serde_json::from_str(r#"{"resident":"R","act":"A","grid":"G","started_at":"s","ended_at":"e"}"#)
        .unwrap()
}

#[tokio::test]
async fn a_command_is_sent_again_under_its_key_until_it_is_answered() {
    let (listener, client) = place().await;
    let script = [
        Act::HangUp,
        Act::Answer("503 Service Unavailable\r\nretry-after: 0", "{}"),
        Act::Answer("429 Too Many Requests", "{}"),
        Act::Answer("201 Created\r\nlinli-position: 8\r\nidempotency-replayed: true", RECEIPT),
    ];
    let body = claim();
    let (keys, reply) =
        tokio::join!(play(listener, &script), client.submit_contribution("k-1", &body));
    let reply = reply.unwrap();
    assert_eq!(keys, ["k-1"; 4]);
    assert_eq!((reply.position, reply.replayed, reply.body.last), (8, true, 8));
}

#[tokio::test]
async fn of_many_commands_those_without_an_answer_are_sent_again() {
    let (listener, client) = place().await;
    let [first, second] = BULK.map(|answer| -> &str { answer.replace("RECEIPT", RECEIPT).leak() });
    let script = [
        Act::Answer("200 OK\r\nlinli-position: 8", first),
        Act::Answer("200 OK\r\nlinli-position: 9", second),
    ];
    let item = |key: &str| BulkItem { key: key.into(), body: claim() };
    let bulk = Bulk { items: ["a", "b", "c", "d"].map(item).into() };
    let (sent, reply) = tokio::join!(play(listener, &script), client.submit_contributions(&bulk));
    assert_eq!(sent.len(), 2);
    let reply = reply.unwrap();
    assert_eq!((reply.position, reply.body.accepted, reply.body.refused), (9, 3, 1));
    let told = reply.body.answers.iter().map(|answer| match answer {
        ItemAnswer::Accepted { key, repeated, .. } => format!("{key} {repeated}"),
        ItemAnswer::Refused { key, problem } => format!("{key} {}", problem.name()),
    });
    assert_eq!(told.collect::<Vec<_>>(), ["a true", "b false", "c overlaps", "d false"]);
}

#[tokio::test]
async fn a_problem_is_told_at_once_with_its_figures() {
    let (listener, client) = place().await;
    let script = [Act::Answer("409 Conflict", PROBLEM)];
    let body = claim();
    let (_, reply) = tokio::join!(play(listener, &script), client.submit_contribution("k", &body));
    let error = reply.unwrap_err();
    let problem = error.problem().unwrap();
    assert_eq!((problem.name(), problem.figures["contribution"].as_str()), ("overlaps", Some("C")));
}

#[tokio::test]
async fn a_key_is_never_minted_twice() {
    let (listener, client) = place().await;
    let wish = MintKey {
        kind: KeyKind::Partner,
        name: "app".into(),
        subject: None,
        scopes: None,
        client: None,
        expires_at: None,
    };
    let (_, reply) = tokio::join!(play(listener, &[Act::HangUp]), client.mint_key(&wish));
    assert!(matches!(reply, Err(ClientError::Connection { attempts: 1, .. })));
}
