//! Samples of rule sets.

use linli_domain::Refusal;
use linli_domain::quantity::Minutes;
use linli_domain::rules::{
    self, Act, Coefficients, InvalidRules, RuleSet, RuleVersion, RulesPart, Throttle, Unit,
};

use crate::events::{Samples, sample};
use crate::values::{
    CATEGORIES, act, at, bare_rules, decimal, full_rules, half_year_rules, limited_rules,
    one_day_rules, points, rules_with_holidays, tried_rules,
};
use crate::{activities, estates, honours, mediation, orders};

pub(crate) fn rule_sets() -> Samples {
    [
        ("full", full_rules()),
        ("bare", bare_rules()),
        ("holidays", rules_with_holidays()),
        ("activities", activities::rules_with_activities()),
        ("orders", orders::rules_with_orders()),
        ("orders and quotas", orders::rules_with_quotas()),
        ("honours", honours::rules_with_honours()),
        ("estates", estates::rules_with_estates()),
        ("time bank", crate::time_bank::rules_with_time_bank()),
        ("queues", crate::queues::rules_with_queues()),
        ("mediation", mediation::rules_with_mediation()),
        ("half-years and returns", half_year_rules()),
        ("all on one day", one_day_rules()),
        ("tried", tried_rules()),
        ("limited", limited_rules()),
        ("hard", hard_rules()),
    ]
    .map(|(special, rules)| sample(special, rules::Event::Published(Box::new(rules))))
    .into()
}

/// A rule set that knows what is hard, what is credited however long it took, and low pools.
fn hard_rules() -> RuleSet {
    let act = Act {
        assisted: true,
        difficulty: true,
        credits: Some(Minutes::new(60)),
        unit: Unit::Each,
        caps: Vec::new(),
        ..act(1, CATEGORIES[4])
    };
    let throttle = |pool: &str| Throttle {
        pool: pool.parse().unwrap(),
        below: points(100_000),
        part: decimal("0.5"),
    };
    RuleSet {
        coefficients: Coefficients {
            difficulty: vec![decimal("1.2"), decimal("1.5")],
            assisted: Some(decimal("1.25")),
            alerts_declared: false,
            ..full_rules().coefficients
        },
        acts: vec![act],
        throttles: vec![throttle("property"), throttle("street")],
        ..bare_rules()
    }
}

pub(crate) fn refusals() -> Vec<Refusal> {
    let act = || "PA-1".parse().unwrap();
    vec![
        Refusal::RulesVersion { expected: RuleVersion(2), found: RuleVersion(1) },
        Refusal::RulesOutOfOrder { after: at(0) },
        Refusal::UnknownAct(act()),
        Refusal::InvalidRules(InvalidRules { part: RulesPart::Acts, act: None }),
        Refusal::InvalidRules(InvalidRules { part: RulesPart::Base, act: Some(act()) }),
    ]
}
