//! A problem as a response.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::language::Language;
use crate::problem::Problem;

impl Problem {
    /// The response in this language.
    pub(crate) fn respond(&self, language: Language) -> Response {
        let told = &*self.0;
        // A document of texts and numbers can always be written.
        let body = serde_json::to_vec(&self.document(language)).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(told.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = told.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if told.kind.status() == 401 {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// In English, with the problem beside it: whoever knows what language was asked for tells it
/// again ([`in_language`]).
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.respond(Language::English);
        response.extensions_mut().insert(self);
        response
    }
}

/// The same response in the language that was asked for.
pub(crate) fn in_language(response: Response, language: Language) -> Response {
    match (language, response.extensions().get::<Problem>()) {
        (Language::Chinese, Some(problem)) => problem.respond(language),
        _ => response,
    }
}
