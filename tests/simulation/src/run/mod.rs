//! One run: everything that happens from one seed, in one order, on one thread.

mod asking;
mod fault;
mod ground;
mod happening;
mod paths;
mod serving;
mod suffering;

use std::collections::BTreeMap;

pub use fault::{Fault, Strike};
pub use ground::{Ground, Ways};
pub use happening::{Happening, Word};

use linli_ledger::Memory;

use crate::chance::Chance;
use crate::check::{Checker, Journal, Judge, Refusals, Violation};
use crate::client::{Client, Wishes};
use crate::ledger::Node;
use crate::log::Log;
use crate::plant::Plant;
use crate::projector::Projector;
use crate::sometimes::Sometimes;
use crate::stream::Stream;
use crate::time::{Schedule, WallClock};
use crate::town::Town;
use crate::trace::Trace;

/// Ledgers' processes of the district.
const NODES: usize = 2;

/// Projectors' processes of the district.
const PROJECTORS: usize = 2;

/// A ledger that remembers so little that it forgets, asks the index, reads repeats from the log and
/// tells senders to come again.
const SMALL: Memory = Memory { keys_kept: 6, keys_unindexed_max: 10 };

/// How long after the faults everything has to be answered and caught up: the longest wait of each
/// kind once after the other (a hanging disk, a silent session, a lost answer), and some more.
const CALM_MS_MAX: u64 = 90_000;

/// How often it is looked whether all is done.
const LOOK_MS: u64 = 500;

/// Most steps of a run: far above what any takes, so that one that spins ends.
const STEPS_MAX: u64 = 200_000;

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Where all chance comes from.
    pub seed: u64,
    /// A mistake to plant.
    pub plant: Option<Plant>,
    /// Keep all notes, not only the last.
    pub keeps_trace: bool,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// Its seed.
    pub seed: u64,
    /// What was found, if anything.
    pub violation: Option<Violation>,
    /// The rare paths it came to.
    pub sometimes: Sometimes,
    /// What happened.
    pub trace: Trace,
    /// How many records the log has in the end.
    pub records: u64,
}

/// A run under way.
#[derive(Debug)]
pub(crate) struct Simulation {
    ground: Ground,
    nodes: Vec<Node>,
    projectors: Vec<Projector>,
    clients: Vec<Client>,
    wishes: Wishes,
    steps: u64,
    letters: u64,
    is_over: bool,
}

/// Runs one seed from its beginning to its end.
#[must_use]
pub fn run(settings: Settings) -> Outcome {
    let town = Town::founded();
    let violation = match Judge::new(town) {
        Ok(judge) => {
            let mut simulation = Simulation::new(settings, town, judge);
            simulation.go();
            return simulation.outcome(settings.seed);
        }
        Err(violation) => violation,
    };
    Outcome {
        seed: settings.seed,
        violation: Some(violation),
        sometimes: Sometimes::default(),
        trace: Trace::new(false),
        records: 0,
    }
}

impl Simulation {
    fn new(settings: Settings, town: &'static Town, judge: Judge) -> Self {
        let mut chance = Chance::of(settings.seed);
        let calendar = WallClock::right();
        let flights_max = 1 + chance.place(2);
        let memory = if chance.once_in(2) { Memory::default() } else { SMALL };
        let clients = 2 + chance.place(4);
        let thinking_ms_max = chance.pick(&[1_000, 3_000, 5_000]).unwrap_or(5_000);
        let ground = Ground {
            plant: settings.plant,
            town,
            schedule: Schedule::new(),
            calendar,
            log: Log::new(town, settings.plant),
            stream: Stream::default(),
            ways: Ways::default(),
            letters: BTreeMap::new(),
            sometimes: Sometimes::default(),
            trace: Trace::new(settings.keeps_trace),
            judge,
            journal: Journal::default(),
            refusals: Refusals::default(),
            violation: None,
            thinking_ms_max,
            is_hostile: false,
            is_calm: false,
            chance,
        };
        let mut simulation = Self {
            ground,
            nodes: (0..NODES)
                .map(|number| Node::new(number, calendar, flights_max, memory))
                .collect(),
            projectors: (0..PROJECTORS).map(Projector::new).collect(),
            clients: Vec::new(),
            wishes: Wishes::default(),
            steps: 0,
            letters: 0,
            is_over: false,
        };
        simulation.begin(clients);
        simulation
    }

    fn begin(&mut self, clients: usize) {
        let ground = &mut self.ground;
        for number in 0..clients {
            let calls =
                ground.chance.between(6, 24) * if ground.thinking_ms_max < 2_000 { 2 } else { 1 };
            self.clients.push(Client::new(number, calls));
            let in_ms = ground.chance.between(100, 1_000);
            ground.schedule.plan(in_ms, Happening::Think(number));
        }
        for node in &self.nodes {
            node.tick(ground);
        }
        for projector in 0..self.projectors.len() {
            ground.schedule.plan(50, Happening::Follow { projector, life: 0 });
        }
        for (in_ms, fault) in fault::drawn(&mut ground.chance) {
            ground.is_hostile = true;
            ground.schedule.plan(in_ms, Happening::Fault(fault));
        }
        ground.schedule.plan(1_000, Happening::Watch);
        ground.schedule.plan(10, Happening::Relay);
        ground.schedule.plan(fault::FAULTS_MS, Happening::Calm);
    }

    fn go(&mut self) {
        while !self.is_over && self.ground.violation.is_none() {
            self.steps += 1;
            if self.steps > STEPS_MAX {
                let steps = self.steps;
                self.ground.find(Checker::Progress, format!("no end after {steps} steps"));
            }
            match self.ground.schedule.come() {
                Some(happening) => self.step(happening),
                None => self.is_over = true,
            }
        }
        self.close();
    }

    /// The last look, when all is over.
    fn close(&mut self) {
        let ground = &mut self.ground;
        if ground.violation.is_some() {
            return;
        }
        let closed = ground.journal.close(&ground.judge);
        ground.hold(closed);
        let refusals = std::mem::take(&mut ground.refusals);
        let closed = refusals.close(ground.town, &ground.judge);
        ground.hold(closed);
        let closed = ground.judge.look_at_index(&ground.log.index);
        ground.hold(closed);
    }

    fn outcome(self, seed: u64) -> Outcome {
        let Ground { violation, sometimes, trace, judge, .. } = self.ground;
        Outcome { seed, violation, sometimes, trace, records: judge.position() }
    }

    fn step(&mut self, happening: Happening) {
        match happening {
            Happening::Think(client) => self.think(client),
            Happening::Answer { letter, answers } => {
                self.hear_answers(letter, &answers);
            }
            Happening::Patience { client, letter } => self.lose_patience(client, letter),
            Happening::Letter { node, letter } => {
                self.on_node(node, |node, ground| node.receive(letter, ground));
            }
            Happening::Turn { node, life } => {
                self.on_node(node, |node, ground| node.turn(life, ground));
            }
            Happening::Tick { node, life } => self.on_node(node, |node, ground| {
                if node.life() == life {
                    node.turn(life, ground);
                    node.tick(ground);
                }
            }),
            Happening::Word { node, life, word } => {
                self.on_node(node, |node, ground| node.hear(life, word, ground));
            }
            Happening::Recall { node, life, letter, slots } => {
                self.on_node(node, |node, ground| {
                    if node.life() == life {
                        crate::ledger::recall(letter, slots, ground);
                    }
                });
            }
            Happening::Arrive { session, frame, takes_ms } => {
                self.ground.arrive(session, frame, takes_ms);
            }
            Happening::Finish { execution } => self.finish(execution),
            Happening::Find { node, life, session, questions } => {
                self.find_keys(node, life, session, questions);
            }
            Happening::Confirm { node, life, session } => self.ground.confirm(node, life, session),
            Happening::Index { node, life, session, from, to, keys } => {
                self.ground.advance_index((node, life, session), (from, to), keys);
            }
            Happening::End(session) => self.ground.log.end(session),
            Happening::Watch => self.watch(),
            Happening::Relay => self.relay(),
            Happening::Follow { projector, life } => {
                self.on_projector(projector, |one, ground| one.turn(life, ground));
            }
            Happening::Advance { projector, life, step } => {
                self.ground.advance((projector, life), step);
            }
            Happening::Rows { projector, life, step } => {
                self.on_projector(projector, |one, ground| {
                    if one.life() == life {
                        ground.log.table.write_rows(&step);
                        one.hear(life, true);
                    }
                });
            }
            Happening::Advanced { projector, life, is_done } => {
                self.on_projector(projector, |one, _| one.hear(life, is_done));
            }
            Happening::Resume(projector) => self.on_projector(projector, Projector::start),
            Happening::Fault(fault) => self.suffer(fault),
            Happening::Die(node) => self.strike_ledger(node, Strike::Kill),
            Happening::Restart(node) => self.on_node(node, Node::start),
            Happening::ServerUp => self.ground.log.start(),
            Happening::Room => self.ground.log.set_full(false),
            Happening::Fair => self.be_fair(),
            Happening::Mend(node) => self.on_node(node, |node, _| node.set_cut_off(None)),
            Happening::Calm => self.calm(),
            Happening::Look => self.look(),
        }
    }

    fn on_node(&mut self, node: usize, act: impl FnOnce(&mut Node, &mut Ground)) {
        if let Some(node) = self.nodes.get_mut(node) {
            act(node, &mut self.ground);
        }
    }

    fn on_projector(&mut self, projector: usize, act: impl FnOnce(&mut Projector, &mut Ground)) {
        if let Some(projector) = self.projectors.get_mut(projector) {
            act(projector, &mut self.ground);
        }
    }

    /// The faults are over: what is broken mends, and everything must come to its end.
    fn calm(&mut self) {
        self.ground.note(("calendar", 0), "faults are over", (0, 0));
        self.ground.is_calm = true;
        self.be_fair();
        self.ground.log.set_full(false);
        self.ground.schedule.plan(LOOK_MS, Happening::Look);
    }

    fn be_fair(&mut self) {
        self.ground.ways = Ways::default();
        self.ground.stream.weather = crate::stream::Weather::default();
    }

    /// Ends the run when all is done, or when it should have been.
    fn look(&mut self) {
        let ground = &mut self.ground;
        let open = self.clients.iter().filter(|client| !client.is_done()).count();
        let is_leader_there = self.nodes.iter().any(Node::is_leading);
        let head = ground.log.head().0;
        let behind = self.projectors.iter().filter(|one| !one.has_reached(head)).count();
        let is_shown =
            ground.log.table.position == head && ground.log.index.position() == head && behind == 0;
        if open == 0 && is_leader_there && is_shown {
            self.is_over = true;
            return;
        }
        if ground.now().0 > fault::FAULTS_MS + CALM_MS_MAX {
            let table = ground.log.table.position;
            let found = format!(
                "{open} clients wait; a leader: {is_leader_there}; \
                 the log at {head}, the projection at {table}, {behind} boards behind"
            );
            ground.find(Checker::Progress, found);
            return;
        }
        ground.schedule.plan(LOOK_MS, Happening::Look);
    }
}
