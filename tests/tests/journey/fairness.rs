//! Fair verification: teams, what a day allows, and the sample that is looked at again.

use linli_api::Bilingual;
use linli_api::contribution::{
    ContributionStatus, ReversalReason, ReverseContribution, Signal, SubmitContribution,
    VerifyContribution,
};
use linli_api::fact::Fact;
use linli_api::inspection::{InspectContribution, InspectionOutcome, PublicSample};
use linli_api::team::{FormTeam, TeamMember};
use linli_tests::{Ask, Binary, Http, wait};

use crate::{audited, place};

/// Past eight the next morning.
const MINUTES: i64 = 36 * 60;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_entered_afterwards_is_looked_at_again() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let signals = vec![Signal::AdministratorEntry];
    let late = SubmitContribution { signals, ..place.claim(chen, "PW-1", 120) };
    let contribution = place.submit(&late).await.unwrap();
    let word = VerifyContribution::default();
    let officer = &place.officers.grid;
    officer.verify_contribution("word", &contribution, &word).await.unwrap();

    place.let_pass(MINUTES).await.unwrap();
    let community = &place.officers.community.after(place.head().await.unwrap());
    let look = async || {
        let due = community.inspections(50, None).await.unwrap().body.items;
        due.into_iter().next()
    };
    let drawn = wait::until("the sample of the day is drawn", wait::LONG, look).await.unwrap();
    assert_eq!((&drawn.contribution, drawn.rate), (&contribution, 10_000));
    let record = place.auditor.log_record(drawn.position).await.unwrap().body;
    let Fact::SampleDrawn(sample) = &record.event else { panic!("{record:?}") };
    assert_eq!((sample.awarded, sample.drawn.len()), (1, 1));
    assert!(sample.size < drawn.position);
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let (url, district) = (system.database_url(), system.district());
    let args = ["audit", "sample", &drawn.day, "--database-url", url, "--district", district];
    let output = binary.run(&args).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(contribution.as_str()) && said.contains(sample.root.as_str()), "{said}");

    let found = InspectContribution { outcome: InspectionOutcome::Unfounded };
    let own = officer.inspect_contribution("own", &contribution, &found).await.unwrap_err();
    assert_eq!(own.problem().unwrap().name(), "own-word");
    let told = community.inspect_contribution("look", &contribution, &found).await.unwrap().body;
    assert_eq!((&told.changed.verifier, told.changed.rate), (&drawn.verifier, 900));
    // Everybody may see what was drawn and found, and nobody is named; a day that hasn't ended has none.
    let http = Http::new(&system.url());
    let ask = |day: &str| Ask::get(&format!("/samples/{district}/{day}"));
    let told = community.after(told.last).inspections(50, None).await.unwrap();
    assert_eq!(told.body.items, []);
    let public = http.send(&ask(&drawn.day)).await.unwrap();
    let text = String::from_utf8_lossy(&public.body).into_owned();
    for secret in [&drawn.verifier, &chen.resident] {
        assert!(!text.contains(secret.as_str()), "{text}");
    }
    let public: PublicSample = public.json().unwrap();
    assert_eq!((public.record, public.awarded), (drawn.position, 1));
    assert_eq!((public.size, &public.root), (sample.size, &sample.root));
    let [one] = public.drawn.as_slice() else { panic!("{public:?}") };
    assert_eq!((&one.contribution, one.rate), (&contribution, 10_000));
    assert_eq!(one.outcome, Some(InspectionOutcome::Unfounded));
    assert_eq!(place.partner.sample(district, &drawn.day).await.unwrap().body.drawn, public.drawn);
    for day in ["2031-01-01", "soon"] {
        assert_eq!(http.send(&ask(day)).await.unwrap().status, 404);
    }
    let why = ReverseContribution { reason: ReversalReason::Unfounded };
    community.reverse_contribution("back", &contribution, &why).await.unwrap();
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_does_not_vouch_for_itself_and_a_day_has_an_end() {
    let (system, place) = place().await;
    let name = Bilingual::new("先锋队", "Vanguard");
    let form = FormTeam { team: None, grid: place.areas.grid.clone(), name };
    let team = place.operator.form_team("team", &form).await.unwrap().body.changed.id;
    for (at, person) in [&place.people.chen, &place.people.li].into_iter().enumerate() {
        let member = TeamMember { resident: person.resident.clone() };
        place.operator.join_team(&format!("join-{at}"), &team, &member).await.unwrap();
    }
    let contribution = place.submit(&place.claim(&place.people.chen, "PW-1", 60)).await.unwrap();
    let word = VerifyContribution::default();
    let own = place.officers.li.verify_contribution("own", &contribution, &word).await.unwrap_err();
    assert_eq!(own.problem().unwrap().name(), "same-team");
    let teams = place.operator.after(place.head().await.unwrap()).teams().await.unwrap().body;
    assert_eq!(teams.teams.len(), 1);

    // From today a grid officer vouches for two hours; the third waits, and nothing is lost.
    let head = r#"{ duty = "building-head", hours = 60, points = "60" }"#;
    let grid = r#"{ duty = "full-time-grid-officer", hours = 2, points = "60" }"#;
    let bounded = linli_profile::GULOU.replace(head, grid);
    let from = place.claim(&place.people.wang, "PW-1", 60).ended_at;
    place.operator.publish_rules("bounded", &bounded, &from, None).await.unwrap();
    let officer = &place.officers.grid;
    let mut claims = Vec::new();
    for at in 0..3 {
        let claim = place.submit(&place.claim(&place.people.wang, "PW-1", 60)).await.unwrap();
        let word = VerifyContribution::default();
        let told = officer.verify_contribution(&format!("word-{at}"), &claim, &word).await.unwrap();
        claims.push((claim, told.body));
    }
    let statuses: Vec<_> = claims.iter().map(|(_, told)| told.changed.status).collect();
    let (awarded, pending) = (ContributionStatus::Awarded, ContributionStatus::Pending);
    assert_eq!(statuses, [awarded, awarded, pending]);
    let (waiting, told) = &claims[2];
    let queued = told.changed.queued.as_ref().unwrap();
    let again = officer.verify_contribution("again", waiting, &word).await.unwrap_err();
    assert_eq!(again.problem().unwrap().name(), "queued");
    let file = place.partner.after(told.last).contribution(waiting).await.unwrap().body;
    assert_eq!((file.status, file.queued.as_ref()), (pending, Some(queued)));
    let higher = place.officers.community.verify_contribution("up", waiting, &word).await.unwrap();
    assert_eq!(higher.body.changed.status, awarded);
    let file = place.partner.after(higher.body.last).contribution(waiting).await.unwrap().body;
    assert_eq!(file.queued, None);
    audited(system, &place).await;
}
