//! Mediation cases, their tables, and what was settled.

use linli_domain::mediation::{
    Body, Command, DisputeKind, Event, Opening, Pay, Place, SealedFile, Session, Settlement,
    Sitter, Status, Tier,
};
use linli_domain::rules::{MediationRules, TierTerms};

use crate::wire;

plain_enum! { DisputeKind = wire::DisputeKind {
    Noise, Water, Parking, Animals, Property, CommonSpace, Family, Money, Other,
} }

plain_enum! { Body = wire::MediatingBody {
    Police, LegalAid, Property, Party, Resident, Department, MicroGrid,
} }

plain_enum! { Tier = wire::MediationTier { Oral, Simple, Difficult, Major } }

plain_enum! { Status = wire::CaseStatus { Open, Settled, Performed, Broken, Unsettled } }

plain_enum! { Pay = wire::CasePay {
    Follows, OncePerformed, PaidBefore, Undocumented, Nobody,
} }

newtype! { SealedFile = [u8; 32] }

choice! { Sitter = wire::Sitter, wire::sitter::Kind {
    empty { Delegate }
    one { Resident, Officer }
} }

message! { Place = wire::MediatorPlace {
    mediator: need(mediator),
    case: need(case),
    body: plain(body),
    sitter: need(sitter),
} }

message! { Opening = wire::CaseOpening {
    case: need(case),
    officer: need(officer),
    kind: plain(kind),
    grid: need(grid),
    parties: plain(parties),
    again: plain(again),
    estate: plain(estate),
} }

message! { Session = wire::MediationSession {
    case: need(case),
    officer: need(officer),
    happened: need(happened),
    sat: plain(sat),
    minutes: plain(minutes),
} }

message! { Settlement = wire::Settlement { tier: plain(tier), agreement: plain(agreement) } }

message! { TierTerms = wire::TierTerms {
    act: plain(act),
    written: plain(written),
    performed: plain(performed),
} }

message! { MediationRules = wire::MediationRules {
    oral: need(oral),
    simple: need(simple),
    difficult: need(difficult),
    major: need(major),
    unsettled_part: need(unsettled_part),
    same_dispute_days: plain(same_dispute_days),
} }

choice! { Command = wire::MediationCommand, wire::mediation_command::Kind {
    one { Open, Sit }
    many {
        Join = wire::MediatorJoin { place: need(place), officer: need(officer) },
        Settle = wire::SettleCase {
            case: need(case),
            officer: need(officer),
            settlement: need(settlement),
        },
        Perform = wire::CaseWord { case: need(case), officer: need(officer) },
        Break = wire::CaseWord { case: need(case), officer: need(officer) },
        Close = wire::CloseCase { case: need(case), officer: need(officer), tier: plain(tier) },
        Reopen = wire::CaseWord { case: need(case), officer: need(officer) },
    }
} }

choice! { Event = wire::MediationEvent, wire::mediation_event::Kind {
    one { Sat }
    many {
        Opened = wire::CaseOpened { opening: need(opening), dispute: need(dispute) },
        Joined = wire::MediatorJoin { place: need(place), officer: need(officer) },
        Settled = wire::CaseSettled {
            case: need(case),
            officer: need(officer),
            settlement: need(settlement),
            pay: plain(pay),
        },
        Performed = wire::CaseSettled {
            case: need(case),
            officer: need(officer),
            settlement: need(settlement),
            pay: plain(pay),
        },
        Broken = wire::CaseBroken {
            case: need(case),
            officer: need(officer),
            settlement: need(settlement),
        },
        Closed = wire::CaseClosed {
            case: need(case),
            officer: need(officer),
            tier: plain(tier),
            pay: plain(pay),
        },
        Reopened = wire::CaseWord { case: need(case), officer: need(officer) },
    }
} }
