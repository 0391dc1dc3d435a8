//! Pseudonyms: what people are called where everybody reads, by their own choice, and no more once an
//! officer has withdrawn it.

use linli_api::client::RankingWish;
use linli_api::pseudonym::{ChoosePseudonym, WithdrawPseudonym, WithdrawalReason};
use linli_api::{Bilingual, ClientError};
use linli_tests::Place;

use crate::{audited, place};

fn name<T: std::fmt::Debug>(outcome: Result<T, ClientError>) -> String {
    let error = outcome.unwrap_err();
    error.problem().map_or_else(|| error.to_string(), |problem| problem.name().to_owned())
}

fn words(first: &str, second: &str) -> ChoosePseudonym {
    ChoosePseudonym { first: Some(first.to_owned()), second: Some(second.to_owned()) }
}

/// What those on the ranking are called, best first.
async fn called(place: &Place) -> Vec<Option<String>> {
    let partner = place.partner.after(place.head().await.unwrap());
    let ranking = partner.ranking(&RankingWish::default(), 50, None).await.unwrap().body;
    ranking.places.into_iter().map(|place| place.pseudonym.map(|name| name.en)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_called_what_they_chose() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    for (person, act) in [(chen, "ME-1"), (wang, "PW-1")] {
        place.serve(person, act, 60).await.unwrap();
    }
    let (partner, heron) = (&place.partner, words("quiet", "heron"));
    let lists = partner.pseudonym_words().await.unwrap().body;
    assert_eq!((lists.first.len(), lists.second.len()), (64, 64));

    // Only who is shown is called something.
    let early = partner.choose_pseudonym("early", &chen.resident, &heron).await;
    assert_eq!(name(early), "not-ranked");
    for person in [chen, wang] {
        partner.join_ranking(&place.key("join"), &person.resident).await.unwrap();
    }
    let wrong = partner.choose_pseudonym("wrong", &chen.resident, &words("quiet", "mayor")).await;
    assert_eq!(name(wrong), "no-such-words");
    let told = partner.choose_pseudonym("one", &chen.resident, &heron).await.unwrap().body.changed;
    assert_eq!(told.pseudonym, Bilingual::new("安静的白鹭", "Quiet Heron"));
    let told = partner.choose_pseudonym("two", &wang.resident, &heron).await.unwrap().body.changed;
    assert_eq!(told.pseudonym, Bilingual::new("安静的白鹭2", "Quiet Heron 2"));
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(called(&place).await, [some("Quiet Heron"), some("Quiet Heron 2")]);
    let seen = partner.after(place.head().await.unwrap());
    let all = RankingWish::default();
    let rank = seen.rank(&chen.resident, &all).await.unwrap().body.place.unwrap();
    assert_eq!(rank.pseudonym.unwrap().zh, "安静的白鹭");
    let around = seen.rank_neighbours(&wang.resident, &all).await.unwrap().body.places;
    assert_eq!(around[0].pseudonym.as_ref().unwrap().zh, "安静的白鹭");
    let own = seen.resident(&chen.resident).await.unwrap().body.pseudonym;
    assert_eq!(own.unwrap().en, "Quiet Heron");

    // An officer of the community may withdraw it, and then it is nobody's.
    let (grid, community) = (&place.officers.grid, &place.officers.community);
    let wish = WithdrawPseudonym { reason: WithdrawalReason::TakenForAnother };
    let low = grid.withdraw_pseudonym("low", &wang.resident, &wish).await;
    assert_eq!(name(low), "level-too-low");
    let told = community.withdraw_pseudonym("w", &wang.resident, &wish).await.unwrap().body.changed;
    assert_eq!((told.chosen, told.reason), (false, Some(wish.reason)));
    assert_eq!(called(&place).await, [some("Quiet Heron"), None]);
    let again = partner.choose_pseudonym("again", &wang.resident, &heron).await;
    assert_eq!(name(again), "words-withdrawn");

    // Drawn by chance, the same key draws once.
    let drawn = ChoosePseudonym::default();
    let first = partner.choose_pseudonym("draw", &wang.resident, &drawn).await.unwrap().body;
    let repeat = partner.choose_pseudonym("draw", &wang.resident, &drawn).await.unwrap().body;
    assert_eq!(first, repeat);
    partner.drop_pseudonym("drop", &chen.resident).await.unwrap();
    assert_eq!(called(&place).await, [None, Some(first.changed.pseudonym.en)]);
    audited(system, &place).await;
}
