//! The form of a snapshot: the image cut into parts that can be read in parallel, in this order:
//! the tree's edge, the marks of the keys, the pieces of the state.

use linli_domain::{Assembly, Piece, Unassembled};
use linli_log::Frontier;
use linli_log::merkle::MalformedFrontier;
use linli_log::snapshot::{DamagedPart, Part};

use super::Image;
use crate::keys::{Filter, Segments};

/// The version of this form. It goes up with every change to what borsh writes of the state, the
/// frontier or the filter; a snapshot of another form is not read, and the log is replayed.
pub(crate) const FORMAT: i32 = 33;

/// A part ends once it has so many bytes: a few milliseconds of work for whoever reads it, and
/// far below what a part may have, however long its last entry is.
const PART_BYTES_MIN: usize = 512 * 1024;

const FRONTIER: u8 = 0;
const MARKS: u8 = 1;
const PIECE: u8 = 2;

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
    image.state.write_pieces(PART_BYTES_MIN, |piece| seal(PIECE, piece))
}

/// What a part holds.
#[derive(Debug)]
pub(crate) enum Content {
    Frontier(Frontier),
    Marks(Segments),
    Piece(Box<Piece>),
}

impl Content {
    /// Checks a part and reads it: what takes the time, and needs nothing but the part.
    pub(crate) fn of(part: &Part) -> Result<Self, MalformedSnapshot> {
        let content = part.open()?;
        let unknown = || std::io::Error::from(std::io::ErrorKind::InvalidData);
        match content.split_last().ok_or_else(unknown)? {
            (&FRONTIER, bytes) => Ok(Self::Frontier(Frontier::from_bytes(bytes)?)),
            (&MARKS, bytes) => Ok(Self::Marks(borsh::from_slice(bytes)?)),
            (&PIECE, bytes) => Ok(Self::Piece(Box::new(Piece::read(bytes)?))),
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
        }
        Ok(())
    }

    /// The image, if all of it was put in.
    pub(crate) fn finish(self) -> Result<Image, MalformedSnapshot> {
        let Self { frontier, filter, segments, assembly } = self;
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
