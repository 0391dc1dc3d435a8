//! From a contribution to its award.

use linli_api::award::{Category, MinutesKind};
use linli_api::bulk::ItemAnswer;
use linli_api::conduct::{ReviewContribution, SignKind};
use linli_api::contribution::{
    Attachment, AttachmentKind, ContributionStatus, Grade, RejectContribution, RejectReason,
    Signal, SubmitContribution, VerifyContribution,
};
use linli_api::evidence::AttachEvidence;
use linli_api::past::{TrailRole, TrailSubject};
use linli_api::wallet::{Side, StatementKind};

use crate::{audited, place, refused};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_verified_is_awarded_and_explained() {
    let (system, place) = place().await;
    let chen = &place.people.chen;

    let claim = place.claim(chen, "PW-1", 90);
    let photo = Attachment {
        made_at: Some(claim.ended_at.clone()),
        made_in: Some(claim.grid.clone()),
        ..Attachment::of(AttachmentKind::Photo, "0e".repeat(32).into())
    };
    let claim = SubmitContribution {
        signals: vec![Signal::Photo],
        attachments: vec![photo.clone()],
        ..claim
    };
    let submitted = place.partner.submit_contribution("one", &claim).await.unwrap();
    assert_eq!(submitted.body.first, submitted.body.last);
    assert_eq!(submitted.position, submitted.body.last);
    assert_eq!(submitted.body.changed.grade, Grade::C);
    assert_eq!(submitted.body.changed.status, ContributionStatus::Pending);
    let contribution = submitted.body.changed.contribution;

    let officer = place.officers.grid.after(submitted.body.last);
    let queue = officer.verification_queue(50, None).await.unwrap().body;
    let waiting: Vec<_> = queue.items.iter().map(|one| &one.contribution).collect();
    assert_eq!(waiting, [&contribution]);
    let other = place.officers.other_grid.after(submitted.body.last);
    assert_eq!(other.verification_queue(50, None).await.unwrap().body.items, []);

    let word = VerifyContribution::default();
    let decided = officer.verify_contribution("word", &contribution, &word).await.unwrap().body;
    assert_eq!(decided.last, decided.first + 1, "verified and awarded");
    let changed = &decided.changed;
    assert_eq!(changed.status, ContributionStatus::Awarded);
    let award = changed.award.as_ref().unwrap();
    // An hour and a half at 1 point each; half of it by grade C; merit in full.
    assert_eq!((award.points.as_str(), award.merit.as_str()), ("0.80", "1.50"));
    assert_eq!((award.minutes, award.minutes_kind), (90, MinutesKind::Service));
    assert_eq!((award.category, award.rules_version), (Category::PublicWelfare, 1));
    assert_eq!(award.pool.as_ref(), place.pools.get("street"));
    assert_eq!(changed.available.as_ref().unwrap().as_str(), "0.80");
    let english: Vec<&str> = award.explanation.iter().map(|line| line.en.as_str()).collect();
    let chinese: Vec<&str> = award.explanation.iter().map(|line| line.zh.as_str()).collect();
    insta::assert_snapshot!(english.join("\n"), @r"
    1.5 h at 1.00 points each = 1.5
    merit: base points × weight 1 × grade factor 1 = 1.50
    evidence of grade C × 0.5 = 0.80 points
    90 service minutes
    ");
    insta::assert_snapshot!(chinese.join("\n"), @r"
    1.5 小时 × 1.00 积分 = 1.5
    功勋值:基础积分 × 权重 1 × 等级系数 1 = 1.50
    佐证等级 C × 0.5 = 0.80 积分
    服务时长 90 分钟
    ");

    let after = place.auditor.after(decided.last).with_key(&place.shop.key);
    let wallet = after.wallet(&chen.resident).await.unwrap();
    assert!(wallet.position >= decided.last, "one's own write is read");
    assert_eq!((wallet.body.available.as_str(), wallet.body.held.as_str()), ("0.80", "0.00"));
    let lots = after.lots(&chen.resident).await.unwrap().body.lots;
    let [lot] = lots.as_slice() else { panic!("{lots:?}") };
    assert_eq!(lot.lot, contribution);
    // 24 months on, rounded up to the quarter's end, in Nanjing.
    assert_eq!(lot.expires_at.as_str(), "2027-03-31T16:00:00.000000Z");
    assert_eq!(Some(&lot.expires_at), award.expires_at.as_ref());
    let lines = after.statement(&chen.resident, 50, None).await.unwrap().body.items;
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((line.kind, line.side), (StatementKind::Earned, Side::Available));
    assert_eq!((line.amount.as_str(), line.balance.as_str()), ("0.80", "0.80"));
    assert_eq!(line.position, decided.last);
    assert_eq!(line.reference, contribution);
    assert_eq!(line.happened_at, claim.ended_at);
    let merit = after.merit(&chen.resident).await.unwrap().body;
    assert_eq!((merit.merit.as_str(), merit.minutes, merit.honour_minutes), ("1.50", 90, 0));
    let file = after.with_key(&place.partner_key).contribution(&contribution).await.unwrap().body;
    assert_eq!((file.status, file.verifications), (ContributionStatus::Awarded, 1));
    assert_eq!(file.award.as_ref(), Some(award));
    assert_eq!(file.attachments, [photo], "when and where it was made, as it was said");
    // Its grade by which rule, and what a better one would have taken.
    let grading = file.grading.unwrap();
    let by = grading.by.unwrap();
    let some = vec![Signal::Confirmed, Signal::Photo, Signal::PaperSheet];
    assert_eq!((grading.rules_version, by.any), (1, some));
    assert!(grading.better.iter().all(|way| way.grade == Grade::B && way.against.is_empty()));
    let ways: Vec<_> = grading.better.iter().map(|way| (&way.all[..], way.any.len())).collect();
    let signed = [Signal::SignInOut, Signal::Place, Signal::InsideShift];
    let on_paper = [Signal::Confirmed, Signal::PaperSheet];
    assert_eq!(ways, [(&signed[..], 0), (&on_paper[..], 0), (&[][..], 4)]);
    assert_eq!(
        officer.after(decided.last).verification_queue(50, None).await.unwrap().body.items,
        []
    );
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_comes_after_the_claim_and_whoever_verifies_sees_it() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    // With Gulou's checks of conduct.
    let from = place.claim(&place.people.wang, "PW-1", 60).ended_at;
    place.operator.publish_rules("checked", linli_profile::GULOU, &from, Some(2)).await.unwrap();
    let file = |byte: &str| Attachment::of(AttachmentKind::Photo, byte.repeat(32).into());
    let files = |attachments: Vec<Attachment>| AttachEvidence {
        resident: chen.resident.clone(),
        attachments,
    };
    let claim =
        SubmitContribution { attachments: vec![file("01")], ..place.claim(chen, "EN-1", 60) };
    let first = place.submit(&claim).await.unwrap();
    let later = Attachment { made_at: Some(claim.ended_at.clone()), ..file("02") };
    let body = files(vec![later.clone(), file("03")]);
    let attached = place.partner.attach_evidence("more", &first, &body).await.unwrap().body;
    assert_eq!(attached.changed.status, ContributionStatus::Pending);
    let again = place.partner.attach_evidence("again", &first, &body).await;
    assert_eq!(refused(again), "attached-already");
    let theirs = AttachEvidence { resident: place.people.wang.resident.clone(), ..body };
    let theirs = place.partner.attach_evidence("theirs", &first, &theirs).await;
    assert_eq!(refused(theirs), "not-claimant");
    let grid = place.officers.grid.after(attached.last);
    let seen = grid.with_key(&place.partner_key).contribution(&first).await.unwrap().body;
    assert_eq!(seen.attachments, [file("01"), later, file("03")]);

    // One of its photographs for another hour is held, and once more after it was released.
    let second = place.submit(&place.claim(chen, "EN-1", 60)).await.unwrap();
    for (round, byte) in ["03", "02"].into_iter().enumerate() {
        let key = format!("used-{round}");
        let body = files(vec![file(byte)]);
        let used = place.partner.attach_evidence(&key, &second, &body).await.unwrap().body;
        assert_eq!(used.changed.status, ContributionStatus::Held);
        assert_eq!(used.changed.held[0].kind, SignKind::EvidenceUsed);
        let officer = place.officers.community.after(used.last);
        let held = officer.holds(None).await.unwrap().body.items;
        assert_eq!(held.iter().map(|one| &one.contribution).collect::<Vec<_>>(), [&second]);
        let release = ReviewContribution::Release {};
        officer.review(&format!("look-{round}"), &second, &release).await.unwrap();
    }
    let word = VerifyContribution::default();
    let decided = grid.verify_contribution("word", &second, &word).await.unwrap().body;
    assert_eq!(decided.changed.status, ContributionStatus::Awarded);
    // In the trail, what came later stands between the claim and the word for it.
    let subject = TrailSubject::Contribution(second.clone());
    place.caught_up().await.unwrap();
    let trail = place.auditor.trail(&subject).await.unwrap().body;
    let roles = trail.steps.iter().map(|step| step.role).filter(|role| *role != TrailRole::Rules);
    let roles: Vec<TrailRole> = roles.collect();
    let (first, last) = (roles.first(), roles.last());
    assert_eq!((first, last), (Some(&TrailRole::Claimed), Some(&TrailRole::Awarded)), "{roles:?}");
    assert_eq!(roles.iter().filter(|role| **role == TrailRole::Attached).count(), 2, "{roles:?}");
    let late = place.partner.attach_evidence("late", &second, &files(vec![file("04")])).await;
    assert_eq!(refused(late), "already-awarded");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_levels_give_their_word_where_the_rules_want_it() {
    let (system, place) = place().await;
    let contribution = place.submit(&place.claim(&place.people.chen, "OC-1", 60)).await.unwrap();
    let word = VerifyContribution::default();
    let first = place.officers.grid.verify_contribution("1", &contribution, &word).await.unwrap();
    assert_eq!(first.body.changed.status, ContributionStatus::Pending);
    assert_eq!(first.body.changed.award, None);
    let word = VerifyContribution { assessed: Some("37.5".into()), difficulty: None };
    let second =
        place.officers.community.verify_contribution("2", &contribution, &word).await.unwrap();
    let award = second.body.changed.award.unwrap();
    assert_eq!((award.points.as_str(), award.merit.as_str()), ("37.50", "112.50"));
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_rejected_gives_nothing_and_frees_the_time() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let claim = place.claim(chen, "PW-1", 60);
    let contribution = place.submit(&claim).await.unwrap();
    let why = RejectContribution { reason: RejectReason::EvidenceUnclear };
    let officer = &place.officers.grid;
    let rejected = officer.reject_contribution("no", &contribution, &why).await.unwrap().body;
    assert_eq!(rejected.changed.status, ContributionStatus::Rejected);
    assert_eq!(rejected.changed.reason, Some(RejectReason::EvidenceUnclear));
    let shop = place.shop.api.after(rejected.last);
    assert_eq!(shop.wallet(&chen.resident).await.unwrap().body.available.as_str(), "0.00");
    let file = place.partner.after(rejected.last).contribution(&contribution).await.unwrap().body;
    assert_eq!(file.reason, Some(RejectReason::EvidenceUnclear));
    assert_eq!(file.award, None);
    place.submit(&claim).await.unwrap();
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_is_answered_item_by_item() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let good = place.claim(chen, "PW-1", 60);
    let cases = [
        ("taken", good.clone(), "accepted"),
        ("overlap", SubmitContribution { act: "CU-1".into(), ..good.clone() }, "overlaps"),
        (
            "unknown act",
            SubmitContribution { act: "XX-9".into(), ..place.claim(chen, "PW-1", 60) },
            "unknown-act",
        ),
        ("no id", SubmitContribution { resident: "nobody".into(), ..good.clone() }, "invalid-id"),
        ("not a volunteer", place.claim(&place.people.idle, "PW-1", 60), "not-volunteer"),
        ("taken too", place.claim(&place.people.wang, "PW-1", 60), "accepted"),
    ];
    let bulk = place.bulk("mixed", cases.iter().map(|(_, claim, _)| claim.clone()));
    let answer = place.partner.submit_contributions(&bulk).await.unwrap();
    assert_eq!((answer.body.accepted, answer.body.refused), (2, 4));
    let told = |answer: &ItemAnswer<_>| match answer {
        ItemAnswer::Accepted { repeated: false, .. } => "accepted".to_owned(),
        ItemAnswer::Accepted { repeated: true, .. } => "repeated".to_owned(),
        ItemAnswer::Refused { problem, .. } => problem.name().to_owned(),
    };
    for ((about, _, expected), answer) in cases.iter().zip(&answer.body.answers) {
        assert_eq!(told(answer), *expected, "{about}");
    }
    // What was accepted is repeated, what was refused is decided anew.
    let again = place.partner.submit_contributions(&bulk).await.unwrap();
    assert_eq!((again.body.accepted, again.body.refused), (2, 4));
    let expected =
        ["repeated", "overlaps", "unknown-act", "invalid-id", "not-volunteer", "repeated"];
    assert_eq!(again.body.answers.iter().map(told).collect::<Vec<_>>(), expected);
    audited(system, &place).await;
}
