//! Evidence: the signals by which a grade comes about.

use linli_api::contribution::{AttachmentKind, Grade, Signal};

use super::act::{Act, Habit};
use crate::chance::{Chance, Wheel};

/// What vouches for a contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The grade that the profile gives for the signals.
    pub(crate) grade: Grade,
    pub(crate) signals: &'static [Signal],
    /// What is attached, if anything.
    pub(crate) attachment: Option<AttachmentKind>,
}

const CODE_AND_PLACE: &[Signal] = &[
    Signal::RotatingCode,
    Signal::SignInOut,
    Signal::Place,
    Signal::InsideShift,
    Signal::Confirmed,
];
const CHECKPOINTS: &[Signal] =
    &[Signal::SignInOut, Signal::InsideShift, Signal::CheckpointsScanned];
const SIGNED_IN_AND_OUT: &[Signal] = &[Signal::SignInOut, Signal::Place, Signal::InsideShift];
const PAPER_AND_WORD: &[Signal] = &[Signal::Confirmed, Signal::PaperSheet];
const PHOTO: &[Signal] = &[Signal::Photo];
const PAPER: &[Signal] = &[Signal::PaperSheet];
const ADMINISTRATOR: &[Signal] = &[Signal::AdministratorEntry];

/// What the ledger itself vouches for: both sides said so.
pub(super) const BY_BOTH: Evidence = Evidence { grade: Grade::B, signals: &[], attachment: None };

/// In a thousand contributions, how many of grade A, B, C and D. Over the whole year it comes to
/// about 46, 38, 13 and 3 in a hundred.
const fn odds(habit: Habit) -> [u64; 4] {
    match habit {
        Habit::Patrol => [900, 85, 10, 5],
        Habit::Usual => [45, 607, 288, 60],
        Habit::Snapshot => [20, 210, 750, 20],
        Habit::OnPaper => [40, 900, 60, 0],
    }
}

/// Evidence as people bring it for such an act.
pub(super) fn draw(chance: &mut Chance, act: &Act) -> Evidence {
    match Wheel::new(odds(act.habit)).spin(chance) {
        Some(0) => of(act.habit, Grade::A),
        Some(2) => of(act.habit, Grade::C),
        Some(3) => of(act.habit, Grade::D),
        _ => of(act.habit, Grade::B),
    }
}

/// Evidence of this grade for an act of this habit.
pub(super) const fn of(habit: Habit, grade: Grade) -> Evidence {
    let (signals, attachment) = match (grade, habit) {
        (Grade::A, Habit::Patrol) => (CHECKPOINTS, None),
        (Grade::A, _) => (CODE_AND_PLACE, None),
        (Grade::B, Habit::Patrol | Habit::Usual) => (SIGNED_IN_AND_OUT, None),
        (Grade::B, Habit::Snapshot) => (PAPER_AND_WORD, Some(AttachmentKind::Photo)),
        (Grade::B, Habit::OnPaper) => (PAPER_AND_WORD, Some(AttachmentKind::Document)),
        (Grade::C, Habit::OnPaper) => (PAPER, Some(AttachmentKind::Paper)),
        (Grade::C, Habit::Patrol | Habit::Usual | Habit::Snapshot) => {
            (PHOTO, Some(AttachmentKind::Photo))
        }
        (Grade::D, _) => (ADMINISTRATOR, None),
    };
    Evidence { grade, signals, attachment }
}
