//! Vouchers: issued by a partner for a resident or at a station, used at a station or at the
//! supplier's.

use axum::response::Response;
use linli_api as api;
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_api::voucher::{IssueVoucher, ReturnVoucher, UseVoucher, VoucherChanged};
use linli_domain::booking::Side;
use linli_domain::id::{ResidentId, VoucherId};
use linli_domain::voucher::{Command, Counter, Purchase};
use linli_domain::{Noun, Position, Record};
use linli_readmodel::Projection;
use linli_readmodel::catalogue::days_of;
use linli_readmodel::redemptions::Voucher;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::key::{CodeMaker, hash_of};
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{amount, id, instant, vouched};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const ISSUE: Deed = Deed::creating("voucher.issue");
const USE: Deed = Deed::changing("voucher.use");
const RETURN: Deed = Deed::changing("voucher.return");

/// Issue a voucher
///
/// Sets its points aside. The receipt has the code, also when it is asked for again with the same
/// key; the log has only a hash of it.
#[utoipa::path(post, path = "/v1/vouchers", tag = "vouchers", request_body = IssueVoucher,
    responses((status = 201, description = "Issued", body = Receipt<VoucherChanged>)))]
pub(super) async fn issue(
    Here(gateway): Here,
    maker: CodeMaker,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: IssueVoucher, _: &Caller| {
        let voucher = parse::own_id("voucher", said.voucher.as_ref(), VoucherId::from_number)?;
        Ok(Command::Issue(Purchase {
            voucher,
            resident: parse::id("resident", &said.resident)?,
            item: parse::id("item", &said.item)?,
            code: hash_of(voucher, &maker.code(voucher)),
        }))
    };
    let told = move |records: &[Record]| {
        let (changed, hash) = vouched(records)?;
        let code = changed.voucher.as_str().parse().ok().and_then(|id| maker.own(id, hash));
        Some(VoucherChanged { code, ..changed })
    };
    gateway.perform(ISSUE, &sent, "", meant, told).await
}

/// Use a voucher
///
/// At the station, or at the supplier, that the key is bound to. The supplier has the points. A wrong
/// code is counted and told as a problem; so many in a row as the item's terms say lock the voucher for
/// a while.
#[utoipa::path(post, path = "/v1/vouchers/{id}/use", tag = "vouchers",
    params(("id" = String, Path, description = "The voucher")), request_body = UseVoucher,
    responses((status = 200, description = "Used", body = Receipt<VoucherChanged>)))]
pub(super) async fn use_up(
    Here(gateway): Here,
    PathText(voucher): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: UseVoucher, caller: &Caller| {
        let voucher = VoucherId::from_path(&voucher, Noun::Voucher)?;
        let at = match caller.station() {
            Ok(station) => Counter::Station(station),
            Err(_) => Counter::Supplier(caller.supplier()?),
        };
        Ok(Command::Use { voucher, at, code: hash_of(voucher, &said.code) })
    };
    let told = |records: &[Record]| vouched(records).map(|(changed, _)| changed);
    gateway.perform(USE, &sent, &voucher, meant, told).await
}

/// Give a voucher back unused
///
/// Its points go back into the lots that had paid. By the fault of the station or the supplier, which
/// the station says, they live for some days of grace at least.
#[utoipa::path(post, path = "/v1/vouchers/{id}/return", tag = "vouchers",
    params(("id" = String, Path, description = "The voucher")), request_body = ReturnVoucher,
    responses((status = 200, description = "Given back", body = Receipt<VoucherChanged>)))]
pub(super) async fn give_back(
    Here(gateway): Here,
    PathText(voucher): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ReturnVoucher, caller: &Caller| {
        let voucher = VoucherId::from_path(&voucher, Noun::Voucher)?;
        let by = Side::heard(said.by);
        if by != Side::Resident && caller.station().is_err() {
            return Err(Problem::plain(Kind::ScopeMissing));
        }
        Ok(Command::Return { voucher, by })
    };
    let told = |records: &[Record]| vouched(records).map(|(changed, _)| changed);
    gateway.perform(RETURN, &sent, &voucher, meant, told).await
}

/// A voucher
///
/// Its code is told to whoever issued it. A supplier sees its own alone.
#[utoipa::path(get, path = "/v1/vouchers/{id}", tag = "vouchers",
    params(("id" = String, Path, description = "The voucher")),
    responses((status = 200, description = "The voucher", body = api::voucher::Voucher)))]
pub(super) async fn show(
    Here(gateway): Here,
    maker: CodeMaker,
    PathText(voucher): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let voucher = VoucherId::from_path(&voucher, Noun::Voucher)?;
    let Seen(position) = gateway.see(&[Projection::Redemptions], reading.after).await?;
    let found = gateway.reader.voucher(voucher).await.map_err(fault)?;
    let may = |row: &Voucher| reading.caller.sees_supplier(row.supplier);
    let row = found.filter(may).ok_or_else(|| unknown(Noun::Voucher))?;
    Ok(shown(position, &of_row(&row, maker)))
}

/// A resident's vouchers, newest first
#[utoipa::path(get, path = "/v1/residents/{id}/vouchers", tag = "vouchers",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<api::voucher::Voucher>)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    maker: CodeMaker,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor::<Position>()?);
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let of = [Projection::Redemptions, Projection::Directory];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    gateway.resident(resident).await?;
    let page = gateway.reader.vouchers_of(resident, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(|row| of_row(row, maker)).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

fn of_row(row: &Voucher, maker: CodeMaker) -> api::voucher::Voucher {
    api::voucher::Voucher {
        voucher: id(row.voucher),
        status: row.status.said(),
        resident: id(row.resident),
        item: id(row.item),
        supplier: id(row.supplier),
        price: amount(row.price),
        recorded_at: instant(row.recorded_at),
        good_from: instant(row.good_from),
        expires_at: instant(row.expires_at),
        weekdays: days_of(row.weekdays).into_iter().map(|day| day.said()).collect(),
        code: maker.own(row.voucher, row.code),
        tries: row.tries,
        wrong_codes: row.wrong_codes,
        locked_until: row.locked_until.map(instant),
        ended_at: row.ended_at.map(instant),
        station: row.station.map(id),
        returned_by: row.returned_by.map(|by| by.said()),
        lapsed: amount(row.lapsed),
    }
}
