//! The second stage, on every core: hashes of the leaves, and what the records say. It needs
//! nothing but the batch, so batches are prepared side by side and taken on in their order.

use linli_domain::Record;
use linli_log::merkle::{Hash, leaf_hash};
use linli_log::{Frame, MalformedBody, records};
use linli_proto::decode_record_strict;

use crate::finding::{Finding, Kind};
use crate::source::{Batch, Page, PageKeys};
use linli_log::checkpoint::Checkpoint;
use linli_log::tiles::FullTile;

/// A page whose batches are prepared.
#[derive(Debug)]
pub(super) struct PreparedPage {
    pub(super) batches: Vec<Prepared>,
    pub(super) keys: Option<PageKeys>,
    pub(super) tiles: Vec<FullTile>,
    pub(super) checkpoints: Vec<Checkpoint>,
}

/// A batch, what its records say, and their hashes.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) batch: Batch,
    pub(super) leaves: Result<Vec<Hash>, MalformedBody>,
    pub(super) read: Read,
}

/// The records of a body, up to the first that can't be read, and what is wrong with that one.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) records: Vec<Record>,
    pub(super) fault: Option<Finding>,
}

pub(super) fn page(page: Page) -> PreparedPage {
    let Page { batches, keys, tiles, checkpoints } = page;
    let batches = batches.into_iter().map(batch).collect();
    PreparedPage { batches, keys, tiles, checkpoints }
}

fn batch(batch: Batch) -> Prepared {
    let (leaves, read) = match &batch {
        Batch::Frame(frame) => {
            let leaves = records(&frame.body).map(|record| Ok(leaf_hash(record?))).collect();
            (leaves, self::frame(frame))
        }
        Batch::Bundle { first, bundle } => {
            let leaves = bundle.records().map(leaf_hash).collect();
            (Ok(leaves), read(*first, bundle.count(), bundle.records()))
        }
    };
    Prepared { batch, leaves, read }
}

/// Reads a frame's records strictly.
pub(super) fn frame(frame: &Frame) -> Read {
    // Of a body that can't be cut the chain speaks.
    let cut = records(&frame.body).map_while(Result::ok);
    read(frame.first, records(&frame.body).count(), cut)
}

/// Reads so many records strictly, the first of which has this position.
fn read<'a>(first: u64, count: usize, bytes: impl Iterator<Item = &'a [u8]>) -> Read {
    // Room once and for all: a record is some hundred bytes, and not to be moved each time that
    // they outgrow their place.
    let mut read = Read { records: Vec::with_capacity(count), fault: None };
    for (position, bytes) in (first..).zip(bytes) {
        match decode_record_strict(bytes) {
            Ok(record) => read.records.push(record),
            Err(malformed) => {
                read.fault = Some(Finding::at(position, Kind::Form, malformed.to_string()));
                break;
            }
        }
    }
    read
}
