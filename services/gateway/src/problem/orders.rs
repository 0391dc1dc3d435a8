//! Words for how hazards, orders, whistles and mutual aid stand.

use linli_domain::officer::Duty;
use linli_domain::{aid, hazard, order, whistle};

use crate::problem::Words;

pub(super) const fn hazard_words(found: hazard::Status) -> Words {
    match found {
        hazard::Status::Reported => Words { zh: "待核实", en: "waiting for verification" },
        hazard::Status::Merged => Words { zh: "已合并", en: "linked to an earlier report" },
        hazard::Status::Verified => Words { zh: "已核实", en: "verified" },
        hazard::Status::Dismissed => Words { zh: "不予认定", en: "dismissed" },
    }
}

pub(super) const fn order_words(found: order::Status) -> Words {
    match found {
        order::Status::Dispatched => Words { zh: "待接单", en: "waiting to be accepted" },
        order::Status::Accepted => Words { zh: "办理中", en: "accepted" },
        order::Status::Closed => Words { zh: "待核验", en: "closed and waiting for a check" },
        order::Status::Checked => Words { zh: "已办结", en: "checked and done" },
    }
}

pub(super) const fn whistle_words(found: whistle::Status) -> Words {
    match found {
        whistle::Status::Blown => Words { zh: "待签收", en: "not signed yet" },
        whistle::Status::Signed => Words { zh: "已签收", en: "signed" },
        whistle::Status::InTouch => Words { zh: "已联系", en: "in touch" },
        whistle::Status::OnSite => Words { zh: "已报到", en: "on site" },
        whistle::Status::Settled => Words { zh: "已了结", en: "settled" },
    }
}

pub(super) const fn aid_words(found: aid::Status) -> Words {
    match found {
        aid::Status::Open => Words { zh: "待响应", en: "open" },
        aid::Status::Matched => Words { zh: "已结对", en: "matched" },
        aid::Status::Finished => Words { zh: "待确认", en: "waiting for the other side's word" },
        aid::Status::Confirmed => Words { zh: "已确认", en: "confirmed" },
        aid::Status::Withdrawn => Words { zh: "已撤回", en: "taken back" },
        aid::Status::Lapsed => Words { zh: "已过期", en: "lapsed" },
    }
}

pub(super) const fn duty_words(duty: Duty) -> Words {
    match duty {
        Duty::BuildingHead => Words { zh: "楼栋长", en: "a building head" },
        Duty::FullTimeGridOfficer | Duty::PartTimeGridOfficer => {
            Words { zh: "网格员", en: "a grid officer" }
        }
        Duty::CommunityOfficer => Words { zh: "社区工作者", en: "a community officer" },
        Duty::SubDistrictOfficer => Words { zh: "街道干部", en: "a sub-district officer" },
        Duty::DistrictOfficer => Words { zh: "区级干部", en: "a district officer" },
        Duty::SubDistrictLeader => {
            Words { zh: "街道领导", en: "the sub-district's leadership" }
        }
        Duty::SubDistrictChief => {
            Words { zh: "街道书记、主任", en: "the sub-district's secretary or director" }
        }
        Duty::UnitOfficer => Words { zh: "责任单位", en: "a responsible unit" },
    }
}
