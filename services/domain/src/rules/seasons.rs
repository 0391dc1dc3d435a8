//! Seasons (赛季): the stretches of whole months that the year is cut into, by the months in which
//! one begins.

/// The months in which a season begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seasons(u16);

/// A season: whole months, each as [`Period`](crate::time::Period) numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Season {
    /// The year in which it begins,
    pub year: i32,
    /// and which of that year's it is, from 1.
    pub number: u8,
    /// Its first month,
    pub first: i32,
    /// and how many it has.
    pub months: u8,
}

/// Months in a year.
const YEAR: u8 = 12;

impl Seasons {
    /// Seasons that begin in these months, 1 to 12; others are left out.
    #[must_use]
    pub fn of(months: impl IntoIterator<Item = u8>) -> Self {
        let bit = |month: u8| month.checked_sub(1).filter(|it| *it < YEAR).map(|it| 1_u16 << it);
        Self(months.into_iter().filter_map(bit).fold(0, |all, bit| all | bit))
    }

    /// As bits, January the lowest.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// From bits; `None` if there are more than months.
    #[must_use]
    pub const fn from_bits(bits: u16) -> Option<Self> {
        if bits < 1 << YEAR { Some(Self(bits)) } else { None }
    }

    /// The season of a year by its number, from 1; `None` if there is none.
    #[must_use]
    pub fn season(self, year: i32, number: u8) -> Option<Season> {
        let starts = || (0..YEAR).filter(|month| self.0 & (1 << month) != 0);
        let nth = usize::from(number).checked_sub(1)?;
        let start = starts().nth(nth)?;
        let next = starts().nth(nth.checked_add(1)?);
        // After a year's last comes the next year's first.
        let end = match next {
            Some(next) => next,
            None => starts().next()?.checked_add(YEAR)?,
        };
        let first = year.checked_mul(YEAR.into())?.checked_add(start.into())?;
        Some(Season { year, number, first, months: end.checked_sub(start)? })
    }

    /// The season that holds a month; `None` without seasons.
    #[must_use]
    pub fn around(self, month: i32) -> Option<Season> {
        let year = month.div_euclid(YEAR.into());
        // In the months before a year's first season, last year's goes on.
        let candidates = [year, year.checked_sub(1)?]
            .into_iter()
            .flat_map(|year| (1..=YEAR).rev().filter_map(move |number| self.season(year, number)));
        candidates.into_iter().find(|season| season.first <= month)
    }
}

impl Season {
    /// Its months.
    pub fn iter(self) -> impl Iterator<Item = i32> {
        (0..self.months).map(move |month| self.first.saturating_add(month.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// January of 2025.
    const JANUARY: i32 = 2025 * 12;

    /// The season around a month of 2025, from 1.
    fn around(starts: &[u8], month: i32) -> Option<(i32, u8, i32, u8)> {
        let month = JANUARY.saturating_add(month).saturating_sub(1);
        let season = Seasons::of(starts.iter().copied()).around(month)?;
        let first = season.first.rem_euclid(12).saturating_add(1);
        Some((season.year, season.number, first, season.months))
    }

    #[test]
    fn a_season_lasts_until_the_next_begins() {
        let four = [3, 6, 9, 12];
        for (starts, month, expected) in [
            (&four[..], 3, Some((2025, 1, 3, 3))),
            (&four, 5, Some((2025, 1, 3, 3))),
            (&four, 12, Some((2025, 4, 12, 3))),
            (&four, 2, Some((2024, 4, 12, 3))),
            (&[1, 2], 12, Some((2025, 2, 2, 11))),
            (&[7], 1, Some((2024, 1, 7, 12))),
            (&[], 1, None),
            (&[13, 0], 1, None),
        ] {
            assert_eq!(around(starts, month), expected, "{starts:?} {month}");
        }
    }

    #[test]
    fn every_month_is_in_one_season() {
        for bits in 1..1 << YEAR {
            let seasons = Seasons::from_bits(bits).unwrap();
            for month in 24_300..24_324 {
                let season = seasons.around(month).unwrap();
                assert!(season.iter().any(|it| it == month), "{bits:b} {month}");
                assert_eq!(seasons.season(season.year, season.number), Some(season));
            }
        }
        assert_eq!(Seasons::from_bits(1 << YEAR), None);
    }
}
