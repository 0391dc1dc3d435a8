//! Faults at work, and how each ends.

use super::{Fault, Happening, Node, Simulation, Strike, Word};
use crate::projector::Projector;
use crate::sometimes::Path;
use crate::stream::{Mishap, Weather};

/// A jump of a clock that is worth counting.
const JUMP_MS: i64 = 60_000;

impl Simulation {
    /// Lets a fault begin, and plans its end.
    pub(super) fn suffer(&mut self, fault: Fault) {
        if self.ground.is_calm {
            return;
        }
        let ground = &mut self.ground;
        match fault {
            Fault::Ledger(node, strike) => {
                let node = self.aimed(node);
                self.strike_ledger(node, strike);
            }
            Fault::Projector(projector, strike) => self.strike_projector(projector, strike),
            Fault::ServerDies => self.server_dies(),
            Fault::DiskFull(ms) => {
                ground.log.set_full(true);
                ground.reach(Path::DiskFull);
                ground.schedule.plan(ms, Happening::Room);
            }
            Fault::Night(ms) => {
                ground.note(("calendar", 0), "leaps", (0, 0));
                ground.calendar.jump(ms);
                self.nodes.iter_mut().for_each(|node| node.clock.jump(ms));
            }
            Fault::Storm(ms) => {
                ground.ways.lost = ground.chance.between(5, 40);
                ground.ways.doubled = ground.chance.between(0, 40);
                ground.schedule.plan(ms, Happening::Fair);
            }
            Fault::Spoil(spoil) => {
                ground.log.spoil_snapshots(spoil);
            }
            Fault::Weather(ms) => {
                let mut percent = || ground.chance.between(0, 40);
                let weather = Weather { lost: percent(), doubled: percent(), late: percent() };
                ground.stream.weather = weather;
                ground.schedule.plan(ms, Happening::Fair);
            }
            Fault::Stream(mishap) => self.spoil_stream(mishap),
        }
    }

    /// Faults of one ledger mostly strike the one that leads.
    fn aimed(&mut self, node: usize) -> usize {
        let leading = self.nodes.iter().position(Node::is_leading);
        leading.filter(|_| self.ground.chance.percent(60)).unwrap_or(node)
    }

    pub(super) fn strike_ledger(&mut self, node: usize, strike: Strike) {
        let ground = &mut self.ground;
        match strike {
            Strike::Kill => {
                let in_ms = ground.chance.between(50, 4_000);
                ground.schedule.plan(in_ms, Happening::Restart(node));
                self.on_node(node, Node::kill);
            }
            Strike::Stop => {
                let in_ms = ground.chance.between(500, 6_000);
                ground.schedule.plan(in_ms, Happening::Restart(node));
                self.on_node(node, Node::stop);
            }
            Strike::Pause(ms) => self.on_node(node, |node, ground| node.pause(ms, ground)),
            Strike::Break => self.on_node(node, |node, ground| {
                if let Some(session) = node.session() {
                    ground.note(("server", 0), "loses a connection", (session.0, 0));
                    ground.log.end(session);
                    ground.tell(node.number(), node.life(), Word::Lost(session));
                }
            }),
            Strike::CutOff(ms) => {
                ground.note(("ledger", node), "is cut off", (ms, 0));
                ground.schedule.plan(ms, Happening::Mend(node));
                self.on_node(node, |node, ground| node.set_cut_off(Some(ground.now())));
            }
            Strike::Jump(ms) => self.on_node(node, |node, ground| {
                node.clock.jump(ms);
                if node.is_leading() && ms < -JUMP_MS {
                    ground.reach(Path::ClockWentBack);
                } else if node.is_leading() && ms > JUMP_MS {
                    ground.reach(Path::ClockLeapt);
                }
            }),
            Strike::Snapshot { is_hasty } => {
                self.on_node(node, |node, ground| node.snapshot(is_hasty, ground));
            }
        }
    }

    fn strike_projector(&mut self, projector: usize, strike: Strike) {
        let in_ms = self.ground.chance.between(50, 4_000);
        match strike {
            Strike::Pause(ms) => {
                self.on_projector(projector, |one, ground| one.pause(ms, ground));
            }
            // It has no state of its own to lose: however it ends, it ends at once.
            Strike::Kill
            | Strike::Stop
            | Strike::Break
            | Strike::CutOff(_)
            | Strike::Jump(_)
            | Strike::Snapshot { .. } => {
                self.ground.schedule.plan(in_ms, Happening::Resume(projector));
                self.on_projector(projector, Projector::kill);
            }
        }
    }

    fn server_dies(&mut self) {
        let ground = &mut self.ground;
        if !ground.log.is_up() {
            return;
        }
        ground.note(("server", 0), "dies", (ground.log.head().0, 0));
        let (fates, has_lost) = ground.log.die(&mut ground.chance);
        if has_lost {
            ground.reach(Path::IndexLostSteps);
        }
        for fate in fates {
            ground.reach(Path::ServerDiedInFlight);
            ground.settle(&fate);
        }
        let in_ms = ground.chance.between(200, 4_000);
        ground.schedule.plan(in_ms, Happening::ServerUp);
        for node in 0..self.nodes.len() {
            self.on_node(node, |node, ground| {
                if let Some(session) = node.session() {
                    ground.tell(node.number(), node.life(), Word::Lost(session));
                }
            });
        }
    }

    fn spoil_stream(&mut self, mishap: Mishap) {
        let ground = &mut self.ground;
        if ground.stream.suffer(mishap, &mut ground.chance) {
            ground.note(("stream", 0), "suffers", (0, 0));
            ground.reach(match mishap {
                Mishap::CutBack => Path::StreamCutBack,
                Mishap::Gone => Path::StreamFilledAnew,
                Mishap::AnotherLog => Path::StreamOfAnotherLog,
            });
        }
    }
}
