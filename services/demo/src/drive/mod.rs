//! Driving it: the place is set up and the year is walked through the HTTP API, as partner,
//! officer and station clients would.

mod again;
mod attendance;
mod batch;
mod bookings;
pub(crate) mod books;
mod clock;
mod conduct;
mod counter;
mod draft;
mod estates;
mod fairness;
mod finance;
pub(crate) mod hands;
mod hearings;
mod honours;
mod lists;
mod mediation;
mod moves;
mod moving;
mod off_line;
mod partner;
mod purse;
mod queue;
mod rates;
mod reversals;
mod rules;
pub(crate) mod setup;
mod shown;
mod staff;
mod storeroom;
mod stories;
mod story;
pub(crate) mod tally;
mod time_bank;
mod vouchers;
mod year;

use std::time::{Duration, Instant};

use linli_api::{Client, ClientError, Id};
use ulid::Ulid;

use crate::error::{DemoError, Doing as _};
use crate::population::Place;
use crate::progress::{Progress, Show};
use crate::scale::Scale;
use crate::summary::Summary;
use crate::traffic::Plan;

/// The seed of the demo that is told of.
pub const SEED: u64 = 2025;

/// A running server learns of a key that was minted beside it within a second or so: how long to
/// wait for that at the most, and how often to ask.
const KNOWN_WITHIN: Duration = Duration::from_secs(5);
const ASK_EVERY: Duration = Duration::from_millis(50);

const UNAUTHORIZED: u16 = 401;

/// What the demo is run with.
#[derive(Clone, Debug)]
pub struct DemoSettings {
    /// Where the server is: `http://127.0.0.1:8080`, no path. Its district is empty and its test
    /// clock stands at 2024-12-31T00:00:00Z or earlier.
    pub base_url: String,
    /// An operator's key.
    pub operator_key: String,
    /// The text of the profile whose rules are published, in the form of `gulou.toml`; it has to
    /// know the acts of the demo.
    pub rules: String,
    /// How much traffic.
    pub scale: Scale,
    /// Everything drawn is drawn from it; [`SEED`] for the demo that is told of.
    pub seed: u64,
    /// How progress is shown.
    pub show: Show,
}

/// As the API writes it.
fn id(id: Ulid) -> Id {
    Id::from(id.to_string())
}

/// Was it refused for this reason?
fn is(error: &ClientError, problem: &str) -> bool {
    error.problem().is_some_and(|told| told.name() == problem)
}

/// Runs the whole demo, and tells how it went. The audit's part of the summary is left open.
///
/// # Errors
///
/// [`DemoError`]: a request without an answer, a refusal that was not planned, a planted story that
/// ended otherwise than told, or books that don't close.
pub async fn run(settings: &DemoSettings) -> Result<Summary, DemoError> {
    let started = Instant::now();
    let place = Place::build(settings.seed);
    let plan = Plan::build(settings.seed, &place, settings.scale)?;
    let operator = Client::new(&settings.base_url, &settings.operator_key)
        .doing(|| "make an HTTP client".to_owned())?;

    known(&operator).await?;

    let progress = Progress::new(settings.show, setup::size(&place));
    let set_up = setup::set_up(&operator, &place, &plan, settings, &progress).await?;
    progress.finish("Dingshan");

    let progress = Progress::new(settings.show, plan.size());
    let walking = Instant::now();
    let tally = year::walk(&operator, &set_up.hands, &place, &plan, settings, &progress).await?;
    let walked = walking.elapsed();
    progress.finish("2025");
    let draft = draft::tried(&operator, &set_up.hands, settings).await?;

    let lists = lists::read(&operator, &set_up.hands).await?;
    let books = books::read(&operator, &set_up.hands.auditor, &place, &tally).await?;
    rates::hold(&tally, books.issued, settings.scale)?;
    let mut summary = Summary::new(&settings.base_url, &set_up, &tally, books, draft);
    summary.award_lists = lists;
    summary.time(started.elapsed(), walked, tally.commands);
    Ok(summary)
}

/// Waits until the server knows the key.
async fn known(operator: &Client) -> Result<(), DemoError> {
    let asking = Instant::now();
    let unknown =
        |error: &ClientError| error.problem().is_some_and(|problem| problem.status == UNAUTHORIZED);
    loop {
        match operator.rules().await {
            Err(error) if unknown(&error) && asking.elapsed() < KNOWN_WITHIN => {
                tokio::time::sleep(ASK_EVERY).await;
            }
            reply => return reply.doing(|| "read the rules".to_owned()).map(|_| ()),
        }
    }
}
