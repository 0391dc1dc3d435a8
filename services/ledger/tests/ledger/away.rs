//! PostgreSQL away: commands are told to come again at once, nothing is half done, and nobody has
//! to help when it is back.

use linli_devstack::{Options, Stack, StopMode};
use linli_log::District;
use linli_port::{Port, Rejected};
use prometheus::Registry;

use crate::commands::{envelope, fund, open_pool};
use crate::house::{Running, audit, pause, settings, within};

fn begin(stack: &Stack, district: &District) -> Running {
    let (port, intake) = Port::local();
    let registry = Registry::new();
    let settings = settings(stack.postgres_url(), district, &registry);
    Running::begin(settings, registry, port, intake)
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_away_costs_time_alone() {
    let mut stack = Stack::start(Options { nats: false, ..Options::temporary() }).await.unwrap();
    let district = District::new("away").unwrap();
    let mut client = tokio_postgres::connect(stack.postgres_url(), tokio_postgres::NoTls).await;
    let (client, connection) = client.as_mut().unwrap();
    let migration = linli_log::migrate(client);
    tokio::select! {
        migrated = migration => assert!(migrated.is_ok()),
        lost = connection => lost.unwrap(),
    }
    let first = begin(&stack, &district);
    first.leads().await;
    first.must(envelope("open-pool", open_pool())).await;
    let second = begin(&stack, &district);
    second.reaches(|status| status.is_standby()).await;

    for round in 0..2 {
        if round == 0 {
            stack.stop_postgres(StopMode::Immediate).await.unwrap();
        } else {
            stack.kill_postgres().await.unwrap();
        }
        let wish = envelope(&format!("gift-{round}"), fund(100));
        // The first answer may be that nobody knows; from then on there is no writer.
        within("being told to come again", async {
            while !matches!(
                first.port.submit_one(wish.clone()).await,
                Err(Rejected::Unavailable { retry_after_ms: 1.. })
            ) {}
        })
        .await;
        stack.start_postgres().await.unwrap();
        // Whichever leads now.
        let accepted = within("an answer", async {
            loop {
                for port in [&first.port, &second.port] {
                    if let Ok(accepted) = port.submit_one(wish.clone()).await {
                        return accepted;
                    }
                }
                pause().await;
            }
        })
        .await;
        assert_eq!(accepted.records.len(), 1);
    }
    second.stop().await;
    first.stop().await;
    let audit = audit(stack.postgres_url(), &district).await;
    assert_eq!(audit.records.len(), 3);
    assert!(audit.commands_by_key().values().all(|commands| *commands == 1));
    stack.stop().await.unwrap();
}
