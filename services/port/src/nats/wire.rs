//! Between the port's types and the messages of `linli-proto`.

use std::sync::Arc;

use linli_domain::time::Timestamp;
use linli_proto::{Malformed, wire};

use crate::{Accepted, Answer, ClockRefused, Envelope, Rejected};

pub(super) fn envelope(envelope: &Envelope) -> wire::Envelope {
    let Envelope { client, key, body_hash, command } = envelope;
    linli_proto::envelope_to_wire(*client, key, body_hash, command)
}

pub(super) fn to_envelope(form: wire::Envelope) -> Result<Envelope, Malformed> {
    let linli_proto::Enveloped { client, key, body_hash, command } =
        linli_proto::envelope_from_wire(form)?;
    Ok(Envelope { client, key, body_hash, command })
}

pub(super) fn batch(envelopes: Vec<wire::Envelope>) -> wire::Request {
    wire::Request { kind: Some(wire::request::Kind::Batch(wire::Batch { envelopes })) }
}

pub(super) fn set_clock(to: Timestamp) -> wire::Request {
    let form = wire::SetClock { to_us: to.microseconds() };
    wire::Request { kind: Some(wire::request::Kind::SetClock(form)) }
}

pub(super) fn batch_reply(answers: Vec<wire::Answer>) -> wire::Reply {
    wire::Reply { kind: Some(wire::reply::Kind::Batch(wire::BatchAnswer { answers })) }
}

pub(super) fn answer(answer: &Answer) -> wire::Answer {
    use wire::answer::Outcome;
    let outcome = match answer {
        Ok(Accepted { records, repeated }) => {
            Outcome::Accepted(linli_proto::accepted_to_wire(records, *repeated))
        }
        Err(Rejected::Refused(refusal)) => Outcome::Refused(linli_proto::refusal_to_wire(refusal)),
        Err(Rejected::KeyReused) => Outcome::KeyReused(()),
        Err(Rejected::Unknown) => Outcome::Fault(fault(wire::FaultKind::OutcomeUnknown, 0)),
        Err(Rejected::Overloaded { retry_after_ms }) => {
            Outcome::Fault(fault(wire::FaultKind::Overloaded, *retry_after_ms))
        }
        Err(Rejected::Unavailable { retry_after_ms }) => {
            Outcome::Fault(fault(wire::FaultKind::Unavailable, *retry_after_ms))
        }
    };
    wire::Answer { outcome: Some(outcome) }
}

/// The answer; unknown where it can't be read, for the command may have been done.
pub(super) fn to_answer(form: wire::Answer) -> Answer {
    use wire::answer::Outcome;
    match form.outcome {
        Some(Outcome::Accepted(form)) => {
            let (records, repeated) = linli_proto::accepted_from_wire(&form).map_err(unreadable)?;
            Ok(Accepted { records: Arc::from(records), repeated })
        }
        Some(Outcome::Refused(form)) => {
            Err(Rejected::Refused(linli_proto::refusal_from_wire(form).map_err(unreadable)?))
        }
        Some(Outcome::KeyReused(())) => Err(Rejected::KeyReused),
        Some(Outcome::Fault(fault)) => Err(to_rejected(&fault)),
        None => Err(Rejected::Unknown),
    }
}

fn unreadable(error: Malformed) -> Rejected {
    tracing::error!(%error, "an answer from the leader can't be read");
    Rejected::Unknown
}

pub(super) fn clock_reply(answer: Result<Timestamp, ClockRefused>) -> wire::Reply {
    use wire::clock_answer::Outcome;
    let outcome = match answer {
        Ok(now) => Outcome::NowUs(now.microseconds()),
        Err(ClockRefused::SystemClock) => Outcome::SystemClock(()),
        Err(ClockRefused::Backwards { now }) => Outcome::PassedUs(now.microseconds()),
        Err(ClockRefused::Unknown) => Outcome::Fault(fault(wire::FaultKind::OutcomeUnknown, 0)),
        Err(ClockRefused::Unavailable { retry_after_ms }) => {
            Outcome::Fault(fault(wire::FaultKind::Unavailable, retry_after_ms))
        }
    };
    let form = wire::ClockAnswer { outcome: Some(outcome) };
    wire::Reply { kind: Some(wire::reply::Kind::SetClock(form)) }
}

pub(super) fn to_clock_answer(form: wire::ClockAnswer) -> Result<Timestamp, ClockRefused> {
    use wire::clock_answer::Outcome;
    match form.outcome {
        Some(Outcome::NowUs(now)) => Ok(Timestamp::from_microseconds(now)),
        Some(Outcome::SystemClock(())) => Err(ClockRefused::SystemClock),
        Some(Outcome::PassedUs(now)) => {
            Err(ClockRefused::Backwards { now: Timestamp::from_microseconds(now) })
        }
        Some(Outcome::Fault(fault)) => Err(to_rejected(&fault).into()),
        None => Err(ClockRefused::Unknown),
    }
}

pub(super) fn malformed() -> wire::Answer {
    let fault = fault(wire::FaultKind::Malformed, 0);
    wire::Answer { outcome: Some(wire::answer::Outcome::Fault(fault)) }
}

fn fault(kind: wire::FaultKind, retry_after_ms: u32) -> wire::Fault {
    wire::Fault { kind: kind.into(), retry_after_ms }
}

fn to_rejected(fault: &wire::Fault) -> Rejected {
    let retry_after_ms = fault.retry_after_ms;
    match fault.kind() {
        wire::FaultKind::Overloaded => Rejected::Overloaded { retry_after_ms },
        wire::FaultKind::Unavailable => Rejected::Unavailable { retry_after_ms },
        // A leader of another version: nothing was done, and the next one may read it.
        wire::FaultKind::Malformed => Rejected::unavailable(),
        wire::FaultKind::Unspecified | wire::FaultKind::OutcomeUnknown => Rejected::Unknown,
    }
}
