//! Who waits for goods that are short, kept from facts alone.

use linli_domain::id::{ItemId, RedemptionId, StationId};
use linli_domain::queue::{Event, Request};

/// A list: of an item at a station.
pub(super) type List = (StationId, ItemId);

/// Those who wait, in the order of arrival.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting(Vec<Request>);

impl Waiting {
    /// Nobody's wish is recorded while somebody waits for what is there. `free` tells what is.
    pub(super) fn nobody_is_overtaken(&self, free: impl Fn(List) -> i64) -> Result<(), String> {
        let fits = |it: &&Request| i64::from(it.quantity) <= free(it.list());
        match self.0.iter().find(fits) {
            Some(it) => Err(format!("{} waits for what is there", it.redemption)),
            None => Ok(()),
        }
    }

    pub(super) fn enter(
        &mut self,
        event: &Event,
        free: impl Fn(List) -> i64,
    ) -> Result<(), String> {
        match event {
            Event::Joined(it) => {
                let twice =
                    |other: &Request| (other.resident, other.list()) == (it.resident, it.list());
                if i64::from(it.quantity) <= free(it.list()) || self.0.iter().any(twice) {
                    return Err(format!("{} waits for what is there, or twice", it.redemption));
                }
                self.0.push(*it);
                Ok(())
            }
            Event::Left { .. } => self.leaves(event.request().redemption).map(drop),
            Event::PassedOver { .. } => self.comes(event.request().redemption, free).map(drop),
        }
    }

    /// Whoever comes next has it, or is passed over; false if the redemption was never waited for.
    pub(super) fn comes(
        &mut self,
        redemption: RedemptionId,
        free: impl Fn(List) -> i64,
    ) -> Result<bool, String> {
        let Some(at) = self.0.iter().position(|it| it.redemption == redemption) else {
            return Ok(false);
        };
        let it = self.leaves(redemption)?;
        let earlier = self.0.iter().take(at);
        let mut fitting = earlier.filter(|other| {
            other.list() == it.list() && i64::from(other.quantity) <= free(it.list())
        });
        match fitting.next() {
            Some(other) => Err(format!("{redemption} overtakes {}", other.redemption)),
            None => Ok(true),
        }
    }

    fn leaves(&mut self, redemption: RedemptionId) -> Result<Request, String> {
        let at = self.0.iter().position(|it| it.redemption == redemption);
        let at = at.ok_or_else(|| format!("{redemption} waited for nothing"))?;
        Ok(self.0.remove(at))
    }
}
