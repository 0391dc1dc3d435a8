//! The chain of frames: each on the root of the one before, each root that of its records.
//!
//! The log keeps one root a frame and no hash a record, so a root that does not fit says only
//! *that* something among the frame's records was changed. What more can be said is worked out
//! here:
//!
//! | what does not fit | what follows |
//! |---|---|
//! | a column beside the body, while the records give the root | the column was changed; the records are proven |
//! | the root in a few of its bytes | the root was changed: a hash of other records differs in nearly all |
//! | the root, and one byte put back makes it fit | that byte was changed, in that record ([`mend`]) |
//! | the root, and nothing makes it fit | something among the frame's records was changed |

mod mend;
mod path;

use linli_log::frame::MalformedBody;
use linli_log::merkle::tile::TILE_HEIGHT;
use linli_log::merkle::{Hash, leaf_hash};
use linli_log::{Frame, Frontier, Root, records};

use crate::finding::{Finding, Kind};

/// Two roots that differ in so many bytes or fewer are one root, damaged. By chance two hashes
/// agree in 28 of 32 bytes once in 2^200.
const ROOT_BYTES_DAMAGED_MAX: usize = 4;

/// What the chain says of a frame's records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// They are, byte for byte, what the root was made of.
    Proven,
    /// They are in their place, but something among them was changed.
    Doubtful,
    /// They don't belong here.
    Misplaced,
}

/// A frame and what the chain says of it.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The frame, put right where it could be.
    pub(crate) frame: Frame,
    /// The hashes of its records, as far as they could be cut.
    pub(crate) leaves: Vec<Hash>,
    pub(crate) standing: Standing,
    pub(crate) findings: Vec<Finding>,
    /// Was its body put right?
    pub(crate) is_mended: bool,
}

/// All frames so far, as the growing edge of their tree.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    frontier: Frontier,
}

impl Chain {
    /// One that goes on where this edge ends.
    pub(crate) fn resumed(frontier: Frontier) -> Self {
        Self { frontier }
    }

    /// The position of the last record that is proven.
    pub(crate) fn end(&self) -> u64 {
        self.frontier.size()
    }

    /// The root over all records that are proven.
    pub(crate) fn root(&self) -> Root {
        self.frontier.root()
    }

    /// The growing edge.
    pub(crate) fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Moves on over records that stand in no frame: what proves them is the tree at its end.
    pub(crate) fn grow(&mut self, leaves: &[Hash]) {
        leaves.iter().for_each(|leaf| self.frontier.push(*leaf));
    }

    /// The same over as many records as a tile of leaves has, which has this root. They have to be a
    /// tile's: the chain is one with the tree where it ends, or it is none.
    pub(crate) fn grow_by_tile(&mut self, root: Hash) {
        self.frontier.push_full(TILE_HEIGHT, root);
    }

    /// Checks the frame that comes next, whose records have these hashes, and moves on over it if
    /// its records are proven.
    pub(crate) fn check(
        &mut self,
        frame: Frame,
        leaves: Result<Vec<Hash>, MalformedBody>,
    ) -> Checked {
        let grown = leaves.as_ref().map(|leaves| self.grown(leaves)).map_err(|fault| *fault);
        let known = leaves.unwrap_or_default();
        match grown {
            Ok(next) if damaged_bytes(&next.root(), &frame.root) <= ROOT_BYTES_DAMAGED_MAX => {
                self.proven(frame, next, known)
            }
            _ if self.is_misplaced(&frame) => self.misplaced(frame),
            grown => match self.mended(&frame) {
                Some((frame, next, leaves, finding)) => {
                    let mut checked = self.proven(frame, next, leaves);
                    checked.findings.insert(0, finding);
                    checked.is_mended = true;
                    checked
                }
                None => doubtful(frame, grown.map(|next| next.root()), known),
            },
        }
    }

    fn mended(&self, frame: &Frame) -> Option<(Frame, Frontier, Vec<Hash>, Finding)> {
        let mended = mend::mend(&self.frontier, frame)?;
        let finding = mended.finding(frame.first);
        let frame = Frame { body: mended.body, ..frame.clone() };
        let leaves = records(&frame.body).map(|record| Some(leaf_hash(record.ok()?)));
        let leaves: Vec<Hash> = leaves.collect::<Option<_>>()?;
        Some((frame, self.grown(&leaves), leaves, finding))
    }

    fn grown(&self, leaves: &[Hash]) -> Frontier {
        let mut next = self.frontier.clone();
        leaves.iter().for_each(|leaf| next.push(*leaf));
        next
    }

    fn is_misplaced(&self, frame: &Frame) -> bool {
        frame.first != self.end().saturating_add(1)
            || damaged_bytes(&frame.previous_root, &self.frontier.root()) > ROOT_BYTES_DAMAGED_MAX
    }

    /// The records give the root: whatever else the frame says wrong is about itself alone.
    fn proven(&mut self, mut frame: Frame, next: Frontier, leaves: Vec<Hash>) -> Checked {
        let mut findings = Vec::new();
        let (first, last) = (self.end().saturating_add(1), next.size());
        let mut say = |kind, what: String| findings.push(Finding::among(first, last, kind, what));
        if (frame.first, frame.last) != (first, last) {
            let (says_first, says_last) = (frame.first, frame.last);
            say(
                Kind::Chain,
                format!(
                    "the frame says that it holds {says_first} to {says_last}; its records are \
                     as they were"
                ),
            );
        }
        let (found, expected) = (frame.previous_root, self.frontier.root());
        if found != expected {
            say(
                Kind::Chain,
                format!(
                    "the frame says that it follows the root {found}, not {expected}; its records \
                     are as they were"
                ),
            );
        }
        let (found, expected) = (frame.root, next.root());
        if found != expected {
            say(
                Kind::Root,
                format!(
                    "the root in the frame is {found}, not {expected}: a few of its bytes were \
                     changed; its records are as they were"
                ),
            );
        }
        self.frontier = next;
        (frame.first, frame.last) = (first, last);
        frame.root = self.frontier.root();
        let standing = Standing::Proven;
        Checked { frame, leaves, standing, findings, is_mended: false }
    }

    fn misplaced(&self, frame: Frame) -> Checked {
        let (next, root) = (self.end().saturating_add(1), self.frontier.root());
        let Frame { first, last, previous_root, .. } = frame;
        let finding = if first > next {
            let missing = first.saturating_sub(1);
            Finding::among(
                next,
                missing,
                Kind::Chain,
                format!("missing; the next frame begins at {first}"),
            )
        } else if first < next {
            Finding::among(
                first,
                last.max(first),
                Kind::Chain,
                format!("a frame begins at {first}, where others ended at {}", self.end()),
            )
        } else {
            Finding::among(
                first,
                last.max(first),
                Kind::Chain,
                format!(
                    "the frame was made on top of another history: it follows the root \
                     {previous_root}, and the records before it have {root}"
                ),
            )
        };
        let (leaves, findings) = (Vec::new(), vec![finding]);
        Checked { frame, leaves, standing: Standing::Misplaced, findings, is_mended: false }
    }
}

fn doubtful(frame: Frame, grown: Result<Hash, MalformedBody>, leaves: Vec<Hash>) -> Checked {
    let what = match grown {
        Ok(root) => format!(
            "the records in the frame have the root {root}, but it was made with {}; more than \
             one byte among them was changed",
            frame.root
        ),
        Err(malformed) => format!("the frame can't be cut into records: {malformed}"),
    };
    let finding = Finding::among(frame.first, frame.last.max(frame.first), Kind::Root, what);
    let findings = vec![finding];
    Checked { frame, leaves, standing: Standing::Doubtful, findings, is_mended: false }
}

/// In how many bytes two hashes differ.
fn damaged_bytes(one: &Hash, other: &Hash) -> usize {
    one.as_bytes().iter().zip(other.as_bytes()).filter(|(one, other)| one != other).count()
}
