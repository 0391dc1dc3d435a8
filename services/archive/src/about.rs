//! What the log holds about one person: every record that names them, and every later one about
//! something of theirs.
//!
//! Ids are looked for in the bytes of the records, and only what was found is read: a log of
//! millions is gone through as fast as it is fetched, and a field that is added later is not missed.

use std::collections::BTreeSet;

use bytes::Bytes;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use linli_domain::id::ResidentId;
use linli_domain::mediation::Sitter;
use linli_domain::order::{self, Cause};
use linli_domain::{
    Event, Record, aid, allowance, contribution, hazard, honour, mediation, notice, voucher,
};
use linli_log::Frame;

use crate::{Archive, ArchiveError};

/// An id as the records hold it: a message of 18 bytes of two tagged halves.
const ID_BYTES: usize = 19;

/// A record about somebody, and its exact bytes, which are the leaf of the tree.
pub type About = (Record, Bytes);

impl Archive {
    /// All records about a person, in the order of the log, up to where it ends; in memory that grows
    /// with what is theirs and not with the log.
    pub fn about(
        &self,
        resident: ResidentId,
    ) -> impl Stream<Item = Result<Vec<About>, ArchiveError>> + Send + 'static {
        let theirs = Theirs { person: resident.number(), known: [resident.number()].into() };
        let frames = self.log.stream(&self.district, 0).map_err(ArchiveError::from);
        let found = futures::stream::try_unfold(
            (theirs, Box::pin(frames)),
            |(mut theirs, mut frames)| async move {
                let Some(frame) = frames.next().await.transpose()? else { return Ok(None) };
                // On a thread of its own: the runtime's are for whoever must answer.
                let work = tokio::task::spawn_blocking(move || {
                    let found = theirs.of(&frame)?;
                    Ok::<_, ArchiveError>((found, theirs))
                });
                let (found, theirs) = work.await??;
                Ok(Some((found, (theirs, frames))))
            },
        );
        found.try_filter(|found| std::future::ready(!found.is_empty()))
    }
}

/// A person and what is theirs, as far as the log has been gone through.
#[derive(Debug)]
struct Theirs {
    person: u128,
    known: BTreeSet<u128>,
}

impl Theirs {
    fn of(&mut self, frame: &Frame) -> Result<Vec<About>, ArchiveError> {
        let mut about = Vec::new();
        for (position, bytes) in (frame.first..).zip(frame.records()) {
            let unread = |source| ArchiveError::Record { position, source };
            let bytes = bytes.map_err(|fault| unread(Box::new(fault)))?;
            if !ids(bytes).any(|id| self.known.contains(&id)) {
                continue;
            }
            let record =
                linli_proto::decode_record(bytes).map_err(|fault| unread(Box::new(fault)))?;
            if self.keeps(&record, bytes) {
                about.push((record, Bytes::copy_from_slice(bytes)));
            }
        }
        Ok(about)
    }

    /// Is it about the person? What the person began is theirs from then on. What it gave to somebody
    /// else, and who objected to it, sat over it or voted, is about those others.
    fn keeps(&mut self, record: &Record, bytes: &[u8]) -> bool {
        if ids(bytes).any(|id| id == self.person) {
            self.known.extend(begun(&record.event, self.person));
            return true;
        }
        // An order is theirs that was opened for what they reported.
        if let Event::Order(order::Event::Opened { opening, .. }) = &record.event {
            self.known.insert(opening.order.number());
        }
        !matches!(
            &record.event,
            Event::Notice(
                notice::Event::Objected(_)
                    | notice::Event::Convened { .. }
                    | notice::Event::Voted { .. }
            ) | Event::Contribution(
                contribution::Event::Awarded(_)
                    | contribution::Event::Reversed(_)
                    | contribution::Event::Restored(_)
            )
        )
    }
}

/// What a person begins with a record.
fn begun(event: &Event, person: u128) -> Option<u128> {
    let (whose, what) = match event {
        Event::Contribution(event) => match event {
            contribution::Event::Submitted { claim, .. } => {
                (claim.resident, claim.contribution.number())
            }
            contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Awarded(_)
            | contribution::Event::Reversed(_)
            | contribution::Event::Restored(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_) => return None,
        },
        Event::Redemption(event) => {
            let slip = event.slip();
            (slip.resident, slip.redemption.number())
        }
        Event::Queue(event) => {
            let request = event.request();
            (request.resident, request.redemption.number())
        }
        Event::Allowance(event) => handed(event)?,
        Event::Booking(event) => {
            let request = event.request();
            (request.resident, request.booking.number())
        }
        // What others do in an activity that the person published is about them.
        Event::Activity(event) => {
            let (request, _) = event.seat()?;
            (request.resident, request.seat.number())
        }
        Event::Voucher(event) => bought(event)?,
        Event::Hazard(event) => match event {
            hazard::Event::Reported(report) => (report.reporter, report.hazard.number()),
            hazard::Event::Merged { .. }
            | hazard::Event::Verified { .. }
            | hazard::Event::Dismissed { .. }
            | hazard::Event::Appealed(_)
            | hazard::Event::Ruled { .. } => return None,
        },
        Event::Aid(event) => helped(event)?,
        Event::Honour(event) => honoured(event)?,
        Event::Mediation(event) => mediated(event, person)?,
        Event::Order(event) => asked(event)?,
        Event::Area(_)
        | Event::TimeBank(_)
        | Event::Estate(_)
        | Event::Household(_)
        | Event::Resident(_)
        | Event::Officer(_)
        | Event::Station(_)
        | Event::Operator(_)
        | Event::Supplier(_)
        | Event::Pool(_)
        | Event::Rules(_)
        | Event::Item(_)
        | Event::Wallet(_)
        | Event::Team(_)
        | Event::Inspection(_)
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Whistle(_)
        | Event::Statement(_)
        | Event::Resource(_) => return None,
    };
    (whose.number() == person).then_some(what)
}

/// Who was handed something off line, and the redemption that it became.
fn handed(event: &allowance::Event) -> Option<(ResidentId, u128)> {
    match event {
        allowance::Event::Counted(it) => Some((it.slip.resident, it.slip.redemption.number())),
        allowance::Event::Granted { .. }
        | allowance::Event::Reported { .. }
        | allowance::Event::Ended { .. } => None,
    }
}

/// Who bought a voucher, and which.
fn bought(event: &voucher::Event) -> Option<(ResidentId, u128)> {
    match event {
        voucher::Event::Issued(voucher) => Some((voucher.purchase.resident, event.id().number())),
        voucher::Event::WrongCode { .. }
        | voucher::Event::Used { .. }
        | voucher::Event::Expired { .. }
        | voucher::Event::Returned { .. } => None,
    }
}

/// The case that somebody is a party of, or the place at its table that somebody sits at.
fn mediated(event: &mediation::Event, person: u128) -> Option<(ResidentId, u128)> {
    match event {
        mediation::Event::Opened { opening, .. } => {
            let party = opening.parties.iter().find(|party| party.number() == person)?;
            Some((*party, opening.case.number()))
        }
        mediation::Event::Joined { place, .. } => match place.sitter {
            Sitter::Resident(resident) => Some((resident, place.mediator.number())),
            Sitter::Officer(_) | Sitter::Delegate => None,
        },
        mediation::Event::Sat(_)
        | mediation::Event::Settled { .. }
        | mediation::Event::Performed { .. }
        | mediation::Event::Broken { .. }
        | mediation::Event::Closed { .. }
        | mediation::Event::Reopened { .. } => None,
    }
}

/// Who asked for an order, and for which.
fn asked(event: &order::Event) -> Option<(ResidentId, u128)> {
    match event {
        order::Event::Opened { opening, .. } => match opening.cause {
            Cause::Request(resident) => Some((resident, opening.order.number())),
            Cause::Hazard(_) => None,
        },
        order::Event::Dispatched { .. }
        | order::Event::Accepted { .. }
        | order::Event::Escalated { .. }
        | order::Event::ClockMissed { .. }
        | order::Event::Closed { .. }
        | order::Event::SentBack { .. }
        | order::Event::Checked { .. } => None,
    }
}

/// Who asked or offered in mutual aid, and in which.
fn helped(event: &aid::Event) -> Option<(ResidentId, u128)> {
    match event {
        aid::Event::Opened { opening, .. } => Some((opening.resident, opening.aid.number())),
        aid::Event::Matched { aid, resident } => Some((*resident, aid.number())),
        aid::Event::SteppedBack { .. }
        | aid::Event::Withdrawn { .. }
        | aid::Event::Finished { .. }
        | aid::Event::Confirmed { .. }
        | aid::Event::Lapsed(_) => None,
    }
}

/// Whose certificate was asked for, or whose record was reported, and which.
fn honoured(event: &honour::Event) -> Option<(ResidentId, u128)> {
    match event {
        honour::Event::CertificateRequested { certificate, resident, .. } => {
            Some((*resident, certificate.number()))
        }
        honour::Event::RecordReported { report, .. } => {
            Some((report.resident, report.report.number()))
        }
        honour::Event::Noticed(_)
        | honour::Event::Granted { .. }
        | honour::Event::Declined { .. }
        | honour::Event::Fell { .. }
        | honour::Event::CertificateSigned { .. }
        | honour::Event::CertificateIssued { .. }
        | honour::Event::CertificateRevoked { .. }
        | honour::Event::ReportOverdue { .. }
        | honour::Event::ReportDropped { .. }
        | honour::Event::ReportAnswered { .. } => None,
    }
}

/// Whatever may be an id in a record's bytes.
fn ids(bytes: &[u8]) -> impl Iterator<Item = u128> + '_ {
    bytes.windows(ID_BYTES).filter_map(|window| {
        let [18, 9, high @ .., _, _, _, _, _, _, _, _, _] = window else { return None };
        let [.., 17, a, b, c, d, e, f, g, h] = window else { return None };
        let high = u64::from_le_bytes(high.try_into().ok()?);
        let low = u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]);
        Some((u128::from(high) << 64) | u128::from(low))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_wherever_they_stand() {
        let id = |number: u128| {
            let halves = number.to_le_bytes();
            let (low, high) = halves.split_at(8);
            [&[18, 9], high, &[17], low].concat()
        };
        let (one, other) = (0x0123_4567_89ab_cdef_0011_2233_4455_6677, u128::MAX);
        let bytes = [vec![1, 2, 3], id(one), vec![18, 9], id(other), vec![0; 4]].concat();
        assert_eq!(ids(&bytes).collect::<Vec<_>>(), [one, other]);
    }
}
