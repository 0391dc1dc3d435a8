//! The parts of the world that fair verification needs: bounds and samples, a team.

use linli_domain::id::TeamId;
use linli_domain::officer::Duty;
use linli_domain::quantity::Minutes;
use linli_domain::rules::{self, Fairness, Quota, RuleSet, RuleVersion, Sampling};
use linli_domain::team::Team;
use linli_domain::text::{Bilingual, Name};

use crate::world::{DAY, GRID, MORNING, World, at, points, rule_set};

/// The same, and a grid officer vouches for five hours and ten points a day; half of it is looked at
/// again at eight the next morning.
pub fn fair_rules() -> RuleSet {
    let quota = |duty| Quota { duty, minutes: Minutes::new(300), points: points("10") };
    let sampling = Sampling {
        at: Minutes::new(8 * 60),
        start: 5_000,
        least: 100,
        most: 9_000,
        late: 10_000,
        upheld: "0.8".parse().unwrap(),
        corrected: "1.5".parse().unwrap(),
        unfounded: "3".parse().unwrap(),
    };
    let quotas = vec![quota(Duty::FullTimeGridOfficer), quota(Duty::BuildingHead)];
    let fairness = Fairness { quotas, sampling: Some(sampling), ..Fairness::default() };
    RuleSet { fairness, ..rule_set() }
}

/// A team at home in the grid.
pub fn crew(number: u128) -> Team {
    let team = TeamId::from_number(number);
    Team {
        team,
        grid: GRID,
        name: Bilingual { zh: Name::new("Team").unwrap(), en: Name::new("Team").unwrap() },
    }
}

/// A world in which what is vouched for has its bounds, and is looked at again.
pub fn fair_world() -> World {
    let mut world = World::new();
    let mut rules = fair_rules();
    (rules.version, rules.effective_from) = (RuleVersion(2), at(MORNING - DAY));
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    world
}
