//! Pages of the log that were read again, for others who are as far behind. Pure.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::decoded::Decoded;

/// Most memory of pages kept for others who are behind: some four pages.
pub const SHELF_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Frames of the log that follow one another.
pub type Page = Vec<Arc<Decoded>>;

/// A few pages, the newest last.
#[derive(Debug)]
pub struct Shelf {
    pages: VecDeque<Page>,
    kept_bytes: usize,
    bytes_max: usize,
}

impl Shelf {
    /// A shelf that keeps at most `bytes_max`, or one page.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        Self { pages: VecDeque::new(), kept_bytes: 0, bytes_max }
    }

    /// The frames that follow `position` in the page that has them; none if no page has.
    #[must_use]
    pub fn after(&self, position: u64) -> Option<Page> {
        let next = position.checked_add(1)?;
        self.pages.iter().rev().find_map(|page| {
            let index = page.binary_search_by_key(&next, |frame| frame.first).ok()?;
            page.get(index..).map(<[_]>::to_vec)
        })
    }

    /// Keeps a page; the oldest go if there is no room.
    pub fn put(&mut self, page: Page) {
        self.kept_bytes = self.kept_bytes.saturating_add(weight(&page));
        self.pages.push_back(page);
        while self.kept_bytes > self.bytes_max && self.pages.len() > 1 {
            if let Some(oldest) = self.pages.pop_front() {
                self.kept_bytes = self.kept_bytes.saturating_sub(weight(&oldest));
            }
        }
    }

    /// Memory of the pages that are kept.
    #[must_use]
    pub fn kept_bytes(&self) -> usize {
        self.kept_bytes
    }

    /// Keeps nothing any longer.
    pub fn clear(&mut self) {
        self.pages.clear();
        self.kept_bytes = 0;
    }
}

fn weight(page: &Page) -> usize {
    page.iter().map(|frame| frame.weight_bytes()).sum()
}
