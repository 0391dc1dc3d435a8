//! Who supplies and where it is handed out: 31 suppliers, three counters, a vending machine.

use linli_api::Bilingual;
use linli_api::station::StationKind;
use linli_api::supplier::SupplierKind;
use ulid::Ulid;

use super::Grid;
use crate::calendar::Moment;
use crate::chance::Chance;

/// A supplier.
#[derive(Clone, Debug)]
pub(crate) struct Supplier {
    pub(crate) id: Ulid,
    pub(crate) kind: SupplierKind,
    pub(crate) name: Bilingual,
}

/// A station.
#[derive(Clone, Debug)]
pub(crate) struct Station {
    pub(crate) id: Ulid,
    pub(crate) area: Ulid,
    pub(crate) kind: StationKind,
    pub(crate) name: Bilingual,
}

const SUPPLIERS: [(SupplierKind, &[(&str, &str)]); 6] = [
    (
        SupplierKind::Merchant,
        &[
            ("便民超市", "Convenience supermarket"),
            ("粮油店", "Grain and oil shop"),
            ("生鲜店", "Fresh food shop"),
            ("日用百货店", "Household goods shop"),
            ("文具店", "Stationery shop"),
            ("五金店", "Hardware shop"),
            ("药店", "Pharmacy"),
            ("茶叶店", "Tea shop"),
            ("理发店", "Hairdresser"),
            ("修锁配钥匙店", "Locksmith"),
            ("手机维修店", "Telephone repair shop"),
            ("自行车修理铺", "Bicycle repair shop"),
            ("家政服务部", "Home services"),
            ("裁缝铺", "Tailor"),
        ],
    ),
    (
        SupplierKind::PropertyFirm,
        &[
            ("第一物业", "First property firm"),
            ("第二物业", "Second property firm"),
            ("第三物业", "Third property firm"),
            ("停车管理公司", "Parking company"),
        ],
    ),
    (
        SupplierKind::Department,
        &[
            ("司法所", "Justice office"),
            ("社区卫生服务中心", "Community health centre"),
            ("消防救援站", "Fire and rescue station"),
            ("文化站", "Cultural centre"),
            ("派出所", "Police station"),
            ("城管中队", "City management team"),
        ],
    ),
    (
        SupplierKind::StationShelf,
        &[
            ("一号驿站自营", "Shelf of station 1"),
            ("二号驿站自营", "Shelf of station 2"),
            ("三号驿站自营", "Shelf of station 3"),
        ],
    ),
    (
        SupplierKind::SocialOrganisation,
        &[("助老服务中心", "Elders' aid centre"), ("邻里公益发展中心", "Neighbours' centre")],
    ),
    (SupplierKind::School, &[("小学", "Primary school"), ("中学", "Secondary school")]),
];

pub(super) fn suppliers(chance: &mut Chance) -> Vec<Supplier> {
    let mut supplier = |kind, zh: &str, en: &str| Supplier {
        id: chance.id(Moment::EVE.milliseconds()),
        kind,
        name: Bilingual::new(format!("丁山{zh}"), format!("{en}, Dingshan")),
    };
    let mut suppliers = Vec::new();
    for (kind, names) in SUPPLIERS {
        suppliers.extend(names.iter().map(|(zh, en)| supplier(kind, zh, en)));
    }
    suppliers
}

pub(super) fn stations(chance: &mut Chance, community: Ulid, grids: &[Grid]) -> Vec<Station> {
    let mut station = |area, kind, zh: &str, en: &str| Station {
        id: chance.id(Moment::EVE.milliseconds()),
        area,
        kind,
        name: Bilingual::new(zh, en),
    };
    let market = grids.last().map_or(community, |grid| grid.area);
    vec![
        station(community, StationKind::Counter, "丁山一号服务驿站", "Dingshan station 1"),
        station(community, StationKind::Counter, "丁山二号服务驿站", "Dingshan station 2"),
        station(community, StationKind::Counter, "丁山三号服务驿站", "Dingshan station 3"),
        station(market, StationKind::VendingMachine, "市场街自助兑换机", "Market street machine"),
    ]
}
