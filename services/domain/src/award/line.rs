//! The lines that explain an award.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::contribution::{Difficulty, Grade, Signals};
use crate::quantity::{Merit, Minutes, Points};
use crate::rules::{Cap, Unit};

/// One step from a contribution to its award. `points` is what stands after the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Line {
    /// So many units at so many base points each.
    Base {
        /// What a unit is.
        unit: Unit,
        /// How many counted, after the caps.
        units: Decimal,
        /// Base points for one.
        each: Points,
        /// Units × each.
        points: Decimal,
    },
    /// A cap let less count: "2.0 h counted of 3.5 h".
    CapCut {
        /// Which cap.
        cap: Cap,
        /// What counted: minutes, times or hundredths of points, as the cap's limit counts.
        counted: i64,
        /// Of what.
        of: i64,
    },
    /// The mediation case ended unsettled: a part of the base points.
    Unsettled {
        /// The part.
        factor: Decimal,
        /// Base points after it.
        points: Decimal,
    },
    /// The night coefficient.
    Night {
        /// The factor.
        factor: Decimal,
        /// Points after it.
        points: Decimal,
    },
    /// The weather-alert coefficient.
    Alert {
        /// The factor.
        factor: Decimal,
        /// Points after it.
        points: Decimal,
    },
    /// How hard it was.
    Difficulty {
        /// The level that the verifier found.
        level: Difficulty,
        /// The factor.
        factor: Decimal,
        /// Points after it.
        points: Decimal,
    },
    /// It was for somebody who gets assistance.
    Assisted {
        /// The factor.
        factor: Decimal,
        /// Points after it.
        points: Decimal,
    },
    /// Merit: base points × weight × the grade's factor.
    Merit {
        /// The act's weight.
        weight: Decimal,
        /// The grade's factor.
        factor: Decimal,
        /// The merit credited.
        merit: Merit,
    },
    /// The grade's part of the points.
    GradePart {
        /// The grade.
        grade: Grade,
        /// Its factor.
        factor: Decimal,
        /// Points after it, rounded to the step.
        points: Points,
    },
    /// The evidence is weaker than the act's points need: merit and minutes alone.
    EvidenceTooWeak {
        /// The grade it has.
        grade: Grade,
        /// The grade that points need.
        least: Grade,
    },
    /// The act's points need what the evidence doesn't hold: merit and minutes alone.
    EvidenceLacks {
        /// What is not there.
        lacking: Signals,
    },
    /// The grade's month cap left less.
    GradeCap {
        /// The cap.
        cap: Points,
        /// Points after it.
        points: Points,
    },
    /// The month cap over all acts left less.
    MonthCap {
        /// The cap.
        cap: Points,
        /// Points after it.
        points: Points,
    },
    /// The pool is low, and gives a part.
    Throttled {
        /// What the pool still had.
        left: Points,
        /// It is low while it has less than this.
        below: Points,
        /// The part of an award that it then gives.
        part: Decimal,
        /// Points after it.
        points: Points,
    },
    /// The pool had less, or none.
    PoolShort {
        /// What the pool still had.
        left: Points,
        /// Points after it.
        points: Points,
    },
    /// What was owed for reversed contributions took a part.
    Repaid {
        /// What was owed before.
        owed: Points,
        /// What of the award went there.
        repaid: Points,
        /// Points after it, that came into the wallet.
        points: Points,
    },
    /// The minutes credited.
    MinutesCredited {
        /// How many.
        minutes: Minutes,
        /// Only as honour minutes?
        honour: bool,
    },
}
