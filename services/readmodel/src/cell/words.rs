//! Closed lists as words, so that a row can be read by people who sit at `psql`.

use linli_domain::activity;
use linli_domain::aid::{self, Help};
use linli_domain::alert::AlertKind;
use linli_domain::area::{GridKind, Level};
use linli_domain::award::MinutesKind;
use linli_domain::booking::{self, Unfit};
use linli_domain::contribution::{self, Grade, RejectReason, ReversalReason};
use linli_domain::estate::ManagementForm;
use linli_domain::hazard::{self, Dismissal, HazardKind, Seriousness};
use linli_domain::honour::{DeclineReason, Fault, RevokeReason, Standing};
use linli_domain::inspection::Outcome;
use linli_domain::item::{ItemKind, Taker, Unused};
use linli_domain::mediation::{self, Body, DisputeKind, Pay, Tier};
use linli_domain::notice::{Against, Hearing, Ruling, Stage, Why};
use linli_domain::officer::Duty;
use linli_domain::order;
use linli_domain::queue;
use linli_domain::redemption::{self, Fate, ReturnReason, VoidReason};
use linli_domain::resource::{OffReason, Weekday};
use linli_domain::rules::{Category, Ties};
use linli_domain::statement::DisputeReason;
use linli_domain::station::StationKind;
use linli_domain::supplier::SupplierKind;
use linli_domain::time::Window;
use linli_domain::time_bank::Mark;
use linli_domain::voucher;
use linli_domain::whistle;

use super::Cell;
use linli_domain::operator::Closing;

use crate::balances::{Kind, Side, TimeHolder};
use crate::contributions::ReviewVerdict;
use crate::directory::UnitKind;
use crate::orders::{PauseState, StepKind};
use crate::rankings::{PaperStep, ReportStep, TitleKind};
use crate::redemptions::{Showing, SlipStanding};

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
        SubDistrictLeader = "sub_district_leader", SubDistrictChief = "sub_district_chief",
        UnitOfficer = "unit_officer",
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
        Pending = "pending", Held = "held", OnNotice = "on_notice", Awarded = "awarded", Rejected = "rejected", Reversed = "reversed",
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
    ReviewVerdict { Released = "released", Rejected = "rejected" }
    Hearing { Notice = "notice", Appeal = "appeal" }
    Against { Rejection = "rejection", Reversal = "reversal" }
    Ruling { Uphold = "uphold", Dismiss = "dismiss" }
    Why { Act = "act", Points = "points" }
    Stage {
        Open = "open", Contested = "contested", Unopposed = "unopposed", Upheld = "upheld",
        Dismissed = "dismissed",
    }
    Outcome { Upheld = "upheld", Corrected = "corrected", Unfounded = "unfounded" }
    MinutesKind { Service = "service", Honour = "honour" }
    ItemKind { Goods = "goods", Service = "service", Bookable = "bookable" }
    redemption::Status {
        Reserved = "reserved", Captured = "captured", Voided = "voided", TimedOut = "timed_out",
        PartCaptured = "part_captured", Returned = "returned",
    }
    voucher::Status { Issued = "issued", Used = "used", Expired = "expired", Returned = "returned" }
    Taker { Person = "person", Household = "household" }
    Unused { Returned = "returned", Lapsed = "lapsed" }
    Closing { Operator = "operator", Retired = "retired", Overdue = "overdue" }
    Showing { Code = "code", Card = "card", Paper = "paper" }
    SlipStanding {
        Counted = "counted", NumberTaken = "number_taken", NotCovered = "not_covered",
        TooLate = "too_late", OtherPrice = "other_price", NotEligible = "not_eligible",
        StationLimit = "station_limit", PersonLimit = "person_limit", OutOfStock = "out_of_stock",
    }
    ReturnReason {
        Unwanted = "unwanted", WrongItem = "wrong_item", Mishandled = "mishandled",
        Defective = "defective", NotRendered = "not_rendered",
    }
    Fate { Shelf = "shelf", SentBack = "sent_back", WrittenOff = "written_off", Gone = "gone" }
    DisputeReason {
        Missing = "missing", Quantity = "quantity", Price = "price", Return = "return",
    }
    VoidReason {
        Resident = "resident", Station = "station", Supplier = "supplier", Erased = "erased",
    }
    Ties { Competition = "competition", Dense = "dense", EarlierFirst = "earlier_first" }
    Window {
        Day = "day", Week = "week", Month = "month", Quarter = "quarter", Year = "year",
        AllTime = "all_time",
    }
    HazardKind {
        Fire = "fire", Gas = "gas", Electricity = "electricity", Structure = "structure",
        Road = "road", Water = "water", Environment = "environment", Other = "other",
    }
    Seriousness { Ordinary = "ordinary", Serious = "serious", Major = "major" }
    hazard::Status {
        Reported = "reported", Merged = "merged", Verified = "verified", Dismissed = "dismissed",
    }
    Dismissal { NotFound = "not_found", NoHazard = "no_hazard", BadFaith = "bad_faith" }
    PauseState { Paused = "paused", Appealed = "appealed", Upheld = "upheld", Lifted = "lifted" }
    activity::Status {
        Waiting = "waiting", Taken = "taken", Present = "present", Served = "served",
        Forgotten = "forgotten", Missed = "missed", Withdrawn = "withdrawn",
        PassedOver = "passed_over", Lapsed = "lapsed", CalledOff = "called_off",
        Vacated = "vacated",
    }
    activity::Unfit { Clash = "clash", NotInTeam = "not_in_team" }
    activity::Outcome {
        Contribution = "contribution", TooShort = "too_short", NotByRules = "not_by_rules",
    }
    order::Status {
        Dispatched = "dispatched", Accepted = "accepted", Closed = "closed", Checked = "checked",
    }
    whistle::Kind { Push = "push", Tackle = "tackle" }
    whistle::Status {
        Blown = "blown", Signed = "signed", InTouch = "in_touch", OnSite = "on_site",
        Settled = "settled",
    }
    aid::Kind { Ask = "ask", Offer = "offer", Wish = "wish" }
    Help {
        Errand = "errand", Company = "company", Care = "care", Repair = "repair",
        Carrying = "carrying", Teaching = "teaching", Thing = "thing", Other = "other",
    }
    aid::Status {
        Open = "open", Matched = "matched", Finished = "finished", Confirmed = "confirmed",
        Withdrawn = "withdrawn", Lapsed = "lapsed",
    }
    AlertKind { Heat = "heat", Snow = "snow" }
    ManagementForm {
        RedCommittee = "red_committee", CommunityTrusteeship = "community_trusteeship",
        HomeownerSelfRule = "homeowner_self_rule", PropertyEntrusted = "property_entrusted",
    }
    DisputeKind {
        Noise = "noise", Water = "water", Parking = "parking", Animals = "animals",
        Property = "property", CommonSpace = "common_space", Family = "family", Money = "money",
        Other = "other",
    }
    Body {
        Police = "police", LegalAid = "legal_aid", Property = "property", Party = "party",
        Resident = "resident", Department = "department", MicroGrid = "micro_grid",
    }
    Tier { Oral = "oral", Simple = "simple", Difficult = "difficult", Major = "major" }
    mediation::Status {
        Open = "open", Settled = "settled", Performed = "performed", Broken = "broken",
        Unsettled = "unsettled",
    }
    Pay {
        Follows = "follows", OncePerformed = "once_performed", PaidBefore = "paid_before",
        Undocumented = "undocumented", Nobody = "nobody",
    }
    TitleKind { Star = "star", Medal = "medal" }
    Standing {
        OnNotice = "on_notice", Granted = "granted", Declined = "declined", Fallen = "fallen",
    }
    DeclineReason {
        Objection = "objection", HoursInDoubt = "hours_in_doubt", Mistake = "mistake",
        Erased = "erased",
    }
    PaperStep {
        Requested = "requested", Signed = "signed", Issued = "issued", Revoked = "revoked",
    }
    RevokeReason {
        False = "false", Mistake = "mistake", Holder = "holder", Overtaken = "overtaken",
        Erased = "erased",
    }
    ReportStep {
        Reported = "reported", Overdue = "overdue", Right = "right", Corrected = "corrected",
        Dropped = "dropped",
    }
    Fault {
        Missing = "missing", Time = "time", ActOrPlace = "act_or_place", Person = "person",
    }
    StepKind {
        Reported = "reported", Merged = "merged", Verified = "verified", Dismissed = "dismissed",
        Opened = "opened", Dispatched = "dispatched", Accepted = "accepted",
        Escalated = "escalated", ClockMissed = "clock_missed", Closed = "closed",
        SentBack = "sent_back", Checked = "checked", Blown = "blown", Signed = "signed",
        InTouch = "in_touch", OnSite = "on_site", Settled = "settled",
    }
    TimeHolder {
        Chest = "chest", Clearing = "clearing", Fund = "fund", Resident = "resident", Team = "team",
    }
    Mark { KeyElder = "key_elder", Ordinary = "ordinary" }
    Side { Available = "available", Held = "held", Receivable = "receivable" }
    Kind {
        Earned = "earned", Reserved = "reserved", Captured = "captured", Voided = "voided",
        TimedOut = "timed_out", Sold = "sold", Lapsed = "lapsed",
        PartCaptured = "part_captured", Returned = "returned", VoucherIssued = "voucher_issued",
        VoucherUsed = "voucher_used", VoucherExpired = "voucher_expired",
        VoucherReturned = "voucher_returned", Reversed = "reversed",
        Repaid = "repaid", Booked = "booked", BookingUsed = "booking_used",
        BookingCancelled = "booking_cancelled", NotShown = "not_shown", Restored = "restored",
        Closed = "closed",
    }
    Weekday {
        Monday = "monday", Tuesday = "tuesday", Wednesday = "wednesday", Thursday = "thursday",
        Friday = "friday", Saturday = "saturday", Sunday = "sunday",
    }
    booking::Status {
        Waiting = "waiting", Booked = "booked", Left = "left", PassedOver = "passed_over",
        Lapsed = "lapsed", Cancelled = "cancelled", Used = "used", NotShown = "not_shown",
    }
    OffReason {
        Weather = "weather", Damage = "damage", Needed = "needed", Unstaffed = "unstaffed",
        Other = "other",
    }
    queue::Status {
        Waiting = "waiting", Left = "left", PassedOver = "passed_over", Served = "served",
    }
    booking::Side {
        Resident = "resident", Station = "station", Supplier = "supplier", Erased = "erased",
    }
    Unfit {
        Points = "points", Stars = "stars", Assistance = "assistance", Paused = "paused",
        Withdrawn = "withdrawn", Erased = "erased", NotOpen = "not_open", Limit = "limit",
        CalledOff = "called_off",
    }
}
