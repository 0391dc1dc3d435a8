//! A small place with a station, and a resident who has earned 45 points.

use linli::{System, SystemSettings};
use linli_api::area::{FoundArea, GridKind, Level};
use linli_api::contribution::{Signal, SubmitContribution, VerifyContribution};
use linli_api::household::RegisterHousehold;
use linli_api::item::{Eligibility, ItemKind, ListItem};
use linli_api::key::{KeyKind, MintKey};
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::pool::{FundPool, OpenPool};
use linli_api::resident::RegisterResident;
use linli_api::station::{OpenStation, ReceiveStock, StationKind};
use linli_api::supplier::{EnrolSupplier, SupplierKind};
use linli_api::wallet::StatementKind;
use linli_api::{Bilingual, Client, Id};
use linli_devstack::TestDatabase;
use linli_domain::text::CardCode;
use linli_gateway::key::KeyKind as HandKind;

const NOW: &str = "2025-03-05T12:00:00Z";
const RULES_FROM: &str = "2025-01-01T00:00:00+08:00";

/// Three of them make 45 points: 15 each, by the shipped profile, with evidence of grade B.
const ACT: &str = "ME-3";
const SERVED: &[(&str, &str)] = &[
    ("2025-03-03T01:00:00Z", "2025-03-03T02:00:00Z"),
    ("2025-03-04T01:00:00Z", "2025-03-04T02:00:00Z"),
    ("2025-03-05T01:00:00Z", "2025-03-05T02:00:00Z"),
];

/// A system with a place in it.
pub(crate) struct Place {
    system: System,
    _database: TestDatabase,
    shop: Shop,
}

/// What a test at the counter needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub(crate) url: String,
    /// The station's key, and a client with it.
    pub(crate) key: String,
    pub(crate) api: Client,
    pub(crate) resident: Id,
    pub(crate) card: String,
    /// The same card as a hand types it.
    pub(crate) card_as_typed: String,
    /// 15 points, 2 on the shelf.
    pub(crate) soap: Id,
    /// 44 points, 5 on the shelf.
    pub(crate) rice: Id,
    /// 50 points, 3 on the shelf.
    pub(crate) thermos: Id,
    /// 20 points, none on the shelf.
    pub(crate) towel: Id,
    /// For assisted households alone.
    pub(crate) wheelchair: Id,
}

impl Shop {
    /// The tile of an item, as CSS finds it.
    pub(crate) fn tile(&self, item: &Id) -> String {
        format!("[data-item='{item}']")
    }

    /// The ledger knows of one sale to the resident, and of this balance after it.
    pub(crate) async fn sold_once(&self, available: &str) -> anyhow::Result<()> {
        let lines = self.api.statement(&self.resident, 50, None).await?.body.items;
        let sales = lines.iter().filter(|line| line.kind == StatementKind::Sold);
        let after: Vec<&str> = sales.map(|line| line.available.as_str()).collect();
        anyhow::ensure!(after == [available], "sales left {after:?}, not one that left {available}");
        let wallet = self.api.wallet(&self.resident).await?.body;
        anyhow::ensure!(wallet.available.as_str() == available, "{wallet:?}");
        Ok(())
    }
}

impl Place {
    /// Starts a system and founds the place through its API.
    pub(crate) async fn found() -> anyhow::Result<Self> {
        let database = TestDatabase::create().await?;
        let system = System::start(SystemSettings {
            database_url: database.url().to_owned(),
            nats_url: None,
            district: database.name().to_owned(),
            bind: "127.0.0.1:0".parse()?,
            test_clock: Some(NOW.parse()?),
            snapshot_every: None,
        })
        .await?;
        let operator = Client::new(&system.url(), &system.mint(HandKind::Operator, "operator", None).await?)?;
        let shop = Founding { operator }.found(system.url()).await?;
        Ok(Self { system, _database: database, shop })
    }

    /// What a test needs to know of it.
    pub(crate) fn shop(&self) -> Shop {
        self.shop.clone()
    }

    /// Stops the system.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        self.system.stop().await
    }
}

/// The hand that founds. Each command is sent once, so the name of what it makes is its key.
struct Founding {
    operator: Client,
}

impl Founding {
    async fn found(&self, url: String) -> anyhow::Result<Shop> {
        let rules_from = RULES_FROM.into();
        self.operator.publish_rules("rules", linli_profile::GULOU, &rules_from, None).await?;
        let district = self.area("district", Level::District, None).await?;
        let street = self.area("street", Level::SubDistrict, Some(&district)).await?;
        let community = self.area("community", Level::Community, Some(&street)).await?;
        let grid = self.area("grid", Level::Grid, Some(&community)).await?;
        let home = self.area("building", Level::MicroGrid, Some(&grid)).await?;
        let card = CardCode::from_serial(20_250_305).to_string();
        let resident = self.resident(&home, &card).await?;
        self.pool().await?;
        self.awards(&resident, &grid, &street).await?;
        let station = OpenStation {
            station: None,
            area: community,
            kind: StationKind::Counter,
            name: Bilingual::new("丁山服务站", "Dingshan Station"),
        };
        let station = self.operator.open_station("station", &station).await?.body.changed.id;
        let key = self.key(KeyKind::Station, Some(&station)).await?;
        let api = self.operator.with_key(&key);
        let [soap, rice, thermos, towel, wheelchair] = self.shelf(&api).await?;
        let card_as_typed = card.replace('-', "").replace('0', "o").replace('1', "l").to_lowercase();
        Ok(Shop { url, key, api, resident, card, card_as_typed, soap, rice, thermos, towel, wheelchair })
    }

    async fn area(&self, name: &str, level: Level, parent: Option<&Id>) -> anyhow::Result<Id> {
        let area = FoundArea {
            area: None,
            level,
            grid_kind: (level == Level::Grid).then_some(GridKind::Comprehensive),
            parent: parent.cloned(),
            name: Bilingual::new(name, name),
        };
        Ok(self.operator.found_area(name, &area).await?.body.changed.id)
    }

    async fn resident(&self, home: &Id, card: &str) -> anyhow::Result<Id> {
        let household = RegisterHousehold { household: None, micro_grid: home.clone() };
        let household = self.operator.register_household("household", &household).await?.body.changed.id;
        let resident = RegisterResident { resident: None, household, card: card.into(), assisted: false };
        let resident = self.operator.register_resident("resident", &resident).await?.body.changed.id;
        self.operator.enrol_volunteer("volunteer", &resident).await?;
        Ok(resident)
    }

    async fn pool(&self) -> anyhow::Result<()> {
        let pool = OpenPool { pool: None, code: "street".into(), name: Bilingual::new("街道", "Street") };
        let pool = self.operator.open_pool("pool", &pool).await?.body.changed.id;
        let funds = FundPool { points: "1000".into(), reference: "FIN-1".into() };
        self.operator.fund_pool("funds", &pool, &funds).await?;
        Ok(())
    }

    async fn awards(&self, resident: &Id, grid: &Id, street: &Id) -> anyhow::Result<()> {
        let officer = AppointOfficer {
            officer: None,
            duty: Duty::SubDistrictOfficer,
            area: street.clone(),
            resident: None,
        };
        let officer = self.operator.appoint_officer("officer", &officer).await?.body.changed.id;
        let officer = self.operator.with_key(&self.key(KeyKind::Staff, Some(&officer)).await?);
        let partner = self.operator.with_key(&self.key(KeyKind::Partner, None).await?);
        for (started_at, ended_at) in SERVED {
            let claim = SubmitContribution {
                contribution: None,
                resident: resident.clone(),
                act: ACT.into(),
                grid: grid.clone(),
                started_at: (*started_at).into(),
                ended_at: (*ended_at).into(),
                beneficiary: None,
                alert: false,
                signals: vec![Signal::Confirmed, Signal::PaperSheet],
                attachments: Vec::new(),
            };
            let submitted = partner.submit_contribution(started_at, &claim).await?.body.changed;
            let word = VerifyContribution::default();
            officer.verify_contribution(started_at, &submitted.contribution, &word).await?;
        }
        Ok(())
    }

    /// Soap, rice, thermos, towel, wheelchair.
    async fn shelf(&self, station: &Client) -> anyhow::Result<[Id; 5]> {
        let supplier = EnrolSupplier {
            supplier: None,
            kind: SupplierKind::Merchant,
            name: Bilingual::new("便民超市", "Corner shop"),
        };
        let supplier = self.operator.enrol_supplier("supplier", &supplier).await?.body.changed.id;
        let goods = |zh: &str, en: &str, price: &str| ListItem {
            item: None,
            supplier: supplier.clone(),
            name: Bilingual::new(zh, en),
            kind: ItemKind::Goods,
            price: price.into(),
            cost: price.into(),
            eligibility: Eligibility::default(),
        };
        let soap = self.item(station, &goods("肥皂", "Soap", "15"), 2).await?;
        let rice = self.item(station, &goods("大米 5 公斤", "Rice 5 kg", "44"), 5).await?;
        let thermos = self.item(station, &goods("保温杯", "Thermos", "50"), 3).await?;
        let towel = self.item(station, &goods("毛巾", "Towel", "20"), 0).await?;
        let mut wheelchair = goods("轮椅", "Wheelchair", "0");
        wheelchair.eligibility.assisted_only = true;
        let wheelchair = self.item(station, &wheelchair, 1).await?;
        Ok([soap, rice, thermos, towel, wheelchair])
    }

    /// Lists an item and puts some on the shelf.
    async fn item(&self, station: &Client, item: &ListItem, quantity: u32) -> anyhow::Result<Id> {
        let listed = self.operator.list_item(&item.name.en.replace(' ', "-"), item).await?.body.changed.id;
        if quantity > 0 {
            let stock = ReceiveStock { item: listed.clone(), quantity, reference: "DN-1".into() };
            station.receive_stock(&format!("stock-{listed}"), &stock).await?;
        }
        Ok(listed)
    }

    async fn key(&self, kind: KeyKind, subject: Option<&Id>) -> anyhow::Result<String> {
        let wish = MintKey {
            kind,
            name: format!("{kind:?}"),
            subject: subject.cloned(),
            scopes: None,
            client: None,
            expires_at: None,
        };
        Ok(self.operator.mint_key(&wish).await?.body.secret)
    }
}
