//! Each conduct check through HTTP: it holds the story that it is for, with its reason, and leaves
//! somebody alone who serves honestly from morning to evening.

use linli_api::conduct::{ConductSign, ReviewContribution, SignKind};
use linli_api::contribution::{
    Attachment, AttachmentKind, ContributionStatus, Signal, SubmitContribution, VerifyContribution,
};
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::{Hash, Id};
use linli_tests::{Person, Place, TestSystem, Wish};

use crate::audited;

/// Gulou's own checks, but that a burst is three late entries and a pair four times.
fn rules() -> String {
    let late = linli_profile::GULOU.replace("entries = 6,", "entries = 2,");
    late.replace("pair = { times = 20,", "pair = { times = 3,")
}

/// So many minutes that began so many minutes ago: at eight in the evening of a Wednesday.
fn ago(place: &Place, who: &Person, act: &str, (began, minutes): (i64, i64)) -> SubmitContribution {
    SubmitContribution {
        started_at: place.minutes_from_now(-began),
        ended_at: place.minutes_from_now(minutes - began),
        ..place.claim(who, act, 1)
    }
}

/// The same by the device that was there.
fn there(claim: SubmitContribution, grid: &Id) -> SubmitContribution {
    let signals = vec![Signal::SignInOut, Signal::InsideShift, Signal::Place];
    SubmitContribution { grid: grid.clone(), signals, ..claim }
}

fn serving(claim: SubmitContribution, whom: &Person) -> SubmitContribution {
    SubmitContribution { beneficiary: Some(whom.resident.clone()), ..claim }
}

fn with_photo(claim: SubmitContribution, photo: &str) -> SubmitContribution {
    let sha256: Hash = photo.repeat(32).into();
    let attachments = vec![Attachment::of(AttachmentKind::Photo, sha256)];
    SubmitContribution { attachments, ..claim }
}

/// Submits it; its id, and why it is held.
async fn submitted(place: &Place, claim: &SubmitContribution) -> (Id, Vec<ConductSign>) {
    let told = place.partner.submit_contribution(&place.key("check"), claim).await.unwrap();
    let told = told.body.changed;
    let held = told.status == ContributionStatus::Held;
    assert_eq!(held, !told.held.is_empty(), "{told:?}");
    (told.contribution, told.held)
}

/// Submits what nothing is odd about.
async fn fine(place: &Place, claim: &SubmitContribution) -> Id {
    let (id, signs) = submitted(place, claim).await;
    assert_eq!(signs, [], "{claim:?}");
    id
}

/// Submits what is held for one thing.
async fn odd(place: &Place, claim: &SubmitContribution) -> (Id, ConductSign) {
    let (id, signs) = submitted(place, claim).await;
    let [sign] = signs.as_slice() else { panic!("{claim:?}: {signs:?}") };
    (id, sign.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_check_holds_its_story_and_the_next_one_is_let_go() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let from = place.minutes_from_now(-5 * 24 * 60);
    place.operator.publish_rules("checked", &rules(), &from, None).await.unwrap();
    let (here, across) = (place.areas.grid.clone(), place.areas.other_grid.clone());
    let people = &place.people;
    let (chen, wang, helped) = (&people.chen, &people.wang, &people.assisted);
    let mut held = Vec::new();

    // From grid to grid in a minute; two are enough.
    let one = fine(&place, &there(ago(&place, chen, "PW-1", (300, 60)), &here)).await;
    let too_soon = there(ago(&place, chen, "PW-1", (239, 60)), &across);
    let (id, sign) = odd(&place, &too_soon).await;
    assert_eq!((sign.kind, sign.contribution), (SignKind::Travel, Some(one)));
    held.push(id.clone());
    fine(&place, &there(ago(&place, wang, "PW-1", (300, 60)), &here)).await;
    fine(&place, &there(ago(&place, wang, "PW-1", (238, 30)), &across)).await;

    // The third that is entered days afterwards within a day; one of today is not.
    let late = |nth: i64| ago(&place, helped, "PW-1", (70 * 60 - nth * 90, 60));
    for nth in 0..2 {
        fine(&place, &late(nth)).await;
    }
    let (id, sign) = odd(&place, &late(2)).await;
    assert_eq!((sign.kind, sign.contribution), (SignKind::LateEntries, None));
    held.push(id);
    fine(&place, &ago(&place, helped, "PW-1", (900, 30))).await;

    // A photograph of another hour; whoever was there at that hour has the same.
    let (kin, li_kin) = (&people.chen_kin, &people.li_kin);
    let first = with_photo(ago(&place, kin, "PW-1", (700, 60)), "0e");
    let one = fine(&place, &first).await;
    fine(&place, &with_photo(ago(&place, li_kin, "PW-1", (690, 40)), "0e")).await;
    let again = with_photo(ago(&place, kin, "PW-1", (600, 60)), "0e");
    let (id, sign) = odd(&place, &again).await;
    assert_eq!((sign.kind, sign.contribution), (SignKind::EvidenceUsed, Some(one)));
    held.push(id);

    // Always the same two; somebody else is nobody's concern.
    for nth in 0..3 {
        let visit = ago(&place, wang, "AS-1", (200 - nth * 20, 15));
        fine(&place, &serving(visit, helped)).await;
    }
    let visit = ago(&place, wang, "AS-1", (140, 15));
    let (id, sign) = odd(&place, &serving(visit, helped)).await;
    assert_eq!((sign.kind, sign.residents), (SignKind::Pair, vec![helped.resident.clone()]));
    held.push(id);
    let visit = ago(&place, wang, "AS-1", (120, 15));
    fine(&place, &serving(visit, &people.idle)).await;

    // Served while serving elsewhere; afterwards there is time for it.
    let one = fine(&place, &ago(&place, chen, "PW-1", (100, 60))).await;
    let (id, sign) = odd(&place, &serving(ago(&place, wang, "AS-1", (90, 40)), chen)).await;
    assert_eq!((sign.kind, sign.contribution), (SignKind::ServedElsewhere, Some(one.clone())));
    held.push(id);
    fine(&place, &serving(ago(&place, wang, "AS-1", (40, 10)), chen)).await;

    // The paid hours of an office, on a Wednesday at ten; in the evening its holder is a volunteer.
    let office = AppointOfficer {
        officer: None,
        duty: Duty::FullTimeGridOfficer,
        area: here.clone(),
        resident: Some(li_kin.resident.clone()),
    };
    let office = place.operator.appoint_officer("paid", &office).await.unwrap().body.changed.id;
    let (id, sign) = odd(&place, &ago(&place, li_kin, "PW-1", (600, 60))).await;
    assert_eq!((sign.kind, sign.officer), (SignKind::StaffHours, Some(office)));
    held.push(id);
    fine(&place, &ago(&place, li_kin, "PW-1", (120, 60))).await;

    // Two places at once are refused, with the other one named.
    let twice = ago(&place, chen, "CU-1", (90, 30));
    let refused = place.partner.submit_contribution("twice", &twice).await.unwrap_err();
    let problem = refused.problem().unwrap();
    assert_eq!(problem.name(), "overlaps");
    assert_eq!(problem.figures["contribution"], one.to_string());

    // The community sees each with its reason, oldest first, and lets one go on to its award.
    let officer = place.officers.community.after(place.head().await.unwrap());
    let queue = officer.holds(None).await.unwrap().body.items;
    assert_eq!(queue.iter().map(|hold| hold.contribution.clone()).collect::<Vec<_>>(), held);
    let (id, word) = (&held[2], VerifyContribution::default());
    let early = place.officers.grid.verify_contribution("early", id, &word).await.unwrap_err();
    assert_eq!(early.problem().unwrap().name(), "on-hold");
    let reviewed = officer.review("fine", id, &ReviewContribution::Release {}).await.unwrap();
    assert_eq!(reviewed.body.changed.status, ContributionStatus::Pending);
    let told = place.officers.grid.verify_contribution("word", id, &word).await.unwrap().body;
    assert_eq!(told.changed.status, ContributionStatus::Awarded);
    audited(system, &place).await;
}

/// Four turns a day on three days, in both grids, with photographs of the team, a neighbour served now and
/// then who helps in return, an office without pay, and one day entered late.
#[tokio::test(flavor = "multi_thread")]
async fn an_honest_busy_volunteer_is_left_alone() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let from = place.minutes_from_now(-5 * 24 * 60);
    let checked = linli_profile::GULOU;
    place.operator.publish_rules("checked", checked, &from, None).await.unwrap();
    let (here, across) = (place.areas.grid.clone(), place.areas.other_grid.clone());
    let (busy, mate, neighbour) = (&place.people.li, &place.people.wang, &place.people.idle);
    let mut last = None;
    for day in 0..3 {
        let began = |minutes: i64| day * 24 * 60 + minutes;
        let photo = format!("{:02x}", 16 + day);
        let turn = |who, act, minutes, long| ago(&place, who, act, (began(minutes), long));
        for who in [busy, mate] {
            let claim = there(turn(who, "EN-1", 660, 60), &here);
            fine(&place, &with_photo(claim, &photo)).await;
        }
        fine(&place, &there(turn(busy, "PW-1", 595, 60), &across)).await;
        fine(&place, &serving(turn(busy, "AS-1", 400, 45), neighbour)).await;
        last = Some(fine(&place, &there(turn(busy, "PW-1", 120, 60), &here)).await);
    }
    fine(&place, &serving(ago(&place, mate, "AS-1", (240, 30)), busy)).await;
    let officer = place.officers.community.after(place.head().await.unwrap());
    assert_eq!(officer.holds(None).await.unwrap().body.items, []);
    let (id, word) = (last.unwrap(), VerifyContribution::default());
    let told = place.officers.grid.verify_contribution("word", &id, &word).await.unwrap().body;
    assert_eq!(told.changed.award.unwrap().points.as_str(), "1.00");
    audited(system, &place).await;
}
