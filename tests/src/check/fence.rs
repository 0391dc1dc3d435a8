//! C12: one writes at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checked, unless};
use crate::evidence::Evidence;

/// Every frame was appended once, over a session that held the writer's lock at that moment; and
/// the frames of a session are neighbours: once another has appended, it never does again.
pub(super) fn one_writes_at_a_time(evidence: &Evidence) -> Checked {
    let holds = "every frame came over a session with the lock, and none after another's";
    let mut checked = Checked::new("C12", holds, "frames");
    let Some(witness) = &evidence.witness else { return checked.not_run("there was no witness") };
    let mut seen: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    let (mut over, mut current): (BTreeSet<&str>, Option<&str>) = (BTreeSet::new(), None);
    for appended in witness {
        let (first, session) = (appended.first, appended.session.as_str());
        *seen.entry((first, appended.last)).or_default() += 1;
        if current != Some(session) {
            over.extend(current);
            current = Some(session);
        }
        let late = over.contains(session);
        checked.look(match (appended.held, late) {
            (false, _) => Some(format!("{first}: appended over {session} without the lock")),
            (true, true) => Some(format!("{first}: appended over {session}, whose term was over")),
            (true, false) => None,
        });
    }
    let begin = witness.first().map_or(u64::MAX, |appended| appended.first);
    for frame in evidence.frames.iter().filter(|frame| frame.first >= begin) {
        let times = seen.get(&(frame.first, frame.last)).copied().unwrap_or(0);
        unless(times == 1, || format!("{}: seen by the witness {times} times", frame.first))
            .into_iter()
            .for_each(|finding| checked.find(finding));
    }
    checked
}
