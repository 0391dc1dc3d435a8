//! What a resident showed at a counter (出示): on what word points move.
//!
//! The code of the resident's app changes every half minute, and a card comes with its PIN. Codes
//! are made and PINs are known by the gateway alone, for the log holds no secrets; the ledger is
//! told which half minute's code it was, or which card and when. It sees for itself that neither is
//! old, that neither was shown before, and that the card is the resident's. So a photograph of a
//! code is of no more use a minute later, nor once the code was used; and the state keeps no codes,
//! but a time a resident.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::ResidentId;
use crate::redemption::Slip;
use crate::resident::Resident;
use crate::rules::Presence;
use crate::state::{Step, known};
use crate::text::CardCode;
use crate::time::Timestamp;
use crate::{Refusal, State};

/// A code is shown for so long, in microseconds; then the next one is: 30 seconds.
pub const CODE_STEP_US: i64 = 30_000_000;

/// A code counts for so long from the moment that it is first shown: to the end of the step after
/// its own, for a queue moves on while a phone is held out.
const CODE_LIFE_US: i64 = 2 * CODE_STEP_US;

/// A card with its PIN counts for so long from the moment that the PIN was said: what is
/// redeemed is agreed by then, and a request whose answer was lost is sent again meanwhile.
const CARD_LIFE_US: i64 = 5 * 60 * 1_000_000;

/// So far the clock of the gateway may be ahead of the ledger's: a step.
const AHEAD_US: i64 = CODE_STEP_US;

/// What a resident showed at a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Shown {
    /// The code of the resident's app.
    Code {
        /// Whose app.
        resident: ResidentId,
        /// Since when this code is shown.
        since: Timestamp,
    },
    /// The resident's card, with its PIN.
    Card {
        /// Which card.
        card: CardCode,
        /// When the PIN was said.
        at: Timestamp,
    },
    /// Paper, such as the passbook, by which whoever stands at the counter knows the resident.
    Paper,
}

impl Shown {
    /// The code that this resident's app shows at this moment.
    #[must_use]
    pub const fn code_at(resident: ResidentId, now: Timestamp) -> Self {
        let now_us = now.microseconds();
        let since_us = now_us.saturating_sub(now_us.rem_euclid(CODE_STEP_US));
        Self::Code { resident, since: Timestamp::from_microseconds(since_us) }
    }

    /// Since when it counts; paper has no time.
    #[must_use]
    pub const fn since(self) -> Option<Timestamp> {
        match self {
            Self::Code { since: at, .. } | Self::Card { at, .. } => Some(at),
            Self::Paper => None,
        }
    }

    /// Until when it counts.
    #[must_use]
    pub fn until(self) -> Option<Timestamp> {
        let life_us = match self {
            Self::Code { .. } => CODE_LIFE_US,
            Self::Card { .. } => CARD_LIFE_US,
            Self::Paper => return None,
        };
        self.since().map(|since| moved(since, life_us))
    }
}

fn moved(at: Timestamp, by_us: i64) -> Timestamp {
    Timestamp::from_microseconds(at.microseconds().saturating_add(by_us))
}

impl State {
    /// Does what was shown count, now and of this resident?
    pub(super) fn shown_counts(
        &self,
        shown: Option<Shown>,
        resident: &Resident,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let Some((shown, since, until)) =
            shown.and_then(|shown| Some((shown, shown.since()?, shown.until()?)))
        else {
            return Ok(());
        };
        let id = resident.registration.resident;
        match shown {
            Shown::Code { resident, .. } if resident != id => return Err(Refusal::ShownByAnother),
            Shown::Card { card, .. } if self.cards.get(card) != Some(&id) => {
                return Err(Refusal::ShownByAnother);
            }
            Shown::Card { card, .. } if resident.card != Some(card) => {
                return Err(Refusal::CardBlocked);
            }
            Shown::Card { .. } | Shown::Code { .. } | Shown::Paper => {}
        }
        let from = moved(since, -AHEAD_US);
        if now < from {
            return Err(Refusal::ShownTooEarly { from });
        }
        if until <= now {
            return Err(Refusal::ShownTooLate { until });
        }
        match resident.shown {
            Some(last) if since <= last => Err(Refusal::ShownBefore { last }),
            Some(_) | None => Ok(()),
        }
    }

    /// Is it as much as the rules in force need before something is handed out? What was shown
    /// when it was reserved is enough to have it.
    pub(super) fn shown_enough(
        &self,
        shown: &[Option<Shown>],
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let rules = self.rules.in_force(now).and_then(|rules| rules.counter);
        let needed = rules.map_or(Presence::Optional, |counter| counter.presence);
        let mut shown = shown.iter().flatten();
        let enough = match needed {
            Presence::Optional => true,
            Presence::Needed => shown.next().is_some(),
            Presence::Proven => shown.any(|shown| shown.since().is_some()),
        };
        if enough { Ok(()) } else { Err(Refusal::PresenceNeeded { needed }) }
    }

    /// What was shown is over with: it counts once.
    pub(super) fn keep_shown(&mut self, slip: &Slip) -> Step {
        let Some(since) = slip.shown.and_then(Shown::since) else { return Ok(()) };
        known(self.residents.get_mut(slip.resident), slip.resident)?.shown = Some(since);
        Ok(())
    }
}
