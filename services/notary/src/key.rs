//! The keys that sign a log's checkpoints, and those by which they are trusted.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use signed_note::{
    Note, NoteError, Signer, StandardSigner, StandardVerifier, Verifier, VerifierList, key_id,
};

use crate::head::TreeHead;

/// The kind of an Ed25519 key that signs notes.
const ED25519: u8 = 0x01;

/// A new key, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPair {
    /// `PRIVATE+KEY+<name>+<id>+<key>`: whoever has it speaks for the log.
    pub secret: String,
    /// `<name>+<id>+<key>`: for everybody who checks.
    pub public: String,
}

/// A text that is no key, or keys that don't belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// The name is empty, or has a space or a plus in it.
    #[error("a log's name has no spaces and no '+'")]
    Name,
    /// A line is no key that signs.
    #[error("a signing key is PRIVATE+KEY+<name>+<id>+<base 64>")]
    Secret,
    /// A line is no key that verifies.
    #[error("a public key is <name>+<id>+<base 64>")]
    Public,
    /// Keys of different logs.
    #[error("keys that sign one log bear one name")]
    Names,
    /// No key.
    #[error("there is no key")]
    None,
}

impl KeyPair {
    /// The key of a log of this name, made of 32 bytes of chance.
    ///
    /// # Errors
    /// [`InvalidKey::Name`].
    pub fn of(name: &str, chance: &[u8; 32]) -> Result<Self, InvalidKey> {
        Self::of_kind(ED25519, name, chance)
    }

    pub(crate) fn of_kind(kind: u8, name: &str, chance: &[u8; 32]) -> Result<Self, InvalidKey> {
        if !signed_note::is_key_name_valid(name) {
            return Err(InvalidKey::Name);
        }
        let public = SigningKey::from_bytes(chance).verifying_key().to_bytes();
        let tagged = |bytes: &[u8; 32]| [&[kind], bytes.as_slice()].concat();
        let id = key_id(name, &tagged(&public));
        Ok(Self {
            secret: format!("PRIVATE+KEY+{name}+{id:08x}+{}", STANDARD.encode(tagged(chance))),
            public: format!("{name}+{id:08x}+{}", STANDARD.encode(tagged(&public))),
        })
    }
}

/// The lines of a key file that say something: blank ones and those that begin with `#` don't.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The keys that sign a log: one, or two while one takes the place of the other.
#[derive(Clone)]
pub struct LogKeys {
    origin: String,
    signers: Vec<StandardSigner>,
    public: Vec<String>,
}

impl std::fmt::Debug for LogKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys = self.signers.len();
        f.debug_struct("LogKeys").field("origin", &self.origin).field("keys", &keys).finish()
    }
}

impl LogKeys {
    /// Reads signing keys, one a line.
    ///
    /// # Errors
    /// [`InvalidKey`].
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let signers = lines(text).map(StandardSigner::new).collect::<Result<Vec<_>, _>>();
        let signers = signers.map_err(|_| InvalidKey::Secret)?;
        let origin = signers.first().ok_or(InvalidKey::None)?.name().to_owned();
        if signers.iter().any(|signer| signer.name() != origin) {
            return Err(InvalidKey::Names);
        }
        let public = lines(text).map(public_of).collect::<Option<_>>().ok_or(InvalidKey::Secret)?;
        Ok(Self { origin, signers, public })
    }

    /// Reads signing keys of several logs, one a line.
    ///
    /// # Errors
    /// [`InvalidKey`].
    pub fn parse_all(text: &str) -> Result<Vec<Self>, InvalidKey> {
        let mut by_name = std::collections::BTreeMap::<&str, String>::new();
        for line in lines(text) {
            let name = line.strip_prefix("PRIVATE+KEY+").and_then(|rest| rest.split('+').next());
            let keys = by_name.entry(name.ok_or(InvalidKey::Secret)?).or_default();
            keys.push_str(line);
            keys.push('\n');
        }
        if by_name.is_empty() {
            return Err(InvalidKey::None);
        }
        by_name.values().map(|keys| Self::parse(keys)).collect()
    }

    /// The public half of each, by which everybody checks.
    #[must_use]
    pub fn public(&self) -> &[String] {
        &self.public
    }

    /// The log's name.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Signs a head, with each key.
    ///
    /// # Errors
    /// When the head's name is no name of a note's.
    pub fn sign(&self, head: &TreeHead) -> Result<String, NoteError> {
        let mut note = Note::new(head.to_string().as_bytes(), &[])?;
        let signers: Vec<&dyn Signer> =
            self.signers.iter().map(|signer| -> &dyn Signer { signer }).collect();
        note.add_sigs(&signers)?;
        String::from_utf8(note.to_bytes()).map_err(|_| NoteError::MalformedNote)
    }
}

/// The public half of a secret key.
fn public_of(secret: &str) -> Option<String> {
    let mut parts = secret.strip_prefix("PRIVATE+KEY+")?.splitn(3, '+');
    let (name, _, key) = (parts.next()?, parts.next()?, parts.next()?);
    let key = STANDARD.decode(key).ok()?;
    let (kind, chance) = key.split_first()?;
    Some(KeyPair::of_kind(*kind, name, chance.try_into().ok()?).ok()?.public)
}

/// The keys by which a log's checkpoints are trusted.
#[derive(Clone)]
pub struct TrustedKeys(Vec<StandardVerifier>);

impl std::fmt::Debug for TrustedKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(Verifier::name)).finish()
    }
}

/// Why a note is not believed.
#[derive(Debug, thiserror::Error)]
pub enum NotTrusted {
    /// Not a note, or not signed by a trusted key, or not what was signed.
    #[error("the checkpoint is not signed by a key that is trusted")]
    Note(#[source] NoteError),
    /// What was signed is no checkpoint.
    #[error("what was signed is no checkpoint")]
    Head(#[from] crate::head::MalformedHead),
    /// Signed by a key of this name, which is not the log's.
    #[error("the checkpoint is of {found}, signed by the key of another log")]
    Origin {
        /// The log that the checkpoint names.
        found: String,
    },
}

impl TrustedKeys {
    /// Reads public keys, one a line.
    ///
    /// # Errors
    /// [`InvalidKey`].
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let keys = lines(text).map(StandardVerifier::new).collect::<Result<Vec<_>, _>>();
        let keys = keys.map_err(|_| InvalidKey::Public)?;
        if keys.is_empty() { Err(InvalidKey::None) } else { Ok(Self(keys)) }
    }

    /// The head that a signed note tells, if a trusted key of that log signed it.
    ///
    /// # Errors
    /// [`NotTrusted`].
    pub fn open(&self, note: &str) -> Result<TreeHead, NotTrusted> {
        let note = Note::from_bytes(note.as_bytes()).map_err(NotTrusted::Note)?;
        let known: Vec<Box<dyn Verifier>> =
            self.0.iter().map(|key| -> Box<dyn Verifier> { Box::new(key.clone()) }).collect();
        let (signed, _) = note.verify(&VerifierList::new(known)).map_err(NotTrusted::Note)?;
        let text = std::str::from_utf8(note.text())
            .map_err(|_| NotTrusted::Note(NoteError::MalformedNote))?;
        let head: TreeHead = text.parse()?;
        if signed.iter().all(|signature| signature.name() != head.origin) {
            return Err(NotTrusted::Origin { found: head.origin });
        }
        Ok(head)
    }

    /// The names of the logs.
    pub fn origins(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Verifier::name)
    }
}

/// The head that a note tells, whoever signed it: for a note that was kept by ourselves, or whose
/// signature is checked apart.
#[must_use]
pub fn told_by(note: &str) -> Option<TreeHead> {
    let note = Note::from_bytes(note.as_bytes()).ok()?;
    std::str::from_utf8(note.text()).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_log::merkle::EMPTY_ROOT;

    fn head() -> TreeHead {
        TreeHead { origin: "linli.example/gulou".to_owned(), size: 0, root: EMPTY_ROOT }
    }

    fn pair(chance: u8) -> KeyPair {
        KeyPair::of(&head().origin, &[chance; 32]).unwrap()
    }

    #[test]
    fn a_checkpoint_is_believed_by_the_key_that_signed_it_alone() {
        let note = LogKeys::parse(&pair(1).secret).unwrap().sign(&head()).unwrap();
        let trusted = |text: &str| TrustedKeys::parse(text).unwrap();
        assert_eq!(LogKeys::parse(&pair(1).secret).unwrap().public(), [pair(1).public]);
        assert_eq!(trusted(&pair(1).public).open(&note).unwrap(), head());
        assert!(matches!(trusted(&pair(2).public).open(&note), Err(NotTrusted::Note(_))));
        let other = note.replace("\n0\n", "\n1\n");
        assert!(matches!(trusted(&pair(1).public).open(&other), Err(NotTrusted::Note(_))));
    }

    #[test]
    fn while_keys_change_either_is_enough() {
        let both = format!("# the old one\n{}\n\n{}\n", pair(1).secret, pair(2).secret);
        let note = LogKeys::parse(&both).unwrap().sign(&head()).unwrap();
        for chance in [1, 2] {
            let key = pair(chance).public;
            assert_eq!(TrustedKeys::parse(&key).unwrap().open(&note).unwrap(), head());
        }
    }

    #[test]
    fn a_key_of_another_log_signs_nothing_for_this_one() {
        let other = KeyPair::of("linli.example/jianye", &[1; 32]).unwrap();
        let note = LogKeys::parse(&other.secret).unwrap().sign(&head()).unwrap();
        let opened = TrustedKeys::parse(&other.public).unwrap().open(&note);
        assert!(matches!(opened, Err(NotTrusted::Origin { .. })), "{opened:?}");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let two = format!("{}\n{}", pair(1).secret, KeyPair::of("x", &[1; 32]).unwrap().secret);
        for (text, expected) in [
            ("", InvalidKey::None),
            ("# nothing", InvalidKey::None),
            (pair(1).public.as_str(), InvalidKey::Secret),
            (two.as_str(), InvalidKey::Names),
        ] {
            assert_eq!(LogKeys::parse(text).unwrap_err(), expected, "{text}");
        }
        let all = LogKeys::parse_all(&format!("{two}\n{}", pair(2).secret)).unwrap();
        let keys: Vec<_> = all.iter().map(|log| (log.origin(), log.public().len())).collect();
        assert_eq!(keys, [(head().origin.as_str(), 2), ("x", 1)]);
        assert_eq!(LogKeys::parse_all("").unwrap_err(), InvalidKey::None);
        assert_eq!(TrustedKeys::parse(&pair(1).secret).unwrap_err(), InvalidKey::Public);
        assert_eq!(KeyPair::of("a b", &[1; 32]), Err(InvalidKey::Name));
        assert_eq!(KeyPair::of("a+b", &[1; 32]), Err(InvalidKey::Name));
    }
}
