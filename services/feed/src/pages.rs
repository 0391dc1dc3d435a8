//! The task that reads the log again, for those who are behind.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::decoded::Decoded;
use crate::feed::Source;
use crate::shelf::{Page, SHELF_BYTES_MAX, Shelf};
use crate::tap::LOG_PAUSE;

/// Most questions that wait: a subscription has one at most, and a district some ten of them.
pub(crate) const REQUESTS_MAX: usize = 64;

/// Most bytes of frames' bodies in a page: about what is folded at once.
const PAGE_BYTES_MAX: usize = 2 * 1024 * 1024;

/// How long pages are kept when nobody asks for any.
const KEPT_MAX: Duration = Duration::from_secs(5);

/// A question for the frames after a position. The answer is empty if the log ends there.
pub(crate) struct Request {
    pub(crate) position: u64,
    pub(crate) reply: oneshot::Sender<Page>,
}

/// Answers until the feed is gone. Reads a page ahead of the last one that was asked for, so that
/// the next is there when the last is folded.
pub(crate) async fn serve_pages(mut requests: mpsc::Receiver<Request>, source: Arc<Source>) {
    let mut shelf = Shelf::new(SHELF_BYTES_MAX);
    let mut waiting = VecDeque::new();
    let mut ahead = None;
    loop {
        if waiting.is_empty() {
            match next_request(&mut requests, &mut shelf, &mut ahead, &source).await {
                Some(request) => waiting.push_back(request),
                None => return,
            }
        }
        while let Ok(request) = requests.try_recv() {
            waiting.push_back(request);
        }
        // Whoever went away has dropped the ear.
        waiting.retain(|request: &Request| !request.reply.is_closed());
        let Some(Request { position, reply }) = waiting.pop_front() else { continue };
        let page = match shelf.after(position) {
            Some(page) => page,
            None => read(&source, position, &mut shelf).await,
        };
        ahead = page.last().map(|frame| frame.last);
        // Nobody to answer is no fault: it asks again, or is gone.
        let _ = reply.send(page);
    }
}

/// Waits for a question; reads ahead, or lets pages go, when there is none.
async fn next_request(
    requests: &mut mpsc::Receiver<Request>,
    shelf: &mut Shelf,
    ahead: &mut Option<u64>,
    source: &Source,
) -> Option<Request> {
    loop {
        match requests.try_recv() {
            Ok(request) => return Some(request),
            Err(mpsc::error::TryRecvError::Disconnected) => return None,
            Err(mpsc::error::TryRecvError::Empty) => {}
        }
        match ahead.take() {
            Some(position) if shelf.after(position).is_none() => {
                read(source, position, shelf).await;
            }
            Some(_) | None => match tokio::time::timeout(KEPT_MAX, requests.recv()).await {
                Ok(request) => return request,
                Err(_quiet) => shelf.clear(),
            },
        }
    }
}

/// Reads the page after `position` and keeps it. A log that can't be read is told once and tried
/// on: nobody could be answered anything else.
async fn read(source: &Source, position: u64, shelf: &mut Shelf) -> Page {
    let Source { reader, district, .. } = source;
    let mut failed = false;
    let frames = loop {
        match reader.frames_within(district, position, PAGE_BYTES_MAX).await {
            Ok(frames) => break frames,
            Err(error) if failed => drop(error),
            Err(error) => {
                let error: &(dyn std::error::Error + 'static) = &error;
                tracing::warn!(%district, error, "the log can't be read; it is tried on");
                failed = true;
            }
        }
        tokio::time::sleep(LOG_PAUSE).await;
    };
    let mut page = Page::with_capacity(frames.len());
    for frame in frames {
        page.push(Arc::new(Decoded::of(&frame)));
        // A long page lets others on.
        tokio::task::yield_now().await;
    }
    if !page.is_empty() {
        shelf.put(page.clone());
    }
    page
}
