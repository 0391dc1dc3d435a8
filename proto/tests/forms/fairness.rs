//! Samples of what is fair: reversals, teams, words that wait, and what is looked at again.

use linli_domain::award::{Award, Line, Repayment};
use linli_domain::calendar::Day;
use linli_domain::contribution::{Reversal, ReversalReason, Undoing, Verification};
use linli_domain::inspection::{Drawn, Head, Inspection, Outcome, Sample};
use linli_domain::quantity::Minutes;
use linli_domain::team::{Membership, Team};
use linli_domain::wallet::Recall;
use linli_domain::{Position, contribution, inspection, rules, team, wallet};

use crate::awards::{bare_award, full_award};
use crate::events::{Samples, sample};
use crate::values::{at, attaching, fair_rules, id, lot, name, points, quotas, sampled_rules};

pub(crate) fn reversals() -> Samples {
    let (contribution, officer) = (id!(ContributionId, 10), id!(OfficerId, 5));
    let recall = |owed| Recall {
        resident: id!(ResidentId, 11),
        contribution,
        pool: id!(PoolId, 20),
        back: vec![lot(contribution, 150)],
        owed: points(owed),
    };
    let reversed = |reason, award, recall| {
        let word = Undoing { contribution, officer, reason };
        contribution::Event::Reversed(Box::new(Reversal { word, award, recall }))
    };
    let award = || Award { lines: Vec::new(), ..full_award() };
    let reasons = [
        ReversalReason::NotDone,
        ReversalReason::Duplicate,
        ReversalReason::Broken,
        ReversalReason::Mistake,
        ReversalReason::Unfounded,
    ];
    let mut samples: Samples =
        reasons.map(|reason| sample(reason, reversed(reason, award(), Some(recall(80))))).into();
    let back = Vec::new();
    let repaid =
        Repayment { debt: id!(ContributionId, 36), pool: id!(PoolId, 20), points: points(115) };
    let owed = Line::Repaid { owed: points(300), repaid: points(115), points: points(115) };
    let repaying = Award { repaid: vec![repaid], lines: vec![owed], ..full_award() };
    samples.extend([
        sample("bare", reversed(ReversalReason::Mistake, bare_award(), None)),
        sample("repaying", contribution::Event::Awarded(Box::new(repaying))),
        sample("back", wallet::Event::LotRecalled(recall(0))),
        sample("spent", wallet::Event::LotRecalled(Recall { back, ..recall(80) })),
        sample("returned", wallet::Event::LotRecalled(recall(-80))),
        sample("fair", rules::Event::Published(Box::new(fair_rules()))),
    ]);
    samples
}

pub(crate) fn fair() -> Samples {
    let (contribution, officer) = (id!(ContributionId, 10), id!(OfficerId, 5));
    let (team, resident) = (id!(TeamId, 37), id!(ResidentId, 11));
    let formed = Team { team, grid: id!(AreaId, 12), name: name("先锋队", "Vanguard") };
    let membership = Membership { team, resident };
    let drawn = Drawn { contribution, grid: id!(AreaId, 12), verifier: officer, rate: 10_000 };
    let head = Head { size: Position(41), root: [9; 32] };
    let sample_of = |day, drawn: Vec<Drawn>| {
        let sample = Sample { day: Day::from_number(day), head, awarded: 3, drawn };
        inspection::Event::Drawn(Box::new(sample))
    };
    let queued = contribution::Queued {
        word: Verification { contribution, officer, assessed: None, difficulty: None },
        until: at(60),
        minutes: Minutes::new(300),
        points: points(1000),
        quota: quotas()[0],
    };
    let mut samples = vec![
        sample("whole", team::Event::Formed(formed)),
        sample("whole", team::Event::Joined(membership)),
        sample("whole", team::Event::Left(membership)),
        sample("whole", sample_of(20_500, vec![drawn])),
        sample("nothing", sample_of(-1, Vec::new())),
        sample("whole", contribution::Event::Queued(queued)),
        sample("whole", contribution::Event::Attached(attaching())),
        sample("sampled", rules::Event::Published(Box::new(sampled_rules()))),
    ];
    samples.extend([Outcome::Upheld, Outcome::Corrected, Outcome::Unfounded].map(|outcome| {
        let word = Inspection { contribution, officer, outcome };
        sample(outcome, inspection::Event::Inspected { word, verifier: officer, rate: 150 })
    }));
    samples
}
