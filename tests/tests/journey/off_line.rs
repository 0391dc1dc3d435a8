//! A station off line for a day: what it handed out counts once, what somebody had spent twice is a
//! loss with a name on it, and what can't be counted is reported. And the shifts at its counter.

use futures::future::join_all;
use linli_api::bulk::{Bulk, BulkItem, ItemAnswer};
use linli_api::counter::{
    EnrolOperator, GrantAllowance, OfflineSlip, OpenShift, ShiftClosing, Shifts, SlipOutcome,
    SlipReport, SlipStanding,
};
use linli_api::redemption::{Basket, RedemptionStatus, Wish as Line};
use linli_api::{Id, Instant};
use linli_domain::id::RedemptionId;
use linli_tests::{Person, Place};

use crate::{audited, place, refused};

const CLIENTS: usize = 64;
const PIN: &str = "493027";

/// An id that a station mints when it writes a slip.
fn minted(number: u128) -> Id {
    RedemptionId::from_number(0x0195_0000 << 96 | number).to_string().as_str().into()
}

fn hours_from_now(place: &Place, hours: i64) -> Instant {
    let at = place.now().as_microsecond() + hours * 3_600_000_000;
    jiff::Timestamp::from_microsecond(at).unwrap().to_string().as_str().into()
}

fn grant(place: &Place) -> GrantAllowance {
    GrantAllowance {
        allowance: None,
        station: place.shop.station.clone(),
        total: "100".into(),
        per_person: "20".into(),
        ends_at: hours_from_now(place, 48),
    }
}

fn slip(place: &Place, under: &(Id, Instant), number: u32, who: &Person) -> OfflineSlip {
    let (allowance, handed_at) = under;
    OfflineSlip {
        allowance: allowance.clone(),
        number,
        redemption: minted(u128::from(number)),
        resident: who.resident.clone(),
        items: vec![Line { item: place.items.soap.clone(), quantity: 1 }],
        total: "15".into(),
        handed_at: handed_at.clone(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_off_line_ends_in_a_bounded_loss_with_a_name_on_it() {
    let (system, place) = place().await;
    let (shop, kiosk, people) = (&place.shop.api, &place.kiosk.api, &place.people);
    let (chen, wang) = (&people.chen, &people.wang);
    place.give(&[chen.clone(), wang.clone()], "20").await.unwrap();

    // The rules bound what an officer may grant, and a station has one allowance at a time.
    let street = &place.officers.street;
    let too_much = GrantAllowance { total: "200.01".into(), ..grant(&place) };
    assert_eq!(refused(street.grant_allowance("g0", &too_much).await), "allowance-too-large");
    let receipt = street.grant_allowance("g1", &grant(&place)).await.unwrap().body;
    let granted = receipt.changed;
    assert_eq!(refused(street.grant_allowance("g2", &grant(&place)).await), "allowance-standing");
    assert_eq!(refused(shop.grant_allowance("g3", &grant(&place)).await), "scope-missing");

    // Off line, Chen and Wang have a soap each; then Chen buys another one elsewhere with the same points.
    let id = &(granted.allowance.clone(), receipt.recorded_at);
    let (one, two) = (slip(&place, id, 1, chen), slip(&place, id, 2, wang));
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(chen.resident.clone()),
        items: vec![Line { item: place.items.soap.clone(), quantity: 1 }],
    };
    kiosk.sell("elsewhere", &basket).await.unwrap();

    // Sixty-four times at once, under as many names, a slip counts once; the rest are told so.
    let twice = (0..CLIENTS).map(|nth| {
        let (key, body) = (format!("one-{nth}"), one.clone());
        async move { shop.count_slip(&key, &body).await }
    });
    let outcomes = join_all(twice).await;
    let (counted, again): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(counted.len(), 1);
    assert_eq!(again.len(), CLIENTS - 1);
    assert_eq!(refused(shop.count_slip("one-more", &one).await), "slip-counted");
    let SlipOutcome::Counted(first) = &counted[0].as_ref().unwrap().body.changed else {
        panic!("{counted:?}")
    };
    // Of 20 points 15 were spent elsewhere: 10 of this soap's 15 are the office's loss.
    assert_eq!((first.slip.total.as_str(), first.short.as_str()), ("15.00", "10.00"));
    assert_eq!(first.officer, granted.officer);

    // The rest comes in together; a number that was given twice is reported, and so is a third soap.
    let forged = OfflineSlip { number: 1, ..slip(&place, id, 9, wang) };
    let more = slip(&place, id, 3, wang);
    let item = |key: &str, body: &OfflineSlip| BulkItem { key: key.into(), body: body.clone() };
    let items = vec![item("two", &two), item("forged", &forged), item("more", &more)];
    let answers = shop.count_slips(&Bulk { items }).await.unwrap().body.answers;
    let outcomes: Vec<_> = answers
        .iter()
        .map(|answer| match answer {
            ItemAnswer::Accepted { receipt, .. } => receipt.changed.clone(),
            ItemAnswer::Refused { problem, .. } => panic!("{problem:?}"),
        })
        .collect();
    let [SlipOutcome::Counted(paid), SlipOutcome::Reported(taken), SlipOutcome::Reported(much)] =
        &outcomes[..]
    else {
        panic!("{outcomes:?}")
    };
    assert_eq!(paid.short.as_str(), "0.00");
    assert_eq!(taken.why, SlipReport::NumberTaken { by: one.redemption.clone() });
    assert_eq!(much.why, SlipReport::PersonLimit { left: "5.00".into() });
    assert_eq!(refused(kiosk.count_slip("k", &more).await), "other-station");

    let ended = street.end_allowance("e1", &id.0).await.unwrap().body.changed;
    let sums = (ended.slips, ended.spent.as_str(), ended.overspent.as_str());
    assert_eq!(sums, (2, "30.00", "10.00"));

    // What was handed out stands where every redemption does, and an audit finds all of it true.
    let shop = &shop.after(place.head().await.unwrap());
    let shown = shop.redemption(&one.redemption).await.unwrap().body;
    assert_eq!(shown.status, RedemptionStatus::Captured);
    assert_eq!(shop.wallet(&chen.resident).await.unwrap().body.available.as_str(), "0.00");
    assert_eq!(shop.wallet(&wang.resident).await.unwrap().body.available.as_str(), "5.00");

    // The officer sees what came of the allowance, and what is to be looked into.
    let station = &place.shop.station;
    let street = &street.after(place.head().await.unwrap());
    let rows = street.allowances(Some(station), None).await.unwrap().body.items;
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let sums = (row.slips, row.spent.as_str(), row.left.as_str(), row.overspent.as_str());
    assert_eq!(sums, (2, "30.00", "70.00", "10.00"));
    assert_eq!(row.ended_by.as_ref(), Some(&granted.officer));
    let open = street.open_slips(Some(station), None).await.unwrap().body.items;
    let open: Vec<_> = open.iter().map(|row| (&row.redemption, row.standing)).collect();
    let expected = [
        (&more.redemption, SlipStanding::PersonLimit),
        (&forged.redemption, SlipStanding::NumberTaken),
    ];
    assert_eq!(open, expected);
    let all = shop.off_line_slips(None, None).await.unwrap().body.items;
    let counted: Vec<_> = all.iter().filter(|row| row.standing == SlipStanding::Counted).collect();
    let shorts: Vec<_> = counted.iter().map(|row| (row.number, row.short.as_str())).collect();
    assert_eq!(shorts, [(2, "0.00"), (1, "10.00")]);
    assert_eq!(refused(kiosk.open_slips(Some(station), None).await), "other-station");
    assert_eq!(refused(street.open_slips(None, None).await), "invalid-query");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_needs_shifts_sells_in_one() {
    let (system, place) = place().await;
    let (shop, chen) = (&place.shop.api, &place.people.chen);
    place.give(std::slice::from_ref(chen), "20").await.unwrap();
    let station = place.shop.station.clone();
    let enrol = EnrolOperator { operator: None, station: station.clone() };
    let operator = place.operator.enrol_operator("o1", &enrol).await.unwrap().body.changed.id;
    place.operator.set_shifts("s1", &station, Shifts::Needed).await.unwrap();
    let basket = |shift: Option<&Id>| Basket {
        redemption: None,
        shift: shift.cloned(),
        shown: None,
        resident: Some(chen.resident.clone()),
        items: vec![Line { item: place.items.salt.clone(), quantity: 1 }],
    };
    assert_eq!(refused(shop.sell("b1", &basket(None)).await), "shift-needed");
    let open = OpenShift { shift: None, operator: operator.clone() };
    assert_eq!(refused(shop.open_shift("w0", PIN, &open).await), "pin-not-set");
    assert_eq!(refused(place.operator.set_pin(&operator, "111111").await), "pin-malformed");
    place.operator.set_pin(&operator, PIN).await.unwrap();
    assert_eq!(refused(place.kiosk.api.open_shift("x", PIN, &open).await), "other-station");
    let shift = shop.open_shift("w1", PIN, &open).await.unwrap().body.changed.shift;
    assert_eq!(refused(shop.open_shift("w2", PIN, &open).await), "shift-open");
    let sold = shop.sell("b2", &basket(Some(&shift))).await.unwrap().body.changed;
    assert_eq!(sold.slip.shift.as_ref(), Some(&shift));
    shop.close_shift("c1", &shift).await.unwrap();
    assert_eq!(refused(shop.sell("b3", &basket(Some(&shift))).await), "shift-over");
    place.operator.retire_operator("o2", &operator).await.unwrap();
    assert_eq!(refused(shop.open_shift("w3", PIN, &open).await), "operator-retired");

    let shop = &shop.after(place.head().await.unwrap());
    let shifts = shop.shifts(None, None).await.unwrap().body.items;
    let told: Vec<_> = shifts.iter().map(|row| (&row.shift, row.closed)).collect();
    assert_eq!(told, [(&shift, Some(ShiftClosing::Operator))]);
    let operators = shop.operators(None, None).await.unwrap().body.items;
    let told: Vec<_> =
        operators.iter().map(|row| (&row.operator, row.retired_at.is_some())).collect();
    assert_eq!(told, [(&operator, true)]);
    audited(system, &place).await;
}

/// Whoever guesses is looked at five times, also with sixty-four hands at once; then not even the right
/// PIN is, until another one is set. What is in the log tells nothing of any.
#[tokio::test(flavor = "multi_thread")]
async fn a_pin_is_guessed_at_five_times() {
    let (system, place) = place().await;
    let shop = &place.shop.api;
    let enrol = EnrolOperator { operator: None, station: place.shop.station.clone() };
    let operator = place.operator.enrol_operator("o1", &enrol).await.unwrap().body.changed.id;
    place.operator.set_pin(&operator, PIN).await.unwrap();
    let open = OpenShift { shift: None, operator: operator.clone() };

    // A right one in between begins the count anew, and changes the PIN.
    assert_eq!(refused(shop.change_pin(&operator, "000001", "702194").await), "pin-wrong");
    shop.change_pin(&operator, PIN, "702194").await.unwrap();

    let guesses = (0..64).map(|nth| {
        let (key, pin, open) = (format!("guess-{nth}"), format!("1000{nth:02}"), open.clone());
        async move { refused(shop.open_shift(&key, &pin, &open).await) }
    });
    let mut told = join_all(guesses).await;
    told.sort_unstable();
    let wrong = told.iter().filter(|name| *name == "pin-wrong").count();
    assert_eq!((wrong, told.len()), (4, 64), "{told:?}");
    assert!(told.iter().all(|name| name == "pin-wrong" || name == "pin-locked"), "{told:?}");
    assert_eq!(refused(shop.open_shift("right", "702194", &open).await), "pin-locked");

    place.operator.set_pin(&operator, "838104").await.unwrap();
    assert_eq!(refused(shop.open_shift("old", "702194", &open).await), "pin-wrong");
    let opened = shop.open_shift("new", "838104", &open).await.unwrap();
    // The same wish again, and the same answer.
    let again = shop.open_shift("new", "838104", &open).await.unwrap();
    assert!(again.replayed);
    assert_eq!(again.body.changed, opened.body.changed);
    audited(system, &place).await;
}
