//! Rankings: whoever wants to be in them is.

use linli_api::client::RankingWish;
use linli_api::ranking::RankingWindow;

use crate::{audited, place};

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_is_shown_and_who_leaves_is_not() {
    let (system, place) = place().await;
    let people = &place.people;
    for (person, act) in [
        (&people.chen, "ME-1"),
        (&people.wang, "ME-1"),
        (&people.wang, "PW-1"),
        (&people.chen_kin, "PW-1"),
    ] {
        place.serve(person, act, 60).await.unwrap();
    }
    let all = RankingWish::default();
    let reader = &place.auditor;
    let head = place.head().await.unwrap();
    let ranking = place.shop.api.after(head).ranking(&all, 50, None).await;
    let ranking =
        ranking.or(place.operator.after(head).ranking(&all, 50, None).await).unwrap().body;
    assert_eq!(ranking.places, [], "nobody is shown who didn't ask to be");
    let _ = reader;

    for person in [&people.wang, &people.chen, &people.chen_kin] {
        place.partner.join_ranking(&place.key("join"), &person.resident).await.unwrap();
    }
    let head = place.head().await.unwrap();
    let partner = place.partner.after(head);
    let shown = async |wish: &RankingWish| -> Vec<(u64, String, String)> {
        let places = partner.ranking(wish, 50, None).await.unwrap().body.places;
        let name = |resident| match resident {
            _ if resident == people.chen.resident => "chen",
            _ if resident == people.wang.resident => "wang",
            _ if resident == people.chen_kin.resident => "chen_kin",
            _ => "somebody else",
        };
        places
            .into_iter()
            .map(|place| (place.rank, name(place.resident).to_owned(), place.merit.to_string()))
            .collect()
    };
    let expected = |rows: &[(u64, &str, &str)]| -> Vec<(u64, String, String)> {
        rows.iter()
            .map(|(rank, name, merit)| (*rank, (*name).to_owned(), (*merit).to_owned()))
            .collect()
    };
    let everybody = expected(&[(1, "wang", "8.50"), (2, "chen", "7.50"), (3, "chen_kin", "1.00")]);
    for (window, period) in [
        (RankingWindow::All, "all"),
        (RankingWindow::Year, "2025"),
        (RankingWindow::Quarter, "2025-Q1"),
        (RankingWindow::Month, "2025-03"),
    ] {
        let wish = RankingWish { window, ..RankingWish::default() };
        let ranking = partner.ranking(&wish, 50, None).await.unwrap().body;
        assert_eq!((ranking.window, ranking.period.as_str()), (window, period));
        assert_eq!(shown(&wish).await, everybody, "{period}");
    }
    // The last of it ended with the Sunday, and counts for the week that then began.
    let week = |period: &str| RankingWish {
        window: RankingWindow::Week,
        period: Some(period.into()),
        ..RankingWish::default()
    };
    let ended = expected(&[(1, "wang", "8.50"), (2, "chen", "7.50")]);
    assert_eq!(shown(&week("2025-W09")).await, ended);
    assert_eq!(shown(&week("2025-W10")).await, expected(&[(1, "chen_kin", "1.00")]));
    assert_eq!(shown(&week("2025-W08")).await, []);
    for area in [&place.areas.street, &place.areas.community, &place.areas.grid] {
        let wish = RankingWish { area: Some(area.clone()), ..RankingWish::default() };
        assert_eq!(shown(&wish).await, everybody);
    }
    let elsewhere = RankingWish { area: Some(place.areas.other_grid.clone()), ..all.clone() };
    assert_eq!(shown(&elsewhere).await, [], "merit is of the grid where it was earned");
    let before =
        RankingWish { window: RankingWindow::Month, period: Some("2025-02".into()), ..all.clone() };
    assert_eq!(shown(&before).await, []);

    let rank = partner.rank(&people.chen.resident, &all).await.unwrap().body.place.unwrap();
    assert_eq!((rank.rank, rank.merit.as_str()), (2, "7.50"));
    let around = partner.rank_neighbours(&people.chen.resident, &all).await.unwrap().body.places;
    assert_eq!(around.len(), 3);
    assert_eq!(around[1].resident, people.chen.resident);
    let first = partner.ranking(&all, 2, None).await.unwrap().body;
    assert_eq!(first.places.len(), 2);
    let second = partner.ranking(&all, 2, first.next.as_deref()).await.unwrap().body;
    assert_eq!(second.places[0].resident, people.chen_kin.resident);
    assert_eq!(second.next, None);

    let left = place.partner.leave_ranking("leave", &people.wang.resident).await.unwrap().body.last;
    let partner = place.partner.after(left);
    let ranking = partner.ranking(&all, 50, None).await.unwrap().body.places;
    assert_eq!(ranking[0].resident, people.chen.resident);
    assert_eq!((ranking.len(), ranking[0].rank), (2, 1));
    assert_eq!(partner.rank(&people.wang.resident, &all).await.unwrap().body.place, None);
    audited(system, &place).await;
}
