//! Databases of one's own.

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};

use crate::error::Error;

const NAME_BYTES_MAX: usize = 63;

/// Makes a database, unless it is there, and returns its URL.
pub(crate) async fn create(server_url: &str, name: &str) -> Result<String, Error> {
    check_name(name)?;
    let doing = format!("create the database {name}");
    let outcome = run(server_url, &format!("CREATE DATABASE {name}")).await;
    match outcome {
        Err(error) if error.code() == Some(&SqlState::DUPLICATE_DATABASE) => {}
        outcome => outcome.map_err(Error::postgres(doing))?,
    }
    Ok(url_of(server_url, name))
}

/// Drops a database and ends the connections to it.
pub(crate) async fn remove(server_url: &str, name: &str) -> Result<(), Error> {
    check_name(name)?;
    let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    run(server_url, &statement).await.map_err(Error::postgres(format!("drop the database {name}")))
}

/// The server's URL with another database.
fn url_of(server_url: &str, name: &str) -> String {
    let server = server_url.rsplit_once('/').map_or(server_url, |(server, _)| server);
    format!("{server}/{name}")
}

/// A name that needs no quotes.
fn check_name(name: &str) -> Result<(), Error> {
    let is_known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_fit = name.bytes().all(is_known)
        && name.bytes().next().is_some_and(|first| !first.is_ascii_digit())
        && name.len() <= NAME_BYTES_MAX;
    if is_fit { Ok(()) } else { Err(Error::DatabaseName { name: name.to_owned() }) }
}

async fn run(url: &str, statement: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    // The connection ends when the statement has ended and the client is gone.
    let work = async move {
        let outcome = simple(&client, statement).await;
        drop(client);
        outcome
    };
    let (connected, outcome) = tokio::join!(connection, work);
    outcome.and(connected)
}

async fn simple(client: &Client, statement: &str) -> Result<(), tokio_postgres::Error> {
    client.batch_execute(statement).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_taken() {
        for name in ["a", "linli_7", "_x"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "7a", "A", "a-b", "a\"; DROP", "里", &"x".repeat(64)] {
            assert!(matches!(check_name(name), Err(Error::DatabaseName { .. })), "{name}");
        }
    }

    #[test]
    fn the_url_keeps_the_server() {
        assert_eq!(
            url_of("postgres://u:p@127.0.0.1:5/postgres", "x"),
            "postgres://u:p@127.0.0.1:5/x"
        );
    }
}
