//! The patrol: goes through the whole stream and looks whether each message can still be read and
//! follows the one before it. A server finds a flipped bit only when it reads the message, which
//! it may not do for months.

use std::time::Duration;

use async_nats::jetstream::Context;

use crate::district::District;
use crate::merkle::{EMPTY_ROOT, Root};
use crate::stream::{Bodies, Held, Walk, WalkError};

/// Rest between two patrols. A patrol reads the whole stream from the server's disk.
pub const PATROL_REST: Duration = Duration::from_secs(600);

/// Rest after a patrol that could not be finished.
const RETRY_REST: Duration = Duration::from_secs(10);

/// What a patrol found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    /// Every message is there and follows the one before it.
    Whole,
    /// It is no copy of a log, and why.
    Broken(&'static str),
    /// The patrol got no further: the stream is away, or not the one that it was.
    Unfinished,
}

/// Patrols the stream again and again; answers why it is no copy of a log, once it is not.
pub(super) async fn patrol(context: Context, district: District) -> &'static str {
    loop {
        let rest = match walk(&context, &district).await {
            Finding::Whole => PATROL_REST,
            Finding::Unfinished => RETRY_REST,
            Finding::Broken(reason) => return reason,
        };
        tokio::time::sleep(rest).await;
    }
}

/// Where the walk stands: after which message, position and root.
struct Place {
    sequence: u64,
    last: u64,
    root: Root,
}

async fn walk(context: &Context, district: &District) -> Finding {
    let Ok(Some(mut walk)) = Walk::begin(context, district, Bodies::Without, 0).await else {
        return Finding::Unfinished;
    };
    let mut place = Place { sequence: 0, last: 0, root: EMPTY_ROOT };
    loop {
        match walk.next().await {
            Ok(Some(held)) => match step(&held, &place) {
                Ok(next) => place = next,
                Err(finding) => return finding,
            },
            Ok(None) => return Finding::Whole,
            Err(WalkError::Unreadable { .. }) => {
                return Finding::Broken("it has a message that can't be read");
            }
            Err(_) => return Finding::Unfinished,
        }
    }
}

/// Holds a message against the place of the one before it.
fn step(held: &Held, place: &Place) -> Result<Place, Finding> {
    let Held { sequence, frame } = held;
    if Some(*sequence) != place.sequence.checked_add(1) {
        return Err(Finding::Broken("it has a hole"));
    }
    let Ok(frame) = frame else {
        return Err(Finding::Broken("it has a message that is no frame"));
    };
    if Some(frame.first) != place.last.checked_add(1) || frame.previous_root != place.root {
        return Err(Finding::Broken("it has a frame that does not follow the one before it"));
    }
    Ok(Place { sequence: *sequence, last: frame.last, root: frame.root })
}
