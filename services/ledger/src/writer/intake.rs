//! Taking requests from the intake to the desk.

use linli_domain::time::Timestamp;
use linli_port::{ClockRefused, ClockReply, Request};

use super::Writer;
use crate::clock::Passed;
use crate::desk::Ask;
use crate::store::Store;

/// Commands that are taken and decided before the writer looks whether the frame before is
/// committed: a tenth of a millisecond or so, lest the disk wait.
const SLICE_COMMANDS_MAX: usize = 64;

impl<S: Store> Writer<'_, S> {
    pub(super) fn take_requests(&mut self) {
        let mut commands = self.desk.waiting_commands();
        while commands < SLICE_COMMANDS_MAX && self.desk.has_room() {
            let Some(request) = self.intake.try_recv() else { return };
            // Wishes to move the clock have none; they count, so that the loop ends.
            commands = commands.saturating_add(request.commands().max(1));
            self.take(request);
        }
    }

    /// Takes a request in.
    pub(super) fn take(&mut self, request: Request) {
        match request {
            Request::One(envelope, ticket) => self.desk.take(Ask::One(envelope, ticket)),
            Request::Many(envelopes, ticket) => self.desk.take(Ask::Many(envelopes, ticket)),
            Request::SetClock(to, ticket) => self.move_clock(to, ticket),
        }
    }

    fn move_clock(&mut self, to: Timestamp, ticket: ClockReply) {
        match self.clock.move_to(to) {
            None => ticket.send(Err(ClockRefused::SystemClock)),
            Some(Err(Passed(now))) => ticket.send(Err(ClockRefused::Backwards { now })),
            Some(Ok(now)) => self.desk.take(Ask::Clock(now, ticket)),
        }
    }
}
