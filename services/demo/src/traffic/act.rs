//! The acts of the demo's year: how often, how long, by whom, and who has to verify.

use linli_api::award::Category;

/// For whom an act is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Served {
    Nobody,
    /// Somebody of an assisted household.
    Assisted,
    /// Somebody of another household.
    Neighbour,
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Anybody,
    /// Heads of buildings.
    Heads,
}

/// Whose words award it, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Head,
    Grid,
    Community,
    SubDistrict,
    GridThenCommunity,
    CommunityThenSubDistrict,
}

/// How evidence of an act usually looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    Patrol,
    Usual,
    /// A photograph sent from the street.
    Snapshot,
    /// On paper, with a second person's word.
    OnPaper,
}

/// How often one person does it at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Most {
    Any,
    AMonth(u16),
    AYear(u16),
}

/// An act of the rules as it is done in Dingshan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) code: &'static str,
    pub(super) category: Category,
    /// How often in the year, at scale 1.
    pub(super) times: u64,
    /// The shortest and the longest, in minutes.
    pub(super) minutes: (i64, i64),
    pub(super) by: By,
    pub(super) most: Most,
    pub(super) served: Served,
    pub(super) path: Path,
    pub(super) habit: Habit,
    /// Done outdoors, where a weather alert counts?
    pub(super) outdoors: bool,
}

const fn act(code: &'static str, category: Category, times: u64, minutes: (i64, i64)) -> Act {
    Act {
        code,
        category,
        times,
        minutes,
        by: By::Anybody,
        most: Most::Any,
        served: Served::Nobody,
        path: Path::Grid,
        habit: Habit::Usual,
        outdoors: false,
    }
}

/// A patrol slot; its times are those of the persons.
pub(super) const PATROL: Act =
    Act { habit: Habit::Patrol, outdoors: true, ..act("PA-1", Category::Patrol, 28_080, (90, 90)) };

/// A deed that a panel assesses.
pub(super) const OUTSTANDING: Act = Act {
    path: Path::CommunityThenSubDistrict,
    habit: Habit::OnPaper,
    ..act("OC-1", Category::Outstanding, 24, (30, 120))
};

/// A micro-wish.
pub(super) const WISH: &str = "AS-2";

/// A corridor or a fire lane that is cleared.
pub(super) const CLEARING: &str = "EN-2";

/// Classes begin at these minutes of the day, in the afternoon and in the evening.
pub(super) const CLASSES: [i64; 2] = [14 * 60 + 30, 20 * 60];

/// A study session: attended at a class.
pub(super) const STUDY: Act =
    Act { most: Most::AYear(12), ..act("ST-1", Category::Study, 5_700, (90, 90)) };

/// All that is not patrol, 29,364 times in all.
pub(super) const SERVICES: [Act; 21] = [
    STUDY,
    act("ST-2", Category::Study, 300, (60, 120)),
    act("CU-1", Category::Culture, 1_230, (60, 150)),
    Act { most: Most::AMonth(2), ..act("CU-2", Category::Culture, 490, (90, 180)) },
    Act { outdoors: true, ..act("EN-1", Category::Environment, 6_300, (60, 150)) },
    Act { most: Most::AMonth(4), ..act(CLEARING, Category::Environment, 900, (45, 120)) },
    Act { habit: Habit::Snapshot, ..act("HZ-1", Category::Hazard, 2_801, (10, 15)) },
    Act {
        habit: Habit::Snapshot,
        path: Path::CommunityThenSubDistrict,
        ..act("HZ-2", Category::Hazard, 64, (10, 30))
    },
    Act {
        habit: Habit::Snapshot,
        path: Path::SubDistrict,
        ..act("HZ-3", Category::Hazard, 6, (10, 30))
    },
    Act { habit: Habit::Snapshot, ..act("HZ-F", Category::Hazard, 29, (10, 15)) },
    Act { most: Most::AMonth(6), ..act("ME-0", Category::Mediation, 420, (30, 75)) },
    Act { habit: Habit::OnPaper, ..act("ME-1", Category::Mediation, 160, (60, 120)) },
    Act {
        habit: Habit::OnPaper,
        path: Path::GridThenCommunity,
        ..act("ME-2", Category::Mediation, 34, (90, 180))
    },
    Act {
        habit: Habit::OnPaper,
        path: Path::SubDistrict,
        ..act("ME-3", Category::Mediation, 6, (120, 240))
    },
    Act { served: Served::Assisted, ..act("AS-1", Category::Assistance, 4_000, (30, 90)) },
    Act {
        served: Served::Assisted,
        most: Most::AMonth(2),
        ..act(WISH, Category::Assistance, 300, (30, 120))
    },
    act("PW-1", Category::PublicWelfare, 3_620, (75, 210)),
    Act {
        by: By::Heads,
        most: Most::AMonth(1),
        habit: Habit::OnPaper,
        path: Path::Community,
        ..act("LI-1", Category::PublicWelfare, 1_060, (60, 60))
    },
    Act {
        most: Most::AYear(4),
        habit: Habit::OnPaper,
        path: Path::Community,
        ..act("PW-2", Category::PublicWelfare, 110, (30, 60))
    },
    Act {
        most: Most::AYear(2),
        habit: Habit::OnPaper,
        ..act("PW-3", Category::PublicWelfare, 210, (30, 60))
    },
    Act {
        served: Served::Neighbour,
        path: Path::Head,
        ..act("MA-1", Category::MutualAid, 1_600, (30, 120))
    },
];

/// What the act of this code counts as.
pub(crate) fn category(code: &str) -> Option<Category> {
    let all = SERVICES.iter().chain([&PATROL, &OUTSTANDING]);
    all.into_iter().find(|act| act.code == code).map(|act| act.category)
}

/// Is the act of this code awarded by the grid's word alone, and no mediation?
pub(super) fn by_the_grid(code: &str) -> bool {
    let all = SERVICES.iter().chain([&PATROL]);
    let by_grid = |act: &Act| act.path == Path::Grid && act.category != Category::Mediation;
    all.into_iter().any(|act| act.code == code && by_grid(act))
}
