//! Moving house: the head of a building moves to another grid in mid-season.

use linli_api::client::RankingWish;
use linli_api::household::RegisterHousehold;
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::ranking::{GroupKind, GroupOrder, RankingWindow};
use linli_api::resident::MoveResident;
use linli_api::{Amount, Id};
use linli_tests::{Person, Place};

use crate::{audited, place};

/// What somebody did in a grid: an hour of cleaning there, by the word of the grid's officer.
async fn cleaned(place: &Place, person: &Person, there: bool) -> u64 {
    let mut claim = place.claim(person, "EN-1", 60);
    let officer = if there {
        claim.grid = place.areas.other_grid.clone();
        &place.officers.other_grid
    } else {
        &place.officers.grid
    };
    let id = place.submit(&claim).await.unwrap();
    let word = linli_api::contribution::VerifyContribution::default();
    officer.verify_contribution(&place.key("word"), &id, &word).await.unwrap().body.last
}

/// Places and merit on the season's board of an area, or of everywhere.
async fn board(place: &Place, area: Option<&Id>, last: u64) -> Vec<(u64, Id, Amount)> {
    let wish = RankingWish { area: area.cloned(), window: RankingWindow::Season, period: None };
    let seen = place.partner.after(last).ranking(&wish, 10, None).await.unwrap().body;
    seen.places.into_iter().map(|it| (it.rank, it.resident, it.merit)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_moves_to_another_grid_in_mid_season_and_both_boards_are_right() {
    let (system, place) = place().await;
    let (people, areas, operator) = (&place.people, &place.areas, &place.operator);
    let (chen, wang) = (&people.chen, &people.wang);
    for person in [chen, wang] {
        place.partner.join_ranking(&place.key("join"), &person.resident).await.unwrap();
    }
    let head = |area: &Id| AppointOfficer {
        officer: None,
        duty: Duty::BuildingHead,
        area: area.clone(),
        resident: Some(chen.resident.clone()),
    };
    let office = operator.appoint_officer("head", &head(&areas.building)).await.unwrap().body;
    for _ in 0..3 {
        cleaned(&place, chen, false).await;
        place.let_pass(24 * 60).await.unwrap();
    }
    let last = cleaned(&place, wang, false).await;
    let row = |rank, who: &Person, merit: &str| (rank, who.resident.clone(), merit.into());
    assert_eq!(
        board(&place, Some(&areas.grid), last).await,
        [row(1, chen, "3.00"), row(2, wang, "1.00")]
    );

    // To a building of the other grid; the office of the old building ends with it.
    let home = RegisterHousehold { household: None, micro_grid: areas.other_building.clone() };
    let home = operator.register_household("home", &home).await.unwrap().body.changed.id;
    let to = |household: &Id| MoveResident { household: household.clone(), assisted: false };
    let there = operator.move_resident("stay", &chen.resident, &to(&chen.household)).await;
    assert_eq!(there.unwrap_err().problem().unwrap().name(), "lives-there");
    let moved = operator.move_resident("move", &chen.resident, &to(&home)).await.unwrap().body;
    operator.retire_officer("retire", &office.changed.id).await.unwrap();
    operator.appoint_officer("there", &head(&areas.other_building)).await.unwrap();
    let seen = place.partner.after(moved.last).resident(&chen.resident).await.unwrap().body;
    assert_eq!(seen.household, home);

    // The old grid keeps what was done there; the new one has what is done since.
    let last = cleaned(&place, chen, true).await;
    assert_eq!(
        board(&place, Some(&areas.grid), last).await,
        [row(1, chen, "3.00"), row(2, wang, "1.00")]
    );
    assert_eq!(board(&place, Some(&areas.other_grid), last).await, [row(1, chen, "1.00")]);
    assert_eq!(board(&place, None, last).await, [row(1, chen, "4.00"), row(2, wang, "1.00")]);
    let reader = place.partner.after(last);
    let groups = async |by| {
        let told = reader.group_ranking(by, GroupOrder::Merit, &RankingWish::default()).await;
        let places = told.unwrap().body.places;
        places.into_iter().map(|it| (it.group, it.merit.to_string())).collect::<Vec<_>>()
    };
    let merit = |group: &Id, merit: &str| (group.clone(), merit.to_owned());
    assert_eq!(
        groups(GroupKind::Grid).await,
        [merit(&areas.grid, "4.00"), merit(&areas.other_grid, "1.00")]
    );
    // A building's is that of the people who live there now: Wang does as well.
    assert_eq!(groups(GroupKind::MicroGrid).await, [merit(&areas.other_building, "5.00")]);
    audited(system, &place).await;
}
