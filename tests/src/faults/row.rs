//! The rows of the matrix: what is done to the system.

use serde::Serialize;

/// A row of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[allow(missing_docs, reason = "told by the titles")]
pub enum Row {
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F11,
    F12,
    F13,
    F14,
    F16,
}

/// What a row needs under it. Rows on the same ground share a fleet, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Two ledgers, two projectors and a gateway; a wire from the projectors to NATS.
    Apart,
    /// Everything in one process; a wire from it to PostgreSQL.
    Whole,
    /// Servers on a file system of their own in a file, whose image can be taken.
    Image,
    /// Servers on a file system of their own in memory, which can be full.
    Small,
}

impl Row {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::F1,
        Self::F2,
        Self::F3,
        Self::F4,
        Self::F5,
        Self::F6,
        Self::F7,
        Self::F8,
        Self::F11,
        Self::F12,
        Self::F13,
        Self::F14,
        Self::F16,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::F1 => "F1",
            Self::F2 => "F2",
            Self::F3 => "F3",
            Self::F4 => "F4",
            Self::F5 => "F5",
            Self::F6 => "F6",
            Self::F7 => "F7",
            Self::F8 => "F8",
            Self::F11 => "F11",
            Self::F12 => "F12",
            Self::F13 => "F13",
            Self::F14 => "F14",
            Self::F16 => "F16",
        }
    }

    /// What is done.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::F1 => "each of our processes is killed at random",
            Self::F2 => "PostgreSQL is stopped at once; a backend or all of it is killed",
            Self::F3 => "NATS is killed, and everything is in one process",
            Self::F4 => "JetStream's store is deleted, a bit of it flipped, an old copy put back",
            Self::F5 => "the power of PostgreSQL's machine is cut",
            Self::F6 => "the disk of PostgreSQL, or of NATS, is full",
            Self::F7 => "the disk fails to sync, or to write",
            Self::F8 => "a process stands still and wakes up late",
            Self::F11 => {
                "a connection is cut at each byte, half closed, slow; COMMIT's reply is lost"
            }
            Self::F12 => "deliveries come several times and in disorder",
            Self::F13 => "poison: on the stream, and in the log",
            Self::F14 => "the projectors stand still while a backlog grows",
            Self::F16 => "everybody wants the same account, and the last ones on the shelf",
        }
    }

    /// Somebody is answered again within this after a fault that silences everybody: in milliseconds,
    /// from when the process or the server is there again.
    #[must_use]
    pub const fn answered_max_ms(self) -> u64 {
        match self {
            Self::F1 => 2_000,
            // A connection that goes deaf in the middle of a statement keeps the lock for as long as
            // the server waits for the rest: it was 20 s once.
            Self::F11 => 30_000,
            Self::F2
            | Self::F3
            | Self::F4
            | Self::F5
            | Self::F6
            | Self::F7
            | Self::F8
            | Self::F12
            | Self::F13
            | Self::F14
            | Self::F16 => 10_000,
        }
    }

    /// What it needs under it.
    #[must_use]
    pub const fn ground(self) -> Ground {
        match self {
            Self::F1
            | Self::F2
            | Self::F4
            | Self::F7
            | Self::F8
            | Self::F12
            | Self::F13
            | Self::F14
            | Self::F16 => Ground::Apart,
            Self::F3 | Self::F11 => Ground::Whole,
            Self::F5 => Ground::Image,
            Self::F6 => Ground::Small,
        }
    }
}
