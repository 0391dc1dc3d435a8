//! Service, and the points that come of it.

use linli_api::bulk::{Bulk, BulkAnswer, BulkItem, ItemAnswer};
use linli_api::contribution::{Decided, Signal, SubmitContribution, VerifyContribution, VerifyOne};
use linli_api::receipt::Receipt;
use linli_api::{Amount, Id};

use super::{Person, Place};

/// The act by which points are given: its points are assessed, 20 to 100, and no cap touches them.
const GIFT: &str = "OC-1";

/// How long each of them takes.
const GIFT_MINUTES: i64 = 5;

/// Evidence of grade B.
const GOOD: [Signal; 2] = [Signal::Confirmed, Signal::PaperSheet];

impl Place {
    /// A claim for some minutes in the first grid that nobody has used, with evidence of grade B.
    #[must_use]
    pub fn claim(&self, person: &Person, act: &str, minutes: i64) -> SubmitContribution {
        let (started_at, ended_at) = self.interval(minutes);
        SubmitContribution {
            contribution: None,
            resident: person.resident.clone(),
            act: act.to_owned(),
            grid: self.areas.grid.clone(),
            started_at,
            ended_at,
            beneficiary: None,
            alert: false,
            signals: GOOD.to_vec(),
            attachments: Vec::new(),
        }
    }

    /// Submits a claim; gives the contribution's id.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn submit(&self, claim: &SubmitContribution) -> anyhow::Result<Id> {
        let answer = self.partner.submit_contribution(&self.key("submit"), claim).await?;
        Ok(answer.body.changed.contribution)
    }

    /// Submits a claim for an act that the officer of the first grid can award, and has it awarded.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn serve(
        &self,
        person: &Person,
        act: &str,
        minutes: i64,
    ) -> anyhow::Result<Receipt<Decided>> {
        let contribution = self.submit(&self.claim(person, act, minutes)).await?;
        let (key, word) = (self.key("verify"), VerifyContribution::default());
        Ok(self.officers.grid.verify_contribution(&key, &contribution, &word).await?.body)
    }

    /// Gives each of them so many points, 20 to 100, by an award. Gives the last position.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn give(&self, people: &[Person], points: &str) -> anyhow::Result<u64> {
        let mut last = 0;
        for people in people.chunks(linli_api::bulk::BULK_ITEMS_MAX) {
            last = self.give_some(people, points).await?;
        }
        Ok(last)
    }

    async fn give_some(&self, people: &[Person], points: &str) -> anyhow::Result<u64> {
        let claim = self.claim(&self.people.chen, GIFT, GIFT_MINUTES);
        let claims = people.iter().map(|person| SubmitContribution {
            resident: person.resident.clone(),
            ..claim.clone()
        });
        let submitted = self.partner.submit_contributions(&self.bulk("gift", claims)).await?;
        let contributions: Vec<Id> = accepted(submitted.body)?
            .into_iter()
            .map(|receipt| receipt.changed.contribution)
            .collect();
        let words = |assessed: Option<Amount>| {
            self.bulk(
                "word",
                contributions.iter().map(move |contribution| VerifyOne {
                    contribution: contribution.clone(),
                    assessed: assessed.clone(),
                    difficulty: None,
                }),
            )
        };
        accepted(self.officers.grid.verify_contributions(&words(None)).await?.body)?;
        let awarded = words(Some(points.into()));
        let awarded = accepted(self.officers.community.verify_contributions(&awarded).await?.body)?;
        Ok(awarded.last().map_or(0, |receipt| receipt.last))
    }

    /// Many commands, each with a key that nobody has used.
    pub fn bulk<T>(&self, about: &str, bodies: impl Iterator<Item = T>) -> Bulk<T> {
        Bulk { items: bodies.map(|body| BulkItem { key: self.key(about), body }).collect() }
    }
}

/// The receipts of a bulk; all of it has to be accepted.
fn accepted<T>(answer: BulkAnswer<T>) -> anyhow::Result<Vec<Receipt<T>>> {
    let receipt = |answer| match answer {
        ItemAnswer::Accepted { receipt, .. } => Ok(receipt),
        ItemAnswer::Refused { key, problem } => anyhow::bail!("{key}: {}", problem.detail_en),
    };
    answer.answers.into_iter().map(receipt).collect()
}
