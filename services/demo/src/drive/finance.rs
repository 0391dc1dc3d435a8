//! The finance desk: at the end of each quarter every supplier's period is closed, one of them
//! disputes a line, the desk rules, and all are paid.

use linli_api::statement::{
    DisputeLine, DisputeReason, Due, IssueStatement, ResolveDispute, SettleStatement,
    StatementIssued,
};
use linli_api::{Amount, ClientError, Id};

use super::batch::several;
use super::hands::Hands;
use super::tally::Tally;
use crate::amount::{amount, hundredths};
use crate::error::{DemoError, Doing as _};
use crate::population::{Place, Supplier};

const CLOSING: &str = "a quarter that is closed with every supplier";

/// Closes a quarter with every supplier.
pub(super) async fn close_quarter(
    hands: &Hands,
    place: &Place,
    quarter: &str,
    tally: &mut Tally,
) -> Result<(), DemoError> {
    let close = |supplier: &Supplier| {
        let supplier = Id::from(supplier.id.to_string());
        let label = quarter.to_owned();
        async move { issue(hands, supplier, label).await }
    };
    let issued = several(place.suppliers.iter().map(close).collect()).await?;
    for statement in issued.into_iter().flatten() {
        closes(&statement)?;
        let own = statement.supplier.as_str() == hands.merchant.0.to_string();
        let corrected = if own { dispute(hands, &statement).await? } else { 0 };
        let due = hundredths(&statement.captured.yuan)?
            .saturating_sub(hundredths(&statement.returned.yuan)?)
            .saturating_add(corrected);
        let paid = pay(hands, &statement.statement, quarter).await?;
        if paid != due {
            let outcome = format!("{} is due and {} is paid", amount(due), amount(paid));
            return Err(DemoError::Story { story: CLOSING, outcome });
        }
        tally.stated(hundredths(&statement.captured.points)?, paid, own);
    }
    Ok(())
}

/// The statement of a supplier, if anything has happened.
async fn issue(
    hands: &Hands,
    supplier: Id,
    label: String,
) -> Result<Option<StatementIssued>, DemoError> {
    let key = format!("statement-{label}-{supplier}");
    let body = IssueStatement { statement: None, supplier, label };
    match hands.finance.issue_statement(&key, &body).await {
        Err(error) if nothing_happened(&error) => Ok(None),
        answer => {
            let issued = answer.doing(|| "issue a statement".to_owned())?.body;
            Ok(Some(issued.changed))
        }
    }
}

fn nothing_happened(error: &ClientError) -> bool {
    error.problem().is_some_and(|problem| problem.name() == "nothing-to-state")
}

/// Opening + captured − returned + corrected − paid = closing.
fn closes(it: &StatementIssued) -> Result<(), DemoError> {
    for of in [|due: &Due| due.points.clone(), |due: &Due| due.yuan.clone()] {
        let figure = |due: &Due| hundredths(&of(due));
        let sum = figure(&it.opening)?
            .saturating_add(figure(&it.captured)?)
            .saturating_sub(figure(&it.returned)?)
            .saturating_add(figure(&it.corrected)?)
            .saturating_sub(figure(&it.paid)?);
        let closing = figure(&it.closing)?;
        if sum != closing {
            let outcome = format!("{} sums to {}, not {}", it.label, amount(sum), amount(closing));
            return Err(DemoError::Story { story: CLOSING, outcome });
        }
    }
    Ok(())
}

/// The merchant claims a piece more of its first line than was handed out; the desk grants half of
/// the yuan. Answers by how much the statement is corrected, in fen.
async fn dispute(hands: &Hands, it: &StatementIssued) -> Result<i64, DemoError> {
    let Some(line) = it.lines.first() else { return Ok(0) };
    let net = |captured: &Amount, returned: &Amount| {
        Ok(hundredths(captured)?.saturating_sub(hundredths(returned)?))
    };
    let points = net(&line.captured.points, &line.returned.points)?;
    let fen = net(&line.captured.yuan, &line.returned.yuan)?;
    let more = |fen: i64| Due { points: amount(points), yuan: amount(fen) };
    let item = line.item.clone();
    let claimed = more(fen.saturating_add(1_000));
    let claim = DisputeLine { item: item.clone(), reason: DisputeReason::Quantity, claimed };
    let key = |step: &str| format!("{step}-{}", it.statement);
    let disputed = hands.merchant.1.dispute_line(&key("dispute"), &it.statement, &claim).await;
    disputed.doing(|| "dispute a line".to_owned())?;
    let upheld = Some(more(fen.saturating_add(500)));
    let ruling = ResolveDispute { item, upheld, reference: format!("FIN-{}", it.label) };
    let ruled = hands.finance.resolve_dispute(&key("ruling"), &it.statement, &ruling).await;
    let ruled = ruled.doing(|| "rule on a dispute".to_owned())?.body;
    hundredths(&ruled.changed.correction.yuan)
}

/// Enters the payment of a statement; answers what was paid, in fen.
async fn pay(hands: &Hands, statement: &Id, quarter: &str) -> Result<i64, DemoError> {
    let body = SettleStatement { reference: format!("PAY-{quarter}") };
    let paid = hands.finance.settle_statement(&format!("pay-{statement}"), statement, &body).await;
    let paid = paid.doing(|| "enter a payment".to_owned())?.body;
    hundredths(&paid.changed.paid.yuan)
}
