//! Statements of suppliers: issued and settled by the finance desk, disputed by the supplier.

use axum::response::Response;
use linli_api::Bilingual;
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_api::statement::{
    Dispute, DisputeLine, DisputeResolved, Due, IssueStatement, ItemName, LineDisputed,
    ResolveDispute, SettleStatement, StatementHead, StatementIssued, StatementSettled,
    SupplierStatement,
};
use linli_domain::id::{ItemId, StatementId};
use linli_domain::statement::Event as Stated;
use linli_domain::{Event, Noun};
use linli_readmodel::Projection;
use linli_readmodel::balances::{Disputed, Statement};
use linli_readmodel::catalogue::Item;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::gateway::Inner;
use crate::key::{KeyKind, hex};
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{amount, disputed, figures, id, instant, issued, resolved, settled};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const ISSUE: Deed = Deed::creating("statement.issue");
const DISPUTE: Deed = Deed::creating("statement.dispute");
const RESOLVE: Deed = Deed::creating("statement.resolve");
const SETTLE: Deed = Deed::creating("statement.settle");

/// Close a supplier's period
///
/// All that stands in the log before it is in this statement or an earlier one; whatever comes
/// later, a late return too, falls into the next.
#[utoipa::path(post, path = "/v1/statements", tag = "statements", request_body = IssueStatement,
    responses((status = 201, description = "Issued", body = Receipt<StatementIssued>)))]
pub(super) async fn issue(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: IssueStatement, _: &Caller| parse::issue(&said);
    gateway.perform(ISSUE, &sent, "", meant, issued).await
}

/// Dispute a line, as the supplier that the key is bound to
#[utoipa::path(post, path = "/v1/statements/{id}/disputes", tag = "statements",
    params(("id" = String, Path, description = "The statement")), request_body = DisputeLine,
    responses((status = 201, description = "Disputed", body = Receipt<LineDisputed>)))]
pub(super) async fn dispute(
    Here(gateway): Here,
    PathText(statement): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: DisputeLine, caller: &Caller| {
        let statement = StatementId::from_path(&statement, Noun::Statement)?;
        parse::dispute(statement, caller.supplier()?, &said)
    };
    gateway.perform(DISPUTE, &sent, &statement, meant, disputed).await
}

/// Resolve a dispute
///
/// Upheld, the supplier's account is corrected at once; the correction stands in the next
/// statement, and what is paid for this one is corrected too.
#[utoipa::path(post, path = "/v1/statements/{id}/resolutions", tag = "statements",
    params(("id" = String, Path, description = "The statement")), request_body = ResolveDispute,
    responses((status = 201, description = "Resolved", body = Receipt<DisputeResolved>)))]
pub(super) async fn resolve(
    Here(gateway): Here,
    PathText(statement): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ResolveDispute, _: &Caller| {
        parse::resolve(StatementId::from_path(&statement, Noun::Statement)?, &said)
    };
    gateway.perform(RESOLVE, &sent, &statement, meant, resolved).await
}

/// Enter the payment of a statement
#[utoipa::path(post, path = "/v1/statements/{id}/settlement", tag = "statements",
    params(("id" = String, Path, description = "The statement")), request_body = SettleStatement,
    responses((status = 201, description = "Settled", body = Receipt<StatementSettled>)))]
pub(super) async fn settle(
    Here(gateway): Here,
    PathText(statement): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: SettleStatement, _: &Caller| {
        parse::settle(StatementId::from_path(&statement, Noun::Statement)?, &said)
    };
    gateway.perform(SETTLE, &sent, &statement, meant, settled).await
}

/// Statements, newest first
///
/// A supplier sees its own; the finance desk and auditors see all, or those of one.
#[utoipa::path(get, path = "/v1/statements", tag = "statements",
    params(("supplier" = Option<String>, Query, description = "Of which supplier"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<StatementHead>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let asked = reading.asked.id("supplier")?;
    let cursor = reading.asked.cursor::<linli_domain::Position>()?;
    let limit = reading.asked.limit()?;
    reading.asked.done()?;
    let supplier = match reading.caller.kind {
        KeyKind::Supplier => Some(reading.caller.supplier()?),
        KeyKind::Partner
        | KeyKind::Station
        | KeyKind::Staff
        | KeyKind::Auditor
        | KeyKind::Operator
        | KeyKind::Finance
        | KeyKind::Resident => asked,
    };
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let page = gateway.reader.statements(supplier, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(head).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A statement, with its figures and disputes
#[utoipa::path(get, path = "/v1/statements/{id}", tag = "statements",
    params(("id" = String, Path, description = "The statement")),
    responses((status = 200, description = "The statement", body = SupplierStatement)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(statement): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let statement = StatementId::from_path(&statement, Noun::Statement)?;
    let of = [Projection::Balances, Projection::Catalogue];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    Ok(shown(position, &gateway.supplier_statement(statement, &reading.caller).await?))
}

/// A statement, as the record that closed the period says.
pub(super) struct Closed {
    pub(super) row: Statement,
    pub(super) figures: Box<linli_domain::statement::Statement>,
    leaf: linli_log::merkle::Hash,
    root: Option<linli_log::merkle::Root>,
}

impl Closed {
    /// The root of the log's tree that seals it, in digits.
    pub(super) fn root(&self) -> Option<String> {
        self.root.map(|root| hex(&root.0))
    }
}

impl Inner {
    /// A statement whole: its figures are those of the record that closed the period.
    async fn supplier_statement(
        &self,
        statement: StatementId,
        caller: &Caller,
    ) -> Result<SupplierStatement, Problem> {
        let closed = self.closed(statement, caller).await?;
        let disputes = self.reader.disputes(statement).await.map_err(fault)?;
        Ok(SupplierStatement {
            head: head(&closed.row),
            leaf: hex(&closed.leaf.0).into(),
            root: closed.root().map(Into::into),
            figures: figures(&closed.figures),
            names: self.items_of(&closed).await?.iter().map(named).collect(),
            disputes: disputes.iter().map(of_dispute).collect(),
        })
    }

    /// The items that a statement has lines of, in the order of their ids.
    pub(super) async fn items_of(&self, closed: &Closed) -> Result<Vec<Item>, Problem> {
        let items: Vec<_> = closed.figures.lines.iter().filter_map(|line| line.item).collect();
        self.reader.items_of(&items).await.map_err(fault)
    }

    /// The record that closed a period, for who may see it.
    pub(super) async fn closed(
        &self,
        statement: StatementId,
        caller: &Caller,
    ) -> Result<Closed, Problem> {
        let row = self.reader.supplier_statement(statement).await.map_err(fault)?;
        // Another supplier's is told like one that isn't there.
        let may = |row: &Statement| caller.sees_supplier(row.supplier);
        let row = row.filter(may).ok_or_else(|| unknown(Noun::Statement))?;
        let found = self.record_at(row.position).await?;
        let (record, bytes) = found.ok_or_else(|| unknown(Noun::Statement))?;
        let Event::Statement(Stated::Issued(figures)) = record.event else {
            return Err(unknown(Noun::Statement));
        };
        let root = self.prover.root(row.position.0).await;
        let root = root.map_err(|error| Problem::fault(Kind::Unavailable, &error))?;
        Ok(Closed { row, figures, leaf: linli_log::merkle::leaf_hash(&bytes), root })
    }
}

fn head(row: &Statement) -> StatementHead {
    let paid = row.paid.zip(row.paid_fen);
    StatementHead {
        statement: id(row.statement),
        supplier: id(row.supplier),
        label: row.label.to_string(),
        position: row.position.0,
        issued_at: instant(row.issued_at),
        payment: row.payment.as_ref().map(ToString::to_string),
        paid: paid.map(|(points, fen)| Due { points: amount(points), yuan: amount(fen) }),
    }
}

fn named(item: &Item) -> ItemName {
    let name = Bilingual::new(item.name_zh.as_str(), item.name_en.as_str());
    ItemName { item: id(item.item), name }
}

fn of_dispute(row: &Disputed) -> Dispute {
    Dispute {
        item: (row.item.0 != 0).then(|| id(ItemId::from_number(row.item.0))),
        reason: row.reason.said(),
        claimed: Due { points: amount(row.claimed), yuan: amount(row.claimed_fen) },
        upheld: row.upheld,
        correction: Due { points: amount(row.correction), yuan: amount(row.correction_fen) },
        reference: row.resolution.as_ref().map(ToString::to_string),
    }
}
