//! What the rules say of hazards, orders, whistles and mutual aid: acts and clocks.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::hazard::Seriousness;
use crate::quantity::Minutes;
use crate::rules::{Act, Amount, RuleSet};
use crate::text::ActCode;

/// The acts that a hazard's reporter is rewarded by, once its order is closed and checked.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct HazardActs {
    /// For an ordinary one.
    pub ordinary: ActCode,
    /// For a serious one.
    pub serious: ActCode,
    /// For a major one.
    pub major: ActCode,
}

impl HazardActs {
    /// The act for a hazard that is so serious.
    #[must_use]
    pub const fn of(&self, seriousness: Seriousness) -> &ActCode {
        match seriousness {
            Seriousness::Ordinary => &self.ordinary,
            Seriousness::Serious => &self.serious,
            Seriousness::Major => &self.major,
        }
    }
}

/// How fast a unit of a level has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct OrderClocks {
    /// It accepts an order within so long,
    pub accept: Minutes,
    /// and closes it within so long after that.
    pub close: Minutes,
}

/// How fast a unit answers a whistle, counted from when it was blown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct WhistleClocks {
    /// It signs within so long,
    pub sign: Minutes,
    /// gets in touch within so long,
    pub contact: Minutes,
    /// and reports on site within so many working days, when work is pushed (工作推进哨),
    pub push_working_days: u16,
    /// or a hard case is tackled (攻坚克难哨).
    pub tackle_working_days: u16,
}

/// What mutual aid is worth, and how long it stays open.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct AidRules {
    /// The act of a neighbour's help.
    pub act: ActCode,
    /// The act of a micro-wish fulfilled.
    pub wish: ActCode,
    /// What isn't confirmed after so many days lapses.
    pub open_days: u16,
    /// Are its acts given by the words of both sides alone, so that nobody can claim them?
    pub only: bool,
}

/// All that the rules say of it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct OrderRules {
    /// Reports of one kind at one place within so many hours are of one hazard.
    pub duplicate_hours: u16,
    /// So many false reports in bad faith pause reporting
    pub false_reports: u8,
    /// for so many days.
    pub pause_days: u16,
    /// The acts of hazards.
    pub hazards: HazardActs,
    /// The clocks of orders by level, the smallest first.
    pub ladder: [OrderClocks; 5],
    /// A closed order is checked within so long.
    pub check: Minutes,
    /// The clocks of whistles.
    pub whistles: WhistleClocks,
    /// Mutual aid.
    pub aid: AidRules,
    /// Do words on hazards that are beyond a day's quota hold up the reward, as they do all else? Never the order.
    pub quotas: bool,
}

impl OrderRules {
    /// The clocks of a unit of this level.
    #[must_use]
    pub const fn clocks(&self, level: Level) -> OrderClocks {
        let [micro_grid, grid, community, sub_district, district] = self.ladder;
        match level {
            Level::MicroGrid => micro_grid,
            Level::Grid => grid,
            Level::Community => community,
            Level::SubDistrict => sub_district,
            Level::District => district,
        }
    }

    /// Is the act one that only a checked order awards?
    #[must_use]
    pub fn awards(&self, act: &ActCode) -> bool {
        [&self.hazards.ordinary, &self.hazards.serious, &self.hazards.major].contains(&act)
    }

    /// Is the act one that nobody can claim, for it takes the words of both sides?
    #[must_use]
    pub fn only_by_aid(&self, act: &ActCode) -> bool {
        self.aid.only && [&self.aid.act, &self.aid.wish].contains(&act)
    }

    /// Does it make sense: acts that are there, with fixed points where nobody assesses any, and
    /// clocks that leave some time?
    pub(super) fn makes_sense(&self, rules: &RuleSet) -> bool {
        let fixed = |act: &Act| matches!(act.base, Amount::Fixed(_));
        let HazardActs { ordinary, serious, major } = &self.hazards;
        let acts = [ordinary, serious, major, &self.aid.act];
        let timed =
            |clocks: &OrderClocks| clocks.accept > Minutes::ZERO && clocks.close > Minutes::ZERO;
        acts.iter().all(|code| rules.act(code).is_some_and(fixed))
            && rules.act(&self.aid.wish).is_some()
            && self.ladder.iter().all(timed)
            && self.check > Minutes::ZERO
            && self.whistles.sign > Minutes::ZERO
            && self.whistles.sign <= self.whistles.contact
            && self.false_reports > 0
            && self.aid.open_days > 0
    }
}
