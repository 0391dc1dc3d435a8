//! Going through the log, page by page, from where one stands.

use linli_domain::{Position, Record};
use linli_log::{District, Frame, LogReader};

use crate::ArchiveError;

/// One who goes through the log.
pub(crate) trait Follow: Send + Sized + 'static {
    /// Where it stands: the records after it are taken.
    fn position(&self) -> Position;

    /// Takes the next record; false if it has come as far as it wants, without this one.
    fn take(&mut self, record: &Record) -> Result<bool, ArchiveError>;
}

/// Leads somebody on until they have come as far as they want, or to where the log ends.
pub(crate) async fn follow<F: Follow>(
    log: &LogReader,
    district: &District,
    mut one: F,
) -> Result<F, ArchiveError> {
    loop {
        let page = log.frames_after(district, one.position().0).await?;
        if page.is_empty() {
            return Ok(one);
        }
        // On a thread of its own: the runtime's are for whoever must answer.
        let work = tokio::task::spawn_blocking(move || {
            let arrived = !take_all(&mut one, &page)?;
            Ok::<_, ArchiveError>((one, arrived))
        });
        let arrived;
        (one, arrived) = work.await??;
        if arrived {
            return Ok(one);
        }
    }
}

/// Hands over the records of a page that are still to be taken; false if it is enough.
fn take_all(one: &mut impl Follow, page: &[Frame]) -> Result<bool, ArchiveError> {
    let after = one.position().0;
    for frame in page {
        for (position, bytes) in (frame.first..).zip(frame.records()) {
            if position <= after {
                continue;
            }
            let unread = |source| ArchiveError::Record { position, source };
            let bytes = bytes.map_err(|fault| unread(Box::new(fault)))?;
            let record =
                linli_proto::decode_record(bytes).map_err(|fault| unread(Box::new(fault)))?;
            if !one.take(&record)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
