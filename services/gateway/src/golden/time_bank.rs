//! Refusals of the time bank.

use linli_domain::Refusal;
use linli_domain::id::AreaId;
use linli_domain::text::ActCode;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    let community = AreaId::from_number(7);
    vec![
        R::NoTimeBank,
        R::ActStoresNoTime(ActCode::new("EN-1").unwrap()),
        R::AlreadyStored,
        R::HonourMinutes,
        R::NobodyServed,
        R::NotKeyElder,
        R::MarkedAlready,
        R::TimeShort { has: 30, needed: 60, may_owe: 0 },
        R::ChestAwaited { waiting: 2 },
        R::NotKin,
        R::AlreadyKin,
        R::AsksAlready,
        R::AsksNothing,
        R::NoTime,
        R::AboveTimeCap { room: 45 },
        R::SurplusLimit { community, after: -301, most: 300 },
        R::DeficitLimit { community, after: 301, most: 300 },
        R::NothingToNet,
        R::NettingDue { most: 600 },
    ]
}
