//! The rates of the year: how much is rejected, taken back, objected to, of which grade. Drawn at random, they
//! are held against what is told of Dingshan at the end, so that no change lets them drift unseen.

use super::tally::Tally;
use crate::error::DemoError;
use crate::scale::Scale;

/// Contributions of the whole year, and points issued for them.
const CONTRIBUTIONS: u64 = 57_500;
const POINTS: u64 = 105_000;

/// Points come by several at a time, and so do the strayings of chance: they are counted by the ten.
const TEN_POINTS: i64 = 1_000;

/// Beside chance, a twentieth more or less is as told, and an eighth of points, which caps cut the more, the
/// more the keenest do; and so are some, of stories that any scale has.
const PART: u64 = 20;
const PART_OF_POINTS: u64 = 8;
const PLANTED: u64 = 8;

/// Chance strays further than four standard deviations once in sixteen thousand times.
const DEVIATIONS: u64 = 4;

/// So many of what there is of it, where so many in ten thousand are told of.
#[derive(Clone, Copy, Debug)]
struct Rate {
    what: &'static str,
    count: u64,
    of: u64,
    per_ten_thousand: u64,
    /// One part of so many more or less is as told.
    part: u64,
}

impl Rate {
    fn expected(&self) -> u64 {
        self.of.saturating_mul(self.per_ten_thousand).saturating_add(5_000) / 10_000
    }

    /// A count that is rare strays by the root of itself: much at a small scale, little over a year.
    fn is_as_told(&self) -> bool {
        let expected = self.expected();
        let chance = DEVIATIONS.saturating_mul(expected.isqrt());
        let most = expected
            .checked_div(self.part)
            .unwrap_or_default()
            .saturating_add(chance)
            .saturating_add(PLANTED);
        self.count.abs_diff(expected) <= most
    }
}

/// Holds them against what is told; points issued are in hundredths.
pub(super) fn hold(tally: &Tally, issued: i64, scale: Scale) -> Result<(), DemoError> {
    let whole = |what, count, year, part| Rate {
        what,
        count,
        of: scale.of(year),
        per_ten_thousand: 10_000,
        part,
    };
    let tens = u64::try_from(issued / TEN_POINTS).unwrap_or_default();
    let year = [
        whole("contributions", tally.contributions, CONTRIBUTIONS, PART),
        whole("tens of points issued", tens, POINTS / 10, PART_OF_POINTS),
    ];
    rates(tally).into_iter().chain(year).try_for_each(|rate| {
        if rate.is_as_told() {
            return Ok(());
        }
        let Rate { what, count, .. } = rate;
        Err(DemoError::Rate { what, count, told: rate.expected() })
    })
}

fn rates(tally: &Tally) -> [Rate; 8] {
    let [a, b, c, d] = tally.grades;
    let (done, graded) = (tally.contributions, tally.grades.iter().sum());
    let rate =
        |what, count, of, per_ten_thousand| Rate { what, count, of, per_ten_thousand, part: PART };
    [
        rate("rejected", tally.rejections, done, 210),
        rate("taken back", tally.reversals, done, 60),
        rate("objected to", tally.objections, done, 30),
        // Nine of 172 objections.
        rate("objections upheld", tally.objections_upheld, tally.objections, 522),
        rate("of grade A", a, graded, 4_600),
        rate("of grade B", b, graded, 3_800),
        rate("of grade C", c, graded, 1_300),
        rate("of grade D", d, graded, 300),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A year as it is told, at a scale of so many hundredths.
    fn year(hundredths: u64) -> Tally {
        let of = |count: u64| count.saturating_mul(hundredths) / 100;
        Tally {
            contributions: of(57_500),
            rejections: of(1_207),
            reversals: of(345),
            objections: of(172),
            objections_upheld: of(9),
            grades: [26_000, 21_480, 7_350, 1_700].map(of),
            ..Tally::default()
        }
    }

    /// A point at a scale of so many hundredths, in hundredths.
    fn cents(hundredths: u64) -> i64 {
        i64::try_from(hundredths).unwrap()
    }

    #[test]
    fn a_year_as_told_holds_at_any_scale() {
        for (hundredths, scale) in [(100, "1"), (20, "0.2"), (5, "0.05"), (2, "0.02")] {
            let told = hold(&year(hundredths), 105_000 * cents(hundredths), scale.parse().unwrap());
            assert!(told.is_ok(), "{scale}: {told:?}");
        }
    }

    #[test]
    fn what_drifts_is_named() {
        let check = |hundredths, scale: &str, drift: fn(&mut Tally)| {
            let mut tally = year(hundredths);
            drift(&mut tally);
            match hold(&tally, 105_000 * cents(hundredths), scale.parse().unwrap()) {
                Err(DemoError::Rate { what, .. }) => what,
                told => panic!("{told:?}"),
            }
        };
        assert_eq!(check(100, "1", |tally| tally.rejections = 575), "rejected");
        assert_eq!(check(20, "0.2", |tally| tally.rejections = 115), "rejected");
        assert_eq!(check(100, "1", |tally| tally.reversals = 5), "taken back");
        assert_eq!(check(20, "0.2", |tally| tally.reversals = 5), "taken back");
        assert_eq!(check(100, "1", |tally| tally.objections = 90), "objected to");
        assert_eq!(check(100, "1", |tally| tally.objections_upheld = 40), "objections upheld");
        let fewer_of_c = |tally: &mut Tally| tally.grades = [26_000, 23_500, 5_330, 1_700];
        assert_eq!(check(100, "1", fewer_of_c), "of grade B");
        assert_eq!(check(100, "1", |tally| tally.contributions = 50_000), "contributions");
        let dearer = hold(&year(100), 13_000_000, Scale::WHOLE);
        assert!(matches!(dearer, Err(DemoError::Rate { what: "tens of points issued", .. })));
    }
}
