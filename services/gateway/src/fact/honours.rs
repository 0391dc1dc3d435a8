//! Facts of honours as JSON.

use linli_api::fact::Fact;
use linli_domain::honour::Event;

use crate::receipt::{Honoured, honoured};

pub(super) fn of_honour(event: &Event) -> Fact {
    match honoured(event) {
        Honoured::Title(title) => Fact::Title(title),
        Honoured::Certificate(certificate) => Fact::Certificate(certificate),
        Honoured::Report(report) => Fact::RecordReport(report),
    }
}
