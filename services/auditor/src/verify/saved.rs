//! What an audit came to, kept in a file, so that another can go on from there.
//!
//! A file is written only while all that was audited is true. It holds everything that the audit
//! knows, a hash over it, and at its head where it stands; nothing in it is believed that the hash
//! and the digest of the state do not confirm. It is of one program's form: another program
//! refuses it, and begins at the first record.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::{Assembly, Piece, State, Unassembled};
use linli_log::merkle::MalformedFrontier;
use linli_proto::Malformed;
use sha2::{Digest as _, Sha256};

use super::follow::Held;
use crate::AuditError;
use crate::books::Books;
use crate::report::Counts;

/// The form, at the start of the file. It changes with everything that is written after it.
const FORM: &[u8; 16] = b"linli audit 0033";

/// What a file of one is called.
const EXTENSION: &str = "audit";

/// Pieces of the state are about so long.
const PIECE_BYTES: usize = 1024 * 1024;

/// Longest part that is read: far above every part that is written.
const PART_BYTES_MAX: u32 = 1 << 31;

const HASH_BYTES: usize = 32;

/// The same, as the length of a file is counted.
const HASH_LENGTH: u64 = 32;

/// Why a file is of no use.
#[derive(Debug, thiserror::Error)]
pub enum Unresumable {
    /// It could not be read, or is not of this form.
    #[error("it can't be read as what an audit of this program kept")]
    Read(#[from] io::Error),
    /// Its content is not what was written.
    #[error("it was changed: its hash is another")]
    Hash,
    /// It is of another log.
    #[error("it is of the log {found}, not of {expected}")]
    Log {
        /// What it says.
        found: String,
        /// What was asked for.
        expected: String,
    },
    /// The log ends before it: it was put back to an older state, or is another.
    #[error("the log ends at {head}, before it: it was put back, or is another log")]
    Shorter {
        /// Where the log ends.
        head: u64,
    },
    /// The edge of the tree in it is none.
    #[error("the tree's edge in it is malformed")]
    Frontier(#[from] MalformedFrontier),
    /// A record in it can't be read.
    #[error("a record in it can't be read")]
    Record(#[from] Malformed),
    /// The state in it is not all there.
    #[error("the state in it is not all there")]
    State(#[from] Unassembled),
    /// The state in it is another than it says.
    #[error("the state in it has another digest than it says: another program made it")]
    Digest,
}

/// Where a file stands.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Head {
    /// Whose log.
    pub(crate) log: String,
    /// After which record.
    pub(crate) position: u64,
    /// The root there.
    pub(crate) root: [u8; HASH_BYTES],
    /// The digest of the state: there, or where no frames tell where a command ends, before the
    /// last command.
    pub(crate) state_digest: [u8; HASH_BYTES],
}

/// All that an audit knows.
pub(super) struct Known {
    pub(super) head: Head,
    pub(super) followed: Vec<u8>,
    pub(super) held: Held,
    pub(super) counts: Counts,
    pub(super) books: Books,
    pub(super) state: State,
}

/// A file in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kept {
    /// After which record, by its name.
    pub(crate) position: u64,
    pub(super) path: PathBuf,
}

impl Kept {
    /// The files in a folder, by position; none where there is no folder.
    pub(crate) fn in_folder(folder: &Path) -> Result<Vec<Self>, AuditError> {
        let fault = |source| AuditError::File { path: folder.to_owned(), source };
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(fault(error)),
        };
        let mut found = Vec::new();
        for entry in entries {
            let path = entry.map_err(fault)?.path();
            let is_one = path.extension().is_some_and(|extension| extension == EXTENSION);
            let position = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
            if let (true, Some(position)) = (is_one, position) {
                found.push(Self { position, path });
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Where it stands; the rest of it is not looked at.
    pub(crate) fn head(&self) -> Result<Head, AuditError> {
        let read = || {
            let mut reader = BufReader::new(File::open(&self.path)?);
            formed(&mut reader)?;
            Head::deserialize_reader(&mut reader)
        };
        read().map_err(|error| self.unresumable(error.into()))
    }

    pub(super) fn unresumable(&self, source: Unresumable) -> AuditError {
        AuditError::Unresumable { path: self.path.clone(), source }
    }
}

/// Writes a file whole, or none.
pub(super) fn write(folder: &Path, of: &Borrowed<'_>) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!("{:020}.{EXTENSION}", of.head.position));
    let unfinished = path.with_extension("unfinished");
    let mut writer =
        Hashing { inner: BufWriter::new(File::create(&unfinished)?), hash: Sha256::new() };
    writer.write_all(FORM)?;
    of.head.serialize(&mut writer)?;
    of.followed.serialize(&mut writer)?;
    (of.held, of.counts).serialize(&mut writer)?;
    of.books.serialize(&mut writer)?;
    of.state.write_pieces::<io::Error>(PIECE_BYTES, |piece| piece.serialize(&mut writer))?;
    // No piece is empty.
    Vec::<u8>::new().serialize(&mut writer)?;
    let Hashing { mut inner, hash } = writer;
    inner.write_all(&hash.finalize())?;
    inner.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    std::fs::rename(&unfinished, &path)
}

/// What is written, borrowed.
pub(super) struct Borrowed<'a> {
    pub(super) head: Head,
    pub(super) followed: &'a [u8],
    pub(super) held: Held,
    pub(super) counts: Counts,
    pub(super) books: &'a Books,
    pub(super) state: &'a State,
}

/// Reads a file, and believes it if its hash and its state's digest are what they should be.
pub(super) fn read(path: &Path, log: &str) -> Result<Known, Unresumable> {
    let file = File::open(path)?;
    let content = file.metadata()?.len().saturating_sub(HASH_LENGTH);
    let mut reader = Hashing { inner: BufReader::new(file).take(content), hash: Sha256::new() };
    formed(&mut reader)?;
    let head = Head::deserialize_reader(&mut reader)?;
    if head.log != log {
        return Err(Unresumable::Log { found: head.log, expected: log.to_owned() });
    }
    let followed = part(&mut reader)?;
    let (held, counts) = <(Held, Counts)>::deserialize_reader(&mut reader)?;
    let books = Books::deserialize_reader(&mut reader)?;
    let mut assembly = Assembly::default();
    loop {
        let piece = part(&mut reader)?;
        if piece.is_empty() {
            break;
        }
        assembly.put(Piece::read(&piece)?)?;
    }
    let Hashing { inner, hash } = reader;
    let mut expected = [0; HASH_BYTES];
    let mut rest = inner.into_inner();
    rest.read_exact(&mut expected)?;
    if *hash.finalize() != expected || rest.read(&mut [0])? != 0 {
        return Err(Unresumable::Hash);
    }
    let state = assembly.finish()?;
    if state.digest().0 != head.state_digest || state.position().0 > head.position {
        return Err(Unresumable::Digest);
    }
    Ok(Known { head, followed, held, counts, books, state })
}

fn formed(reader: &mut impl Read) -> io::Result<()> {
    let mut form = [0; FORM.len()];
    reader.read_exact(&mut form)?;
    if form == *FORM { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// A part behind its length, as borsh writes a list of bytes.
fn part(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = u32::deserialize_reader(reader)?;
    if length > PART_BYTES_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    reader.take(length.into()).read_to_end(&mut bytes)?;
    let is_whole = u32::try_from(bytes.len()) == Ok(length);
    if is_whole { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Hashes what goes through.
struct Hashing<T> {
    inner: T,
    hash: Sha256,
}

impl<T: Write> Write for Hashing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}
