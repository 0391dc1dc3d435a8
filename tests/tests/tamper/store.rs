//! The store as somebody sees it who may do anything.

use tokio_postgres::{Client, Error, NoTls};

/// A connection of the superuser.
pub struct Store(Client);

/// A frame as it is stored.
pub struct Frame {
    pub first: i64,
    pub last: i64,
    pub body: Vec<u8>,
}

impl Store {
    pub async fn open(url: &str) -> Result<Self, Error> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        // It ends with its client.
        tokio::spawn(connection);
        Ok(Self(client))
    }

    pub async fn frames(&self) -> Result<Vec<Frame>, Error> {
        let rows =
            self.0.query("SELECT first, last, body FROM log.frame ORDER BY first", &[]).await?;
        let frame = |row: &tokio_postgres::Row| Frame {
            first: row.get(0),
            last: row.get(1),
            body: row.get(2),
        };
        Ok(rows.iter().map(frame).collect())
    }

    /// Puts another body into a frame, past the trigger that keeps everybody from it.
    pub async fn forge(&self, first: i64, body: &[u8]) -> Result<(), Error> {
        self.past_the_trigger(async || {
            let update = "UPDATE log.frame SET body = $2 WHERE first = $1";
            self.0.execute(update, &[&first, &body]).await
        })
        .await
    }

    pub async fn cut_last_frame(&self) -> Result<(), Error> {
        self.past_the_trigger(async || {
            let delete = "DELETE FROM log.frame WHERE first = (SELECT max(first) FROM log.frame)";
            self.0.execute(delete, &[]).await
        })
        .await
    }

    async fn past_the_trigger(
        &self,
        change: impl AsyncFn() -> Result<u64, Error>,
    ) -> Result<(), Error> {
        self.0.batch_execute("ALTER TABLE log.frame DISABLE TRIGGER frame_only_grows").await?;
        let changed = change().await?;
        assert_eq!(changed, 1);
        self.0.batch_execute("ALTER TABLE log.frame ENABLE ALWAYS TRIGGER frame_only_grows").await
    }

    /// Changes rows of a read model, whose schema stands for `{schema}`.
    pub async fn change(&self, projection: &str, statement: &str) -> Result<u64, Error> {
        let name = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE $1";
        let like = format!("read\\_{projection}\\_%");
        let schema: String = self.0.query_one(name, &[&like]).await?.get(0);
        self.0.execute(&statement.replace("{schema}", &schema), &[]).await
    }

    pub async fn run(&self, statement: &str) -> Result<(), Error> {
        self.0.batch_execute(statement).await
    }
}
