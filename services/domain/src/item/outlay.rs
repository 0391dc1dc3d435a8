//! What was redeemed in all, by person and by household, where the rules limit it (兑换限额).
//!
//! A redemption, a voucher and a booking are one each, from the moment at which their points are
//! set aside. What costs nothing redeems nothing. What is given back whole is counted no longer, and
//! of what is given back in part the rest is. A slip of the time off line is counted, and refused by
//! no limit, for the goods are gone and the station couldn't know; what comes after it feels it.

use crate::id::ResidentId;
use crate::item::taking::{give_back, keep};
use crate::item::{TakenBy, Taking};
use crate::quantity::Points;
use crate::rules::{Redeemed, SpendingLimit};
use crate::state::{Law, Step};
use crate::time::{Timestamp, Window};
use crate::{Refusal, State};

impl State {
    /// What somebody has redeemed in the stretch of a limit that holds `now`, oldest first.
    pub fn outlays(
        &self,
        resident: ResidentId,
        limit: SpendingLimit,
        now: Timestamp,
    ) -> impl Iterator<Item = &Taking> {
        let holder = self.holder(resident, limit.taker);
        let outlays = holder.and_then(|holder| self.outlays.get(holder));
        self.in_stretch(outlays, limit.window, now)
    }

    /// Would so much more be within the limits on all that is redeemed?
    pub(crate) fn within_spending(
        &self,
        wanted: Points,
        resident: ResidentId,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let Some(rules) = self.rules.in_force(now).filter(|_| !wanted.is_zero()) else {
            return Ok(());
        };
        for limit in rules.spending_limits() {
            let SpendingLimit { taker, window, most } = *limit;
            let until = rules.zone.end_of_period(window, now);
            let (mut times, mut points, mut earlier) = (0_u32, Points::ZERO, None);
            for it in self.outlays(resident, *limit, now) {
                times = times.saturating_add(1);
                points = points.plus(it.points).ok_or(Refusal::AmountTooLarge)?;
                earlier = Some(it.by);
            }
            match (most, earlier) {
                (Redeemed::Times(most), Some(earlier)) if times >= most => {
                    let redeemed = times;
                    return Err(Refusal::TooManyRedemptions {
                        taker,
                        window,
                        most,
                        redeemed,
                        until,
                        earlier,
                    });
                }
                (Redeemed::Points(most), earlier)
                    if points.plus(wanted).is_none_or(|sum| sum > most) =>
                {
                    let redeemed = points;
                    return Err(Refusal::TooMuchRedeemed {
                        taker,
                        window,
                        most,
                        redeemed,
                        wanted,
                        until,
                        earlier,
                    });
                }
                (Redeemed::Times(_) | Redeemed::Points(_), _) => {}
            }
        }
        Ok(())
    }

    /// Keeps in mind what was redeemed, if the rules in force limit it.
    pub(crate) fn note_outlay(&mut self, outlay: Taking, resident: ResidentId) -> Step {
        let rules = self.rules.in_force(outlay.at);
        let limits = rules.map_or(&[][..], |rules| rules.spending_limits());
        if limits.is_empty() || outlay.points.is_zero() {
            return Ok(());
        }
        let all_time = limits.iter().any(|it| it.window == Window::AllTime);
        for holder in self.holders(resident)? {
            keep(self.outlays.entry(holder), outlay, all_time);
        }
        Ok(())
    }

    /// What was given back is counted no longer. `pieces` and `points` are what came back of it.
    pub(crate) fn unnote_outlay(
        &mut self,
        by: TakenBy,
        pieces: u32,
        points: Points,
        resident: ResidentId,
    ) -> Step {
        for holder in self.holders(resident)? {
            let left = give_back(&mut self.outlays, holder, by, pieces, points);
            left.ok_or_else(|| (Law::Range, format!("more of {by:?} back than redeemed")))?;
        }
        Ok(())
    }
}
