//! Samples and inspections.

use linli_domain::inspection::{Command, Drawn, Event, Head, Inspection, Outcome, Sample};

use crate::wire;

message! { Head = wire::LogHead { size: plain(size), root: plain(root) } }

message! { Drawn = wire::DrawnContribution {
    contribution: need(contribution),
    grid: need(grid),
    verifier: need(verifier),
    rate: plain(rate),
} }

message! { Sample = wire::Sample {
    day: plain(day),
    head: need(head),
    awarded: plain(awarded),
    drawn: plain(drawn),
} }

plain_enum! { Outcome = wire::InspectionOutcome { Upheld, Corrected, Unfounded } }

message! { Inspection = wire::Inspection {
    contribution: need(contribution),
    officer: need(officer),
    outcome: plain(outcome),
} }

choice! { Command = wire::InspectionCommand, wire::inspection_command::Kind { one { Inspect } } }

choice! { Event = wire::InspectionEvent, wire::inspection_event::Kind {
    one { Drawn }
    many { Inspected = wire::Inspected { word: need(word), verifier: need(verifier), rate: plain(rate) } }
} }
