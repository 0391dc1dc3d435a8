//! Why a contribution has its grade, told of the rules in the log.

use linli_api as api;
use linli_domain::contribution::Signals;
use linli_domain::rules::{Lacking, SignalRule};
use linli_readmodel::contributions::Case;

use crate::gateway::Inner;
use crate::parse::Spoken;
use crate::problem::Problem;
use crate::told::fault;

impl Inner {
    /// What graded a case: the set that was in force at its end when it was submitted. None where the
    /// directory doesn't know that set yet.
    pub(super) async fn grading(
        &self,
        case: &Case,
    ) -> Result<Option<api::evidence::Grading>, Problem> {
        let sets = self.reader.rule_sets().await.map_err(fault)?;
        let set = sets.iter().rev().find(|set| {
            set.position < case.submitted_position && set.effective_from <= case.ended_at
        });
        let Some(set) = set else { return Ok(None) };
        let rules = self.said(set.position).await?;
        let grading = rules.grading(case.signals);
        Ok(Some(api::evidence::Grading {
            rules_version: set.version.0,
            by: grading.by.map(rule),
            better: grading.better.iter().map(way).collect(),
        }))
    }
}

fn rule(rule: &SignalRule) -> api::evidence::GradeRule {
    api::evidence::GradeRule { all: said(rule.all), any: said(rule.any), none: said(rule.none) }
}

fn way(lacking: &Lacking) -> api::evidence::BetterGrade {
    api::evidence::BetterGrade {
        grade: lacking.grade.said(),
        all: said(lacking.all),
        any: said(lacking.any),
        against: said(lacking.against),
    }
}

fn said(signals: Signals) -> Vec<api::contribution::Signal> {
    signals.iter().map(Spoken::said).collect()
}
