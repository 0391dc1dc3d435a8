//! The form of a snapshot: the image cut into parts that can be read in parallel, in this order:
//! the tree's edge, the marks of the keys, the pieces of the state. A piece that is longer than a
//! part may be lies in several, one after the other.

use bytes::Bytes;
use linli_domain::{Assembly, Piece, Unassembled};
use linli_log::Frontier;
use linli_log::merkle::MalformedFrontier;
use linli_log::snapshot::{DamagedPart, Part, SNAPSHOT_PART_BYTES_MAX};

use super::Image;
use crate::keys::{Filter, Segments};

/// The version of this form. It goes up with every change to what borsh writes of the state, the
/// frontier or the filter; a snapshot of another form is not read, and the log is replayed.
pub(crate) const FORMAT: i32 = 34;

/// A part ends once it has so many bytes: a few milliseconds of work for whoever reads it, and
/// far below what a part may have.
const PART_BYTES_MIN: usize = 512 * 1024;

/// What a part may hold of a piece. No entry comes near it as people live; but none has a bound
/// either, and a single long one must not keep all others from being written.
const PIECE_BYTES_MAX: usize = SNAPSHOT_PART_BYTES_MAX / 2;

const FRONTIER: u8 = 0;
const MARKS: u8 = 1;
const PIECE: u8 = 2;
const PIECE_GOES_ON: u8 = 3;
const PIECE_ENDS: u8 = 4;

/// Why a snapshot is not an image.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MalformedSnapshot {
    #[error(transparent)]
    Damaged(#[from] DamagedPart),
    #[error("a part is not of this form")]
    Borsh(#[from] std::io::Error),
    #[error("the tree's edge is malformed")]
    Frontier(#[from] MalformedFrontier),
    #[error("the marks of the keys are malformed or not all there")]
    Filter,
    #[error("a piece of the state is not all there")]
    Piece,
    #[error("the state is not all there")]
    State(#[from] Unassembled),
    #[error("the parts are of different positions")]
    Positions,
}

/// Why an image was not written to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unwritten {
    #[error("nobody takes the parts any more")]
    Stopped,
    #[error("a part could not be encoded")]
    Encode(#[from] std::io::Error),
}

/// Writes an image part by part. Takes as long as `sink` lets it.
pub(crate) fn write(
    image: &Image,
    sink: impl FnMut(Part) -> Result<(), Unwritten>,
) -> Result<(), Unwritten> {
    write_cut(image, PIECE_BYTES_MAX, sink)
}

/// The same, with so many bytes of a piece in a part.
pub(super) fn write_cut(
    image: &Image,
    piece_bytes_max: usize,
    mut sink: impl FnMut(Part) -> Result<(), Unwritten>,
) -> Result<(), Unwritten> {
    let mut seal = |tag: u8, mut content: Vec<u8>| {
        content.push(tag);
        sink(Part::seal(content))
    };
    seal(FRONTIER, image.frontier.to_bytes())?;
    for segments in image.filter.cut(PART_BYTES_MIN) {
        seal(MARKS, borsh::to_vec(&segments)?)?;
    }
    image.state.write_pieces(PART_BYTES_MIN, |piece| cut(piece, piece_bytes_max, &mut seal))
}

/// Hands a piece on with the tag of what it is: whole, or bit by bit if it is longer than that.
fn cut(
    piece: Vec<u8>,
    bytes_max: usize,
    sink: &mut impl FnMut(u8, Vec<u8>) -> Result<(), Unwritten>,
) -> Result<(), Unwritten> {
    if piece.len() <= bytes_max {
        return sink(PIECE, piece);
    }
    let mut bits = piece.chunks(bytes_max).peekable();
    while let Some(bit) = bits.next() {
        let tag = if bits.peek().is_some() { PIECE_GOES_ON } else { PIECE_ENDS };
        sink(tag, bit.to_vec())?;
    }
    Ok(())
}

/// What a part holds.
#[derive(Debug)]
pub(crate) enum Content {
    Frontier(Frontier),
    Marks(Segments),
    Piece(Box<Piece>),
    /// A bit of a long piece, and whether it is the last.
    Bit(Bytes, bool),
}

impl Content {
    /// Checks a part and reads it: what takes the time, and needs nothing but the part.
    pub(crate) fn of(part: &Part) -> Result<Self, MalformedSnapshot> {
        let content = part.open()?;
        let bit = || content.slice(..content.len().saturating_sub(1));
        let unknown = || std::io::Error::from(std::io::ErrorKind::InvalidData);
        match content.split_last().ok_or_else(unknown)? {
            (&FRONTIER, bytes) => Ok(Self::Frontier(Frontier::from_bytes(bytes)?)),
            (&MARKS, bytes) => Ok(Self::Marks(borsh::from_slice(bytes)?)),
            (&PIECE, bytes) => Ok(Self::Piece(Box::new(Piece::read(bytes)?))),
            (&PIECE_GOES_ON, _) => Ok(Self::Bit(bit(), false)),
            (&PIECE_ENDS, _) => Ok(Self::Bit(bit(), true)),
            _ => Err(unknown().into()),
        }
    }
}

/// An image in the making. Parts are put in the order in which they were written.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    frontier: Frontier,
    filter: Filter,
    segments: usize,
    /// What is there of a long piece.
    begun: Vec<u8>,
    assembly: Assembly,
}

impl Reading {
    pub(crate) fn put(&mut self, content: Content) -> Result<(), MalformedSnapshot> {
        match content {
            Content::Frontier(frontier) => self.frontier = frontier,
            Content::Marks(segments) => {
                let put = self.filter.put(self.segments, segments);
                self.segments = put.ok_or(MalformedSnapshot::Filter)?;
            }
            Content::Piece(piece) => self.assembly.put(*piece)?,
            Content::Bit(bit, is_last) => {
                self.begun.extend_from_slice(&bit);
                if is_last {
                    self.assembly.put(Piece::read(&std::mem::take(&mut self.begun))?)?;
                }
            }
        }
        Ok(())
    }

    /// The image, if all of it was put in.
    pub(crate) fn finish(self) -> Result<Image, MalformedSnapshot> {
        let Self { frontier, filter, segments, begun, assembly } = self;
        if !begun.is_empty() {
            return Err(MalformedSnapshot::Piece);
        }
        if !filter.is_whole(segments) {
            return Err(MalformedSnapshot::Filter);
        }
        let state = assembly.finish()?;
        if frontier.size() != state.position().0 {
            return Err(MalformedSnapshot::Positions);
        }
        Ok(Image { state, frontier, filter })
    }
}
