//! Keys: minted, listed, revoked.

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::key::{Keys, MintKey, MintedKey};
use linli_domain::Position;
use linli_domain::id::{OfficerId, StationId};

use crate::caller::Caller;
use crate::command::told;
use crate::front::Here;
use crate::gateway::{Inner, now};
use crate::key::{self, KeyKind, MintError, NewKey, Scope, StoreError};
use crate::parse::{self, Spoken as _};
use crate::problem::{Kind, Problem};
use crate::request::{PathText, SentPlain, json};

/// Mint a key
///
/// The secret is shown this once. Not repeatable: a second request mints a second key.
#[utoipa::path(post, path = "/v1/keys", tag = "keys", request_body = MintKey,
    responses((status = 201, description = "Minted", body = MintedKey)))]
pub(super) async fn mint(Here(gateway): Here, sent: SentPlain) -> Result<Response, Problem> {
    let new = new_key(&json(&sent.body)?)?;
    let (pool, district) = (&gateway.keys, gateway.district.as_str());
    let minted =
        key::mint(pool, district, &gateway.environment, new, now()).await.map_err(not_minted)?;
    gateway.keys_changed().await;
    let minted = MintedKey { key: minted.key(), secret: minted.text };
    Ok(told(StatusCode::CREATED, Position::START, &minted))
}

/// All keys, oldest first
#[utoipa::path(get, path = "/v1/keys", tag = "keys",
    responses((status = 200, description = "The keys without their secrets, revoked ones too", body = Keys)))]
pub(super) async fn list(Here(gateway): Here, _: Caller) -> Result<Response, Problem> {
    let keys = key::list(&gateway.keys, gateway.district.as_str()).await.map_err(fault)?;
    let keys = Keys { keys };
    Ok(told(StatusCode::OK, Position::START, &keys))
}

/// Revoke a key
///
/// It stops working here at once, and within about a second in every other gateway.
#[utoipa::path(delete, path = "/v1/keys/{id}", tag = "keys",
    params(("id" = String, Path, description = "The key's id")),
    responses((status = 200, description = "Revoked; the body is `null`")))]
pub(super) async fn revoke(
    Here(gateway): Here,
    PathText(text): PathText,
    _: Caller,
) -> Result<Response, Problem> {
    let district = gateway.district.as_str();
    let known = key::revoke(&gateway.keys, district, &text, now()).await.map_err(fault)?;
    if !known {
        return Err(Problem::plain(Kind::NotFound));
    }
    gateway.keys_changed().await;
    Ok(told(StatusCode::OK, Position::START, &()))
}

impl Inner {
    /// The keys in memory follow at once; if that fails, within a second like everywhere else.
    async fn keys_changed(&self) {
        if let Err(error) = self.ring.refresh().await {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "keys can't be read");
        }
    }
}

fn new_key(said: &MintKey) -> Result<NewKey, Problem> {
    let kind = KeyKind::heard(said.kind);
    let subject = said.subject.as_ref().map(|subject| match kind {
        KeyKind::Staff => parse::id("subject", subject).map(OfficerId::number),
        KeyKind::Station
        | KeyKind::Partner
        | KeyKind::Auditor
        | KeyKind::Operator
        | KeyKind::Supplier
        | KeyKind::Resident
        | KeyKind::Finance => parse::id("subject", subject).map(StationId::number),
    });
    let client =
        said.client.as_ref().map(|client| parse::id("client", client).map(StationId::number));
    let scope = |name: &String| Scope::by_name(name).ok_or_else(|| no_such_scope(name));
    let scopes = said.scopes.as_ref().map(|scopes| scopes.iter().map(scope).collect());
    Ok(NewKey {
        kind,
        name: said.name.clone(),
        subject: subject.transpose()?,
        scopes: scopes.transpose()?,
        client: client.transpose()?,
        expires_at: said
            .expires_at
            .as_ref()
            .map(|at| parse::instant("expires_at", at))
            .transpose()?,
    })
}

fn no_such_scope(name: &str) -> Problem {
    let shown: String = name.chars().take(40).collect();
    Problem::new(
        Kind::InvalidMint,
        format!("没有名为 {shown} 的权限。"),
        format!("There is no scope `{shown}`."),
    )
    .with("field", "scopes")
}

fn not_minted(error: MintError) -> Problem {
    let (zh, field) = match &error {
        MintError::Store(_) => return Problem::fault(Kind::Unavailable, &error),
        MintError::Name => ("密钥名称为 1 至 80 个字符。".to_owned(), "name"),
        MintError::SubjectNeeded(_) => ("此类密钥须绑定驿站或人员。".to_owned(), "subject"),
        MintError::SubjectUnwanted(_) => ("此类密钥不得绑定。".to_owned(), "subject"),
        MintError::ScopeBeyondKind { scope, .. } => {
            (format!("此类密钥不得有 {} 权限。", scope.name()), "scopes")
        }
    };
    Problem::new(Kind::InvalidMint, zh, format!("{error}.")).with("field", field)
}

pub(super) fn fault(error: StoreError) -> Problem {
    let kind = match &error {
        StoreError::Connection(_) | StoreError::Statement(_) => Kind::Unavailable,
        StoreError::Row { .. } => Kind::Internal,
    };
    Problem::fault(kind, &error)
}
