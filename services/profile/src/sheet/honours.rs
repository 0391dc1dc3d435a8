//! The table `[honours]`: titles, certificates, and how people are ranked.

use linli_domain::area::Level;
use linli_domain::officer::Duty;
use linli_domain::rules::{Granting, HonourRules, Medal, Ties};
use linli_domain::text::{Bilingual, Code, Name};
use linli_domain::time::Window;
use serde::Deserialize;

use crate::word::{Cycle, Word};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HonoursSheet {
    granting: Word<Granting>,
    cycle: Word<Cycle>,
    tenure_days: u16,
    notice_working_days: u16,
    star_raters: Vec<Word<Level>>,
    #[serde(default)]
    medals: Vec<MedalSheet>,
    certificate: CertificateSheet,
    report_working_days: u16,
    ties: Word<Ties>,
    #[serde(default)]
    unranked: Vec<Word<Duty>>,
    #[serde(default)]
    season_months: Vec<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MedalSheet {
    code: Word<Code>,
    name: NameSheet,
    hours: u32,
    rater: Word<Level>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameSheet {
    zh: Word<Name>,
    en: Word<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateSheet {
    notice_days: u16,
    signer: Word<Level>,
}

impl HonoursSheet {
    pub(super) fn to_rules(&self) -> HonourRules {
        let cycle = match self.cycle.0 {
            Cycle::AllTime => Window::AllTime,
            Cycle::Year => Window::Year,
        };
        HonourRules {
            granting: self.granting.0,
            cycle,
            tenure_days: self.tenure_days,
            notice_working_days: self.notice_working_days,
            star_raters: self.star_raters.iter().map(|level| level.0).collect(),
            medals: self.medals.iter().map(MedalSheet::to_rules).collect(),
            certificate_notice_days: self.certificate.notice_days,
            certificate_signer: self.certificate.signer.0,
            report_working_days: self.report_working_days,
            ties: self.ties.0,
            unranked: self.unranked.iter().map(|duty| duty.0).collect(),
            season_months: self.season_months.clone(),
        }
    }
}

impl MedalSheet {
    fn to_rules(&self) -> Medal {
        let name = Bilingual { zh: self.name.zh.0.clone(), en: self.name.en.0.clone() };
        Medal { code: self.code.0.clone(), name, hours: self.hours, rater: self.rater.0 }
    }
}
