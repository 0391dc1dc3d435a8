//! Samples of operators, shifts and allowances.

use linli_domain::allowance::{Counted, Grant, OfflineSlip, Report, Sums};
use linli_domain::operator::{Closing, Enrolment, Opening, Shift, Shifts};
use linli_domain::redemption::{Basket, Shown, Wish};
use linli_domain::resident::{CardBlock, CardDesk, CardIssue};
use linli_domain::rules::Presence;
use linli_domain::text::CardCode;
use linli_domain::{Command, Noun, Refusal, allowance, operator, redemption, resident};

use crate::events::{Samples, sample};
use crate::values::{at, id, points, slip};

fn shift() -> Shift {
    Shift {
        shift: id!(ShiftId, 151),
        operator: id!(OperatorId, 150),
        station: id!(StationId, 34),
        closes_at: at(720),
    }
}

fn grant() -> Grant {
    Grant {
        allowance: id!(AllowanceId, 152),
        station: id!(StationId, 34),
        officer: id!(OfficerId, 5),
        total: points(20_000),
        per_person: points(5000),
        ends_at: at(1440),
    }
}

fn off_line() -> OfflineSlip {
    OfflineSlip {
        allowance: id!(AllowanceId, 152),
        station: id!(StationId, 34),
        number: 7,
        redemption: id!(RedemptionId, 33),
        resident: id!(ResidentId, 11),
        wishes: vec![Wish { item: id!(ItemId, 30), quantity: 1 }],
        total: points(4400),
        handed_at: at(60),
    }
}

pub(crate) fn counters() -> Samples {
    let (operator, station) = (id!(OperatorId, 150), id!(StationId, 34));
    let counted = |short| {
        let (allowance, officer) = (id!(AllowanceId, 152), id!(OfficerId, 5));
        let handed_at = at(60);
        let counted = Counted { allowance, number: 7, officer, handed_at, slip: slip(), short };
        allowance::Event::Counted(Box::new(counted))
    };
    let ended = |by, sums| allowance::Event::Ended {
        allowance: id!(AllowanceId, 152),
        station,
        ends_at: at(1440),
        by,
        sums,
    };
    let sums = Sums { slips: 2, spent: points(8800), overspent: points(400) };
    let mut samples = vec![
        sample("whole", operator::Event::Enrolled(Enrolment { operator, station })),
        sample("whole", operator::Event::Retired(operator)),
        sample("whole", operator::Event::ShiftOpened(shift())),
        sample("whole", allowance::Event::Granted { grant: grant(), sync_until: at(11_520) }),
        sample("paid", counted(points(0))),
        sample("short", counted(points(400))),
        sample("whole", ended(None, sums)),
        sample("unused", ended(Some(id!(OfficerId, 5)), Sums::default())),
    ];
    let closings = [Closing::Operator, Closing::Retired, Closing::Overdue];
    samples.extend(
        closings.map(|closing| {
            sample(closing, operator::Event::ShiftClosed { shift: shift(), closing })
        }),
    );
    samples.extend(
        [Shifts::Optional, Shifts::Needed]
            .map(|shifts| sample(shifts, operator::Event::ShiftsSet { station, shifts })),
    );
    let reports = [
        ("number taken", Report::NumberTaken { by: id!(RedemptionId, 32) }),
        ("not covered", Report::NotCovered { from: at(0), until: at(1440) }),
        ("too late", Report::TooLate { until: at(11_520) }),
        ("other price", Report::OtherPrice { costs: points(4000) }),
        ("not eligible", Report::NotEligible { item: id!(ItemId, 30) }),
        ("station limit", Report::StationLimit { left: points(100) }),
        ("person limit", Report::PersonLimit { left: points(0) }),
        ("out of stock", Report::OutOfStock { item: id!(ItemId, 30), free: 0 }),
    ];
    samples.extend(
        reports
            .map(|(name, why)| sample(name, allowance::Event::Reported { slip: off_line(), why })),
    );
    let sold = slip().handed(Some(id!(ShiftId, 151)), None);
    samples.push(sample("in a shift", redemption::Event::Sold(sold)));
    samples.extend(shown().map(|(name, shown)| {
        sample(name, redemption::Event::Sold(slip().handed(None, Some(shown))))
    }));
    samples.extend(cards());
    samples
}

/// What can be shown.
fn shown() -> [(&'static str, Shown); 3] {
    let card = CardCode::from_serial(123_456_789);
    [
        ("by code", Shown::Code { resident: id!(ResidentId, 11), since: at(0) }),
        ("by card", Shown::Card { card, at: at(1) }),
        ("on paper", Shown::Paper),
    ]
}

fn cards() -> Samples {
    let (resident, card) = (id!(ResidentId, 11), CardCode::from_serial(123_456_789));
    let desks = [
        ("by an officer", CardDesk::Officer(id!(OfficerId, 5)), None),
        ("by a station", CardDesk::Station(id!(StationId, 34)), Some(CardCode::from_serial(1))),
    ];
    let both = |(name, by, before)| {
        let (issue, block) = (CardIssue { resident, card, by }, CardBlock { card, by });
        [
            sample(name, resident::Event::CardIssued { issue, before }),
            sample(name, resident::Event::CardBlocked { block, resident }),
        ]
    };
    desks.into_iter().flat_map(both).collect()
}

/// The wishes.
pub(crate) fn commands() -> Vec<Command> {
    let (shift, operator) = (id!(ShiftId, 151), id!(OperatorId, 150));
    let (redemption, station) = (id!(RedemptionId, 33), id!(StationId, 34));
    let basket = Basket {
        redemption,
        resident: id!(ResidentId, 11),
        station,
        shift: Some(shift),
        shown: Some(Shown::Paper),
        wishes: Vec::new(),
    };
    vec![
        operator::Command::Enrol(Enrolment { operator, station }).into(),
        operator::Command::Retire(operator).into(),
        operator::Command::OpenShift(Opening { shift, operator, station }).into(),
        operator::Command::CloseShift { shift, station }.into(),
        operator::Command::SetShifts { station, shifts: Shifts::Needed }.into(),
        allowance::Command::Grant(grant()).into(),
        allowance::Command::Count(off_line()).into(),
        allowance::Command::End { allowance: id!(AllowanceId, 152), officer: id!(OfficerId, 5) }
            .into(),
        redemption::Command::Sell(basket).into(),
        redemption::Command::Capture {
            redemption,
            station,
            shift: Some(shift),
            shown: Some(Shown::Code { resident: id!(ResidentId, 11), since: at(0) }),
            handed: Vec::new(),
        }
        .into(),
    ]
}

/// The refusals.
pub(crate) fn refusals() -> Vec<Refusal> {
    let mut refusals: Vec<_> =
        [Noun::Operator, Noun::Shift, Noun::Allowance, Noun::Card].map(Refusal::Unknown).into();
    let (most, wanted) = (points(20_000), points(20_001));
    refusals.extend([
        Refusal::OperatorRetired,
        Refusal::OtherStation,
        Refusal::NotHandedOut,
        Refusal::AlreadyReturned,
        Refusal::NoReturns,
        Refusal::OfficerNeeded,
        Refusal::SameStation,
        Refusal::ShiftNeeded,
        Refusal::ShiftOpen { shift: id!(ShiftId, 151) },
        Refusal::ShiftOver { since: at(720) },
        Refusal::NoOfflineTerms,
        Refusal::AllowanceStanding { ends_at: at(1440) },
        Refusal::AllowanceEmpty,
        Refusal::AllowanceTooLarge { most, wanted },
        Refusal::AllowanceTooLargeEach { most, wanted },
        Refusal::AllowanceTooLong { latest: at(1440) },
        Refusal::AllowanceEnded { since: at(1440) },
        Refusal::SlipNumber { most: 2000 },
        Refusal::SlipCounted,
        Refusal::SlipReported,
        Refusal::TooManyReports { most: 500 },
        Refusal::CardBlocked,
        Refusal::ShownByAnother,
        Refusal::ShownTooEarly { from: at(0) },
        Refusal::ShownTooLate { until: at(1) },
        Refusal::ShownBefore { last: at(1) },
        Refusal::PresenceNeeded { needed: Presence::Needed },
        Refusal::PresenceNeeded { needed: Presence::Proven },
    ]);
    refusals
}
