//! Titles and certificates: a star that comes by itself, a certificate that a stranger checks, and
//! what becomes of both when service is taken back.

use linli_api::ClientError;
use linli_api::contribution::{ReversalReason, ReverseContribution, VerifyContribution};
use linli_api::fact::Fact;
use linli_api::honour::{
    AnswerReport, ApplyForTitle, CertificateStage, CertificateStep, Distinction, JudgeTitle,
    RecordFault, ReportRecord, ReportStage, RequestCertificate, RevokeReason, TitleStanding,
    TitleStep,
};
use linli_tests::{Ask, Place, wait};

use crate::{audited, place};

/// The longest that one contribution may be, in minutes.
const LONGEST: i64 = 12 * 60;

const DAY: i64 = 24 * 60;

fn name<T: std::fmt::Debug>(outcome: Result<T, ClientError>) -> String {
    let error = outcome.unwrap_err();
    error.problem().map_or_else(|| error.to_string(), |problem| problem.name().to_owned())
}

async fn until_it_stands(place: &Place, wanted: Option<TitleStanding>) {
    let look = async || {
        let titles = place.partner.titles(&place.people.chen.resident).await.ok()?.body.titles;
        (titles.last().map(|title| title.standing) == wanted).then_some(())
    };
    wait::until("the title stands so", wait::LONG, look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_star_and_a_certificate_stand_and_fall_with_the_hours() {
    let (system, place) = place().await;
    let (partner, chen) = (&place.partner, &place.people.chen.resident);
    let (community, street) = (&place.officers.community, &place.officers.street);
    let mut served = Vec::new();
    for number in 0..9 {
        let claim = place.claim(&place.people.chen, "PW-1", LONGEST);
        let contribution = place.submit(&claim).await.unwrap();
        let word = VerifyContribution::default();
        let key = format!("v{number}");
        street.verify_contribution(&key, &contribution, &word).await.unwrap();
        served.push(contribution);
        place.let_pass(LONGEST).await.unwrap();
    }

    // 108 hours: the first star stands on notice by itself, and nobody has to ask for it.
    place.let_pass(1).await.unwrap();
    until_it_stands(&place, Some(TitleStanding::OnNotice)).await;
    let seen = partner.after(place.head().await.unwrap());
    let star = seen.titles(chen).await.unwrap().body.titles.remove(0);
    assert_eq!((star.distinction, star.hours), (Distinction::Star(1), Some(100)));
    assert_eq!((star.minutes, star.applied), (Some(6_480), Some(false)));
    let public = seen.title_notices().await.unwrap().body.titles;
    assert_eq!(public.iter().map(|title| &title.resident).collect::<Vec<_>>(), [chen]);
    let apply = |star| ApplyForTitle { distinction: Distinction::Star(star) };
    assert_eq!(name(partner.apply_for_title("a1", chen, &apply(1)).await), "title-stage");
    let short = partner.apply_for_title("a2", chen, &apply(2)).await.unwrap_err();
    let short = short.problem().unwrap();
    assert_eq!(
        (short.name(), short.detail_en.as_str()),
        ("hours-short", "It takes 300 hours; 108 were served.")
    );
    let judged = JudgeTitle {
        resident: chen.clone(),
        distinction: Distinction::Star(1),
        year: None,
        act: TitleStep::Grant {},
    };
    assert_eq!(name(community.judge_title("g1", &judged).await), "notice-runs");

    // A certificate is signed twice, after its notice.
    let wish = RequestCertificate { certificate: None, resident: chen.clone() };
    let requested = partner.request_certificate("c1", &wish).await.unwrap().body.changed;
    let code = requested.certificate;
    let sign = &CertificateStep::Sign {};
    assert_eq!(name(community.step_certificate("s0", &code, sign).await), "notice-runs");
    let unseen = place.http.send(&Ask::get(&format!("/v1/certificates/{code}"))).await.unwrap();
    assert_eq!(unseen.status, 404, "what was not issued is not told of");
    place.let_pass(12 * DAY).await.unwrap();
    until_it_stands(&place, Some(TitleStanding::Granted)).await;
    let signed = community.step_certificate("s1", &code, sign).await.unwrap().body.changed;
    assert_eq!((signed.stage, signed.signed_by.len()), (CertificateStage::OnNotice, 1));
    assert_eq!(name(community.step_certificate("s2", &code, sign).await), "second-signature");
    let issued = street.step_certificate("s3", &code, sign).await.unwrap().body;
    let paper = issued.changed.paper.unwrap();
    assert_eq!((paper.minutes, paper.honour_minutes, paper.stars), (6_480, 0, 1));
    assert!(paper.number.ends_with("-000001"), "{}", paper.number);
    partner.after(issued.last).certificates(chen).await.unwrap();

    // A stranger who has the code sees what it says, and no name.
    let path = format!("/v1/certificates/{code}");
    let told = place.http.send(&Ask::get(&path)).await.unwrap();
    assert_eq!(told.status, 200);
    let text = String::from_utf8(told.body).unwrap();
    assert!(text.contains("\"valid\":true") && text.contains(&paper.number), "{text}");
    assert!(!text.contains(chen.as_str()), "{text}");
    let page = place.http.send(&Ask::get("/certificate/")).await.unwrap();
    assert_eq!(page.status, 200);

    // Twelve hours are taken back: the star falls, and the certificate says too much.
    let why = ReverseContribution { reason: ReversalReason::Mistake };
    let report = ReportRecord {
        report: None,
        resident: chen.clone(),
        fault: RecordFault::Time,
        contribution: Some(served[0].clone()),
    };
    let report = partner.report_record("r1", &report).await.unwrap().body.changed;
    let corrected = AnswerReport { corrected_by: Some(served[0].clone()) };
    let early = community.answer_report("r2", &report.report, &corrected).await;
    assert_eq!(name(early), "not-corrected");
    place.officers.leaving.1.reverse_contribution("back", &served[0], &why).await.unwrap();
    place.let_pass(1).await.unwrap();
    until_it_stands(&place, Some(TitleStanding::Fallen)).await;
    let answered = community.answer_report("r3", &report.report, &corrected).await.unwrap().body;
    let seen = partner.after(answered.last);
    let reports = seen.record_reports(chen).await.unwrap().body.reports;
    assert_eq!(reports[0].stage, ReportStage::Corrected);
    let mine = seen.certificates(chen).await.unwrap().body.certificates.remove(0);
    assert_eq!(
        (mine.stage, mine.reason),
        (CertificateStage::Revoked, Some(RevokeReason::Overtaken))
    );
    let told = place.http.send(&Ask::get(&path)).await.unwrap();
    let text = String::from_utf8(told.body).unwrap();
    assert!(text.contains("\"valid\":false") && text.contains("overtaken"), "{text}");
    let record = place.auditor.log_record(answered.last).await.unwrap().body;
    assert!(matches!(record.event, Fact::RecordReport(_)), "{record:?}");
    audited(system, &place).await;
}
