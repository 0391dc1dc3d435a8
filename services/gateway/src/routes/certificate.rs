//! A certificate, for a stranger who holds its code. No key is asked for, and nobody is named: it
//! tells what was certified, by whom, when, and whether it is still valid.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use linli_api as api;
use linli_api::honour::{Certificate, CheckedCertificate};
use linli_domain::Noun;
use linli_domain::id::{CertificateId, OfficerId};

use crate::front::Front;
use crate::gateway::Shared;
use crate::parse::Path as _;
use crate::problem::{Problem, unknown};
use crate::receipt::certificate;
use crate::told::fault;

/// It may be declared void at any moment.
pub(super) const FRESH: (HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Check a certificate
///
/// For whoever holds its code, without a key. Nobody is named. What was not issued is not told of.
#[utoipa::path(get, path = "/v1/certificates/{code}", tag = "honours",
    params(("code" = String, Path, description = "The certificate's code")),
    responses((status = 200, description = "What it says, and whether it is valid", body = CheckedCertificate)))]
pub(super) async fn check(
    State(front): State<Arc<Front>>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let (told, _) = find(&front, &code).await?;
    Ok(([FRESH], Json(told)).into_response())
}

/// The certificate of this code, in whichever district it was issued. A code is an id with eighty
/// bits of chance, so nobody finds one by asking. What was not issued is not told of.
pub(super) async fn find<'a>(
    front: &'a Front,
    code: &str,
) -> Result<(CheckedCertificate, &'a Shared), Problem> {
    let id = CertificateId::from_path(code, Noun::Certificate)?;
    for gateway in &front.districts {
        let (rows, years) = gateway.reader.certificate(id).await.map_err(fault)?;
        let Some(told) = certificate(&rows, &years) else { continue };
        let signer = rows.iter().rev().find(|row| row.number.is_some()).and_then(|row| row.officer);
        let (Some(signer), Some(_)) = (signer, &told.paper) else { continue };
        return Ok((checked(gateway, signer, told).await?, gateway));
    }
    Err(unknown(Noun::Certificate))
}

async fn checked(
    gateway: &Shared,
    signer: OfficerId,
    told: Certificate,
) -> Result<CheckedCertificate, Problem> {
    let officer = gateway.reader.officer(signer).await.map_err(fault)?;
    let area = match officer {
        Some(officer) => gateway.reader.area(officer.area).await.map_err(fault)?,
        None => None,
    };
    let Certificate { certificate, stage, paper, issued_at, revoked_at, reason, .. } = told;
    // Of somebody who was erased, nothing more is told than that it is void.
    let paper = paper.filter(|_| reason != Some(api::honour::RevokeReason::Erased));
    Ok(CheckedCertificate {
        valid: stage == api::honour::CertificateStage::Valid,
        certificate,
        district: gateway.district.to_string(),
        issuer: area.map(|it| api::Bilingual::new(it.name_zh.as_str(), it.name_en.as_str())),
        paper,
        issued_at,
        revoked_at,
        reason,
    })
}
