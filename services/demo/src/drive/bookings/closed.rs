//! Slots that a station calls off: the hall is flooded, and whoever had booked or waited is told and
//! has paid nothing, whatever was agreed.

use linli_api::booking::BookingStatus;
use linli_api::resource::{CallSlotsOff, OffReason, ReopenSlots};

use super::{Bookings, Open, STORY};
use crate::amount::hundredths;
use crate::calendar::Moment;
use crate::drive::id;
use crate::drive::purse::Purses;
use crate::drive::tally::{Tally, add};
use crate::error::{DemoError, Doing as _};

/// No key is out so long before a slot.
const BEFORE_MINUTES: i64 = 60;

const MONTHS_OF_A_QUARTER: u8 = 3;

impl Bookings<'_> {
    /// Once a quarter, where somebody has booked: the station calls the slot off, and opens it again.
    pub(super) async fn close(
        &mut self,
        at: Moment,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let quarter = at.day().month().saturating_sub(1) / MONTHS_OF_A_QUARTER;
        let soonest = at.later(BEFORE_MINUTES);
        let Some(one) = self.open.iter().find(|one| !one.waits && one.start >= soonest) else {
            return Ok(());
        };
        if self.closed.replace(quarter) == Some(quarter) {
            return Ok(());
        }
        let (resource, start) = (one.resource.clone(), one.start);
        let [clerk, _] = self.hands.clerks.get(one.station).ok_or(DemoError::Plan("a clerk"))?;
        let body =
            CallSlotsOff { day: None, start: Some(start.instant()), reason: OffReason::Weather };
        let off = clerk.call_slots_off(&format!("flood-{quarter}"), &resource, &body).await;
        off.doing(|| format!("call a slot of {resource} off"))?;
        let body = ReopenSlots { day: None, start: Some(start.instant()) };
        let dry = clerk.reopen_slots(&format!("dry-{quarter}"), &resource, &body).await;
        // What the closing ended is in the log before the opening is.
        let seen = dry.doing(|| format!("open a slot of {resource} again"))?.body.last;
        tally.command();
        tally.command();
        add(&mut tally.shown.slots_off.slots);
        let (closed, left) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|one| one.resource == resource && one.start == start);
        self.open = left;
        let closed: Vec<Open> = closed;
        for one in closed {
            self.told_off(&one, seen, purses, tally).await?;
        }
        Ok(())
    }

    /// It ended for the weather, and all of the points are back.
    async fn told_off(
        &self,
        one: &Open,
        seen: u64,
        purses: &mut Purses,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let reader = self.hands.partner.after(seen);
        let told = reader.booking(&one.booking).await;
        let told = told.doing(|| format!("read booking {}", one.booking))?.body;
        let off = &mut tally.shown.slots_off;
        if told.status == BookingStatus::PassedOver {
            add(&mut off.waits_ended);
        } else if told.status == BookingStatus::Cancelled
            && told.called_off == Some(OffReason::Weather)
            && hundredths(&told.kept)? == 0
        {
            add(&mut off.bookings_ended);
        } else {
            let outcome = format!("{:?}, called off for {:?}", told.status, told.called_off);
            return Err(DemoError::Story { story: STORY, outcome });
        }
        if one.waits {
            purses.come_back(one.resident);
        }
        let wallet = reader.wallet(&id(one.resident)).await;
        let wallet = wallet.doing(|| "read the wallet of who had booked".to_owned())?.body;
        purses.told(one.resident, seen, hundredths(&wallet.available)?);
        Ok(())
    }
}
