//! Sealed bytes: a nonce, then what ChaCha20-Poly1305 (RFC 8439) makes of them. Whose they are and
//! what they are for is sealed with them, so that nothing opens in another's place.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, Nonce};
use zeroize::Zeroizing;

use crate::key::Secret;

const NONCE_BYTES: usize = 12;

/// Counted up if what is sealed with the bytes changes.
const FORM: &str = "linli vault 1";

/// What sealed bytes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// A person's key, under one that wraps.
    Key,
    /// A person's record, under the person's key.
    Person,
}

/// Whose they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whose<'a> {
    pub(crate) district: &'a str,
    pub(crate) resident: &'a str,
}

/// It was not sealed with this key for this purpose, or has been changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DoesNotOpen;

impl Whose<'_> {
    /// Codes of districts and ULIDs hold no line breaks, so no two of these are alike.
    fn bound(self, what_for: For) -> String {
        let what_for = match what_for {
            For::Key => "key",
            For::Person => "person",
        };
        format!("{FORM}\n{what_for}\n{}\n{}", self.district, self.resident)
    }
}

/// Seals bytes with 12 bytes of chance. So long a chance meets itself once in some billions of
/// records under one key; a person's key seals a few, and one that wraps a million or so.
pub(crate) fn seal(
    key: &Secret,
    (whose, what_for): (Whose<'_>, For),
    plain: &[u8],
    chance: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, DoesNotOpen> {
    let aad = whose.bound(what_for);
    let payload = Payload { msg: plain, aad: aad.as_bytes() };
    let sealed = cipher(key)?.encrypt(&Nonce::from(chance), payload).map_err(|_| DoesNotOpen)?;
    Ok([chance.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    key: &Secret,
    (whose, what_for): (Whose<'_>, For),
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or(DoesNotOpen)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| DoesNotOpen)?;
    let aad = whose.bound(what_for);
    let payload = Payload { msg: sealed, aad: aad.as_bytes() };
    let plain = cipher(key)?.decrypt(&Nonce::from(nonce), payload);
    plain.map(Zeroizing::new).map_err(|_| DoesNotOpen)
}

fn cipher(key: &Secret) -> Result<ChaCha20Poly1305, DoesNotOpen> {
    ChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| DoesNotOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_with_its_key_in_its_place_and_nowhere_else() {
        let (key, other) = (Zeroizing::new([1; 32]), Zeroizing::new([2; 32]));
        let chen = Whose { district: "gulou", resident: "A" };
        let sealed = seal(&key, (chen, For::Person), b"Chen", [7; 12]).unwrap();
        assert_eq!(open(&key, (chen, For::Person), &sealed).unwrap().as_slice(), b"Chen");
        assert!(!sealed.windows(4).any(|bytes| bytes == b"Chen"));
        let elsewhere = Whose { district: "xuanwu", ..chen };
        let neighbour = Whose { resident: "B", ..chen };
        for (key, place) in [
            (&other, (chen, For::Person)),
            (&key, (chen, For::Key)),
            (&key, (elsewhere, For::Person)),
            (&key, (neighbour, For::Person)),
        ] {
            assert_eq!(open(key, place, &sealed).err(), Some(DoesNotOpen), "{place:?}");
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&key, (chen, For::Person), &changed).is_err(), "{at}");
            assert!(open(&key, (chen, For::Person), &sealed[..at]).is_err(), "{at}");
        }
    }
}
