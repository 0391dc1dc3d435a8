//! A part of a snapshot's body, with its own digest behind it: so that parts can be checked on
//! whatever core reads them.

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// Bytes of the digest at a part's end.
pub(super) const DIGEST_BYTES: usize = 32;

/// Content, then its SHA-256. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part(pub(super) Bytes);

/// A part's content is not what its digest is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part of a snapshot is damaged")]
pub struct DamagedPart;

impl Part {
    /// Puts the digest behind the content.
    #[must_use]
    pub fn seal(mut content: Vec<u8>) -> Self {
        let digest = Sha256::digest(&content);
        content.extend_from_slice(&digest);
        Self(content.into())
    }

    /// The content, if it is what was sealed.
    ///
    /// # Errors
    /// [`DamagedPart`].
    pub fn open(&self) -> Result<Bytes, DamagedPart> {
        let end = self.0.len().checked_sub(DIGEST_BYTES).ok_or(DamagedPart)?;
        let content = self.0.slice(..end);
        let is_same = Sha256::digest(&content).as_slice() == self.digest();
        if is_same { Ok(content) } else { Err(DamagedPart) }
    }

    /// How many bytes it has, digest included.
    #[must_use]
    pub fn len_bytes(&self) -> usize {
        self.0.len()
    }

    /// The digest at its end; what there is of it, where the part is shorter.
    pub(super) fn digest(&self) -> &[u8] {
        let begin = self.0.len().saturating_sub(DIGEST_BYTES);
        self.0.get(begin..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_and_nothing_else() {
        let part = Part::seal(b"content".to_vec());
        assert_eq!(part.open().unwrap(), "content");
        let mut bytes = part.0.to_vec();
        bytes[3] ^= 1;
        assert_eq!(Part(bytes.into()).open(), Err(DamagedPart));
        assert_eq!(Part(part.0.slice(1..)).open(), Err(DamagedPart));
        assert_eq!(Part(Bytes::from_static(b"short")).open(), Err(DamagedPart));
        assert_eq!(Part::seal(Vec::new()).open().unwrap(), "");
    }
}
