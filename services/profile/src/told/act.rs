//! An act, key by key.

use linli_domain::rules::{Act, Amount, Cap, Limit, Scope, Unit};

use super::set::words;
use super::{Told, points, time};
use crate::word::Written as _;

pub(super) fn tell(told: &mut Told, act: &Act) {
    let Act {
        code,
        name,
        category,
        unit,
        base,
        merit_weight,
        night,
        alert,
        caps,
        least_grade,
        needs,
        verification,
        outside_month_cap,
        assisted,
        difficulty,
        credits,
        referral,
        pool,
    } = act;
    let key = |part: &str| format!("act.{code}.{part}");
    told.say(key("name.zh"), &name.zh);
    told.say(key("name.en"), &name.en);
    told.say(key("category"), category.written());
    told.say(key("points"), amount(*base));
    told.say(key("unit"), of_unit(*unit));
    told.say(key("merit"), merit_weight.normalize());
    caps.iter().for_each(|cap| told.say(key(&cap_key(cap)), limit(cap.limit)));
    told.say(key("evidence"), least_grade.written());
    told.say_if(key("needs"), (!needs.is_empty()).then(|| words(*needs)));
    told.say(key("verifier"), verification.level.written());
    told.say(key("levels"), verification.levels);
    told.say(key("pool"), pool);
    told.say_if(key("credits"), credits.map(time));
    told.say_if(key("referral"), *referral);
    for (name, on) in [
        ("night", night),
        ("alert", alert),
        ("assisted", assisted),
        ("difficulty", difficulty),
        ("outside_month_cap", outside_month_cap),
    ] {
        told.say_if(key(name), on.then_some(true));
    }
}

fn amount(base: Amount) -> String {
    match base {
        Amount::Fixed(fixed) => points(fixed),
        Amount::Assessed { least, most } => format!("{} to {}", points(least), points(most)),
    }
}

fn of_unit(unit: Unit) -> String {
    match unit {
        Unit::Each => "each".to_owned(),
        Unit::Hour => "hour".to_owned(),
        Unit::Slot(minutes) => format!("slot of {minutes} min"),
    }
}

/// By stretch, what is counted and for whom, so that a cap that moves is one line that changes.
fn cap_key(cap: &Cap) -> String {
    let counted = match cap.limit {
        Limit::Minutes(_) => "time",
        Limit::Times(_) => "times",
        Limit::Points(_) => "points",
    };
    let of_whom = match cap.scope {
        Scope::Person => "",
        Scope::Pair => ".pair",
        Scope::Beneficiary => ".beneficiary",
        Scope::Couple => ".either",
    };
    format!("caps.{}.{counted}{of_whom}", cap.window.written())
}

fn limit(limit: Limit) -> String {
    match limit {
        Limit::Minutes(minutes) => time(minutes),
        Limit::Times(times) => times.to_string(),
        Limit::Points(most) => points(most),
    }
}
