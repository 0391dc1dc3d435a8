//! The log as anybody fetches it, and a resident's receipt.

use linli_gateway::key::KeyKind;
use linli_log::merkle::{leaf_hash, root_of};
use linli_notary::{Receipt, TrustedKeys};
use linli_tests::{Answer, Ask, Place, wait};

use crate::{linli, place};

async fn receipt(place: &Place, position: u64, key: &str) -> Answer {
    place.http.send(&Ask::get(&format!("/v1/receipts/{position}")).bearer(key)).await.unwrap()
}

/// The receipt, as soon as a checkpoint covers the record.
async fn receipt_text(place: &Place, position: u64) -> String {
    let found = wait::until("a receipt", wait::LONG, async || {
        let answer = receipt(place, position, &place.partner_key).await;
        match answer.status {
            200 => Some(String::from_utf8(answer.body).unwrap()),
            503 => {
                assert_eq!(answer.header("retry-after"), Some("1"));
                None
            }
            status => panic!("{status}: {}", String::from_utf8_lossy(&answer.body)),
        }
    });
    found.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_checked_off_line_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let (system, place) = place(&folder).await;
    let submitted = place.serve(&place.people.chen, "PW-1", 60).await.unwrap();
    // What the partner's own command led to: the submission, before the officer's word.
    let mut own = None;
    for position in (1..=submitted.last).rev() {
        if receipt(&place, position, &place.partner_key).await.status != 404 {
            own = Some(position);
            break;
        }
    }
    let position = own.unwrap();
    let text = receipt_text(&place, position).await;
    let keys = place.http.send(&Ask::get("/log/keys")).await.unwrap();
    let keys = String::from_utf8(keys.body).unwrap();
    let read: Receipt = text.parse().unwrap();
    assert_eq!(read.position(), position);
    let head = read.verify(&TrustedKeys::parse(&keys).unwrap()).unwrap();
    assert!(head.origin.ends_with(&format!("/{}", system.district())));
    let shown = place.auditor.log_record(position).await.unwrap().body;
    let leaf = serde_json::to_value(&shown.leaf).unwrap();
    assert_eq!(leaf, leaf_hash(&read.record).to_string());

    // Somebody else's receipt is not there; an auditor has every one.
    let stranger = system.mint(KeyKind::Partner, "another partner").await.unwrap();
    assert_eq!(receipt(&place, position, &stranger).await.status, 404);
    let audited = receipt(&place, position, &place.auditor_key).await;
    assert_eq!(audited.status, 200);
    assert_eq!(audited.header("cache-control"), Some("private, no-cache"));
    assert_eq!(receipt(&place, 0, &place.auditor_key).await.status, 404);
    assert_eq!(receipt(&place, 1_000_000, &place.auditor_key).await.status, 404);

    // Nothing but the receipt and the key.
    system.stop().await.unwrap();
    let (file, key) = (folder.path().join("one.tlog-proof"), folder.path().join("log.pub"));
    std::fs::write(&key, &keys).unwrap();
    let (file, key) = (file.to_str().unwrap(), key.to_str().unwrap());
    let index = format!("index {}", position - 1);
    for (content, code) in [
        (text.clone(), 0),
        (text.replace(&index, &format!("index {position}")), 1),
        (text.replace("tlog-proof@v1", "tlog-proof"), 2),
    ] {
        std::fs::write(file, content).unwrap();
        let output =
            linli().run(&["receipt", "verify", file, "--log-key", key, "--json"]).await.unwrap();
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        if code == 0 {
            let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!((&told["ok"], &told["position"]), (&true.into(), &position.into()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_is_served_as_tiles() {
    let folder = tempfile::tempdir().unwrap();
    let (system, place) = place(&folder).await;
    let head = place.head().await.unwrap();
    let get = async |path: &str, key: Option<&str>| {
        let ask = Ask::get(&format!("/log/{}/{path}", system.district()));
        let ask = match key {
            Some(key) => ask.bearer(key),
            None => ask,
        };
        place.http.send(&ask).await.unwrap()
    };
    let keys = place.http.send(&Ask::get("/log/keys")).await.unwrap().body;
    let trusted = TrustedKeys::parse(std::str::from_utf8(&keys).unwrap()).unwrap();
    let signed = wait::until("a checkpoint of all", wait::LONG, async || {
        let note = get("checkpoint", None).await;
        if note.status == 404 {
            return None;
        }
        assert_eq!(note.header("cache-control"), Some("no-cache"));
        let signed = trusted.open(std::str::from_utf8(&note.body).unwrap()).unwrap();
        (signed.size >= head).then_some(signed)
    });
    let signed = signed.await.unwrap();
    assert!(signed.size < 256, "one partial tile");

    let width = signed.size;
    let tile = get(&format!("tile/0/000.p/{width}"), None).await;
    assert_eq!(tile.status, 200);
    assert!(tile.header("cache-control").unwrap().contains("immutable"));
    let leaves: Vec<_> =
        tile.body.as_chunks::<32>().0.iter().map(|hash| linli_log::merkle::Hash(*hash)).collect();
    assert_eq!(root_of(&leaves), signed.root);

    let path = format!("tile/entries/000.p/{width}");
    assert_eq!(get(&path, None).await.status, 401);
    assert_eq!(get(&path, Some(&place.partner_key)).await.status, 403);
    let bundle = get(&path, Some(&place.auditor_key)).await;
    assert!(bundle.header("cache-control").unwrap().starts_with("private, "));
    let bundle = bundle.body;
    let (mut rest, mut found) = (bundle.as_slice(), Vec::new());
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (record, after) = after.split_at(u16::from_be_bytes(*length).into());
        found.push(leaf_hash(record));
        rest = after;
    }
    assert_eq!(found, leaves);

    for absent in ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/9/000", "tile/0/0"] {
        assert_eq!(get(absent, None).await.status, 404, "{absent}");
    }
    let other = place.http.send(&Ask::get("/log/elsewhere/checkpoint")).await.unwrap();
    assert_eq!(other.status, 404);
    system.stop().await.unwrap();
}
