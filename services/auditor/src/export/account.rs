//! The plan of accounts: what each is called in the books of others.
//!
//! | Linli | in the books | sign |
//! |---|---|---|
//! | what a funder put into a pool | `Equity:Funders:<pool>` | below zero |
//! | what a pool still has to give | `Assets:Pools:<pool>` | |
//! | what a resident can spend | `Assets:Residents:<resident>:Available` | |
//! | what is reserved for a resident | `Assets:Residents:<resident>:Held` | |
//! | what a supplier is to be paid for | `Assets:Suppliers:<supplier>` | |
//! | what lapsed | `Expenses:Lapsed:<pool>` | |
//! | what a resident owes | `Assets:Residents:<resident>:Receivable` | |
//! | what is owed to a pool | `Equity:Claims:<pool>` | below zero |
//! | what was paid back for what can't be handed out again | `Expenses:Losses:<officer>` | below zero |
//! | what a supplier was paid for | `Expenses:Settled:<supplier>` | |
//! | the other side of a correction | `Expenses:Corrected:<supplier>` | |
//!
//! The signs are Linli's own, so that a balance here is the balance that Linli shows. Ids are
//! ULIDs: digits and capitals, as the parts of an account's name have to begin.

use linli_domain::posting::Account;

/// The name of an account.
pub(super) fn name(account: Account) -> String {
    match account {
        Account::Funder(pool) => format!("Equity:Funders:{pool}"),
        Account::Pool(pool) => format!("Assets:Pools:{pool}"),
        Account::Available(resident) => format!("Assets:Residents:{resident}:Available"),
        Account::Held(resident) => format!("Assets:Residents:{resident}:Held"),
        Account::Supplier(supplier) => format!("Assets:Suppliers:{supplier}"),
        Account::Expired(pool) => format!("Expenses:Lapsed:{pool}"),
        Account::Receivable(resident) => format!("Assets:Residents:{resident}:Receivable"),
        Account::Claims(pool) => format!("Equity:Claims:{pool}"),
        Account::Loss(officer) => format!("Expenses:Losses:{officer}"),
        Account::Settled(supplier) => format!("Expenses:Settled:{supplier}"),
        Account::Corrected(supplier) => format!("Expenses:Corrected:{supplier}"),
    }
}
