//! The domain's numbers, ids and texts.

use linli_domain::Position;
use linli_domain::calendar::Day;
use linli_domain::contribution::Signals;
use linli_domain::id::{
    ActivityId, AidId, AllowanceId, AreaId, BookingId, CaseId, CertificateId, CommitteeId,
    ContributionId, EstateId, HazardId, HouseholdId, ItemId, MediatorId, OfficerId, OperatorId,
    OrderId, PoolId, RedemptionId, ReportId, ResidentId, ResourceId, SeatId, ShiftId, StatementId,
    StationId, SupplierId, TeamId, VoucherId, WhistleId,
};
use linli_domain::mediation::SealedFile;
use linli_domain::quantity::{Fen, Merit, Minutes, Points};
use linli_domain::resident::{Pseudonym, Words};
use linli_domain::rules::{RuleVersion, Seasons};
use linli_domain::text::{ActCode, CardCode, Code, Name, Reference};
use linli_domain::time::{Timestamp, Zone};
use linli_domain::voucher::CodeHash;
use rust_decimal::Decimal;

use super::{Cell, Uuid};

macro_rules! cells {
    ($($type:ty as $sql:literal $wire:ty: |$from:ident| $to_wire:expr, |$back:ident| $to_cell:expr;)+) => {$(
        impl Cell for $type {
            const SQL: &'static str = $sql;
            type Wire<'a> = $wire;

            fn wire(&self) -> $wire {
                let $from = self;
                $to_wire
            }

            fn from_wire($back: $wire) -> Option<Self> {
                $to_cell
            }
        }
    )+};
}

macro_rules! ids {
    ($($type:ty),+) => {
        cells! {$(
            $type as "uuid" Uuid:
                |id| Uuid(id.number()), |wire| Some(<$type>::from_number(wire.0));
        )+}
    };
}

ids! {
    AreaId, HouseholdId, ResidentId, OfficerId, StationId, SupplierId, PoolId, ItemId,
    ContributionId, RedemptionId, VoucherId, TeamId, ActivityId, SeatId, HazardId, OrderId, WhistleId, AidId, StatementId,
    ResourceId, BookingId, EstateId, CommitteeId, CaseId, MediatorId, CertificateId, ReportId, OperatorId, ShiftId, AllowanceId
}

macro_rules! texts {
    ($($type:ty),+) => {$(
        impl Cell for $type {
            // Compared byte by byte, so that the order of keys is the same on every server.
            const SQL: &'static str = "text COLLATE \"C\"";
            type Wire<'a> = &'a str;

            fn wire(&self) -> &str {
                self.as_str()
            }

            fn from_wire(wire: &str) -> Option<Self> {
                Self::new(wire).ok()
            }
        }
    )+};
}

texts! { Name, Code, ActCode, Reference }

cells! {
    Points as "bigint" i64: |points| points.hundredths(), |wire| Some(Self::from_hundredths(wire));
    Merit as "bigint" i64: |merit| merit.hundredths(), |wire| Some(Self::from_hundredths(wire));
    Fen as "bigint" i64: |fen| fen.hundredths(), |wire| Some(Self::from_hundredths(wire));
    Minutes as "bigint" i64:
        |minutes| i64::from(minutes.get()), |wire| u32::try_from(wire).ok().map(Self::new);
    Timestamp as "bigint" i64:
        |at| at.microseconds(), |wire| Some(Self::from_microseconds(wire));
    Zone as "integer" i32:
        |zone| zone.offset_seconds(), |wire| Self::from_offset_seconds(wire);
    // A position beyond 2^63 does not occur; as a bound, the largest stands for "none".
    Position as "bigint" i64:
        |position| i64::try_from(position.0).unwrap_or(i64::MAX),
        |wire| u64::try_from(wire).ok().map(Self);
    CardCode as "bigint" i64:
        |card| i64::try_from(card.number()).unwrap_or(i64::MAX),
        |wire| Self::from_number(u64::try_from(wire).ok()?).ok();
    RuleVersion as "bigint" i64:
        |version| i64::from(version.0), |wire| u32::try_from(wire).ok().map(Self);
    Seasons as "integer" i32:
        |seasons| i32::from(seasons.bits()),
        |wire| Self::from_bits(u16::try_from(wire).ok()?);
    Signals as "integer" i32:
        |signals| i32::from(signals.bits()),
        |wire| Self::from_bits(u16::try_from(wire).ok()?);
    // As text: SQL only shows it, and never computes with it.
    Decimal as "text" String: |decimal| decimal.to_string(), |wire| wire.parse().ok();
    // As hexadecimal digits, as hashes are shown everywhere.
    CodeHash as "text" String: |hash| hex(&hash.0), |wire| from_hex(&wire).map(Self);
    SealedFile as "text" String: |file| hex(&file.0), |wire| from_hex(&wire).map(Self);
    // The places of its words and its number: `3-7-1`.
    Pseudonym as "text" String: |it| pseudonym_text(*it), |wire| pseudonym_of(&wire);
    Uuid as "uuid" Uuid: |id| *id, |wire| Some(wire);
    bool as "boolean" bool: |flag| *flag, |wire| Some(wire);
    u32 as "bigint" i64: |count| i64::from(*count), |wire| Self::try_from(wire).ok();
    u16 as "integer" i32: |count| i32::from(*count), |wire| Self::try_from(wire).ok();
    u8 as "smallint" i16: |count| i16::from(*count), |wire| Self::try_from(wire).ok();
    Day as "integer" i32: |day| day.number(), |wire| Some(Self::from_number(wire));
    i32 as "integer" i32: |number| *number, |wire| Some(wire);
    i64 as "bigint" i64: |number| *number, |wire| Some(wire);
}

fn pseudonym_text(it: Pseudonym) -> String {
    format!("{}-{}-{}", it.words.first, it.words.second, it.number)
}

fn pseudonym_of(text: &str) -> Option<Pseudonym> {
    let mut parts = text.splitn(3, '-');
    let (first, second, number) = (parts.next()?, parts.next()?, parts.next()?);
    let words = Words { first: first.parse().ok()?, second: second.parse().ok()? };
    Some(Pseudonym { words, number: number.parse().ok()? })
}

fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        let from = place.checked_mul(2)?;
        *byte = u8::from_str_radix(text.get(from..from.checked_add(2)?)?, 16).ok()?;
    }
    Some(bytes)
}
