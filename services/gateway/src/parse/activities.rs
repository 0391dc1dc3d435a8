//! Activities and seats.

use linli_api as api;
use linli_domain::activity::{CHECKPOINTS_MAX, Link, Plan, Publisher, Request, Showing, Visit};
use linli_domain::hazard::PlaceKey;
use linli_domain::id::{ActivityId, SeatId};
use linli_domain::text::ActCode;
use linli_domain::time::Interval;

use crate::host::{self, Host};
use crate::parse::field::sha256;
use crate::parse::{id, instant, name, own_id, text, told_id};
use crate::problem::{Kind, Problem};

/// The plan, with the ends of the chains that its codes are held against.
pub(crate) fn plan(
    host: &Host,
    by: Publisher,
    said: &api::activity::PublishActivity,
) -> Result<Plan, Problem> {
    let activity = own_id("activity", said.activity.as_ref(), ActivityId::from_number)?;
    let grid = id("grid", &said.grid)?;
    let (start, end) = (instant("start", &said.start)?, instant("ends_at", &said.ends_at)?);
    Ok(Plan {
        activity,
        by,
        team: told_id("team", said.team.as_ref())?,
        act: text("act", &said.act, ActCode::new)?,
        grid,
        name: name(&said.name)?,
        planned: Interval::new(start, end)
            .ok_or_else(|| Problem::plain(Kind::InvalidInterval).with("field", "ends_at"))?,
        seats: said.seats,
        place: PlaceKey(sha256("place", said.place.as_str())?),
        alert: said.alert,
        code: host.chain(activity).end(),
        checkpoints: host.ends(activity, grid, said.checkpoints),
        estate: told_id("estate", said.estate.as_ref())?,
    })
}

pub(crate) fn sign_up(said: &api::activity::SignUp) -> Result<Request, Problem> {
    Ok(Request {
        seat: own_id("seat", said.seat.as_ref(), SeatId::from_number)?,
        activity: id("activity", &said.activity)?,
        resident: id("resident", &said.resident)?,
    })
}

pub(crate) fn showing(
    code: Option<&api::Hash>,
    place: Option<&api::Hash>,
) -> Result<Showing, Problem> {
    let hash =
        |field, hash: Option<&api::Hash>| hash.map(|hash| sha256(field, hash.as_str())).transpose();
    Ok(Showing { code: hash("code", code)?.map(Link), place: hash("place", place)?.map(PlaceKey) })
}

/// The checkpoints that were scanned, in their order.
pub(crate) fn visits(activity: ActivityId, scanned: &[String]) -> Result<Vec<Visit>, Problem> {
    let wrong = || Problem::plain(Kind::WrongCheckpoint).with("field", "scanned");
    if scanned.len() > CHECKPOINTS_MAX {
        return Err(wrong());
    }
    let visit = |text: &String| host::visit(text, activity).ok_or_else(wrong);
    let mut visits: Vec<Visit> = scanned.iter().map(visit).collect::<Result<_, _>>()?;
    visits.sort_by_key(|visit| visit.checkpoint);
    Ok(visits)
}
