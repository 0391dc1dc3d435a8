//! The time bank as read: accounts, who asks chests, and netting statements.

use std::collections::BTreeMap;

use axum::response::Response;
use linli_api::page::Page;
use linli_api::time_bank::{
    CommunitiesTime, CommunityTime, NettingHead, NettingStatement, ResidentTime, TimeAsked,
};
use linli_domain::id::{AreaId, ResidentId};
use linli_domain::time_bank::{Event as Banked, Netting, TimeAccount};
use linli_domain::{Event, Noun, Position};
use linli_readmodel::Projection;
use linli_readmodel::balances::{TimeAsk, TimeHolder, TimeNetting};

use crate::front::Here;
use crate::gateway::Inner;
use crate::key::hex;
use crate::parse::{Path as _, Spoken as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{id, instant, netted};
use crate::request::{Cursor as _, PathText, Reading};
use crate::told::{Seen, fault, shown};

/// A resident's account of stored time
#[utoipa::path(get, path = "/v1/residents/{id}/time", tag = "time bank",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The account", body = ResidentTime)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    gateway.wallet_of(resident).await?;
    Ok(shown(position, &gateway.time_of(resident).await?))
}

/// What communities have, and what each owes the others
///
/// What the fund has issued, and for each community its chest and its clearing, which sums to zero over all of them.
#[utoipa::path(get, path = "/v1/time/communities", tag = "time bank",
    responses((status = 200, description = "All that ever moved", body = CommunitiesTime)))]
pub(super) async fn communities(
    Here(gateway): Here,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let (mut issued, mut all) = (0, BTreeMap::<AreaId, (i64, i64)>::new());
    for row in gateway.reader.time_communities().await.map_err(fault)? {
        let community = AreaId::from_number(row.id.0);
        match row.holder {
            TimeHolder::Fund => issued = row.minutes.saturating_neg(),
            TimeHolder::Chest => all.entry(community).or_default().0 = row.minutes,
            TimeHolder::Clearing => all.entry(community).or_default().1 = row.minutes,
            TimeHolder::Resident | TimeHolder::Team => {}
        }
    }
    let stands = |(community, (chest, clearing))| CommunityTime {
        community: id(community),
        chest,
        clearing,
    };
    let communities = all.into_iter().map(stands).collect();
    Ok(shown(position, &CommunitiesTime { issued, communities }))
}

/// Who asks chests for time, in the order of arrival
///
/// Each chest grants key elders first, and then in this order.
#[utoipa::path(get, path = "/v1/time/asks", tag = "time bank",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of those that wait", body = Page<TimeAsked>)))]
pub(super) async fn asks(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let cursor = reading.asked.cursor::<Position>()?;
    let limit = reading.asked.limit()?;
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let page = gateway.reader.time_asks(cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(asked).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// Netting statements, newest first
#[utoipa::path(get, path = "/v1/time/nettings", tag = "time bank",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<NettingHead>)))]
pub(super) async fn nettings(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let cursor = reading.asked.cursor::<Position>()?;
    let limit = reading.asked.limit()?;
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let page = gateway.reader.time_nettings(cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(head).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A netting statement, with its figures and what seals it
#[utoipa::path(get, path = "/v1/time/nettings/{number}", tag = "time bank",
    params(("number" = u32, Path, description = "Its number, from 1")),
    responses((status = 200, description = "The statement", body = NettingStatement)))]
pub(super) async fn netting(
    Here(gateway): Here,
    PathText(number): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let Netted { row, netting, leaf, root } = gateway.netted(&number).await?;
    let (leaf, root) = (leaf.into(), root.map(Into::into));
    let body = NettingStatement { head: head(&row), leaf, root, netting: netted(&netting) };
    Ok(shown(position, &body))
}

/// A netting statement, as the record that closed it says.
pub(super) struct Netted {
    pub(super) row: TimeNetting,
    pub(super) netting: Netting,
    /// The hash of its record, in digits.
    pub(super) leaf: String,
    /// The root of the log's tree that seals it, in digits.
    pub(super) root: Option<String>,
}

impl Inner {
    /// What somebody has stored, or owes, and asks for.
    pub(super) async fn time_of(&self, resident: ResidentId) -> Result<ResidentTime, Problem> {
        let row = self.reader.time_balance(TimeAccount::Resident(resident)).await.map_err(fault)?;
        let minutes = row.map_or(0, |row| row.minutes);
        let ask = self.reader.time_ask(resident).await.map_err(fault)?;
        Ok(ResidentTime {
            resident: id(resident),
            stored: u64::try_from(minutes).unwrap_or_default(),
            owed: u64::try_from(minutes.saturating_neg()).unwrap_or_default(),
            ask: ask.filter(|ask| ask.ended.is_none()).as_ref().map(asked),
        })
    }

    /// The record that closed the statement of this number.
    pub(super) async fn netted(&self, number: &str) -> Result<Netted, Problem> {
        let missing = || unknown(Noun::Statement);
        let number: u32 = number.parse().map_err(|_| missing())?;
        let row = self.reader.time_netting(number).await.map_err(fault)?.ok_or_else(missing)?;
        let (record, bytes) = self.record_at(row.position).await?.ok_or_else(missing)?;
        let Event::TimeBank(Banked::Netted { netting, .. }) = record.event else {
            return Err(missing());
        };
        let root = self.prover.root(row.position.0).await;
        let root = root.map_err(|error| Problem::fault(Kind::Unavailable, &error))?;
        let leaf = hex(&linli_log::merkle::leaf_hash(&bytes).0);
        Ok(Netted { row, netting, leaf, root: root.map(|root| hex(&root.0)) })
    }
}

fn asked(row: &TimeAsk) -> TimeAsked {
    TimeAsked {
        resident: id(row.resident),
        minutes: row.minutes.get(),
        mark: row.mark.said(),
        position: row.position.0,
        lapses_at: instant(row.lapses_at),
    }
}

fn head(row: &TimeNetting) -> NettingHead {
    NettingHead {
        number: row.number,
        position: row.position.0,
        netted_at: instant(row.netted_at),
        officer: row.officer.map(id),
    }
}
