//! Samples of mediation.

use linli_domain::award::{Award, Line};
use linli_domain::contribution;
use linli_domain::mediation::{
    self, Body, DisputeKind, Event, Opening, Pay, Place, SealedFile, Session, Settlement, Sitter,
    Status, Tier,
};
use linli_domain::rules::{MediationRules, RuleSet, TierTerms};
use linli_domain::text::ActCode;
use linli_domain::{Command, Noun, Refusal};

use crate::awards::full_award;
use crate::events::{Samples, sample};
use crate::values::{bare_rules, decimal, id, interval};

const KINDS: [DisputeKind; 9] = [
    DisputeKind::Noise,
    DisputeKind::Water,
    DisputeKind::Parking,
    DisputeKind::Animals,
    DisputeKind::Property,
    DisputeKind::CommonSpace,
    DisputeKind::Family,
    DisputeKind::Money,
    DisputeKind::Other,
];

const BODIES: [Body; 7] = [
    Body::Police,
    Body::LegalAid,
    Body::Property,
    Body::Party,
    Body::Resident,
    Body::Department,
    Body::MicroGrid,
];

const TIERS: [Tier; 4] = [Tier::Oral, Tier::Simple, Tier::Difficult, Tier::Major];

const PAYS: [Pay; 5] =
    [Pay::Follows, Pay::OncePerformed, Pay::PaidBefore, Pay::Undocumented, Pay::Nobody];

fn opening(kind: DisputeKind) -> Opening {
    Opening {
        case: id!(CaseId, 112),
        officer: id!(OfficerId, 21),
        kind,
        grid: id!(AreaId, 3),
        parties: vec![id!(ResidentId, 11), id!(ResidentId, 12)],
        again: None,
        estate: None,
    }
}

fn again() -> Opening {
    Opening { again: Some(id!(CaseId, 111)), parties: Vec::new(), ..opening(DisputeKind::Other) }
}

fn place(body: Body, sitter: Sitter) -> Place {
    Place { mediator: id!(MediatorId, 113), case: id!(CaseId, 112), body, sitter }
}

fn session(minutes: Option<SealedFile>) -> Session {
    Session {
        case: id!(CaseId, 112),
        officer: id!(OfficerId, 21),
        happened: interval(),
        sat: vec![id!(MediatorId, 113), id!(MediatorId, 114)],
        minutes,
    }
}

fn settlement(tier: Tier) -> Settlement {
    Settlement { tier, agreement: (tier != Tier::Oral).then_some(SealedFile([7; 32])) }
}

fn sitters() -> [(&'static str, Sitter); 3] {
    [
        ("resident", Sitter::Resident(id!(ResidentId, 14))),
        ("officer", Sitter::Officer(id!(OfficerId, 22))),
        ("delegate", Sitter::Delegate),
    ]
}

pub(crate) fn events() -> Samples {
    let (case, officer) = (id!(CaseId, 112), id!(OfficerId, 21));
    let first = id!(CaseId, 111);
    let mut samples = vec![
        sample("again", Event::Opened { opening: again(), dispute: first }),
        sample("bare", Event::Sat(Session { sat: Vec::new(), ..session(None) })),
        sample("whole", Event::Sat(session(Some(SealedFile([8; 32]))))),
        sample("whole", Event::Reopened { case, officer }),
    ];
    samples.extend(
        KINDS.map(|kind| sample(kind, Event::Opened { opening: opening(kind), dispute: case })),
    );
    samples.extend(
        BODIES.map(|body| {
            sample(body, Event::Joined { place: place(body, Sitter::Delegate), officer })
        }),
    );
    samples.extend(sitters().map(|(name, sitter)| {
        sample(name, Event::Joined { place: place(Body::Resident, sitter), officer })
    }));
    samples.extend(TIERS.map(|tier| {
        let settlement = settlement(tier);
        sample(tier, Event::Settled { case, officer, settlement, pay: Pay::Follows })
    }));
    samples.extend(PAYS.map(|pay| {
        let settlement = settlement(Tier::Simple);
        sample(pay, Event::Performed { case, officer, settlement, pay })
    }));
    let settlement = settlement(Tier::Major);
    samples.push(sample("whole", Event::Broken { case, officer, settlement }));
    let (tier, pay) = (Tier::Difficult, Pay::Undocumented);
    samples.push(sample("whole", Event::Closed { case, officer, tier, pay }));
    let line = Line::Unsettled { factor: decimal("0.3"), points: decimal("0.45") };
    let award = Award { lines: vec![line], ..full_award() };
    samples.push(sample("unsettled", contribution::Event::Awarded(Box::new(award))));
    samples
}

pub(crate) fn commands() -> Vec<Command> {
    use mediation::Command as Wish;
    let (case, officer) = (id!(CaseId, 112), id!(OfficerId, 21));
    let mut wishes = vec![
        Wish::Open(opening(DisputeKind::Noise)),
        Wish::Open(again()),
        Wish::Sit(session(Some(SealedFile([8; 32])))),
        Wish::Settle { case, officer, settlement: settlement(Tier::Oral) },
        Wish::Perform { case, officer },
        Wish::Break { case, officer },
        Wish::Close { case, officer, tier: Tier::Simple },
        Wish::Reopen { case, officer },
    ];
    let join = |(_, sitter)| Wish::Join { place: place(Body::Police, sitter), officer };
    wishes.extend(sitters().map(join));
    wishes.into_iter().map(Command::from).collect()
}

pub(crate) fn refusals() -> Vec<Refusal> {
    let found =
        [Status::Open, Status::Settled, Status::Performed, Status::Broken, Status::Unsettled];
    let mut refusals: Vec<_> = [Noun::Case, Noun::Mediator].map(Refusal::Unknown).into();
    refusals.extend(found.map(|found| Refusal::CaseAt { found }));
    refusals.extend([
        Refusal::NoMediationRules,
        Refusal::OnlyByCase(ActCode::new("ME-1").unwrap()),
        Refusal::InvalidParties { most: 16 },
        Refusal::PartyMediates,
        Refusal::AtTable,
        Refusal::TableFull { most: 12 },
        Refusal::TooManySessions { most: 15 },
        Refusal::NobodySat,
        Refusal::AgreementNeeded,
    ]);
    refusals
}

/// A rule set that tells of mediation.
pub(crate) fn rules_with_mediation() -> RuleSet {
    let tier = |code, written, performed| TierTerms {
        act: ActCode::new(code).unwrap(),
        written,
        performed,
    };
    let mediation = MediationRules {
        oral: tier("ME-0", false, false),
        simple: tier("ME-1", true, true),
        difficult: tier("ME-2", true, false),
        major: tier("ME-3", true, false),
        unsettled_part: decimal("0.3"),
        same_dispute_days: 365,
    };
    RuleSet { mediation: Some(mediation), ..bare_rules() }
}
