//! Pages for people: the station's, the auditor's, the finance desk's, the one that checks a
//! receipt, the API's document, the problems'. All of it is in the binary.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::map_response;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use crate::front::Front;
use crate::language::Language;
use crate::problem::{self, Kind, Problem};

/// The files of the pages: the page, the file's name, what is in it.
const FILES: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page_files.rs"));

/// Only what comes from here: no script, style, picture or connection of anybody else's, no frame
/// around it, no form.
const OWN_ONLY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Swagger UI writes styles into its elements, and looks for nothing elsewhere.
const OWN_WITH_STYLES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The camera is for scanning a card, on the station page alone.
const PERMISSIONS: (HeaderName, HeaderValue) = (
    HeaderName::from_static("permissions-policy"),
    HeaderValue::from_static("camera=(self), geolocation=(), microphone=(), payment=(), usb=()"),
);

pub(super) fn routes(document: OpenApi) -> Router<Arc<Front>> {
    let docs: Router<Arc<Front>> = SwaggerUi::new("/docs").url("/openapi.json", document).into();
    let docs = docs.layer(map_response(|response| with_headers(response, OWN_WITH_STYLES)));
    let own = Router::new()
        .route("/", get(|| async { Redirect::temporary("/docs/") }))
        .merge(page("station"))
        .merge(page("audit"))
        .merge(page("certificate"))
        .merge(page("finance"))
        .merge(page("passbook"))
        .merge(page("receipt"))
        .route("/problems.css", get(problems_style))
        .route("/problems", get(|| async { Html(problem::all_page()) }))
        .route("/problems/{name}", get(problem_page));
    docs.merge(own.layer(map_response(|response| with_headers(response, OWN_ONLY))))
}

async fn with_headers(mut response: Response, policy: HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(PERMISSIONS.0, PERMISSIONS.1);
    response
}

/// A page and its files.
fn page(page: &'static str) -> Router<Arc<Front>> {
    let index = move || async move { file(page, "index.html") };
    let named = move |Path(name): Path<String>| async move { file(page, &name) };
    Router::new()
        .route(&format!("/{page}"), get(index))
        .route(&format!("/{page}/"), get(index))
        .route(&format!("/{page}/{{file}}"), get(named))
}

fn file(page: &str, name: &str) -> Response {
    let Some((.., bytes)) = FILES.iter().find(|known| (known.0, known.1) == (page, name)) else {
        return Problem::plain(Kind::NotFound).into_response();
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(content_type(name))),
        // Small files, and a till that must not run yesterday's page against today's server.
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, *bytes).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

async fn problems_style() -> Response {
    let style = include_str!("../../assets/problems.css");
    ([(CONTENT_TYPE, HeaderValue::from_static(content_type("problems.css")))], style)
        .into_response()
}

async fn problem_page(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match Kind::by_name(&name) {
        Some(kind) => Html(problem::one_page(kind)).into_response(),
        None => Problem::plain(Kind::NotFound).respond(Language::of(&headers)),
    }
}
