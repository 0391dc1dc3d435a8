//! Closed lists as words, so that a row can be read by people who sit at `psql`.

use linli_domain::area::{GridKind, Level};
use linli_domain::award::MinutesKind;
use linli_domain::contribution::{self, Grade, RejectReason, ReversalReason};
use linli_domain::inspection::Outcome;
use linli_domain::item::ItemKind;
use linli_domain::officer::Duty;
use linli_domain::redemption::{self, VoidReason};
use linli_domain::rules::Category;
use linli_domain::station::StationKind;
use linli_domain::supplier::SupplierKind;
use linli_domain::time::Window;

use super::Cell;
use crate::balances::{Kind, Side};
use crate::directory::UnitKind;

macro_rules! words {
    ($($type:ty { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl Cell for $type {
            const SQL: &'static str = "text COLLATE \"C\"";
            type Wire<'a> = &'a str;

            fn wire(&self) -> &str {
                match self { $(Self::$variant => $word),+ }
            }

            fn from_wire(wire: &str) -> Option<Self> {
                match wire { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    )+};
}

words! {
    Level {
        MicroGrid = "micro_grid", Grid = "grid", Community = "community",
        SubDistrict = "sub_district", District = "district",
    }
    GridKind { Comprehensive = "comprehensive", Dedicated = "dedicated" }
    Duty {
        BuildingHead = "building_head", FullTimeGridOfficer = "full_time_grid_officer",
        PartTimeGridOfficer = "part_time_grid_officer", CommunityOfficer = "community_officer",
        SubDistrictOfficer = "sub_district_officer", DistrictOfficer = "district_officer",
    }
    StationKind { Counter = "counter", VendingMachine = "vending_machine" }
    SupplierKind {
        Merchant = "merchant", PropertyFirm = "property_firm", Department = "department",
        StationShelf = "station_shelf", SocialOrganisation = "social_organisation",
        School = "school",
    }
    Category {
        Study = "study", Culture = "culture", Environment = "environment",
        Mediation = "mediation", Assistance = "assistance", PublicWelfare = "public_welfare",
        Outstanding = "outstanding", Patrol = "patrol", Hazard = "hazard",
        MutualAid = "mutual_aid",
    }
    UnitKind { Each = "each", Hour = "hour", Slot = "slot" }
    Grade { A = "A", B = "B", C = "C", D = "D" }
    contribution::Status {
        Pending = "pending", Awarded = "awarded", Rejected = "rejected", Reversed = "reversed",
    }
    ReversalReason {
        NotDone = "not_done", Duplicate = "duplicate", Broken = "broken", Mistake = "mistake",
        Unfounded = "unfounded",
    }
    RejectReason {
        NotDone = "not_done", WrongTimeOrPlace = "wrong_time_or_place",
        EvidenceUnclear = "evidence_unclear", Duplicate = "duplicate",
        NotEligible = "not_eligible",
    }
    Outcome { Upheld = "upheld", Corrected = "corrected", Unfounded = "unfounded" }
    MinutesKind { Service = "service", Honour = "honour" }
    ItemKind { Goods = "goods", Service = "service", Bookable = "bookable" }
    redemption::Status {
        Reserved = "reserved", Captured = "captured", Voided = "voided", TimedOut = "timed_out",
    }
    VoidReason { Resident = "resident", Station = "station", Supplier = "supplier" }
    Window {
        Day = "day", Week = "week", Month = "month", Quarter = "quarter", Year = "year",
        AllTime = "all_time",
    }
    Side { Available = "available", Held = "held", Receivable = "receivable" }
    Kind {
        Earned = "earned", Reserved = "reserved", Captured = "captured", Voided = "voided",
        TimedOut = "timed_out", Sold = "sold", Lapsed = "lapsed", Reversed = "reversed",
        Repaid = "repaid",
    }
}
