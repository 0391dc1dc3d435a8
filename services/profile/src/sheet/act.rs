//! A table `[act.PA-1]`.

use std::fmt;
use std::marker::PhantomData;

use linli_domain::area::Level;
use linli_domain::contribution::{Grade, Signal};
use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::{Act, Amount, Category, Unit, VerificationNeed};
use linli_domain::text::{ActCode, Bilingual, Code, Name};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

use super::cap::{CapSheet, cap};
use crate::error::Flaw;
use crate::word::{Weight, Word, WordVisitor};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActSheet {
    name: NameSheet,
    category: Word<Category>,
    points: AmountSheet,
    unit: UnitSheet,
    merit: Word<Weight>,
    #[serde(default)]
    night: bool,
    #[serde(default)]
    alert: bool,
    #[serde(default)]
    assisted: bool,
    #[serde(default)]
    difficulty: bool,
    credits_minutes: Option<u32>,
    #[serde(default)]
    caps: Vec<Spanned<CapSheet>>,
    evidence: Word<Grade>,
    #[serde(default)]
    needs: Vec<Word<Signal>>,
    verifier: Word<Level>,
    #[serde(default = "one_level")]
    levels: u8,
    #[serde(default)]
    outside_month_cap: bool,
    /// How many services of a volunteer reward who referred this one.
    referral: Option<u8>,
    #[serde(default)]
    notice: bool,
    pool: Word<Code>,
}

const fn one_level() -> u8 {
    1
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NameSheet {
    zh: Word<Name>,
    en: Word<Name>,
}

impl ActSheet {
    /// Does it stand on notice before it is awarded?
    pub(super) const fn is_noticed(&self) -> bool {
        self.notice
    }

    pub(super) fn to_act(&self, code: ActCode) -> Result<Act, Flaw> {
        Ok(Act {
            code,
            name: Bilingual { zh: self.name.zh.0.clone(), en: self.name.en.0.clone() },
            category: self.category.0,
            unit: self.unit.0,
            base: self.points.0,
            merit_weight: self.merit.0.0,
            night: self.night,
            alert: self.alert,
            caps: self.caps.iter().map(cap).collect::<Result<_, _>>()?,
            least_grade: self.evidence.0,
            needs: self.needs.iter().map(|word| word.0).collect(),
            verification: VerificationNeed { level: self.verifier.0, levels: self.levels },
            outside_month_cap: self.outside_month_cap,
            referral: self.referral,
            assisted: self.assisted,
            difficulty: self.difficulty,
            credits: self.credits_minutes.map(Minutes::new),
            pool: self.pool.0.clone(),
        })
    }
}

/// `"1.5"`, `2` or `{ from = "20", to = "100" }`.
#[derive(Debug)]
struct AmountSheet(Amount);

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Assessed {
    from: Word<Points>,
    to: Word<Points>,
}

struct AmountVisitor;

impl<'de> Visitor<'de> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("points such as \"1.5\", or { from = \"20\", to = \"100\" }")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Amount, E> {
        WordVisitor(PhantomData).visit_str(text).map(Amount::Fixed)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Amount, E> {
        WordVisitor(PhantomData).visit_i64(number).map(Amount::Fixed)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Amount, E> {
        WordVisitor(PhantomData).visit_f64(number).map(Amount::Fixed)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Amount, M::Error> {
        let Assessed { from, to } = Assessed::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Amount::Assessed { least: from.0, most: to.0 })
    }
}

impl<'de> Deserialize<'de> for AmountSheet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor).map(Self)
    }
}

/// A half-hour is a slot of so many minutes.
const HALF_HOUR: Minutes = Minutes::new(30);

/// `"each"`, `"hour"`, `"half-hour"` or `{ slot_minutes = 90 }`.
#[derive(Debug)]
struct UnitSheet(Unit);

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    slot_minutes: u32,
}

struct UnitVisitor;

impl<'de> Visitor<'de> for UnitVisitor {
    type Value = Unit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"each\", \"hour\", \"half-hour\" or { slot_minutes = 90 }")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Unit, E> {
        match text {
            "each" => Ok(Unit::Each),
            "hour" => Ok(Unit::Hour),
            "half-hour" => Ok(Unit::Slot(HALF_HOUR)),
            _ => Err(E::custom(format!(
                "there is no unit {text:?}; there are each, hour, half-hour and {{ slot_minutes = 90 }}"
            ))),
        }
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Unit, M::Error> {
        let Slot { slot_minutes } = Slot::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Unit::Slot(Minutes::new(slot_minutes)))
    }
}

impl<'de> Deserialize<'de> for UnitSheet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UnitVisitor).map(Self)
    }
}
