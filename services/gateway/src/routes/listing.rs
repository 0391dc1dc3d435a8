//! The list of routes. A route can only be listed together with the scope that it needs, and the
//! OpenAPI document is made of the same list.

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, Paths};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt as _};

use crate::front::Front;
use crate::key::{Ask, Scope};
use crate::rate::{BULK_UNITS, REQUEST_UNITS, Units};
use crate::routes::document;
use crate::routes::guard::{Guard, guard, speak};

/// The routes of the API so far.
pub(super) struct Listing {
    router: OpenApiRouter<Arc<Front>>,
    front: Arc<Front>,
}

/// A handler with its path and its document, as [`routes!`](utoipa_axum::routes) gives it.
pub(super) type Listed = UtoipaMethodRouter<Arc<Front>>;

impl Listing {
    pub(super) fn new(front: &Arc<Front>) -> Self {
        Self { router: OpenApiRouter::with_openapi(document::head()), front: Arc::clone(front) }
    }

    /// A command with a key of its own.
    pub(super) fn command(self, scope: Scope, listed: Listed) -> Self {
        let headers = [position_header(), replayed_header()];
        self.list(request(scope), listed, &[idempotency_key()], &headers)
    }

    /// Many commands with a key each.
    pub(super) fn bulk(self, scope: Scope, listed: Listed) -> Self {
        let ask = Ask { scope, units: BULK_UNITS };
        self.list(ask, listed, &[], &[position_header()])
    }

    /// What changes nothing in the log.
    pub(super) fn plain(self, scope: Scope, listed: Listed) -> Self {
        self.list(request(scope), listed, &[], &[position_header()])
    }

    /// A read that can be told to wait for a position.
    pub(super) fn read(self, scope: Scope, listed: Listed) -> Self {
        self.list(request(scope), listed, &[after(), after_header()], &[position_header()])
    }

    /// What everybody may see, without a key.
    pub(super) fn open(mut self, (schemas, mut paths, methods): Listed) -> Self {
        let route = label(&paths);
        for (method, operation) in operations(&mut paths) {
            describe(operation, &method, route);
            operation.security = Some(Vec::new());
        }
        let listed: Listed = (schemas, paths, methods);
        let listed = listed.map(|methods| methods.route_layer(from_fn(speak)));
        self.router = self.router.routes(listed);
        self
    }

    fn list(
        mut self,
        ask: Ask,
        (schemas, mut paths, methods): Listed,
        parameters: &[Parameter],
        headers: &[(&str, Header)],
    ) -> Self {
        let route = label(&paths);
        let mut listed_as = Method::GET;
        for (method, operation) in operations(&mut paths) {
            describe(operation, &method, route);
            operation.security = Some(vec![SecurityRequirement::new("key", [ask.scope.name()])]);
            operation.extensions = Some(units_extension(ask.units));
            listed_as = method;
            let known = operation.parameters.get_or_insert_default();
            known.extend(parameters.iter().cloned().map(RefOr::T));
            for response in operation.responses.responses.values_mut() {
                let RefOr::T(response) = response else { continue };
                response.headers.extend(
                    headers
                        .iter()
                        .map(|(name, header)| ((*name).to_owned(), header.clone().into())),
                );
            }
        }
        let metrics = self.front.metrics.of_route(listed_as, route);
        let guarded = Guard { front: Arc::clone(&self.front), ask, metrics };
        let listed: Listed = (schemas, paths, methods);
        let listed = listed.map(|methods| methods.route_layer(from_fn_with_state(guarded, guard)));
        self.router = self.router.routes(listed);
        self
    }

    /// The routes, and the document of them.
    pub(super) fn finish(self) -> (Router<Arc<Front>>, utoipa::openapi::OpenApi) {
        self.router.split_for_parts()
    }
}

/// The path as it is listed, for metrics. The list is made once, so what is leaked is bounded.
fn label(paths: &Paths) -> &'static str {
    let path = paths.paths.keys().next().cloned().unwrap_or_default();
    Box::leak(path.into_boxed_str())
}

/// The operations of some paths, each with its method.
fn operations(paths: &mut Paths) -> impl Iterator<Item = (Method, &mut Operation)> {
    paths.paths.values_mut().flat_map(|item| {
        let methods = [
            (Method::GET, &mut item.get),
            (Method::PUT, &mut item.put),
            (Method::POST, &mut item.post),
            (Method::DELETE, &mut item.delete),
        ];
        methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
    })
}

/// What the document says of every operation: what it is called, and that there may be a problem.
fn describe(operation: &mut Operation, method: &Method, route: &str) {
    operation.operation_id = Some(operation_id(method, route));
    let told = RefOr::Ref(Ref::from_response_name(PROBLEM));
    operation.responses.responses.insert("default".into(), told);
}

/// `get-residents-id-wallet`: one of its own for each route, which handlers' names are not.
fn operation_id(method: &Method, route: &str) -> String {
    let words = route.split(['/', '{', '}']).filter(|word| !word.is_empty() && *word != "v1");
    let method = method.as_str().to_ascii_lowercase();
    std::iter::once(method.as_str()).chain(words).collect::<Vec<_>>().join("-")
}

/// What a request that is one thing asks.
const fn request(scope: Scope) -> Ask {
    Ask { scope, units: REQUEST_UNITS }
}

/// How many units of a key's rate the route takes.
fn units_extension(units: Units) -> Extensions {
    Extensions::builder().add("x-rate-units", units).build()
}

fn idempotency_key() -> Parameter {
    let schema =
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(128));
    parameter(
        ParameterIn::Header,
        "Idempotency-Key",
        Required::True,
        schema.build().into(),
        concat!(
            "The name of this command: 1 to 128 visible ASCII characters. Sent again with the same key, ",
            "it is done once and answered the same."
        ),
    )
}

fn after() -> Parameter {
    parameter(
        ParameterIn::Query,
        "after",
        Required::False,
        position(),
        concat!(
            "Wait, two seconds at the most, until the answer has seen the records up to this position: ",
            "`last` of a receipt, or `Linli-Position`."
        ),
    )
}

fn after_header() -> Parameter {
    parameter(
        ParameterIn::Header,
        "Linli-After",
        Required::False,
        position(),
        "The same as `after`.",
    )
}

fn position_header() -> (&'static str, Header) {
    let says = "The position that the answer has seen.";
    (
        "Linli-Position",
        HeaderBuilder::new().schema(Some(position())).description(Some(says)).build(),
    )
}

fn replayed_header() -> (&'static str, Header) {
    let says = "`true` if the command had been done before under this key.";
    let schema: Schema = ObjectBuilder::new().schema_type(Type::Boolean).build().into();
    (
        "Idempotency-Replayed",
        HeaderBuilder::new().schema(Some(schema)).description(Some(says)).build(),
    )
}

fn retry_after_header() -> Header {
    let says = "On 429 and 503: in how many seconds to come again.";
    let schema: Schema = ObjectBuilder::new().schema_type(Type::Integer).build().into();
    HeaderBuilder::new().schema(Some(schema)).description(Some(says)).build()
}

fn rate_policy_header() -> Header {
    text_header("How many units the key has in how many seconds: `\"burst\";q=60000;w=60`.")
}

fn rate_header() -> Header {
    text_header(concat!(
        "How many units are left, and in how many seconds all are there again: ",
        "`\"burst\";r=29000;t=31`. Stands in every answer once half of them is gone."
    ))
}

fn text_header(says: &str) -> Header {
    let schema: Schema = ObjectBuilder::new().schema_type(Type::String).build().into();
    HeaderBuilder::new().schema(Some(schema)).description(Some(says)).build()
}

fn position() -> Schema {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).build().into()
}

fn parameter(
    place: ParameterIn,
    name: &str,
    required: Required,
    schema: Schema,
    says: &str,
) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .schema(Some(schema))
        .description(Some(says))
        .build()
}

/// What all problems are called in the document.
pub(super) const PROBLEM: &str = "Problem";

/// The response of all problems.
pub(super) fn problem() -> Response {
    let content = Content::new(Some(Ref::from_schema_name(PROBLEM)));
    ResponseBuilder::new()
        .description("A problem (RFC 9457). `/problems` lists all types.")
        .content("application/problem+json", content)
        .header("Retry-After", retry_after_header())
        .header("RateLimit-Policy", rate_policy_header())
        .header("RateLimit", rate_header())
        .build()
}
