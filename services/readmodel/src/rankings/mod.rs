//! Rankings: merit by person, and by groups of people, for an area and a period. Only residents who
//! wished so are shown.
//!
//! What is stored is the finest that a ranking is made of: a person's merit in one *grid* and one
//! week, one month, and ever. The ranking of a community, a sub-district or the district is the sum
//! over its grids; that of a quarter or a year the sum over its months ([`stored`]). An award so
//! writes three rows and not twenty-five, and an area founded later needs no recount.
//!
//! There is deliberately no index on merit: it changes with every award, and an index on it
//! would end heap-only updates and halve the projector (measured; see the design). A ranking
//! therefore reads the scores of its area and period and orders them, which is milliseconds for a
//! community. Ranks among a million come from an order-statistics structure in memory that is
//! filled from these rows.
//!
//! Rank is a pure function of merit, period and tie policy: [`rank`] says it in Rust, the queries
//! say the same in SQL, and a test holds them against one another.

mod badges;
mod board;
mod fill;
mod groups;
mod honours;
mod rank;
mod read;
mod rows;
mod write;

pub use badges::{Achieved, What};
pub use board::{Board, RankCursor, Ranked, Stretch};
pub use fill::Held;
pub use groups::{Group, GroupKind, Measure, RankedGroup};
pub use honours::{PaperRow, PaperStep, PaperYear, ReportRow, ReportStep, TitleKind, TitleRow};
pub use linli_domain::rules::Ties;
pub use rank::{Entry, rank};
pub use read::NEIGHBOURS_MAX;
pub use rows::{Calendar, EstateScore, Member, Score};
pub use write::{Changes, zones};

use linli_domain::time::{Period, Window};

use crate::table::{Definition, Index};

/// The stretches of time that are ranked.
pub const WINDOWS: [Window; 5] =
    [Window::Week, Window::Month, Window::Quarter, Window::Year, Window::AllTime];

/// The stretches of time that scores are kept of; the others are sums over months.
pub const STORED: [Window; 3] = [Window::Week, Window::Month, Window::AllTime];

/// The rows that make up a period: of which window, and which of its periods.
#[must_use]
pub fn stored(period: Period) -> (Window, Vec<i32>) {
    let months = |count: i32| {
        let first = period.index.saturating_mul(count);
        (Window::Month, (first..first.saturating_add(count)).collect())
    };
    match period.window {
        Window::Quarter => months(3),
        Window::Year => months(12),
        Window::Day | Window::Week | Window::Month | Window::AllTime => {
            (period.window, vec![period.index])
        }
    }
}

/// The rows that make up a stretch of time.
fn measured(stretch: Stretch) -> (Window, Vec<i32>) {
    match stretch {
        Stretch::Period(period) => stored(period),
        Stretch::Season(season) => (Window::Month, season.iter().collect()),
    }
}

pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Score>().updated(),
    Definition::of::<Member>().updated(),
    Definition::of::<EstateScore>().updated(),
    Definition::of::<Calendar>(),
    Definition::of::<TitleRow>().indexed(&[Index {
        name: "resident",
        unique: false,
        columns: "resident, position",
        only: "",
    }]),
    Definition::of::<PaperRow>().indexed(&[
        Index { name: "certificate", unique: false, columns: "certificate, position", only: "" },
        Index {
            name: "resident",
            unique: false,
            columns: "resident, position",
            only: "step = 'requested'",
        },
    ]),
    Definition::of::<PaperYear>(),
    Definition::of::<ReportRow>().indexed(&[
        Index { name: "report", unique: false, columns: "report, position", only: "" },
        Index {
            name: "resident",
            unique: false,
            columns: "resident, position",
            only: "step = 'reported'",
        },
    ]),
];
