//! Badges: what was achieved, as documents of Open Badges 3.0 that this gateway signs.

use std::sync::Arc;

use linli_badge::{Achievement, AchievementKind, Badge, BadgeKeys, Issuer};
use linli_domain::honour::Distinction;
use linli_domain::quantity::Minutes;
use linli_readmodel::rankings::{Achieved, PaperRow, PaperYear, TitleRow, What};

use crate::parse::time_text;

/// What a gateway needs to sign badges.
#[derive(Clone, Debug)]
pub struct Badges {
    /// Where strangers reach this gateway: `https://points.example.cn`, without a slash at the end.
    pub address: String,
    /// The keys.
    pub keys: Arc<BadgeKeys>,
}

impl Badges {
    /// Who issues the badges of a district of this code and name.
    pub(crate) fn issuer(&self, district: &str, name: String) -> Issuer {
        let address = format!("{}/badges/{district}", self.address);
        Issuer::new(address, name, BadgeKeys::clone(&self.keys))
    }

    /// Where a stranger is told more of a certificate.
    fn evidence(&self, what: &What) -> Option<String> {
        match what {
            What::Title { .. } => None,
            What::Certificate(paper, _) => {
                Some(format!("{}/v1/certificates/{}", self.address, paper.certificate))
            }
        }
    }

    /// The badge of something achieved.
    pub(crate) fn badge(&self, it: &Achieved, salt: String) -> Badge {
        Badge {
            number: it.position.0,
            achievement: achievement(&it.what),
            narrative: narrative(&it.what),
            valid_from: time_text(it.recorded_at),
            holder: it.resident.to_string(),
            salt,
            evidence: self.evidence(&it.what),
        }
    }
}

fn achievement(what: &What) -> Achievement {
    match what {
        What::Title { title, .. } => of_title(title.distinction, title.year),
        What::Certificate(..) => of_certificate(),
    }
}

/// The achievement of this code; none if there is none.
pub(crate) fn achievement_of(code: &str) -> Option<Achievement> {
    if code == CERTIFICATE {
        return Some(of_certificate());
    }
    let mut parts = code.split('-');
    let (kind, number, year) = (parts.next()?, parts.next()?.parse().ok()?, parts.next());
    let distinction = match kind {
        "star" => Distinction::Star(number),
        "medal" => Distinction::Medal(number),
        _ => return None,
    };
    let found = of_title(distinction, year.map(str::parse).transpose().ok()?);
    // One address each.
    (number > 0 && found.code == code).then_some(found)
}

const CERTIFICATE: &str = "certificate";

fn of_certificate() -> Achievement {
    Achievement {
        code: CERTIFICATE.to_owned(),
        kind: AchievementKind::Certificate,
        name: "志愿服务记录证明 / Certificate of volunteer service".to_owned(),
        description:
            "所记录的志愿服务时长,依据民政部令第67号出具。 / The recorded hours of volunteer \
                      service, certified under Order 67 of the Ministry of Civil Affairs."
                .to_owned(),
        criteria:
            "记录真实,公示期满,由两名工作人员签署。 / True records, a public notice, and the \
                   signatures of two officers."
                .to_owned(),
    }
}

fn of_title(distinction: Distinction, year: Option<i32>) -> Achievement {
    let (code, zh, en) = match distinction {
        Distinction::Star(number) => (
            format!("star-{number}"),
            format!("{}星级志愿者", numeral(number)),
            format!("{number}-star volunteer"),
        ),
        Distinction::Medal(number) => (
            format!("medal-{number}"),
            format!("志愿服务奖章(第{}级)", numeral(number)),
            format!("Medal of volunteer service, grade {number}"),
        ),
    };
    let (code, name) = match year {
        Some(year) => (format!("{code}-{year}"), format!("{zh}({year}年) / {en} ({year})")),
        None => (code, format!("{zh} / {en}")),
    };
    Achievement {
        code,
        kind: AchievementKind::CommunityService,
        name,
        description: "以经核实的志愿服务时长评定的荣誉称号。 / A title for verified hours of \
                      volunteer service."
            .to_owned(),
        criteria: "达到当地规则规定的服务时长,并经公示。 / The hours that the rules of the place \
                   ask for, and a public notice."
            .to_owned(),
    }
}

fn narrative(what: &What) -> String {
    match what {
        What::Title { noticed, .. } => noticed.as_ref().and_then(of_notice).unwrap_or_default(),
        What::Certificate(paper, years) => of_paper(paper, years),
    }
}

fn of_notice(step: &TitleRow) -> Option<String> {
    let (needed, served) = (step.hours?, step.minutes?);
    Some(format!(
        "公示时已核实服务 {} 小时,标准 {needed} 小时。 / {} hours verified when it went on notice; it \
         takes {needed}.",
        hours(served),
        hours(served)
    ))
}

fn of_paper(paper: &PaperRow, years: &[PaperYear]) -> String {
    let number = match (paper.year, paper.number) {
        (Some(year), Some(number)) => format!("{year}-{number:06}"),
        (None, _) | (_, None) => String::new(),
    };
    let served = hours(paper.minutes.unwrap_or_default());
    let by_year = |it: &PaperYear| format!("{}: {}", it.year, hours(it.minutes));
    let years = years.iter().map(by_year).collect::<Vec<_>>().join("; ");
    format!(
        "编号 {number},已核实服务 {served} 小时。 / No. {number}: {served} hours verified ({years})."
    )
}

/// Whole hours and a part: `18.5`.
fn hours(minutes: Minutes) -> String {
    let (whole, rest) = (minutes.get() / 60, minutes.get() % 60);
    let tenths = rest / 6;
    if tenths == 0 { whole.to_string() } else { format!("{whole}.{tenths}") }
}

fn numeral(number: u8) -> String {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let digit = digits.get(usize::from(number)).copied();
    digit.map_or_else(|| number.to_string(), str::to_owned)
}

/// The name of an issuer, of a place's name.
pub(crate) fn issuer_name(zh: &str, en: &str) -> String {
    format!("{zh} / {en}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_achievement_has_one_address() {
        for (code, name) in [
            ("star-1", Some("一星级志愿者 / 1-star volunteer")),
            ("star-5-2025", Some("五星级志愿者(2025年) / 5-star volunteer (2025)")),
            ("medal-3", Some("志愿服务奖章(第三级) / Medal of volunteer service, grade 3")),
            ("certificate", Some("志愿服务记录证明 / Certificate of volunteer service")),
            ("star-0", None),
            ("star-01", None),
            ("star-1-", None),
            ("star-1-2025-1", None),
            ("star", None),
            ("hero-1", None),
            ("", None),
        ] {
            let found = achievement_of(code).map(|it| it.name);
            assert_eq!(found.as_deref(), name, "{code}");
        }
    }

    #[test]
    fn hours_are_told_to_the_tenth() {
        for (minutes, expected) in [(6_480, "108"), (90, "1.5"), (5, "0"), (59, "0.9")] {
            assert_eq!(hours(Minutes::new(minutes)), expected);
        }
    }
}
