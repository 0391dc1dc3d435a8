//! Pseudonyms: what residents are called where rankings and notices are read.

use std::collections::BTreeMap;

use axum::response::Response;
use linli_api::pseudonym::{ChoosePseudonym, PseudonymChanged, PseudonymWords, WithdrawPseudonym};
use linli_api::receipt::Receipt;
use linli_domain::id::ResidentId;
use linli_domain::resident::{Command, Pseudonym, PseudonymWish, WithdrawalReason};
use linli_domain::{Noun, Position};

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::Problem;
use crate::receipt::pseudonym_changed;
use crate::request::{PathText, Reading, Sent};
use crate::told::{fault, shown};

const CHOOSE: Deed = Deed::changing("pseudonym.choose");
const DROP: Deed = Deed::changing("pseudonym.drop");
const WITHDRAW: Deed = Deed::changing("pseudonym.withdraw");

/// The words that pseudonyms are made of
#[utoipa::path(get, path = "/v1/pseudonym-words", tag = "rankings",
    responses((status = 200, description = "Two lists", body = PseudonymWords)))]
pub(super) async fn words(reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    Ok(shown(Position::START, &parse::pseudonym_words()))
}

/// Choose a pseudonym for the rankings
///
/// Two words of the lists, or none to have them drawn by chance. Only who is shown has one. Where the words
/// were somebody's before, a number follows them, which is nobody else's; a new choice takes the place of
/// the one before.
#[utoipa::path(put, path = "/v1/residents/{id}/pseudonym", tag = "residents", request_body = ChoosePseudonym,
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Called so from now on", body = Receipt<PseudonymChanged>)))]
pub(super) async fn choose(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ChoosePseudonym, _: &Caller| {
        let words = parse::chosen_words(&said)?;
        let resident = ResidentId::from_path(&resident, Noun::Resident)?;
        Ok(Command::Pseudonym(PseudonymWish::Choose { resident, words }))
    };
    gateway.perform(CHOOSE, &sent, &resident, meant, pseudonym_changed).await
}

/// Give a pseudonym up
#[utoipa::path(delete, path = "/v1/residents/{id}/pseudonym", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Called nothing from now on", body = Receipt<PseudonymChanged>)))]
pub(super) async fn give_up(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |Bare {}: Bare, _: &Caller| {
        let resident = ResidentId::from_path(&resident, Noun::Resident)?;
        Ok(Command::Pseudonym(PseudonymWish::Drop(resident)))
    };
    gateway.perform(DROP, &sent, &resident, meant, pseudonym_changed).await
}

/// Withdraw a resident's pseudonym, as the officer of the key
///
/// An officer of a community or above, in whose area the resident lives. The two words are nobody's from
/// then on; the resident may choose others.
#[utoipa::path(post, path = "/v1/residents/{id}/pseudonym/withdrawal", tag = "residents",
    request_body = WithdrawPseudonym,
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Withdrawn", body = Receipt<PseudonymChanged>)))]
pub(super) async fn withdraw(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: WithdrawPseudonym, caller: &Caller| {
        let resident = ResidentId::from_path(&resident, Noun::Resident)?;
        let (officer, reason) = (caller.officer()?, WithdrawalReason::heard(said.reason));
        Ok(Command::Pseudonym(PseudonymWish::Withdraw { resident, officer, reason }))
    };
    gateway.perform(WITHDRAW, &sent, &resident, meant, pseudonym_changed).await
}

impl Inner {
    /// What those on a ranking are called, from memory if that knows.
    pub(super) async fn called(
        &self,
        of: &[ResidentId],
    ) -> Result<BTreeMap<ResidentId, Pseudonym>, Problem> {
        if let Some(called) = self.ranks.as_ref().and_then(|ranks| ranks.called(of)) {
            return Ok(called);
        }
        let rows = self.reader.ranked_among(of).await.map_err(fault)?;
        Ok(rows.into_iter().filter_map(|(id, called)| Some((id, called?))).collect())
    }
}
