//! Rankings of groups and seasons, and who isn't ranked.

use linli_api::client::RankingWish;
use linli_api::contribution::{ReversalReason, ReverseContribution};
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::person::ErasureReason;
use linli_api::ranking::{GroupKind, GroupOrder, GroupRanking, RankingWindow};
use linli_api::team::{FormTeam, TeamMember};
use linli_api::{Bilingual, Id};
use linli_tests::Place;

use crate::{audited, place};

/// Groups and their merit, best first.
fn told(ranking: &GroupRanking) -> Vec<(&Id, &str)> {
    ranking.places.iter().map(|place| (&place.group, place.merit.as_str())).collect()
}

async fn ranking(place: &Place, by: GroupKind, order: GroupOrder) -> GroupRanking {
    let seen = place.partner.after(place.head().await.unwrap());
    seen.group_ranking(by, order, &RankingWish::default()).await.unwrap().body
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_ranked_by_merit_and_per_thousand_residents() {
    let (system, place) = place().await;
    let (people, areas) = (&place.people, &place.areas);
    let mut last = None;
    for (person, act) in
        [(&people.chen, "ME-1"), (&people.chen_kin, "PW-1"), (&people.wang, "ME-1")]
    {
        last = Some(place.serve(person, act, 60).await.unwrap().changed.contribution);
    }
    let form =
        FormTeam {
            team: None, grid: areas.grid.clone(), name: Bilingual::new("晨曦队", "Dawn")
        };
    let team = place.operator.form_team("team", &form).await.unwrap().body.changed.id;
    for (at, person) in [&people.chen, &people.wang].into_iter().enumerate() {
        let member = TeamMember { resident: person.resident.clone() };
        place.operator.join_team(&format!("member-{at}"), &team, &member).await.unwrap();
    }
    for person in [&people.chen, &people.chen_kin] {
        place.partner.join_ranking(&place.key("join"), &person.resident).await.unwrap();
    }

    // A few people are ranked by those among them who wish to be shown; an area by all of them.
    let households = ranking(&place, GroupKind::Household, GroupOrder::Merit).await;
    assert_eq!(told(&households), [(&people.chen.household, "8.50")]);
    assert_eq!((households.places[0].rank, households.places[0].residents), (1, 2));
    assert_eq!(households.places[0].per_thousand.as_ref().unwrap().as_str(), "4250.00");
    let teams = ranking(&place, GroupKind::Team, GroupOrder::Merit).await;
    assert_eq!(told(&teams), [(&team, "7.50")]);
    assert_eq!(teams.places[0].residents, 2);
    for (by, area) in [
        (GroupKind::Grid, &areas.grid),
        (GroupKind::Community, &areas.community),
        (GroupKind::SubDistrict, &areas.street),
    ] {
        assert_eq!(told(&ranking(&place, by, GroupOrder::Merit).await), [(area, "16.00")]);
    }
    // Wang lives elsewhere, where fewer live.
    let by_merit = ranking(&place, GroupKind::MicroGrid, GroupOrder::Merit).await;
    let (here, there) = ((&areas.building, "8.50"), (&areas.other_building, "7.50"));
    assert_eq!(told(&by_merit), [here, there]);
    let by_people = ranking(&place, GroupKind::MicroGrid, GroupOrder::PerThousand).await;
    assert_eq!(told(&by_people), [there, here], "{by_people:?}");

    // What is taken back counts no longer.
    let why = ReverseContribution { reason: ReversalReason::Mistake };
    place.officers.leaving.1.reverse_contribution("back", &last.unwrap(), &why).await.unwrap();
    let grids = ranking(&place, GroupKind::Grid, GroupOrder::Merit).await;
    assert_eq!(told(&grids), [(&areas.grid, "8.50")]);

    // Who is erased lives nowhere: what was earned stays the grid's, and is no micro-grid's any more.
    let erased = &people.chen.resident;
    place.operator.erase_person(erased, ErasureReason::OwnRequest).await.unwrap();
    let here = (&areas.building, "1.00");
    assert_eq!(told(&ranking(&place, GroupKind::MicroGrid, GroupOrder::Merit).await), [here]);
    let grids = ranking(&place, GroupKind::Grid, GroupOrder::Merit).await;
    assert_eq!(told(&grids), [(&areas.grid, "8.50")]);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_season_is_ranked_and_staff_is_not() {
    let (system, place) = place().await;
    let people = &place.people;
    for person in [&people.chen, &people.wang] {
        place.serve(person, "ME-1", 60).await.unwrap();
        place.partner.join_ranking(&place.key("join"), &person.resident).await.unwrap();
    }
    let refused = place.partner.join_ranking("staff", &people.li.resident).await.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "staff-unranked");

    let season = RankingWish { window: RankingWindow::Season, ..RankingWish::default() };
    let seen = place.partner.after(place.head().await.unwrap());
    let spring = seen.ranking(&season, 50, None).await.unwrap().body;
    assert_eq!(spring.period, "2025-S1");
    let ranks: Vec<_> = spring.places.iter().map(|place| (place.rank, &place.resident)).collect();
    assert_eq!(ranks, [(1, &people.chen.resident), (1, &people.wang.resident)]);
    let of = |period: &str| RankingWish { period: Some(period.into()), ..season.clone() };
    let winter = seen.ranking(&of("2024-S4"), 50, None).await.unwrap().body;
    assert_eq!((winter.period.as_str(), winter.places.len()), ("2024-S4", 0));
    let none = seen.ranking(&of("2025-S5"), 50, None).await.unwrap_err();
    assert_eq!(none.problem().unwrap().name(), "invalid-query");

    // Whoever takes up such work leaves the rankings with it.
    let office = AppointOfficer {
        officer: None,
        duty: Duty::CommunityOfficer,
        area: place.areas.community.clone(),
        resident: Some(people.chen.resident.clone()),
    };
    let appointed = place.operator.appoint_officer("office", &office).await.unwrap().body;
    let seen = place.partner.after(appointed.last);
    let left = seen.ranking(&RankingWish::default(), 50, None).await.unwrap().body.places;
    assert_eq!(left.iter().map(|it| &it.resident).collect::<Vec<_>>(), [&people.wang.resident]);
    audited(system, &place).await;
}
