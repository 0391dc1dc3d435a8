//! What residents show at counters: the rotating code of their app, and their card with its PIN.

use axum::response::Response;
use linli_api::card::{CardChanged, CardShown, IssueCard, ResidentCode};
use linli_api::counter::SetPin;
use linli_api::receipt::Receipt;
use linli_domain::id::{ResidentId, StationId};
use linli_domain::redemption::Shown;
use linli_domain::resident::{CardBlock, CardDesk, CardIssue, Command};
use linli_domain::text::CardCode;
use linli_domain::time::Timestamp;
use linli_domain::{Noun, Position};
use linli_readmodel::{Projection, directory};

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::Inner;
use crate::host::Presented;
use crate::key::KeyKind;
use crate::parse;
use crate::pin::{CardPin, Holder};
use crate::problem::{Kind, Problem, shown_too_late, unknown};
use crate::receipt::{card_changed, id, instant};
use crate::request::{PathText, Reading, Sent, SentPlain};
use crate::routes::counter::new_pin;
use crate::told::{Seen, fault, log_fault, shown};

const ISSUE: Deed = Deed::creating("card.issue");
const BLOCK: Deed = Deed::changing("card.block");

/// Give a resident a card, in the place of the one before
///
/// The one before is good for nothing from then on. The new one has no PIN yet.
#[utoipa::path(post, path = "/v1/cards", tag = "counter", request_body = IssueCard,
    responses((status = 201, description = "Issued", body = Receipt<CardChanged>)))]
pub(super) async fn issue(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: IssueCard, caller: &Caller| {
        let resident: ResidentId = parse::id("resident", &said.resident)?;
        let card = parse::card("card", &said.card)?;
        Ok(Command::IssueCard(CardIssue { resident, card, by: desk(caller)? }))
    };
    gateway.perform(ISSUE, &sent, "", meant, card_changed).await
}

/// Block a card
///
/// One that was lost: it is good for nothing from then on, until the resident is given another.
#[utoipa::path(post, path = "/v1/cards/{card}/block", tag = "counter",
    params(("card" = String, Path, description = "The code on the card")),
    responses((status = 200, description = "Blocked", body = Receipt<CardChanged>)))]
pub(super) async fn block(
    Here(gateway): Here,
    PathText(card): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, caller: &Caller| {
        Ok(Command::BlockCard(CardBlock { card: of_path(&card)?, by: desk(caller)? }))
    };
    gateway.perform(BLOCK, &sent, &card, meant, card_changed).await
}

/// Give a card a PIN
///
/// A station gives a card its first; an officer whose area holds the resident's home another one, when it
/// was forgotten. What was locked is open again. It is kept hashed, beside the log.
#[utoipa::path(put, path = "/v1/cards/{card}/pin", tag = "counter", request_body = SetPin,
    params(("card" = String, Path, description = "The code on the card")),
    responses((status = 200, description = "Kept; the body is `null`")))]
pub(super) async fn set_pin(
    Here(gateway): Here,
    PathText(card): PathText,
    caller: Caller,
    sent: SentPlain,
) -> Result<Response, Problem> {
    let card = of_path(&card)?;
    let (_, row) = gateway.card(card).await?;
    let pin = new_pin(&sent)?;
    match desk(&caller)? {
        CardDesk::Station(_) => {
            if !gateway.keep_first_pin(card, pin).await? {
                return Err(Problem::plain(Kind::PinSet));
            }
        }
        CardDesk::Officer(officer) => {
            let officer = gateway.on_duty(officer).await?;
            if !gateway.areas_of(row.household).await?.contains(&officer.area) {
                return Err(Problem::plain(Kind::OutsideAuthority));
            }
            gateway.keep_pin(Holder::Card(card), pin).await?;
        }
    }
    Ok(shown(Position::START, &()))
}

/// Change a card's PIN at the counter
///
/// The present one is sent in the header. Thus nobody but the resident knows it from then on.
#[utoipa::path(post, path = "/v1/cards/{card}/pin-change", tag = "counter", request_body = SetPin,
    params(("card" = String, Path, description = "The code on the card"),
        ("resident-pin" = String, Header, description = "The present PIN")),
    responses((status = 200, description = "Kept; the body is `null`")))]
pub(super) async fn change_pin(
    Here(gateway): Here,
    PathText(card): PathText,
    CardPin(present): CardPin,
    sent: SentPlain,
) -> Result<Response, Problem> {
    let card = of_path(&card)?;
    gateway.card(card).await?;
    let holder = Holder::Card(card);
    let pin = new_pin(&sent)?;
    gateway.check_pin(holder, present).await?;
    gateway.keep_pin(holder, pin).await?;
    Ok(shown(Position::START, &()))
}

/// Show a card with its PIN, at the station that the key is bound to
///
/// The answer goes into a sale, a reservation or a hand-out as `shown`: it counts once, for five minutes,
/// at this station alone. The PIN itself stands in no command.
#[utoipa::path(post, path = "/v1/cards/{card}/show", tag = "counter",
    params(("card" = String, Path, description = "The code on the card"),
        ("resident-pin" = String, Header, description = "Its PIN, as the resident typed it")),
    responses((status = 200, description = "The PIN is right", body = CardShown)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(card): PathText,
    CardPin(pin): CardPin,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let station = reading.caller.station()?;
    let card = of_path(&card)?;
    let (position, row) = gateway.card(card).await?;
    gateway.check_pin(Holder::Card(card), pin).await?;
    let at = gateway.ledger_clock().await;
    let text = gateway.host().await?.card_shown(row.resident, card, station, at);
    let until = Shown::Card { card, at }.until().unwrap_or(at);
    let told = CardShown { resident: id(row.resident), card: text, until: instant(until) };
    Ok(shown(position, &told))
}

/// The rotating code that a resident's app shows
///
/// It changes every half minute and counts once, for a minute at most; nothing keeps it. Ask again at
/// `until`.
#[utoipa::path(get, path = "/v1/residents/{id}/code", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The code", body = ResidentCode)))]
pub(super) async fn code(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let (row, position) = gateway.known_resident(&resident, &reading).await?;
    reading.caller.may_export(row.resident)?;
    if row.erased_at.is_some() {
        return Err(Problem::plain(Kind::ResidentErased));
    }
    let at = gateway.ledger_clock().await;
    let code = gateway.host().await?.code_of(row.resident, at);
    let until = next_after(at);
    Ok(shown(position, &ResidentCode { resident: id(row.resident), code, until: instant(until) }))
}

/// The resident whose code was scanned
///
/// Told as long as the code counts; looking doesn't use it up.
#[utoipa::path(get, path = "/v1/residents/by-code/{code}", tag = "residents",
    params(("code" = String, Path, description = "The code, as it was scanned")),
    responses((status = 200, description = "The resident", body = linli_api::resident::Resident)))]
pub(super) async fn by_code(
    Here(gateway): Here,
    PathText(code): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let presented = gateway.host().await?.read_code(&code).ok_or_else(not_ours)?;
    let at = gateway.ledger_clock().await;
    match presented.shown.until() {
        Some(until) if until <= at => return Err(shown_too_late(until)),
        Some(_) | None => {}
    }
    let Seen(position) = gateway.see(&super::residents::WHO, reading.after).await?;
    let row = gateway.reader.resident(presented.resident).await.map_err(fault)?;
    gateway.tell_resident(position, row).await
}

/// When the next code is shown.
fn next_after(at: Timestamp) -> Timestamp {
    let since = Shown::code_at(ResidentId::from_number(0), at).since().unwrap_or(at);
    let step = linli_domain::redemption::CODE_STEP_US;
    Timestamp::from_microseconds(since.microseconds().saturating_add(step))
}

fn of_path(card: &str) -> Result<CardCode, Problem> {
    card.parse().map_err(|_| Problem::plain(Kind::InvalidCard).with("field", "card"))
}

/// Whose hand it is: an officer's or a station's.
fn desk(caller: &Caller) -> Result<CardDesk, Problem> {
    if caller.kind == KeyKind::Staff {
        return caller.officer().map(CardDesk::Officer);
    }
    caller.station().map(CardDesk::Station)
}

fn not_ours() -> Problem {
    Problem::plain(Kind::InvalidShown).with("field", "shown")
}

impl Inner {
    /// Whose card it is, unless it is blocked or was replaced; as of all that the log has by now, for a
    /// PIN is set right after a card was issued, and a thief comes right after one was blocked.
    pub(super) async fn card(
        &self,
        card: CardCode,
    ) -> Result<(Position, directory::Resident), Problem> {
        let head = self.log.head(&self.district).await.map_err(log_fault)?;
        let head = head.map(|head| Position(head.last));
        let Seen(position) = self.see(&[Projection::Directory], head).await?;
        let row = self.reader.resident_by_card(card).await.map_err(fault)?;
        let row = row.ok_or_else(|| unknown(Noun::Card))?;
        if row.card_blocked {
            return Err(Problem::plain(Kind::CardBlocked));
        }
        Ok((position, row))
    }

    /// What a resident showed at this station, as the ledger is told it, and who it was.
    pub(super) async fn presented(
        &self,
        station: StationId,
        said: Option<&linli_api::card::Shown>,
    ) -> Result<(Option<ResidentId>, Option<Shown>), Problem> {
        use linli_api::card::Shown as Said;
        let presented = match said {
            None => return Ok((None, None)),
            Some(Said::Paper) => return Ok((None, Some(Shown::Paper))),
            Some(Said::Code(text)) => self.host().await?.read_code(text),
            Some(Said::Card(text)) => self.host().await?.read_card(text, station),
        };
        let Presented { resident, shown } = presented.ok_or_else(not_ours)?;
        Ok((Some(resident), Some(shown)))
    }
}
