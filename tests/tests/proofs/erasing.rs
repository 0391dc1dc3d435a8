//! A resident is erased: who it was is gone, and everything that was proved stays proved.

use std::path::Path;

use linli_api::Id;
use linli_api::client::When;
use linli_api::fact::Fact;
use linli_api::key::KeyKind;
use linli_api::past::PastResident;
use linli_api::person::{ErasureReason, LookDeed, LookReason, Person};
use linli_api::redemption::{Basket, RedemptionStatus, VoidReason, Wish as Item};
use linli_notary::{Receipt, TrustedKeys};
use linli_tests::{Ask, Place, Terms, TestSystem, Wish};
use tokio_postgres::{Client, NoTls};

use crate::linli;

const NAME: &str = "Chen Xiuying the elder";

fn person(name: &str) -> Person {
    let address = Some("Dingshan Street 7, Unit 2".to_owned());
    Person { name: name.to_owned(), phone: Some("13800001234".to_owned()), address, note: None }
}

async fn database(system: &TestSystem) -> Client {
    let (client, connection) = tokio_postgres::connect(system.database_url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The tables in which a text stands, as it is or inside of bytes.
async fn holding(client: &Client, text: &str) -> Vec<String> {
    let tables = client
        .query(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables \
             WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
            &[],
        )
        .await
        .unwrap();
    let hexadecimal: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut holding = Vec::new();
    for table in tables {
        let table: String = table.get(0);
        let asked = format!(
            "SELECT count(*) FROM {table} AS one \
             WHERE position($1 IN one::text) > 0 OR position($2 IN one::text) > 0"
        );
        let count: i64 = client.query_one(&asked, &[&text, &hexadecimal]).await.unwrap().get(0);
        if count > 0 {
            holding.push(table);
        }
    }
    holding
}

/// Who it is goes in, is read with a reason alone, and stands nowhere in plain.
async fn kept(place: &Place, client: &Client) {
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let (staff, operator) = (&place.officers.grid, &place.operator);
    let none = staff.person(&chen.resident, LookReason::Service).await.unwrap_err();
    assert_eq!(none.problem().unwrap().name(), "no-person");
    place.partner.write_person(&chen.resident, &person("Mistyped")).await.unwrap();
    place.partner.write_person(&chen.resident, &person(NAME)).await.unwrap();
    place.partner.write_person(&wang.resident, &person("Wang")).await.unwrap();
    let read = staff.person(&chen.resident, LookReason::Verification).await.unwrap().body;
    assert!(read == person(NAME));
    let may_not = operator.person(&chen.resident, LookReason::Service).await.unwrap_err();
    assert_eq!(may_not.problem().unwrap().name(), "scope-missing");
    let may_not = staff.erase_person(&chen.resident, ErasureReason::Death).await.unwrap_err();
    assert_eq!(may_not.problem().unwrap().name(), "scope-missing");
    assert_eq!(holding(client, NAME).await, Vec::<String>::new());
    assert!(!holding(client, &chen.resident.to_string()).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_is_gone_and_what_was_proved_stays_proved() {
    let folder = tempfile::tempdir().unwrap();
    let vault_key = folder.path().join("vault.key");
    let terms = Terms {
        log_key: Some(folder.path().join("log.key")),
        vault_key: Some(vault_key.clone()),
        ..Terms::default()
    };
    let system = TestSystem::start_with(terms).await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    place.caught_up().await.unwrap();
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let (staff, operator) = (&place.officers.grid, &place.operator);

    let client = database(&system).await;
    kept(&place, &client).await;

    // Earned, spent, proved; and something is set aside.
    place.give(std::slice::from_ref(chen), "60").await.unwrap();
    let items = vec![Item { item: place.items.soap.clone(), quantity: 1 }];
    let resident = chen.resident.clone();
    let basket =
        Basket { redemption: None, shift: None, shown: None, resident: Some(resident), items };
    let sold = place.shop.api.sell("soap", &basket).await.unwrap().body;
    let held = place.shop.api.reserve("more-soap", &basket).await.unwrap().body;
    operator.join_ranking("shown", &chen.resident).await.unwrap();
    let proof = place.auditor.receipt(sold.last).await.unwrap();
    let proof: Receipt = std::str::from_utf8(&proof).unwrap().parse().unwrap();
    let keys = place.http.send(&Ask::get("/log/keys")).await.unwrap().body;
    let keys = TrustedKeys::parse(std::str::from_utf8(&keys).unwrap()).unwrap();
    let before = place.head().await.unwrap();
    let digest = digest_at(&system, before).await;
    let then = as_of(&place, before).await;
    assert_eq!((then.available.as_str(), then.held.as_str()), ("30.00", "15.00"));
    linli().audit(system.database_url(), system.district()).await.unwrap().all_true().unwrap();

    taken_along(&place).await;
    let erased = operator.erase_person(&chen.resident, ErasureReason::OwnRequest).await.unwrap();
    let again = operator.erase_person(&chen.resident, ErasureReason::Death).await.unwrap();
    assert_eq!(erased.body, again.body, "the first time counts");
    assert!(erased.body.erased && erased.body.closed_at.is_some());
    closed(&place, &held.changed.slip.redemption).await;
    assert_eq!(place.auditor.erasure(&chen.resident).await.unwrap().body, erased.body);
    for refused in [
        staff.person(&chen.resident, LookReason::CourtOrder).await.map(|_| ()),
        place.partner.write_person(&chen.resident, &person(NAME)).await.map(|_| ()),
    ] {
        assert_eq!(refused.unwrap_err().problem().unwrap().name(), "person-erased");
    }
    let first = place.auditor.looks(&chen.resident, 2, None).await.unwrap().body;
    let rest = place.auditor.looks(&chen.resident, 200, first.next.as_deref()).await.unwrap().body;
    let looks: Vec<_> = first.items.iter().chain(&rest.items).map(|look| look.deed).collect();
    let (read, written, gone) = (LookDeed::Read, LookDeed::Written, LookDeed::Erased);
    // Twice for taking it along.
    assert_eq!(looks, [read, gone, read, read, read, written, written, read]);
    let of_chen = "SELECT wrapped_key, sealed FROM vault.person WHERE resident = $1";
    let row = client.query_one(of_chen, &[&chen.resident.to_string()]).await.unwrap();
    assert_eq!((row.get::<_, Option<&[u8]>>(0), row.get::<_, Option<&[u8]>>(1)), (None, None));

    // What the log was, it is: it only grew by what the erasure led to.
    proof.verify(&keys).unwrap();
    place.caught_up().await.unwrap();
    assert_eq!(digest_at(&system, before).await, digest);
    assert_eq!(as_of(&place, before).await, then);
    linli().audit(system.database_url(), system.district()).await.unwrap().all_true().unwrap();

    let system = rotated(system, &vault_key).await;
    let read = staff.person(&wang.resident, LookReason::Service).await.unwrap().body;
    assert!(read == person("Wang"));
    seen_by_its_role(&client, system.district()).await;
    drop(client);
    system.stop().await.unwrap();
}

/// The root and the digest of the state after a record, replayed from the log.
async fn digest_at(system: &TestSystem, position: u64) -> String {
    let (url, district, at) = (system.database_url(), system.district(), position.to_string());
    let digest = ["audit", "digest", "--database-url", url, "--district", district, "--at", &at];
    let output = linli().run(&digest).await.unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Chen as of then.
async fn as_of(place: &Place, position: u64) -> PastResident {
    let when = When { position: Some(position), at: None };
    place.auditor.past_resident(&place.people.chen.resident, &when).await.unwrap().body
}

/// All that is kept about Chen, with a key of the own or an officer's: nothing of it is about others.
async fn taken_along(place: &Place) {
    let (chen, wang) = (&place.people.chen.resident, &place.people.wang.resident);
    let (_, own) = place.hand(KeyKind::Resident, "Own phone", Some(chen)).await.unwrap();
    let export = own.export(chen).await.unwrap().body;
    assert!(export.complete && export.person == Some(person(NAME)));
    assert_eq!(export.looks.first().map(|look| look.reason.as_str()), Some("own_request"));
    let about = |kind: fn(&Fact) -> bool| {
        export.records.iter().filter(|record| kind(&record.event)).count()
    };
    assert_eq!(about(|fact| matches!(fact, Fact::ResidentRegistered(_))), 1);
    assert_eq!(about(|fact| matches!(fact, Fact::RedemptionSold(_))), 1);
    assert_eq!(about(|fact| matches!(fact, Fact::RedemptionReserved(_))), 1);
    assert!(about(|fact| matches!(fact, Fact::ContributionVerified(_))) > 0);
    let text = serde_json::to_string(&export.records).unwrap();
    assert!(!text.contains(wang.as_str()));
    let by_officer = place.officers.grid.export(chen).await.unwrap().body;
    assert_eq!(by_officer.records, export.records);
    for refused in [own.export(wang).await, place.partner.export(chen).await] {
        assert_eq!(refused.unwrap_err().problem().unwrap().name(), "scope-missing");
    }
}

/// The account holds nothing, is shown nowhere, and can do nothing; what it had is told by name.
async fn closed(place: &Place, held: &Id) {
    let (chen, operator) = (&place.people.chen.resident, &place.operator);
    let all = place.caught_up().await.unwrap();
    let shop = place.shop.api.after(all);
    let wallet = shop.wallet(chen).await.unwrap().body;
    let sides = [wallet.available, wallet.held, wallet.receivable];
    assert!(sides.iter().all(|side| side.as_str() == "0.00"), "{sides:?}");
    let hold = shop.redemption(held).await.unwrap().body;
    assert_eq!(hold.status, RedemptionStatus::Voided);
    assert_eq!(hold.reason, Some(VoidReason::Erased));
    let resident = shop.resident(chen).await.unwrap().body;
    assert!(!resident.ranked && resident.erased_at.is_some());
    let refused = operator.join_ranking("again", chen).await.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "resident-erased");
    let facts = place.auditor.log_records(all - 3, 3).await.unwrap().body.records;
    let [erased, voided, cleared] = facts.as_slice() else { panic!("{facts:?}") };
    assert!(matches!(&erased.event, Fact::ResidentErased(told) if told.resident == *chen));
    assert!(matches!(voided.event, Fact::RedemptionVoided(_)));
    assert!(matches!(&cleared.event, Fact::WalletClosed(told) if told.forgiven.is_empty()));
}

/// A new key wraps what is left; then the old one opens nothing and can be destroyed.
async fn rotated(system: TestSystem, vault_key: &Path) -> TestSystem {
    let old = std::fs::read_to_string(vault_key).unwrap();
    let new = linli_vault_key();
    std::fs::write(vault_key, format!("{new}\n{old}")).unwrap();
    let (url, district) = (system.database_url(), system.district());
    let rotate = ["vault", "rotate", "--database-url", url, "--district", district];
    let file = ["--vault-key", vault_key.to_str().unwrap()];
    let rotate = [rotate.as_slice(), &file].concat();
    for expected in ["1 keys", "0 keys"] {
        let output = linli().run(&rotate).await.unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(String::from_utf8(output.stdout).unwrap().starts_with(expected));
    }
    std::fs::write(vault_key, &new).unwrap();
    system.restart().await.unwrap()
}

/// It sees the district that it names, and never changes who looked.
async fn seen_by_its_role(client: &Client, district: &str) {
    client.batch_execute("BEGIN; SET LOCAL ROLE linli_vault").await.unwrap();
    let count = "SELECT count(*) FROM vault.person";
    assert_eq!(client.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 0);
    let set = "SELECT set_config('linli.district', $1, true)";
    client.query_one(set, &[&district]).await.unwrap();
    assert_eq!(client.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 2);
    client.batch_execute("ROLLBACK").await.unwrap();
    assert!(client.batch_execute("DELETE FROM vault.visit").await.is_err());
}

/// A key of the vault as `linli vault new-key` writes it.
fn linli_vault_key() -> String {
    // 32 bytes of seven, in base 64.
    "VAULT+KEY+BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=".to_owned()
}
