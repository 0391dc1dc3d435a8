//! What is killed, and started again.

use linli_tests::Fleet;

/// What can happen.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Ledger,
    Projector,
    Gateway,
    Postgres,
    Nats,
    NatsStore,
}

impl Fault {
    /// Kills it and starts it again.
    pub async fn strike(self, fleet: &mut Fleet) -> anyhow::Result<()> {
        match self {
            Self::Ledger => fleet.replace(|fleet| &mut fleet.ledgers[0]).await,
            Self::Projector => fleet.replace(|fleet| &mut fleet.projectors[0]).await,
            Self::Gateway => fleet.replace(|fleet| &mut fleet.gateway).await,
            Self::Postgres => {
                fleet.stack.kill_postgres().await?;
                Ok(fleet.stack.start_postgres().await?)
            }
            Self::Nats => {
                fleet.stack.kill_nats().await?;
                Ok(fleet.stack.start_nats().await?)
            }
            Self::NatsStore => {
                fleet.stack.delete_nats_store().await?;
                Ok(fleet.stack.start_nats().await?)
            }
        }
    }
}
