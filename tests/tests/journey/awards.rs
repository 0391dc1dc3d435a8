//! The public list of a quarter's awards: whole, nothing twice, nothing of another quarter or another place, and
//! nobody named.

use linli_api::area::Level;
use linli_api::award::{Award, MinutesKind};
use linli_api::award_list::{AwardList, ListedAward, QuarterAwards};
use linli_api::contribution::{
    ContributionStatus, Decided, RejectContribution, RejectReason, ReversalReason,
    ReverseContribution, Signal, SubmitContribution, VerifyContribution,
};
use linli_api::officer::Duty;
use linli_api::{Client, Id};
use linli_tests::{Ask, Http, Person, Place, wait};

use crate::orders::appoint;
use crate::{audited, place};

const DAY: i64 = 24 * 60;

/// A minute past the first midnight of April, from the fifth of March, 20:00.
const TO_APRIL: i64 = 26 * DAY + 4 * 60 + 1;

async fn word(place: &Place, officer: &Client, contribution: &Id) -> Decided {
    let (key, word) = (place.key("word"), VerifyContribution::default());
    officer.verify_contribution(&key, contribution, &word).await.unwrap().body.changed
}

/// Somebody served, and was awarded at once.
async fn served(place: &Place, person: &Person, act: &str, minutes: i64) -> Award {
    place.serve(person, act, minutes).await.unwrap().changed.award.unwrap()
}

/// A community with a grid, and an officer of it.
async fn another(place: &Place) -> (Id, Id, Client) {
    let community = place.area(Level::Community, &place.areas.street).await.unwrap();
    let grid = place.area(Level::Grid, &community).await.unwrap();
    let (_, officer) = appoint(place, Duty::CommunityOfficer, &community).await;
    (community, grid, officer)
}

/// The whole of a list, two at a time.
async fn whole(place: &Place, path: &str) -> Vec<ListedAward> {
    let http = Http::new(&place.url);
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = http.send(&Ask::get(&format!("{path}?limit=2{cursor}"))).await.unwrap();
        let page: AwardList = page.json().unwrap();
        assert!(page.items.len() <= 2, "{page:?}");
        all.extend(page.items);
        let Some(next) = page.next else { return all };
        cursor = format!("&cursor={next}");
    }
}

/// An award as everybody may see it, of which the test says whether it was taken back.
fn shown(award: &Award) -> (String, String, u32, MinutesKind, String, String, u32) {
    let Award { contribution, act, minutes, minutes_kind, merit, points, .. } = award;
    (
        contribution.to_string(),
        act.clone(),
        *minutes,
        *minutes_kind,
        merit.to_string(),
        points.to_string(),
        award.rules_version,
    )
}

fn listed(item: &ListedAward) -> (String, String, u32, MinutesKind, String, String, u32) {
    let ListedAward { contribution, act, minutes, minutes_kind, merit, points, rules, .. } = item;
    let (contribution, merit, points) =
        (contribution.to_string(), merit.to_string(), points.to_string());
    (contribution, act.clone(), *minutes, *minutes_kind, merit, points, *rules)
}

fn hundredths(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_quarters_awards_are_told_to_everybody_and_nobody_is_named() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let community = &place.officers.community;
    // By the rules of before, and by Gulou's own.
    let mut awards = vec![served(&place, chen, "PW-1", 60).await];
    let from = place.claim(wang, "PW-1", 60).ended_at;
    place.operator.publish_rules("v2", linli_profile::GULOU, &from, Some(2)).await.unwrap();
    awards.push(served(&place, wang, "PW-1", 120).await);
    awards.push(served(&place, chen, "ST-1", 60).await);
    let wrong = served(&place, wang, "EN-1", 60).await;
    awards.push(wrong.clone());
    // Entered afterwards: no points, and an award all the same. In the community's other grid.
    let late = SubmitContribution {
        signals: vec![Signal::AdministratorEntry],
        grid: place.areas.other_grid.clone(),
        ..place.claim(wang, "PW-1", 60)
    };
    let late = place.submit(&late).await.unwrap();
    awards.extend(word(&place, &place.officers.other_grid, &late).await.award);
    // What was rejected, and what waits, is no award.
    let refused = place.submit(&place.claim(chen, "PW-1", 60)).await.unwrap();
    let why = RejectContribution { reason: RejectReason::NotDone };
    place.officers.grid.reject_contribution("no", &refused, &why).await.unwrap();
    place.submit(&place.claim(chen, "PW-1", 60)).await.unwrap();
    // Elsewhere.
    let (elsewhere, grid, officer) = another(&place).await;
    let claim = SubmitContribution { grid, ..place.claim(&place.people.chen_kin, "PW-1", 60) };
    let foreign = place.submit(&claim).await.unwrap();
    let foreign = word(&place, &officer, &foreign).await.award.unwrap();
    // On public notice first: awarded by a deadline, in the same quarter.
    let adopted = place.submit(&place.claim(chen, "PW-2", 60)).await.unwrap();
    assert_eq!(word(&place, community, &adopted).await.status, ContributionStatus::OnNotice);
    place.let_pass(10 * DAY).await.unwrap();
    let look = async || place.partner.contribution(&adopted).await.ok()?.body.award;
    awards.push(wait::until("the notice is over", wait::LONG, look).await.unwrap());
    // Served in March, and awarded in April.
    place.let_pass(TO_APRIL - 14 * DAY).await.unwrap();
    let claim = place.submit(&place.claim(wang, "PW-1", 60)).await.unwrap();
    place.let_pass(4 * DAY).await.unwrap();
    let april = word(&place, &place.officers.grid, &claim).await.award.unwrap();
    let why = ReverseContribution { reason: ReversalReason::Unfounded };
    let back = community.reverse_contribution("back", &wrong.contribution, &why).await.unwrap();
    place.partner.after(back.body.last).contribution(&wrong.contribution).await.unwrap();

    // Five working days after the quarter: Qingming is none.
    let (http, district) = (Http::new(&system.url()), system.district());
    let path = format!("/awards/{district}/2025-Q1/{}", place.areas.community);
    let early = http.send(&Ask::get(&path)).await.unwrap();
    assert_eq!(early.status, 404);
    let early = early.problem().unwrap();
    assert_eq!(early.figures.get("open_from").unwrap(), "2025-04-08T16:00:00.000000Z");
    place.let_pass(8 * DAY).await.unwrap();

    let all = whole(&place, &path).await;
    assert_eq!(
        all.iter().map(listed).collect::<Vec<_>>(),
        awards.iter().map(shown).collect::<Vec<_>>()
    );
    let reversed: Vec<_> = all.iter().filter(|item| item.reversed_at.is_some()).collect();
    assert_eq!(reversed.len(), 1);
    assert_eq!(reversed[0].contribution, wrong.contribution);
    assert!(all.iter().all(|item| item.awarded_at.as_str() < "2025-03-31T16:00:00Z"), "{all:?}");
    assert!(!all.iter().any(|item| item.contribution == april.contribution));
    let other = format!("/awards/{district}/2025-Q1/{elsewhere}");
    let others = whole(&place, &other).await;
    assert_eq!(others.iter().map(listed).collect::<Vec<_>>(), [shown(&foreign)]);

    sums_are_those_of_the_lists(
        &place,
        district,
        &[(&place.areas.community, &all), (&elsewhere, &others)],
    )
    .await;
    a_sheet_holds_the_same(&place, &path, &all).await;
    for path in [&path, &format!("{path}/csv"), &format!("/awards/{district}/2025-Q1")] {
        let text =
            String::from_utf8(http.send(&Ask::get(path)).await.unwrap().body.to_vec()).unwrap();
        for secret in [&chen.resident, &wang.resident, &place.areas.grid, &place.areas.other_grid] {
            assert!(!text.contains(secret.as_str()), "{path}: {text}");
        }
    }
    for (path, status) in [
        // It has not ended; it is no quarter; it is no community; it is nowhere; the cursor is made up.
        (format!("/awards/{district}/2025-Q2/{}", place.areas.community), 404),
        (format!("/awards/{district}/2025-Q5"), 404),
        (format!("/awards/{district}/2025-Q1/{}", place.areas.grid), 404),
        ("/awards/nowhere/2025-Q1".to_owned(), 404),
        // Before there were any rules.
        (format!("/awards/{district}/2024-Q4"), 404),
        (format!("{path}?limit=201"), 400),
        (format!("{path}?cursor=x"), 400),
        (format!("{path}?grid=x"), 400),
    ] {
        assert_eq!(http.send(&Ask::get(&path)).await.unwrap().status, status, "{path}");
    }
    audited(system, &place).await;
}

async fn sums_are_those_of_the_lists(
    place: &Place,
    district: &str,
    lists: &[(&Id, &Vec<ListedAward>)],
) {
    let told: QuarterAwards = place.partner.quarter_awards(district, "2025-Q1").await.unwrap().body;
    assert_eq!((told.quarter.quarter.as_str(), told.communities.len()), ("2025-Q1", lists.len()));
    assert_eq!(told.quarter.from.as_str(), "2024-12-31T16:00:00.000000Z");
    for (community, list) in lists {
        let sum = told.communities.iter().find(|sum| sum.community == **community).unwrap();
        let points: i64 = list.iter().map(|item| hundredths(item.points.as_str())).sum();
        let merit: i64 = list.iter().map(|item| hundredths(item.merit.as_str())).sum();
        let minutes: i64 = list.iter().map(|item| i64::from(item.minutes)).sum();
        let reversed = list.iter().filter(|item| item.reversed_at.is_some()).count();
        let counted = [list.len(), reversed].map(|it| u64::try_from(it).unwrap());
        assert_eq!([sum.awards, sum.reversed], counted);
        assert_eq!(hundredths(sum.points.as_str()), points);
        assert_eq!((hundredths(sum.merit.as_str()), sum.minutes), (merit, minutes));
    }
}

/// The cells of a row of which some stand in quotes, for the commas in them.
fn cells(row: &str) -> Vec<&str> {
    let mut quoted = false;
    let is_end = |at: char| {
        quoted ^= at == '"';
        at == ',' && !quoted
    };
    row.split(is_end).collect()
}

async fn a_sheet_holds_the_same(place: &Place, path: &str, all: &[ListedAward]) {
    let sheet = Http::new(&place.url).send(&Ask::get(&format!("{path}/csv"))).await.unwrap();
    assert_eq!(sheet.header("content-type"), Some("text/csv; charset=utf-8"));
    let text = String::from_utf8(sheet.body.to_vec()).unwrap();
    let rows: Vec<Vec<&str>> = text.trim_start_matches('\u{feff}').lines().map(cells).collect();
    let [head, rows @ .., total] = rows.as_slice() else { panic!("{text}") };
    let at = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row[at("contribution")]).collect();
    assert_eq!(ids, all.iter().map(|item| item.contribution.as_str()).collect::<Vec<_>>());
    for (row, item) in rows.iter().zip(all) {
        assert_eq!((row[0], row[at("points")]), ("award", item.points.as_str()), "{text}");
        let back = item.reversed_at.as_ref().map_or("", |at| at.as_str());
        assert_eq!((row[at("reversed_at")], row[at("act")]), (back, item.act.as_str()));
    }
    assert_eq!(rows[0][at("category")], "public_welfare");
    assert!(text.contains("参加学习"), "{text}");
    let points: i64 = all.iter().map(|item| hundredths(item.points.as_str())).sum();
    let awards = all.len().to_string();
    assert_eq!((total[0], total[at("contribution")]), ("total", awards.as_str()));
    assert_eq!(hundredths(total[at("points")]), points);
}
