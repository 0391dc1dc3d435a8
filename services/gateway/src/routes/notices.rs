//! Public notice, objections, panels and appeals.

use std::collections::BTreeMap;

use axum::response::Response;
use linli_api::notice::{
    AppealFor, CastResidentVote, CastVote, ConvenePanel, Notice, NoticeChanged, NoticeFile,
    ObjectToNotice, Objection, PanelDuties, PanelMember, PanelSeat,
};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::Noun;
use linli_domain::id::{AreaId, ContributionId, ResidentId};
use linli_domain::resident::Pseudonym;
use linli_readmodel::Projection;
use linli_readmodel::contributions as rows;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken};
use crate::problem::{Problem, unknown};
use crate::receipt::{amount, id, instant, noticed};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const OBJECT: Deed = Deed::changing("notice.object");
const CONVENE: Deed = Deed::changing("notice.convene");
const VOTE: Deed = Deed::changing("notice.vote");
const RESIDENT_VOTE: Deed = Deed::changing("notice.resident-vote");
const APPEAL: Deed = Deed::changing("notice.appeal");

/// Those who are shown in the rankings, and what they are called there.
type Ranked = BTreeMap<ResidentId, Option<Pseudonym>>;

fn which(text: &str) -> Result<ContributionId, Problem> {
    ContributionId::from_path(text, Noun::Contribution)
}

/// Object to what stands on notice
///
/// Anybody registered may, once, while the notice lasts, but the one whose contribution it is. When
/// the notice is over a panel decides.
#[utoipa::path(post, path = "/v1/notices/{id}/objections", tag = "notices",
    params(("id" = String, Path, description = "The contribution")), request_body = ObjectToNotice,
    responses((status = 200, description = "Taken down", body = Receipt<NoticeChanged>)))]
pub(super) async fn object(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ObjectToNotice, _: &Caller| parse::objection(which(&contribution)?, &said);
    gateway.perform(OBJECT, &sent, &contribution, meant, noticed).await
}

/// Call a panel together
///
/// As many as the rules say, officers and residents, none of whom has anything to do with the case or
/// lives with somebody who has; for an appeal none who sat before. Whoever calls it together doesn't
/// sit on it.
#[utoipa::path(post, path = "/v1/notices/{id}/panel", tag = "notices",
    params(("id" = String, Path, description = "The contribution")), request_body = ConvenePanel,
    responses((status = 200, description = "Called together", body = Receipt<NoticeChanged>)))]
pub(super) async fn convene(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ConvenePanel, caller: &Caller| {
        parse::panel(which(&contribution)?, caller.officer()?, &said)
    };
    gateway.perform(CONVENE, &sent, &contribution, meant, noticed).await
}

/// Vote, as the officer of the key
///
/// What a majority of all seats has voted for is decided at once. What is dismissed is awarded in the
/// next record.
#[utoipa::path(post, path = "/v1/notices/{id}/votes", tag = "notices",
    params(("id" = String, Path, description = "The contribution")), request_body = CastVote,
    responses((status = 200, description = "Counted", body = Receipt<NoticeChanged>)))]
pub(super) async fn vote(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: CastVote, caller: &Caller| {
        Ok(parse::vote(which(&contribution)?, caller.officer()?, &said))
    };
    gateway.perform(VOTE, &sent, &contribution, meant, noticed).await
}

/// Vote, as a resident on the panel
#[utoipa::path(post, path = "/v1/notices/{id}/resident-votes", tag = "notices",
    params(("id" = String, Path, description = "The contribution")), request_body = CastResidentVote,
    responses((status = 200, description = "Counted", body = Receipt<NoticeChanged>)))]
pub(super) async fn resident_vote(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant =
        |said: CastResidentVote, _: &Caller| parse::resident_vote(which(&contribution)?, &said);
    gateway.perform(RESIDENT_VOTE, &sent, &contribution, meant, noticed).await
}

/// Appeal against a rejection or a reversal
///
/// Once, within the days that the rules give, by whose contribution it is. Another panel decides;
/// without a majority in its time what was said stands. What a reversal had taken back, and what is
/// owed since, is given back if it was wrong.
#[utoipa::path(post, path = "/v1/contributions/{id}/appeal", tag = "notices",
    params(("id" = String, Path, description = "The contribution")), request_body = AppealFor,
    responses((status = 200, description = "Before another panel", body = Receipt<NoticeChanged>)))]
pub(super) async fn appeal(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: AppealFor, _: &Caller| parse::appeal(which(&contribution)?, &said);
    gateway.perform(APPEAL, &sent, &contribution, meant, noticed).await
}

/// What stands on public notice or before a panel, newest first
///
/// Without names. Whose it is stands there only for residents who are shown in the rankings by their
/// own wish, with the pseudonym that they chose.
#[utoipa::path(get, path = "/v1/notices", tag = "notices",
    params(("area" = Option<String>, Query, description = "A grid, or what grids lie in; the district unless told"),
        ("all" = Option<bool>, Query, description = "With what is over"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the list", body = Page<Notice>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    let area: Option<AreaId> = reading.asked.id("area")?;
    let all: bool = reading.asked.value("all")?.unwrap_or_default();
    reading.asked.done()?;
    let of = [Projection::Directory, Projection::Contributions];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let grids = gateway.grids(area).await?;
    let page = gateway.reader.notices(&grids, all, cursor, limit).await.map_err(fault)?;
    let next = page.next.map(|next| next.write());
    let shown_in_rankings = gateway.ranked(&page.rows).await?;
    let items = page.rows.iter().map(|row| line(row, &shown_in_rankings)).collect();
    Ok(shown(position, &Page::<Notice> { items, next }))
}

/// The notice and the appeal of a contribution
#[utoipa::path(get, path = "/v1/notices/{id}", tag = "notices",
    params(("id" = String, Path, description = "The contribution")),
    responses((status = 200, description = "What was said, and who decides", body = NoticeFile)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(contribution): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let contribution = which(&contribution)?;
    let of = [Projection::Directory, Projection::Contributions];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let file = gateway.reader.hearings(contribution).await.map_err(fault)?;
    if file.notices.is_empty() {
        return Err(unknown(Noun::Notice));
    }
    let shown_in_rankings = gateway.ranked(&file.notices).await?;
    let objection = |row: &rows::Objection| Objection {
        reason: row.reason.said(),
        objected_at: instant(row.objected_at),
        position: row.position.0,
    };
    let file = NoticeFile {
        hearings: file.notices.iter().map(|row| line(row, &shown_in_rankings)).collect(),
        objections: file.objections.iter().map(objection).collect(),
        panel: file.seats.iter().filter_map(seat).collect(),
    };
    Ok(shown(position, &file))
}

/// The hearings that wait for the officer's vote
#[utoipa::path(get, path = "/v1/panel-duties", tag = "notices",
    responses((status = 200, description = "In the order of their contributions", body = PanelDuties)))]
pub(super) async fn duties(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let officer = reading.caller.officer()?;
    let of = [Projection::Directory, Projection::Contributions];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let wanted = gateway.reader.votes_wanted(officer).await.map_err(fault)?;
    let shown_in_rankings = gateway.ranked(&wanted).await?;
    let hearings = wanted.iter().map(|row| line(row, &shown_in_rankings)).collect();
    Ok(shown(position, &PanelDuties { hearings }))
}

impl Inner {
    /// The grids of an area, or of the whole district.
    async fn grids(&self, area: Option<AreaId>) -> Result<Vec<AreaId>, Problem> {
        if let Some(area) = area {
            return self.reader.grids_in(area).await.map_err(fault);
        }
        let areas = self.reader.areas().await.map_err(fault)?;
        Ok(areas.iter().map(|area| area.area).collect())
    }

    /// Those of the residents who are shown in the rankings.
    async fn ranked(&self, notices: &[rows::Notice]) -> Result<Ranked, Problem> {
        let residents: Vec<_> = notices.iter().map(|row| row.resident).collect();
        self.reader.ranked_among(&residents).await.map_err(fault)
    }
}

fn line(row: &rows::Notice, ranked: &Ranked) -> Notice {
    let called = ranked.get(&row.resident);
    Notice {
        contribution: id(row.contribution),
        hearing: row.hearing.said(),
        stage: row.stage.said(),
        resident: called.map(|_| id(row.resident)),
        pseudonym: called.copied().flatten().map(parse::pseudonym),
        act: row.act.to_string(),
        grid: id(row.grid),
        why: row.why.map(Spoken::said),
        expected: row.expected.map(amount),
        against: row.against.map(Spoken::said),
        opened_at: instant(row.opened_at),
        until: row.until.map(instant),
        objections: row.objections,
        decide_by: row.decide_by.map(instant),
        seats: row.seats,
        upholding: row.upholding,
        dismissing: row.dismissing,
        ended_at: row.ended_at.map(instant),
    }
}

fn seat(row: &rows::Seat) -> Option<PanelSeat> {
    let officer = row.officer.map(|officer| PanelMember::Officer(id(officer)));
    let member = officer.or(row.resident.map(|resident| PanelMember::Resident(id(resident))))?;
    let (hearing, vote) = (row.hearing.said(), row.vote.map(Spoken::said));
    Some(PanelSeat { hearing, seat: row.seat, member, vote })
}
