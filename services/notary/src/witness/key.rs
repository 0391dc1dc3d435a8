//! The keys of witnesses, and C2SP cosignatures (v1, Ed25519).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature as Ed25519, Signer as _, SigningKey, VerifyingKey};
use signed_note::{Note, NoteError, Verifier, VerifierList, key_id};

use crate::head::TreeHead;
use crate::key::{InvalidKey, KeyPair, lines};

/// The kind of an Ed25519 key that cosigns.
const COSIGNS: u8 = 0x04;

/// Bytes of the time before the signature.
const TIME_BYTES: usize = 8;

/// A key that cosigns. It signs nothing else: what it signs says so in its first line.
pub struct WitnessKey {
    name: String,
    signing: SigningKey,
}

impl std::fmt::Debug for WitnessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WitnessKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What is signed: when, and the checkpoint's text.
fn message(head: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{head}").into_bytes()
}

/// A key's name, id and bytes, if it is of the kind that cosigns.
fn parts(text: &str) -> Option<(&str, u32, [u8; 32])> {
    let mut parts = text.splitn(3, '+');
    let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
    let id = u32::from_str_radix(id, 16).ok().filter(|_| id.len() == 8)?;
    let key = STANDARD.decode(key).ok()?;
    let (kind, key) = key.split_first()?;
    let is_sound = *kind == COSIGNS && signed_note::is_key_name_valid(name);
    Some((name, id, key.try_into().ok().filter(|_| is_sound)?))
}

fn id_of(name: &str, public: &VerifyingKey) -> u32 {
    key_id(name, &[&[COSIGNS], public.as_bytes().as_slice()].concat())
}

impl WitnessKey {
    /// A new key of a witness of this name, made of 32 bytes of chance.
    ///
    /// # Errors
    /// [`InvalidKey::Name`].
    pub fn generate(name: &str, chance: &[u8; 32]) -> Result<KeyPair, InvalidKey> {
        KeyPair::of_kind(COSIGNS, name, chance)
    }

    /// Reads a secret key: the first line that says something.
    ///
    /// # Errors
    /// [`InvalidKey::Secret`].
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let line = lines(text).next().ok_or(InvalidKey::None)?;
        let secret = line.strip_prefix("PRIVATE+KEY+").ok_or(InvalidKey::Secret)?;
        let (name, id, seed) = parts(secret).ok_or(InvalidKey::Secret)?;
        let signing = SigningKey::from_bytes(&seed);
        if id != id_of(name, &signing.verifying_key()) {
            return Err(InvalidKey::Secret);
        }
        Ok(Self { name: name.to_owned(), signing })
    }

    pub(super) fn public(&self) -> String {
        let public = self.signing.verifying_key();
        let key = STANDARD.encode([&[COSIGNS], public.as_bytes().as_slice()].concat());
        format!("{}+{:08x}+{key}", self.name, id_of(&self.name, &public))
    }

    /// The line that says: at this time, this was the largest tree that was seen of the log.
    pub(super) fn cosign(&self, head: &TreeHead, time: u64) -> String {
        let signature = self.signing.sign(&message(&head.to_string(), time));
        let timed = [time.to_be_bytes().as_slice(), &signature.to_bytes()].concat();
        let id = id_of(&self.name, &self.signing.verifying_key());
        let blob = STANDARD.encode([id.to_be_bytes().as_slice(), &timed].concat());
        format!("— {} {blob}\n", self.name)
    }
}

/// Witnesses by their public keys, for those who check what they signed.
#[derive(Clone, Debug, Default)]
pub struct TrustedWitnesses(Vec<WitnessVerifier>);

/// A witness's signature of a checkpoint is there, and is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what stands there as signed by the witness {witness} is not")]
pub struct NotCosigned {
    /// Its name.
    pub witness: String,
}

impl TrustedWitnesses {
    /// Reads public keys, one a line. None is no fault.
    ///
    /// # Errors
    /// [`InvalidKey`].
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        lines(text).map(str::parse).collect::<Result<_, _>>().map(Self)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// How many of them signed a note.
    ///
    /// # Errors
    /// [`NotCosigned`] for the first whose signature does not hold.
    pub fn signed(&self, note: &str) -> Result<usize, NotCosigned> {
        let mut signed = 0_usize;
        for witness in &self.0 {
            let not = || NotCosigned { witness: witness.name.clone() };
            let note = Note::from_bytes(note.as_bytes()).map_err(|_| not())?;
            match note.verify(&witness.clone().alone()) {
                Ok(_) => signed = signed.saturating_add(1),
                Err(NoteError::UnverifiedNote) => {}
                Err(_) => return Err(not()),
            }
        }
        Ok(signed)
    }
}

/// A witness's public key.
#[derive(Clone, Debug)]
pub(crate) struct WitnessVerifier {
    name: String,
    id: u32,
    key: VerifyingKey,
}

impl WitnessVerifier {
    /// The one key that is known.
    pub(crate) fn alone(self) -> VerifierList {
        VerifierList::new(vec![Box::new(self)])
    }
}

impl std::str::FromStr for WitnessVerifier {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, id, key) = parts(text).ok_or(InvalidKey::Public)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| InvalidKey::Public)?;
        if id != id_of(name, &key) {
            return Err(InvalidKey::Public);
        }
        Ok(Self { name: name.to_owned(), id, key })
    }
}

impl Verifier for WitnessVerifier {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        let Some((time, signature)) = signature.split_first_chunk::<TIME_BYTES>() else {
            return false;
        };
        let (Ok(text), Ok(signature)) = (std::str::from_utf8(text), Ed25519::from_slice(signature))
        else {
            return false;
        };
        self.key.verify_strict(&message(text, u64::from_be_bytes(*time)), &signature).is_ok()
    }
}
