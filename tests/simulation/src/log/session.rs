//! Sessions, and the lock that lives on one of them.

use std::collections::BTreeMap;

use super::Log;
use crate::time::Moment;

/// How long the server waits for a sign of life: as `linli_log::writer::SESSION_IDLE_MAX`.
const IDLE_MAX_MS: u64 = 5_000;

/// A session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId(pub u64);

/// How often the lock had been taken when a session took it; 0 for one that never did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term(pub u64);

#[derive(Debug)]
struct Session {
    is_alive: bool,
    last_sign: Moment,
    /// When the last statement that is executed for it is done: they take their turn.
    free_at: Moment,
    term: Term,
}

/// All sessions there were.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    all: BTreeMap<SessionId, Session>,
    count: u64,
    terms: u64,
    holder: Option<SessionId>,
}

impl Log {
    /// Opens a session, if the server is up.
    pub fn connect(&mut self, now: Moment) -> Option<SessionId> {
        if !self.is_up {
            return None;
        }
        self.sessions.count = self.sessions.count.saturating_add(1);
        let session = SessionId(self.sessions.count);
        let opened = Session { is_alive: true, last_sign: now, free_at: now, term: Term(0) };
        self.sessions.all.insert(session, opened);
        Some(session)
    }

    /// Takes the lock if nobody has it: whether it is this session's then; none if the session is
    /// over.
    pub fn try_lock(&mut self, session: SessionId) -> Option<bool> {
        if !self.is_alive(session) {
            return None;
        }
        if self.sessions.holder.is_none() {
            self.sessions.holder = Some(session);
            self.sessions.terms = self.sessions.terms.saturating_add(1);
            if let Some(found) = self.sessions.all.get_mut(&session) {
                found.term = Term(self.sessions.terms);
            }
        }
        Some(self.sessions.holder == Some(session))
    }

    /// The term of a session.
    #[must_use]
    pub fn term(&self, session: SessionId) -> Term {
        self.sessions.all.get(&session).map(|found| found.term).unwrap_or_default()
    }

    /// Whether the server still has the session.
    #[must_use]
    pub fn is_alive(&self, session: SessionId) -> bool {
        self.is_up && self.sessions.all.get(&session).is_some_and(|found| found.is_alive)
    }

    /// Whose the lock is.
    #[must_use]
    pub fn holder(&self) -> Option<SessionId> {
        self.sessions.holder
    }

    /// A sign of life.
    pub fn sign(&mut self, session: SessionId, now: Moment) {
        if let Some(found) = self.sessions.all.get_mut(&session) {
            found.last_sign = now;
        }
    }

    /// Ends a session. A statement that is being executed goes on, and the lock with it.
    pub fn end(&mut self, session: SessionId) {
        if let Some(found) = self.sessions.all.get_mut(&session) {
            found.is_alive = false;
        }
        self.unlock_if_over();
    }

    /// Ends the sessions that gave no sign of life for too long.
    pub fn end_silent(&mut self, now: Moment) -> Vec<SessionId> {
        let is_silent =
            |found: &Session| found.is_alive && now.since(found.last_sign) > IDLE_MAX_MS;
        let silent: Vec<_> = self
            .sessions
            .all
            .iter()
            .filter(|(_, found)| is_silent(found))
            .map(|(session, _)| *session)
            .collect();
        silent.iter().for_each(|session| self.end(*session));
        silent
    }

    /// When a statement that comes now and takes so long would be done.
    pub(super) fn take_turn(&mut self, session: SessionId, now: Moment, takes_ms: u64) -> u64 {
        let Some(found) = self.sessions.all.get_mut(&session) else { return takes_ms };
        found.free_at = found.free_at.max(now).after(takes_ms);
        found.free_at.since(now)
    }

    /// Ends all sessions at once: the server died.
    pub(super) fn end_all(&mut self) {
        self.sessions.all.values_mut().for_each(|session| session.is_alive = false);
        self.sessions.holder = None;
    }

    pub(super) fn unlock_if_over(&mut self) {
        let Some(holder) = self.sessions.holder else { return };
        let is_busy = self.executing.iter().any(|one| one.session == holder);
        if !self.is_alive(holder) && !is_busy {
            self.sessions.holder = None;
        }
    }
}
