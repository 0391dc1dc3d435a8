//! Who objects to what stands on public notice, and what comes of it.

use ulid::Ulid;

use super::Contribution;
use crate::chance::Chance;

/// Of a thousand contributions that stand on notice, so many meet an objection: 0.3 % of all that is
/// done in the year.
const OBJECTED_TO: u64 = 117;

/// Of a thousand objections, so many are right: nine of the year's.
const UPHELD: u64 = 52;

/// Of a thousand claimants who were turned down so, so many appeal; and of those, so many are right.
const APPEALS: u64 = 600;
const APPEALS_UPHELD: u64 = 400;

/// Acts that stand on notice for their points, and that no planted story is about.
const ACTS: [&str; 3] = ["AS-2", "PW-2", "LI-1"];

/// An objection, as it goes.
#[derive(Clone, Debug)]
pub(crate) struct Objection {
    /// Whose contribution it is.
    pub(crate) claimant: Ulid,
    /// The panel finds it right.
    pub(crate) upheld: bool,
    /// The claimant appeals against that, with this outcome.
    pub(crate) appeal: Option<bool>,
    /// Draws who objects, and who sits on the panels.
    pub(crate) chance: Chance,
}

impl Objection {
    /// What somebody has against a contribution once it stands on notice, if anybody has.
    pub(crate) fn draw(seed: u64, claim: &Contribution) -> Option<Self> {
        if !ACTS.contains(&claim.act) {
            return None;
        }
        let mut chance = Chance::named(seed, &format!("hearing {}", claim.id));
        chance.hit(OBJECTED_TO).then(|| {
            let upheld = chance.hit(UPHELD);
            let appeals = chance.hit(APPEALS);
            let right = chance.hit(APPEALS_UPHELD);
            Self {
                claimant: claim.resident,
                upheld,
                appeal: (upheld && appeals).then_some(right),
                chance,
            }
        })
    }
}
