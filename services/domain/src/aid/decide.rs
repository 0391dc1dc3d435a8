//! Who helps whom, and what both have to say before it counts.

use crate::aid::{Aid, Command, Event, Kind, Opening, Status};
use crate::area::Level;
use crate::contribution::{Beyond, Claim, Signal, fits, reward, submitted_by};
use crate::id::{AidId, ResidentId};
use crate::time::{Interval, Timestamp};
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Open(opening) => open(state, opening, now),
        Command::Match { aid, resident } => take_part(state, *aid, *resident),
        Command::StepBack { aid, resident } => {
            let found = at(state, *aid, &[Status::Matched])?;
            if found.partner != Some(*resident) {
                return Err(Refusal::NotParty);
            }
            Ok(Decision::one(Event::SteppedBack { aid: *aid, resident: *resident }))
        }
        Command::Withdraw { aid, resident } => {
            let found = at(state, *aid, &[Status::Open, Status::Matched])?;
            if found.opening.resident != *resident {
                return Err(Refusal::NotParty);
            }
            Ok(Decision::one(Event::Withdrawn { aid: *aid, resident: *resident }))
        }
        Command::Finish { aid, resident, happened } => {
            finish(state, *aid, *resident, *happened, now)
        }
        Command::Confirm { aid, resident } => confirm(state, *aid, *resident, now),
    }
}

fn open(state: &State, opening: &Opening, now: Timestamp) -> Result<Decision, Refusal> {
    state.unnumbered(opening.aid.number(), Noun::Aid)?;
    let resident = state.resident(opening.resident)?;
    match opening.kind {
        Kind::Offer if !resident.volunteer => return Err(Refusal::NotVolunteer),
        Kind::Wish if !resident.registration.assisted => return Err(Refusal::NotAssisted),
        Kind::Ask | Kind::Offer | Kind::Wish => {}
    }
    let level = state.area(opening.grid)?.level;
    if level != Level::Grid {
        return Err(Refusal::WrongLevel { expected: Some(Level::Grid), found: Some(level) });
    }
    if let Some(estate) = opening.estate {
        state.of_estate(estate, opening.grid)?;
    }
    let (_, orders) = state.order_rules(now)?;
    let lapses_at = now.after(State::days(orders.aid.open_days));
    Ok(Decision::one(Event::Opened { opening: *opening, lapses_at }))
}

fn take_part(state: &State, aid: AidId, resident: ResidentId) -> Result<Decision, Refusal> {
    let found = at(state, aid, &[Status::Open])?;
    let other = state.resident(resident)?;
    let home = state.resident(found.opening.resident)?.registration.household;
    if other.registration.household == home {
        return Err(Refusal::OwnHousehold);
    }
    match found.opening.kind {
        Kind::Ask | Kind::Wish if !other.volunteer => Err(Refusal::NotVolunteer),
        Kind::Ask | Kind::Wish | Kind::Offer => Ok(Decision::one(Event::Matched { aid, resident })),
    }
}

fn finish(
    state: &State,
    aid: AidId,
    resident: ResidentId,
    happened: Interval,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = at(state, aid, &[Status::Matched])?;
    if !found.parties().contains(&Some(resident)) {
        return Err(Refusal::NotParty);
    }
    let finished = Aid { finished: Some((resident, happened)), ..*found };
    fits(state, &claim(state, &finished, happened)?, now)?;
    Ok(Decision::one(Event::Finished { aid, resident, happened }))
}

fn confirm(
    state: &State,
    aid: AidId,
    resident: ResidentId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = at(state, aid, &[Status::Finished])?;
    if !found.parties().contains(&Some(resident)) {
        return Err(Refusal::NotParty);
    }
    let Some((said_by, happened)) = found.finished else { return Err(Refusal::NotParty) };
    if said_by == resident {
        return Err(Refusal::OtherSideConfirms);
    }
    let claim = claim(state, found, happened)?;
    fits(state, &claim, now)?;
    let follows = match found.opening.kind {
        // Between neighbours both words are enough.
        Kind::Ask | Kind::Offer => reward(state, claim, Vec::new(), Beyond::Counts, now)?,
        // What a wish is worth is for an officer to verify, as any other contribution.
        Kind::Wish => submitted_by(state, claim, now)?,
    };
    Ok(Decision::many(Event::Confirmed { aid, resident }, follows))
}

/// What the one who helped did.
fn claim(state: &State, aid: &Aid, happened: Interval) -> Result<Claim, Refusal> {
    let (_, orders) = state.order_rules(happened.end())?;
    let Opening { aid: id, kind, grid, estate, .. } = aid.opening;
    let act = match kind {
        Kind::Ask | Kind::Offer => &orders.aid.act,
        Kind::Wish => &orders.aid.wish,
    };
    let [helper, helped] = aid.sides();
    Ok(Claim {
        contribution: id.contribution(),
        resident: helper.ok_or(Refusal::NotParty)?,
        act: act.clone(),
        grid,
        happened,
        estate,
        beneficiary: helped,
        alert: false,
        signals: [Signal::Confirmed, Signal::BothConfirmed].into_iter().collect(),
        attachments: Vec::new(),
    })
}

fn at<'a>(state: &'a State, aid: AidId, any: &[Status]) -> Result<&'a Aid, Refusal> {
    let found = state.aids.get(aid).ok_or(Refusal::Unknown(Noun::Aid))?;
    if any.contains(&found.status) {
        Ok(found)
    } else {
        Err(Refusal::AidAt { found: found.status })
    }
}

impl Aid {
    const fn parties(&self) -> [Option<ResidentId>; 2] {
        [Some(self.opening.resident), self.partner]
    }

    /// Who helps, and who is helped.
    #[must_use]
    pub const fn sides(&self) -> [Option<ResidentId>; 2] {
        let [opener, partner] = self.parties();
        match self.opening.kind {
            Kind::Ask | Kind::Wish => [partner, opener],
            Kind::Offer => [opener, partner],
        }
    }
}
