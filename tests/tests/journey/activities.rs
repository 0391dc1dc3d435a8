//! Activities: a class with a waiting list and a forgotten check-out, a patrol by its leader, and a
//! volunteer who would be at both at once.

use linli_api::activity::{
    CallOffForTeam, ComeIn, GoOut, PublishActivity, PublishForTeam, SeatStatus, SignUp,
};
use linli_api::contribution::{Contribution, Grade, Signal, VerifyContribution};
use linli_api::fact::Fact;
use linli_api::team::{FormTeam, TeamMember};
use linli_api::{Bilingual, Client, Hash, Id};
use linli_tests::{Person, Place, wait};

use crate::{audited, place, refused};

/// The day of the story, in Nanjing; it begins at eight in the evening.
const DAY: &str = "2025-03-05";

fn hall() -> Hash {
    "5".repeat(64).as_str().into()
}

/// An hour and a half in the first grid, so many minutes from now.
fn class(place: &Place, minutes: i64, seats: u16) -> PublishActivity {
    PublishActivity {
        activity: None,
        team: None,
        act: "ST-1".to_owned(),
        grid: place.areas.grid.clone(),
        name: Bilingual::new("防诈骗课堂", "Lecture on fraud"),
        start: place.minutes_from_now(minutes),
        ends_at: place.minutes_from_now(minutes + 90),
        seats,
        place: hall(),
        alert: false,
        checkpoints: 0,
        estate: None,
    }
}

fn patrol(place: &Place, minutes: i64) -> PublishActivity {
    let name = Bilingual::new("平安巡逻", "Patrol");
    PublishActivity { act: "PA-1".to_owned(), name, checkpoints: 4, ..class(place, minutes, 2) }
}

async fn sign_up(
    place: &Place,
    activity: &Id,
    person: &Person,
) -> Result<(Id, SeatStatus), String> {
    let body = SignUp { seat: None, activity: activity.clone(), resident: person.resident.clone() };
    match place.partner.sign_up(&place.key("sign-up"), &body).await {
        Ok(told) => Ok((told.body.changed.seat, told.body.changed.status)),
        Err(error) => Err(error.problem().map(|it| it.name().to_owned()).unwrap()),
    }
}

/// The code that stands at the door now.
async fn code(officer: &Client, place: &Place, activity: &Id) -> Hash {
    officer.door_code(activity, &place.minutes_from_now(0)).await.unwrap().body.code
}

async fn until(place: &Place, seat: &Id, wanted: SeatStatus) {
    let look = async || {
        let seen = place.partner.seat(seat).await.ok()?.body.status;
        (seen == wanted).then_some(())
    };
    wait::until("the seat gets there", wait::LONG, look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_is_attended_waited_for_and_left_without_a_word() {
    let (system, place) = place().await;
    let (partner, officer) = (&place.partner, &place.officers.grid);
    let people = &place.people;
    let foreign = place.officers.other_grid.publish_activity("p0", &class(&place, 30, 2)).await;
    assert_eq!(refused(foreign), "outside-authority");
    let published = officer.publish_activity("p1", &class(&place, 30, 2)).await.unwrap().body;
    let activity = published.changed.id;
    let (chen, status) = sign_up(&place, &activity, &people.chen).await.unwrap();
    assert_eq!(status, SeatStatus::Taken);
    let (wang, _) = sign_up(&place, &activity, &people.wang).await.unwrap();
    let (li, status) = sign_up(&place, &activity, &people.li).await.unwrap();
    assert_eq!(status, SeatStatus::Waiting);
    assert_eq!(sign_up(&place, &activity, &people.chen).await, Err("signed-up".to_owned()));
    partner.give_up_seat("g1", &wang).await.unwrap();
    until(&place, &li, SeatStatus::Taken).await;

    // A class and a patrol at once are one too many.
    let walk = officer.publish_activity("p2", &patrol(&place, 60)).await.unwrap().body.changed.id;
    assert_eq!(sign_up(&place, &walk, &people.chen).await, Err("seat-clash".to_owned()));

    // The door opens half an hour before, and opens to the code of the moment alone.
    let seen = officer.after(place.head().await.unwrap());
    let early = seen.door_code(&activity, &place.minutes_from_now(-1)).await;
    assert_eq!(refused(early), "door-shut");
    place.let_pass(20).await.unwrap();
    let old = code(&seen, &place, &activity).await;
    place.let_pass(5).await.unwrap();
    let shown = |code: Hash| ComeIn { code: Some(code), place: Some(hall()) };
    assert_eq!(refused(partner.come_in("c0", &chen, &shown(old)).await), "wrong-code");
    let now = code(&seen, &place, &activity).await;
    partner.come_in("c1", &chen, &shown(now.clone())).await.unwrap();
    partner.come_in("c2", &li, &shown(now)).await.unwrap();

    // Ten minutes after the end one checks out; the other forgets it.
    place.let_pass(105).await.unwrap();
    let out = GoOut {
        code: Some(code(&seen, &place, &activity).await),
        place: Some(hall()),
        scanned: Vec::new(),
    };
    let told = partner.go_out("o1", &chen, &out).await.unwrap().body;
    assert_eq!((told.changed.status, told.changed.grade), (SeatStatus::Served, Some(Grade::B)));
    let again = partner.go_out("o1", &chen, &out).await.unwrap();
    assert_eq!(again.body, told);
    assert_eq!(refused(partner.go_out("o2", &chen, &out).await), "seat-stage");
    place.let_pass(30).await.unwrap();
    until(&place, &li, SeatStatus::Forgotten).await;

    let reader = place.partner.after(place.head().await.unwrap());
    let served = reader.contribution(&chen).await.unwrap().body;
    let minutes = |it: &Contribution| {
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
        (at(it.ended_at.as_str()) - at(it.started_at.as_str())) / 60
    };
    assert_eq!((served.act.as_str(), minutes(&served)), ("ST-1", 90));
    let forgotten = reader.contribution(&li).await.unwrap().body;
    assert_eq!((forgotten.grade, minutes(&forgotten)), (Grade::C, 90));
    let signals = [Signal::RotatingCode, Signal::Place, Signal::InsideShift];
    assert_eq!(forgotten.signals, signals);
    officer.verify_contribution("v1", &chen, &VerifyContribution::default()).await.unwrap();
    let seen = officer.after(place.head().await.unwrap());
    let found = seen.attendance(&activity).await.unwrap().body;
    let statuses: Vec<_> = found.attendance.iter().map(|seat| seat.status).collect();
    assert_eq!((found.taken, found.waiting), (2, 0));
    assert_eq!(statuses, [SeatStatus::Served, SeatStatus::Withdrawn, SeatStatus::Forgotten]);
    let of_chen = reader.seats_of(&people.chen.resident, 10, None).await.unwrap().body.items;
    assert_eq!(of_chen.len(), 1);
    let listed = reader.activities(&place.areas.community, DAY, None).await.unwrap().body.items;
    assert_eq!(listed.iter().map(|it| &it.activity).collect::<Vec<_>>(), [&activity, &walk]);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patrol_is_walked_and_the_station_sees_where_nobody_walks() {
    let (system, place) = place().await;
    let (partner, officer) = (&place.partner, &place.officers.grid);
    let people = &place.people;
    let name = Bilingual::new("平安队", "Ping An team");
    let form = FormTeam { team: None, grid: place.areas.grid.clone(), name };
    let team = place.operator.form_team("team", &form).await.unwrap().body.changed.id;
    let member = |person: &Person| TeamMember { resident: person.resident.clone() };
    for (at, person) in [&people.chen, &people.wang].into_iter().enumerate() {
        let key = format!("join-{at}");
        place.operator.join_team(&key, &team, &member(person)).await.unwrap();
    }
    let leader = people.chen.resident.clone();
    let plan = PublishActivity { team: Some(team.clone()), ..patrol(&place, 10) };
    let for_team = PublishForTeam { leader: leader.clone(), plan };
    assert_eq!(refused(partner.publish_for_team("t0", &for_team).await), "not-team-leader");
    place.operator.lead_team("lead", &team, &member(&people.chen)).await.unwrap();
    let published = partner.publish_for_team("t1", &for_team).await.unwrap().body;
    let shift = published.changed.id;
    assert_eq!(sign_up(&place, &shift, &people.li).await, Err("not-in-team".to_owned()));
    let (chen, _) = sign_up(&place, &shift, &people.chen).await.unwrap();
    let (wang, _) = sign_up(&place, &shift, &people.wang).await.unwrap();
    let record = place.auditor.log_record(published.last).await.unwrap().body;
    let Fact::ActivityPublished(it) = &record.event else { panic!("{record:?}") };
    assert_eq!((it.checkpoint_ends.len(), it.activity.checkpoints_least), (4, 3));

    let tags = officer.checkpoint_tags(&place.areas.grid, 4).await.unwrap().body.tags;
    let texts = |which: &[usize]| which.iter().map(|at| tags[*at].text.clone()).collect::<Vec<_>>();
    until(&place, &wang, SeatStatus::Taken).await;
    for (key, seat) in [("c1", &chen), ("c2", &wang)] {
        partner.come_in(key, seat, &ComeIn::default()).await.unwrap();
    }
    place.let_pass(101).await.unwrap();
    let out = |scanned| GoOut { code: None, place: None, scanned };
    let foreign = place.officers.other_grid.checkpoint_tags(&place.areas.other_grid, 4).await;
    let elsewhere: Vec<_> = foreign.unwrap().body.tags.into_iter().map(|tag| tag.text).collect();
    assert_eq!(refused(partner.go_out("o0", &chen, &out(elsewhere)).await), "wrong-checkpoint");
    // In any order: three of four are a patrol, two are not.
    let told = partner.go_out("o1", &chen, &out(texts(&[3, 0, 1]))).await.unwrap().body.changed;
    assert_eq!((told.grade, told.scanned), (Some(Grade::A), 3));
    let told = partner.go_out("o2", &wang, &out(texts(&[2, 1]))).await.unwrap().body.changed;
    assert_eq!((told.grade, told.scanned), (Some(Grade::D), 2));
    let word = VerifyContribution::default();
    let awarded = officer.verify_contribution("v1", &chen, &word).await.unwrap().body.changed;
    assert_eq!(awarded.award.unwrap().points.as_str(), "1.50");

    // From ten past eight to twenty to ten, two people; and nobody anywhere else.
    let seen = officer.after(place.head().await.unwrap());
    let told = seen.patrol_coverage(&place.areas.community, DAY).await.unwrap().body;
    let of = |grid: &Id| told.grids.iter().find(|it| it.grid == *grid).unwrap();
    let walked = of(&place.areas.grid);
    assert_eq!((walked.planned, &walked.walked[20..23]), (1, &[100, 80, 0][..]));
    assert!(!walked.nobody.contains(&20) && !walked.nobody.contains(&21));
    assert_eq!((walked.nobody.len(), of(&place.areas.other_grid).nobody.len()), (22, 24));

    // What is called off in time ends for everybody who signed up.
    let plan = PublishActivity { team: Some(team), ..patrol(&place, 200) };
    let later = PublishForTeam { leader: leader.clone(), plan };
    let later = partner.publish_for_team("t2", &later).await.unwrap().body.changed.id;
    let (seat, _) = sign_up(&place, &later, &people.wang).await.unwrap();
    partner.call_off_for_team("off", &later, &CallOffForTeam { leader }).await.unwrap();
    until(&place, &seat, SeatStatus::CalledOff).await;
    audited(system, &place).await;
}
