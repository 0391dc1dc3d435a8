//! When a period can be closed, a line disputed, a dispute resolved, a statement settled.

use crate::id::{ItemId, StatementId, SupplierId};
use crate::statement::{
    Command, Dispute, Due, Event, Issue, Issued, Payable, Quarrel, Resolve, Ruling, Settle,
    Standing, StatedLine, Statement, Tally,
};
use crate::{Decision, Noun, Refusal, State};

/// The most lines of a statement, so that it fits a record; what is beyond them is one line more.
pub const LINES_MAX: usize = 400;

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Issue(wish) => issue(state, wish),
        Command::Dispute { supplier, dispute } => disputed(state, *supplier, dispute),
        Command::Resolve(wish) => resolve(state, wish),
        Command::Settle(wish) => settle(state, wish),
    }
}

fn issue(state: &State, wish: &Issue) -> Result<Decision, Refusal> {
    state.statements.vacant(wish.statement, Noun::Statement)?;
    if !state.suppliers.contains(wish.supplier) {
        return Err(Refusal::Unknown(Noun::Supplier));
    }
    let payable = state.payables.get(wish.supplier).filter(|payable| !payable.is_quiet());
    let payable = payable.ok_or(Refusal::NothingToState)?;
    let stated = stated(wish, payable).ok_or(Refusal::AmountTooLarge)?;
    Ok(Decision::one(Event::Issued(Box::new(stated))))
}

fn stated(wish: &Issue, payable: &Payable) -> Option<Statement> {
    let tally = payable.tally()?;
    Some(Statement {
        issue: wish.clone(),
        since: payable.since,
        opening: payable.opening,
        captured: tally.captured.due,
        returned: tally.returned.due,
        corrected: payable.corrected,
        paid: payable.paid,
        closing: payable.closing()?,
        lines: lines(payable)?,
    })
}

/// A line for each item, in the order of their ids; all those beyond the most in one.
fn lines(payable: &Payable) -> Option<Vec<StatedLine>> {
    let line = |(item, tally): (&ItemId, &Tally)| StatedLine { item: Some(*item), tally: *tally };
    let mut lines: Vec<StatedLine> = payable.tallies.iter().take(LINES_MAX).map(line).collect();
    let mut others = payable.tallies.values().skip(LINES_MAX).copied();
    if let Some(first) = others.next() {
        let tally = others.try_fold(first, Tally::plus)?;
        lines.push(StatedLine { item: None, tally });
    }
    Some(lines)
}

fn disputed(state: &State, supplier: SupplierId, dispute: &Dispute) -> Result<Decision, Refusal> {
    // Another supplier's is told like one that isn't there.
    let found = state.statement(dispute.statement)?;
    if found.supplier != supplier {
        return Err(Refusal::Unknown(Noun::Statement));
    }
    match line(found, dispute.item)?.quarrel {
        Some(Quarrel::Open(_)) => Err(Refusal::AlreadyDisputed),
        Some(Quarrel::Resolved) => Err(Refusal::AlreadyResolved),
        None => Ok(Decision::one(Event::Disputed { supplier, dispute: *dispute })),
    }
}

fn resolve(state: &State, wish: &Resolve) -> Result<Decision, Refusal> {
    let found = state.statement(wish.statement)?;
    let line = line(found, wish.item)?;
    match line.quarrel {
        None => return Err(Refusal::NotDisputed),
        Some(Quarrel::Resolved) => return Err(Refusal::AlreadyResolved),
        Some(Quarrel::Open(_)) => {}
    }
    let correction = match wish.ruling {
        Ruling::Dismissed => Due::ZERO,
        Ruling::Upheld(amount) => amount.minus(line.due).ok_or(Refusal::AmountTooLarge)?,
    };
    let supplier = found.supplier;
    Ok(Decision::one(Event::Resolved { supplier, resolve: wish.clone(), correction }))
}

fn settle(state: &State, wish: &Settle) -> Result<Decision, Refusal> {
    let found = state.statement(wish.statement)?;
    if found.settled {
        return Err(Refusal::AlreadySettled);
    }
    let is_open = |line: &&Standing| matches!(line.quarrel, Some(Quarrel::Open(_)));
    let open = found.lines.iter().filter(is_open).count();
    if open > 0 {
        return Err(Refusal::DisputesOpen { open });
    }
    let (supplier, paid) = (found.supplier, found.due);
    Ok(Decision::one(Event::Settled { supplier, settle: wish.clone(), paid }))
}

/// A line of a statement that is not settled yet.
fn line(issued: &Issued, item: Option<ItemId>) -> Result<&Standing, Refusal> {
    if issued.settled {
        return Err(Refusal::AlreadySettled);
    }
    issued.lines.iter().find(|line| line.item == item).ok_or(Refusal::NotStated)
}

impl State {
    pub(crate) fn statement(&self, id: StatementId) -> Result<&Issued, Refusal> {
        self.statements.get(id).ok_or(Refusal::Unknown(Noun::Statement))
    }
}
