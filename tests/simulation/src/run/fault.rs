//! Faults, and when they come.

use crate::chance::Chance;
use crate::log::Spoil;
use crate::stream::Mishap;

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A ledger is struck.
    Ledger(usize, Strike),
    /// A projector is struck.
    Projector(usize, Strike),
    /// The server dies, and starts again by and by.
    ServerDies,
    /// The server's disk is full for so many milliseconds.
    DiskFull(u64),
    /// Time passes, for everybody alike: so many milliseconds.
    Night(i64),
    /// Letters and answers are lost and doubled for so many milliseconds.
    Storm(u64),
    /// Something happens to the snapshots.
    Spoil(Spoil),
    /// Messages of the stream are lost, doubled and late for so many milliseconds.
    Weather(u64),
    /// Something happens to the stream.
    Stream(Mishap),
}

/// What may happen to one process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strike {
    /// It is killed, and starts again by and by.
    Kill,
    /// It is told to stop, and starts again by and by.
    Stop,
    /// It stands still for so many milliseconds.
    Pause(u64),
    /// Its connection breaks.
    Break,
    /// Nothing comes through between it and the server for so many milliseconds.
    CutOff(u64),
    /// Its clock jumps by so many milliseconds.
    Jump(i64),
    /// It writes a snapshot: of what is durable, or hastily.
    Snapshot {
        /// Before its frame is durable.
        is_hasty: bool,
    },
}

/// How long the faults last, in simulated milliseconds.
pub(super) const FAULTS_MS: u64 = 60_000;

/// What is drawn, and how often.
const KINDS: &[(u64, Kind)] = &[
    (8, Kind::Kill),
    (2, Kind::Stop),
    (5, Kind::Pause),
    (3, Kind::Break),
    (2, Kind::CutOff),
    (4, Kind::Jump),
    (6, Kind::Snapshot),
    (5, Kind::KillProjector),
    (2, Kind::PauseProjector),
    (3, Kind::ServerDies),
    (2, Kind::DiskFull),
    (2, Kind::Night),
    (4, Kind::Storm),
    (2, Kind::Spoil),
    (4, Kind::Weather),
    (5, Kind::Stream),
];

#[derive(Clone, Copy, Debug)]
enum Kind {
    Kill,
    Stop,
    Pause,
    Break,
    CutOff,
    Jump,
    Snapshot,
    KillProjector,
    PauseProjector,
    ServerDies,
    DiskFull,
    Night,
    Storm,
    Spoil,
    Weather,
    Stream,
}

/// Draws the faults of a run: none in some, many at once in others.
pub(super) fn drawn(chance: &mut Chance) -> Vec<(u64, Fault)> {
    let most = chance.pick(&[0, 4, 10, 20, 30]).unwrap_or_default();
    let count = chance.below(most + 1);
    (0..count).map(|_| (chance.below(FAULTS_MS), fault(chance))).collect()
}

fn fault(chance: &mut Chance) -> Fault {
    let ledger = chance.place(super::NODES);
    let projector = chance.place(super::PROJECTORS);
    match chance.weigh(KINDS).unwrap_or(Kind::Kill) {
        Kind::Kill => Fault::Ledger(ledger, Strike::Kill),
        Kind::Stop => Fault::Ledger(ledger, Strike::Stop),
        Kind::Pause => Fault::Ledger(ledger, Strike::Pause(chance.between(200, 12_000))),
        Kind::Break => Fault::Ledger(ledger, Strike::Break),
        Kind::CutOff => Fault::Ledger(ledger, Strike::CutOff(chance.between(500, 15_000))),
        Kind::Jump => Fault::Ledger(ledger, Strike::Jump(jump(chance))),
        Kind::Snapshot => Fault::Ledger(ledger, Strike::Snapshot { is_hasty: chance.once_in(2) }),
        Kind::KillProjector => Fault::Projector(projector, Strike::Kill),
        Kind::PauseProjector => {
            Fault::Projector(projector, Strike::Pause(chance.between(1_000, 20_000)))
        }
        Kind::ServerDies => Fault::ServerDies,
        Kind::DiskFull => Fault::DiskFull(chance.between(500, 5_000)),
        // From an hour to a day.
        Kind::Night => Fault::Night(signed(chance.between(3_600_000, 86_400_000))),
        Kind::Storm => Fault::Storm(chance.between(1_000, 10_000)),
        Kind::Spoil if chance.once_in(3) => Fault::Spoil(Spoil::Lost),
        Kind::Spoil => Fault::Spoil(Spoil::Unreadable),
        Kind::Weather => Fault::Weather(chance.between(1_000, 20_000)),
        Kind::Stream => {
            let mishaps = [Mishap::CutBack, Mishap::Gone, Mishap::AnotherLog];
            Fault::Stream(chance.pick(&mishaps).unwrap_or(Mishap::Gone))
        }
    }
}

/// Seconds to an hour, forward or back.
fn jump(chance: &mut Chance) -> i64 {
    let ms = signed(chance.between(1_000, 3_600_000));
    if chance.once_in(2) { ms } else { ms.saturating_neg() }
}

fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}
