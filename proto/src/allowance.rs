//! Allowances, and slips that were written off line.

use linli_domain::allowance::{Command, Counted, Event, Grant, OfflineSlip, Report, Sums};

use crate::wire;

message! { Grant = wire::AllowanceGrant {
    allowance: need(allowance),
    station: need(station),
    officer: need(officer),
    total_points_hundredths: plain(total),
    per_person_points_hundredths: plain(per_person),
    ends_at_us: plain(ends_at),
} }

message! { OfflineSlip = wire::OfflineSlip {
    allowance: need(allowance),
    number: plain(number),
    redemption: need(redemption),
    resident: need(resident),
    wishes: plain(wishes),
    total_points_hundredths: plain(total),
    handed_at_us: plain(handed_at),
    station: need(station),
} }

message! { Counted = wire::OfflineSlipCounted {
    allowance: need(allowance),
    number: plain(number),
    officer: need(officer),
    handed_at_us: plain(handed_at),
    slip: need(slip),
    short_points_hundredths: plain(short),
} }

choice! { Report = wire::SlipReport, wire::slip_report::Kind {
    many {
        NumberTaken = wire::NumberTaken { by: need(by) },
        NotCovered = wire::NotCovered { from_us: plain(from), until_us: plain(until) },
        TooLate = wire::SlipTooLate { until_us: plain(until) },
        OtherPrice = wire::OtherPrice { costs_points_hundredths: plain(costs) },
        NotEligible = wire::NotEligible { item: need(item) },
        StationLimit = wire::AllowanceLeft { left_points_hundredths: plain(left) },
        PersonLimit = wire::AllowanceLeft { left_points_hundredths: plain(left) },
        OutOfStock = wire::ShelfShort { item: need(item), free: plain(free) },
    }
} }

message! { Sums = wire::AllowanceSums {
    slips: plain(slips),
    spent_points_hundredths: plain(spent),
    overspent_points_hundredths: plain(overspent),
} }

choice! { Command = wire::AllowanceCommand, wire::allowance_command::Kind {
    one { Grant, Count }
    many { End = wire::EndAllowance { allowance: need(allowance), officer: need(officer) } }
} }

choice! { Event = wire::AllowanceEvent, wire::allowance_event::Kind {
    one { Counted }
    many {
        Granted = wire::AllowanceGranted { grant: need(grant), sync_until_us: plain(sync_until) },
        Reported = wire::OfflineSlipReported {
            slip: need(slip),
            why: need(why),
        },
        Ended = wire::AllowanceEnded {
            allowance: need(allowance),
            station: need(station),
            ends_at_us: plain(ends_at),
            sums: need(sums),
            by: plain(by),
        },
    }
} }
