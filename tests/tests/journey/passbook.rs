//! The passbook: lines on paper for people without a phone, none left out and none twice, each with a
//! code that a stranger can check and nobody can make up.

use linli_api::passbook::PassbookLine;
use linli_api::redemption::{Basket, Wish as Line};
use linli_api::wallet::{Side, StatementLine};
use linli_tests::{Ask, Place};

use crate::{audited, place, refused};

/// More than two pages of a book hold.
const SALES: usize = 50;

/// A page of the book.
const PAGE: usize = 24;

async fn sell(place: &Place, nth: usize) -> u64 {
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(place.people.chen.resident.clone()),
        items: vec![Line { item: place.items.salt.clone(), quantity: 1 }],
    };
    place.shop.api.sell(&format!("sale-{nth}"), &basket).await.unwrap().body.last
}

fn same(line: &PassbookLine, row: &StatementLine) -> bool {
    (line.position, line.kind, &line.amount, &line.balance)
        == (row.position, row.kind, &row.amount, &row.balance)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_is_printed_line_by_line_and_checked_by_a_stranger() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    place.give(&[chen.clone(), wang.clone()], "100").await.unwrap();
    let mut last = 0;
    for nth in 0..SALES {
        last = sell(&place, nth).await;
    }
    let shop = place.shop.api.after(last);

    // A new book begins with the newest page; what was printed long ago goes on from its last line.
    let newest = shop.passbook(&chen.resident, None).await.unwrap().body;
    assert_eq!((newest.lines.len(), newest.more), (PAGE, false));
    let rows = shop.statement(&chen.resident, 200, None).await.unwrap().body.items;
    let mut rows: Vec<_> = rows.into_iter().filter(|row| row.side == Side::Available).collect();
    rows.reverse();
    assert_eq!(rows.len(), SALES + 1);
    for (line, row) in newest.lines.iter().zip(&rows[rows.len() - PAGE..]) {
        assert!(same(line, row), "{line:?} {row:?}");
    }
    // The code of the gift, which left the newest page long ago.
    let (mut printed, mut since) = (Vec::new(), first_code(&place, rows[0].position).await);
    loop {
        let page = shop.passbook(&chen.resident, Some(&since)).await.unwrap().body;
        printed.extend(page.lines);
        since = printed.last().unwrap().code.clone();
        if !page.more {
            break;
        }
    }
    assert_eq!(printed.len(), SALES, "each line once");
    for (line, row) in printed.iter().zip(&rows[1..]) {
        assert!(same(line, row), "{line:?} {row:?}");
    }
    let none = shop.passbook(&chen.resident, Some(&since)).await.unwrap().body;
    assert!(none.lines.is_empty() && !none.more);

    // Another's book, or a code that nobody printed.
    for code in [since.as_str(), "1-00000-00000", "what?"] {
        let outcome = shop.passbook(&wang.resident, Some(code)).await;
        assert_eq!(refused(outcome), "invalid-query", "{code}");
    }

    // Whoever holds the paper asks without a key, in whatever case it was typed.
    let line = printed.last().unwrap();
    let typed = line.code.to_lowercase().replace('-', "");
    let answer = place.http.send(&Ask::get(&format!("/v1/passbook/{typed}"))).await.unwrap();
    assert_eq!(answer.status, 200);
    let told: linli_api::passbook::CheckedLines = answer.json().unwrap();
    assert_eq!(told.district, system.district().to_string());
    assert_eq!(told.lines, std::slice::from_ref(line));
    assert!(!String::from_utf8_lossy(&answer.body).contains(chen.resident.as_str()));
    let wrong = changed(&line.code);
    for code in [wrong.as_str(), "1", "1F2K-00000-00000"] {
        let answer = place.http.send(&Ask::get(&format!("/v1/passbook/{code}"))).await.unwrap();
        assert_eq!(answer.status, 404, "{code}");
    }
    audited(system, &place).await;
}

/// The code with another last digit.
fn changed(code: &str) -> String {
    let (head, end) = code.split_at(code.len() - 1);
    format!("{head}{}", if end == "7" { "8" } else { "7" })
}

/// The code of the line at a position, made by hand as `docs/auditing.md` tells.
async fn first_code(place: &Place, position: u64) -> String {
    use sha2::{Digest as _, Sha256};

    const DIGITS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let record = place.auditor.log_record(position).await.unwrap().body;
    let mut bytes = b"linli passbook line v1\n".to_vec();
    bytes.extend_from_slice(format!("{}\n", place.people.chen.resident).as_bytes());
    bytes.extend_from_slice(&record_bytes(&record.bytes));
    let hash = Sha256::digest(&bytes);
    let first = u64::from_be_bytes(hash[..8].try_into().unwrap());
    let digit = |bits: u64| char::from(DIGITS[usize::try_from(bits & 31).unwrap()]);
    let tag: String = (0..10).map(|nth| digit(first >> (59 - 5 * nth))).collect();
    let position: String = (0..13).rev().map(|nth| digit(position >> (5 * nth))).collect();
    format!("{}-{tag}", position.trim_start_matches('0'))
}

fn record_bytes(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.decode(text).unwrap()
}
