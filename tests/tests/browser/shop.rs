//! A shop's counter in a small place, and a resident with 45 points who goes there.

use linli_api::wallet::{Side, StatementKind};
use linli_api::{Client, Id};
use linli_tests::{Items, TestSystem, Wish};

/// What a test at the counter needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub(crate) url: String,
    /// The station's key, and a client with it.
    pub(crate) key: String,
    pub(crate) api: Client,
    pub(crate) items: Items,
    pub(crate) resident: Id,
    pub(crate) card: String,
    /// The same card as a hand types it: small letters, O for 0 and L for 1.
    pub(crate) card_as_typed: String,
}

impl Shop {
    /// Opens one, and lets the read models see that it is.
    pub(crate) async fn open(system: &TestSystem) -> anyhow::Result<Self> {
        let place = system.found(Wish::default()).await?;
        let chen = place.people.chen.clone();
        let last = place.give(std::slice::from_ref(&chen), "45").await?;
        let seen = place.shop.api.after(last);
        seen.wallet(&chen.resident).await?;
        seen.catalogue(Some(&place.shop.station), Some(&chen.resident), None).await?;
        let typed = chen.card.replace('0', "o").replace('1', "l");
        Ok(Self {
            url: place.url.clone(),
            key: place.shop.key.clone(),
            api: place.shop.api.clone(),
            items: place.items.clone(),
            resident: chen.resident,
            card: chen.card,
            card_as_typed: typed.to_lowercase(),
        })
    }

    /// The tile of an item, as CSS finds it.
    pub(crate) fn tile(&self, item: &Id) -> String {
        format!("[data-item='{item}']")
    }

    /// The ledger knows of one step of this kind for the resident, and of this balance after it.
    pub(crate) async fn once(
        &self,
        kind: StatementKind,
        side: Side,
        balance: &str,
    ) -> anyhow::Result<()> {
        let lines = self.api.statement(&self.resident, 50, None).await?.body.items;
        let steps = lines.iter().filter(|line| line.kind == kind && line.side == side);
        let after: Vec<&str> = steps.map(|line| line.balance.as_str()).collect();
        anyhow::ensure!(after == [balance], "{kind:?} left {after:?}, not once {balance}");
        Ok(())
    }
}
