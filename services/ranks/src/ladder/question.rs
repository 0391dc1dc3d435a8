//! What a ladder is asked. The answers are those of the queries of `linli-readmodel`.

use std::cmp::Reverse;

use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;
use linli_readmodel::rankings::{NEIGHBOURS_MAX, RankCursor, Ranked, Ties};
use linli_readmodel::{PAGE_ROWS_MAX, Page};

use super::{Ladder, Place};

impl Ladder {
    /// Is anything known of this resident here, shown or not?
    #[must_use]
    pub fn knows(&self, resident: ResidentId) -> bool {
        self.merits.contains_key(&resident)
    }

    /// The ladder from the top, or from after a place; at most [`PAGE_ROWS_MAX`] at once.
    #[must_use]
    pub fn page(
        &self,
        ties: Ties,
        after: Option<RankCursor>,
        limit: u32,
    ) -> Page<Ranked, RankCursor> {
        let first = after.map_or(0, |RankCursor { merit, reached, resident }| {
            let seen = (Reverse(merit), reached, resident);
            let itself = usize::from(self.places.contains(&seen));
            self.places.before(&seen).saturating_add(itself)
        });
        let limit = limit.clamp(1, PAGE_ROWS_MAX);
        let fetched = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        Page::cut(self.ranked(ties, first, fetched), limit, Ranked::cursor)
    }

    /// A resident's place; none without merit here or without the wish to be shown.
    #[must_use]
    pub fn rank_of(&self, ties: Ties, resident: ResidentId) -> Option<Ranked> {
        let place = self.place_of(resident)?;
        self.ranked(ties, place, 1).into_iter().next()
    }

    /// A resident and up to so many ([`NEIGHBOURS_MAX`] at the most) just above and just below,
    /// in the order of rank; empty if the resident has no place.
    #[must_use]
    pub fn neighbours(&self, ties: Ties, resident: ResidentId, each_side: u16) -> Vec<Ranked> {
        let Some(place) = self.place_of(resident) else { return Vec::new() };
        let each_side = usize::from(each_side.min(NEIGHBOURS_MAX));
        let first = place.saturating_sub(each_side);
        let last = place.saturating_add(each_side);
        self.ranked(ties, first, last.saturating_sub(first).saturating_add(1))
    }

    /// How many are before this resident, who has to have a place.
    fn place_of(&self, resident: ResidentId) -> Option<usize> {
        let (merit, reached) = self.merits.get(&resident)?;
        let place = (Reverse(*merit), *reached, resident);
        self.places.contains(&place).then(|| self.places.before(&place))
    }

    /// So many from the one on that `first` come before.
    fn ranked(&self, ties: Ties, first: usize, count: usize) -> Vec<Ranked> {
        let mut before: Option<(u64, Merit)> = None;
        let place = |(place, (Reverse(merit), reached, resident)): (u64, Place)| {
            let rank = match (ties, before) {
                (Ties::Competition | Ties::Dense, Some((rank, known))) if known == merit => rank,
                (Ties::Dense, Some((rank, _))) => rank.saturating_add(1),
                (Ties::Competition, Some(_)) | (Ties::EarlierFirst, _) => place,
                (Ties::Competition, None) => count_from_1(self.ahead_of(merit)),
                (Ties::Dense, None) => count_from_1(self.levels.before(&Reverse(merit))),
            };
            before = Some((rank, merit));
            Ranked { rank, resident, merit, reached }
        };
        (count_from_1(first)..).zip(self.places.from(first).take(count)).map(place).collect()
    }
}

fn count_from_1(before: usize) -> u64 {
    u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1)
}
