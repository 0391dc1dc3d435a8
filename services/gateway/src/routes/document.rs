//! The head of the OpenAPI document: what is said once for all routes.

use linli_api::problem::Problem;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, Contact, InfoBuilder, License, OpenApi, OpenApiBuilder};
use utoipa::{PartialSchema as _, ToSchema};

use crate::routes::listing::{PROBLEM, problem};

const ABOUT: &str = "\
The volunteer-merit and points ledger of a district. Contributions are submitted and verified, merit \
and points are credited, points are redeemed at service stations, and an auditor can check all of it.

* **Keys**: `Authorization: Bearer <key>`. Each route names the scope that it needs.
* **Commands** need an `Idempotency-Key` and are answered with a receipt. Sent again with the same key \
and body they are done once and answered the same, with `Idempotency-Replayed: true`; the same key with \
another body is refused.
* **Reading your own writes**: pass `last` of a receipt as `after`.
* **Amounts, ids and instants are text**: `\"12.50\"`, a ULID, RFC 3339. Unknown fields are refused.
* **Rate**: a key has so many units in so many seconds (`RateLimit-Policy`); a request takes the \
`x-rate-units` of its route. Beyond it `rate-limited` (429). Once half is gone, each answer tells what is \
left (`RateLimit`).
* **Problems** are RFC 9457 documents in English and Chinese (`Accept-Language: zh`), with the figures \
as members. On 429 and 503 come again after `Retry-After`, with the same key.";

/// The document without a route.
pub(super) fn head() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Linli 邻里")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(License::builder().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .contact(None::<Contact>)
        .build();
    let key = SecurityScheme::Http(
        Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("linli_<environment>_<id>_<secret>_<check>")
            .description(Some(
                "An API key. The scopes are what a key may do; its kind says which it has.",
            ))
            .build(),
    );
    let components = ComponentsBuilder::new()
        .schema(<Problem as ToSchema>::name(), Problem::schema())
        .response(PROBLEM, problem())
        .security_scheme("key", key)
        .build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}
