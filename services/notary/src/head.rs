//! What a checkpoint says: whose log, how many records, and the root over them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use linli_log::Root;
use linli_log::merkle::Hash;

/// The head of a tree, as the text of a C2SP tlog-checkpoint says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// The name of the log, for good: where it is served, without a scheme.
    pub origin: String,
    /// How many records.
    pub size: u64,
    /// The root over them.
    pub root: Root,
}

/// A text that is no checkpoint, or one with lines of its own, which nobody here would understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a checkpoint is three lines: the log's name, its size, its root in base 64")]
pub struct MalformedHead;

impl fmt::Display for TreeHead {
    /// The three lines, each with its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, base64(&self.root))
    }
}

impl std::str::FromStr for TreeHead {
    type Err = MalformedHead;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lines: Vec<&str> = text.strip_suffix('\n').ok_or(MalformedHead)?.split('\n').collect();
        let [origin, size, root] = lines[..] else { return Err(MalformedHead) };
        let root = from_base64(root).ok_or(MalformedHead)?;
        let size = decimal(size).ok_or(MalformedHead)?;
        if origin.is_empty() {
            return Err(MalformedHead);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}

/// A number without sign or leading zeros.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

/// A hash as it stands in notes and proofs.
pub(crate) fn base64(hash: &Hash) -> String {
    STANDARD.encode(hash.as_bytes())
}

/// Reads what [`base64`] wrote.
pub(crate) fn from_base64(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok().and_then(|bytes| Hash::try_from(bytes.as_slice()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    const EXAMPLE: &str =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn the_specifications_example_is_read_and_written() {
        let head: TreeHead = EXAMPLE.parse().unwrap();
        assert_eq!((head.origin.as_str(), head.size), ("example.com/behind-the-sofa", 20_852_163));
        assert_eq!(head.to_string(), EXAMPLE);
    }

    #[test]
    fn there_is_one_way_to_write_it() {
        for text in [
            "",
            "\n",
            EXAMPLE.trim_end(),
            &format!("{EXAMPLE}an extension\n"),
            &EXAMPLE.replace("2085", "02085"),
            &EXAMPLE.replace("2085", "+2085"),
            &EXAMPLE.replace("example.com/behind-the-sofa", ""),
            &EXAMPLE.replace("2I=", "2J="),
            &EXAMPLE.replace('=', ""),
        ] {
            assert_eq!(text.parse::<TreeHead>(), Err(MalformedHead), "{text:?}");
        }
    }
}
