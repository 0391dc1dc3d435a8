//! Activities: published and called off, and what stands at their doors.

use axum::response::Response;
use linli_api::activity::{
    Activity, Attendance, CallOffForTeam, CheckpointTag, CheckpointTags, DoorCode, PublishActivity,
    PublishForTeam,
};
use linli_api::page::Page;
use linli_api::receipt::{Named, Receipt};
use linli_domain::Noun;
use linli_domain::activity::{CHECKPOINTS_MAX, Command, Publisher};
use linli_domain::id::{ActivityId, AreaId};
use linli_domain::quantity::Minutes;
use linli_domain::time::{Interval, Timestamp};
use linli_readmodel::Projection;
use linli_readmodel::orders;

use crate::calendar::span;
use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::{Inner, now};
use crate::host::Host;
use crate::key::hex;
use crate::parse::{self, Path as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{activity_row, id, instant, is_taken, named, seat_row};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::routes::keys;
use crate::routes::resources::day_asked;
use crate::told::{Seen, fault, shown};

const PUBLISH: Deed = Deed::creating("activity.publish");
const PUBLISH_FOR_TEAM: Deed = Deed::creating("activity.publish-for-team");
const CALL_OFF: Deed = Deed::changing("activity.call-off");
const CALL_OFF_FOR_TEAM: Deed = Deed::changing("activity.call-off-for-team");

/// Publish an activity
///
/// As the officer that the key is bound to, for a grid of the officer's own area. With checkpoints it is
/// a patrol.
#[utoipa::path(post, path = "/v1/activities", tag = "activities", request_body = PublishActivity,
    responses((status = 201, description = "Published", body = Receipt<Named>)))]
pub(super) async fn publish(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let host = gateway.host().await?;
    let meant = |said: PublishActivity, caller: &Caller| {
        let plan = parse::plan(host, Publisher::Officer(caller.officer()?), &said)?;
        Ok(Command::Publish(Box::new(plan)))
    };
    gateway.perform(PUBLISH, &sent, "", meant, named).await
}

/// Publish an activity for a team
///
/// As the team's leader. Members alone can sign up.
#[utoipa::path(post, path = "/v1/team-activities", tag = "activities", request_body = PublishForTeam,
    responses((status = 201, description = "Published", body = Receipt<Named>)))]
pub(super) async fn publish_for_team(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let host = gateway.host().await?;
    let meant = |said: PublishForTeam, _: &Caller| {
        let leader = Publisher::Leader(parse::id("leader", &said.leader)?);
        Ok(Command::Publish(Box::new(parse::plan(host, leader, &said.plan)?)))
    };
    gateway.perform(PUBLISH_FOR_TEAM, &sent, "", meant, named).await
}

/// Call an activity off
///
/// Before it begins. All its seats end.
#[utoipa::path(post, path = "/v1/activities/{id}/call-off", tag = "activities",
    params(("id" = String, Path, description = "The activity")),
    responses((status = 200, description = "Called off", body = Receipt<Named>)))]
pub(super) async fn call_off(
    Here(gateway): Here,
    PathText(activity): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, caller: &Caller| {
        let by = Publisher::Officer(caller.officer()?);
        Ok(Command::CallOff { activity: ActivityId::from_path(&activity, Noun::Activity)?, by })
    };
    gateway.perform(CALL_OFF, &sent, &activity, meant, named).await
}

/// Call a team's activity off
///
/// As the team's leader, before it begins.
#[utoipa::path(post, path = "/v1/team-activities/{id}/call-off", tag = "activities",
    params(("id" = String, Path, description = "The activity")), request_body = CallOffForTeam,
    responses((status = 200, description = "Called off", body = Receipt<Named>)))]
pub(super) async fn call_off_for_team(
    Here(gateway): Here,
    PathText(activity): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: CallOffForTeam, _: &Caller| {
        let by = Publisher::Leader(parse::id("leader", &said.leader)?);
        Ok(Command::CallOff { activity: ActivityId::from_path(&activity, Noun::Activity)?, by })
    };
    gateway.perform(CALL_OFF_FOR_TEAM, &sent, &activity, meant, named).await
}

/// What begins on a day in an area
#[utoipa::path(get, path = "/v1/activities", tag = "activities",
    params(("area" = String, Query, description = "A grid, or what grids lie in"),
        ("day" = String, Query, description = "The day, such as 2025-03-05"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them, in the order of the starts", body = Page<Activity>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let day = day_asked(&mut reading)?;
    let area = area_asked(&mut reading)?;
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let of = [Projection::Directory, Projection::Orders];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let grids = gateway.reader.grids_in(area).await.map_err(fault)?;
    let zone = gateway.zone().await?;
    let span = span(zone, day);
    let page = gateway.reader.activities_in(&grids, span, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(activity_row).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// The area that a query asks about.
pub(super) fn area_asked(reading: &mut Reading) -> Result<AreaId, Problem> {
    let area = reading.asked.id("area")?;
    area.ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", "area"))
}

/// An activity
#[utoipa::path(get, path = "/v1/activities/{id}", tag = "activities",
    params(("id" = String, Path, description = "The activity")),
    responses((status = 200, description = "As it stands", body = Activity)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(activity): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let activity = ActivityId::from_path(&activity, Noun::Activity)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    Ok(shown(position, &activity_row(&gateway.activity(activity).await?)))
}

/// An activity with those who signed up
///
/// Who has a seat, who waits, who came, and who forgot to check out.
#[utoipa::path(get, path = "/v1/activities/{id}/attendance", tag = "activities",
    params(("id" = String, Path, description = "The activity")),
    responses((status = 200, description = "In the order of the sign-ups", body = Attendance)))]
pub(super) async fn attendance(
    Here(gateway): Here,
    PathText(activity): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let activity = ActivityId::from_path(&activity, Noun::Activity)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let found = gateway.reader.attendance(activity).await.map_err(fault)?;
    let found = found.ok_or_else(|| unknown(Noun::Activity))?;
    let attendance: Vec<_> = found.seats.iter().map(seat_row).collect();
    let count = |wanted: &dyn Fn(linli_api::activity::SeatStatus) -> bool| {
        let seats = attendance.iter().filter(|seat| wanted(seat.status)).count();
        u32::try_from(seats).unwrap_or(u32::MAX)
    };
    let (taken, waiting) =
        (count(&is_taken), count(&|it| it == linli_api::activity::SeatStatus::Waiting));
    let activity = activity_row(&found.activity);
    Ok(shown(position, &Attendance { activity, taken, waiting, attendance }))
}

/// The rotating code of an activity
///
/// To be shown at the door, from when people check in until they have gone, and asked for again when the
/// next one takes its place.
#[utoipa::path(get, path = "/v1/activities/{id}/code", tag = "activities",
    params(("id" = String, Path, description = "The activity"),
        ("at" = Option<String>, Query, description = "At which moment; now unless told")),
    responses((status = 200, description = "The code", body = DoorCode)))]
pub(super) async fn code(
    Here(gateway): Here,
    PathText(activity): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let at = reading.asked.text("at").map(Into::into);
    let at = at.map_or_else(|| Ok(now()), |at| parse::instant("at", &at))?;
    reading.asked.done()?;
    let activity = ActivityId::from_path(&activity, Noun::Activity)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let row = gateway.activity(activity).await?;
    let (step, until) = step_at(&row, at).ok_or_else(|| shut(&row))?;
    let code = gateway.host().await?.chain(activity).code(step);
    let code =
        DoorCode { activity: id(activity), code: hex(&code.0).into(), until: instant(until) };
    Ok(shown(position, &code))
}

/// The step of the code at a moment, from 1, and when the next begins; none while the door is shut.
fn step_at(row: &orders::Activity, at: Timestamp) -> Option<(u32, Timestamp)> {
    let open = row.opens_at <= at && at < row.shuts_at && row.called_off_at.is_none();
    let since = Interval::new(row.opens_at, at).map_or(0, |since| since.minutes().get());
    let before = since.checked_div(row.step.get()).filter(|_| open)?;
    let step = before.checked_add(1)?;
    Some((step, row.opens_at.after(Minutes::new(row.step.get().checked_mul(step)?))))
}

fn shut(row: &orders::Activity) -> Problem {
    Problem::new(
        Kind::DoorShut,
        format!(
            "动态码自 {} 起至 {} 有效。",
            parse::wall_time(row.opens_at),
            parse::wall_time(row.shuts_at)
        ),
        format!(
            "There is a code from {} until {}.",
            parse::wall_time(row.opens_at),
            parse::wall_time(row.shuts_at)
        ),
    )
}

/// What stands at the checkpoints of a grid
///
/// To be printed, or written to a chip, once; it stays the same. Whoever copies it can scan it anywhere,
/// so put another up where that happens.
#[utoipa::path(get, path = "/v1/grids/{id}/checkpoints", tag = "activities",
    params(("id" = String, Path, description = "The grid"),
        ("count" = u8, Query, minimum = 1, maximum = 16, description = "Of the first so many")),
    responses((status = 200, description = "A text for each", body = CheckpointTags)))]
pub(super) async fn tags(
    Here(gateway): Here,
    PathText(grid): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let count: Option<u8> = reading.asked.value("count")?;
    reading.asked.done()?;
    let count = count.filter(|count| (1..=CHECKPOINTS_MAX).contains(&usize::from(*count)));
    let count = count.ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", "count"))?;
    let grid = AreaId::from_path(&grid, Noun::Area)?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let grids = gateway.reader.grids_in(grid).await.map_err(fault)?;
    if grids != [grid] {
        return Err(unknown(Noun::Area));
    }
    let host = gateway.host().await?;
    let tag = |checkpoint| CheckpointTag { checkpoint, text: host.tag_text(grid, checkpoint) };
    Ok(shown(position, &CheckpointTags { grid: id(grid), tags: (1..=count).map(tag).collect() }))
}

impl Inner {
    /// The secret of the district that codes are made from. It never changes, so it is read once.
    pub(super) async fn host(&self) -> Result<&Host, Problem> {
        let read = || Host::of(&self.keys, &self.district);
        self.host.get_or_try_init(read).await.map_err(keys::fault)
    }

    pub(super) async fn activity(&self, activity: ActivityId) -> Result<orders::Activity, Problem> {
        let found = self.reader.activity(activity).await.map_err(fault)?;
        found.ok_or_else(|| unknown(Noun::Activity))
    }
}
