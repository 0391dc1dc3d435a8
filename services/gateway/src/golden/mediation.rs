//! Refusals of mediation.

use linli_domain::Refusal;
use linli_domain::mediation::Status;
use linli_domain::text::ActCode;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    vec![
        R::NoMediationRules,
        R::OnlyByCase(ActCode::new("ME-1").unwrap()),
        R::CaseAt { found: Status::Broken },
        R::InvalidParties { most: 16 },
        R::PartyMediates,
        R::AtTable,
        R::TableFull { most: 12 },
        R::TooManySessions { most: 15 },
        R::NobodySat,
        R::AgreementNeeded,
    ]
}
