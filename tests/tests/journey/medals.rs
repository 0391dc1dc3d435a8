//! A medal beyond the stars, where titles are applied for: it takes its hours, stands on notice, is granted by
//! the body that rates it and by no lower one, and falls when its hours are taken back.

use linli_api::contribution::{
    ReversalReason, ReverseContribution, Signal, SubmitContribution, VerifyContribution,
};
use linli_api::honour::{ApplyForTitle, Distinction, JudgeTitle, TitleStanding, TitleStep};
use linli_api::officer::Duty;
use linli_api::{Id, Instant};
use linli_tests::{Place, wait};

use crate::orders::appoint;
use crate::{audited, place, refused};

const DAY: i64 = 24 * 60;

/// Beijing's, but that two hours are a star and four the bronze medal.
fn rules() -> String {
    let shipped = linli_profile::SHIPPED.iter().find(|(name, _)| *name == "beijing-stars");
    let mut text = shipped.unwrap().1.to_owned();
    let five = r#"["community", "community", "sub-district", "district", "district"]"#;
    for (from, to) in [
        ("star_hours = [100, 200, 500, 800, 1000]", "star_hours = [2]"),
        (five, r#"["community"]"#),
        ("hours = 2000\n", "hours = 4\n"),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

async fn served(place: &Place, minutes: i64) -> Id {
    let signals = vec![Signal::SignInOut, Signal::Place, Signal::InsideShift];
    let claim = SubmitContribution { signals, ..place.claim(&place.people.chen, "PW-1", minutes) };
    let id = place.submit(&claim).await.unwrap();
    let word = VerifyContribution::default();
    place.officers.grid.verify_contribution(&place.key("word"), &id, &word).await.unwrap();
    id
}

async fn until_it_stands(place: &Place, wanted: TitleStanding) {
    let look = async || {
        let titles = place.partner.titles(&place.people.chen.resident).await.ok()?.body.titles;
        let medal = titles.into_iter().find(|title| title.distinction == Distinction::Medal(1))?;
        (medal.standing == wanted).then_some(())
    };
    wait::until("the medal stands so", wait::LONG, look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_medal_is_granted_by_who_rates_it_and_falls_with_its_hours() {
    let (system, place) = place().await;
    let from: Instant = place.minutes_from_now(-4 * DAY);
    place.operator.publish_rules("medals", &rules(), &from, None).await.unwrap();
    let (partner, chen) = (&place.partner, &place.people.chen.resident);
    let (_, district) = appoint(&place, Duty::DistrictOfficer, &place.areas.district).await;
    let bronze = ApplyForTitle { distinction: Distinction::Medal(1) };

    served(&place, 180).await;
    let short = partner.apply_for_title("short", chen, &bronze).await.unwrap_err();
    let short = short.problem().unwrap();
    assert_eq!(
        (short.name(), short.detail_en.as_str()),
        ("hours-short", "It takes 4 hours; 3 were served.")
    );
    let none = ApplyForTitle { distinction: Distinction::Medal(4) };
    assert_eq!(refused(partner.apply_for_title("none", chen, &none).await), "no-such-distinction");
    let last = served(&place, 60).await;
    partner.apply_for_title("bronze", chen, &bronze).await.unwrap();
    until_it_stands(&place, TitleStanding::OnNotice).await;

    let grant = JudgeTitle {
        resident: chen.clone(),
        distinction: Distinction::Medal(1),
        year: None,
        act: TitleStep::Grant {},
    };
    assert_eq!(refused(district.judge_title("early", &grant).await), "notice-runs");
    place.let_pass(8 * DAY).await.unwrap();
    let low = place.officers.community.judge_title("low", &grant).await;
    assert_eq!(refused(low), "level-too-low");
    district.judge_title("granted", &grant).await.unwrap();
    until_it_stands(&place, TitleStanding::Granted).await;
    let twice = partner.apply_for_title("twice", chen, &bronze).await;
    assert_eq!(refused(twice), "title-stage");

    let why = ReverseContribution { reason: ReversalReason::Mistake };
    place.officers.street.reverse_contribution("back", &last, &why).await.unwrap();
    place.let_pass(1).await.unwrap();
    until_it_stands(&place, TitleStanding::Fallen).await;
    audited(system, &place).await;
}
