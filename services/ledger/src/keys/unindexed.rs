//! Keys that are in frames and not yet in the index.

use linli_domain::Origin;
use linli_log::frame::FrameFault;
use linli_log::{Frame, KeyEntry};

use super::client_bytes;
use crate::image::ReplayError;

/// How far the index of keys is, and the keys of the frames after it: what a writer must remember
/// from its first command on.
#[derive(Clone, Debug, Default)]
pub struct Unindexed {
    pub(crate) position: u64,
    pub(crate) keys: Vec<KeyEntry>,
}

impl Unindexed {
    /// None, with the index at a position.
    #[must_use]
    pub fn after(position: u64) -> Self {
        Self { position, keys: Vec::new() }
    }

    /// How far the index is.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Adds the keys of the next frame.
    ///
    /// # Errors
    /// [`ReplayError`] when the frame can't be read.
    pub fn take(&mut self, frame: &Frame) -> Result<(), ReplayError> {
        if frame.last > self.position {
            self.keys.extend(keys_of(frame)?);
        }
        Ok(())
    }
}

/// The keys of a frame's commands, in their order, as the index keeps them.
///
/// Commands whose records hold no hash of their body are left out: they are of a log that was
/// begun when keys were committed with their frames, and are in the index.
///
/// # Errors
/// [`ReplayError`] when the frame can't be read.
pub fn keys_of(frame: &Frame) -> Result<Vec<KeyEntry>, ReplayError> {
    let mut keys: Vec<KeyEntry> = Vec::new();
    for (position, bytes) in (frame.first..).zip(frame.records()) {
        let malformed =
            |source| ReplayError::Frame { first: frame.first, source: FrameFault::Body(source) };
        let origin = linli_proto::decode_origin(bytes.map_err(malformed)?)
            .map_err(|source| ReplayError::Record { position, source })?;
        let Origin::Command { client, key, body_hash: Some(body_hash) } = origin else { continue };
        let client = client_bytes(client);
        match keys.last_mut() {
            // Records of one command are neighbours.
            Some(last)
                if last.last.saturating_add(1) == position
                    && last.client == client
                    && *last.key == *key.as_str() =>
            {
                last.last = position;
            }
            _ => keys.push(KeyEntry {
                client,
                key: key.as_str().into(),
                body_hash: body_hash.0,
                first: position,
                last: position,
            }),
        }
    }
    Ok(keys)
}
