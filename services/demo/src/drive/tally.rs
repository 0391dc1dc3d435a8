//! What the receipts have told.

use std::collections::BTreeMap;

use linli_api::award::{Award, Category};
use linli_api::contribution::{ContributionStatus, Decided, Grade};
use linli_api::counter::SlipCounted;
use linli_api::hazard::{HazardChanged, HazardStatus};
use linli_api::mediation::CaseChanged;
use linli_api::receipt::Receipt;
use linli_api::redemption::{Redeemed, RedemptionStatus};

use crate::amount::{amount, hundredths};
use crate::error::DemoError;
use crate::summary::{Grades, Shown, TakenBack};

/// Counts over the year, from receipts alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Commands that were accepted while the year was walked.
    pub(crate) commands: u64,
    pub(crate) contributions: u64,
    pub(crate) contributions_by_category: BTreeMap<Category, u64>,
    /// Activities published.
    pub(crate) activities: u64,
    /// Seats of them that were served and left in order, that nobody checked out of, and to which
    /// nobody came.
    pub(crate) seats_served: u64,
    pub(crate) seats_forgotten: u64,
    pub(crate) seats_missed: u64,
    pub(crate) awards: u64,
    /// Verified, and on public notice before the award.
    pub(crate) notices: u64,
    pub(crate) rejections: u64,
    /// Objections to what stood on notice, those that a panel found right, appeals against that, and
    /// those of them that another panel found right.
    pub(crate) objections: u64,
    pub(crate) objections_upheld: u64,
    pub(crate) appeals: u64,
    pub(crate) appeals_upheld: u64,
    /// Held by a check, and looked at.
    pub(crate) holds: u64,
    /// Reports of hazards that were linked to an earlier one.
    pub(crate) hazards_linked: u64,
    pub(crate) hazards_verified: u64,
    pub(crate) hazards_dismissed: u64,
    /// Looked at again.
    pub(crate) inspections: u64,
    /// Taken back; of their points, in hundredths, what had been spent and is owed, and what later awards
    /// repaid.
    pub(crate) reversals: u64,
    pub(crate) owed: i64,
    pub(crate) repaid: i64,
    /// Awards by the grade of their evidence, from A to D, of those whose receipts tell it.
    pub(crate) grades: [u64; 4],
    /// Handed out.
    pub(crate) redemptions: u64,
    /// Given back on somebody's wish.
    pub(crate) redemptions_voided: u64,
    /// Shared resources booked at once, and waited for; and how it ended: used, called off, nobody
    /// came. Whoever waits may be booked later, or wait in vain.
    pub(crate) bookings: u64,
    pub(crate) bookings_waited: u64,
    pub(crate) bookings_used: u64,
    pub(crate) bookings_called_off: u64,
    pub(crate) bookings_missed: u64,
    /// Vouchers issued, and those of them that were used.
    pub(crate) vouchers: u64,
    pub(crate) vouchers_used: u64,
    /// Points of what was handed out, in hundredths.
    pub(crate) redeemed: i64,
    /// What of it nobody had the points for, in hundredths: handed out off line, a loss of an office.
    pub(crate) short: i64,
    /// Came back over the counter.
    pub(crate) returns: u64,
    /// Points of what came back, in hundredths.
    pub(crate) returned: i64,
    /// Shelves counted.
    pub(crate) counts: u64,
    /// Pieces that were not there.
    pub(crate) missing: u64,
    /// Suppliers' statements, each paid.
    pub(crate) statements: u64,
    /// Lines of them that were disputed.
    pub(crate) disputes: u64,
    /// Points of what they say was handed out, in hundredths.
    pub(crate) stated: i64,
    /// What was paid for them, in fen.
    pub(crate) paid_fen: i64,
    /// Nobody had enough for anything when somebody was to come.
    pub(crate) nobody_came: u64,
    /// What the year shows beside its figures.
    pub(crate) shown: Shown,
}

impl Tally {
    pub(crate) fn submitted(&mut self, category: Category) {
        add(&mut self.commands);
        add(&mut self.contributions);
        add(self.contributions_by_category.entry(category).or_default());
    }

    /// An activity was published.
    pub(crate) fn published(&mut self) {
        add(&mut self.commands);
        add(&mut self.activities);
    }

    /// Somebody came and went.
    pub(crate) fn served(&mut self) {
        add(&mut self.seats_served);
    }

    /// Somebody came and forgot to check out: no command, the ledger closes the seat by itself.
    pub(crate) fn forgotten(&mut self) {
        self.commands = self.commands.saturating_sub(1);
        add(&mut self.seats_forgotten);
    }

    /// Somebody didn't come.
    pub(crate) fn missed(&mut self) {
        add(&mut self.seats_missed);
    }

    /// A word on a mediation case, and the contributions that it led to.
    pub(crate) fn mediated(&mut self, receipt: &Receipt<CaseChanged>) {
        add(&mut self.commands);
        for _ in &receipt.changed.contributions {
            add(&mut self.contributions);
            add(self.contributions_by_category.entry(Category::Mediation).or_default());
        }
    }

    /// A report, or a word on one.
    pub(crate) fn hazard(&mut self, receipt: &Receipt<HazardChanged>) {
        add(&mut self.commands);
        match receipt.changed.status {
            HazardStatus::Merged => add(&mut self.hazards_linked),
            HazardStatus::Verified => add(&mut self.hazards_verified),
            HazardStatus::Dismissed => add(&mut self.hazards_dismissed),
            // Reported, or verified by the first of two levels.
            HazardStatus::Reported => {}
        }
    }

    /// A checked order, or a confirmed aid, awarded a contribution of this category.
    pub(crate) fn awarded(&mut self, category: Category) {
        add(&mut self.contributions);
        add(&mut self.awards);
        add(self.contributions_by_category.entry(category).or_default());
    }

    /// Somebody objects.
    pub(crate) fn objected(&mut self) {
        add(&mut self.commands);
        add(&mut self.objections);
    }

    /// A panel has decided on an objection.
    pub(crate) fn heard(&mut self, upheld: bool) {
        self.objections_upheld = self.objections_upheld.saturating_add(u64::from(upheld));
    }

    /// Somebody appeals, and is found right or not.
    pub(crate) fn appealed(&mut self, upheld: bool) {
        add(&mut self.commands);
        add(&mut self.appeals);
        self.appeals_upheld = self.appeals_upheld.saturating_add(u64::from(upheld));
    }

    /// Somebody has looked at what a check held.
    pub(crate) fn held(&mut self) {
        add(&mut self.commands);
        add(&mut self.holds);
    }

    /// Another command was accepted.
    pub(crate) fn command(&mut self) {
        add(&mut self.commands);
    }

    /// A supplier keeps so many points of a booking or a voucher.
    pub(crate) fn kept(&mut self, points: i64) {
        self.redeemed = self.redeemed.saturating_add(points);
    }

    /// Something was booked.
    pub(crate) fn booked(&mut self) {
        add(&mut self.bookings);
    }

    /// Somebody is on the waiting list.
    pub(crate) fn waited(&mut self) {
        add(&mut self.bookings_waited);
    }

    /// A key was fetched.
    pub(crate) fn used(&mut self) {
        add(&mut self.bookings_used);
    }

    /// A booking was called off.
    pub(crate) fn called_off(&mut self) {
        add(&mut self.bookings_called_off);
    }

    /// Nobody came for a key.
    pub(crate) fn not_shown(&mut self) {
        add(&mut self.bookings_missed);
    }

    /// A voucher was issued.
    pub(crate) fn voucher(&mut self) {
        add(&mut self.vouchers);
    }

    /// A voucher was used.
    pub(crate) fn voucher_used(&mut self) {
        add(&mut self.vouchers_used);
    }

    pub(crate) fn nobody(&mut self) {
        add(&mut self.nobody_came);
    }

    pub(crate) fn decided(&mut self, receipt: &Receipt<Decided>) {
        add(&mut self.commands);
        match receipt.changed.status {
            ContributionStatus::Awarded => add(&mut self.awards),
            ContributionStatus::OnNotice => add(&mut self.notices),
            ContributionStatus::Rejected => add(&mut self.rejections),
            // A reversal is told by a receipt of its own.
            ContributionStatus::Pending
            | ContributionStatus::Held
            | ContributionStatus::Reversed => {}
        }
    }

    /// So many were looked at again.
    pub(crate) fn inspected(&mut self, looks: usize) {
        let looks = u64::try_from(looks).unwrap_or(u64::MAX);
        self.commands = self.commands.saturating_add(looks);
        self.inspections = self.inspections.saturating_add(looks);
    }

    /// An award, as a receipt tells it: its grade, and what it repaid.
    pub(crate) fn told(&mut self, award: &Award) -> Result<(), DemoError> {
        let [a, b, c, d] = &mut self.grades;
        add(match award.grade {
            Grade::A => a,
            Grade::B => b,
            Grade::C => c,
            Grade::D => d,
        });
        let repaid = award.repaid.as_ref().map_or(Ok(0), hundredths)?;
        self.repaid = self.repaid.saturating_add(repaid);
        Ok(())
    }

    /// One was taken back, of which so much had been spent.
    pub(crate) fn taken_back(&mut self, owed: i64) {
        self.reversed(1);
        self.owes(owed);
    }

    /// So much is owed of what had been spent.
    pub(crate) const fn owes(&mut self, owed: i64) {
        self.owed = self.owed.saturating_add(owed);
    }

    /// Shows the grades, and what was owed and repaid.
    pub(crate) fn shows_rates(&mut self) {
        let [a, b, c, d] = self.grades;
        self.shown.grades = Grades { a, b, c, d };
        let (points_owed, points_repaid) = (amount(self.owed), amount(self.repaid));
        self.shown.taken_back = TakenBack { points_owed, points_repaid };
    }

    /// So many were taken back.
    pub(crate) fn reversed(&mut self, awards: usize) {
        let awards = u64::try_from(awards).unwrap_or(u64::MAX);
        self.commands = self.commands.saturating_add(awards);
        self.reversals = self.reversals.saturating_add(awards);
    }

    /// Goods came back, for so many points.
    pub(crate) fn returned(&mut self, points: i64) {
        add(&mut self.commands);
        add(&mut self.returns);
        self.returned = self.returned.saturating_add(points);
    }

    /// A shelf was counted.
    pub(crate) fn counted(&mut self, missing: u32) {
        add(&mut self.commands);
        add(&mut self.counts);
        self.missing = self.missing.saturating_add(missing.into());
    }

    /// A statement was issued over these points, and these fen were paid for it.
    pub(crate) fn stated(&mut self, points: i64, fen: i64, disputed: bool) {
        // Issued and paid; a dispute and its ruling are two commands more.
        let (statements, commands) =
            (self.statements.saturating_add(1), if disputed { 4 } else { 2 });
        (self.statements, self.commands) = (statements, self.commands.saturating_add(commands));
        self.disputes = self.disputes.saturating_add(u64::from(disputed));
        self.stated = self.stated.saturating_add(points);
        self.paid_fen = self.paid_fen.saturating_add(fen);
    }

    /// Points that goods were handed out for, of those that somebody had.
    pub(crate) const fn covered(&self) -> i64 {
        self.redeemed.saturating_sub(self.short)
    }

    /// A slip that was written off line counts.
    pub(crate) fn off_line(&mut self, counted: &SlipCounted) -> Result<(), DemoError> {
        add(&mut self.commands);
        add(&mut self.redemptions);
        let (total, short) = (hundredths(&counted.slip.total)?, hundredths(&counted.short)?);
        self.redeemed = self.redeemed.saturating_add(total);
        self.short = self.short.saturating_add(short);
        Ok(())
    }

    pub(crate) fn redeemed(&mut self, receipt: &Receipt<Redeemed>) -> Result<(), DemoError> {
        add(&mut self.commands);
        match receipt.changed.status {
            RedemptionStatus::Captured | RedemptionStatus::PartCaptured => {
                add(&mut self.redemptions);
                let total = hundredths(&receipt.changed.slip.total)?;
                self.redeemed = self.redeemed.saturating_add(total);
            }
            RedemptionStatus::Voided => add(&mut self.redemptions_voided),
            // A return is told by a receipt of its own.
            RedemptionStatus::Reserved
            | RedemptionStatus::TimedOut
            | RedemptionStatus::Returned => {}
        }
        Ok(())
    }
}

/// One more.
pub(super) fn add(count: &mut u64) {
    *count = count.saturating_add(1);
}
