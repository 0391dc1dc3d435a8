//! What bounds the time bank: the cap, whose rest is a gift; a team's time, which can only be given away;
//! whom one may give time to; and how far communities trade.

use linli_api::contribution::VerifyContribution;
use linli_api::resident::MoveResident;
use linli_api::team::{FormTeam, TeamMember};
use linli_api::time_bank::{
    GiveTime, LinkKin, MarkElder, StoreTime, TimeAccount, TimeChanged, TimeGiver, TimeInto,
    TimeMark, TimePayer, TimeReceiver,
};
use linli_api::{Bilingual, Id};
use linli_tests::{Person, Place};

use crate::timebank::{of, stands};
use crate::{audited, place, refused};

/// What a resident stores here at the most, and how far communities trade, in minutes.
const CAP: i64 = 180;
const TRADE: i64 = 60;

/// Rules with little room: so many hours that the others may owe a community, and that it may owe them.
async fn tight(place: &Place, (surplus, deficit): (u32, u32)) {
    let from = place.claim(&place.people.chen, "PW-1", 60).ended_at;
    let mut text = linli_tests::plain_rules();
    for (before, hours) in [
        ("cap_hours = 1500", 3),
        ("surplus_hours = 5000", surplus),
        ("deficit_hours = 5000", deficit),
    ] {
        assert!(text.contains(before), "{before}");
        let (key, _) = before.split_once(" = ").unwrap();
        text = text.replacen(before, &format!("{key} = {hours}"), 1);
    }
    place.operator.publish_rules(&place.key("tight"), &text, &from, None).await.unwrap();
    place.let_pass(60).await.unwrap();
}

/// The assisted resident is a key elder.
async fn mark(place: &Place) {
    let resident = place.people.assisted.resident.clone();
    let mark = MarkElder { resident, mark: TimeMark::KeyElder };
    place.officers.community.mark_elder("mark", &mark).await.unwrap();
}

/// Stores an hour's or two hours' company of a key elder, which the fund pays.
async fn store(place: &Place, who: &Person, minutes: i64, into: TimeInto) -> TimeChanged {
    let mut claim = place.claim(who, "AS-1", minutes);
    claim.beneficiary = Some(place.people.assisted.resident.clone());
    let contribution = place.submit(&claim).await.unwrap();
    let (key, word) = (place.key("word"), VerifyContribution::default());
    place.officers.grid.verify_contribution(&key, &contribution, &word).await.unwrap();
    let deposit = StoreTime { contribution, payer: TimePayer::Fund, into };
    place.partner.store_time(&place.key("store"), &deposit).await.unwrap().body.changed
}

fn to(person: &Person) -> TimeReceiver {
    TimeReceiver::Resident(person.resident.clone())
}

async fn give(place: &Place, from: TimeGiver, to: TimeReceiver, minutes: u32) -> String {
    let gift = GiveTime { from, to, minutes };
    match place.partner.give_time(&place.key("gift"), &gift).await {
        Ok(_) => "given".to_owned(),
        Err(error) => error.problem().unwrap().name().to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_above_the_cap_is_a_gift_and_a_teams_time_is_one_from_the_beginning() {
    let (system, place) = place().await;
    tight(&place, (1, 2)).await;
    mark(&place).await;
    let (chen, kin, wang) = (&place.people.chen, &place.people.chen_kin, &place.people.wang);
    let elder = &place.people.assisted;
    let own = |person: &Person| TimeAccount::Resident(person.resident.clone());
    let chest = TimeAccount::Chest(place.areas.community.clone());

    // Two hours, and two more: three are kept, and one goes to the community's chest.
    assert_eq!(store(&place, chen, 120, TimeInto::Own).await.overflow.unwrap_or_default(), 0);
    assert_eq!(store(&place, chen, 120, TimeInto::Own).await.overflow, Some(60));
    let (accounts, _) = stands(&place).await;
    assert_eq!((of(&accounts, &own(chen)), of(&accounts, &chest)), (CAP, 60));
    // And so with a gift: of two hours to one who has two, one is above.
    store(&place, kin, 120, TimeInto::Own).await;
    assert_eq!(
        give(&place, TimeGiver::Resident(chen.resident.clone()), to(kin), 120).await,
        "given"
    );
    let (accounts, _) = stands(&place).await;
    let found = [own(chen), own(kin), chest].map(|it| of(&accounts, &it));
    assert_eq!(found, [60, CAP, 120]);

    // A team's time is nobody's to keep: to key elders and chests, and to nobody else, its members least.
    let form = FormTeam {
        team: None,
        grid: place.areas.grid.clone(),
        name: Bilingual::new("邻里队", "Neighbours"),
    };
    let team = place.operator.form_team("team", &form).await.unwrap().body.changed.id;
    let join = TeamMember { resident: wang.resident.clone() };
    place.operator.join_team("join", &team, &join).await.unwrap();
    let giver = || TimeGiver::Team(team.clone());
    store(&place, wang, 60, TimeInto::Team).await;
    let (accounts, _) = stands(&place).await;
    let held = of(&accounts, &TimeAccount::Team(team.clone()));
    assert_eq!((held, of(&accounts, &own(wang))), (60, 0));
    assert_eq!(give(&place, giver(), to(wang), 10).await, "not-key-elder");
    assert_eq!(give(&place, giver(), to(chen), 10).await, "not-key-elder");
    assert_eq!(give(&place, giver(), to(elder), 61).await, "time-short");
    assert_eq!(give(&place, giver(), to(elder), 40).await, "given");
    let community = TimeReceiver::Chest(place.areas.community.clone());
    assert_eq!(give(&place, giver(), community, 20).await, "given");
    let (accounts, _) = stands(&place).await;
    let found = [TimeAccount::Team(team.clone()), own(elder)].map(|it| of(&accounts, &it));
    assert_eq!(found, [0, 40]);
    // Who belongs to no team has none to store it for.
    let mut claim = place.claim(chen, "AS-1", 60);
    claim.beneficiary = Some(elder.resident.clone());
    let contribution = place.submit(&claim).await.unwrap();
    let word = VerifyContribution::default();
    place.officers.grid.verify_contribution("alone", &contribution, &word).await.unwrap();
    let alone = StoreTime { contribution, payer: TimePayer::Fund, into: TimeInto::Team };
    assert_eq!(refused(place.partner.store_time("alone", &alone).await), "not-in-team");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kin_are_given_time_and_communities_trade_within_limits() {
    let (system, place) = place().await;
    tight(&place, (1, 2)).await;
    mark(&place).await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let (east, home) = place.east().await.unwrap();
    let moves = MoveResident { household: home, assisted: false };
    place.operator.move_resident("moves", &wang.resident, &moves).await.unwrap();
    store(&place, chen, 120, TimeInto::Own).await;
    let from = || TimeGiver::Resident(chen.resident.clone());

    // Kin who live elsewhere are kin by the word of an officer.
    assert_eq!(give(&place, from(), to(wang), 10).await, "not-kin");
    let link = LinkKin { one: chen.resident.clone(), other: wang.resident.clone() };
    place.officers.community.link_kin("kin", &link).await.unwrap();
    assert_eq!(give(&place, from(), to(wang), 10).await, "given");

    // The others may be owed an hour: 10 went, 50 go, one doesn't.
    assert_eq!(give(&place, from(), to(wang), 51).await, "surplus-limit");
    assert_eq!(give(&place, from(), to(wang), 50).await, "given");
    assert_eq!(give(&place, from(), to(wang), 1).await, "surplus-limit");
    let (accounts, _) = stands(&place).await;
    let clearing = |community: &Id| of(&accounts, &TimeAccount::Clearing(community.clone()));
    assert_eq!((clearing(&place.areas.community), clearing(&east)), (TRADE, -TRADE));
    // What comes back makes room again.
    let back = || TimeGiver::Resident(wang.resident.clone());
    assert_eq!(give(&place, back(), to(chen), 30).await, "given");
    assert_eq!(give(&place, from(), to(wang), 30).await, "given");
    // The other limit: what a community may owe.
    tight(&place, (2, 1)).await;
    assert_eq!(give(&place, from(), to(wang), 1).await, "deficit-limit");
    audited(system, &place).await;
}
