//! Whose points they are: a code that is worth nothing a minute later, a card with its PIN for people
//! without a phone, and on whose word points moved.

use futures::future::join_all;
use linli_api::Id;
use linli_api::card::{IssueCard, Showing, Shown};
use linli_api::redemption::{Basket, CaptureRedemption, Redeemed, Wish as Line};
use linli_domain::text::CardCode;
use linli_tests::{Person, Place, plain_rules};

use crate::races::expected;
use crate::{audited, place, refused};

const CLIENTS: usize = 32;
const PIN: &str = "493027";

fn salt(place: &Place, resident: Option<&Person>, shown: Option<Shown>) -> Basket {
    Basket {
        redemption: None,
        shift: None,
        shown,
        resident: resident.map(|person| person.resident.clone()),
        items: vec![Line { item: place.items.salt.clone(), quantity: 1 }],
    }
}

fn by(changed: &Redeemed) -> Option<Showing> {
    changed.slip.shown.as_ref().map(|shown| shown.by)
}

/// The code of somebody's app, a minute later than anything before.
async fn code(place: &Place, who: &Person) -> String {
    place.let_pass(1).await.unwrap();
    let told = place.partner.resident_code(&who.resident).await.unwrap().body;
    assert_eq!(told.resident, who.resident);
    told.code
}

/// All that whoever reads the log is told.
async fn log(place: &Place) -> String {
    let mut log = String::new();
    for after in (0..).step_by(200) {
        let page = place.auditor.log_records(after, 200).await.unwrap().body;
        if page.records.is_empty() {
            return log;
        }
        log.push_str(&serde_json::to_string(&page).unwrap());
    }
    log
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_of_a_code_is_worth_nothing() {
    let (system, place) = place().await;
    let (shop, kiosk) = (&place.shop.api, &place.kiosk.api);
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    place.give(&[chen.clone(), wang.clone()], "100").await.unwrap();

    // The counter looks Chen up by the code, as often as it likes; that uses nothing up.
    let first = code(&place, chen).await;
    let found = shop.resident_by_code(&first).await.unwrap().body;
    assert_eq!((&found.resident, found.card.as_str()), (&chen.resident, chen.card.as_str()));
    assert_eq!(refused(shop.resident_code(&chen.resident).await), "scope-missing");
    let by_code = |text: &str| Some(Shown::Code(text.to_owned()));

    // Many who have seen it at once: it counts once. It says itself who pays.
    let sales = (0..CLIENTS).map(|nth| {
        let (key, basket) = (format!("code-{nth}"), salt(&place, None, by_code(&first)));
        let at = if nth % 2 == 0 { shop } else { kiosk };
        async move { at.sell(&key, &basket).await }
    });
    let outcomes = join_all(sales).await;
    let mut counts = std::collections::BTreeMap::new();
    for outcome in &outcomes {
        let name = match outcome {
            Ok(_) => "won".to_owned(),
            Err(error) => error.problem().unwrap().name().to_owned(),
        };
        // The kiosk has no salt: whether it says so or that the code was shown is chance.
        *counts.entry(name.replace("insufficient-stock", "shown-before")).or_default() += 1;
    }
    assert_eq!(counts, expected([("shown-before", CLIENTS - 1), ("won", 1)]));
    let (key, won) = outcomes
        .iter()
        .enumerate()
        .find_map(|(nth, outcome)| Some((format!("code-{nth}"), outcome.as_ref().ok()?)))
        .unwrap();
    assert_eq!(won.body.changed.slip.resident, chen.resident);
    assert_eq!(by(&won.body.changed), Some(Showing::Code));

    // The answer that was lost is had again long after the code was good for anything.
    let second = code(&place, chen).await;
    let late = salt(&place, None, by_code(&first));
    let again = shop.sell(&key, &late).await.unwrap();
    assert!(again.replayed);
    assert_eq!(again.body, won.body);
    assert_eq!(refused(shop.sell("late", &late).await), "shown-too-late");
    assert_eq!(refused(shop.resident_by_code(&first).await), "shown-too-late");

    // Nobody else's points move by it, neither in a sale nor when something is handed out.
    let held = shop.reserve("r", &salt(&place, Some(wang), None)).await.unwrap().body.changed;
    let others = salt(&place, Some(wang), by_code(&second));
    assert_eq!(refused(shop.sell("others", &others).await), "shown-by-another");
    let hand = CaptureRedemption { shown: by_code(&second), ..CaptureRedemption::default() };
    let redemption = &held.slip.redemption;
    assert_eq!(refused(shop.capture_part("c1", redemption, &hand).await), "shown-by-another");
    let own = code(&place, wang).await;
    let hand = CaptureRedemption { shown: by_code(&own), ..CaptureRedemption::default() };
    let handed = shop.capture_part("c2", redemption, &hand).await.unwrap().body.changed;
    assert_eq!((by(&held), by(&handed)), (None, Some(Showing::Code)));

    // What is made up is none of ours.
    let mut forged = own.clone().into_bytes();
    forged[47] = if forged[47] == b'7' { b'8' } else { b'7' };
    for wrong in ["", "7K3M-Q9RT-2XWB-5HNE", std::str::from_utf8(&forged).unwrap()] {
        let forged = salt(&place, None, by_code(wrong));
        assert_eq!(refused(shop.sell("forged", &forged).await), "invalid-shown", "{wrong}");
    }
    let nobody = salt(&place, None, Some(Shown::Paper));
    assert_eq!(refused(shop.sell("nobody", &nobody).await), "missing-field");
    // The row says by what as well; the log has neither code.
    let shop = &shop.after(place.head().await.unwrap());
    let row = shop.redemption(redemption).await.unwrap().body;
    assert_eq!(row.slip.shown.map(|shown| shown.by), Some(Showing::Code));
    let log = log(&place).await;
    assert!(log.contains(r#""shown":{"by":"code""#));
    assert!([first, second, own].iter().all(|code| !log.contains(code.as_str())));
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_with_its_pin_stands_for_who_has_no_phone() {
    let (system, place) = place().await;
    let (shop, kiosk, chen) = (&place.shop.api, &place.kiosk.api, &place.people.chen);
    place.give(std::slice::from_ref(chen), "100").await.unwrap();
    let (grid, other) = (&place.officers.grid, &place.officers.other_grid);

    // The first PIN is set at the counter, another by an officer of the resident's own area alone.
    assert_eq!(refused(shop.show_card(&chen.card, PIN).await), "pin-not-set");
    assert_eq!(refused(shop.set_card_pin(&chen.card, "123").await), "pin-malformed");
    shop.set_card_pin(&chen.card, PIN).await.unwrap();
    assert_eq!(refused(kiosk.set_card_pin(&chen.card, "100000").await), "pin-set");
    assert_eq!(refused(other.set_card_pin(&chen.card, "100000").await), "outside-authority");
    assert_eq!(refused(place.partner.set_card_pin(&chen.card, "100000").await), "scope-missing");

    // Wrong ones are counted, and told; the fifth locks, until an officer sets another.
    for left in (1..5).rev() {
        let wrong = shop.show_card(&chen.card, "100001").await.unwrap_err();
        let problem = wrong.problem().unwrap();
        assert_eq!((problem.name(), &problem.figures["left"]), ("pin-wrong", &left.into()));
    }
    for pin in ["100001", PIN] {
        assert_eq!(refused(kiosk.show_card(&chen.card, pin).await), "pin-locked");
    }
    grid.set_card_pin(&chen.card, "702194").await.unwrap();
    shop.change_card_pin(&chen.card, "702194", PIN).await.unwrap();

    // What the check answers is of use at its own station, once, for five minutes.
    place.let_pass(1).await.unwrap();
    let told = shop.show_card(&chen.card, PIN).await.unwrap().body;
    assert_eq!(told.resident, chen.resident);
    let by_card = |text: &str| Some(Shown::Card(text.to_owned()));
    let basket = salt(&place, None, by_card(&told.card));
    assert_eq!(refused(kiosk.sell("elsewhere", &basket).await), "invalid-shown");
    let sold = shop.sell("card", &basket).await.unwrap().body.changed;
    let shown = sold.slip.shown.unwrap();
    assert_eq!((shown.by, shown.card.unwrap().as_str()), (Showing::Card, chen.card.as_str()));
    assert_eq!(refused(shop.sell("again", &basket).await), "shown-before");
    place.let_pass(1).await.unwrap();
    let told = shop.show_card(&chen.card, PIN).await.unwrap().body;
    place.let_pass(6).await.unwrap();
    let late = salt(&place, None, by_card(&told.card));
    assert_eq!(refused(shop.sell("late", &late).await), "shown-too-late");

    // It is lost: whoever found it gets nothing, not even with the PIN said a moment before.
    let told = shop.show_card(&chen.card, PIN).await.unwrap().body;
    assert_eq!(refused(other.block_card("b0", &chen.card).await), "outside-authority");
    let blocked = grid.block_card("b1", &chen.card).await.unwrap();
    assert!(blocked.body.changed.blocked);
    assert_eq!(refused(shop.block_card("b2", &chen.card).await), "card-blocked");
    let shop = &shop.after(blocked.body.last);
    let found = salt(&place, None, by_card(&told.card));
    assert_eq!(refused(shop.sell("found", &found).await), "card-blocked");
    assert_eq!(refused(shop.show_card(&chen.card, PIN).await), "card-blocked");
    assert_eq!(refused(shop.resident_by_card(&chen.card).await), "card-blocked");
    assert!(shop.resident(&chen.resident).await.unwrap().body.card_blocked);

    // Another takes its place, with a PIN of its own.
    let card = CardCode::from_serial(77_777).to_string();
    let issue = |card: &str| IssueCard { resident: chen.resident.clone(), card: card.into() };
    assert_eq!(refused(shop.issue_card("i0", &issue(&place.people.wang.card)).await), "card-taken");
    assert_eq!(refused(shop.issue_card("i0", &issue("7777-7777")).await), "invalid-card");
    let issued = shop.issue_card("i1", &issue(&card)).await.unwrap();
    assert_eq!(issued.body.changed.station.as_ref(), Some(&place.shop.station));
    assert_eq!(issued.body.changed.before, None);
    assert!(shop.issue_card("i1", &issue(&card)).await.unwrap().replayed);
    let shop = &shop.after(issued.body.last);
    assert_eq!(shop.resident_by_card(&card).await.unwrap().body.resident, chen.resident);
    assert_eq!(refused(shop.resident_by_card(&chen.card).await), "unknown");
    assert_eq!(refused(shop.show_card(&card, PIN).await), "pin-not-set");
    shop.set_card_pin(&card, "838104").await.unwrap();
    place.let_pass(1).await.unwrap();
    let told = shop.show_card(&card, "838104").await.unwrap().body;
    shop.sell("new", &salt(&place, Some(chen), by_card(&told.card))).await.unwrap();

    let log = log(&place).await;
    for secret in [PIN, "702194", "838104", &told.card] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_say_what_has_to_be_shown() {
    let (system, place) = place().await;
    let (shop, chen) = (&place.shop.api, &place.people.chen);
    place.give(std::slice::from_ref(chen), "100").await.unwrap();
    let publish = async |version: u32, word: &str| {
        place.let_pass(1).await.unwrap();
        let with = format!("shift_hours = 12, presence = \"{word}\"");
        let text = plain_rules().replace("shift_hours = 12", &with);
        let (key, from) = (format!("v{version}"), place.minutes_from_now(0));
        place.operator.publish_rules(&key, &text, &from, Some(version)).await.unwrap();
    };
    let paper = salt(&place, Some(chen), Some(Shown::Paper));
    let nothing = salt(&place, Some(chen), None);

    // As long as the rules want nothing, nothing is wanted; what is shown is told all the same.
    shop.sell("free", &nothing).await.unwrap();
    let told = shop.sell("paper", &paper).await.unwrap().body.changed;
    assert_eq!(by(&told), Some(Showing::Paper));

    publish(2, "needed").await;
    let refusal = shop.sell("needed", &nothing).await.unwrap_err();
    let problem = refusal.problem().unwrap();
    assert_eq!((problem.name(), &problem.figures["needed"]), ("presence-needed", &"needed".into()));
    shop.sell("on-paper", &paper).await.unwrap();

    // Who reserves by telephone has to be there when it is handed out.
    publish(3, "proven").await;
    assert_eq!(refused(shop.sell("proven", &paper).await), "presence-needed");
    let held = shop.reserve("phone", &nothing).await.unwrap().body.changed.slip.redemption;
    let capture = async |key: &str, id: &Id, shown: Option<Shown>| {
        let hand = CaptureRedemption { shown, ..CaptureRedemption::default() };
        shop.capture_part(key, id, &hand).await
    };
    let none = capture("c1", &held, None).await;
    assert_eq!(refused(none), "presence-needed");
    let text = code(&place, chen).await;
    capture("c2", &held, Some(Shown::Code(text))).await.unwrap();
    let text = code(&place, chen).await;
    let shown = salt(&place, None, Some(Shown::Code(text)));
    let held = shop.reserve("there", &shown).await.unwrap().body.changed.slip.redemption;
    capture("c3", &held, None).await.unwrap();
    audited(system, &place).await;
}
