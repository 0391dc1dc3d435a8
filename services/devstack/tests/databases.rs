//! A database for each test, in a stack that test processes share.

use linli_devstack::{TestDatabase, shared};
use tokio_postgres::NoTls;

#[tokio::test]
async fn each_test_has_its_own_database_and_it_goes_with_the_test() {
    let (one, two) = (TestDatabase::create().await.unwrap(), TestDatabase::create().await.unwrap());
    assert_ne!(one.url(), two.url());
    assert!(one.url().ends_with(one.name()));
    assert_eq!(one.nats_url(), shared().await.unwrap().nats_url());
    assert!(tokio_postgres::connect(one.url(), NoTls).await.is_ok());

    // A connection that is still open does not keep the database.
    let (_client, connection) = tokio_postgres::connect(two.url(), NoTls).await.unwrap();
    let url = two.url().to_owned();
    drop(two);
    assert!(connection.await.is_err());
    assert!(tokio_postgres::connect(&url, NoTls).await.is_err());
    assert!(tokio_postgres::connect(one.url(), NoTls).await.is_ok());
}

#[test]
fn it_works_from_one_runtime_after_the_other() {
    for _ in 0..2 {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let database = runtime.block_on(TestDatabase::create()).unwrap();
        drop(runtime);
        drop(database);
    }
}
