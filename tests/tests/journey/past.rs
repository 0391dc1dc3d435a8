//! The past: what was at a moment, what led to what, and what draft rules would have made of it.

use linli_api::client::When;
use linli_api::fact::Fact;
use linli_api::past::{HoldStatus, Trail, TrailRole, TrailSubject};
use linli_api::redemption::{Basket, RedemptionStatus, Wish};
use linli_api::rules::Publishing;
use linli_api::trial::TryRules;
use linli_api::{Id, Instant};
use linli_tests::{Person, Place, plain_rules};

use crate::{audited, place};

fn soap(person: &Person, place: &Place, quantity: u32) -> Basket {
    let items = vec![Wish { item: place.items.soap.clone(), quantity }];
    Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(person.resident.clone()),
        items,
    }
}

fn after(position: u64) -> When {
    When { position: Some(position), at: None }
}

fn roles(trail: &Trail) -> Vec<TrailRole> {
    trail.steps.iter().map(|step| step.role).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_moment_can_be_asked_again() {
    let (system, place) = place().await;
    let (chen, wang, auditor) = (&place.people.chen, &place.people.wang, &place.auditor);
    let founded = place.head().await.unwrap();
    place.give(&[chen.clone(), wang.clone()], "40").await.unwrap();
    place.serve(chen, "PW-1", 120).await.unwrap();
    let rich = place.head().await.unwrap();
    let reserved = place.shop.api.reserve("r", &soap(chen, &place, 2)).await.unwrap().body;
    let captured = place.shop.api.capture("c", &reserved.changed.slip.redemption).await.unwrap();
    let end = captured.body.last;

    let mut seen = Vec::new();
    for position in [founded, rich, reserved.last, end] {
        let told = auditor.past_resident(&chen.resident, &after(position)).await.unwrap().body;
        assert_eq!(told.moment.position, position);
        seen.push(format!("{} {} {}", told.available, told.held, told.holds.len()));
    }
    let redemption = &reserved.changed.slip.redemption;
    for (position, status, points) in [
        (reserved.last, RedemptionStatus::Reserved, "30.00"),
        (end, RedemptionStatus::Captured, "0.00"),
    ] {
        let hold = auditor.past_hold(redemption, &after(position)).await.unwrap().body.hold;
        assert_eq!((hold.is, hold.points.as_str()), (HoldStatus::Redemption { status }, points));
    }
    assert_eq!(seen, ["0.00 0.00 0", "42.00 0.00 0", "12.00 30.00 1", "12.00 0.00 0"]);

    // An instant means all that had been recorded by then.
    let told = auditor.past_resident(&chen.resident, &after(rich)).await.unwrap().body;
    let at = When { position: None, at: Some(told.moment.recorded_at.clone()) };
    let then = auditor.past_resident(&chen.resident, &at).await.unwrap().body;
    assert_eq!((then.moment.position, then.available), (rich, told.available));

    let shelf = async |position| {
        let stock = auditor.past_stock(&after(position)).await.unwrap().body;
        let soap = stock.shelves.into_iter().find(|shelf| {
            (&shelf.station, &shelf.item) == (&place.shop.station, &place.items.soap)
        });
        soap.map(|shelf| (shelf.on_hand, shelf.reserved, shelf.delivered)).unwrap()
    };
    assert_eq!(shelf(rich).await, (40, 0, 0));
    assert_eq!(shelf(reserved.last).await, (40, 2, 0));
    assert_eq!(shelf(end).await, (38, 0, 2));

    let drawn = async |position| {
        let pools = auditor.past_pools(&after(position)).await.unwrap().body.pools;
        pools.iter().map(|pool| pool.left.as_str().parse::<f64>().unwrap()).sum::<f64>()
    };
    let apart = drawn(founded).await - drawn(rich).await;
    assert!((apart - 82.0).abs() < 0.001, "{apart}");
    let rules = auditor.past_rules(&after(end)).await.unwrap().body;
    assert_eq!((rules.version, rules.published), (Some(1), vec![1]));

    place.operator.join_ranking("j1", &chen.resident).await.unwrap();
    place.operator.join_ranking("j2", &wang.resident).await.unwrap();
    let now = place.head().await.unwrap();
    let rank =
        auditor.past_rank(&chen.resident, None, Some("month"), &after(now)).await.unwrap().body;
    assert_eq!((rank.rank, rank.of), (Some(1), Some(2)));
    let before = auditor.past_rank(&chen.resident, None, None, &after(end)).await.unwrap().body;
    assert_eq!(before.rank, None, "not shown yet");

    let beyond = auditor.past_pools(&after(now + 1)).await.unwrap_err();
    assert_eq!(beyond.problem().unwrap().name(), "invalid-query");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trail_leads_from_what_was_bought_to_what_earned_it_and_back() {
    let (system, place) = place().await;
    let (chen, auditor) = (&place.people.chen, &place.auditor);
    let mut earned: Vec<Id> = Vec::new();
    for _ in 0..2 {
        let served = place.serve(chen, "PW-1", 480).await.unwrap();
        earned.push(served.changed.award.unwrap().contribution);
    }
    // 16 points in two lots pay for one piece of soap at 15.
    let sold = place.shop.api.sell("s", &soap(chen, &place, 1)).await.unwrap().body;
    place.caught_up().await.unwrap();
    let redemption = sold.changed.slip.redemption;

    let back = auditor.trail(&TrailSubject::Redemption(redemption.clone())).await.unwrap().body;
    use TrailRole::{Awarded, Claimed, Judged, Rules, Spent};
    let each = [Claimed, Judged, Awarded];
    assert_eq!(roles(&back), [&[Rules], &each[..], &each[..], &[Spent]].concat());
    let taken: Vec<_> = back.steps.iter().filter_map(|step| step.points.as_ref()).collect();
    assert_eq!(taken.iter().map(|taken| taken.as_str()).collect::<Vec<_>>(), ["8.00", "7.00"]);
    let evidence = back.steps.iter().find_map(|step| {
        let Fact::ContributionSubmitted(claimed) = &step.record.event else { return None };
        Some(claimed.grade)
    });
    assert_eq!(evidence, Some(linli_api::contribution::Grade::B));

    // Forward again, as a reader of the trail clicks on.
    let second = TrailSubject::Contribution(earned[1].clone());
    let follow = back.steps.iter().find_map(|step| step.follow.clone().filter(|it| *it == second));
    let on = auditor.trail(&follow.unwrap()).await.unwrap().body;
    assert_eq!(roles(&on), [&[Rules], &each[..], &[Spent]].concat());
    assert_eq!(on.steps.last().unwrap().follow, Some(TrailSubject::Redemption(redemption)));
    assert_eq!(on.steps.last().unwrap().points.as_ref().unwrap().as_str(), "7.00");

    let nothing = TrailSubject::Contribution("01JZZZZZZZZZZZZZZZZZZZZZZZ".into());
    let unknown = auditor.trail(&nothing).await.unwrap_err();
    assert_eq!(unknown.problem().unwrap().status, 404);
    audited(system, &place).await;
}

/// Story 9: a draft is tried before anybody publishes it, and what it would overrun is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_tried_before_it_is_published() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    place.serve(chen, "PW-1", 120).await.unwrap();
    for _ in 0..3 {
        place.serve(wang, "EN-1", 120).await.unwrap();
    }
    let before = place.head().await.unwrap();
    let (from, until) =
        (Instant::from("2000-01-01T00:00:00Z"), Instant::from("2100-01-01T00:00:00Z"));
    let draft = TryRules {
        profile: with_points(&plain_rules(), "[act.PW-1]", "2.0"),
        from,
        until,
        bands: [(chen.resident.to_string(), "60-69".to_owned())].into(),
    };
    let told = place.operator.try_rules(&draft).await.unwrap().body;
    assert_eq!(told.all.real.awards, 4);
    assert_eq!((told.all.gain, told.all.lose), (1, 0), "{told:?}");
    assert_eq!(told.bands[0].change.draft.points.as_str(), "4.00");
    assert_eq!(told.bands[0].change.real.points.as_str(), "2.00");
    assert_eq!(told.people.len(), 1);
    assert_eq!(told.people[0].resident, chen.resident);

    // One that no pool could bear says so, with how much is missing.
    let uncapped: String = plain_rules()
        .lines()
        .filter(|line| !line.starts_with("month_cap"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let lavish = TryRules { profile: with_points(&uncapped, "[act.PW-1]", "60000.0"), ..draft };
    let told = place.operator.try_rules(&lavish).await.unwrap().body;
    let street = told.pools.iter().find(|pool| pool.code == "street").unwrap();
    assert_eq!((street.real.short.as_str(), street.draft.left.as_str()), ("0.00", "0.00"));
    assert!(street.draft.short.as_str().parse::<f64>().unwrap() >= 20_000.0, "{street:?}");
    assert!(street.draft.short_since.is_some());

    assert_eq!(place.head().await.unwrap(), before, "nothing was written");
    audited(system, &place).await;
}

/// Rules that are published from a trial carry what it came to, for everybody who reads them.
#[tokio::test(flavor = "multi_thread")]
async fn rules_published_from_a_trial_carry_what_it_came_to() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    place.serve(chen, "PW-1", 120).await.unwrap();
    let head = place.head().await.unwrap();
    let (from, until) = (
        Instant::from("2000-01-01T00:00:00.000000Z"),
        Instant::from("2100-01-01T00:00:00.000000Z"),
    );
    let text = with_points(&plain_rules(), "[act.PW-1]", "2.0");
    let period = Some((from.clone(), until.clone()));
    let publishing = Publishing { tried: period, ..Publishing::default() };
    let published = place.operator.publish("tried", &text, &publishing).await.unwrap().body;
    assert_eq!(published.first, published.last, "one record holds the rules and the trial");
    // Asked again it is told again, and not tried again.
    let again = place.operator.publish("tried", &text, &publishing).await.unwrap().body;
    assert_eq!(again, published);
    let tried = published.changed.tried.clone().unwrap();
    assert_eq!((&tried.from, &tried.until, tried.position), (&from, &until, head));
    let change = &tried.change;
    assert_eq!((change.real.points.as_str(), change.draft.points.as_str()), ("2.00", "4.00"));
    assert_eq!((change.gain, change.lose, tried.short.as_str()), (1, 0, "0.00"));

    // Beside the difference to the rules before, and the same when somebody tries them again.
    let reader = place.operator.after(published.last);
    let diff = reader.rule_diff(2, None).await.unwrap().body;
    assert_eq!(diff.tried.as_ref(), Some(&tried));
    assert_eq!(diff.changes.len(), 1, "{:?}", diff.changes);
    assert_eq!(reader.rule_sheet(2).await.unwrap().body.tried, Some(tried.clone()));
    assert_eq!(reader.rule_sheet(1).await.unwrap().body.tried, None);
    let again = TryRules { profile: text.clone(), from, until, bands: [].into() };
    assert_eq!(place.operator.try_rules(&again).await.unwrap().body.all, tried.change);

    // A repeat is the same publication; the same text without its trial is another wish.
    let repeat = place.operator.publish("tried", &text, &publishing).await.unwrap().body;
    assert_eq!(repeat, published);
    let bare = place.operator.publish("tried", &text, &Publishing::default()).await.unwrap_err();
    assert_eq!(bare.problem().unwrap().name(), "idempotency-key-reused");
    let backwards = Some((publishing.tried.clone().unwrap().1, "2000-01-01T00:00:00Z".into()));
    let backwards = Publishing { tried: backwards, ..Publishing::default() };
    let refused = place.operator.publish("backwards", &text, &backwards).await.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "invalid-interval");
    audited(system, &place).await;
}

/// The profile with other base points for one act.
fn with_points(profile: &str, act: &str, points: &str) -> String {
    let (head, tail) = profile.split_once(act).unwrap();
    let (line, rest) = tail.split_once("points = ").unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    format!("{head}{act}{line}points = \"{points}\"\n{rest}")
}
