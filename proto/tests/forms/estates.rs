//! Samples of estates.

use linli_domain::award::Award;
use linli_domain::contribution::{self, Attachment, AttachmentKind, Claim, Grade};
use linli_domain::estate::{self, Committee, Estate, Event, ManagementForm, Member};
use linli_domain::rules::{EstateRules, RuleSet};
use linli_domain::{Command, Noun, Refusal};

use crate::awards::full_award;
use crate::events::{Samples, sample};
use crate::values::{at, bare_claim, bare_rules, id, name};

const FORMS: [ManagementForm; 4] = [
    ManagementForm::RedCommittee,
    ManagementForm::CommunityTrusteeship,
    ManagementForm::HomeownerSelfRule,
    ManagementForm::PropertyEntrusted,
];

fn estate(form: ManagementForm) -> Estate {
    let (estate, area) = (id!(EstateId, 111), id!(AreaId, 3));
    Estate { estate, area, name: name("将军庙38号", "38 Jiangjunmiao"), form }
}

fn committee() -> Committee {
    Committee {
        committee: id!(CommitteeId, 112),
        estate: id!(EstateId, 111),
        members: vec![Member::Resident(id!(ResidentId, 11)), Member::Officer(id!(OfficerId, 21))],
        until: at(525_600),
    }
}

/// With a file of which it is known when and where it was made.
fn with_file() -> Claim {
    let made = Attachment {
        made_at: Some(at(7)),
        made_in: Some(id!(AreaId, 12)),
        ..Attachment::of(AttachmentKind::Photo, [0xab; 32])
    };
    Claim { attachments: vec![made], ..bare_claim() }
}

pub(crate) fn events() -> Samples {
    let (estate_id, committee_id) = (id!(EstateId, 111), id!(CommitteeId, 112));
    let claim = Claim { estate: Some(estate_id), ..bare_claim() };
    let award = Award { estate: Some(estate_id), lines: Vec::new(), ..full_award() };
    let mut samples: Samples =
        FORMS.map(|form| sample(form, Event::Registered(estate(form)))).into();
    let bare = Committee { members: Vec::new(), ..committee() };
    let left =
        |member| Event::Left { estate: estate_id, committee: committee_id, place: 2, member };
    samples.extend([
        sample("whole", Event::FormSet { estate: estate_id, form: FORMS[3] }),
        sample("whole", Event::Elected(committee())),
        sample("bare", Event::Elected(bare)),
        sample("resident", left(Member::Resident(id!(ResidentId, 11)))),
        sample("officer", left(Member::Officer(id!(OfficerId, 21)))),
        sample("whole", Event::TermEnded { estate: estate_id, committee: committee_id }),
        sample(
            "estate",
            contribution::Event::Submitted { claim, grade: Grade::B, caused_by: None },
        ),
        sample("estate", contribution::Event::Awarded(Box::new(award))),
        sample(
            "files",
            contribution::Event::Submitted { claim: with_file(), grade: Grade::C, caused_by: None },
        ),
    ]);
    samples
}

pub(crate) fn commands() -> Vec<Command> {
    let estate_id = id!(EstateId, 111);
    let member = Member::Resident(id!(ResidentId, 11));
    let wishes = [
        estate::Command::Register(estate(FORMS[0])),
        estate::Command::SetForm { estate: estate_id, form: FORMS[1] },
        estate::Command::Elect(committee()),
        estate::Command::Leave { estate: estate_id, member },
    ];
    wishes.into_iter().map(Command::from).collect()
}

pub(crate) fn refusals() -> Vec<Refusal> {
    let mut refusals: Vec<_> = [Noun::Estate, Noun::Committee].map(Refusal::Unknown).into();
    refusals.extend([
        Refusal::NoEstateRules,
        Refusal::EstateElsewhere,
        Refusal::NotRedCommittee,
        Refusal::InvalidCommittee { least: 5, most: 9 },
        Refusal::InvalidTerm { latest: at(525_600) },
        Refusal::NotOnCommittee,
        Refusal::OnCommittee { estate: id!(EstateId, 111) },
    ]);
    refusals
}

/// A rule set that tells of estates.
pub(crate) fn rules_with_estates() -> RuleSet {
    let estates = EstateRules { members_least: 5, members_most: 9, term_days: 1_100 };
    RuleSet { estates: Some(estates), ..bare_rules() }
}
