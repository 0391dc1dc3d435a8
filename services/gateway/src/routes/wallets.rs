//! What a resident has: wallet, lots, statement, merit.

use axum::response::Response;
use linli_api as api;
use linli_api::page::Page;
use linli_api::resident::Merit;
use linli_api::wallet::{ExpirySchedule, Lapse, Lots, StatementLine, Wallet};
use linli_domain::id::ResidentId;
use linli_domain::quantity::Points;
use linli_domain::{Noun, Position};
use linli_readmodel::{Projection, balances};

use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{Path as _, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{amount, id, instant};
use crate::request::{Cursor, PathText, Reading};
use crate::routes::residents::WHO;
use crate::told::{Seen, fault, shown};

impl Inner {
    /// The row of somebody who is registered.
    pub(super) async fn wallet_of(
        &self,
        resident: ResidentId,
    ) -> Result<balances::Wallet, Problem> {
        self.reader.wallet(resident).await.map_err(fault)?.ok_or_else(|| unknown(Noun::Resident))
    }
}

/// What a resident has to spend
#[utoipa::path(get, path = "/v1/residents/{id}/wallet", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The wallet", body = Wallet)))]
pub(super) async fn wallet(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let wallet = gateway.wallet_of(resident).await?;
    let wallet = Wallet {
        resident: id(resident),
        available: amount(wallet.available),
        held: amount(wallet.held),
        receivable: amount(wallet.receivable),
    };
    Ok(shown(position, &wallet))
}

/// A resident's lots, soonest expiry first
#[utoipa::path(get, path = "/v1/residents/{id}/lots", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The lots that still hold something", body = Lots)))]
pub(super) async fn lots(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    gateway.wallet_of(resident).await?;
    let lots = gateway.reader.lots(resident).await.map_err(fault)?;
    let lot = |lot: &balances::Lot| api::wallet::Lot {
        lot: id(lot.lot),
        pool: id(lot.pool),
        expires_at: instant(lot.expires_at),
        available: amount(lot.available),
        held: amount(lot.held),
    };
    Ok(shown(position, &Lots { resident: id(resident), lots: lots.iter().map(lot).collect() }))
}

/// When a resident's points lapse
///
/// All dates on which something lapses, soonest first, with what is left after each.
#[utoipa::path(get, path = "/v1/residents/{id}/wallet/expiry", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The whole schedule", body = ExpirySchedule)))]
pub(super) async fn expiry(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let mut left = gateway.wallet_of(resident).await?.available;
    let lots = gateway.reader.lots(resident).await.map_err(fault)?;
    let sum = |lots: &[balances::Lot], of: fn(&balances::Lot) -> Points| {
        lots.iter().try_fold(Points::ZERO, |sum, lot| sum.plus(of(lot))).unwrap_or_default()
    };
    let mut lapses = Vec::new();
    for lots in lots.chunk_by(|one, next| one.expires_at == next.expires_at) {
        let Some(first) = lots.first() else { continue };
        let available = sum(lots, |lot| lot.available);
        left = left.minus(available).unwrap_or_default();
        lapses.push(Lapse {
            at: instant(first.expires_at),
            available: amount(available),
            held: amount(sum(lots, |lot| lot.held)),
            left: amount(left),
        });
    }
    Ok(shown(position, &ExpirySchedule { resident: id(resident), lapses }))
}

/// A resident's statement, newest line first
#[utoipa::path(get, path = "/v1/residents/{id}/statement", tag = "residents",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the statement", body = Page<StatementLine>)))]
pub(super) async fn statement(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    gateway.wallet_of(resident).await?;
    let page = gateway.reader.statement(resident, cursor, limit).await.map_err(fault)?;
    let next = page.next.map(|next| next.write());
    Ok(shown(position, &Page { items: page.rows.iter().map(line).collect(), next }))
}

fn line(line: &balances::Line) -> StatementLine {
    StatementLine {
        position: line.position.0,
        recorded_at: instant(line.recorded_at),
        happened_at: instant(line.happened_at),
        side: line.side.said(),
        kind: line.kind.said(),
        reference: id(ulid::Ulid(line.reference.0)),
        amount: amount(line.amount),
        balance: amount(line.balance),
    }
}

impl Cursor for balances::LineCursor {
    fn numbers(&self) -> Vec<i128> {
        vec![self.position.0.into(), self.ordinal.into()]
    }

    fn from_numbers(numbers: &[i128]) -> Option<Self> {
        let [position, ordinal] = numbers else { return None };
        let position = Position(u64::try_from(*position).ok()?);
        Some(Self { position, ordinal: u16::try_from(*ordinal).ok()? })
    }
}

/// A resident's merit, minutes and stars
#[utoipa::path(get, path = "/v1/residents/{id}/merit", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The merit", body = Merit)))]
pub(super) async fn merit(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&WHO, reading.after).await?;
    let wallet = gateway.wallet_of(resident).await?;
    let merit = Merit {
        resident: id(resident),
        merit: amount(wallet.merit),
        minutes: u64::try_from(wallet.minutes).unwrap_or_default(),
        honour_minutes: u64::try_from(wallet.honour_minutes).unwrap_or_default(),
        stars: gateway.stars(&wallet).await?,
    };
    Ok(shown(position, &merit))
}
