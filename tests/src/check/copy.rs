//! C8: the stream is the log.

use super::{Checked, unless};
use crate::evidence::{Evidence, LoggedFrame, Streamed};

/// Message *n* is frame *n*, in all headers and to the byte; no message is missing, and none is
/// more.
pub(super) fn the_stream_is_the_log(evidence: &Evidence) -> Checked {
    let holds = "message n of the stream is frame n of the log, to the byte, and there are no more";
    let mut checked = Checked::new("C8", holds, "messages");
    let Some(stream) = &evidence.stream else {
        return checked.not_run("there is no stream to look at");
    };
    for (number, message) in (1..).zip(stream) {
        let frame = usize::try_from(number - 1).ok().and_then(|at| evidence.frames.get(at));
        let same = frame.is_some_and(|frame| is_copy(message, frame));
        checked.look(unless(message.sequence == number && same, || {
            format!(
                "message {} (records {} to {}) is not frame {number}",
                message.sequence, message.first, message.last
            )
        }));
    }
    let (messages, frames) = (stream.len(), evidence.frames.len());
    unless(messages == frames, || format!("{messages} messages, and {frames} frames"))
        .into_iter()
        .for_each(|finding| checked.find(finding));
    checked
}

fn is_copy(message: &Streamed, frame: &LoggedFrame) -> bool {
    use std::fmt::Write as _;
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    };
    message.first == frame.first.to_string()
        && message.last == frame.last.to_string()
        && message.recorded_at == frame.recorded_at_us.to_string()
        && message.previous_root == hex(&frame.previous_root)
        && message.root == hex(&frame.root)
        && message.body == frame.body
}
