//! Instants in microseconds, and the calendar's words.

use linli_domain::calendar::{Day, Weekdays};
use linli_domain::time::{Interval, Timestamp, Window, Zone};

use crate::canonical::{Detour, Value};
use crate::malformed::{Flaw, Malformed};
use crate::translate::Wire;
use crate::wire;

impl Wire for Timestamp {
    type Form = i64;

    fn to_wire(&self) -> i64 {
        self.microseconds()
    }

    fn from_wire(form: i64) -> Result<Self, Malformed> {
        Ok(Self::from_microseconds(form))
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        value.number().map(Self::from_microseconds)
    }
}

impl Wire for Interval {
    type Form = wire::Interval;

    fn to_wire(&self) -> wire::Interval {
        wire::Interval { start_us: self.start().to_wire(), end_us: self.end().to_wire() }
    }

    fn from_wire(form: wire::Interval) -> Result<Self, Malformed> {
        let wire::Interval { start_us, end_us } = form;
        Self::new(Timestamp::from_wire(start_us)?, Timestamp::from_wire(end_us)?)
            .ok_or_else(|| Flaw::OutOfRange.into())
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        read_fields!(value, wire::Interval { start_us: plain(start), end_us: plain(end) });
        Self::new(start, end).ok_or(Detour)
    }
}

impl Wire for Zone {
    type Form = i32;

    fn to_wire(&self) -> i32 {
        self.offset_seconds()
    }

    fn from_wire(form: i32) -> Result<Self, Malformed> {
        Self::from_offset_seconds(form).ok_or_else(|| Flaw::OutOfRange.into())
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        Self::from_offset_seconds(value.number()?).ok_or(Detour)
    }
}

impl Wire for Day {
    type Form = i32;

    fn to_wire(&self) -> i32 {
        self.number()
    }

    fn from_wire(form: i32) -> Result<Self, Malformed> {
        Ok(Self::from_number(form))
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        value.number().map(Self::from_number)
    }
}

impl Wire for Weekdays {
    type Form = u32;

    fn to_wire(&self) -> u32 {
        self.bits().into()
    }

    fn from_wire(form: u32) -> Result<Self, Malformed> {
        let bits = u8::try_from(form).ok().and_then(Self::from_bits);
        bits.ok_or_else(|| Flaw::OutOfRange.into())
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        let bits: u32 = value.number()?;
        u8::try_from(bits).ok().and_then(Self::from_bits).ok_or(Detour)
    }
}

plain_enum! { Window = wire::Window { Day, Week, Month, Quarter, Year, AllTime } }
