//! The form of a snapshot's body: the image's three parts in borsh, each after its length.

use borsh::{BorshDeserialize, BorshSerialize};
use bytes::Bytes;
use linli_domain::State;
use linli_log::Frontier;
use linli_log::merkle::MalformedFrontier;
use linli_log::snapshot::SNAPSHOT_PART_BYTES_MAX;
use sha2::{Digest, Sha256};

use super::Image;
use crate::keys::Filter;

/// The version of this form. It goes up with every change to what borsh writes of the state, the
/// frontier or the filter; a snapshot of another form is not read, and the log is replayed.
pub(crate) const FORMAT: i32 = 1;

/// The three parts, by reference.
#[derive(BorshSerialize)]
struct Written<'a> {
    frontier: Vec<u8>,
    filter: &'a Filter,
    state: &'a State,
}

#[derive(BorshDeserialize)]
struct Read {
    frontier: Vec<u8>,
    filter: Filter,
    state: State,
}

/// Why a body is not an image.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MalformedSnapshot {
    #[error("the body's digest is not the one it was put with")]
    Digest,
    #[error("the body is not of this form")]
    Borsh(#[from] std::io::Error),
    #[error("the tree's edge is malformed")]
    Frontier(#[from] MalformedFrontier),
    #[error("the marks of the keys are malformed")]
    Filter,
    #[error("the parts are of different positions")]
    Positions,
}

/// The body of a snapshot.
///
/// Takes as long as writing the state in the order of its ids takes, and the writer decides
/// nothing meanwhile (the frame before is being committed, so the disk is not kept waiting).
pub(crate) fn encode(image: &Image) -> std::io::Result<Bytes> {
    let written =
        Written { frontier: image.frontier.to_bytes(), filter: &image.filter, state: &image.state };
    borsh::to_vec(&written).map(Bytes::from)
}

/// The image of a body.
pub(crate) fn decode(body: &[u8], digest_of_body: &[u8]) -> Result<Image, MalformedSnapshot> {
    if digest(body) != digest_of_body {
        return Err(MalformedSnapshot::Digest);
    }
    let Read { frontier, filter, state } = borsh::from_slice(body)?;
    let frontier = Frontier::from_bytes(&frontier)?;
    if !filter.is_sound() {
        return Err(MalformedSnapshot::Filter);
    }
    if frontier.size() != state.position().0 {
        return Err(MalformedSnapshot::Positions);
    }
    Ok(Image { state, frontier, filter })
}

/// SHA-256 of a body.
pub(crate) fn digest(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

/// The body in pieces that the log takes, without copying.
pub(crate) fn parts(body: &Bytes) -> impl Iterator<Item = Bytes> {
    body.chunks(SNAPSHOT_PART_BYTES_MAX).map(|part| body.slice_ref(part))
}
