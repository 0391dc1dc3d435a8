//! Badges of Open Badges 3.0: for whoever achieved something, and what a stranger checks them by.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use linli_api::badge::{BadgeRow, Badges as Told, SignedDocument};
use linli_badge::{InvalidProof, Issuer, STATUS_LIST_BITS};
use linli_domain::Position;
use linli_domain::area::Level;
use linli_readmodel::Projection;
use linli_readmodel::rankings::{Achieved, What};

use crate::badge::{Badges, achievement_of, issuer_name};
use crate::front::{Front, Here};
use crate::gateway::Inner;
use crate::parse::time_text;
use crate::problem::{Kind, Problem};
use crate::receipt::{distinction, id, instant};
use crate::request::{PathText, Reading};
use crate::told::{Seen, fault, shown};

/// Where it stands what was achieved, by whom, and who was erased.
const OF: [Projection; 2] = [Projection::Directory, Projection::Rankings];

const JSON_LD: (HeaderName, HeaderValue) =
    (CONTENT_TYPE, HeaderValue::from_static("application/ld+json"));

const CREDENTIAL: (HeaderName, HeaderValue) =
    (CONTENT_TYPE, HeaderValue::from_static("application/vc"));

/// A badge may be void at any moment, a key may go.
const FRESH: (HeaderName, HeaderValue) = (CACHE_CONTROL, HeaderValue::from_static("no-cache"));

/// What a resident has to show elsewhere
///
/// Titles that were granted and certificates that were issued, each as a badge of Open Badges 3.0.
#[utoipa::path(get, path = "/v1/residents/{id}/badges", tag = "honours",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The badges", body = Told)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    gateway.signs()?;
    let (row, _) = gateway.known_resident(&resident, &reading).await?;
    if row.erased_at.is_some() {
        return Err(Problem::plain(Kind::ResidentErased));
    }
    let Seen(position) = gateway.see(&OF, reading.after).await?;
    let all = gateway.reader.achieved_by(row.resident).await.map_err(fault)?;
    Ok(shown(position, &Told { badges: all.iter().map(badge_row).collect() }))
}

/// A badge, signed
///
/// An `OpenBadgeCredential` with a Data Integrity proof (`eddsa-jcs-2022`), to be handed on as it is. Whose it
/// is stands in it as a salted hash of the resident's id alone. A badge that is void is told as well: the
/// status list that it names says so.
#[utoipa::path(get, path = "/v1/badges/{id}", tag = "honours",
    params(("id" = u64, Path, description = "Its number")),
    responses((status = 200, description = "The badge", body = SignedDocument)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(badge): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let badges = gateway.signs()?;
    let number = badge.parse().map_err(|_| Problem::plain(Kind::NoBadge))?;
    let Seen(position) = gateway.see(&OF, reading.after).await?;
    let found = gateway.reader.achieved_at(Position(number)).await.map_err(fault)?;
    let found = found.ok_or_else(|| Problem::plain(Kind::NoBadge))?;
    if gateway.resident(found.resident).await?.erased_at.is_some() {
        return Err(Problem::plain(Kind::ResidentErased));
    }
    let salt = gateway.host().await?.badge_salt(found.position);
    let badge = badges.badge(&found, salt);
    let signed = gateway.issuer(badges).await?.badge(&badge).map_err(unsigned)?;
    Ok(shown(position, &SignedDocument(signed)))
}

/// Who issues a district's badges, and the keys that they are checked with
///
/// An Open Badges `Profile` that is a controlled identifier document as well.
#[utoipa::path(get, path = "/badges/{district}", tag = "honours",
    params(("district" = String, Path, description = "The district's code")),
    responses((status = 200, description = "The issuer", body = SignedDocument, content_type = "application/ld+json")))]
pub(super) async fn issuer(
    State(front): State<Arc<Front>>,
    Path(district): Path<String>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let issuer = gateway.issuer(gateway.signs()?).await?;
    Ok(([JSON_LD, FRESH], issuer.profile().to_string()).into_response())
}

/// What can be achieved
#[utoipa::path(get, path = "/badges/{district}/achievements/{code}", tag = "honours",
    params(("district" = String, Path, description = "The district's code"),
        ("code" = String, Path, description = "`star-1`, `medal-2`, `star-1-2025`, `certificate`")),
    responses((status = 200, description = "The achievement", body = SignedDocument, content_type = "application/ld+json")))]
pub(super) async fn achievement(
    State(front): State<Arc<Front>>,
    Path((district, code)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let issuer = gateway.issuer(gateway.signs()?).await?;
    let achievement = achievement_of(&code).ok_or_else(|| Problem::plain(Kind::NoBadge))?;
    Ok(([JSON_LD, FRESH], issuer.achievement(&achievement).to_string()).into_response())
}

/// Which badges are void
///
/// A `BitstringStatusListCredential`, signed: a bit for each record of the log, so a list has 131,072 of them. A
/// badge is void if its title fell, its certificate was revoked, or whose it was is erased.
#[utoipa::path(get, path = "/badges/{district}/status/{list}", tag = "honours",
    params(("district" = String, Path, description = "The district's code"),
        ("list" = u64, Path, description = "Which list, from 0")),
    responses((status = 200, description = "The list", body = SignedDocument, content_type = "application/vc")))]
pub(super) async fn status(
    State(front): State<Arc<Front>>,
    Path((district, list)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let issuer = gateway.issuer(gateway.signs()?).await?;
    let Seen(seen) = gateway.see(&OF, None).await?;
    let none = || Problem::plain(Kind::NoBadge);
    let list: u64 = list.parse().map_err(|_| none())?;
    let from = list.checked_mul(STATUS_LIST_BITS).filter(|from| *from <= seen.0);
    let from = from.ok_or_else(none)?;
    let until = Position(from.saturating_add(STATUS_LIST_BITS));
    let void = gateway.reader.void_achieved(Position(from), until).await.map_err(fault)?;
    let as_of = gateway.ledger_time(Projection::Rankings).await?;
    let void = void.into_iter().map(|position| position.0);
    let signed = issuer.status_list(list, void, &time_text(as_of)).map_err(unsigned)?;
    Ok(([CREDENTIAL, FRESH], signed.to_string()).into_response())
}

fn unsigned(error: InvalidProof) -> Problem {
    Problem::fault(Kind::Internal, &error)
}

fn badge_row(it: &Achieved) -> BadgeRow {
    let (title, certificate) = match &it.what {
        What::Title { title, .. } => (Some(title), None),
        What::Certificate(paper, _) => (None, Some(id(paper.certificate))),
    };
    BadgeRow {
        badge: it.position.0,
        distinction: title.map(|title| distinction(title.distinction)),
        year: title.and_then(|title| title.year),
        certificate,
        valid_from: instant(it.recorded_at),
        void: it.void,
    }
}

impl Inner {
    /// What badges are signed with, if they are here.
    fn signs(&self) -> Result<&Badges, Problem> {
        self.badges.as_ref().ok_or_else(|| Problem::plain(Kind::NoBadges))
    }

    /// Who issues this district's badges: the district, by its name.
    async fn issuer(&self, badges: &Badges) -> Result<Issuer, Problem> {
        let areas = self.reader.areas().await.map_err(fault)?;
        let named = areas.iter().find(|area| area.level == Level::District);
        let code = self.district.as_str();
        let name = named.map_or_else(
            || code.to_owned(),
            |area| issuer_name(area.name_zh.as_str(), area.name_en.as_str()),
        );
        Ok(badges.issuer(code, name))
    }
}
