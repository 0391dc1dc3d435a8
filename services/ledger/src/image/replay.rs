//! Replaying the log, in three steps that go on at once: a page of frames comes, the one before it
//! is checked and read, the one before that is folded into the image.

use std::time::Instant;

use linli_domain::Record;
use linli_log::frame::FrameFault;
use linli_log::{District, Frame, Frontier, Head, LogReader};

use super::{Image, Pace, ReplayError, RestoreError};

/// A frame that was checked and cut into records: most of a replay's work, and none of it needs
/// the state.
#[derive(Debug)]
pub(super) struct ReadFrame {
    records: Vec<Record>,
    /// The tree's edge after it.
    frontier: Frontier,
}

impl ReadFrame {
    /// Checks and reads a frame that follows the tree `before` it.
    pub(super) fn of(frame: &Frame, before: &Frontier) -> Result<Self, ReplayError> {
        let malformed = |source| ReplayError::Frame { first: frame.first, source };
        let frontier = frame.verify(before).map_err(malformed)?;
        let records = (frame.first..).zip(frame.records()).map(|(position, bytes)| {
            let bytes = bytes.map_err(|source| malformed(FrameFault::Body(source)))?;
            linli_proto::decode_record(bytes)
                .map_err(|source| ReplayError::Record { position, source })
        });
        Ok(Self { records: records.collect::<Result<_, _>>()?, frontier })
    }
}

impl Image {
    /// Moves on over a frame that was read from where the image stands.
    pub(super) fn fold(&mut self, frame: ReadFrame) -> Result<(), ReplayError> {
        for record in &frame.records {
            self.state.replay(record)?;
            self.mark(record);
        }
        self.frontier = frame.frontier;
        Ok(())
    }
}

/// Moves the image on to `head`, which the log has reached.
pub(crate) async fn replay_to(
    image: &mut Image,
    reader: &LogReader,
    district: &District,
    head: Option<&Head>,
    pace: Pace,
) -> Result<(), RestoreError> {
    let end = head.map_or(0, |head| head.last);
    let (mut position, mut edge) = (image.position().0, image.frontier.clone());
    let (mut page, mut read) = (Vec::new(), Vec::new());
    loop {
        let begun = Instant::now();
        let next = async {
            if position < end {
                reader.frames_within(district, position, pace.page_bytes()).await
            } else {
                Ok(Vec::new())
            }
        };
        // On threads of their own: the runtime's are for whoever must answer.
        let steps =
            tokio::join!(fold(std::mem::take(image), read), read_page(page, edge, end), next);
        *image = steps.0?;
        (read, edge) = steps.1?;
        page = steps.2?;
        let Some(last) = page.last().map(|frame| frame.last) else {
            if read.is_empty() {
                break;
            }
            // Nothing more comes; what came is folded in the next turns.
            position = end;
            continue;
        };
        position = last;
        pace.rest(begun).await;
    }
    let found = image.position().0;
    let is_same = head.is_none_or(|head| head.root == image.frontier.root());
    if found == end && is_same { Ok(()) } else { Err(RestoreError::End { head: end, found }) }
}

/// Reads the frames of a page up to `end`; others may have come behind it. Answers the tree's edge
/// after them.
async fn read_page(
    page: Vec<Frame>,
    mut edge: Frontier,
    end: u64,
) -> Result<(Vec<ReadFrame>, Frontier), RestoreError> {
    if page.is_empty() {
        return Ok((Vec::new(), edge));
    }
    let work = tokio::task::spawn_blocking(move || {
        let mut all = Vec::with_capacity(page.len());
        for frame in page.iter().take_while(|frame| frame.last <= end) {
            let read = ReadFrame::of(frame, &edge)?;
            edge.clone_from(&read.frontier);
            all.push(read);
        }
        Ok((all, edge))
    });
    work.await.map_err(RestoreError::Interrupted)?
}

async fn fold(mut image: Image, read: Vec<ReadFrame>) -> Result<Image, RestoreError> {
    if read.is_empty() {
        return Ok(image);
    }
    let work = tokio::task::spawn_blocking(move || {
        read.into_iter().try_for_each(|frame| image.fold(frame))?;
        Ok(image)
    });
    work.await.map_err(RestoreError::Interrupted)?
}
