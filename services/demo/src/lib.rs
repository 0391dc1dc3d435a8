//! The demo: Dingshan community and a year of its traffic, through the HTTP API.
//!
//! Three parts, in the order in which they run: the *population* builds the place, the *traffic*
//! plans the year, both pure and from one seed; the *drive* sets the place up and walks the year
//! through HTTP, moving the server's test clock, with the keys of an operator, a partner's app,
//! officers and clerks. It ends with a [`Summary`] whose points are those that the API tells.
//!
//! What is *not* here: starting a server, the audit (whoever can read the log fills it into the
//! summary), and any rule. It knows the API's shapes and nothing of what is behind them.

mod amount;
mod calendar;
mod chance;
mod drive;
mod error;
mod population;
mod progress;
mod scale;
mod summary;
mod traffic;

pub use drive::hands::DemoKey;
pub use drive::{DemoSettings, SEED, run};
pub use error::DemoError;
pub use progress::Show;
pub use scale::{InvalidScale, Scale};
pub use summary::{
    Aids, Audit, Grades, Honours, Orders, PoolStanding, QuarterList, SavedTime, SecondRules, Shown,
    SlotsOff, Stories, Summary, Tables, TakenBack, Urls, Visitor,
};
