//! Closed lists: the domain's words and the API's, one to one.

use linli_api as api;
use linli_domain as domain;

/// A word of the domain that is spoken over HTTP.
pub(crate) trait Spoken: Sized {
    /// The word that stands for it.
    type Word;

    /// Says it.
    fn said(self) -> Self::Word;

    /// Hears it.
    fn heard(word: Self::Word) -> Self;
}

macro_rules! words {
    ($($domain:ty = $word:ty { $($name:ident),+ $(,)? })+) => {$(
        impl Spoken for $domain {
            type Word = $word;

            fn said(self) -> $word {
                match self { $(Self::$name => <$word>::$name),+ }
            }

            fn heard(word: $word) -> Self {
                match word { $(<$word>::$name => Self::$name),+ }
            }
        }
    )+};
}

words! {
    domain::area::Level = api::area::Level { MicroGrid, Grid, Community, SubDistrict, District }
    domain::area::GridKind = api::area::GridKind { Comprehensive, Dedicated }
    domain::officer::Duty = api::officer::Duty {
        BuildingHead, FullTimeGridOfficer, PartTimeGridOfficer, CommunityOfficer,
        SubDistrictOfficer, DistrictOfficer, SubDistrictLeader, SubDistrictChief, UnitOfficer,
    }
    domain::station::StationKind = api::station::StationKind { Counter, VendingMachine }
    domain::operator::Closing = api::counter::ShiftClosing { Operator, Retired, Overdue }
    linli_readmodel::redemptions::SlipStanding = api::counter::SlipStanding {
        Counted, NumberTaken, NotCovered, TooLate, OtherPrice, NotEligible, StationLimit,
        PersonLimit, OutOfStock,
    }
    linli_readmodel::redemptions::Showing = api::card::Showing { Code, Card, Paper }
    domain::operator::Shifts = api::counter::Shifts { Optional, Needed }
    domain::supplier::SupplierKind = api::supplier::SupplierKind {
        Merchant, PropertyFirm, Department, StationShelf, SocialOrganisation, School,
    }
    domain::item::ItemKind = api::item::ItemKind { Goods, Service, Bookable }
    domain::contribution::Grade = api::contribution::Grade { A, B, C, D }
    domain::contribution::Signal = api::contribution::Signal {
        RotatingCode, SignInOut, Place, InsideShift, Confirmed, Photo, PaperSheet,
        CheckpointsScanned, AdministratorEntry, BothConfirmed, OrderChecked, CaseEnded, Unsettled,
        ReferredServed,
    }
    domain::contribution::AttachmentKind = api::contribution::AttachmentKind { Photo, Paper, Document }
    domain::contribution::RejectReason = api::contribution::RejectReason {
        NotDone, WrongTimeOrPlace, EvidenceUnclear, Duplicate, NotEligible,
    }
    domain::contribution::Status = api::contribution::ContributionStatus {
        Pending, Held, OnNotice, Awarded, Rejected, Reversed,
    }
    domain::notice::Hearing = api::notice::Hearing { Appeal, Notice }
    domain::notice::Stage = api::notice::NoticeStage {
        Open, Contested, Unopposed, Upheld, Dismissed,
    }
    domain::notice::Why = api::notice::NoticeReason { Act, Points }
    domain::notice::Against = api::notice::AppealAgainst { Rejection, Reversal }
    domain::notice::Ruling = api::notice::Ruling { Uphold, Dismiss }
    domain::notice::Outcome = api::notice::HearingOutcome { Awarded, Rejected, Restored, Stands, Waits }
    domain::activity::Status = api::activity::SeatStatus {
        Waiting, Taken, Present, Served, Forgotten, Missed, Withdrawn, PassedOver, Lapsed,
        CalledOff, Vacated,
    }
    domain::activity::Unfit = api::activity::SeatPassedOver { Clash, NotInTeam }
    domain::activity::Outcome = api::activity::SeatOutcome { Contribution, TooShort, NotByRules }
    domain::time_bank::Mark = api::time_bank::TimeMark { KeyElder, Ordinary }
    domain::time_bank::Payer = api::time_bank::TimePayer { Fund, Served, Chest }
    domain::time_bank::Into = api::time_bank::TimeInto { Own, Team }
    domain::alert::AlertKind = api::alert::AlertKind { Heat, Snow }
    domain::estate::ManagementForm = api::estate::ManagementForm {
        RedCommittee, CommunityTrusteeship, HomeownerSelfRule, PropertyEntrusted,
    }
    domain::mediation::DisputeKind = api::mediation::DisputeKind {
        Noise, Water, Parking, Animals, Property, CommonSpace, Family, Money, Other,
    }
    domain::mediation::Body = api::mediation::MediatingBody {
        Police, LegalAid, Property, Party, Resident, Department, MicroGrid,
    }
    domain::mediation::Tier = api::mediation::MediationTier { Oral, Simple, Difficult, Major }
    domain::mediation::Status = api::mediation::CaseStatus {
        Open, Settled, Performed, Broken, Unsettled,
    }
    domain::mediation::Pay = api::mediation::CasePay {
        Follows, OncePerformed, PaidBefore, Undocumented, Nobody,
    }
    domain::inspection::Outcome = api::inspection::InspectionOutcome { Upheld, Corrected, Unfounded }
    domain::contribution::ReversalReason = api::contribution::ReversalReason {
        NotDone, Duplicate, Broken, Mistake, Unfounded,
    }
    domain::award::MinutesKind = api::award::MinutesKind { Service, Honour }
    domain::rules::Category = api::award::Category {
        Study, Culture, Environment, Mediation, Assistance, PublicWelfare, Outstanding, Patrol,
        Hazard, MutualAid,
    }
    domain::resident::WithdrawalReason = api::pseudonym::WithdrawalReason { Offensive, TakenForAnother }
    domain::resident::ErasureReason = api::person::ErasureReason { OwnRequest, Death, CourtOrder }
    domain::redemption::VoidReason = api::redemption::VoidReason {
        Resident, Station, Supplier, Erased,
    }
    domain::hazard::HazardKind = api::hazard::HazardKind {
        Fire, Gas, Electricity, Structure, Road, Water, Environment, Other,
    }
    domain::hazard::Seriousness = api::hazard::Seriousness { Ordinary, Serious, Major }
    domain::hazard::Status = api::hazard::HazardStatus { Reported, Merged, Verified, Dismissed }
    domain::hazard::Dismissal = api::hazard::Dismissal { NotFound, NoHazard, BadFaith }
    domain::hazard::Ruling = api::hazard::Ruling { Lifted, Upheld }
    linli_readmodel::orders::PauseState = api::hazard::PauseState {
        Paused, Appealed, Upheld, Lifted,
    }
    domain::order::Status = api::order::OrderStatus { Dispatched, Accepted, Closed, Checked }
    domain::order::Reason = api::order::EscalationReason {
        Authority, Means, SeveralUnits, NotOurs,
    }
    domain::order::Clock = api::order::OrderClock { Accept, Close, Check }
    domain::order::Verdict = api::order::OrderVerdict { Done, NotDone }
    linli_readmodel::orders::StepKind = api::order::FileStepKind {
        Reported, Merged, Verified, Dismissed, Opened, Dispatched, Accepted, Escalated, ClockMissed,
        Closed, SentBack, Checked, Blown, Signed, InTouch, OnSite, Settled,
    }
    domain::honour::Standing = api::honour::TitleStanding { OnNotice, Granted, Declined, Fallen }
    domain::honour::DeclineReason = api::honour::DeclineReason { Objection, HoursInDoubt, Mistake, Erased }
    domain::honour::RevokeReason = api::honour::RevokeReason { False, Mistake, Holder, Overtaken, Erased }
    domain::honour::Fault = api::honour::RecordFault { Missing, Time, ActOrPlace, Person }
    domain::whistle::Kind = api::whistle::WhistleKind { Push, Tackle }
    domain::whistle::Reply = api::whistle::WhistleReply { Signed, InTouch, OnSite }
    domain::whistle::Status = api::whistle::WhistleStatus {
        Blown, Signed, InTouch, OnSite, Settled,
    }
    domain::aid::Kind = api::aid::AidKind { Ask, Offer, Wish }
    domain::aid::Help = api::aid::Help {
        Errand, Company, Care, Repair, Carrying, Teaching, Thing, Other,
    }
    domain::aid::Status = api::aid::AidStatus {
        Open, Matched, Finished, Confirmed, Withdrawn, Lapsed,
    }
    domain::resource::Weekday = api::resource::Weekday {
        Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
    }
    domain::resource::OffReason = api::resource::OffReason {
        Weather, Damage, Needed, Unstaffed, Other,
    }
    domain::booking::Side = api::booking::BookingSide {
        Resident, Station, Supplier, Erased,
    }
    domain::booking::Unfit = api::booking::PassedOverReason {
        Points, Stars, Assistance, Paused, Withdrawn, NotOpen, Limit, Erased, CalledOff,
    }
    domain::booking::Status = api::booking::BookingStatus {
        Waiting, Booked, Left, PassedOver, Lapsed, Cancelled, Used, NotShown,
    }
    domain::queue::Status = api::queue::QueueStatus { Waiting, Left, PassedOver, Served }
    domain::voucher::Status = api::voucher::VoucherStatus { Issued, Used, Expired, Returned }
    domain::item::Taker = api::item::Taker { Person, Household }
    domain::item::Unused = api::item::UnusedVoucher { Returned, Lapsed }
    domain::time::Window = api::item::LimitWindow { Day, Week, Month, Quarter, Year, AllTime }
    domain::redemption::Status = api::redemption::RedemptionStatus {
        Reserved, Captured, Voided, TimedOut, PartCaptured, Returned,
    }
    domain::redemption::ReturnReason = api::redemption::ReturnReason {
        Unwanted, WrongItem, Mishandled, Defective, NotRendered,
    }
    domain::redemption::Fate = api::redemption::Fate { Shelf, SentBack, WrittenOff, Gone }
    domain::item::WriteOffReason = api::station::WriteOffReason { Damaged, PastDate, Lost }
    domain::statement::DisputeReason = api::statement::DisputeReason {
        Missing, Quantity, Price, Return,
    }
    linli_readmodel::balances::Side = api::wallet::Side { Available, Held, Receivable }
    linli_readmodel::balances::Kind = api::wallet::StatementKind {
        Earned, Reserved, Captured, Voided, TimedOut, Sold, Lapsed, Reversed, Repaid, PartCaptured,
        Returned, VoucherIssued, VoucherUsed, VoucherExpired, VoucherReturned, Booked, BookingUsed, BookingCancelled, NotShown, Restored, Closed,
    }
    linli_readmodel::directory::UnitKind = api::rules::Unit { Each, Hour, Slot }
    crate::key::KeyKind = api::key::KeyKind {
        Partner, Station, Staff, Auditor, Operator, Supplier, Finance, Resident,
    }
}
