//! Officers: each says what there is to say, with their own key.

use std::collections::BTreeMap;

use linli_api::contribution::{Decided, RejectContribution, VerifyContribution, VerifyOne};
use linli_api::receipt::Receipt;
use linli_api::{Amount, Client, Id};
use ulid::Ulid;

use super::batch::{accepted, bulks, several};
use super::hands::Hands;
use crate::error::{DemoError, Doing as _};
use crate::progress::Progress;
use crate::traffic::{Say, Word};

/// Says them all, and gives the receipts. Nobody speaks twice of one contribution here.
pub(super) async fn say(
    hands: &Hands,
    words: &[Word],
    progress: &Progress,
) -> Result<Vec<Receipt<Decided>>, DemoError> {
    let mut by_officer: BTreeMap<Ulid, Vec<Word>> = BTreeMap::new();
    for word in words {
        by_officer.entry(word.officer.id).or_default().push(*word);
    }
    let speak = |(officer, words): (Ulid, Vec<Word>)| async move {
        let count = words.len();
        let client = hands.staff.get(&officer).ok_or(DemoError::Plan("the key of an officer"))?;
        let receipts = speak(client, officer, &words).await?;
        progress.done(count);
        Ok(receipts)
    };
    let receipts = several(by_officer.into_iter().map(speak).collect()).await?;
    Ok(receipts.into_iter().flatten().collect())
}

async fn speak(
    client: &Client,
    officer: Ulid,
    words: &[Word],
) -> Result<Vec<Receipt<Decided>>, DemoError> {
    let mut receipts = Vec::with_capacity(words.len());
    let mut verified = Vec::new();
    for word in words {
        let key = format!("word-{}-{officer}", word.contribution);
        let contribution = Id::from(word.contribution.to_string());
        match word.say {
            Say::Verify { assessed, difficulty } => {
                let assessed = assessed.map(|points| Amount::from(points.to_string()));
                verified.push((key, VerifyOne { contribution, assessed, difficulty }));
            }
            Say::Reject(reason) => {
                let body = RejectContribution { reason };
                let reply = client.reject_contribution(&key, &contribution, &body).await;
                receipts.push(reply.doing(|| format!("reject {contribution}"))?.body);
            }
        }
    }
    // One alone is sent as one, as somebody on the street would.
    if let [(key, VerifyOne { contribution, assessed, difficulty })] = verified.as_slice() {
        let body = VerifyContribution { assessed: assessed.clone(), difficulty: *difficulty };
        let reply = client.verify_contribution(key, contribution, &body).await;
        receipts.push(reply.doing(|| format!("verify {contribution}"))?.body);
        return Ok(receipts);
    }
    for bulk in bulks(verified) {
        let answer = client.verify_contributions(&bulk).await;
        receipts.extend(accepted("verify contributions", answer)?);
    }
    Ok(receipts)
}
