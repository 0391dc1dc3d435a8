//! A projector's process: the feed's pure parts (place, window, shelf) between the sources and two
//! who take from it. One keeps a projection in the server's tables; the other one keeps the same in
//! memory, is slow, and reads the log again when it has fallen behind.

mod keeper;
mod source;
mod taker;

use linli_log::Root;
use linli_log::merkle::EMPTY_ROOT;

use crate::run::{Ground, Happening};
use crate::time::Moment;

use keeper::Keeper;
use source::Source;
use taker::Taker;

/// A projector's process.
#[derive(Debug)]
pub struct Projector {
    number: usize,
    life: u64,
    is_up: bool,
    paused_until: Option<Moment>,
    source: Option<Source>,
    keeper: Option<Keeper>,
    board: Option<Board>,
}

/// A projection in memory.
#[derive(Debug)]
struct Board {
    taker: Taker,
    rows: crate::model::Totals,
}

impl Projector {
    /// A process that is about to start.
    #[must_use]
    pub fn new(number: usize) -> Self {
        Self {
            number,
            life: 0,
            is_up: true,
            paused_until: None,
            source: None,
            keeper: None,
            board: None,
        }
    }

    fn name(&self) -> (&'static str, usize) {
        ("projector", self.number)
    }

    /// In which of its lives it is.
    #[must_use]
    pub fn life(&self) -> u64 {
        self.life
    }

    /// Whether it has nothing left to take, up to a position.
    #[must_use]
    pub fn has_reached(&self, position: u64) -> bool {
        self.board.as_ref().is_some_and(|board| board.taker.position() == position)
    }

    /// Takes its turn, and calls for the next one.
    pub fn turn(&mut self, life: u64, ground: &mut Ground) {
        if life != self.life || !self.is_up {
            return;
        }
        let is_paused = self.paused_until.is_some_and(|until| ground.now() < until);
        if !is_paused {
            self.paused_until = None;
            self.work(ground);
        }
        let in_ms = ground.chance.between(20, 400);
        ground.schedule.plan(in_ms, Happening::Follow { projector: self.number, life });
    }

    fn work(&mut self, ground: &mut Ground) {
        let mut source = match self.source.take().or_else(|| Source::open(ground)) {
            Some(source) => source,
            None => return,
        };
        source.fill(self.name(), ground);
        self.keep(&mut source, ground);
        self.show(&mut source, ground);
        self.source = Some(source);
    }

    /// Moves the projection on.
    fn keep(&mut self, source: &mut Source, ground: &mut Ground) {
        let opened = self.keeper.take().or_else(|| Keeper::open(source, ground));
        let Some(mut keeper) = opened else { return };
        let stays = keeper.work((self.number, self.life), source, ground);
        if stays {
            self.keeper = Some(keeper);
        } else {
            keeper.leave(source);
        }
    }

    /// Moves the board on, by a frame at most: it is slow.
    fn show(&mut self, source: &mut Source, ground: &mut Ground) {
        if ground.chance.once_in(3) && !ground.is_calm {
            return;
        }
        let opened = self.board.take().or_else(|| Board::open(source, ground));
        let Some(mut board) = opened else { return };
        let most = if ground.is_calm { 8 } else { 1 };
        for frame in board.taker.take(most, source, ground) {
            if let Some(records) = taker::records(&frame, ground) {
                records.iter().for_each(|record| board.rows.add(record));
            }
            let shown = ground.judge.look_at_rows(frame.last, &board.rows);
            ground.hold(shown);
        }
        self.board = Some(board);
    }

    /// The server tells what became of a step.
    pub fn hear(&mut self, life: u64, is_done: bool) {
        if life == self.life
            && let Some(keeper) = &mut self.keeper
        {
            keeper.hear(is_done);
        }
    }

    /// Dies at once.
    pub fn kill(&mut self, ground: &mut Ground) {
        ground.note(self.name(), "is killed", (self.life, 0));
        if self.keeper.as_ref().is_some_and(Keeper::is_committing) {
            ground.reach(crate::sometimes::Path::ProjectorKilled);
        }
        *self = Self { life: self.life.saturating_add(1), is_up: false, ..Self::new(self.number) };
    }

    /// Starts again.
    pub fn start(&mut self, ground: &mut Ground) {
        if !self.is_up {
            self.is_up = true;
            let life = self.life;
            ground.schedule.plan(0, Happening::Follow { projector: self.number, life });
        }
    }

    /// Stands still for a while.
    pub fn pause(&mut self, ms: u64, ground: &mut Ground) {
        ground.note(self.name(), "is paused", (ms, 0));
        self.paused_until = Some(ground.now().after(ms));
    }
}

impl Board {
    /// Begins where the projection stands.
    fn open(source: &mut Source, ground: &mut Ground) -> Option<Self> {
        if !ground.log.is_up() {
            return None;
        }
        let table = ground.log.table.clone();
        let shown = ground.judge.look_at_table(&table);
        ground.hold(shown)?;
        let root = root(table.position, table.root, ground)?;
        Some(Self { taker: Taker::enter(table.position, root, source), rows: table.rows })
    }
}

/// The root at a position from which somebody wants to follow, if the log bears it out.
fn root(position: u64, known: Root, ground: &mut Ground) -> Option<Root> {
    let found = match position {
        0 => Some(EMPTY_ROOT),
        _ => ground.log.root_at(position),
    };
    if found != Some(known) {
        let found = format!("the checkpoint at {position} has another root than the log");
        ground.find(crate::check::Checker::Projection, found);
        return None;
    }
    found
}
