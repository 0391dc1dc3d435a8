//! What residents show at counters, sealed with the secret of the district: the rotating code of
//! their app, and that a card was shown with its PIN.
//!
//! Whoever reads one learns nothing from it, and nobody else can make one: what it says is under a
//! key stream that hangs on its tag, and the tag on what it says and on the secret. So nothing is
//! kept to check it by. When it counts, and that it counts once, the ledger says by its own clock.

use linli_domain::id::{ResidentId, StationId};
use linli_domain::redemption::{CODE_STEP_US, Shown};
use linli_domain::text::CardCode;
use linli_domain::time::Timestamp;

use super::{Host, hash};
use crate::crockford;

const TAG: &[u8] = b"linli/shown-tag/v1";
const STREAM: &[u8] = b"linli/shown-stream/v1";

/// What a code is, and what a shown card is: one is never taken for the other.
const CODE: u8 = b'c';
const CARD: u8 = b'k';

/// Bytes of a tag: 80 bits. Whoever guesses has a minute, and asks the gateway for each guess.
const TAG_BYTES: usize = 10;
/// The resident's id and the number of the step.
const CODE_BYTES: usize = 20;
const CODE_SEALED: usize = 30;
/// The resident's id, the card's code and the time.
const CARD_BYTES: usize = 30;
const CARD_SEALED: usize = 40;

/// What a resident showed, and who it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Presented {
    pub(crate) resident: ResidentId,
    pub(crate) shown: Shown,
}

impl Host {
    /// The code that this resident's app shows at this moment.
    pub(crate) fn code_of(&self, resident: ResidentId, now: Timestamp) -> String {
        let step = now.microseconds().div_euclid(CODE_STEP_US);
        let step = u32::try_from(step).unwrap_or_default();
        let plain: [u8; CODE_BYTES] =
            joined([&resident.number().to_be_bytes(), &step.to_be_bytes(), &[]]);
        self.seal::<CODE_BYTES, CODE_SEALED>(CODE, 0, plain)
    }

    /// What such a code says; `None` if it is none of ours.
    pub(crate) fn read_code(&self, text: &str) -> Option<Presented> {
        let plain = self.open::<CODE_BYTES, CODE_SEALED>(CODE, 0, text)?;
        let (resident, step) = plain.split_first_chunk::<16>()?;
        let step = i64::from(u32::from_be_bytes(step.try_into().ok()?));
        let since = Timestamp::from_microseconds(step.checked_mul(CODE_STEP_US)?);
        let resident = ResidentId::from_number(u128::from_be_bytes(*resident));
        Some(Presented { resident, shown: Shown::Code { resident, since } })
    }

    /// That this resident's card was shown at this station with its PIN; of use there alone.
    pub(crate) fn card_shown(
        &self,
        resident: ResidentId,
        card: CardCode,
        station: StationId,
        at: Timestamp,
    ) -> String {
        let plain: [u8; CARD_BYTES] = joined([
            &resident.number().to_be_bytes(),
            &at.microseconds().to_be_bytes(),
            card.number().to_be_bytes().get(2..).unwrap_or_default(),
        ]);
        let station = station.number();
        self.seal::<CARD_BYTES, CARD_SEALED>(CARD, station, plain)
    }

    /// What such a text says at this station; `None` if it is none of ours.
    pub(crate) fn read_card(&self, text: &str, station: StationId) -> Option<Presented> {
        let station = station.number();
        let plain = self.open::<CARD_BYTES, CARD_SEALED>(CARD, station, text)?;
        let (resident, rest) = plain.split_first_chunk::<16>()?;
        let (at, card) = rest.split_first_chunk::<8>()?;
        let card = card.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        let card = CardCode::from_number(card).ok()?;
        let at = Timestamp::from_microseconds(i64::from_be_bytes(*at));
        let resident = ResidentId::from_number(u128::from_be_bytes(*resident));
        Some(Presented { resident, shown: Shown::Card { card, at } })
    }

    fn seal<const PLAIN: usize, const SEALED: usize>(
        &self,
        what: u8,
        place: u128,
        plain: [u8; PLAIN],
    ) -> String {
        let tag = self.mark(what, place, &plain);
        let under = self.stream(what, &tag, plain);
        crockford::encode(&joined::<SEALED>([&tag, &under, &[]]))
    }

    fn open<const PLAIN: usize, const SEALED: usize>(
        &self,
        what: u8,
        place: u128,
        text: &str,
    ) -> Option<[u8; PLAIN]> {
        let sealed: [u8; SEALED] = crockford::decode(text)?;
        let (tag, under) = sealed.split_first_chunk::<TAG_BYTES>()?;
        let plain = self.stream(what, tag, under.try_into().ok()?);
        // An ordinary comparison is enough: the tag of a wrong guess hangs on all that was guessed,
        // so how far it agrees tells nothing of the next.
        (self.mark(what, place, &plain) == *tag).then_some(plain)
    }

    fn mark(&self, what: u8, place: u128, plain: &[u8]) -> [u8; TAG_BYTES] {
        let whole = hash(&[TAG, &[what], self.0.as_slice(), &place.to_be_bytes(), plain]);
        joined([&whole, &[], &[]])
    }

    /// What is under the key stream of a tag, and what was, are each other's.
    fn stream<const BYTES: usize>(
        &self,
        what: u8,
        tag: &[u8; TAG_BYTES],
        mut bytes: [u8; BYTES],
    ) -> [u8; BYTES] {
        let stream = hash(&[STREAM, &[what], self.0.as_slice(), tag]);
        for (byte, key) in bytes.iter_mut().zip(stream) {
            *byte ^= key;
        }
        bytes
    }
}

/// The first bytes of some, one after the other.
fn joined<const BYTES: usize>(parts: [&[u8]; 3]) -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    for (byte, part) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
        *byte = *part;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    fn at(second: i64) -> Timestamp {
        let since_us = second.saturating_mul(1_000_000);
        Timestamp::from_microseconds(since_us.saturating_add(1_767_225_600_000_000))
    }

    fn host(secret: u8) -> Host {
        Host(Zeroizing::new([secret; 32]))
    }

    #[test]
    fn a_code_says_who_and_which_half_minute() {
        let (host, other, resident) = (host(7), host(8), ResidentId::from_number(11));
        let code = host.code_of(resident, at(29));
        assert_eq!(code.len(), 48);
        let presented = Presented { resident, shown: Shown::Code { resident, since: at(0) } };
        assert_eq!(host.read_code(&code), Some(presented));
        assert_eq!(host.read_code(&code.to_lowercase()), Some(presented));
        // The same for half a minute; then another, which shares nothing with it.
        assert_eq!(host.code_of(resident, at(0)), code);
        let next = host.code_of(resident, at(30));
        let same = code.chars().zip(next.chars()).filter(|(one, other)| one == other).count();
        assert!(same < 12, "{code} {next}");
        assert_eq!(other.read_code(&code), None);
        for place in 0..code.len() {
            let mut wrong = code.clone().into_bytes();
            wrong[place] = if wrong[place] == b'7' { b'8' } else { b'7' };
            assert_eq!(host.read_code(std::str::from_utf8(&wrong).unwrap()), None, "{place}");
        }
        for wrong in ["", "7", &code[1..], &format!("{code}0")] {
            assert_eq!(host.read_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_shown_card_is_of_use_at_its_station_alone() {
        let (host, other, resident) = (host(7), host(8), ResidentId::from_number(11));
        let (card, station) = (CardCode::from_serial(123_456_789), StationId::from_number(34));
        let text = host.card_shown(resident, card, station, at(5));
        let presented = Presented { resident, shown: Shown::Card { card, at: at(5) } };
        assert_eq!(host.read_card(&text, station), Some(presented));
        assert_eq!(host.read_card(&text, StationId::from_number(35)), None);
        assert_eq!(host.read_code(&text), None);
        assert_eq!(host.read_card(&host.code_of(resident, at(5)), station), None);
        assert_eq!(other.read_card(&text, station), None);
    }
}
