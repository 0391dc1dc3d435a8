//! Every form of a refusal, there and back.

use linli_domain::rules::{InvalidRules, RuleVersion, RulesPart};
use linli_domain::{Noun, Refusal};
use linli_proto::{decode_refusal, encode_refusal};

use crate::table::{check_complete, forms};
use crate::values::{LEVELS, at, id, interval, points};

forms! { RefusalForms: Refusal {
    Refusal::Unknown(_) => "unknown",
    Refusal::AlreadyExists(_) => "already_exists",
    Refusal::AmountTooLarge => "amount_too_large",
    Refusal::WrongLevel { .. } => "wrong_level",
    Refusal::GridKindMisplaced => "grid_kind_misplaced",
    Refusal::CardTaken => "card_taken",
    Refusal::AlreadyVolunteer => "already_volunteer",
    Refusal::AlreadyRanked => "already_ranked",
    Refusal::NotRanked => "not_ranked",
    Refusal::OfficerRetired => "officer_retired",
    Refusal::RulesVersion { .. } => "rules_version",
    Refusal::RulesOutOfOrder { .. } => "rules_out_of_order",
    Refusal::InvalidRules(_) => "invalid_rules",
    Refusal::NoRulesInForce => "no_rules_in_force",
    Refusal::UnknownAct(_) => "unknown_act",
    Refusal::NotVolunteer => "not_volunteer",
    Refusal::InFuture { .. } => "in_future",
    Refusal::TooLate { .. } => "too_late",
    Refusal::TooLong { .. } => "too_long",
    Refusal::TooShort => "too_short",
    Refusal::Overlaps { .. } => "overlaps",
    Refusal::OwnBeneficiary => "own_beneficiary",
    Refusal::BeneficiaryNeeded => "beneficiary_needed",
    Refusal::TooManyAttachments { .. } => "too_many_attachments",
    Refusal::AlreadyAwarded => "already_awarded",
    Refusal::AlreadyRejected => "already_rejected",
    Refusal::NotAwarded => "not_awarded",
    Refusal::AlreadyReversed => "already_reversed",
    Refusal::OwnWord => "own_word",
    Refusal::Queued { .. } => "queued",
    Refusal::NotDrawn => "not_drawn",
    Refusal::AlreadyInspected => "already_inspected",
    Refusal::SameTeam => "same_team",
    Refusal::InTeam { .. } => "in_team",
    Refusal::NotInTeam => "not_in_team",
    Refusal::OutsideAuthority => "outside_authority",
    Refusal::LevelTooLow { .. } => "level_too_low",
    Refusal::SelfVerification => "self_verification",
    Refusal::SameHousehold => "same_household",
    Refusal::VerifierServed => "verifier_served",
    Refusal::AlreadyVerified => "already_verified",
    Refusal::SecondLevelNeeded { .. } => "second_level_needed",
    Refusal::AssessmentNeeded { .. } => "assessment_needed",
    Refusal::AssessmentUnwanted => "assessment_unwanted",
    Refusal::NothingToFund => "nothing_to_fund",
    Refusal::NothingReceived => "nothing_received",
    Refusal::NotStocked { .. } => "not_stocked",
    Refusal::EmptyBasket => "empty_basket",
    Refusal::BasketTooLarge { .. } => "basket_too_large",
    Refusal::ItemTwice { .. } => "item_twice",
    Refusal::QuantityZero { .. } => "quantity_zero",
    Refusal::TooFewStars { .. } => "too_few_stars",
    Refusal::AssistedOnly { .. } => "assisted_only",
    Refusal::InsufficientStock { .. } => "insufficient_stock",
    Refusal::InsufficientPoints { .. } => "insufficient_points",
    Refusal::OtherStation => "other_station",
    Refusal::AlreadyCaptured => "already_captured",
    Refusal::AlreadyVoided => "already_voided",
    Refusal::HoldExpired => "hold_expired",
    Refusal::NoOrderRules => "no_order_rules",
    Refusal::OnlyByOrder(_) => "only_by_order",
    Refusal::SignalReserved => "signal_reserved",
    Refusal::ReportingPaused { .. } => "reporting_paused",
    Refusal::NotPaused => "not_paused",
    Refusal::AppealedAlready => "appealed_already",
    Refusal::NoAppeal => "no_appeal",
    Refusal::HazardAt { .. } => "hazard_at",
    Refusal::LaterReport => "later_report",
    Refusal::OrderAt { .. } => "order_at",
    Refusal::NotOfUnit { .. } => "not_of_unit",
    Refusal::NotHandler => "not_handler",
    Refusal::EvidenceNeeded => "evidence_needed",
    Refusal::HandlerChecks => "handler_checks",
    Refusal::NothingAbove => "nothing_above",
    Refusal::LeadershipOnly { .. } => "leadership_only",
    Refusal::CantBeCalled { .. } => "cant_be_called",
    Refusal::NotCalled => "not_called",
    Refusal::WhistleAt { .. } => "whistle_at",
    Refusal::NotAssisted => "not_assisted",
    Refusal::OwnHousehold => "own_household",
    Refusal::AidAt { .. } => "aid_at",
    Refusal::NotParty => "not_party",
    Refusal::OtherSideConfirms => "other_side_confirms",
    Refusal::NotOnSlip { .. } => "not_on_slip",
    Refusal::MoreThanOnSlip { .. } => "more_than_on_slip",
    Refusal::NotHandedOut => "not_handed_out",
    Refusal::AlreadyReturned => "already_returned",
    Refusal::NoReturns => "no_returns",
    Refusal::ReturnsClosed { .. } => "returns_closed",
    Refusal::NothingComesBack { .. } => "nothing_comes_back",
    Refusal::OfficerNeeded => "officer_needed",
    Refusal::CountBelowReserved { .. } => "count_below_reserved",
    Refusal::SameStation => "same_station",
    Refusal::NothingToState => "nothing_to_state",
    Refusal::NotStated => "not_stated",
    Refusal::AlreadyDisputed => "already_disputed",
    Refusal::NotDisputed => "not_disputed",
    Refusal::AlreadyResolved => "already_resolved",
    Refusal::DisputesOpen { .. } => "disputes_open",
    Refusal::AlreadySettled => "already_settled",
    Refusal::BookingNeeded { .. } => "booking_needed",
    Refusal::NotBookable { .. } => "not_bookable",
    Refusal::InvalidResource { .. } => "invalid_resource",
    Refusal::ResourceWithdrawn => "resource_withdrawn",
    Refusal::NoSuchSlot => "no_such_slot",
    Refusal::TooManySlots { .. } => "too_many_slots",
    Refusal::MoreThanThereAre { .. } => "more_than_there_are",
    Refusal::SlotOver { .. } => "slot_over",
    Refusal::TooFarAhead { .. } => "too_far_ahead",
    Refusal::SlotFull { .. } => "slot_full",
    Refusal::SlotHasRoom { .. } => "slot_has_room",
    Refusal::WaitingListFull { .. } => "waiting_list_full",
    Refusal::BookingPaused { .. } => "booking_paused",
    Refusal::BookingStatus { .. } => "booking_status",
    Refusal::KeyTooEarly { .. } => "key_too_early",
} }

fn samples() -> Vec<Refusal> {
    let nouns = [
        Noun::Area,
        Noun::Household,
        Noun::Resident,
        Noun::Officer,
        Noun::Station,
        Noun::Supplier,
        Noun::Pool,
        Noun::Item,
        Noun::Contribution,
        Noun::Redemption,
        Noun::Team,
        Noun::Statement,
    ];
    let mut samples: Vec<_> = nouns
        .into_iter()
        .flat_map(|noun| [Refusal::Unknown(noun), Refusal::AlreadyExists(noun)])
        .collect();
    samples.extend(plain());
    samples.extend(with_figures());
    samples.extend(of_rules());
    samples.extend(crate::orders::refusals());
    samples.extend(crate::places::refusals());
    samples
}

fn plain() -> Vec<Refusal> {
    vec![
        Refusal::AmountTooLarge,
        Refusal::GridKindMisplaced,
        Refusal::CardTaken,
        Refusal::AlreadyVolunteer,
        Refusal::AlreadyRanked,
        Refusal::NotRanked,
        Refusal::OfficerRetired,
        Refusal::NoRulesInForce,
        Refusal::NotVolunteer,
        Refusal::TooShort,
        Refusal::OwnBeneficiary,
        Refusal::BeneficiaryNeeded,
        Refusal::AlreadyAwarded,
        Refusal::AlreadyRejected,
        Refusal::NotAwarded,
        Refusal::AlreadyReversed,
        Refusal::OwnWord,
        Refusal::NotDrawn,
        Refusal::AlreadyInspected,
        Refusal::SameTeam,
        Refusal::NotInTeam,
        Refusal::OutsideAuthority,
        Refusal::SelfVerification,
        Refusal::SameHousehold,
        Refusal::VerifierServed,
        Refusal::AlreadyVerified,
        Refusal::AssessmentUnwanted,
        Refusal::NothingToFund,
        Refusal::NothingReceived,
        Refusal::EmptyBasket,
        Refusal::OtherStation,
        Refusal::AlreadyCaptured,
        Refusal::AlreadyVoided,
        Refusal::HoldExpired,
        Refusal::NotHandedOut,
        Refusal::AlreadyReturned,
        Refusal::NoReturns,
        Refusal::OfficerNeeded,
        Refusal::SameStation,
        Refusal::NothingToState,
        Refusal::NotStated,
        Refusal::AlreadyDisputed,
        Refusal::NotDisputed,
        Refusal::AlreadyResolved,
        Refusal::AlreadySettled,
    ]
}

fn with_figures() -> Vec<Refusal> {
    let item = id!(ItemId, 30);
    vec![
        Refusal::WrongLevel { expected: Some(LEVELS[0]), found: None },
        Refusal::WrongLevel { expected: None, found: Some(LEVELS[4]) },
        Refusal::InFuture { ends_at: at(5), now: at(1) },
        Refusal::TooLate { limit_days: 7 },
        Refusal::Queued { until: at(60) },
        Refusal::InTeam { team: id!(TeamId, 37) },
        Refusal::TooLong { longest_minutes: 720 },
        Refusal::Overlaps { other: id!(ContributionId, 10), happened: interval() },
        Refusal::TooManyAttachments { most: 16 },
        Refusal::LevelTooLow { needed: LEVELS[2], found: LEVELS[0] },
        Refusal::SecondLevelNeeded { level: LEVELS[1] },
        Refusal::AssessmentNeeded { least: points(2000), most: points(10_000) },
        Refusal::NotStocked { item },
        Refusal::BasketTooLarge { most: 50 },
        Refusal::ItemTwice { item },
        Refusal::QuantityZero { item },
        Refusal::TooFewStars { item, needed: 2, found: 0 },
        Refusal::AssistedOnly { item },
        Refusal::InsufficientStock { item, free: 0, wanted: 1 },
        Refusal::InsufficientPoints { available: points(1250), needed: points(4400) },
        Refusal::NotOnSlip { item },
        Refusal::MoreThanOnSlip { item, left: 1, wanted: 2 },
        Refusal::ReturnsClosed { closed_at: at(9) },
        Refusal::NothingComesBack { item },
        Refusal::CountBelowReserved { item, reserved: 2, found: 1 },
        Refusal::DisputesOpen { open: 1 },
    ]
}

fn of_rules() -> Vec<Refusal> {
    let act = || "PA-1".parse().unwrap();
    vec![
        Refusal::RulesVersion { expected: RuleVersion(2), found: RuleVersion(1) },
        Refusal::RulesOutOfOrder { after: at(0) },
        Refusal::UnknownAct(act()),
        Refusal::InvalidRules(InvalidRules { part: RulesPart::Acts, act: None }),
        Refusal::InvalidRules(InvalidRules { part: RulesPart::Base, act: Some(act()) }),
    ]
}

#[test]
fn every_refusal_reads_back() {
    let samples = samples();
    check_complete(RefusalForms::ALL, samples.iter().map(RefusalForms::of));
    for refusal in samples {
        assert_eq!(decode_refusal(&encode_refusal(&refusal)), Ok(refusal));
    }
}
