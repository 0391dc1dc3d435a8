//! The projections.

use crate::table::Definition;
use crate::{balances, catalogue, contributions, directory, orders, rankings, redemptions};

/// A read model that is made on its own: it has its own checkpoint, and its own misfortune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Projection {
    /// Areas, people, stations, suppliers, pools and rules by name.
    Directory,
    /// Case files and the verification queue.
    Contributions,
    /// Wallets, lots and statements, pools' and suppliers' accounts.
    Balances,
    /// Merit by person, area and period; titles and certificates.
    Rankings,
    /// Items, prices, shelves and resources.
    Catalogue,
    /// Slips and bookings, and who waits for goods.
    Redemptions,
    /// Hazards, orders, whistles, mutual aid, activities and mediation cases.
    Orders,
}

impl Projection {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Directory,
        Self::Contributions,
        Self::Balances,
        Self::Rankings,
        Self::Catalogue,
        Self::Redemptions,
        Self::Orders,
    ];

    /// Its name in SQL, in metrics and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Contributions => "contributions",
            Self::Balances => "balances",
            Self::Rankings => "rankings",
            Self::Catalogue => "catalogue",
            Self::Redemptions => "redemptions",
            Self::Orders => "orders",
        }
    }

    /// The projection of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|projection| projection.name() == name)
    }

    /// The form of its tables and of what is folded into them. Whoever changes either counts it
    /// up; rows of another form are neither read nor moved on, but made anew.
    #[must_use]
    pub const fn form(self) -> u16 {
        match self {
            // 2: activities and seats. 3: mediation cases. 4: the estates of activities and hazards.
            // 5: the estates of asks.
            Self::Orders => 5,
            // 2: teams. 3: erasures. 4: what acts credit, how hard they can be, estates, and cards
            // that change. 7: pseudonyms. 8: weather alerts. 9: alerts that are withdrawn.
            Self::Directory => 9,
            // 2: returns, part captures, and stock counted, moved, sent back and written off. 3:
            // resources and bookings. 4: terms of items, and vouchers. 5: slots that are off.
            Self::Catalogue => 5,
            // 5: the counter's operators, shifts, allowances and slips. 6: shifts of redemptions, and
            // what was shown. 7: bookings whose slot was called off. 8: who waits for goods.
            Self::Redemptions => 8,
            // 2: what is owed since a reversal; 3: lots with days of grace, statements, what
            // offices answer for; 4: bookings; 5: vouchers. 6: stored time.
            Self::Balances => 6,
            // 2: reversals. 3: words that wait, and what is looked at again. 4: notices and
            // appeals. 5: what checks hold. 6: how hard a verifier found it, and estates. 8: what was
            // attached later, and samples. 9: when it was awarded is looked up by.
            Self::Contributions => 9,
            // 2: a quarter and a year are no rows of their own, but sums over months. 3: titles,
            // certificates and reports. 4: ties and seasons of the rules. 5: estates' standing.
            Self::Rankings => 5,
        }
    }

    /// Its tables.
    #[must_use]
    pub const fn tables(self) -> &'static [Definition] {
        match self {
            Self::Directory => directory::TABLES,
            Self::Contributions => contributions::TABLES,
            Self::Balances => balances::TABLES,
            Self::Rankings => rankings::TABLES,
            Self::Catalogue => catalogue::TABLES,
            Self::Redemptions => redemptions::TABLES,
            Self::Orders => orders::TABLES,
        }
    }

    /// Its place in [`ALL`](Self::ALL).
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Directory => 0,
            Self::Contributions => 1,
            Self::Balances => 2,
            Self::Rankings => 3,
            Self::Catalogue => 4,
            Self::Redemptions => 5,
            Self::Orders => 6,
        }
    }
}

impl std::fmt::Display for Projection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_place_and_its_name() {
        for (place, projection) in Projection::ALL.into_iter().enumerate() {
            assert_eq!(projection.place(), place);
            assert_eq!(Projection::by_name(projection.name()), Some(projection));
        }
        assert_eq!(Projection::by_name("nonsense"), None);
    }

    /// Statements that look rows up by their key name where a row lies so; a column of that name
    /// would make them ambiguous, and the projection would stop at the first.
    #[test]
    fn no_column_is_called_as_the_place_of_a_row() {
        for projection in Projection::ALL {
            for table in projection.tables() {
                for column in table.columns {
                    assert!(!["row_ctid", "ctid"].contains(&column.name), "{}", table.name);
                }
            }
        }
    }
}
