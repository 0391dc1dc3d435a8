//! Services by voucher, and the terms of items: issued with a code, used once, locked by guessing,
//! expired, given back; and many who show one code.

use futures::future::join_all;
use linli_api::booking::BookingSide;
use linli_api::client::When;
use linli_api::item::{
    Eligibility, Hindrance, ItemKind, ItemLimit, ItemTerms, LimitWindow, ListItem, Much, OpenTo,
    PriceItem, Taker, UnusedVoucher, VoucherTerms,
};
use linli_api::key::KeyKind;
use linli_api::past::{HoldStatus, TrailRole, TrailSubject};
use linli_api::redemption::{Basket, Wish as Line};
use linli_api::resource::Weekday;
use linli_api::statement::{Due, IssueStatement};
use linli_api::supplier::{EnrolSupplier, SupplierKind};
use linli_api::voucher::{IssueVoucher, VoucherStatus};
use linli_api::wallet::StatementKind;
use linli_api::{Bilingual, Client, ClientError, Id};
use linli_tests::{Ask, Person, Place, TestSystem, Wish, wait};

use crate::counter::{counted, hand};
use crate::races::expected;
use crate::{audited, place, time};

const CLIENTS: usize = 64;

/// A merchant with a service by voucher at ten points: good for thirty days, two wrong codes lock it
/// for an hour.
struct Service {
    item: Id,
    supplier: Id,
    hand: Client,
}

fn terms(unused: UnusedVoucher) -> ItemTerms {
    let voucher = VoucherTerms {
        from_days: 0,
        until_days: 30,
        weekdays: Vec::new(),
        unused,
        wrong_codes: 2,
        lock_minutes: 60,
    };
    ItemTerms { only: Vec::new(), limits: Vec::new(), voucher: Some(voucher) }
}

async fn offered(place: &Place, name: &str, unused: UnusedVoucher) -> Service {
    let name = Bilingual::new("理发店", name);
    let merchant =
        EnrolSupplier { supplier: None, kind: SupplierKind::Merchant, name: name.clone() };
    let key = format!("enrol-{}", name.en);
    let supplier = place.operator.enrol_supplier(&key, &merchant).await.unwrap().body.changed.id;
    let item = ListItem {
        item: None,
        supplier: supplier.clone(),
        name: name.clone(),
        kind: ItemKind::Service,
        price: "10".into(),
        cost: "8".into(),
        eligibility: Eligibility::default(),
    };
    let listed = place.operator.list_item(&format!("list-{}", name.en), &item).await.unwrap().body;
    let item = listed.changed.id;
    let key = format!("terms-{}", name.en);
    place.operator.set_terms(&key, &item, &terms(unused)).await.unwrap();
    let hand = hand(place, KeyKind::Supplier, Some(&supplier)).await;
    Service { item, supplier, hand }
}

fn wish(service: &Service, person: &Person) -> IssueVoucher {
    let (resident, item) = (person.resident.clone(), service.item.clone());
    IssueVoucher { voucher: None, resident, item }
}

fn name<T>(outcome: &Result<T, ClientError>) -> String {
    outcome.as_ref().map_or_else(
        |error| error.problem().map_or_else(|| error.to_string(), |it| it.name().to_owned()),
        |_| "won".to_owned(),
    )
}

async fn until(place: &Place, voucher: &Id, wanted: VoucherStatus) {
    let look = async || {
        let seen = place.partner.voucher(voucher).await.ok()?.body.status;
        (seen == wanted).then_some(())
    };
    wait::until("the voucher gets there", wait::LONG, look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voucher_is_issued_guessed_at_used_given_back_and_expires() {
    let (system, place) = place().await;
    let (partner, shop) = (&place.partner, &place.shop.api);
    let cut = offered(&place, "Haircut", UnusedVoucher::Returned).await;
    let advice = offered(&place, "Advice", UnusedVoucher::Lapsed).await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    place.give(&[chen.clone(), wang.clone()], "60").await.unwrap();

    // Not over the counter, and the catalogue says why.
    let items = vec![Line { item: cut.item.clone(), quantity: 1 }];
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(chen.resident.clone()),
        items,
    };
    assert_eq!(name(&shop.sell("s1", &basket).await), "voucher-needed");
    let seen = shop.after(place.head().await.unwrap());
    let shown = seen.catalogue(None, None, None).await.unwrap().body.items;
    let shown = shown.into_iter().find(|it| it.item.item == cut.item).unwrap();
    assert_eq!(shown.hindrances, [Hindrance::VoucherNeeded]);
    assert_eq!(shown.item.terms, Some(terms(UnusedVoucher::Returned)));

    // The code comes again with the same key, to its issuer, and to nobody else.
    let issued = partner.issue_voucher("v1", &wish(&cut, chen)).await.unwrap().body;
    let one = &issued.changed;
    let code = one.code.clone().unwrap();
    assert_eq!(
        (one.available.as_ref().unwrap().as_str(), one.held.as_ref().unwrap().as_str()),
        ("50.00", "10.00")
    );
    let again = partner.issue_voucher("v1", &wish(&cut, chen)).await.unwrap();
    assert!(again.replayed);
    assert_eq!(again.body.changed, issued.changed);
    let seen = partner.after(issued.last);
    assert_eq!(seen.voucher(&one.voucher).await.unwrap().body.code.as_ref(), Some(&code));
    let theirs = shop.after(issued.last).voucher(&one.voucher).await.unwrap().body;
    assert_eq!((theirs.code, theirs.status), (None, VoucherStatus::Issued));
    let ask = Ask::get(&format!("/v1/log/records/{}", issued.first)).bearer(&place.auditor_key);
    let record = String::from_utf8(place.http.send(&ask).await.unwrap().body).unwrap();
    assert!(record.contains("voucher.issued") && !record.contains(&code), "{record}");

    // Two wrong codes lock it, also for who has the right one; an hour later it is good, once.
    let wrong = shop.use_voucher("u1", &one.voucher, "0000-0000-0000-0000").await.unwrap_err();
    let wrong = wrong.problem().unwrap();
    assert_eq!(wrong.name(), "wrong-voucher-code");
    assert_eq!(wrong.detail_en, "A wrong code, number 1; 2 in a row lock the voucher.");
    let other = advice.hand.use_voucher("u2", &one.voucher, &code).await;
    assert_eq!(name(&other), "other-supplier");
    assert_eq!(name(&cut.hand.use_voucher("u3", &one.voucher, "7").await), "wrong-voucher-code");
    // The same key is the same try.
    assert_eq!(name(&cut.hand.use_voucher("u3", &one.voucher, "7").await), "wrong-voucher-code");
    assert_eq!(name(&shop.use_voucher("u4", &one.voucher, &code).await), "voucher-locked");
    place.let_pass(61).await.unwrap();
    let typed = code.to_lowercase().replace('-', " ");
    let used = cut.hand.use_voucher("u5", &one.voucher, &typed).await.unwrap().body;
    assert_eq!((used.changed.status, used.changed.station), (VoucherStatus::Used, None));
    assert_eq!(name(&shop.use_voucher("u6", &one.voucher, &code).await), "voucher-stage");

    // Given back, expired and back, expired and lapsed.
    let back = shop.issue_voucher("v2", &wish(&cut, chen)).await.unwrap().body.changed;
    let fault = partner.return_voucher("r0", &back.voucher, BookingSide::Supplier).await;
    assert_eq!(name(&fault), "scope-missing");
    let given = shop.return_voucher("r1", &back.voucher, BookingSide::Supplier).await.unwrap().body;
    assert_eq!(given.changed.available.as_ref().unwrap().as_str(), "50.00");
    let kept = partner.issue_voucher("v3", &wish(&cut, chen)).await.unwrap().body.changed;
    let gone = partner.issue_voucher("v4", &wish(&advice, wang)).await.unwrap().body.changed;
    place.let_pass(32 * 24 * 60).await.unwrap();
    until(&place, &kept.voucher, VoucherStatus::Expired).await;
    until(&place, &gone.voucher, VoucherStatus::Expired).await;
    let after = partner.after(place.head().await.unwrap());
    let wallet = async |who: &Person| after.wallet(&who.resident).await.unwrap().body;
    assert_eq!(wallet(chen).await.available.as_str(), "50.00");
    assert_eq!(wallet(wang).await.available.as_str(), "50.00");
    assert_eq!(after.voucher(&gone.voucher).await.unwrap().body.lapsed.as_str(), "10.00");
    let all = after.vouchers_of(&chen.resident, 50, None).await.unwrap().body.items;
    use VoucherStatus::{Expired, Returned, Used};
    assert_eq!(all.iter().map(|it| it.status).collect::<Vec<_>>(), [Expired, Returned, Used]);
    let lines = after.statement(&chen.resident, 50, None).await.unwrap().body.items;
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
    assert_eq!(count(StatementKind::VoucherIssued), 6, "{lines:?}");
    assert_eq!((count(StatementKind::VoucherUsed), count(StatementKind::VoucherReturned)), (1, 2));
    let lot = one.lots[0].lot.clone();
    let trail = place.auditor.trail(&TrailSubject::Contribution(lot)).await.unwrap().body;
    let role = |role| trail.steps.iter().filter(|step| step.role == role).count();
    assert_eq!((role(TrailRole::Spent), role(TrailRole::Ended)), (3, 3), "what the points bought");
    traced(&place, &one.voucher, &gone.voucher).await;

    // One was used, so one is to be paid for, to the hundredth.
    let supplier = cut.supplier.clone();
    let issue = IssueStatement { statement: None, supplier, label: "Q".into() };
    let finance = hand(&place, KeyKind::Finance, None).await;
    let figures = finance.issue_statement("i1", &issue).await.unwrap().body.changed;
    assert_eq!(figures.captured, Due { points: "10.00".into(), yuan: "8.00".into() });
    audited(system, &place).await;
}

/// From a voucher back to the service that paid for it; and what it was at any moment.
async fn traced(place: &Place, used: &Id, lapsed: &Id) {
    let auditor = &place.auditor;
    let back = auditor.trail(&TrailSubject::Voucher(used.clone())).await.unwrap().body;
    let roles: Vec<TrailRole> = back.steps.iter().map(|step| step.role).collect();
    for wanted in [TrailRole::Rules, TrailRole::Claimed, TrailRole::Judged, TrailRole::Awarded] {
        assert!(roles.contains(&wanted), "{wanted:?} in {roles:?}");
    }
    assert_eq!(roles[roles.len() - 2..], [TrailRole::Spent, TrailRole::Ended]);
    let [.., issued, ended] = back.steps.as_slice() else { panic!("{back:?}") };
    let nothing = TrailSubject::Voucher("01JZZZZZZZZZZZZZZZZZZZZZZZ".into());
    let unknown = auditor.trail(&nothing).await.unwrap_err();
    assert_eq!(unknown.problem().unwrap().status, 404);

    let (issued, ended) = (issued.record.position, ended.record.position);
    let at = |position| When { position: Some(position), at: None };
    let told = async |hold: &Id, position| {
        let hold = auditor.past_hold(hold, &at(position)).await.unwrap().body.hold;
        (hold.is, hold.points.as_str().to_owned(), hold.lots.len(), hold.ends_at.is_some())
    };
    let is = |status| HoldStatus::Voucher { status };
    let (open, gone) = (VoucherStatus::Issued, VoucherStatus::Used);
    assert_eq!(told(used, issued).await, (is(open), "10.00".into(), 1, true));
    assert_eq!(told(used, ended).await, (is(gone), "0.00".into(), 0, false));
    let head = place.head().await.unwrap();
    assert_eq!(told(lapsed, head).await.0, is(VoucherStatus::Expired));
    let before = auditor.past_hold(used, &at(issued - 1)).await.unwrap_err();
    assert_eq!(before.problem().unwrap().status, 404, "not there yet");
    // What is open sums to what is set aside.
    let chen = &place.people.chen.resident;
    let then = auditor.past_resident(chen, &at(issued)).await.unwrap().body;
    assert_eq!((then.held.as_str(), then.holds.len()), ("10.00", 1), "{then:?}");
    assert_eq!((&then.holds[0].id, then.holds[0].points.as_str()), (used, "10.00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voucher_is_good_from_its_first_day_on_its_weekdays() {
    let (system, place) = place().await;
    let cut = offered(&place, "Haircut", UnusedVoucher::Returned).await;
    place.give(std::slice::from_ref(&place.people.chen), "20").await.unwrap();
    let mut weekends = terms(UnusedVoucher::Returned);
    if let Some(voucher) = &mut weekends.voucher {
        (voucher.from_days, voucher.weekdays) = (1, vec![Weekday::Saturday, Weekday::Sunday]);
    }
    place.operator.set_terms("weekends", &cut.item, &weekends).await.unwrap();
    let issued = place.partner.issue_voucher("v", &wish(&cut, &place.people.chen)).await.unwrap();
    let voucher = issued.body.changed;
    let good_from = time(&voucher.good_from);
    assert_eq!(voucher.weekdays, [Weekday::Saturday, Weekday::Sunday]);

    let code = voucher.code.unwrap();
    let mut seen = Vec::new();
    for day in 0..9 {
        let now = time(&place.minutes_from_now(0));
        let weekday = jiff::tz::offset(8).to_datetime(now).weekday();
        let is_weekend =
            [jiff::civil::Weekday::Saturday, jiff::civil::Weekday::Sunday].contains(&weekday);
        let expected = match (now < good_from, is_weekend) {
            (true, _) => "voucher-too-early",
            (false, true) => "won",
            (false, false) => "voucher-not-today",
        };
        let outcome = cut.hand.use_voucher(&format!("day-{day}"), &voucher.voucher, &code).await;
        assert_eq!(name(&outcome), expected, "{weekday:?}");
        seen.push(expected);
        if expected == "won" {
            break;
        }
        place.let_pass(24 * 60).await.unwrap();
    }
    seen.dedup();
    assert_eq!(seen, ["voucher-too-early", "voucher-not-today", "won"]);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_say_who_may_have_how_much_and_prices_have_a_history() {
    let (system, place) = place().await;
    let (operator, partner, shop) = (&place.operator, &place.partner, &place.shop.api);
    let (chen, kin, wang) = (&place.people.chen, &place.people.chen_kin, &place.people.wang);
    place.give(&[chen.clone(), kin.clone(), wang.clone()], "90").await.unwrap();
    let haircut = &place.items.haircut;
    let sell = async |key: &str, who: &Person, quantity: u32| {
        let items = vec![Line { item: haircut.clone(), quantity }];
        let basket = Basket {
            redemption: None,
            shift: None,
            shown: None,
            resident: Some(who.resident.clone()),
            items,
        };
        shop.sell(key, &basket).await
    };

    // Two a household a month; who lives elsewhere has nothing of it.
    let limit =
        ItemLimit { taker: Taker::Household, window: LimitWindow::Month, most: Much::Pieces(2) };
    let only = vec![OpenTo::Household(chen.household.clone())];
    let set = ItemTerms { only, limits: vec![limit], voucher: None };
    let set = operator.set_terms("t1", haircut, &set).await.unwrap().body;
    let shown =
        shop.after(set.last).catalogue(None, Some(&wang.resident), None).await.unwrap().body;
    let shown = shown.items.into_iter().find(|it| it.item.item == *haircut).unwrap();
    assert!(shown.hindrances.contains(&Hindrance::NotOpen), "{:?}", shown.hindrances);
    assert_eq!(name(&sell("w1", wang, 1).await), "not-open-to");
    sell("c1", chen, 1).await.unwrap();
    sell("k1", kin, 1).await.unwrap();
    let more = sell("c2", chen, 1).await.unwrap_err();
    let more = more.problem().unwrap();
    assert_eq!(more.name(), "too-many-taken");
    assert_eq!(more.detail_en, "At most 2 a household a month: 2 taken, 1 more wanted.");
    assert_eq!(more.detail_zh, "每户每月限 2 件,已有 2 件,需要 1 件。");

    // The community instead of the household, and points instead of pieces.
    let limit = ItemLimit {
        taker: Taker::Person,
        window: LimitWindow::Year,
        most: Much::Points("40".into()),
    };
    let only = vec![OpenTo::Area(place.areas.community.clone())];
    let set = ItemTerms { only, limits: vec![limit], voucher: None };
    let set = operator.set_terms("t2", haircut, &set).await.unwrap().body;
    let shown = partner.after(set.last).item(haircut).await.unwrap().body;
    assert_eq!(shown.terms.unwrap().limits[0].most, Much::Points("40.00".into()));
    let much = sell("w2", wang, 3).await.unwrap_err();
    assert_eq!(
        much.problem().unwrap().detail_en,
        "At most 40.00 points a person a year: 0.00 spent, 45.00 more wanted."
    );
    sell("w3", wang, 2).await.unwrap();
    assert_eq!(name(&sell("w4", wang, 1).await), "too-much-spent");
    let nonsense = ItemTerms { voucher: terms(UnusedVoucher::Lapsed).voucher, ..set_none() };
    let soap = &place.items.soap;
    assert_eq!(name(&operator.set_terms("t3", soap, &nonsense).await), "invalid-terms");

    // What it cost, and costs.
    let price = PriceItem { price: "12.50".into(), cost: "11".into() };
    let priced = operator.price_item("p1", haircut, &price).await.unwrap().body;
    let prices = partner.after(priced.last).prices(haircut).await.unwrap().body.prices;
    let told: Vec<_> = prices.iter().map(|it| it.price.as_str()).collect();
    assert_eq!(told, ["12.50", "15.00"]);
    assert_eq!(prices[0].position, priced.last);
    audited(system, &place).await;
}

fn set_none() -> ItemTerms {
    ItemTerms::default()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_is_used_once_and_a_limit_holds_whoever_comes() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish { crowd: CLIENTS }).await.unwrap();
    let cut = offered(&place, "Haircut", UnusedVoucher::Returned).await;
    let chen = &place.people.chen;
    place.give(std::slice::from_ref(chen), "90").await.unwrap();
    place.give(&place.crowd, "20").await.unwrap();
    let (partner, shop, kiosk) = (&place.partner, &place.shop.api, &place.kiosk.api);

    let issued = partner.issue_voucher("one", &wish(&cut, chen)).await.unwrap().body.changed;
    let (voucher, code) = (&issued.voucher, issued.code.as_deref().unwrap());
    let hand = &cut.hand;
    let shows = (0..CLIENTS).map(|at| async move {
        let at_counter = [shop, kiosk, hand][at % 3];
        at_counter.use_voucher(&format!("show-{at}"), voucher, code).await
    });
    let outcomes = join_all(shows).await;
    assert_eq!(counted(&outcomes), expected([("voucher-stage", CLIENTS - 1), ("won", 1)]));

    // Three a person: one person at many counters, and many who are not in each other's way.
    let limit =
        ItemLimit { taker: Taker::Person, window: LimitWindow::Year, most: Much::Pieces(3) };
    let limited = ItemTerms { limits: vec![limit], ..terms(UnusedVoucher::Returned) };
    place.operator.set_terms("limit", &cut.item, &limited).await.unwrap();
    let wishes = (0..CLIENTS).map(|at| {
        let (counter, wish) = (if at % 2 == 0 { shop } else { kiosk }, wish(&cut, chen));
        async move { counter.issue_voucher(&format!("chen-{at}"), &wish).await }
    });
    let outcomes = join_all(wishes).await;
    assert_eq!(counted(&outcomes), expected([("too-many-taken", CLIENTS - 3), ("won", 3)]));
    let wishes = place.crowd.iter().enumerate().map(|(at, person)| {
        let wish = wish(&cut, person);
        async move { partner.issue_voucher(&format!("crowd-{at}"), &wish).await }
    });
    let outcomes = join_all(wishes).await;
    assert_eq!(counted(&outcomes), expected([("won", CLIENTS)]));

    // Used and given back at once: each ends once.
    let ends = outcomes.iter().enumerate().flat_map(|(at, issued)| {
        let it = &issued.as_ref().unwrap().body.changed;
        let code = it.code.as_deref().unwrap();
        let (one, other) = (format!("use-{at}"), format!("back-{at}"));
        let used = async move { hand.use_voucher(&one, &it.voucher, code).await };
        let back =
            async move { shop.return_voucher(&other, &it.voucher, BookingSide::Resident).await };
        [futures::future::Either::Left(used), futures::future::Either::Right(back)]
    });
    let outcomes = join_all(ends).await;
    assert_eq!(counted(&outcomes), expected([("voucher-stage", CLIENTS), ("won", CLIENTS)]));
    audited(system, &place).await;
}
