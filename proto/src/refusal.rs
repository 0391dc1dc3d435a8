//! Refusals, on their way back to who asked. They are never stored.

use linli_domain::item::TakenBy;
use linli_domain::rules::{InvalidRules, RulesPart};
use linli_domain::{Noun, Refusal};
use prost::Message as _;

use crate::malformed::Malformed;
use crate::translate::{Wire, read};
use crate::wire;

/// A refusal as its message.
#[must_use]
pub fn refusal_to_wire(refusal: &Refusal) -> wire::Refusal {
    refusal.to_wire()
}

/// The refusal of a message.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn refusal_from_wire(form: wire::Refusal) -> Result<Refusal, Malformed> {
    Refusal::from_wire(form)
}

/// A refusal's bytes, alone.
#[must_use]
pub fn encode_refusal(refusal: &Refusal) -> Vec<u8> {
    refusal.to_wire().encode_to_vec()
}

/// The refusal of these bytes.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn decode_refusal(bytes: &[u8]) -> Result<Refusal, Malformed> {
    read("refusal", bytes)
}

plain_enum! { Noun = wire::Noun {
    Area, Household, Resident, Card, Officer, Station, Operator, Shift, Allowance, Supplier, Pool, Item, Contribution, Notice, Redemption, Voucher, Team, Hazard, Order, Whistle, Aid, Case, Mediator, Estate, Committee, Certificate, RecordReport, Statement, Resource, Booking, Activity, Seat,
} }

choice! { TakenBy = wire::TakenBy, wire::taken_by::Kind { one { Redemption, Voucher, Booking } } }

choice! { Refusal = wire::Refusal, wire::refusal::Kind {
    empty {
        AmountTooLarge,
        GridKindMisplaced, CardTaken, CardBlocked, ShownByAnother, AlreadyVolunteer, AlreadyRanked, NotRanked, LivesThere, StaffUnranked, NoPseudonym, NoSuchWords, CalledSoAlready, WordsWithdrawn, ResidentErased, ReasonReserved, OfficerRetired, OperatorRetired, ShiftNeeded, NoOfflineTerms, AllowanceEmpty, SlipCounted, SlipReported,
        NoRulesInForce,
        NotVolunteer, TooShort, AttachedAlready, AlertDeclared, NoAlert, OwnBeneficiary, BeneficiaryNeeded, AlreadyAwarded, AlreadyRejected, NotAwarded, AlreadyReversed, OwnWord, NotDrawn, AlreadyInspected, SameTeam, NotInTeam, NoNoticeRules, OnNotice, OwnContribution, ObjectedAlready, PanelSits, NotOnPanel, VotedAlready, NothingToAppeal, AppealedOnce, NotClaimant, Reinstated, OnHold, NotHeld, NotTeamLeader, NoActivityRules, NoEstateRules, EstateElsewhere, NotRedCommittee, NotOnCommittee, NoTimeBank, AlreadyStored, HonourMinutes, NobodyServed, NotKeyElder, MarkedAlready, NotKin, AlreadyKin, AsksAlready, AsksNothing, NoTime, NothingToNet, NoMediationRules, PartyMediates, AtTable, NobodySat, AgreementNeeded, ActivityCalledOff, WrongCode,
        OutsideAuthority, SelfVerification, SameHousehold, VerifierServed, AlreadyVerified,
        AssessmentUnwanted,
        NothingToFund, NothingReceived,
        EmptyBasket, OtherStation, AlreadyCaptured, AlreadyVoided, HoldExpired,
    NoOrderRules, SignalReserved, NotPaused, AppealedAlready, NoAppeal, LaterReport, NotHandler, EvidenceNeeded, HandlerChecks, OtherSupplier, NothingAbove, NotCalled, NotAssisted, OwnHousehold, NotParty, OtherSideConfirms, NoHonourRules, NoSuchDistinction, NoSuchTitle, CertificateOpen, NothingServed, SecondSignature, ReportAnswered, NotCorrected, NotHandedOut, AlreadyReturned, NoReturns, OfficerNeeded, SameStation, NothingToState, NotStated, AlreadyDisputed, NotDisputed, AlreadyResolved, AlreadySettled,
        ResourceWithdrawn, NoSuchSlot, NotItsKeeper, AlreadyOff, NotOff, NoQueues,
    }
    one { Unknown, AlreadyExists, InvalidRules, UnknownAct, ActStoresNoTime, OnlyByOrder, OnlyByActivity, OnlyByCase, OnlyByAid, OnlyByReferral }
    many {
        Queued = wire::QueuedUntil { until_us: plain(until) },
        ShownTooEarly = wire::CountsFrom { from_us: plain(from) },
        ShownTooLate = wire::CountedUntil { until_us: plain(until) },
        ShownBefore = wire::ShownBefore { last_us: plain(last) },
        PresenceNeeded = wire::PresenceNeeded { needed: plain(needed) },
        HoldsOffice = wire::HoldsOffice { officer: need(officer) },
        InTeam = wire::InTeam { team: need(team) },
        InvalidActivity = wire::InvalidActivity { part: plain(part) },
        ActivityBegun = wire::ActivityBegun { since_us: plain(since) },
        SignedUp = wire::SignedUp { seat: need(seat) },
        SeatClash = wire::SeatClash { seat: need(seat), planned: need(planned) },
        InvalidCommittee = wire::CommitteeSize { least: plain(least), most: plain(most) },
        InvalidTerm = wire::CommitteeTerm { latest_us: plain(latest) },
        OnCommittee = wire::OnCommittee { estate: need(estate) },
        TimeShort = wire::TimeShort {
            has_minutes: plain(has),
            needed_minutes: plain(needed),
            may_owe_minutes: plain(may_owe),
        },
        ChestAwaited = wire::ChestAwaited { waiting: plain(waiting) },
        AboveTimeCap = wire::AboveTimeCap { room_minutes: plain(room) },
        SurplusLimit = wire::TradeLimit {
            community: need(community),
            after_minutes: plain(after),
            most_minutes: plain(most),
        },
        DeficitLimit = wire::TradeLimit {
            community: need(community),
            after_minutes: plain(after),
            most_minutes: plain(most),
        },
        NettingDue = wire::TooMany { most: plain(most) },
        CaseAt = wire::CaseAt { found: plain(found) },
        InvalidParties = wire::TooMany { most: plain(most) },
        TableFull = wire::TooMany { most: plain(most) },
        TooManySessions = wire::TooMany { most: plain(most) },
        SeatAt = wire::SeatAt { found: plain(found) },
        CheckInTooEarly = wire::CheckInTooEarly { from_us: plain(from) },
        WrongCheckpoint = wire::WrongCheckpoint { checkpoint: plain(checkpoint) },
        WrongLevel = wire::WrongLevel { expected: plain(expected), found: plain(found) },
        ShiftOpen = wire::ShiftIsOpen { shift: need(shift) },
        ShiftOver = wire::IsOver { since_us: plain(since) },
        AllowanceStanding = wire::AllowanceStands { ends_at_us: plain(ends_at) },
        AllowanceTooLarge = wire::TooManyPoints {
            most_points_hundredths: plain(most),
            wanted_points_hundredths: plain(wanted),
        },
        AllowanceTooLargeEach = wire::TooManyPoints {
            most_points_hundredths: plain(most),
            wanted_points_hundredths: plain(wanted),
        },
        AllowanceTooLong = wire::AllowanceLasts { latest_us: plain(latest) },
        AllowanceEnded = wire::IsOver { since_us: plain(since) },
        InvalidAlert = wire::InvalidAlert { hours_most: plain(hours_most) },
        SlipNumber = wire::SlipNumbers { most: plain(most) },
        TooManyReports = wire::TooMany { most: plain(most) },
        RulesVersion = wire::RulesVersionMismatch { expected: plain(expected), found: plain(found) },
        RulesOutOfOrder = wire::RulesOutOfOrder { after_us: plain(after) },
        InFuture = wire::InFuture { ends_at_us: plain(ends_at), now_us: plain(now) },
        TooLate = wire::TooLate { limit_days: plain(limit_days) },
        TooLong = wire::TooLong { longest_minutes: plain(longest_minutes) },
        Overlaps = wire::Overlaps { other: need(other), happened: need(happened) },
        NoSuchDifficulty = wire::DifficultyLevels { levels: plain(levels) },
        TooManyAttachments = wire::TooMany { most: plain(most) },
        NoticeAt = wire::NoticeAt { found: plain(found) },
        TooManyObjections = wire::TooMany { most: plain(most) },
        PanelSize = wire::PanelSize { needed: plain(needed), found: plain(found) },
        PanelMemberTied = wire::PanelMemberTied { place: plain(place), tie: plain(tie) },
        PanelMemberTwice = wire::PanelMemberTwice { place: plain(place) },
        AppealClosed = wire::AppealClosed { closed_at_us: plain(closed_at) },
        LevelTooLow = wire::LevelTooLow { needed: plain(needed), found: plain(found) },
        SecondLevelNeeded = wire::SecondLevelNeeded { level: plain(level) },
        AssessmentNeeded = wire::AssessmentNeeded {
            least_points_hundredths: plain(least),
            most_points_hundredths: plain(most),
        },
        NotStocked = wire::ItemAtFault { item: need(item) },
        BasketTooLarge = wire::TooMany { most: plain(most) },
        ItemTwice = wire::ItemAtFault { item: need(item) },
        QuantityZero = wire::ItemAtFault { item: need(item) },
        TooFewStars = wire::TooFewStars { item: need(item), needed: plain(needed), found: plain(found) },
        AssistedOnly = wire::ItemAtFault { item: need(item) },
        InsufficientStock = wire::InsufficientStock {
            item: need(item),
            free: plain(free),
            wanted: plain(wanted),
        },
        InsufficientPoints = wire::InsufficientPoints {
            available_points_hundredths: plain(available),
            needed_points_hundredths: plain(needed),
        },
        ReportingPaused = wire::ReportingPaused { until_us: plain(until) },
        HazardAt = wire::HazardAt { found: plain(found) },
        OrderAt = wire::OrderAt { found: plain(found) },
        NotOfUnit = wire::NotOfUnit { level: plain(level) },
        LeadershipOnly = wire::LeadershipOnly { needed: plain(needed) },
        CantBeCalled = wire::CantBeCalled { found: plain(found) },
        WhistleAt = wire::WhistleAt { found: plain(found) },
        AidAt = wire::AidAt { found: plain(found) },
        TitleAt = wire::TitleAt { found: plain(found) },
        HoursShort = wire::HoursShort { needed_hours: plain(needed_hours), minutes: plain(minutes) },
        TenureShort = wire::TenureShort { from_us: plain(from) },
        HonourNoticeRuns = wire::HonourNoticeRuns { until_us: plain(until) },
        CertificateAt = wire::CertificateAt { found: plain(found) },
        NotOnSlip = wire::ItemAtFault { item: need(item) },
        MoreThanOnSlip = wire::MoreThanOnSlip {
            item: need(item),
            left: plain(left),
            wanted: plain(wanted),
        },
        VoucherNeeded = wire::ItemAtFault { item: need(item) },
        NotByVoucher = wire::ItemAtFault { item: need(item) },
        VoucherStatus = wire::VoucherAt { found: plain(found) },
        VoucherLocked = wire::VoucherLocked { until_us: plain(until), most: plain(most) },
        VoucherTooEarly = wire::VoucherTooEarly { from_us: plain(from) },
        VoucherNotToday = wire::VoucherNotToday { days: plain(days) },
        InvalidTerms = wire::InvalidTerms { item: need(item), part: plain(part) },
        NotOpenTo = wire::ItemAtFault { item: need(item) },
        TooManyTaken = wire::TooManyTaken {
            item: need(item),
            taker: plain(taker),
            window: plain(window),
            most: plain(most),
            taken: plain(taken),
            wanted: plain(wanted),
        },
        TooMuchSpent = wire::TooMuchSpent {
            item: need(item),
            taker: plain(taker),
            window: plain(window),
            most_points_hundredths: plain(most),
            spent_points_hundredths: plain(spent),
            wanted_points_hundredths: plain(wanted),
        },
        ReturnsClosed = wire::ReturnsClosed { closed_at_us: plain(closed_at) },
        NothingComesBack = wire::ItemAtFault { item: need(item) },
        CountBelowReserved = wire::CountBelowReserved {
            item: need(item),
            reserved: plain(reserved),
            found: plain(found),
        },
        DisputesOpen = wire::DisputesOpen { open: plain(open) },
        BookingNeeded = wire::ItemAtFault { item: need(item) },
        NotBookable = wire::ItemAtFault { item: need(item) },
        InvalidResource = wire::InvalidResource { part: plain(part) },
        TooManySlots = wire::TooManySlots { most: plain(most), wanted: plain(wanted) },
        MoreThanThereAre = wire::MoreThanThereAre { of: plain(of), wanted: plain(wanted) },
        SlotOver = wire::SlotOver { since_us: plain(since) },
        TooFarAhead = wire::TooFarAhead { latest_us: plain(latest) },
        SlotFull = wire::SlotFull { free: plain(free), of: plain(of), wanted: plain(wanted) },
        SlotHasRoom = wire::SlotHasRoom { free: plain(free), of: plain(of) },
        QueuedAlready = wire::ItemAtFault { item: need(item) },
        InStock = wire::InsufficientStock {
            item: need(item),
            free: plain(free),
            wanted: plain(wanted),
        },
        QueueFull = wire::TooMany { most: plain(most) },
        TooManyWanted = wire::TooManyWanted {
            item: need(item),
            most: plain(most),
            wanted: plain(wanted),
        },
        NotQueued = wire::QueuedAt { found: plain(found) },
        WaitingListFull = wire::TooMany { most: plain(most) },
        BookingPaused = wire::BookingPaused { until_us: plain(until) },
        BookingStatus = wire::BookingAt { found: plain(found) },
        KeyTooEarly = wire::KeyTooEarly { from_us: plain(from) },
        SlotOff = wire::SlotIsOff { start_us: plain(start), off: need(off) },
        TooManyOff = wire::TooMany { most: plain(most) },
        TooManyRedemptions = wire::TooManyRedemptions {
            taker: plain(taker),
            window: plain(window),
            most: plain(most),
            redeemed: plain(redeemed),
            until_us: plain(until),
            earlier: need(earlier),
        },
        TooMuchRedeemed = wire::TooMuchRedeemed {
            taker: plain(taker),
            window: plain(window),
            most_points_hundredths: plain(most),
            redeemed_points_hundredths: plain(redeemed),
            wanted_points_hundredths: plain(wanted),
            until_us: plain(until),
            earlier: plain(earlier),
        },
    }
} }

plain_enum! { RulesPart = wire::RulesPart {
    Acts, Caps, MeritWeight, Base, Slot, VerifyingLevels, GradePoints, GradeMerit, Night, Alert, Step,
    Hold, Queue, Counter, Longest, StarHours, Signals, Calendar, Recovery, Quotas, Sampling, Notice, Conduct, Orders, Returns, Expiry, Honours, Trial, Activities, Difficulty, Assisted, Credits, Needs, Referral, Throttles, Mediation, Estates, TimeBank, SpendingLimits,
} }

message! { InvalidRules = wire::InvalidRules { part: plain(part), act: plain(act) } }
