//! Pages: lists are answered a bounded part at a time.

/// The most rows that a page holds: some 100 kB, and more than a person reads.
pub const PAGE_ROWS_MAX: u32 = 500;

/// A part of a list, and where the next part begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, C> {
    /// The rows, at most as many as were asked for and never above [`PAGE_ROWS_MAX`].
    pub rows: Vec<T>,
    /// What to ask with for the rest; none if this is the end.
    pub next: Option<C>,
}

/// How many rows to fetch for a page: one more than is shown tells whether there is a next.
pub(crate) fn fetch(limit: u32) -> i64 {
    i64::from(shown(limit)).saturating_add(1)
}

fn shown(limit: u32) -> u32 {
    limit.clamp(1, PAGE_ROWS_MAX)
}

impl<T, C> Page<T, C> {
    /// Cuts rows of which one more than `limit` was fetched, if there were as many, to the page.
    #[must_use]
    pub fn cut(mut rows: Vec<T>, limit: u32, cursor: impl Fn(&T) -> C) -> Self {
        let shown = usize::try_from(shown(limit)).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_whether_there_is_a_next() {
        for (fetched, limit, shown, next) in [
            (0, 2, 0, None),
            (2, 2, 2, None),
            (3, 2, 2, Some(2)),
            (1, 0, 1, None),
            (2, 0, 1, Some(1)),
        ] {
            let page = Page::cut((1..=fetched).collect(), limit, |row| *row);
            assert_eq!((page.rows.len(), page.next), (shown, next), "{fetched} {limit}");
        }
        assert_eq!(fetch(u32::MAX), i64::from(PAGE_ROWS_MAX) + 1);
    }
}
