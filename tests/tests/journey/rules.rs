//! Rules: a set is published, told key by key and held against the one before, and what a cap of it
//! cuts is said in the award.

use linli_api::contribution::{SubmitContribution, VerifyContribution};
use linli_tests::{Person, Place, plain_rules};

use crate::{audited, place};

/// The English words of an award, but for those that every award has.
async fn cut(place: &Place, claim: &SubmitContribution) -> (String, Vec<String>) {
    let contribution = place.submit(claim).await.unwrap();
    let key = place.key("verify");
    let word = VerifyContribution::default();
    let told = place.officers.grid.verify_contribution(&key, &contribution, &word).await.unwrap();
    let award = told.body.changed.award.unwrap();
    let cuts = award.explanation.iter().map(|line| line.en.clone());
    let cuts = cuts.filter(|line| line.contains("counted of") || line.contains("at most"));
    let pool = award.explanation.iter().map(|line| line.en.clone());
    let pool = pool.filter(|line| line.contains("the pool had"));
    (award.points.to_string(), cuts.chain(pool).collect())
}

async fn of(place: &Place, person: &Person, act: &str, minutes: i64) -> (String, Vec<String>) {
    cut(place, &place.claim(person, act, minutes)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_set_is_told_held_against_the_last_and_cuts_what_it_says() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let before = place.operator.rule_diff(1, None).await.unwrap().body;
    assert_eq!(before.from, None, "a first set is held against nothing");
    assert!(before.changes.iter().all(|change| change.before.is_none()));

    let text = plain_rules()
        .replace("{ per = \"day\", hours = 8 }", "{ per = \"day\", hours = 2 }")
        .replace("{ per = \"month\", times = 6 }", "{ per = \"month\", times = 1 }")
        .replace("hours = 12, for = \"pair\"", "hours = 2, for = \"pair\"")
        .replace("month_cap = \"120\"", "month_cap = \"9\"")
        // A pool that nobody has opened: merit and minutes, and no points.
        .replace("[act.RF-1]", "[act.NO-1]\nname = { zh = \"无资金\", en = \"unfunded\" }\ncategory = \"culture\"\npoints = \"1\"\nunit = \"each\"\nmerit = \"1\"\nevidence = \"C\"\nverifier = \"grid\"\npool = \"nobody\"\n\n[act.RF-1]");
    let (head, tail) = text.split_once("[act.CU-2]").unwrap();
    let tail = tail.replacen("month\", times = 2 }", "month\", points = \"6\" }", 1);
    let text = format!("{head}[act.CU-2]{tail}");
    let from = place.claim(wang, "PW-1", 60).ended_at;
    let published = place.operator.publish_rules("v2", &text, &from, Some(2)).await.unwrap().body;
    let reader = place.operator.after(published.last);
    let told = reader.rule_diff(2, None).await.unwrap().body;
    assert_eq!(told.from.as_ref().map(|from| from.version), Some(1));
    let changes: Vec<String> = told
        .changes
        .iter()
        .filter(|change| change.act.as_deref() != Some("NO-1"))
        .map(|change| {
            let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "none".to_owned());
            format!("{}: {} → {}", change.key, side(&change.before), side(&change.after))
        })
        .collect();
    insta::assert_snapshot!(changes.join("\n"), @r"
    act.AS-1.caps.month.time.pair: 12 h → 2 h
    act.CU-2.caps.month.points: none → 6
    act.CU-2.caps.month.times: 2 → none
    act.ME-0.caps.month.times: 6 → 1
    act.PW-1.caps.day.time: 8 h → 2 h
    month_cap: 120 → 9
    ");
    assert!(told.changes.iter().any(|change| change.act.as_deref() == Some("NO-1")));
    let back = reader.rule_diff(1, Some(2)).await.unwrap().body;
    assert_eq!(back.changes.len(), told.changes.len());
    assert_eq!(reader.rule_diff(2, Some(2)).await.unwrap().body.changes, []);
    let unknown = reader.rule_diff(2, Some(9)).await.unwrap_err();
    assert_eq!(unknown.problem().unwrap().status, 404);
    let sheet = reader.rule_sheet(2).await.unwrap().body;
    assert_eq!((sheet.position, sheet.rules.version), (published.last, 2));
    let line = sheet.lines.iter().find(|line| line.key == "act.PW-1.caps.day.time").unwrap();
    assert_eq!(line.value, "2 h");

    // Time by contribution and by day, times and points by month, the month over all acts.
    let mut said = vec![
        of(&place, chen, "EN-1", 180).await,
        of(&place, chen, "PW-1", 180).await,
        of(&place, chen, "ME-0", 30).await,
        of(&place, chen, "ME-0", 30).await,
        of(&place, chen, "CU-2", 30).await,
        of(&place, chen, "CU-2", 30).await,
    ];
    // A pair, and a pool that nobody has opened.
    let helped = |minutes| SubmitContribution {
        beneficiary: Some(place.people.li.resident.clone()),
        ..place.claim(wang, "AS-1", minutes)
    };
    said.push(cut(&place, &helped(90)).await);
    said.push(cut(&place, &helped(60)).await);
    said.push(of(&place, wang, "NO-1", 30).await);
    let said: Vec<String> =
        said.into_iter().map(|(points, cuts)| format!("{points}: {}", cuts.join("; "))).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    2.00: 2 h counted of 3 h: cap a person each time
    2.00: 2 h counted of 3 h: cap a person a day
    2.00: 
    0.00: 0 times counted of 1 times: cap a person a month
    3.00: at most 9.00 points a month, so 3.00
    0.00: 1 points counted of 5 points: cap a person a month; at most 9.00 points a month, so 0.00
    3.00: 
    1.00: 0.5 h counted of 1 h: cap a pair a month
    0.00: the pool had 0.00 points left, so 0.00
    ");
    audited(system, &place).await;
}

/// What a service is worth that was found so hard: points, merit, minutes, and the lines that say why.
async fn hard(place: &Place, claim: &SubmitContribution, difficulty: Option<u8>) -> String {
    let contribution = place.submit(claim).await.unwrap();
    let word = VerifyContribution { assessed: None, difficulty };
    let key = place.key("verify");
    let told = place.officers.grid.verify_contribution(&key, &contribution, &word).await;
    let award = match told {
        Ok(told) => told.body.changed.award.unwrap(),
        Err(error) => return error.problem().unwrap().detail_en.clone(),
    };
    let why = award.explanation.iter().map(|line| line.en.as_str());
    let why = why.filter(|line| !line.contains("grade") && !line.contains("merit"));
    let why: Vec<&str> = why.collect();
    format!("{} points, {} min: {}", award.points, award.minutes, why.join("; "))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hard_is_worth_more_and_a_low_pool_gives_less() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let text = plain_rules()
        .replacen(
            "alert = { factor = \"1.5\" }",
            "alert = { factor = \"1.5\" }\ndifficulty = [\"1.2\", \"1.5\"]\nassisted = { factor = \"1.5\" }\n\n\
             [throttle.street]\nbelow = \"10000000\"\npart = \"0.5\"",
            1,
        );
    let (head, tail) = text.split_once("[act.AS-1]").unwrap();
    let tail =
        tail.replacen("unit = \"hour\"", "unit = \"hour\"\nassisted = true\ndifficulty = true", 1);
    let text = format!("{head}[act.AS-1]{tail}");
    let (head, tail) = text.split_once("[act.ST-1]").unwrap();
    let tail = tail.replacen("unit = \"each\"", "unit = \"each\"\ncredits_minutes = 45", 1);
    let text = format!("{head}[act.ST-1]{tail}");
    let from = place.claim(wang, "PW-1", 60).ended_at;
    let published = place.operator.publish_rules("v2", &text, &from, Some(2)).await.unwrap().body;
    let reader = place.operator.after(published.last);
    let set = reader.rule_set(2).await.unwrap().body;
    let act = |code: &str| set.acts.iter().find(|act| act.code == code).unwrap();
    assert_eq!((act("AS-1").difficulties, act("ST-1").credits_minutes), (Some(2), Some(45)));

    let helped = |whom: &Person| SubmitContribution {
        beneficiary: Some(whom.resident.clone()),
        ..place.claim(chen, "AS-1", 60)
    };
    let (li, assisted) = (&place.people.li, &place.people.assisted);
    let said = [
        hard(&place, &helped(li), None).await,
        hard(&place, &helped(assisted), Some(2)).await,
        hard(&place, &helped(li), Some(3)).await,
        hard(&place, &place.claim(wang, "ST-1", 20), None).await,
        hard(&place, &place.claim(wang, "ST-1", 20), Some(1)).await,
        hard(&place, &place.claim(wang, "PW-1", 60), None).await,
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    2.00 points, 60 min: 1 h at 2.00 points each = 2; 60 service minutes
    4.50 points, 60 min: 1 h at 2.00 points each = 2; difficulty 2 × 1.5 = 3; service to assisted people × 1.5 = 4.5; 60 service minutes
    This act has levels of difficulty from 1 to 2.
    2.00 points, 45 min: 1 × at 2.00 points each = 2; 45 service minutes
    This act has no levels of difficulty.
    0.50 points, 60 min: 1 h at 1.00 points each = 1; the pool had 100000.00 points left, below 10000000.00, so 0.5 of it: 0.50; 60 service minutes
    ");
    audited(system, &place).await;
}
