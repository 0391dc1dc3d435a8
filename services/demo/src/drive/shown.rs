//! What is counted of what the year shows beside its figures.

use linli_api::aid::AidKind;
use linli_api::award::Category;
use linli_api::mediation::MediatingBody;

use super::tally::{Tally, add};
use crate::traffic::{Beside, Say, Word};

impl Tally {
    /// Somebody asks, offers or wishes.
    pub(crate) fn begun(&mut self, kind: AidKind) {
        add(match kind {
            AidKind::Ask => &mut self.shown.aids.asks,
            AidKind::Offer => &mut self.shown.aids.offers,
            AidKind::Wish => &mut self.shown.aids.wishes,
        });
    }

    /// Both sides say that a micro-wish was fulfilled, which an officer has to verify.
    pub(crate) fn fulfilled(&mut self) {
        add(&mut self.shown.aids.wishes_fulfilled);
        add(&mut self.contributions);
        add(self.contributions_by_category.entry(Category::Assistance).or_default());
    }

    /// Those sat at a table beside a resident.
    pub(crate) fn sat(&mut self, beside: &[Beside]) {
        if beside.is_empty() {
            return;
        }
        add(&mut self.shown.tables.several_bodies);
        for one in beside {
            match one.body {
                MediatingBody::Police => add(&mut self.shown.tables.police),
                MediatingBody::LegalAid => add(&mut self.shown.tables.legal_aid),
                MediatingBody::Property => add(&mut self.shown.tables.property),
                MediatingBody::Party => add(&mut self.shown.tables.party),
                MediatingBody::Resident | MediatingBody::Department | MediatingBody::MicroGrid => {}
            }
        }
    }

    /// Officers said how hard something was.
    pub(crate) fn found_hard(&mut self, words: &[Word]) {
        let hard = |word: &&Word| matches!(word.say, Say::Verify { difficulty: Some(_), .. });
        let hard = words.iter().filter(hard).count();
        self.shown.second_rules.found_hard =
            self.shown.second_rules.found_hard.saturating_add(hard);
    }

    /// So many orders were given to others by hand, and handed up.
    pub(crate) fn given_on(&mut self, dispatched: usize, handed_up: usize) {
        let orders = &mut self.shown.orders;
        orders.dispatched = orders.dispatched.saturating_add(dispatched);
        orders.handed_up = orders.handed_up.saturating_add(handed_up);
    }
}
