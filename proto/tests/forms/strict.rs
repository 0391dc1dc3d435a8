//! Bytes that are not what they should be.

use linli_domain::household::{self, Household};
use linli_proto::{Flaw, decode_record, decode_record_strict, encode_record, wire};
use prost::Message as _;

use crate::golden::{record, samples};
use crate::values::id;

fn form() -> wire::Record {
    let household = Household { household: id!(HouseholdId, 3), micro_grid: id!(AreaId, 4) };
    let bytes = encode_record(&record(household::Event::Registered(household).into()));
    wire::Record::decode(bytes.as_slice()).unwrap()
}

/// What a record says is wrong with it.
fn complaint(form: &wire::Record) -> String {
    decode_record(&form.encode_to_vec()).unwrap_err().to_string()
}

#[test]
fn bytes_beyond_what_a_record_says_are_found_out() {
    let canonical = form().encode_to_vec();
    let unknown_field = [canonical.as_slice(), &[0xf8, 0x07, 0x01]].concat();
    let field_twice = [canonical.as_slice(), &[0x08, 0x01]].concat();
    // The first field, the format 1, as a varint with padding.
    let padded = [&[0x08, 0x81, 0x00], &canonical[2..]].concat();
    for bytes in [unknown_field, field_twice, padded] {
        assert_eq!(decode_record(&bytes), decode_record(&canonical));
        assert_eq!(decode_record_strict(&bytes).unwrap_err().flaw, Flaw::NotCanonical);
    }
}

#[test]
fn no_flipped_bit_gets_past_the_strict_reader() {
    for (name, record) in samples() {
        let canonical = encode_record(&record);
        for at in 0..canonical.len() * 8 {
            let mut bytes = canonical.clone();
            bytes[at / 8] ^= 1 << (at % 8);
            if let Ok(other) = decode_record_strict(&bytes) {
                assert_ne!(other, record, "{name}: bit {at} means nothing");
            }
        }
    }
}

#[test]
fn no_truncated_record_is_read_as_it_was() {
    for (name, record) in samples() {
        let bytes = encode_record(&record);
        for length in 0..bytes.len() {
            assert_ne!(
                decode_record(&bytes[..length]),
                Ok(record.clone()),
                "{name}: {length} bytes"
            );
        }
    }
}

#[test]
fn a_format_from_the_future_is_named() {
    let expected = "format is 2, and only formats up to 1 are known here";
    assert_eq!(complaint(&wire::Record { format: 2, ..form() }), expected);
    let expected = "format is 0, and only formats up to 1 are known here";
    assert_eq!(complaint(&wire::Record { format: 0, ..form() }), expected);
}

#[test]
fn a_complaint_names_the_field() {
    let event = |kind| wire::Record { event: Some(wire::Event { kind: Some(kind) }), ..form() };
    let officer = wire::Appointment {
        officer: Some(wire::Id::default()),
        area: Some(wire::Id::default()),
        ..wire::Appointment::default()
    };
    let appointed = wire::officer_event::Kind::Appointed(officer);
    let slip = wire::Slip {
        redemption: Some(wire::Id::default()),
        resident: Some(wire::Id::default()),
        station: Some(wire::Id::default()),
        lots: vec![wire::LotTaken::default()],
        ..wire::Slip::default()
    };
    let reserved = wire::RedemptionReserved { slip: Some(slip), expires_at_us: 0 };
    let reserved = wire::redemption_event::Kind::Reserved(reserved);
    for (form, expected) in [
        (
            wire::Record { event: None, ..form() },
            "event is missing, or of a kind that is not known here",
        ),
        (
            event(wire::event::Kind::Area(wire::AreaEvent { kind: None })),
            "event.Area.kind is missing, or of a kind that is not known here",
        ),
        (
            event(wire::event::Kind::Officer(wire::OfficerEvent { kind: Some(appointed) })),
            "event.Officer.Appointed.duty holds 0, which means nothing here",
        ),
        (
            event(wire::event::Kind::Redemption(wire::RedemptionEvent { kind: Some(reserved) })),
            "event.Redemption.Reserved.slip.lots[0].lot is missing, or of a kind that is not known here",
        ),
    ] {
        assert_eq!(complaint(&form), expected);
    }
    let message = decode_record(b"not a record").unwrap_err().to_string();
    assert!(message.starts_with("record can't be read: "), "{message}");
}
