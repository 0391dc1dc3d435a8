//! What has to be there before something can be wrong with it.

use anyhow::Context as _;
use linli_api::Id;
use linli_api::contribution::{
    RejectContribution, RejectReason, SubmitContribution, VerifyContribution,
};
use linli_api::key::{KeyKind, MintKey};
use linli_api::redemption::{Basket, RedemptionStatus, VoidReason, VoidRedemption, Wish};
use linli_tests::{Ask, Binary, Person, Place, TestSystem, wait};
use serde::Serialize;

/// Contributions of Chen in every state.
pub struct Contributions {
    pub pending: Id,
    pub awarded: Id,
    pub rejected: Id,
    /// Of an act that a sub-district officer awards.
    pub major: Id,
    /// Of an act that takes two levels, verified by the grid officer.
    pub half: Id,
    /// Li's own.
    pub lis: Id,
    /// Of Li's household.
    pub lis_kins: Id,
    /// For Li.
    pub for_li: Id,
}

/// Redemptions of Chen at the shop in every state.
pub struct Redemptions {
    pub open: Id,
    pub captured: Id,
    pub voided: Id,
    pub timed_out: Id,
}

/// Keys of every kind.
pub struct Keys {
    pub operator: String,
    pub staff: String,
    pub li: String,
    pub other_grid: String,
    pub community: String,
    pub retired: String,
    pub narrow: String,
    pub revoked: String,
    pub expired: String,
    pub foreign: String,
}

/// A place where everything has happened that can be got wrong afterwards.
pub struct World<'a> {
    pub place: &'a Place,
    pub contributions: Contributions,
    pub redemptions: Redemptions,
    pub keys: Keys,
    /// When Chen served last.
    pub last: SubmitContribution,
    /// An id that nothing has.
    pub nothing: &'static str,
}

impl<'a> World<'a> {
    pub async fn prepare(
        system: &TestSystem,
        place: &'a Place,
        binary: &Binary,
    ) -> anyhow::Result<Self> {
        let keys = keys(system, place, binary).await?;
        place.give(std::slice::from_ref(&place.people.chen), "100").await?;
        let redemptions = redemptions(place).await?;
        let contributions = contributions(place).await?;
        let last = place.claim(&place.people.chen, "PW-1", 60);
        place.submit(&last).await?;
        place.partner.join_ranking("join", &place.people.wang.resident).await?;
        place
            .partner
            .submit_contribution("used", &place.claim(&place.people.wang, "PW-1", 60))
            .await?;
        Ok(Self {
            place,
            contributions,
            redemptions,
            keys,
            last,
            nothing: "01JNK0000000000000000000ZZ",
        })
    }

    /// `POST` with a key of its own and JSON.
    pub fn post(&self, bearer: &str, path: &str, body: &impl Serialize) -> Ask {
        self.bare(bearer, path).json(body).unwrap()
    }

    /// `POST` with a key of its own and no body.
    pub fn bare(&self, bearer: &str, path: &str) -> Ask {
        Ask::post(path).bearer(bearer).key(&self.place.key("wrong"))
    }

    /// A claim of Chen's that would be taken.
    pub fn claim(&self) -> SubmitContribution {
        self.place.claim(&self.place.people.chen, "PW-1", 60)
    }
}

async fn keys(system: &TestSystem, place: &Place, binary: &Binary) -> anyhow::Result<Keys> {
    let officers = place.operator.log_records(0, 200).await?.body.records;
    let officers: Vec<Id> = officers
        .into_iter()
        .filter_map(|record| match record.event {
            linli_api::fact::Fact::OfficerAppointed(officer) => Some(officer.officer),
            _ => None,
        })
        .collect();
    let wish = |kind, subject: Option<&Id>| MintKey {
        kind,
        name: "another".into(),
        subject: subject.cloned(),
        scopes: None,
        client: None,
        expires_at: None,
    };
    let mint = |wish: MintKey| async move {
        let minted = place.operator.mint_key(&wish).await?.body;
        anyhow::Ok((minted.key.id, minted.secret))
    };
    // As `Place` appoints them: grid, li, other grid, head, community, street, leaving.
    let staff = |at: usize| mint(wish(KeyKind::Staff, officers.get(at)));
    let narrow =
        MintKey { scopes: Some(vec!["contributions:read".into()]), ..wish(KeyKind::Partner, None) };
    let expired =
        MintKey { expires_at: Some("2020-01-01T00:00:00Z".into()), ..wish(KeyKind::Partner, None) };
    let (revoked_id, revoked) = mint(wish(KeyKind::Partner, None)).await?;
    place.operator.revoke_key(&revoked_id).await?;
    let retired = staff(6).await?.1;
    place.operator.retire_officer("retire", &officers[6]).await?;
    let elsewhere = ["--database-url", system.database_url(), "--district", "elsewhere"];
    let create = ["keys", "create", "--kind", "partner", "--name", "elsewhere", "--json"];
    let foreign = binary.run(&[&create[..], &elsewhere].concat()).await?;
    let foreign: serde_json::Value = serde_json::from_slice(&foreign.stdout)?;
    Ok(Keys {
        operator: mint(wish(KeyKind::Operator, None)).await?.1,
        staff: staff(0).await?.1,
        li: staff(1).await?.1,
        other_grid: staff(2).await?.1,
        community: staff(4).await?.1,
        retired,
        narrow: mint(narrow).await?.1,
        revoked,
        expired: mint(expired).await?.1,
        foreign: foreign["key"].as_str().context("a key")?.to_owned(),
    })
}

pub fn basket(person: &Person, item: &Id, quantity: u32) -> Basket {
    let items = vec![Wish { item: item.clone(), quantity }];
    Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(person.resident.clone()),
        items,
    }
}

async fn redemptions(place: &Place) -> anyhow::Result<Redemptions> {
    let shop = &place.shop.api;
    let soap = basket(&place.people.chen, &place.items.soap, 1);
    let reserve = |key: &'static str| {
        let soap = &soap;
        async move {
            let reserved = shop.reserve(key, soap).await?.body;
            anyhow::Ok((reserved.last, reserved.changed.slip.redemption))
        }
    };
    let (last, timed_out) = reserve("timed-out").await?;
    place.let_pass(31).await?;
    let look = async || {
        let shown = shop.after(last).redemption(&timed_out).await.ok()?.body;
        (shown.status == RedemptionStatus::TimedOut).then_some(())
    };
    wait::until("the hold times out", wait::LONG, look).await?;
    let (_, captured) = reserve("captured").await?;
    shop.capture("capture", &captured).await?;
    let (_, voided) = reserve("voided").await?;
    shop.void("void", &voided, &VoidRedemption { reason: VoidReason::Station }).await?;
    let (_, open) = reserve("open").await?;
    Ok(Redemptions { open, captured, voided, timed_out })
}

async fn contributions(place: &Place) -> anyhow::Result<Contributions> {
    let (people, officers) = (&place.people, &place.officers);
    let of = |person: &Person, act: &str| place.claim(person, act, 60);
    let chen = |act| of(&people.chen, act);
    let rejected = place.submit(&chen("PW-1")).await?;
    let why = RejectContribution { reason: RejectReason::Duplicate };
    officers.grid.reject_contribution("reject", &rejected, &why).await?;
    let half = place.submit(&chen("OC-1")).await?;
    let word = VerifyContribution::default();
    officers.grid.verify_contribution("half", &half, &word).await?;
    let awarded = place.serve(&people.chen, "PW-1", 60).await?.changed.contribution;
    let for_li =
        SubmitContribution { beneficiary: Some(people.li.resident.clone()), ..chen("AS-1") };
    Ok(Contributions {
        pending: place.submit(&chen("PW-1")).await?,
        awarded,
        rejected,
        major: place.submit(&chen("ME-3")).await?,
        half,
        lis: place.submit(&of(&people.li, "PW-1")).await?,
        lis_kins: place.submit(&of(&people.li_kin, "PW-1")).await?,
        for_li: place.submit(&for_li).await?,
    })
}
