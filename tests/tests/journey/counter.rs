//! What comes back over the counter, what is counted on the shelf, and what the supplier is paid.

use std::collections::BTreeMap;

use futures::future::join_all;
use linli_api::key::KeyKind;
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::past::{TrailRole, TrailSubject};
use linli_api::redemption::{
    Basket, CaptureRedemption, Fate, RedemptionStatus, ReturnLine, ReturnReason, ReturnRedemption,
    VoidReason, VoidRedemption, Wish,
};
use linli_api::statement::{
    DisputeLine, DisputeReason, Due, IssueStatement, ResolveDispute, SettleStatement,
};
use linli_api::station::{CountStock, MoveStock, WriteOffReason, WriteOffStock};
use linli_api::{Client, Id};
use linli_log::merkle::Frontier;
use linli_tests::Place;
use rust_decimal::Decimal;

use crate::{audited, place};

fn basket(place: &Place, items: &[(&Id, u32)]) -> Basket {
    let wish = |(item, quantity): &(&Id, u32)| Wish { item: (*item).clone(), quantity: *quantity };
    let resident = place.people.chen.resident.clone();
    Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(resident),
        items: items.iter().map(wish).collect(),
    }
}

fn back(
    reason: ReturnReason,
    items: &[(&Id, u32, Fate)],
    officer: Option<&Id>,
) -> ReturnRedemption {
    let line = |(item, quantity, fate): &(&Id, u32, Fate)| ReturnLine {
        item: (*item).clone(),
        quantity: *quantity,
        fate: *fate,
    };
    let items = items.iter().map(line).collect();
    ReturnRedemption { reason, items, officer: officer.cloned() }
}

fn due(points: &str, yuan: &str) -> Due {
    Due { points: points.into(), yuan: yuan.into() }
}

pub async fn hand(place: &Place, kind: KeyKind, subject: Option<&Id>) -> Client {
    place.hand(kind, "counter test", subject).await.unwrap().1
}

async fn answering_officer(place: &Place) -> Id {
    let officer = AppointOfficer {
        officer: None,
        duty: Duty::CommunityOfficer,
        area: place.areas.community.clone(),
        resident: None,
    };
    place.operator.appoint_officer("answers", &officer).await.unwrap().body.changed.id
}

#[tokio::test(flavor = "multi_thread")]
async fn returns_stock_and_statements_reconcile() {
    let (system, place) = place().await;
    let (shop, items, chen) = (&place.shop.api, &place.items, &place.people.chen);
    let officer = answering_officer(&place).await;
    for _ in 0..2 {
        place.give(std::slice::from_ref(chen), "100").await.unwrap();
    }

    // Of two soaps and a haircut one soap is handed out; the rest goes back at once.
    let wish = basket(&place, &[(&items.soap, 2), (&items.haircut, 1)]);
    let reserved = shop.reserve("r1", &wish).await.unwrap().body.changed;
    let part = CaptureRedemption {
        shift: None,
        shown: None,
        items: vec![Wish { item: items.soap.clone(), quantity: 1 }],
    };
    let captured = shop.capture_part("c1", &reserved.slip.redemption, &part).await.unwrap().body;
    assert_eq!(captured.changed.status, RedemptionStatus::PartCaptured);
    assert_eq!(captured.changed.slip.total.as_str(), "15.00");
    assert_eq!(captured.changed.available.as_ref().unwrap().as_str(), "185.00");
    let shown = shop.after(captured.last).redemption(&reserved.slip.redemption).await.unwrap().body;
    assert_eq!((shown.status, shown.left.len()), (RedemptionStatus::PartCaptured, 2));

    // Returns, each for a reason of its own.
    let wish = basket(&place, &[(&items.soap, 3), (&items.thermos, 1), (&items.haircut, 1)]);
    let sold = shop.sell("s1", &wish).await.unwrap().body.changed.slip.redemption;
    let shelf =
        |quantity| back(ReturnReason::Unwanted, &[(&items.soap, quantity, Fate::Shelf)], None);
    let returned = shop.return_redemption("b1", &sold, &shelf(1)).await.unwrap().body.changed;
    assert_eq!(returned.available.unwrap().as_str(), "90.00");
    let spoilt = [(&items.thermos, 1, Fate::WrittenOff)];
    let refused = |outcome: Result<_, linli_api::ClientError>| match outcome {
        Ok(()) => "taken back".to_owned(),
        Err(error) => error.problem().unwrap().name().to_owned(),
    };
    for (key, body, expected) in [
        ("b2", shelf(3), "more-than-on-slip"),
        ("b3", back(ReturnReason::Mishandled, &spoilt, None), "officer-needed"),
        ("b4", back(ReturnReason::Mishandled, &spoilt, Some(&officer)), "taken back"),
        (
            "b5",
            back(ReturnReason::Unwanted, &[(&items.haircut, 1, Fate::Gone)], None),
            "nothing-comes-back",
        ),
        (
            "b6",
            back(ReturnReason::NotRendered, &[(&items.haircut, 1, Fate::Gone)], None),
            "taken back",
        ),
        (
            "b7",
            back(ReturnReason::Defective, &[(&items.soap, 1, Fate::SentBack)], None),
            "taken back",
        ),
        ("b8", shelf(1), "taken back"),
        ("b9", shelf(1), "already-returned"),
    ] {
        let outcome = shop.return_redemption(key, &sold, &body).await.map(drop);
        assert_eq!(refused(outcome), expected, "{key}");
    }
    let head = place.head().await.unwrap();
    let shop = &shop.after(head);
    let shown = shop.redemption(&sold).await.unwrap().body;
    assert_eq!((shown.status, shown.returned.len()), (RedemptionStatus::Returned, 5));
    let trail = place.auditor.trail(&TrailSubject::Redemption(sold.clone())).await.unwrap().body;
    let came_back = trail.steps.iter().filter(|step| step.role == TrailRole::Returned);
    assert_eq!(came_back.count(), 5, "each return is a step of the trail");
    let schedule = shop.expiry_schedule(&chen.resident).await.unwrap().body.lapses;
    assert_eq!(schedule.last().unwrap().left.as_str(), "0.00");
    let wallet = shop.wallet(&chen.resident).await.unwrap().body;
    assert_eq!(wallet.available.as_str(), "185.00");

    // The shelf is counted, a soap moves to the kiosk, one is written off.
    let count = CountStock {
        item: items.soap.clone(),
        found: 37,
        officer: officer.clone(),
        operator: None,
    };
    let counted = shop.count_stock("n1", &count).await.unwrap().body.changed;
    assert_eq!((counted.expected, counted.found), (38, 37));
    let shift = MoveStock {
        to: place.kiosk.station.clone(),
        item: items.soap.clone(),
        quantity: 1,
        reference: "T-1".into(),
    };
    shop.move_stock("m1", &shift).await.unwrap();
    let damaged = WriteOffStock {
        item: items.soap.clone(),
        quantity: 1,
        reason: WriteOffReason::Damaged,
        officer,
    };
    let last = shop.write_off_stock("w1", &damaged).await.unwrap().body.last;
    let shelves = shop.after(last).shelves(50, None).await.unwrap().body.items;
    let soap = shelves.iter().find(|shelf| shelf.item == items.soap).unwrap();
    assert_eq!((soap.received, soap.on_hand, soap.delivered, soap.sent_back), (40, 35, 1, 1));
    assert_eq!((soap.missing, soap.moved_out, soap.written_off), (1, 1, 1));

    settle(&place).await;
    audited(system, &place).await;
}

/// The soap that stayed out and the thermos that the station spoilt are to be paid for.
async fn settle(place: &Place) {
    let soap = place.items.soap.clone();
    let catalogue = place.shop.api.catalogue(None, None, None).await.unwrap().body.items;
    let shown = catalogue.iter().find(|shown| shown.item.item == soap).unwrap();
    let merchant = shown.item.supplier.clone();
    let finance = hand(place, KeyKind::Finance, None).await;
    let supplier = hand(place, KeyKind::Supplier, Some(&merchant)).await;
    let stranger = hand(place, KeyKind::Supplier, Some(&place.shop.station)).await;

    let issue = |label: &str| IssueStatement {
        statement: None,
        supplier: merchant.clone(),
        label: label.into(),
    };
    let issued = finance.issue_statement("i1", &issue("2025-Q1")).await.unwrap().body;
    let (statement, figures) = (&issued.changed.statement, &issued.changed);
    assert_eq!(figures.opening, due("0.00", "0.00"));
    assert_eq!(figures.captured, due("125.00", "125.00"));
    assert_eq!(figures.returned, due("60.00", "60.00"));
    assert_eq!(figures.closing, due("65.00", "65.00"));
    let quiet = finance.issue_statement("i2", &issue("2025-Q2")).await.unwrap_err();
    assert_eq!(quiet.problem().unwrap().name(), "nothing-to-state");
    let mine = supplier.after(issued.last).supplier_statement(statement).await.unwrap().body;
    assert_eq!((&mine.figures, mine.head.position), (figures, issued.last));
    let record = place.auditor.log_record(issued.last).await.unwrap().body;
    assert_eq!(record.leaf, mine.leaf);
    the_sheet_sums_up(place, &finance.after(issued.last), statement).await;
    let theirs = stranger.after(issued.last).supplier_statement(statement).await.unwrap_err();
    assert_eq!(theirs.problem().unwrap().name(), "unknown");
    let theirs = stranger.after(issued.last).statement_sheet(statement).await.unwrap_err();
    assert_eq!(theirs.problem().unwrap().name(), "unknown");
    assert!(stranger.statements(50, None).await.unwrap().body.items.is_empty());

    let dispute = DisputeLine {
        item: Some(soap.clone()),
        reason: DisputeReason::Quantity,
        claimed: due("30", "30"),
    };
    let foreign = stranger.dispute_line("x1", statement, &dispute).await.unwrap_err();
    assert_eq!(foreign.problem().unwrap().name(), "unknown");
    supplier.dispute_line("d1", statement, &dispute).await.unwrap();
    let payment = SettleStatement { reference: "PAY-1".into() };
    let open = finance.settle_statement("p1", statement, &payment).await.unwrap_err();
    assert_eq!(open.problem().unwrap().name(), "disputes-open");
    let ruling = ResolveDispute {
        item: Some(soap),
        upheld: Some(due("30", "30")),
        reference: "FIN-7".into(),
    };
    let resolved = finance.resolve_dispute("v1", statement, &ruling).await.unwrap().body.changed;
    assert_eq!(resolved.correction, due("15.00", "15.00"));
    let settled = finance.settle_statement("p2", statement, &payment).await.unwrap().body;
    assert_eq!(settled.changed.paid, due("80.00", "80.00"));
    let next = finance.issue_statement("i3", &issue("2025-Q2")).await.unwrap().body;
    assert_eq!(next.changed.closing, due("0.00", "0.00"));
    assert_eq!(
        (next.changed.opening, next.changed.paid),
        (due("65.00", "65.00"), due("80.00", "80.00"))
    );
    let heads = supplier.after(next.last).statements(50, None).await.unwrap().body.items;
    let payments: Vec<_> = heads.iter().map(|head| head.payment.as_deref()).collect();
    assert_eq!(payments, [None, Some("PAY-1")]);
}

/// All rows but the last come to the last, in points and in yuan; and the log's tree, as anybody
/// can make it of the records, has the root that seals the period.
async fn the_sheet_sums_up(place: &Place, finance: &Client, statement: &Id) {
    let shown = finance.supplier_statement(statement).await.unwrap().body;
    let sheet = finance.statement_sheet(statement).await.unwrap();
    let text = str::from_utf8(&sheet).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = rows.deserialize().map(Result::unwrap).collect();
    let (closing, others) = rows.split_last().unwrap();
    for column in ["points", "yuan"] {
        let amount = |row: &BTreeMap<String, String>| row[column].parse::<Decimal>().unwrap();
        assert_eq!(others.iter().map(amount).sum::<Decimal>(), amount(closing), "{column}");
    }
    assert_eq!(closing["yuan"], shown.figures.closing.yuan.as_str());
    let named: Vec<_> = rows.iter().filter(|row| !row["item"].is_empty()).collect();
    assert!(
        named.iter().all(|row| row["name_zh"].chars().count() > 0 && !row["pieces"].is_empty())
    );
    assert_eq!(shown.names.len(), shown.figures.lines.len());

    let mut tree = Frontier::new();
    for position in 1..=shown.head.position {
        let record = place.auditor.log_record(position).await.unwrap().body;
        tree.push(record.leaf.as_str().parse().unwrap());
    }
    assert_eq!(shown.root.unwrap().as_str(), tree.root().to_string());
    assert_eq!(closing["root"], tree.root().to_string());
}

pub fn counted<T>(outcomes: &[Result<T, linli_api::ClientError>]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        let name = outcome
            .as_ref()
            .map_or_else(|error| error.problem().unwrap().name().to_owned(), |_| "won".to_owned());
        *counts.entry(name).or_default() += 1;
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_ends_once_and_a_slip_comes_back_once() {
    let (system, place) = place().await;
    let (shop, items) = (&place.shop.api, &place.items);
    place.give(std::slice::from_ref(&place.people.chen), "100").await.unwrap();
    let held = shop.reserve("r1", &basket(&place, &[(&items.soap, 2)])).await.unwrap();
    let held = &held.body.changed.slip.redemption;
    let part = CaptureRedemption {
        shift: None,
        shown: None,
        items: vec![Wish { item: items.soap.clone(), quantity: 1 }],
    };
    let why = VoidRedemption { reason: VoidReason::Resident };
    let (part, why) = (&part, &why);
    let ends = (0..64).map(|at| async move {
        let key = format!("end-{at}");
        match at % 3 {
            0 => shop.capture(&key, held).await.map(drop),
            1 => shop.capture_part(&key, held, part).await.map(drop),
            _ => shop.void(&key, held, why).await.map(drop),
        }
    });
    let counts = counted(&join_all(ends).await);
    assert_eq!(counts.get("won"), Some(&1), "{counts:?}");
    let late = counts.get("already-captured").or(counts.get("already-voided"));
    assert_eq!(late, Some(&63), "{counts:?}");

    let sold = shop.sell("s1", &basket(&place, &[(&items.soap, 3)])).await.unwrap().body;
    let sold = &sold.changed.slip.redemption;
    let one = back(ReturnReason::Unwanted, &[(&items.soap, 1, Fate::Shelf)], None);
    let one = &one;
    let returns = (0..64)
        .map(|at| async move { shop.return_redemption(&format!("back-{at}"), sold, one).await });
    let counts = counted(&join_all(returns).await);
    let expected = [("already-returned".to_owned(), 61), ("won".to_owned(), 3)];
    assert_eq!(counts, BTreeMap::from(expected));
    audited(system, &place).await;
}
