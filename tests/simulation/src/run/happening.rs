//! All that can happen.

use linli_domain::{ClientId, IdempotencyKey};
use linli_ledger::desk::Slot;
use linli_log::{Frame, KeyEntry};
use linli_port::Answer;

use super::Fault;
use crate::client::LetterId;
use crate::log::{Advance, Execution, Moved, Refused, SessionId};

/// One thing that happens at a moment.
#[derive(Debug)]
pub enum Happening {
    /// A client thinks of something to ask, or asks again.
    Think(usize),
    /// A letter reaches a ledger.
    Letter {
        /// Which ledger.
        node: usize,
        /// Which letter.
        letter: LetterId,
    },
    /// Answers reach whoever asked.
    Answer {
        /// To which letter.
        letter: LetterId,
        /// One to each command.
        answers: Vec<Answer>,
    },
    /// A client has waited long enough.
    Patience {
        /// Who.
        client: usize,
        /// For the answer to what.
        letter: LetterId,
    },
    /// A ledger's turn.
    Turn {
        /// Which ledger.
        node: usize,
        /// In which of its lives.
        life: u64,
    },
    /// A ledger's turn by its own timer, which calls for the next one.
    Tick {
        /// Which ledger.
        node: usize,
        /// In which of its lives.
        life: u64,
    },
    /// A ledger hears from the server.
    Word {
        /// Which ledger.
        node: usize,
        /// In which of its lives.
        life: u64,
        /// What it hears.
        word: Word,
    },
    /// A frame reaches the server.
    Arrive {
        /// Over which session.
        session: SessionId,
        /// The frame.
        frame: Frame,
        /// How long committing it takes.
        takes_ms: u64,
    },
    /// A frame is committed, or not.
    Finish {
        /// Which statement.
        execution: Execution,
    },
    /// A question for the index reaches the server.
    Find {
        /// Whose it is.
        node: usize,
        /// In which of its lives.
        life: u64,
        /// Over which session.
        session: SessionId,
        /// The keys.
        questions: Vec<(ClientId, IdempotencyKey)>,
    },
    /// The question whether a ledger still is the one that writes reaches the server.
    Confirm {
        /// Whose it is.
        node: usize,
        /// In which of its lives.
        life: u64,
        /// Over which session.
        session: SessionId,
    },
    /// A step of the index reaches the server.
    Index {
        /// Whose it is.
        node: usize,
        /// In which of its lives.
        life: u64,
        /// In which of its sessions.
        session: SessionId,
        /// Where the index is believed to be.
        from: u64,
        /// Where it is to be.
        to: u64,
        /// The keys between.
        keys: Vec<KeyEntry>,
    },
    /// Records of a repeat are read from the log.
    Recall {
        /// By which ledger.
        node: usize,
        /// In which of its lives.
        life: u64,
        /// For which letter.
        letter: LetterId,
        /// What is known and what is to be read.
        slots: Vec<Slot>,
    },
    /// The server learns that a session's other end is gone.
    End(SessionId),
    /// The server looks for sessions that give no sign of life.
    Watch,
    /// The relay's turn.
    Relay,
    /// A projector's turn.
    Follow {
        /// Which projector.
        projector: usize,
        /// In which of its lives.
        life: u64,
    },
    /// A projector's step reaches the server.
    Advance {
        /// Which projector's.
        projector: usize,
        /// In which of its lives.
        life: u64,
        /// The step.
        step: Box<Advance>,
    },
    /// The rows of a step reach the server after its checkpoint, by mistake.
    Rows {
        /// Which projector's.
        projector: usize,
        /// In which of its lives.
        life: u64,
        /// The step.
        step: Box<Advance>,
    },
    /// A projector hears what became of its step.
    Advanced {
        /// Which projector.
        projector: usize,
        /// In which of its lives.
        life: u64,
        /// Whether it was committed.
        is_done: bool,
    },
    /// A killed projector starts again.
    Resume(usize),
    /// A fault begins.
    Fault(Fault),
    /// A ledger dies between two steps.
    Die(usize),
    /// A killed ledger starts again.
    Restart(usize),
    /// The server starts again.
    ServerUp,
    /// The disk has room again.
    Room,
    /// Ways and weather are good again.
    Fair,
    /// A ledger is connected again.
    Mend(usize),
    /// The faults are over.
    Calm,
    /// Is everything answered and caught up?
    Look,
}

/// What a ledger hears from the server.
#[derive(Debug)]
pub enum Word {
    /// What became of a frame.
    Appended {
        /// Over which session it was sent.
        session: SessionId,
        /// Its last position.
        last: u64,
        /// What the server says.
        outcome: Result<(), Refused>,
    },
    /// What the index says.
    Found {
        /// Over which session it was asked.
        session: SessionId,
        /// The questions.
        questions: Vec<(ClientId, IdempotencyKey)>,
        /// The answers, in their order.
        found: Vec<Option<KeyEntry>>,
    },
    /// The session is alive, and with it the lock.
    Confirmed(SessionId),
    /// What became of a step of the index.
    Indexed {
        /// In which session it was sent.
        session: SessionId,
        /// What the server says.
        moved: Moved,
    },
    /// The connection is gone.
    Lost(SessionId),
}
