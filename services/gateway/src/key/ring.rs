//! The keys in memory.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use deadpool_postgres::Pool;
use linli_domain::ClientId;
use linli_domain::time::Timestamp;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::caller::Caller;
use crate::key::scope::Scopes;
use crate::key::{KeyRow, Scope, StoreError, Token, all};
use crate::rate::{Bucket, Empty, Rate, Taken, Units};

/// How often the keys are read anew: how long a revoked key works at the most, elsewhere than in
/// the gateway where it was revoked. Some hundred rows a second are nothing to the server.
const REFRESH_EVERY: Duration = Duration::from_secs(1);

/// How young keys in memory are gone by when a key isn't among them. A key that was minted elsewhere
/// a moment ago is known after this, and whoever tries keys that are none is answered more slowly
/// and makes no more than ten look-ups a second.
const MISS_AGE_MAX: Duration = Duration::from_millis(100);

/// How old the keys in memory may be. When they can't be read for longer, nobody knows any more
/// who was revoked meanwhile, and nobody is let in.
const AGE_MAX: Duration = Duration::from_secs(30);

/// Why a key was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// No such key is in memory.
    Missing,
    /// Another secret than the key's. Senders are told the same as of a key that is missing.
    Wrong,
    /// It is known, and was revoked.
    Revoked,
    /// It is known, and its time is over.
    Expired,
    /// It may not do this.
    ScopeMissing(Scope),
    /// The keys could not be read for too long.
    Stale,
    /// It may do this, and has asked too much of late.
    TooMuch(Rate, Empty),
}

/// What a request asks of the ring.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask {
    pub(crate) scope: Scope,
    pub(crate) units: Units,
}

/// Whoever was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Admitted {
    pub(crate) caller: Caller,
    /// The place of the key's district among those that are served.
    pub(crate) district: usize,
    /// What the key has left, where that is limited.
    pub(crate) rate: Option<(Rate, Taken)>,
}

#[derive(Debug)]
struct Entry {
    secret_sha256: [u8; 32],
    scopes: Scopes,
    expires_at: Option<Timestamp>,
    revoked: bool,
    caller: Caller,
    district: usize,
    /// Outlives the entry: keys that are read anew are as full as they were.
    bucket: Arc<Bucket>,
}

#[derive(Debug)]
struct Keys {
    by_id: HashMap<u128, Entry>,
    read_at: Instant,
}

/// All keys of the districts that are served. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct KeyRing {
    pool: Pool,
    districts: Arc<[String]>,
    keys: Arc<watch::Sender<Keys>>,
    rate: Option<Rate>,
    /// Buckets count their time from here.
    begun: Instant,
    /// Held while keys are read, so that what was read later is never followed by what was read
    /// earlier.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl KeyRing {
    /// Reads the keys for the first time.
    pub(crate) async fn read(
        pool: Pool,
        districts: Vec<String>,
        rate: Option<Rate>,
    ) -> Result<Self, StoreError> {
        let read_at = Instant::now();
        let rows = all(&pool, &districts).await?;
        Ok(Self::holding(pool, districts, rate, collect(rows, read_at, None)))
    }

    /// These keys of the first district and no others, for tests.
    #[cfg(test)]
    pub(crate) fn of(pool: Pool, rows: Vec<KeyRow>, rate: Option<Rate>) -> Self {
        let rows = rows.into_iter().map(|row| (0, row)).collect();
        Self::holding(pool, vec!["gulou".into()], rate, collect(rows, Instant::now(), None))
    }

    fn holding(pool: Pool, districts: Vec<String>, rate: Option<Rate>, keys: Keys) -> Self {
        let (keys, _) = watch::channel(keys);
        let (keys, begun) = (Arc::new(keys), Instant::now());
        Self { pool, districts: districts.into(), keys, rate, begun, turn: Arc::default() }
    }

    /// Whose key this is, if it may do this now. A key that isn't in memory is looked for once
    /// more.
    pub(crate) async fn admit(
        &self,
        token: Token,
        ask: Ask,
        now: Timestamp,
    ) -> Result<Admitted, Refused> {
        match self.known(token, ask, now) {
            Err(Refused::Missing) => {
                self.look_again().await;
                self.known(token, ask, now)
            }
            known => known,
        }
    }

    /// Reads the keys anew once they are old enough. If they can't be read, those in memory stand.
    async fn look_again(&self) {
        let asked_at = Instant::now();
        let _turn = self.turn.lock().await;
        let read_at = self.keys.borrow().read_at;
        if read_at > asked_at {
            return;
        }
        if let Some(rest) = MISS_AGE_MAX.checked_sub(read_at.elapsed()) {
            tokio::time::sleep(rest).await;
        }
        if let Err(error) = self.read_anew().await {
            let error: &dyn std::error::Error = &error;
            tracing::debug!(error, "a key that is missing in memory can't be looked for");
        }
    }

    /// Whose key this is, going by the keys in memory. Only what is let in is counted.
    fn known(&self, token: Token, ask: Ask, now: Timestamp) -> Result<Admitted, Refused> {
        let keys = self.keys.borrow();
        if keys.read_at.elapsed() > AGE_MAX {
            return Err(Refused::Stale);
        }
        let entry = keys.by_id.get(&token.id.0).ok_or(Refused::Missing)?;
        // An ordinary comparison is enough: what is compared are hashes, and how far a wrong
        // secret's hash agrees tells nothing by which to find a better one.
        if entry.secret_sha256 != token.secret_sha256 {
            return Err(Refused::Wrong);
        }
        if entry.revoked {
            return Err(Refused::Revoked);
        }
        if entry.expires_at.is_some_and(|expires_at| expires_at <= now) {
            return Err(Refused::Expired);
        }
        if !entry.scopes.allow(ask.scope) {
            return Err(Refused::ScopeMissing(ask.scope));
        }
        let rate = match self.rate {
            None => None,
            Some(rate) => match entry.bucket.take(rate, ask.units, self.begun.elapsed()) {
                Ok(taken) => Some((rate, taken)),
                Err(empty) => return Err(Refused::TooMuch(rate, empty)),
            },
        };
        Ok(Admitted { caller: entry.caller, district: entry.district, rate })
    }

    /// Are the keys in memory young enough to be gone by?
    pub(crate) fn is_fresh(&self) -> bool {
        self.keys.borrow().read_at.elapsed() <= AGE_MAX
    }

    /// Reads the keys anew, after a change made here.
    pub(crate) async fn refresh(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        self.read_anew().await
    }

    /// Only by whoever holds the turn.
    async fn read_anew(&self) -> Result<(), StoreError> {
        let read_at = Instant::now();
        let rows = all(&self.pool, &self.districts).await?;
        // Whoever holds the turn is the only one who writes.
        let keys = collect(rows, read_at, Some(&self.keys.borrow()));
        self.keys.send_replace(keys);
        Ok(())
    }

    /// Reads the keys anew every second until told to stop.
    pub(crate) async fn keep_fresh(self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(REFRESH_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut failing = false;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            match self.refresh().await {
                Ok(()) => failing = false,
                Err(error) if !failing => {
                    failing = true;
                    let error: &dyn std::error::Error = &error;
                    tracing::warn!(error, "keys can't be read; going by those in memory");
                }
                Err(_) => {}
            }
        }
    }
}

fn collect(rows: Vec<(usize, KeyRow)>, read_at: Instant, before: Option<&Keys>) -> Keys {
    let bucket = |id: u128| {
        let known = before.and_then(|before| before.by_id.get(&id));
        known.map(|entry| Arc::clone(&entry.bucket)).unwrap_or_default()
    };
    let entry = |(district, row): (usize, KeyRow)| {
        let id = row.id.0;
        (id, entry(district, &row, bucket(id)))
    };
    let by_id = rows.into_iter().map(entry).collect();
    Keys { by_id, read_at }
}

fn entry(district: usize, row: &KeyRow, bucket: Arc<Bucket>) -> Entry {
    Entry {
        district,
        bucket,
        secret_sha256: row.secret_sha256,
        scopes: row.allowed(),
        expires_at: row.expires_at,
        revoked: row.revoked_at.is_some(),
        caller: Caller {
            key: row.id,
            client: ClientId(row.client),
            kind: row.kind,
            subject: row.subject,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{KeyId, KeyKind};

    fn row(kind: KeyKind) -> KeyRow {
        KeyRow {
            id: KeyId(7),
            client: 8,
            kind,
            name: "a key".into(),
            subject: None,
            scopes: kind.scopes().to_vec(),
            secret_sha256: [1; 32],
            created_at: Timestamp::from_microseconds(0),
            expires_at: None,
            revoked_at: None,
        }
    }

    fn check(row: KeyRow, token: Token, scope: Scope) -> Result<ClientId, Refused> {
        let ring = crate::front::Front::unconnected(vec![row]).ring.clone();
        let (ask, now) = (Ask { scope, units: 1 }, Timestamp::from_microseconds(100));
        ring.known(token, ask, now).map(|admitted| admitted.caller.client)
    }

    #[test]
    fn a_key_is_let_in_for_what_it_may_do_while_it_may() {
        let good = Token { id: KeyId(7), secret_sha256: [1; 32] };
        let at = |us| Some(Timestamp::from_microseconds(us));
        let auditor = row(KeyKind::Auditor);
        for (name, row, token, scope, expected) in [
            ("good", auditor.clone(), good, Scope::LogRead, Ok(ClientId(8))),
            (
                "no scope",
                auditor.clone(),
                good,
                Scope::KeysWrite,
                Err(Refused::ScopeMissing(Scope::KeysWrite)),
            ),
            (
                "no such id",
                auditor.clone(),
                Token { id: KeyId(1), ..good },
                Scope::LogRead,
                Err(Refused::Missing),
            ),
            (
                "wrong secret",
                auditor.clone(),
                Token { secret_sha256: [2; 32], ..good },
                Scope::LogRead,
                Err(Refused::Wrong),
            ),
            (
                "revoked",
                KeyRow { revoked_at: at(1), ..auditor.clone() },
                good,
                Scope::LogRead,
                Err(Refused::Revoked),
            ),
            (
                "expired",
                KeyRow { expires_at: at(100), ..auditor.clone() },
                good,
                Scope::LogRead,
                Err(Refused::Expired),
            ),
            (
                "not yet",
                KeyRow { expires_at: at(101), ..auditor.clone() },
                good,
                Scope::LogRead,
                Ok(ClientId(8)),
            ),
            (
                "revoked, wrong secret",
                KeyRow { revoked_at: at(1), ..auditor },
                Token { secret_sha256: [2; 32], ..good },
                Scope::LogRead,
                Err(Refused::Wrong),
            ),
        ] {
            assert_eq!(check(row, token, scope), expected, "{name}");
        }
    }

    #[tokio::test]
    async fn keys_that_are_read_anew_are_as_full_as_they_were() {
        let rate = Rate::new(100, 3_600).unwrap();
        let pool = crate::front::Front::unconnected(vec![]).districts[0].keys.clone();
        let ring = KeyRing::of(pool, vec![row(KeyKind::Auditor)], Some(rate));
        let token = Token { id: KeyId(7), secret_sha256: [1; 32] };
        let ask = |units| {
            let ask = Ask { scope: Scope::LogRead, units };
            let admitted = ring.known(token, ask, Timestamp::from_microseconds(100));
            admitted.map(|admitted| admitted.rate.unwrap().1.left)
        };
        assert_eq!(ask(60), Ok(40));
        let anew =
            collect(vec![(0, row(KeyKind::Auditor))], Instant::now(), Some(&ring.keys.borrow()));
        ring.keys.send_replace(anew);
        assert_eq!(ask(30), Ok(10));
        assert!(matches!(ask(30), Err(Refused::TooMuch(_, empty)) if empty.taken.left == 10));
    }
}
