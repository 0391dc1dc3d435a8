//! A whole system in processes of its own, on servers of its own: what can be killed.

mod rig;
mod ship;
mod yard;

use anyhow::Context as _;
use linli_api::{Client, Instant};
use linli_devstack::Stack;
use tempfile::TempDir;

use crate::evidence::Stores;
use crate::process::free_address;
use crate::system::{accepted, caught_up, ready};
use crate::wire::{Speech, Wire};
use crate::{Audit, Binary, Http, Place, Wish, wait};
use yard::Yard;

pub use rig::{Crew, Rig};
pub use ship::Ship;
pub(crate) use ship::until_it_says;

/// The code of its district.
pub const DISTRICT: &str = "fleet";

/// Ledgers, projectors and a gateway as processes, over PostgreSQL and NATS of their own.
pub struct Fleet {
    yard: Yard,
    /// PostgreSQL and NATS.
    pub stack: Stack,
    /// The writers: one that leads, and those that stand by. None if everything is in one process.
    pub ledgers: Vec<Ship>,
    /// The projectors. None if everything is in one process.
    pub projectors: Vec<Ship>,
    /// HTTP; or everything.
    pub gateway: Ship,
    /// An operator's key.
    pub operator_key: String,
    /// Between everything in one process and PostgreSQL, if it was wished for.
    pub postgres_wire: Option<Wire>,
    /// Between the projectors and NATS, if it was wished for.
    pub nats_wire: Option<Wire>,
    logs: TempDir,
}

impl Fleet {
    /// Starts one ledger, one projector process and one gateway, on the clock of this machine.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start(binary: Binary) -> anyhow::Result<Self> {
        Self::start_as(binary, Rig::default()).await
    }

    /// The same as it is wished for.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start_as(binary: Binary, rig: Rig) -> anyhow::Result<Self> {
        let stack = Stack::start(rig.stack).await?;
        let (database_url, nats_url) =
            (stack.create_database(DISTRICT).await?, stack.nats_url().to_owned());
        let (mut postgres_wire, mut nats_wire) = (None, None);
        let (mut wired_database_url, mut projector_nats_url) =
            (database_url.clone(), nats_url.clone());
        match (rig.wired, rig.crew) {
            (false, _) => {}
            (true, Crew::Whole) => {
                let (wire, url) = Wire::over(&database_url, Speech::Postgres).await?;
                (postgres_wire, wired_database_url) = (Some(wire), url);
            }
            (true, Crew::Apart) => {
                let (wire, url) = Wire::over(&nats_url, Speech::Nats).await?;
                (nats_wire, projector_nats_url) = (Some(wire), url);
            }
        }
        let yard = Yard {
            binary,
            district: DISTRICT.to_owned(),
            database_url,
            wired_database_url,
            nats_url,
            projector_nats_url,
            test_clock: rig.test_clock,
        };
        let logs = TempDir::new()?;
        yard.run(&["migrate"]).await?;
        let key = ["keys", "create", "--kind", "operator", "--name", "fleet", "--json"];
        let key: serde_json::Value = serde_json::from_slice(&yard.run(&key).await?)?;
        let operator_key = key["key"].as_str().context("a key")?.to_owned();
        let start =
            |part| yard.launch(part, free_address()?, logs.path().join(format!("{part}.log")));
        let (ledgers, projectors, gateway) = match rig.crew {
            Crew::Apart => (vec![start("ledger")?], vec![start("projector")?], start("gateway")?),
            Crew::Whole => (Vec::new(), Vec::new(), start("all")?),
        };
        ready(&gateway.url()).await.with_context(|| gateway.process.last_words())?;
        accepted(&gateway.url(), &operator_key).await?;
        Ok(Self {
            yard,
            stack,
            ledgers,
            projectors,
            gateway,
            operator_key,
            postgres_wire,
            nats_wire,
            logs,
        })
    }

    /// Founds a place in it. Its ledger goes by the clock of this machine.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn found(&self, wish: Wish) -> anyhow::Result<Place> {
        let url = self.gateway.url();
        let operator = Client::new(&url, &self.operator_key)?;
        Place::found(&operator, &url, jiff::Timestamp::now(), wish).await
    }

    /// Starts one more ledger, which stands by.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub async fn add_ledger(&mut self) -> anyhow::Result<()> {
        let ledger = self.start_one("ledger", self.ledgers.len())?;
        ledger.until_it_says("standing by").await?;
        self.ledgers.push(ledger);
        Ok(())
    }

    /// Waits until a ledger stands by, warm to where the log ends now at least.
    ///
    /// # Errors
    ///
    /// If it isn't in time.
    pub async fn until_warm(&self, ledger: usize) -> anyhow::Result<()> {
        let (head, ledger) = (self.head().await?, &self.ledgers[ledger]);
        let look = async || {
            let said = ledger.says().await?;
            let position = said.strip_prefix("standing by, warm to position ")?.trim().parse();
            position.ok().filter(|position: &u64| *position >= head)
        };
        let warm = wait::until("the standby is warm to the log's end", wait::LONG, look).await;
        warm.map(|_| ()).with_context(|| ledger.process.last_words())
    }

    /// Starts one more process of projectors.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub fn add_projector(&mut self) -> anyhow::Result<()> {
        let projector = self.start_one("projector", self.projectors.len())?;
        self.projectors.push(projector);
        Ok(())
    }

    fn start_one(&self, part: &'static str, number: usize) -> anyhow::Result<Ship> {
        let log = self.logs.path().join(format!("{part}-{number}.log"));
        self.yard.launch(part, free_address()?, log)
    }

    /// Kills a process and starts it again at once.
    ///
    /// # Errors
    ///
    /// If it had ended by itself, or can't be started.
    pub async fn replace(&mut self, pick: impl Fn(&mut Self) -> &mut Ship) -> anyhow::Result<()> {
        self.kill_one(&pick).await?;
        self.start_again(&pick)
    }

    /// Kills a process.
    ///
    /// # Errors
    ///
    /// If it had ended by itself.
    pub async fn kill_one(&mut self, pick: impl Fn(&mut Self) -> &mut Ship) -> anyhow::Result<()> {
        let ship = pick(self);
        ship.process.kill().await.with_context(|| format!("the {}", ship.part))
    }

    /// Tells a process to stop and waits until it has ended.
    ///
    /// # Errors
    ///
    /// If it doesn't end, or not well.
    pub async fn stop_one(&mut self, pick: impl Fn(&mut Self) -> &mut Ship) -> anyhow::Result<()> {
        let ship = pick(self);
        let status = ship.process.stop().await.with_context(|| format!("the {}", ship.part))?;
        anyhow::ensure!(status.success(), "the {} ended with {status}", ship.part);
        Ok(())
    }

    /// Starts a process again that has ended, where it was.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub fn start_again(&mut self, pick: impl Fn(&mut Self) -> &mut Ship) -> anyhow::Result<()> {
        let yard = self.yard.clone();
        let ship = pick(self);
        *ship = yard.launch(ship.part, ship.address, ship.log.clone())?;
        Ok(())
    }

    /// All its processes.
    pub fn ships(&mut self) -> impl Iterator<Item = &mut Ship> {
        self.ledgers.iter_mut().chain(&mut self.projectors).chain([&mut self.gateway])
    }

    /// Everything still runs; nothing ended by itself.
    ///
    /// # Errors
    ///
    /// Which one ended, with the end of its log.
    pub fn all_run(&mut self) -> anyhow::Result<()> {
        for ship in self.ships() {
            ship.process.still_runs().with_context(|| format!("the {}", ship.part))?;
        }
        Ok(())
    }

    /// What each process says of itself, and the end of its log: for whoever waited in vain.
    pub async fn last_words(&self) -> String {
        let mut words = String::new();
        for ship in self.ledgers.iter().chain(&self.projectors).chain([&self.gateway]) {
            let says = ship.says().await.unwrap_or_else(|| "nothing".to_owned());
            let log = ship.process.last_words();
            words.push_str(&format!("the {} says {says}; its log ends:\n{log}\n", ship.part));
        }
        words
    }

    /// Where the log ends.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub async fn head(&self) -> anyhow::Result<u64> {
        let operator = Client::new(&self.gateway.url(), &self.operator_key)?;
        Ok(operator.log_head().await?.body.position)
    }

    /// When the last record was recorded.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub async fn recorded_at(&self) -> anyhow::Result<Instant> {
        let operator = Client::new(&self.gateway.url(), &self.operator_key)?;
        let last = operator.log_head().await?.body.position;
        Ok(operator.log_record(last).await?.body.recorded_at)
    }

    /// Waits until every read model has seen the whole log.
    ///
    /// # Errors
    ///
    /// If one stopped, or doesn't get there in time.
    pub async fn caught_up(&self) -> anyhow::Result<()> {
        caught_up(&Http::new(&self.gateway.url()), DISTRICT, self.head().await?).await
    }

    /// Its database, without any wire.
    #[must_use]
    pub fn database_url(&self) -> &str {
        &self.yard.database_url
    }

    /// The binary that it runs.
    #[must_use]
    pub const fn binary(&self) -> &Binary {
        &self.yard.binary
    }

    /// Its stores, without any wire.
    #[must_use]
    pub fn stores(&self) -> Stores {
        Stores {
            database_url: self.yard.database_url.clone(),
            nats_url: self.yard.nats_url.clone(),
            district: self.yard.district.clone(),
        }
    }

    /// Audits it, read models included.
    ///
    /// # Errors
    ///
    /// If the audit couldn't run.
    pub async fn audit(&self) -> anyhow::Result<Audit> {
        self.yard.binary.audit(&self.yard.database_url, DISTRICT).await
    }

    /// Stops everything in order.
    ///
    /// # Errors
    ///
    /// Which one didn't end well.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let ships = [&mut self.gateway].into_iter().chain(&mut self.projectors);
        for ship in ships.chain(&mut self.ledgers) {
            let status = ship.process.stop().await.with_context(|| format!("the {}", ship.part))?;
            let words = ship.process.last_words();
            anyhow::ensure!(status.success(), "the {} ended with {status}:\n{words}", ship.part);
        }
        Ok(self.stack.stop().await?)
    }
}
