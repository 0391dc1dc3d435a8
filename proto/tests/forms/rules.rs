//! Samples of rule sets.

use linli_domain::rules;

use crate::events::{Samples, sample};
use crate::values::{
    bare_rules, full_rules, half_year_rules, hard_rules, one_day_rules, rules_with_holidays,
    tried_rules,
};
use crate::{activities, estates, honours, mediation, orders};

pub(crate) fn rule_sets() -> Samples {
    [
        ("full", full_rules()),
        ("bare", bare_rules()),
        ("holidays", rules_with_holidays()),
        ("activities", activities::rules_with_activities()),
        ("orders", orders::rules_with_orders()),
        ("honours", honours::rules_with_honours()),
        ("estates", estates::rules_with_estates()),
        ("mediation", mediation::rules_with_mediation()),
        ("half-years and returns", half_year_rules()),
        ("all on one day", one_day_rules()),
        ("tried", tried_rules()),
        ("hard", hard_rules()),
    ]
    .map(|(special, rules)| sample(special, rules::Event::Published(Box::new(rules))))
    .into()
}
