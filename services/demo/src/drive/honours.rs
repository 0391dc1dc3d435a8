//! Honours: those who lead the community's board ask for certificates, which two officers sign after their
//! notice; one is declared void, and anybody who has the code is told so. One of them chooses a name for
//! the board, and one says that a record is wrong.

use std::collections::BTreeSet;

use linli_api::client::RankingWish;
use linli_api::honour::{
    AnswerReport, Certificate, CertificateStage, CertificateStep, CheckedCertificate, RecordFault,
    ReportRecord, ReportStage, RequestCertificate, RevokeReason,
};
use linli_api::pseudonym::ChoosePseudonym;
use linli_api::ranking::{GroupKind, GroupOrder, RankingWindow};
use linli_api::{Client, Id};

use super::batch::several;
use super::hands::Hands;
use super::tally::Tally;
use super::{id, is};
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::error::{DemoError, Doing as _};
use crate::population::{Officer, Place};
use crate::summary::Honours;

const STORY: &str = "certificates of those who lead the board";

/// 3 November: they ask, one reports a record, one chooses a name.
const ASKED_ON: Day = Day(306);

/// 5 November: the report is answered, of which the rules have it within five working days.
const ANSWERED_ON: Day = Day(308);

/// 11 November: the notice of seven days is over.
const SIGNED_ON: Day = Day(314);

/// 17 November: one was made out by mistake.
const REVOKED_ON: Day = Day(320);

/// So many ask.
const HOLDERS: u32 = 5;

/// So far down the board somebody who led it in November is looked for at the end.
const BOARD: u32 = 50;

/// The words of the name, as the list has them, and what they make.
const WORDS: (&str, &str) = ("quiet", "heron");
const NAME: &str = "Quiet Heron";

/// What is to be done next.
#[derive(Clone, Copy)]
enum Next {
    Ask,
    Answer,
    Sign,
    Revoke,
    Nothing,
}

/// How far it has come.
pub(super) struct Honoured<'a> {
    /// Who has no key at all.
    anybody: Client,
    hands: &'a Hands,
    place: &'a Place,
    chance: Chance,
    next: Next,
    /// Who asked, and the codes of their certificates.
    asked: Vec<(Id, Id)>,
    report: Option<Id>,
    told: Honours,
}

impl<'a> Honoured<'a> {
    pub(super) fn new(seed: u64, operator: &Client, hands: &'a Hands, place: &'a Place) -> Self {
        Self {
            anybody: operator.with_key("nobody"),
            hands,
            place,
            chance: Chance::named(seed, "certificates"),
            next: Next::Ask,
            asked: Vec::new(),
            report: None,
            told: Honours::default(),
        }
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        let today = at.day();
        match self.next {
            Next::Ask if today >= ASKED_ON => self.ask(at, tally).await,
            Next::Answer if today >= ANSWERED_ON => self.answer(tally).await,
            Next::Sign if today >= SIGNED_ON => self.sign(tally).await,
            Next::Revoke if today >= REVOKED_ON => self.revoke(tally).await,
            Next::Ask | Next::Answer | Next::Sign | Next::Revoke | Next::Nothing => Ok(()),
        }
    }

    /// Who asked for a certificate.
    pub(super) fn holders(&self) -> BTreeSet<Id> {
        self.asked.iter().map(|(holder, _)| holder.clone()).collect()
    }

    /// The community's board of the year.
    fn board(&self) -> RankingWish {
        RankingWish {
            area: Some(id(self.place.community)),
            window: RankingWindow::Year,
            period: Some("2025".to_owned()),
        }
    }

    async fn reader(&self) -> Result<Client, DemoError> {
        Ok(self.hands.partner.after(self.hands.head().await?))
    }

    /// Two of the community's officers, who sign one after the other.
    fn signers(&self) -> Result<[(&'a Officer, &'a Client); 2], DemoError> {
        let [one, other, ..] = self.place.community_officers.as_slice() else {
            return Err(DemoError::Plan("two officers who sign"));
        };
        let key = |officer: &'a Officer| {
            let key = self.hands.staff.get(&officer.id);
            Ok((officer, key.ok_or(DemoError::Plan("the key of an officer"))?))
        };
        Ok([key(one)?, key(other)?])
    }

    async fn ask(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        let partner = &self.hands.partner;
        let board = self.reader().await?.ranking(&self.board(), HOLDERS, None).await;
        let leading = board.doing(|| "read the community's board".to_owned())?.body.places;
        for place in leading {
            let code = id(self.chance.id(at.milliseconds()));
            let wish = RequestCertificate {
                certificate: Some(code.clone()),
                resident: place.resident.clone(),
            };
            let asked = partner.request_certificate(&format!("certificate-{code}"), &wish).await;
            asked.doing(|| "ask for a certificate".to_owned())?;
            tally.command();
            self.asked.push((place.resident, code));
        }
        let [(first, _), .., (last, _)] = self.asked.as_slice() else {
            return Err(ended("fewer than two lead the board"));
        };
        let (one, other) = WORDS;
        let words = ChoosePseudonym { first: Some(one.to_owned()), second: Some(other.to_owned()) };
        let chosen = partner.choose_pseudonym("pseudonym", first, &words).await;
        chosen.doing(|| "choose a name for the board".to_owned())?;
        let body = ReportRecord {
            report: Some(id(self.chance.id(at.milliseconds()))),
            resident: last.clone(),
            fault: RecordFault::Missing,
            contribution: None,
        };
        let reported = partner.report_record("record-report", &body).await;
        let reported = reported.doing(|| "say that a record is wrong".to_owned())?.body;
        self.report = Some(reported.changed.report);
        tally.command();
        tally.command();
        self.next = Next::Answer;
        Ok(())
    }

    /// Somebody looks: nothing is missing.
    async fn answer(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let [(_, officer), _] = self.signers()?;
        let report = self.report.take().ok_or(DemoError::Plan("a report"))?;
        let right = AnswerReport { corrected_by: None };
        let answered = officer.answer_report("record-answer", &report, &right).await;
        let answered = answered.doing(|| "answer a report".to_owned())?.body;
        if answered.changed.stage != ReportStage::Right {
            return Err(ended(&format!("answered by {:?}", answered.changed)));
        }
        tally.command();
        self.told.reports_answered = 1;
        self.next = Next::Sign;
        Ok(())
    }

    async fn sign(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        for (_, code) in &self.asked {
            let mut stage = CertificateStage::OnNotice;
            for (officer, key) in self.signers()? {
                let name = format!("sign-{code}-{}", officer.id);
                stage = step(key, &name, code, &CertificateStep::Sign {}).await?.stage;
                tally.command();
            }
            if stage != CertificateStage::Valid {
                return Err(ended(&format!("{stage:?} after two signatures")));
            }
            self.told.certificates = self.told.certificates.saturating_add(1);
        }
        self.next = Next::Revoke;
        Ok(())
    }

    async fn revoke(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let [(_, officer), _] = self.signers()?;
        let (_, code) = self.asked.last().ok_or(DemoError::Plan("a certificate"))?;
        let mistake = CertificateStep::Revoke { reason: RevokeReason::Mistake };
        step(officer, &format!("revoke-{code}"), code, &mistake).await?;
        tally.command();
        self.next = Next::Nothing;
        Ok(())
    }

    /// The year is over: what strangers are told, and what the boards show.
    pub(super) async fn end(mut self) -> Result<Honours, DemoError> {
        if !matches!(self.next, Next::Nothing) {
            return Err(ended("it never came to its end"));
        }
        let reader = self.reader().await?;
        for told in self.checked().await? {
            let (valid, void) = (told.valid, told.reason == Some(RevokeReason::Mistake));
            if valid == void || told.paper.is_none() {
                return Err(ended(&format!("a stranger is told {told:?}")));
            }
            let count = |before: u64, is: bool| before.saturating_add(u64::from(is));
            self.told.certificates_valid = count(self.told.certificates_valid, valid);
            self.told.certificates_revoked = count(self.told.certificates_revoked, void);
        }
        self.told.badges = self.badges(&reader).await?;
        self.told.pseudonym = self.called(&reader).await?;
        let groups = async |by| {
            let board = reader.group_ranking(by, GroupOrder::Merit, &self.board()).await;
            let places = board.doing(|| format!("read the board of {by:?}"))?.body.places.len();
            if places == 0 { Err(ended(&format!("no {by:?} on the board"))) } else { Ok(places) }
        };
        let households_ranked = groups(GroupKind::Household).await?;
        let teams_ranked = groups(GroupKind::Team).await?;
        let estates_ranked = groups(GroupKind::Estate).await?;
        Ok(Honours { households_ranked, teams_ranked, estates_ranked, ..self.told })
    }

    /// What anybody is told of the certificates.
    async fn checked(&self) -> Result<Vec<CheckedCertificate>, DemoError> {
        let check = |code: &Id| {
            let code = code.to_string();
            async move {
                let told = self.anybody.check_certificate(&code).await;
                Ok(told.doing(|| format!("check the certificate {code}"))?.body)
            }
        };
        several(self.asked.iter().map(|(_, code)| check(code)).collect()).await
    }

    /// How many of the certificates that stand can be had as a badge: none where the place signs none.
    async fn badges(&self, reader: &Client) -> Result<u64, DemoError> {
        let mut signed = 0_u64;
        for (holder, code) in &self.asked {
            let rows = match reader.badges(holder).await {
                Err(error) if is(&error, "no-badges") => return Ok(0),
                rows => rows.doing(|| "read badges".to_owned())?.body.badges,
            };
            let row = rows.iter().find(|row| row.certificate.as_ref() == Some(code) && !row.void);
            let Some(row) = row else { continue };
            let badge = reader.badge(row.badge).await;
            badge.doing(|| format!("read the badge {}", row.badge))?;
            signed = signed.saturating_add(1);
        }
        Ok(signed)
    }

    /// What the board calls whoever chose a name.
    async fn called(&self, reader: &Client) -> Result<String, DemoError> {
        let (who, _) = self.asked.first().ok_or(DemoError::Plan("a name"))?;
        let board = reader.ranking(&self.board(), BOARD, None).await;
        let board = board.doing(|| "read the community's board".to_owned())?.body.places;
        let place = board.into_iter().find(|place| place.resident == *who);
        match place.and_then(|place| place.pseudonym) {
            Some(name) if name.en == NAME => Ok(name.en),
            name => Err(ended(&format!("the board calls {who} {name:?}"))),
        }
    }
}

async fn step(
    officer: &Client,
    key: &str,
    code: &Id,
    body: &CertificateStep,
) -> Result<Certificate, DemoError> {
    let stepped = officer.step_certificate(key, code, body).await;
    Ok(stepped.doing(|| format!("step the certificate {code}"))?.body.changed)
}

fn ended(how: &str) -> DemoError {
    DemoError::Story { story: STORY, outcome: how.to_owned() }
}
