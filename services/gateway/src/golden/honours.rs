//! The refusals of honours.

use linli_domain::quantity::Minutes;
use linli_domain::{Refusal, honour};

use super::at;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    vec![
        R::NoHonourRules,
        R::NoSuchDistinction,
        R::NoSuchTitle,
        R::TitleAt { found: honour::Standing::Granted },
        R::HoursShort { needed_hours: 300, minutes: Minutes::new(17_970) },
        R::TenureShort { from: at("19:30:00") },
        R::HonourNoticeRuns { until: at("19:30:00") },
        R::CertificateOpen,
        R::NothingServed,
        R::SecondSignature,
        R::CertificateAt { found: honour::Stage::Revoked },
        R::ReportAnswered,
        R::NotCorrected,
    ]
}
