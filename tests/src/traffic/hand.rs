//! A hand that sends: each command under one key until it is answered for good, with a line in the
//! journal before each sending and after each answer.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use linli_api::header::AFTER;
use linli_api::receipt::Receipt;
use linli_api::wallet::Wallet;
use serde_json::Value;

use super::operation::{Kind, Outcome};
use super::{Entry, Shared, Wanted};
use crate::{Answer, Ask, Http};

/// The first pause before a command is sent again; it doubles up to [`AGAIN_MAX`].
const AGAIN: Duration = Duration::from_millis(25);

/// The longest: so often that the end of a fault is seen, so seldom that a system that is coming
/// back isn't kept busy by those who ask.
const AGAIN_MAX: Duration = Duration::from_millis(200);

/// A command that isn't answered for good within this will never be.
const ANSWERED_MAX: Duration = Duration::from_secs(90);

/// Longest wait for one answer.
const ATTEMPT_MAX: Duration = Duration::from_secs(15);

/// Sends for one client, one thing after the other.
#[derive(Clone, Debug)]
pub struct Hand {
    pub(super) shared: Arc<Shared>,
    pub(super) http: Http,
    pub(super) client: u32,
}

/// A wish to be sent.
#[derive(Clone, Debug)]
pub struct Sending {
    /// What is wanted.
    pub kind: Kind,
    /// Whose points it concerns; empty for nobody's.
    pub account: String,
    /// The idempotency key, which no other operation uses.
    pub key: String,
    /// The request, without the key.
    pub ask: Ask,
}

impl Hand {
    /// The same hand over another way to the server.
    #[must_use]
    pub fn over(&self, http: Http) -> Self {
        Self { http, ..self.clone() }
    }

    /// Sends a command until it is answered for good. Gives the answer, which may be a refusal.
    ///
    /// # Errors
    ///
    /// If it is never answered, answered as nothing may be, or the journal can't be written.
    pub async fn command(&self, sending: Sending) -> anyhow::Result<Answer> {
        let Sending { kind, account, key, ask } = sending;
        let ask = ask.key(&key);
        let wanted = Wanted {
            client: self.client,
            kind,
            account,
            key: key.clone(),
            request: ask.digest(),
            after: 0,
        };
        let (answer, attempts) = self.until_answered(wanted, &ask).await?;
        if answer.status >= 300 {
            return Ok(answer);
        }
        if attempts > 1 && answer.replayed() {
            self.shared.found_done.fetch_add(1, Ordering::Relaxed);
        }
        let receipt: Receipt<Value> = answer.json()?;
        let (first, last) = (receipt.first, receipt.last);
        self.shared.keep(Entry { key, ask, first, last, body: answer.body.clone() });
        self.shared.acknowledged.fetch_add(1, Ordering::Relaxed);
        self.shared.newest.fetch_max(last, Ordering::Relaxed);
        Ok(answer)
    }

    /// Reads somebody's wallet as it is at this position or later.
    ///
    /// # Errors
    ///
    /// As of a command.
    pub async fn wallet(&self, bearer: &str, account: &str, after: u64) -> anyhow::Result<()> {
        let ask = Ask::get(&format!("/v1/residents/{account}/wallet"))
            .bearer(bearer)
            .header(AFTER, &after.to_string());
        let wanted = Wanted {
            client: self.client,
            kind: Kind::Read,
            account: account.to_owned(),
            key: String::new(),
            request: ask.digest(),
            after,
        };
        self.until_answered(wanted, &ask).await?;
        self.shared.read.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn until_answered(&self, wanted: Wanted, ask: &Ask) -> anyhow::Result<(Answer, u32)> {
        let name = format!("{:?} {:?} of client {}", wanted.kind, wanted.key, wanted.client);
        let work = self.attempt_until_answered(wanted, ask);
        match tokio::time::timeout(ANSWERED_MAX, work).await {
            Ok(answer) => answer,
            Err(_) => anyhow::bail!("{name}: never answered"),
        }
    }

    async fn attempt_until_answered(
        &self,
        wanted: Wanted,
        ask: &Ask,
    ) -> anyhow::Result<(Answer, u32)> {
        let (journal, kind, mut attempts) = (&self.shared.journal, wanted.kind, 1);
        let mut pause = AGAIN;
        let number = journal.call(wanted).await?;
        loop {
            let answer = tokio::time::timeout(ATTEMPT_MAX, self.http.send(ask)).await;
            let answer = answer.map_err(|_| "late").and_then(|sent| sent.map_err(|_| "cut"));
            let outcome = outcome(kind, &answer);
            journal.answered(number, outcome.clone()).await?;
            match (outcome, answer) {
                (Outcome::Unknown { .. }, _) => {}
                (Outcome::Fault { said }, _) => anyhow::bail!("operation {number}: {said}"),
                (_, Ok(answer)) => return Ok((answer, attempts)),
                (_, Err(why)) => anyhow::bail!("operation {number}: {why}"),
            }
            self.shared.in_doubt.fetch_add(1, Ordering::Relaxed);
            if kind == Kind::Read {
                self.shared.late_reads.fetch_add(1, Ordering::Relaxed);
            }
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2).min(AGAIN_MAX);
            attempts += 1;
            journal.again(number).await?;
        }
    }
}

/// What an answer says.
fn outcome(kind: Kind, answer: &Result<Answer, &'static str>) -> Outcome {
    let answer = match answer {
        Ok(answer) => answer,
        Err(why) => return Outcome::Unknown { why: (*why).to_owned(), well_formed: true },
    };
    let fault = || Outcome::Fault {
        said: format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
    };
    let problem = answer.problem().map(|problem| problem.name().to_owned()).ok();
    match answer.status {
        200..300 if kind == Kind::Read => seen(answer).unwrap_or_else(fault),
        200..300 => done(answer).unwrap_or_else(fault),
        429 | 503 => Outcome::Unknown {
            well_formed: problem.is_some() && answer.header("retry-after").is_some(),
            why: problem.unwrap_or_else(|| answer.status.to_string()),
        },
        400..500 => problem.map_or_else(fault, |problem| Outcome::Refused { problem }),
        _ => fault(),
    }
}

fn done(answer: &Answer) -> Option<Outcome> {
    let receipt: Receipt<Value> = answer.json().ok()?;
    let available = match receipt.changed.get("available") {
        Some(amount) => Some(hundredths(amount.as_str()?)?),
        None => None,
    };
    Some(Outcome::Done {
        first: receipt.first,
        last: receipt.last,
        repeated: answer.replayed(),
        body: crate::digest(&answer.body),
        available,
    })
}

fn seen(answer: &Answer) -> Option<Outcome> {
    let wallet: Wallet = answer.json().ok()?;
    Some(Outcome::Seen {
        position: answer.position()?,
        available: hundredths(wallet.available.as_str())?,
        held: hundredths(wallet.held.as_str())?,
    })
}

/// `12.5` is 1250.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    let whole: i64 = whole.parse().ok()?;
    whole.checked_mul(100)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_hundredths() {
        for (text, amount) in [("0", 0), ("12", 1_200), ("12.5", 1_250), ("0.05", 5)] {
            assert_eq!(hundredths(text), Some(amount), "{text}");
        }
        assert_eq!(hundredths("x"), None);
    }
}
