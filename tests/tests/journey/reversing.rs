//! An award is taken back: what was spent of it is owed, and later awards repay it.

use linli_api::client::When;
use linli_api::contribution::{
    ContributionStatus, ReversalReason, ReverseContribution, VerifyContribution,
};
use linli_api::fact::Fact;
use linli_api::redemption::{Basket, Wish};
use linli_api::wallet::{Side, StatementKind};

use crate::{audited, place};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_of_a_reversed_award_is_owed() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let resident = &chen.resident;
    let contribution = place.submit(&place.claim(chen, "OC-1", 60)).await.unwrap();
    let plain = VerifyContribution::default();
    let word = VerifyContribution { assessed: Some("20".into()), difficulty: None };
    let (grid, community, street) =
        (&place.officers.grid, &place.officers.community, &place.officers.street);
    grid.verify_contribution("w1", &contribution, &plain).await.unwrap();
    community.verify_contribution("w2", &contribution, &word).await.unwrap();
    let wish = Wish { item: place.items.haircut.clone(), quantity: 1 };
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(resident.clone()),
        items: vec![wish],
    };
    place.shop.api.sell("cut", &basket).await.unwrap();

    let why = ReverseContribution { reason: ReversalReason::Broken };
    for (about, officer, expected) in [
        ("vouched for it", community, "own-word"),
        ("of a lower level", &place.officers.li, "level-too-low"),
        ("of another grid", &place.officers.other_grid, "outside-authority"),
    ] {
        let refused = officer
            .reverse_contribution(about.split(' ').next().unwrap(), &contribution, &why)
            .await;
        assert_eq!(refused.unwrap_err().problem().unwrap().name(), expected, "{about}");
    }
    let reversed = street.reverse_contribution("back", &contribution, &why).await.unwrap().body;
    let told = &reversed.changed;
    assert_eq!(
        (told.points.as_str(), told.returned.as_str(), told.owed.as_str()),
        ("20.00", "5.00", "15.00")
    );
    assert_eq!(told.receivable.as_ref().unwrap().as_str(), "15.00");
    let again = street.reverse_contribution("again", &contribution, &why).await.unwrap_err();
    assert_eq!(again.problem().unwrap().name(), "already-reversed");

    let shop = place.shop.api.after(reversed.last);
    let wallet = shop.wallet(resident).await.unwrap().body;
    assert_eq!((wallet.available.as_str(), wallet.receivable.as_str()), ("0.00", "15.00"));
    let merit = shop.merit(resident).await.unwrap().body;
    assert_eq!((merit.merit.as_str(), merit.minutes), ("0.00", 0));
    let file = place.partner.after(reversed.last).contribution(&contribution).await.unwrap().body;
    assert_eq!(file.status, ContributionStatus::Reversed);
    let reversal = file.reversal.unwrap();
    assert_eq!((reversal.reason, reversal.position), (ReversalReason::Broken, reversed.last));
    assert_eq!(file.award.unwrap().points.as_str(), "20.00", "what it gave stays in the file");

    // Two points are earned, one of them repays.
    let decided = place.serve(chen, "PW-1", 120).await.unwrap();
    let award = decided.changed.award.unwrap();
    assert_eq!((award.points.as_str(), award.repaid.unwrap().as_str()), ("2.00", "1.00"));
    let owed = "15.00 points were owed; 1.00 of this repaid them, so 1.00";
    assert!(award.explanation.iter().any(|line| line.en == owed), "{:?}", award.explanation);
    let shop = place.shop.api.after(decided.last);
    let wallet = shop.wallet(resident).await.unwrap().body;
    assert_eq!((wallet.available.as_str(), wallet.receivable.as_str()), ("1.00", "14.00"));
    let lines = shop.statement(resident, 50, None).await.unwrap().body.items;
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line.kind, line.side, line.amount.as_str(), line.balance.as_str()))
        .collect();
    let (available, owed) = (Side::Available, Side::Receivable);
    assert_eq!(
        told,
        [
            (StatementKind::Repaid, owed, "-1.00", "14.00"),
            (StatementKind::Earned, available, "1.00", "1.00"),
            (StatementKind::Reversed, owed, "15.00", "15.00"),
            (StatementKind::Reversed, available, "-5.00", "0.00"),
            (StatementKind::Sold, available, "-15.00", "5.00"),
            (StatementKind::Earned, available, "20.00", "20.00"),
        ]
    );
    // As of then, as of now.
    for (position, owed) in [(reversed.last, "15.00"), (decided.last, "14.00")] {
        let when = When { position: Some(position), at: None };
        let then = place.auditor.past_resident(resident, &when).await.unwrap().body;
        let pools = place.auditor.past_pools(&when).await.unwrap().body.pools;
        assert_eq!(then.receivable.as_str(), owed);
        assert!(pools.iter().any(|pool| pool.claims.as_str() == owed), "{pools:?}");
    }
    let record = place.auditor.log_record(reversed.last).await.unwrap().body;
    assert!(matches!(record.event, Fact::ContributionReversed(_)), "{record:?}");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_of_a_reversed_award_follows_its_hold() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let contribution = place.submit(&place.claim(chen, "OC-1", 60)).await.unwrap();
    let plain = VerifyContribution::default();
    let word = VerifyContribution { assessed: Some("20".into()), difficulty: None };
    place.officers.grid.verify_contribution("w1", &contribution, &plain).await.unwrap();
    place.officers.community.verify_contribution("w2", &contribution, &word).await.unwrap();
    let wish = Wish { item: place.items.haircut.clone(), quantity: 1 };
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(chen.resident.clone()),
        items: vec![wish],
    };
    let held = place.shop.api.reserve("cut", &basket).await.unwrap().body;
    let why = ReverseContribution { reason: ReversalReason::Mistake };
    place.officers.street.reverse_contribution("back", &contribution, &why).await.unwrap();
    let id = &held.changed.slip.redemption;
    let done = place.shop.api.capture("done", id).await.unwrap().body;
    // The recall is the next record: nobody's wish comes between.
    let recalled = done.last + 1;
    place.let_pass(1).await.unwrap();
    let wallet = place.shop.api.after(recalled).wallet(&chen.resident).await.unwrap().body;
    assert_eq!((wallet.held.as_str(), wallet.receivable.as_str()), ("0.00", "15.00"));
    let record = place.auditor.log_record(recalled).await.unwrap().body;
    assert!(matches!(record.event, Fact::LotRecalled(_)), "{record:?}");
    audited(system, &place).await;
}
