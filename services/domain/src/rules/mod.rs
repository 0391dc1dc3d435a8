//! Rules (积分规则): what is rewarded and how, as versioned data in the log.
//!
//! A rule set is published by an event and in force from its date. An award is made by the set
//! that was in force when the service *ended*, and names it; no later set ever touches it.

mod act;
mod activities;
mod book;
mod conduct;
mod counter;
mod estates;
mod fairness;
mod flaw;
mod grading;
mod honours;
mod mediation;
mod notice;
mod orders;
mod queue;
mod seasons;
mod set;
mod spending;
mod throttle;
mod time_bank;
mod tried;

pub use act::{Act, Amount, Cap, Category, Limit, Scope, Unit, VerificationNeed};
pub use activities::ActivityRules;
pub use book::RuleBook;
pub use conduct::{ConductRules, Frequency, LateTerms, StaffHours, TravelTerms};
pub use counter::{CounterRules, OfflineTerms, Presence};
pub use estates::EstateRules;
pub use fairness::{Fairness, Quota, RATE_WHOLE, Sampling};
pub use flaw::{InvalidRules, RulesPart};
pub use grading::{Grading, Lacking};
pub use honours::{Granting, HonourRules, Medal, Ties};
pub use mediation::{MediationRules, TierTerms};
pub use notice::NoticeRules;
pub use orders::{AidRules, HazardActs, OrderClocks, OrderRules, WhistleClocks};
pub use queue::QueueRules;
pub use seasons::{Season, Seasons};
pub use set::{Coefficients, GradeTerms, LotLife, RuleSet, RuleVersion, SignalRule};
pub use spending::{Expiry, Redeemed, ReturnTerms, Spending, SpendingLimit};
pub use throttle::Throttle;
pub use time_bank::TimeBankRules;
pub use tried::{Tried, TriedSums};

use crate::{Decision, Refusal, State};

/// What can be wished of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Publish a rule set.
    Publish(Box<RuleSet>),
}

/// What happened to rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A rule set was published.
    Published(Box<RuleSet>),
}

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Publish(rules) => {
            let expected = state.rules.next_version();
            if rules.version != expected {
                return Err(Refusal::RulesVersion { expected, found: rules.version });
            }
            if let Some(latest) = state.rules.latest()
                && rules.effective_from < latest.effective_from
            {
                return Err(Refusal::RulesOutOfOrder { after: latest.effective_from });
            }
            rules.check().map_err(Refusal::InvalidRules)?;
            Ok(Decision::one(Event::Published(rules.clone())))
        }
    }
}
