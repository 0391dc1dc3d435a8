//! C2: twice is once.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::Discriminant;

use linli_domain::{Event, Origin, contribution, redemption};

use super::{Checked, unless};
use crate::evidence::{Evidence, LoggedRecord};
use crate::traffic::KEYS;

/// What of an event tells it from another: a command leads to one record, or to two of different
/// kinds.
type Kind = (
    Discriminant<Event>,
    Option<Discriminant<contribution::Event>>,
    Option<Discriminant<redemption::Event>>,
);

/// Where a record of a key stands.
#[derive(Clone, Copy)]
struct Place {
    position: u64,
    frame: u64,
    kind: Kind,
}

/// The records of a key are neighbours in one frame, and no two of a kind; every key of the traffic
/// in the log was sent by it; asked again, the answer is the first one to the byte.
pub(super) fn a_key_is_once(evidence: &Evidence) -> Checked {
    let holds = "a key became records at most once; asked again it is answered to the byte";
    let mut checked = Checked::new("C2", holds, "keys");
    let sent: BTreeSet<&str> =
        evidence.operations.iter().map(|operation| operation.key.as_str()).collect();
    let mut places: BTreeMap<(u128, &str), Vec<Place>> = BTreeMap::new();
    for logged in &evidence.records {
        if let Origin::Command { client, key, .. } = &logged.record.origin {
            places.entry((client.0, key.as_str())).or_default().push(place(logged));
        }
    }
    for ((_, key), places) in places {
        let neighbours = |pair: &[Place]| {
            pair[0].position + 1 == pair[1].position
                && pair[0].frame == pair[1].frame
                && pair[0].kind != pair[1].kind
        };
        let once = places.len() <= 2 && places.windows(2).all(neighbours);
        let stranger = key.starts_with(KEYS) && !sent.contains(key);
        checked.look(match (once, stranger) {
            (false, _) => {
                let at: Vec<u64> = places.iter().map(|place| place.position).collect();
                Some(format!("{key}: done more than once: {at:?}"))
            }
            (true, true) => Some(format!("{key}: in the log, and nobody sent it")),
            (true, false) => None,
        });
    }
    for repeat in &evidence.repeats {
        checked.look(unless(repeat.same, || format!("{}: answered otherwise", repeat.key)));
    }
    checked
}

fn place(logged: &LoggedRecord) -> Place {
    let event = &logged.record.event;
    let (mut contribution, mut redemption) = (None, None);
    if let Event::Contribution(event) = event {
        contribution = Some(std::mem::discriminant(event));
    }
    if let Event::Redemption(event) = event {
        redemption = Some(std::mem::discriminant(event));
    }
    let kind = (std::mem::discriminant(event), contribution, redemption);
    Place { position: logged.position, frame: logged.frame, kind }
}
