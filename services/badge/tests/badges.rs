//! Badges as a stranger meets them, and proofs that others have made.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where it fails")]

use linli_badge::{
    Achievement, AchievementKind, Badge, BadgeKey, BadgeKeys, Disbelieved, Holder, InvalidProof,
    Issuer, STATUS_LIST_BITS, check, from_multibase, new_key, secure, verify,
};
use serde_json::{Value, json};

/// The example of W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B.2 (`eddsa-jcs-2022`): its
/// document with its proof, and the pair of keys.
const SIGNED: &str = r#"{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
  "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
  "type": ["VerifiableCredential", "AlumniCredential"],
  "name": "Alumni Credential",
  "description": "A minimum viable example of an Alumni Credential.",
  "issuer": "https://vc.example/issuers/5678",
  "validFrom": "2023-01-01T00:00:00Z",
  "credentialSubject": { "id": "did:example:abcdefgh", "alumniOf": "The School of Examples" },
  "proof": {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022",
    "created": "2023-02-24T23:36:38Z",
    "verificationMethod": "https://vc.example/issuers/5678#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
    "proofPurpose": "assertionMethod",
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "proofValue": "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
  }
}"#;
const PUBLIC: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const SECRET: &str = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq";

const HOLDER: &str = "01M87G5GBGE49FVQAT0S1WRWXK";

#[test]
fn the_example_of_the_specification_is_verified_and_made() {
    let signed: Value = serde_json::from_str(SIGNED).unwrap();
    let told = verify(&signed, |_| Some(PUBLIC.to_owned())).unwrap();
    assert!(told.verification_method.ends_with(PUBLIC));
    assert_eq!(told.created.as_deref(), Some("2023-02-24T23:36:38Z"));

    let secret = from_multibase(SECRET).unwrap();
    let key = BadgeKey::of(secret.strip_prefix(&[0x80, 0x26]).unwrap().try_into().unwrap());
    assert_eq!(key.public(), PUBLIC);
    let made = secure(&signed, &key, &told.verification_method, "2023-02-24T23:36:38Z").unwrap();
    assert_eq!(made, signed);

    // One letter, one key, one context, one proof too few.
    for (path, value) in [
        ("/name", json!("Alumni credential")),
        ("/proof/created", json!("2023-02-24T23:36:39Z")),
        ("/credentialSubject/id", json!("did:example:abcdefgi")),
    ] {
        let mut changed = signed.clone();
        *changed.pointer_mut(path).unwrap() = value;
        let told = verify(&changed, |_| Some(PUBLIC.to_owned()));
        assert_eq!(told, Err(InvalidProof::Signature), "{path}");
    }
    let other = BadgeKey::of(&[7; 32]).public();
    assert_eq!(verify(&signed, |_| Some(other)), Err(InvalidProof::Signature));
    assert_eq!(verify(&signed, |_| None), Err(InvalidProof::Key));
    let mut other = signed.clone();
    other["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]);
    assert_eq!(verify(&other, |_| Some(PUBLIC.to_owned())), Err(InvalidProof::Contexts));
    other.as_object_mut().unwrap().remove("proof");
    assert_eq!(verify(&other, |_| Some(PUBLIC.to_owned())), Err(InvalidProof::Missing));
}

fn keys(of: &[u8]) -> BadgeKeys {
    let lines: String = of.iter().map(|byte| new_key(&[*byte; 32]).to_string()).collect();
    BadgeKeys::parse(&lines).unwrap()
}

fn issuer(of: &[u8]) -> Issuer {
    let address = "https://points.example.cn/badges/gulou".to_owned();
    Issuer::new(address, "鼓楼区 / Gulou".to_owned(), keys(of))
}

fn star(number: u64) -> Badge {
    Badge {
        number,
        achievement: Achievement {
            code: "star-1".to_owned(),
            kind: AchievementKind::CommunityService,
            name: "一星志愿者 / One-star volunteer".to_owned(),
            description: "Verified service in the community.".to_owned(),
            criteria: "100 hours of verified service, after a public notice.".to_owned(),
        },
        narrative: "108 hours".to_owned(),
        valid_from: "2025-03-12T16:00:00Z".to_owned(),
        holder: HOLDER.to_owned(),
        salt: "b5c0".to_owned(),
        evidence: None,
    }
}

#[test]
fn a_stranger_checks_a_badge_by_public_documents_alone() {
    let issuer = issuer(&[1]);
    let number = STATUS_LIST_BITS + 5;
    let (profile, badge) = (issuer.profile(), issuer.badge(&star(number)).unwrap());
    assert!(!badge.to_string().contains(HOLDER), "{badge}");
    let list =
        |void: &[u64]| issuer.status_list(1, void.iter().copied(), "2025-03-13T00:00:00Z").unwrap();
    let unaware = check(&badge, &profile, None, None).unwrap();
    assert_eq!((unaware.void, unaware.holder), (None, Holder::Unasked));
    assert_eq!(unaware.name, "一星志愿者 / One-star volunteer");
    let valid = check(&badge, &profile, Some(&list(&[5, number + 1])), Some(HOLDER)).unwrap();
    assert_eq!((valid.void, valid.holder), (Some(false), Holder::Told));
    let void = check(&badge, &profile, Some(&list(&[number])), Some("01M8")).unwrap();
    assert_eq!((void.void, void.holder), (Some(true), Holder::Other));
}

#[test]
fn what_was_forged_is_not_believed() {
    let (ours, theirs) = (issuer(&[1]), issuer(&[2]));
    let (profile, badge) = (ours.profile(), ours.badge(&star(5)).unwrap());
    let forged = theirs.badge(&star(5)).unwrap();
    assert_eq!(
        check(&forged, &profile, None, None),
        Err(Disbelieved::Proof(InvalidProof::Key)),
        "signed with a key that the issuer doesn't name"
    );
    let mut stars = badge.clone();
    stars["credentialSubject"]["achievement"]["name"] = json!("五星志愿者");
    let changed = check(&stars, &profile, None, None);
    assert_eq!(changed, Err(Disbelieved::Proof(InvalidProof::Signature)));
    // A list that says that nothing is void has to be signed as well, and has to be the one.
    let none: [u64; 0] = [];
    let theirs = theirs.status_list(0, none, "2025-03-13T00:00:00Z").unwrap();
    let other = ours.status_list(1, none, "2025-03-13T00:00:00Z").unwrap();
    for list in [theirs, other, badge.clone()] {
        let found = check(&badge, &profile, Some(&list), None);
        assert!(matches!(found, Err(Disbelieved::Status { .. })), "{found:?}");
    }
    let mut elsewhere = profile.clone();
    elsewhere["id"] = json!("https://elsewhere.example/badges/gulou");
    assert!(matches!(check(&badge, &elsewhere, None, None), Err(Disbelieved::Issuer { .. })));
    let no_badge = check(&profile, &profile, None, None);
    assert!(matches!(no_badge, Err(Disbelieved::Form { .. })), "{no_badge:?}");
}

#[test]
fn a_badge_outlives_the_key_while_that_is_published() {
    let badge = issuer(&[1]).badge(&star(5)).unwrap();
    let (both, new) = (issuer(&[2, 1]).profile(), issuer(&[2]).profile());
    check(&badge, &both, None, None).unwrap();
    assert_eq!(check(&badge, &new, None, None), Err(Disbelieved::Proof(InvalidProof::Key)));
    // The same badge is the same bytes.
    assert_eq!(badge, issuer(&[1]).badge(&star(5)).unwrap());
}
