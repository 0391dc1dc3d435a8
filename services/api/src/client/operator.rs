//! What an operator asks.

use reqwest::Method;

use crate::area::{Areas, FoundArea};
use crate::bulk::{Bulk, BulkAnswer};
use crate::client::query;
use crate::clock::TestClock;
use crate::household::RegisterHousehold;
use crate::item::{ListItem, PriceItem};
use crate::key::{Keys, MintKey, MintedKey};
use crate::officer::AppointOfficer;
use crate::pool::{FundPool, Funded, OpenPool, Pools};
use crate::ranking::RankingWindow;
use crate::receipt::{Named, Receipt};
use crate::rules::{Publishing, RuleBook, RuleDiff, RuleSet, RuleSheet, RulesPublished};
use crate::station::{OpenStation, Stations};
use crate::supplier::EnrolSupplier;
use crate::team::{FormTeam, TeamMember, Teams};
use crate::{Client, ClientError, Id, Instant, Reply};

/// Which ranking is wished for. Without an area it is the district's, without a period today's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankingWish {
    /// The area.
    pub area: Option<Id>,
    /// The stretch.
    pub window: RankingWindow,
    /// Which one: `2025-W10`, `2025-03`, `2025`.
    pub period: Option<String>,
}

impl RankingWish {
    pub(super) fn pairs(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("area", self.area.as_ref().map(Id::as_str)),
            ("window", Some(self.window.as_str())),
            ("period", self.period.as_deref()),
        ]
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $one:ident($body:ty) -> $changed:ty = $path:literal;)+) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            ///
            /// [`ClientError`]
            pub async fn $one(&self, key: &str, body: &$body) -> Result<Reply<Receipt<$changed>>, ClientError> {
                self.command($path, key, body).await
            }
        )+}
    };
}

macro_rules! bulks {
    ($($(#[$doc:meta])* $many:ident($body:ty) = $path:literal;)+) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            ///
            /// [`ClientError`]; what is refused of the items stands in the answer.
            pub async fn $many(&self, bulk: &Bulk<$body>) -> Result<Reply<BulkAnswer<Named>>, ClientError> {
                self.bulk($path, bulk).await
            }
        )+}
    };
}

commands! {
    /// Founds an area.
    found_area(FoundArea) -> Named = "/v1/areas";
    /// Registers a household.
    register_household(RegisterHousehold) -> Named = "/v1/households";
    /// Appoints an officer.
    appoint_officer(AppointOfficer) -> Named = "/v1/officers";
    /// Opens a station.
    open_station(OpenStation) -> Named = "/v1/stations";
    /// Enrols a supplier.
    enrol_supplier(EnrolSupplier) -> Named = "/v1/suppliers";
    /// Opens a pool.
    open_pool(OpenPool) -> Named = "/v1/pools";
    /// Lists an item.
    list_item(ListItem) -> Named = "/v1/items";
}

bulks! {
    /// Founds up to 1,000 areas, in the order given.
    found_areas(FoundArea) = "/v1/areas/bulk";
    /// Registers up to 1,000 households.
    register_households(RegisterHousehold) = "/v1/households/bulk";
    /// Appoints up to 1,000 officers.
    appoint_officers(AppointOfficer) = "/v1/officers/bulk";
}

impl Client {
    /// Ends an officer's authority.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn retire_officer(
        &self,
        key: &str,
        officer: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/officers/{officer}/retire"), key).await
    }

    /// Puts points into a pool.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn fund_pool(
        &self,
        key: &str,
        pool: &Id,
        body: &FundPool,
    ) -> Result<Reply<Receipt<Funded>>, ClientError> {
        self.command(&format!("/v1/pools/{pool}/fund"), key, body).await
    }

    /// All pools and how they stand.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn pools(&self) -> Result<Reply<Pools>, ClientError> {
        self.read("/v1/pools", &[]).await
    }

    /// Changes an item's price.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn price_item(
        &self,
        key: &str,
        item: &Id,
        body: &PriceItem,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/items/{item}/price"), key, body).await
    }

    /// Publishes a rule set, as the text of a profile, in force from an instant on. Without a
    /// version it gets the next one.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; a mistake in the profile is the problem `invalid-profile` with its line.
    pub async fn publish_rules(
        &self,
        key: &str,
        toml: &str,
        effective_from: &Instant,
        version: Option<u32>,
    ) -> Result<Reply<Receipt<RulesPublished>>, ClientError> {
        let publishing =
            Publishing { effective_from: Some(effective_from.clone()), version, tried: None };
        self.publish(key, toml, &publishing).await
    }

    /// Publishes a rule set, as the text of a profile, perhaps from a trial.
    ///
    /// # Errors
    ///
    /// As of [`publish_rules`](Self::publish_rules).
    pub async fn publish(
        &self,
        key: &str,
        toml: &str,
        publishing: &Publishing,
    ) -> Result<Reply<Receipt<RulesPublished>>, ClientError> {
        let Publishing { effective_from, version, tried } = publishing;
        let version = version.map(|version| version.to_string());
        let pairs = query(&[
            ("effective_from", effective_from.as_ref().map(Instant::as_str)),
            ("version", version.as_deref()),
            ("tried_from", tried.as_ref().map(|(from, _)| from.as_str())),
            ("tried_until", tried.as_ref().map(|(_, until)| until.as_str())),
        ]);
        self.send(&self.request(Method::POST, "/v1/rules", &pairs, None).key(key).toml(toml)).await
    }

    /// All rule sets ever published, in short.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn rules(&self) -> Result<Reply<RuleBook>, ClientError> {
        self.read("/v1/rules", &[]).await
    }

    /// A rule set and its acts.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn rule_set(&self, version: u32) -> Result<Reply<RuleSet>, ClientError> {
        self.read(&format!("/v1/rules/{version}"), &[]).await
    }

    /// All that a rule set says, in the words of a profile.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn rule_sheet(&self, version: u32) -> Result<Reply<RuleSheet>, ClientError> {
        self.read(&format!("/v1/rules/{version}/sheet"), &[]).await
    }

    /// What is otherwise in a rule set than in another; than in the one before it unless told.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn rule_diff(
        &self,
        version: u32,
        from: Option<u32>,
    ) -> Result<Reply<RuleDiff>, ClientError> {
        let from = from.map(|from| from.to_string());
        let pairs = query(&[("from", from.as_deref())]);
        self.read(&format!("/v1/rules/{version}/diff"), &pairs).await
    }

    /// All areas.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn areas(&self) -> Result<Reply<Areas>, ClientError> {
        self.read("/v1/areas", &[]).await
    }

    /// All stations.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn stations(&self) -> Result<Reply<Stations>, ClientError> {
        self.read("/v1/stations", &[]).await
    }

    /// Mints a key. It is not sent again when nobody knows what became of it: a second secret
    /// would be a second key.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn mint_key(&self, body: &MintKey) -> Result<Reply<MintedKey>, ClientError> {
        self.send(&self.request(Method::POST, "/v1/keys", &[], None).json(body)?.not_repeatable())
            .await
    }

    /// All keys, without their secrets.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn keys(&self) -> Result<Reply<Keys>, ClientError> {
        self.read("/v1/keys", &[]).await
    }

    /// Revokes a key.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn revoke_key(&self, id: &Id) -> Result<Reply<()>, ClientError> {
        self.send(&self.request(Method::DELETE, &format!("/v1/keys/{id}"), &[], None)).await
    }

    /// Moves the ledger's clock forward, where the server has a test clock.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn set_test_clock(&self, now: &Instant) -> Result<Reply<TestClock>, ClientError> {
        let clock = TestClock { now: now.clone() };
        self.send(&self.request(Method::PUT, "/v1/test-clock", &[], None).json(&clock)?).await
    }
    /// Forms a team.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn form_team(
        &self,
        key: &str,
        body: &FormTeam,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command("/v1/teams", key, body).await
    }

    /// Lets a volunteer join a team.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn join_team(
        &self,
        key: &str,
        team: &Id,
        body: &TeamMember,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/teams/{team}/join"), key, body).await
    }

    /// Lets a member leave a team.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn leave_team(
        &self,
        key: &str,
        team: &Id,
        body: &TeamMember,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/teams/{team}/leave"), key, body).await
    }

    /// All teams.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn teams(&self) -> Result<Reply<Teams>, ClientError> {
        self.read("/v1/teams", &[]).await
    }
}
