//! What the tests share: a migrated database, and a projection that is moved on by hand.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use linli_devstack::TestDatabase;
use linli_domain::Position;
use linli_domain::text::Code;
use linli_domain::time::Timestamp;
use linli_readmodel::checkpoint::{self, Mark, Role, Step};
use linli_readmodel::{Changes, Generation, Projection, Reader, WriteError, Writer};
use tokio_postgres::{Client, Config, NoTls};

pub(crate) struct Bench {
    _database: TestDatabase,
    pub(crate) config: Config,
    pub(crate) pool: Pool,
    pub(crate) district: Code,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let bench = Self {
            pool: pool(&config, 8),
            district: Code::new(database.name()).unwrap(),
            _database: database,
            config,
        };
        linli_readmodel::migrate(&mut bench.client().await).await.unwrap();
        bench
    }

    pub(crate) async fn client(&self) -> Client {
        let (client, connection) = self.config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::new(self.pool.clone(), self.district.clone())
    }

    pub(crate) async fn begin(&self, projection: Projection, role: Role) -> Generation {
        begin(&self.pool, &self.district, projection, role).await
    }

    /// Writes changes at the next position.
    pub(crate) async fn write<C: Changes>(
        &self,
        generation: Generation,
        from: u64,
        changes: &C,
    ) -> Result<(), WriteError> {
        let mut client = self.pool.get().await.unwrap();
        let transaction = client.transaction().await.unwrap();
        let (district, schema) = (&self.district, generation.schema());
        let step = Step { generation, from: Position(from), to: mark(from + 1) };
        assert!(checkpoint::advance(&transaction, district, Role::Live, &[step]).await?);
        let writer = Writer { transaction: &transaction, schema: &schema, district };
        changes.write(&writer).await?;
        transaction.commit().await.unwrap();
        Ok(())
    }
}

pub(crate) async fn begin(
    pool: &Pool,
    district: &Code,
    projection: Projection,
    role: Role,
) -> Generation {
    let mut client = pool.get().await.unwrap();
    let transaction = client.transaction().await.unwrap();
    let generation = checkpoint::begin(&transaction, district, projection, role).await.unwrap();
    transaction.commit().await.unwrap();
    generation
}

pub(crate) fn mark(position: u64) -> Mark {
    let recorded_at = Timestamp::from_microseconds(1_700_000_000_000_000);
    Mark { position: Position(position), recorded_at, root: [7; 32] }
}

pub(crate) fn pool(config: &Config, connections_max: usize) -> Pool {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(config.clone(), NoTls, recycling);
    let wait = Some(Duration::from_secs(10));
    let builder = Pool::builder(manager).max_size(connections_max).runtime(Runtime::Tokio1);
    builder.wait_timeout(wait).build().unwrap()
}
