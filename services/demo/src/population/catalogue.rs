//! The catalogue: 60 goods, 18 services and 12 things to book. Goods and services cost the pools
//! a yuan a point; what can be booked costs them 0.2 to 0.5 yuan a point.

use linli_api::item::{Eligibility, ItemKind};
use linli_api::{Amount, Bilingual};
use ulid::Ulid;

use super::Supplier;
use crate::calendar::Moment;
use crate::chance::Chance;

/// An item.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) id: Ulid,
    pub(crate) supplier: Ulid,
    pub(crate) name: Bilingual,
    pub(crate) kind: ItemKind,
    /// Whole points for one.
    pub(crate) price: u64,
    /// What one costs the pools, in fen.
    pub(crate) cost_fen: u64,
    pub(crate) eligibility: Eligibility,
    /// Is it had as a voucher, which its supplier takes?
    pub(crate) by_voucher: bool,
    /// At most so many of it a year for one person.
    pub(crate) a_year: Option<u32>,
}

impl Item {
    /// The price in hundredths of points.
    pub(crate) fn price_hundredths(&self) -> i64 {
        i64::try_from(self.price).unwrap_or(i64::MAX).saturating_mul(100)
    }

    /// The price as the API writes it.
    pub(crate) fn price_amount(&self) -> Amount {
        Amount::from(self.price.to_string())
    }

    /// The cost in yuan, as the API writes it.
    pub(crate) fn cost_amount(&self) -> Amount {
        Amount::from(format!("{}.{:02}", self.cost_fen / 100, self.cost_fen % 100))
    }

    /// The bag of rice that is raced for.
    pub(crate) fn is_rice(&self) -> bool {
        self.name.en == RICE
    }

    /// Small enough for a vending machine?
    pub(crate) fn fits_machine(&self) -> bool {
        self.kind == ItemKind::Goods && self.price <= MACHINE_POINTS_MOST
    }

    /// Is it handed out over the counter to anybody who has the points?
    pub(crate) fn over_the_counter(&self) -> bool {
        self.for_everybody() && !self.by_voucher && self.kind != ItemKind::Bookable
    }

    /// Can anybody have it who has the points?
    pub(crate) fn for_everybody(&self) -> bool {
        self.eligibility == Eligibility::default() && self.price > 0
    }
}

/// Services for which an appointment is made with the supplier, so that they are had as vouchers.
const BY_VOUCHER: [&str; 3] = ["Health check", "After-school care, half a day", "Appliance check"];

/// At most ¥300 a year.
const PROPERTY_FEE: &str = "Property fee, ¥50 off";
const PROPERTY_FEES_A_YEAR: u32 = 6;

const RICE: &str = "Rice, 5 kg";

/// The dearest thing in the machine.
const MACHINE_POINTS_MOST: u64 = 12;

const FEN_A_POINT: u64 = 100;

/// Chinese, English, points, the number of the supplier.
const GOODS: [(&str, &str, u64, usize); 60] = [
    ("肥皂", "Soap", 15, 3),
    ("毛巾", "Towel", 20, 3),
    ("抽纸", "Tissues", 25, 0),
    ("洗发水", "Shampoo", 30, 0),
    ("大米5公斤", "Rice, 5 kg", 44, 1),
    ("食用油1.8升", "Oil, 1.8 l", 35, 1),
    ("食盐2袋", "Salt, 2 bags", 6, 1),
    ("保温杯", "Thermos", 50, 3),
    ("牙膏", "Toothpaste", 12, 0),
    ("牙刷2支", "Toothbrushes, 2", 8, 0),
    ("洗衣粉", "Washing powder", 18, 0),
    ("洗洁精", "Dish soap", 10, 0),
    ("垃圾袋", "Bin bags", 5, 3),
    ("家用手套", "Household gloves", 6, 3),
    ("雨伞", "Umbrella", 30, 3),
    ("鸡蛋30枚", "Eggs, 30", 28, 2),
    ("牛奶12盒", "Milk, 12 cartons", 45, 2),
    ("挂面", "Noodles", 12, 1),
    ("酱油", "Soy sauce", 10, 1),
    ("米醋", "Rice vinegar", 8, 1),
    ("面粉2.5公斤", "Flour, 2.5 kg", 15, 1),
    ("小米1公斤", "Millet, 1 kg", 14, 1),
    ("红豆1公斤", "Red beans, 1 kg", 12, 1),
    ("干香菇", "Dried mushrooms", 25, 1),
    ("绿茶200克", "Green tea, 200 g", 38, 7),
    ("蜂蜜", "Honey", 32, 1),
    ("饼干", "Biscuits", 12, 0),
    ("苹果2公斤", "Apples, 2 kg", 18, 2),
    ("橘子2公斤", "Tangerines, 2 kg", 16, 2),
    ("面包", "Bread", 8, 2),
    ("矿泉水12瓶", "Water, 12 bottles", 15, 0),
    ("笔记本", "Notebook", 6, 4),
    ("中性笔5支", "Pens, 5", 5, 4),
    ("文具盒", "Pencil case", 15, 4),
    ("绘本", "Picture book", 20, 4),
    ("象棋", "Chinese chess", 25, 4),
    ("跳绳", "Skipping rope", 12, 4),
    ("羽毛球", "Shuttlecocks", 20, 4),
    ("LED灯泡", "LED bulb", 12, 5),
    ("手电筒", "Torch", 18, 5),
    ("插线板", "Extension lead", 35, 5),
    ("电池", "Batteries", 8, 5),
    ("烟雾报警器", "Smoke alarm", 40, 20),
    ("灭火毯", "Fire blanket", 30, 20),
    ("灭火器", "Fire extinguisher", 55, 20),
    ("急救包", "First-aid kit", 35, 6),
    ("体温计", "Thermometer", 18, 6),
    ("口罩50只", "Masks, 50", 12, 6),
    ("创可贴", "Plasters", 6, 6),
    ("热水袋", "Hot-water bottle", 22, 3),
    ("毛毯", "Blanket", 70, 3),
    ("拖鞋", "Slippers", 15, 3),
    ("围裙", "Apron", 12, 3),
    ("饭盒", "Lunch box", 25, 3),
    ("水杯", "Cup", 18, 24),
    ("绿植", "Pot plant", 15, 25),
    ("驱蚊喷雾", "Mosquito spray", 16, 26),
    ("拖把", "Mop", 28, 24),
    ("水桶", "Bucket", 18, 25),
    ("环保购物袋", "Shopping bag", 4, 26),
];

const SERVICES: [(&str, &str, u64, usize); 18] = [
    ("理发", "Haircut", 15, 8),
    ("配钥匙", "Key-cutting", 8, 9),
    ("手机贴膜", "Screen film", 10, 10),
    ("修自行车", "Bicycle repair", 10, 11),
    ("家庭保洁2小时", "Home cleaning, 2 h", 80, 12),
    ("健康体检", "Health check", 60, 19),
    ("物业费抵扣50元", "Property fee, ¥50 off", 50, 14),
    ("临时停车10小时", "Temporary parking, 10 h", 20, 17),
    ("充电卡10元", "Charging card, ¥10", 10, 15),
    ("课后托管半天", "After-school care, half a day", 25, 29),
    ("书法课席位", "Calligraphy class, a seat", 12, 21),
    ("社区食堂套餐", "Community canteen, a meal", 12, 27),
    ("法律咨询30分钟", "Legal consultation, 30 min", 0, 18),
    ("修鞋", "Shoe repair", 8, 13),
    ("衣物缝补", "Mending", 10, 13),
    ("家电检查", "Appliance check", 25, 16),
    ("血压血糖检测", "Blood pressure and sugar test", 5, 19),
    ("照片冲印", "Photo prints", 6, 28),
];

/// Chinese, English, points, cost in fen, the number of the supplier.
const BOOKABLE: [(&str, &str, u64, u64, usize); 12] = [
    ("会议室2小时", "Meeting room, 2 h", 10, 350, 23),
    ("排练室2小时", "Rehearsal room, 2 h", 12, 420, 21),
    ("羽毛球场1小时", "Badminton court, 1 h", 8, 280, 30),
    ("工具箱1天", "Tool set, a day", 5, 150, 24),
    ("折叠床1晚", "Folding bed, a night", 5, 150, 25),
    ("轮椅1周", "Wheelchair, a week", 0, 200, 27),
    ("自习座1天", "Self-study seat, a day", 3, 90, 21),
    ("电影夜座位", "Film night, a seat", 2, 60, 21),
    ("共享厨房2小时", "Shared kitchen, 2 h", 10, 500, 28),
    ("摄影棚1小时", "Photo studio, 1 h", 10, 400, 28),
    ("种植园地1个月", "Gardening plot, a month", 30, 900, 15),
    ("充电车位2小时", "Charging bay, 2 h", 6, 240, 17),
];

pub(super) fn items(chance: &mut Chance, suppliers: &[Supplier]) -> Vec<Item> {
    let at_cost = |kind, (zh, en, price, supplier): (_, _, u64, _)| {
        (kind, zh, en, price, price.saturating_mul(FEN_A_POINT), supplier)
    };
    let goods = GOODS.map(|row| at_cost(ItemKind::Goods, row));
    let services = SERVICES.map(|row| at_cost(ItemKind::Service, row));
    let bookable =
        BOOKABLE.map(|(zh, en, price, fen, at)| (ItemKind::Bookable, zh, en, price, fen, at));
    let rows = goods.into_iter().chain(services).chain(bookable);
    let item = |(kind, zh, en, price, cost_fen, supplier): (_, &str, &str, _, _, usize)| {
        Some(Item {
            id: chance.id(Moment::EVE.milliseconds()),
            supplier: suppliers.get(supplier)?.id,
            name: Bilingual::new(zh, en),
            kind,
            price,
            cost_fen,
            eligibility: eligibility(en),
            by_voucher: BY_VOUCHER.contains(&en),
            a_year: (en == PROPERTY_FEE).then_some(PROPERTY_FEES_A_YEAR),
        })
    };
    rows.filter_map(item).collect()
}

fn eligibility(en: &str) -> Eligibility {
    match en {
        "Legal consultation, 30 min" => Eligibility { least_stars: 2, assisted_only: false },
        "Wheelchair, a week" => Eligibility { least_stars: 0, assisted_only: true },
        _ => Eligibility::default(),
    }
}
