//! Badges: what somebody shows elsewhere, and a stranger checks with public documents alone, off line.

use std::path::Path;

use linli_api::Id;
use linli_api::contribution::{ReversalReason, ReverseContribution, VerifyContribution};
use linli_api::honour::{CertificateStep, Distinction, RequestCertificate};
use linli_api::person::ErasureReason;
use linli_tests::{Ask, Binary, Place, Terms, TestSystem, Wish, wait};
use serde_json::Value;

use crate::audited;

/// The longest that one contribution may be, in minutes.
const LONGEST: i64 = 12 * 60;

const DAY: i64 = 24 * 60;

/// A document that anybody may fetch, kept in a file.
async fn fetched(place: &Place, address: &str, file: &Path) -> Value {
    let path = address.strip_prefix("http://").and_then(|rest| rest.split_once('/'));
    let answer = place.http.send(&Ask::get(&format!("/{}", path.unwrap().1))).await.unwrap();
    assert_eq!(answer.status, 200, "{address}");
    std::fs::write(file, &answer.body).unwrap();
    serde_json::from_slice(&answer.body).unwrap()
}

/// How `linli badge verify` exits, and what it says.
async fn verify(folder: &Path, badge: &str, holder: Option<&Id>) -> (Option<i32>, Value) {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (badge, issuer, status) = (path(badge), path("issuer.json"), path("status.json"));
    let mut args = vec!["badge", "verify", badge.as_str(), "--issuer", issuer.as_str()];
    args.extend(["--status", status.as_str(), "--json"]);
    args.extend(holder.iter().flat_map(|holder| ["--holder", holder.as_str()]));
    let output = Binary::new(env!("CARGO_BIN_EXE_linli-tested")).run(&args).await.unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

/// The badge that the guide for partners shows, shortened.
fn the_guides_badge() -> Value {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/partner.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let blocks = guide.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next());
    let shown = blocks.into_iter().find(|block| block.contains("OpenBadgeCredential")).unwrap();
    serde_json::from_str(shown).unwrap()
}

/// Each field that is shown is there; what is no example of this place's own is the same.
fn as_the_guide_shows(shown: &Value, real: &Value) {
    match (shown, real) {
        (Value::Object(shown), Value::Object(real)) => {
            for (name, value) in shown {
                as_the_guide_shows(value, real.get(name).unwrap_or_else(|| panic!("no {name}")));
            }
        }
        (Value::Array(shown), Value::Array(real)) => {
            shown.iter().zip(real).for_each(|(shown, real)| as_the_guide_shows(shown, real));
        }
        (Value::String(shown), Value::String(real)) => {
            let own = ["example.cn", "…", "417", "2025-", "Gulou"];
            assert!(own.iter().any(|it| shown.contains(it)) || shown == real, "{shown}: {real}");
        }
        (shown, real) => assert_eq!(shown, real),
    }
}

/// Nine contributions of twelve hours, and what they came to: a star that was granted.
async fn served(place: &Place) -> Vec<Id> {
    let mut served = Vec::new();
    for number in 0..9 {
        let claim = place.claim(&place.people.chen, "PW-1", LONGEST);
        let contribution = place.submit(&claim).await.unwrap();
        let (key, word) = (format!("v{number}"), VerifyContribution::default());
        place.officers.street.verify_contribution(&key, &contribution, &word).await.unwrap();
        served.push(contribution);
        place.let_pass(LONGEST).await.unwrap();
    }
    served
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_checks_a_badge_until_it_is_void() {
    let folder = tempfile::tempdir().unwrap();
    let badge_key = Some(folder.path().join("badge.key"));
    let terms = Terms { badge_key, ..Terms::default() };
    let system = TestSystem::start_with(terms).await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let (partner, chen) = (&place.partner, &place.people.chen.resident);
    let served = served(&place).await;
    let wish = RequestCertificate { certificate: None, resident: chen.clone() };
    let code = partner.request_certificate("c1", &wish).await.unwrap().body.changed.certificate;
    place.let_pass(12 * DAY).await.unwrap();
    let sign = &CertificateStep::Sign {};
    place.officers.community.step_certificate("s1", &code, sign).await.unwrap();
    place.officers.street.step_certificate("s2", &code, sign).await.unwrap();

    // The app asks for what its user has, and hands it on as it is.
    let all = async || {
        let seen = partner.after(place.head().await.ok()?);
        Some(seen.badges(chen).await.ok()?.body.badges).filter(|all| all.len() == 2)
    };
    let all = wait::until("there are two badges", wait::LONG, all).await.unwrap();
    assert_eq!(all[0].distinction, Some(Distinction::Star(1)));
    assert_eq!(all[1].certificate.as_ref(), Some(&code));
    assert!(all.iter().all(|badge| !badge.void), "{all:?}");
    let file = |name: &str| folder.path().join(name);
    for (badge, name) in all.iter().zip(["star.json", "certificate.json"]) {
        let signed = partner.badge(badge.badge).await.unwrap().body;
        assert_eq!(signed, partner.badge(badge.badge).await.unwrap().body, "the same each time");
        let text = serde_json::to_string_pretty(&signed.0).unwrap();
        assert!(!text.contains(chen.as_str()), "{text}");
        std::fs::write(file(name), text).unwrap();
    }
    let star: Value = serde_json::from_slice(&std::fs::read(file("star.json")).unwrap()).unwrap();

    as_the_guide_shows(&the_guides_badge(), &star);

    // A stranger fetches what the badge names, without a key.
    let named = |path: &str| star.pointer(path).unwrap().as_str().unwrap().to_owned();
    fetched(&place, &named("/issuer/id"), &file("issuer.json")).await;
    let list = named("/credentialStatus/statusListCredential");
    fetched(&place, &list, &file("status.json")).await;
    let achievement = named("/credentialSubject/achievement/id");
    let achievement = fetched(&place, &achievement, &file("achievement.json")).await;
    assert_eq!(achievement["name"], star["credentialSubject"]["achievement"]["name"]);
    for name in ["star.json", "certificate.json"] {
        let (exit, told) = verify(folder.path(), name, Some(chen)).await;
        let (ok, holder, void) = (&told["ok"], &told["is_holder"], &told["void"]);
        assert_eq!((exit, ok, holder, void), (Some(0), &true.into(), &true.into(), &false.into()));
        let (exit, told) = verify(folder.path(), name, Some(&place.people.wang.resident)).await;
        assert_eq!((exit, &told["is_holder"]), (Some(1), &false.into()), "{told}");
    }
    let evidence =
        serde_json::from_slice::<Value>(&std::fs::read(file("certificate.json")).unwrap());
    let evidence = evidence.unwrap()["evidence"][0]["id"].as_str().unwrap().to_owned();
    let certificate = fetched(&place, &evidence, &file("evidence.json")).await;
    assert_eq!(certificate["valid"], true);
    let mut forged = star.clone();
    forged["credentialSubject"]["narrative"] = "1,500 h".into();
    std::fs::write(file("forged.json"), forged.to_string()).unwrap();
    assert_eq!(verify(folder.path(), "forged.json", None).await.0, Some(1));

    // Hours are taken back: the title falls, the certificate is void, and the list says so.
    let why = ReverseContribution { reason: ReversalReason::Mistake };
    place.officers.leaving.1.reverse_contribution("back", &served[0], &why).await.unwrap();
    place.let_pass(1).await.unwrap();
    place.caught_up().await.unwrap();
    fetched(&place, &list, &file("status.json")).await;
    for name in ["star.json", "certificate.json"] {
        let (exit, told) = verify(folder.path(), name, None).await;
        assert_eq!((exit, &told["void"]), (Some(1), &true.into()), "{told}");
    }
    let seen = partner.after(place.head().await.unwrap());
    assert!(seen.badges(chen).await.unwrap().body.badges.iter().all(|badge| badge.void));
    for (path, status) in [
        ("/badges/nowhere", 404),
        (&*format!("/badges/{}/status/1", system.district()), 404),
        (&*format!("/badges/{}/achievements/hero-1", system.district()), 404),
        ("/v1/badges/1", 401),
    ] {
        assert_eq!(place.http.send(&Ask::get(path)).await.unwrap().status, status, "{path}");
    }
    place.operator.erase_person(chen, ErasureReason::OwnRequest).await.unwrap();
    let seen = partner.after(place.head().await.unwrap());
    let gone = seen.badge(all[0].badge).await.unwrap_err();
    assert_eq!(gone.problem().unwrap().name(), "resident-erased");
    audited(system, &place).await;
}
