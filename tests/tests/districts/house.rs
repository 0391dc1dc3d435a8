//! One process with two districts.

use std::net::SocketAddr;

use linli::{System, SystemSettings};
use linli_api::Client;
use linli_devstack::TestDatabase;
use linli_gateway::key::KeyKind;
use linli_tests::{Ask, Http, NOW, Place, Wish, wait};
use serde_json::Value;

pub const DISTRICTS: [&str; 2] = ["gulou", "xuanwu"];

pub struct House {
    system: System,
    settings: SystemSettings,
    database: TestDatabase,
}

impl House {
    pub async fn start() -> anyhow::Result<Self> {
        let database = TestDatabase::create().await?;
        let settings = SystemSettings {
            database_url: database.url().to_owned(),
            nats_url: None,
            districts: DISTRICTS.map(str::to_owned).to_vec(),
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            test_clock: NOW.parse().ok(),
            snapshot_every: None,
            rate: None,
            log_key: None,
            vault_key: None,
            badge_key: None,
        };
        let system = System::start(settings.clone()).await?;
        let bind = system.url().trim_start_matches("http://").parse()?;
        Ok(Self { system, settings: SystemSettings { bind, ..settings }, database })
    }

    /// Founds a place in each.
    pub async fn found(&self) -> anyhow::Result<[Place; 2]> {
        let (one, other) = (self.found_in(DISTRICTS[0]).await?, self.found_in(DISTRICTS[1]).await?);
        Ok([one, other])
    }

    async fn found_in(&self, district: &str) -> anyhow::Result<Place> {
        let key = self.system.mint_in(district, KeyKind::Operator, "operator", None).await?;
        let http = self.http();
        // The gateway reads its keys every second.
        let ask = Ask::get("/v1/log/head").bearer(&key);
        let knows = async || http.send(&ask).await.ok().filter(|answer| answer.status == 200);
        wait::until("the gateway knows the key", wait::LONG, knows).await?;
        let (url, now) = (self.system.url(), NOW.parse()?);
        Place::found(&Client::new(&url, &key)?, &url, now, Wish::default()).await
    }

    /// Stops everything, lets something happen, and starts it again under the same address.
    pub async fn restart(self, meanwhile: impl AsyncFnOnce(&str)) -> anyhow::Result<Self> {
        self.system.stop().await?;
        meanwhile(&self.settings.database_url).await;
        let system = System::start(self.settings.clone()).await?;
        Ok(Self { system, ..self })
    }

    pub fn http(&self) -> Http {
        Http::new(&self.system.url())
    }

    /// What the process says of a district, by the place of its code.
    pub async fn stands(&self, district: usize) -> Option<(u16, Value)> {
        let answer = self.http().send(&Ask::get("/readyz")).await.ok()?;
        let said: Value = answer.json().ok()?;
        let stands = said["districts"][district].clone();
        assert_eq!(stands["district"], DISTRICTS[district]);
        Some((answer.status, stands))
    }

    pub fn database_url(&self) -> &str {
        &self.settings.database_url
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.system.stop().await?;
        drop(self.database);
        Ok(())
    }
}
