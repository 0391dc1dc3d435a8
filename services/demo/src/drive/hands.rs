//! The hands that hold keys: the partner's app, officers, clerks, an auditor.

use std::collections::{BTreeMap, BTreeSet};

use linli_api::key::{KeyKind, MintKey};
use linli_api::{Client, Id};
use ulid::Ulid;

use super::batch::several;
use crate::error::{DemoError, Doing as _};
use crate::population::Place;
use crate::traffic::{Plan, Step};

/// A key that the demo leaves behind, for whoever wants to try the pages.
#[derive(Clone)]
pub struct DemoKey {
    /// Whose hand it is for.
    pub kind: KeyKind,
    /// What people call it.
    pub name: String,
    /// What goes behind `Authorization: Bearer`.
    pub secret: String,
}

impl std::fmt::Debug for DemoKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DemoKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Clients with a key each.
pub(super) struct Hands {
    pub(super) partner: Client,
    pub(super) auditor: Client,
    pub(super) finance: Client,
    /// A supplier that looks at its statements.
    pub(super) merchant: (Ulid, Client),
    /// Suppliers that take vouchers.
    pub(super) suppliers: BTreeMap<Ulid, Client>,
    /// By the officer's id.
    pub(super) staff: BTreeMap<Ulid, Client>,
    /// In the order of the stations: two clerks each.
    pub(super) clerks: Vec<[Client; 2]>,
}

impl Hands {
    /// Where the log ends now.
    pub(super) async fn head(&self) -> Result<u64, DemoError> {
        let head = self.auditor.log_head().await;
        Ok(head.doing(|| "read the head of the log".to_owned())?.body.position)
    }
}

struct Wish {
    kind: KeyKind,
    name: String,
    subject: Option<Ulid>,
}

/// Mints a key for every hand that the plan needs.
pub(super) async fn mint(
    operator: &Client,
    place: &Place,
    plan: &Plan,
) -> Result<(Hands, Vec<DemoKey>), DemoError> {
    let unbound = |kind, name: &str| Wish { kind, name: name.to_owned(), subject: None };
    let partner = ask(operator, unbound(KeyKind::Partner, "Neighbours' app")).await?;
    let auditor = ask(operator, unbound(KeyKind::Auditor, "Auditor")).await?;
    let finance = ask(operator, unbound(KeyKind::Finance, "Finance desk")).await?;
    let merchant = place.items.iter().find(|item| item.is_rice()).ok_or(DemoError::Plan("rice"))?;
    let of_merchant = Wish {
        kind: KeyKind::Supplier,
        name: "Grain and oil shop".to_owned(),
        subject: Some(merchant.supplier),
    };
    let of_merchant = ask(operator, of_merchant).await?;
    let mut left = vec![partner.clone(), auditor.clone(), finance.clone()];

    // A grid's own officer publishes its classes, and shows the codes at their doors; one of the sub-district
    // stands over both communities of the time bank.
    let own = place.grids.iter().map(|grid| grid.full_time.id);
    let speaking = plan.steps.iter().flat_map(Step::officers).chain(plan.planted.officers());
    let above = place.sub_district_officers.first().map(|officer| officer.id);
    let speaking: BTreeSet<Ulid> = speaking.chain(own).chain(above).collect();
    let wishes = speaking.into_iter().map(|officer| async move {
        let wish =
            Wish { kind: KeyKind::Staff, name: "Officer".to_owned(), subject: Some(officer) };
        Ok((officer, ask(operator, wish).await?))
    });
    let mut staff = BTreeMap::new();
    for (officer, key) in several(wishes.collect()).await? {
        staff.insert(officer, operator.with_key(&key.secret));
        if place.grids.first().is_some_and(|grid| grid.full_time.id == officer) {
            left.push(DemoKey { name: "Full-time officer, Grid 1".to_owned(), ..key });
        }
    }
    let mut suppliers = BTreeMap::new();
    for item in place.items.iter().filter(|item| item.by_voucher) {
        let name = format!("Supplier of {}", item.name.en);
        let wish = Wish { kind: KeyKind::Supplier, name, subject: Some(item.supplier) };
        suppliers.insert(item.supplier, operator.with_key(&ask(operator, wish).await?.secret));
    }
    let mut clerks = Vec::new();
    for station in &place.stations {
        let clerk = |number: u8| async move {
            let name = format!("{}, device {number}", station.name.en);
            ask(operator, Wish { kind: KeyKind::Station, name, subject: Some(station.id) }).await
        };
        let keys = [clerk(1).await?, clerk(2).await?];
        clerks.push(keys.each_ref().map(|key| operator.with_key(&key.secret)));
        // One counter's key is enough to try the page with.
        if clerks.len() == 1 {
            left.extend(keys.into_iter().take(1));
        }
    }
    let hands = Hands {
        partner: operator.with_key(&partner.secret),
        auditor: operator.with_key(&auditor.secret),
        finance: operator.with_key(&finance.secret),
        merchant: (merchant.supplier, operator.with_key(&of_merchant.secret)),
        suppliers,
        staff,
        clerks,
    };
    Ok((hands, left))
}

async fn ask(operator: &Client, wish: Wish) -> Result<DemoKey, DemoError> {
    let body = MintKey {
        kind: wish.kind,
        name: wish.name.clone(),
        subject: wish.subject.map(|subject| Id::from(subject.to_string())),
        scopes: None,
        client: None,
        expires_at: None,
    };
    let minted = operator.mint_key(&body).await.doing(|| format!("mint a key: {}", wish.name))?;
    Ok(DemoKey { kind: wish.kind, name: wish.name, secret: minted.body.secret })
}
