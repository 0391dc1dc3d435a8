//! Whom an audit believes: the log's public keys with the times in which they were valid, and
//! witnesses.

use linli_log::checkpoint::Checkpoint;
use linli_notary::{InvalidKey, TreeHead, TrustedKeys, TrustedWitnesses};

/// Whose signatures are checked. By default nobody's: checkpoints are then held against the records
/// alone.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The log's keys; none if its signatures are not checked.
    pub log: Option<KeyRing>,
    /// Witnesses whose cosignatures are checked where they stand.
    pub witnesses: TrustedWitnesses,
    /// Checkpoints of the log that somebody kept elsewhere, whatever the log itself says of them now: each has
    /// to be over records that are still there.
    pub seen: Vec<Checkpoint>,
}

/// The log's public keys, each with the times in which it was valid.
#[derive(Clone, Debug)]
pub struct KeyRing(Vec<Key>);

#[derive(Clone, Debug)]
struct Key {
    key: TrustedKeys,
    from_us: i64,
    until_us: i64,
}

/// A text that is no ring of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyRing {
    /// A key is none.
    #[error(transparent)]
    Key(#[from] InvalidKey),
    /// What follows a key is no time.
    #[error("a key may be followed by from=<instant> and until=<instant>, and nothing else")]
    Time,
}

impl KeyRing {
    /// Reads public keys, one a line, each with the instants from and until which it was valid if
    /// it was not always: `<key> from=2025-01-01T00:00:00Z until=2026-01-01T00:00:00Z`. Blank lines
    /// and those that begin with `#` say nothing.
    ///
    /// # Errors
    /// [`InvalidKeyRing`].
    pub fn parse(text: &str) -> Result<Self, InvalidKeyRing> {
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys = lines.map(Key::parse).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(InvalidKey::None.into()) } else { Ok(Self(keys)) }
    }

    /// The head that a note tells, if a key signed it that was valid at a time (microseconds since
    /// 1970), or at any where the time is not known.
    ///
    /// # Errors
    /// Says in words why it is not believed.
    pub fn open(&self, note: &str, at_us: Option<i64>) -> Result<TreeHead, String> {
        let mut why = "no key".to_owned();
        for key in &self.0 {
            match key.key.open(note) {
                Ok(_) if !key.is_valid(at_us) => {
                    "it is signed by a key that was not valid then".clone_into(&mut why);
                }
                Ok(head) => return Ok(head),
                Err(error) => {
                    let cause = std::error::Error::source(&error);
                    let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
                    why = format!("{error}{cause}");
                }
            }
        }
        Err(why)
    }
}

impl Key {
    fn parse(line: &str) -> Result<Self, InvalidKeyRing> {
        let mut words = line.split_whitespace();
        let key = TrustedKeys::parse(words.next().unwrap_or_default())?;
        let (mut from_us, mut until_us) = (i64::MIN, i64::MAX);
        for word in words {
            let (name, instant) = word.split_once('=').ok_or(InvalidKeyRing::Time)?;
            let instant: jiff::Timestamp = instant.parse().map_err(|_| InvalidKeyRing::Time)?;
            match name {
                "from" => from_us = instant.as_microsecond(),
                "until" => until_us = instant.as_microsecond(),
                _ => return Err(InvalidKeyRing::Time),
            }
        }
        Ok(Self { key, from_us, until_us })
    }

    fn is_valid(&self, at_us: Option<i64>) -> bool {
        at_us.is_none_or(|at| (self.from_us..self.until_us).contains(&at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_log::merkle::EMPTY_ROOT;
    use linli_notary::{KeyPair, LogKeys};

    #[test]
    fn a_key_is_believed_in_its_time() {
        let pair = KeyPair::of("linli.example/gulou", &[1; 32]).unwrap();
        let head = TreeHead { origin: "linli.example/gulou".into(), size: 0, root: EMPTY_ROOT };
        let note = LogKeys::parse(&pair.secret).unwrap().sign(&head).unwrap();
        let ring = |times: &str| KeyRing::parse(&format!("# a log\n{} {times}\n", pair.public));
        for (times, at, holds) in [
            ("", 5_000_000, true),
            ("from=1970-01-01T00:00:05Z", 5_000_000, true),
            ("from=1970-01-01T00:00:06Z", 5_000_000, false),
            ("until=1970-01-01T00:00:05Z", 5_000_000, false),
            ("from=1970-01-01T00:00:01Z until=1970-01-01T00:00:06Z", 5_000_000, true),
        ] {
            assert_eq!(ring(times).unwrap().open(&note, Some(at)).is_ok(), holds, "{times}");
        }
        assert!(ring("until=1970-01-01T00:00:05Z").unwrap().open(&note, None).is_ok());
        let other = note.replace("\n0\n", "\n1\n");
        assert!(ring("").unwrap().open(&other, None).unwrap_err().contains("invalid signature"));
        assert_eq!(ring("since=1").unwrap_err(), InvalidKeyRing::Time);
        assert_eq!(ring("from=yesterday").unwrap_err(), InvalidKeyRing::Time);
        assert_eq!(KeyRing::parse("").unwrap_err(), InvalidKeyRing::Key(InvalidKey::None));
    }
}
