//! Conduct checks over the year: a community officer looks at what they hold, and two neighbours who
//! confirm each other daily come to nothing.

use linli_api::aid::{AidChanged, AidKind, AidStep, Help, OpenAid, TakeAidStep};
use linli_api::conduct::{Hold, ReviewContribution, SignKind};
use linli_api::contribution::{ContributionStatus, RejectReason};
use linli_api::receipt::Receipt;
use linli_api::{Client, Id};

use super::hands::Hands;
use super::tally::Tally;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::traffic::{Planted, Ring};

const RING: &str = "two neighbours who confirm each other daily";

/// Days on which each of the two helps the other.
const RING_DAYS: i64 = 6;

const MINUTES_A_DAY: i64 = 24 * 60;

/// How far it has come.
pub(super) struct Conduct<'a> {
    hands: &'a Hands,
    planted: &'a Planted,
    to_come: bool,
}

impl<'a> Conduct<'a> {
    pub(super) const fn new(hands: &'a Hands, planted: &'a Planted) -> Self {
        Self { hands, planted, to_come: true }
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        if self.to_come && self.planted.ring.at <= at {
            self.to_come = false;
            self.confirm_each_other(tally).await?;
        }
        for hold in self.holds().await? {
            let body = ReviewContribution::Release {};
            self.review(&hold, &body).await?;
            tally.held();
        }
        Ok(())
    }

    /// The year is over, and so the story has to be.
    pub(super) fn end(self) -> Result<(), DemoError> {
        if self.to_come { Err(ended("it never came to its end")) } else { Ok(()) }
    }

    fn reviewer(&self) -> Result<&'a Client, DemoError> {
        let officer = self.planted.ring.reviewer.id;
        self.hands.staff.get(&officer).ok_or(DemoError::Plan("the key of an officer"))
    }

    async fn holds(&self) -> Result<Vec<Hold>, DemoError> {
        let head = self.hands.head().await?;
        let held = self.reviewer()?.after(head).holds(None).await;
        Ok(held.doing(|| "read what checks hold".to_owned())?.body.items)
    }

    async fn review(
        &self,
        hold: &Hold,
        body: &ReviewContribution,
    ) -> Result<ContributionStatus, DemoError> {
        let id = &hold.contribution;
        let reply = self.reviewer()?.review(&format!("review-{id}"), id, body).await;
        Ok(reply.doing(|| format!("review {id}"))?.body.changed.status)
    }

    /// Each helps the other, day after day; the last is held, and somebody who looks rejects it.
    async fn confirm_each_other(&self, tally: &mut Tally) -> Result<(), DemoError> {
        let ring = &self.planted.ring;
        let mut last = None;
        for day in 1..=RING_DAYS {
            let ago = RING_DAYS.saturating_add(1).saturating_sub(day);
            let morning = ring.at.later(ago.saturating_neg().saturating_mul(MINUTES_A_DAY));
            for (asks, helps, later) in [(&ring.other, &ring.one, 0), (&ring.one, &ring.other, 240)]
            {
                let key = format!("ring-{day}-{later}");
                let told =
                    help(&self.hands.partner, ring, &key, (asks, helps), morning.later(later));
                last = Some(told.await?);
            }
        }
        let held = last.map(|last| last.changed.held).unwrap_or_default();
        let kinds: Vec<_> = held.iter().map(|sign| sign.kind).collect();
        if kinds != [SignKind::Ring] {
            return Err(ended(&format!("held for {kinds:?}")));
        }
        let queue = self.holds().await?;
        let found = queue.iter().find(|hold| hold.signs == held);
        let hold = found.ok_or_else(|| ended("nobody sees it"))?;
        let body = ReviewContribution::Reject { reason: RejectReason::NotEligible };
        let status = self.review(hold, &body).await?;
        tally.held();
        if status != ContributionStatus::Rejected {
            return Err(ended(&format!("{status:?}")));
        }
        let reader = self.reviewer()?.after(self.hands.head().await?);
        let file = reader.contribution(&hold.contribution).await;
        let file = file.doing(|| format!("read {}", hold.contribution))?.body;
        if (file.status, &file.award) != (ContributionStatus::Rejected, &None) {
            return Err(ended(&format!(
                "rejected, and then {:?} with {:?}",
                file.status, file.award
            )));
        }
        Ok(())
    }
}

/// An hour's help from then on, asked, given and confirmed.
async fn help(
    partner: &Client,
    ring: &Ring,
    key: &str,
    (asks, helps): (&crate::population::Resident, &crate::population::Resident),
    from: Moment,
) -> Result<Receipt<AidChanged>, DemoError> {
    let resident = |who: &crate::population::Resident| Id::from(who.id.to_string());
    let opening = OpenAid {
        aid: None,
        kind: AidKind::Ask,
        resident: resident(asks),
        help: Help::Errand,
        grid: Id::from(ring.grid.to_string()),
        estate: None,
    };
    let doing = || format!("{RING}: {key}");
    let opened = partner.open_aid(&format!("{key}-ask"), &opening).await.doing(doing)?;
    let aid = opened.body.changed.aid;
    let (started_at, ended_at) = (from.instant(), from.later(60).instant());
    let steps = [
        ("match", helps, AidStep::Match {}),
        ("finish", helps, AidStep::Finish { started_at, ended_at }),
        ("confirm", asks, AidStep::Confirm {}),
    ];
    let mut last = None;
    for (name, who, act) in steps {
        let body = TakeAidStep { resident: resident(who), act };
        let reply = partner.take_aid_step(&format!("{key}-{name}"), &aid, &body).await;
        last = Some(reply.doing(doing)?.body);
    }
    last.ok_or(DemoError::Plan("a step of help"))
}

fn ended(how: &str) -> DemoError {
    DemoError::Story { story: RING, outcome: how.to_owned() }
}
