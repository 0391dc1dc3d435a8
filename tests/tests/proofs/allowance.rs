//! What a station may hand out it shows off line, by the receipt of its allowance.

use linli_api::Instant;
use linli_api::counter::GrantAllowance;
use linli_domain::{Event, allowance};
use linli_notary::{Receipt, TrustedKeys};
use linli_tests::Ask;

use crate::{place, signed};

const DAY_US: i64 = 24 * 3_600_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn with_the_logs_key_alone_anybody_sees_what_was_granted() {
    let folder = tempfile::tempdir().unwrap();
    let (system, place) = place(&folder).await;
    let ends_at = place.now().as_microsecond() + DAY_US;
    let ends_at = jiff::Timestamp::from_microsecond(ends_at).unwrap();
    let grant = GrantAllowance {
        allowance: None,
        station: place.shop.station.clone(),
        total: "100".into(),
        per_person: "20".into(),
        ends_at: Instant::from(ends_at.to_string().as_str()),
    };
    let granted = place.officers.street.grant_allowance("g", &grant).await.unwrap().body;
    signed(&system, &place).await;

    let taken_along = place.shop.api.receipt(granted.last).await.unwrap();
    let keys = place.http.send(&Ask::get("/log/keys")).await.unwrap().body;
    // From here on nobody is asked.
    let proof: Receipt = std::str::from_utf8(&taken_along).unwrap().parse().unwrap();
    let keys = TrustedKeys::parse(std::str::from_utf8(&keys).unwrap()).unwrap();
    proof.verify(&keys).unwrap();
    let record = linli_proto::decode_record(&proof.record).unwrap();
    let Event::Allowance(allowance::Event::Granted { grant, .. }) = record.event else {
        panic!("{record:?}")
    };
    assert_eq!(grant.station.to_string(), place.shop.station.as_str());
    assert_eq!(
        (grant.total.to_string(), grant.per_person.to_string()),
        ("100.00".into(), "20.00".into())
    );

    // It is that station's, and no other's.
    let other = place.kiosk.api.receipt(granted.last).await.unwrap_err();
    assert_eq!(other.problem().unwrap().name(), "not-found");
    system.stop().await.unwrap();
}
