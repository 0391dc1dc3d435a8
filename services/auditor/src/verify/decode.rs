//! The second stage: are the frames one chain, and what do their records say?

use linli_domain::inspection::{self, Head};
use linli_domain::{Event, Origin, Record};
use linli_log::Frame;
use linli_proto::decode_record_strict;
use tokio::sync::mpsc::{Receiver, Sender};

use super::commands::{Command, Commands};
use super::feed::Page;
use crate::chain::{Chain, Checked, Standing};
use crate::finding::{Finding, Kind};

/// A frame as far as it could be read.
#[derive(Debug)]
pub(crate) struct ReadFrame {
    pub(crate) last: u64,
    pub(crate) root: linli_log::Root,
    /// Its records, up to the first that can't be read.
    pub(crate) records: Vec<Record>,
    /// Are the records what was committed?
    pub(crate) proven: bool,
    /// Can the replay go on after it?
    pub(crate) whole: bool,
    pub(crate) findings: Vec<Finding>,
    /// Commands so far, and of how many the index of keys was asked.
    pub(crate) commands: u64,
    pub(crate) keys_compared: Option<u64>,
}

/// Reads page after page until there are no more, or until one breaks the chain for good.
pub(crate) fn run(mut pages: Receiver<Page>, frames: &Sender<ReadFrame>) {
    let mut decoder = Decoder::default();
    while let Some(Page { frames: page, keys }) = pages.blocking_recv() {
        decoder.commands.expect(keys);
        let mut page = page.into_iter().peekable();
        while let Some(frame) = page.next() {
            let mut read = decoder.frame(frame);
            if page.peek().is_none() && read.whole {
                decoder.commands.superfluous(read.last, &mut read.findings);
            }
            let whole = read.whole;
            if frames.blocking_send(read).is_err() || !whole {
                return;
            }
        }
    }
}

#[derive(Default)]
struct Decoder {
    chain: Chain,
    commands: Commands,
}

impl Decoder {
    fn frame(&mut self, frame: Frame) -> ReadFrame {
        let Checked { frame, standing, mut findings } = self.chain.check(frame);
        let proven = standing == Standing::Proven;
        let (records, fault) = match standing {
            Standing::Proven | Standing::Doubtful => decode(&frame),
            Standing::Misplaced => (Vec::new(), None),
        };
        let whole = proven && fault.is_none();
        findings.extend(fault);
        if whole {
            self.frame_time(&frame, &records, &mut findings);
            findings.extend(records.iter().filter_map(|record| steered(&frame, record)));
            for group in records.chunk_by(same_command) {
                self.command(group, &mut findings);
            }
        }
        ReadFrame {
            last: frame.last,
            root: frame.root,
            records,
            proven,
            whole,
            findings,
            commands: self.commands.count(),
            keys_compared: self.commands.compared(),
        }
    }

    fn frame_time(&self, frame: &Frame, records: &[Record], findings: &mut Vec<Finding>) {
        let found = frame.recorded_at;
        let expected = records.last().map(|record| record.recorded_at.microseconds());
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            let what = format!("the frame says {found} µs, its last record {expected} µs");
            findings.push(Finding::among(frame.first, frame.last, Kind::FrameTime, what));
        }
    }

    fn command(&mut self, group: &[Record], findings: &mut Vec<Finding>) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        if let Origin::Command { client, key, body_hash } = &first.origin {
            let command = Command {
                client: *client,
                key,
                body_hash: *body_hash,
                first: first.position.0,
                last: last.position.0,
            };
            self.commands.take(&command, findings);
        }
    }
}

/// A sample hangs on the log before its frame: neither its length nor its root can be chosen.
fn steered(frame: &Frame, record: &Record) -> Option<Finding> {
    let Event::Inspection(inspection::Event::Drawn(sample)) = &record.event else { return None };
    let Head { size, root } = sample.head;
    let (expected, before) = (frame.first.saturating_sub(1), frame.previous_root);
    if (size.0, &root) == (expected, before.as_bytes()) {
        return None;
    }
    let what =
        format!("a sample hangs on {size} records, and there are {expected} before its frame");
    Some(Finding::at(record.position.0, Kind::Root, what))
}

/// Are two neighbours of one command? What happens by itself is always on its own.
pub(crate) fn same_command(one: &Record, next: &Record) -> bool {
    matches!(one.origin, Origin::Command { .. }) && one.origin == next.origin
}

/// The records of a frame up to the first that can't be read, and what is wrong with that one.
fn decode(frame: &Frame) -> (Vec<Record>, Option<Finding>) {
    let mut found = Vec::new();
    for (position, bytes) in (frame.first..).zip(frame.records()) {
        // Of a body that can't be cut the chain has spoken already.
        let Ok(bytes) = bytes else { break };
        match decode_record_strict(bytes) {
            Ok(record) => found.push(record),
            Err(malformed) => {
                let finding = Finding::at(position, Kind::Form, malformed.to_string());
                return (found, Some(finding));
            }
        }
    }
    (found, None)
}
