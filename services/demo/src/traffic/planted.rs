//! The planted stories: one volunteer at a class and on patrol at once, and the last bag of rice.

use linli_api::contribution::Grade;
use ulid::Ulid;

use super::act::{Act, Habit, OUTSTANDING, PATROL, STUDY};
use super::diary::{Diary, KEPT_OUT};
use super::step::Steps;
use super::word::{self, Say};
use super::{Contribution, evidence};
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::population::{Place, Resident};

/// 8 November: what the racers are rewarded for.
const DEED_DAY: Day = Day(311);

/// 17 May: the class and the patrol.
const OVERLAP_DAY: Day = Day(136);

/// 20 December: the last bag of rice.
const RACE_DAY: Day = Day(353);

/// Whole points that a panel gives the racers: each has enough for one bag at 44 points, and none
/// for two.
pub(crate) const RACERS_POINTS: [u64; KEPT_OUT] = [60, 50, 50];

/// The stories that have to end as told.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    /// A patrol of somebody who was at a class at the time: refused.
    pub(crate) overlap: Contribution,
    /// Three residents with points for one bag of rice each.
    pub(crate) racers: Vec<Resident>,
    /// When they race.
    pub(crate) race_at: Moment,
}

pub(super) fn plant(seed: u64, place: &Place, diary: &mut Diary, steps: &mut Steps) -> Planted {
    let mut chance = Chance::named(seed, "planted");
    let racers = diary.kept_out().to_vec();
    for (who, points) in racers.iter().zip(RACERS_POINTS) {
        reward(&mut chance, place, diary, steps, *who, points);
    }
    Planted {
        overlap: overlap(&mut chance, place, diary, steps),
        racers: racers
            .iter()
            .filter_map(|who| place.volunteers.get(*who))
            .map(|volunteer| volunteer.resident.clone())
            .collect(),
        race_at: Moment::on(RACE_DAY, 15 * 60),
    }
}

fn reward(
    chance: &mut Chance,
    place: &Place,
    diary: &mut Diary,
    steps: &mut Steps,
    who: usize,
    points: u64,
) {
    let Some(volunteer) = place.volunteers.get(who) else { return };
    let (start, end) = (Moment::on(DEED_DAY, 10 * 60), Moment::on(DEED_DAY, 11 * 60));
    diary.book(who, &OUTSTANDING, start, end);
    let grid = place.grids.get(volunteer.resident.grid).map(|grid| grid.area);
    let claim = Contribution {
        id: chance.id(end.milliseconds()),
        resident: volunteer.resident.id,
        act: OUTSTANDING.code,
        grid: grid.unwrap_or(place.community),
        start,
        end,
        beneficiary: None,
        alert: false,
        evidence: evidence::of(Habit::OnPaper, Grade::B),
    };
    let officers = word::officers(chance, place, volunteer, OUTSTANDING.path, &claim);
    word::say(chance, steps, &claim, &officers, Say::Verify { assessed: Some(points) });
    steps.submit(claim);
}

/// Somebody who patrols goes to a class; the patrol half an hour later is what the ledger has to
/// refuse.
fn overlap(
    chance: &mut Chance,
    place: &Place,
    diary: &mut Diary,
    steps: &mut Steps,
) -> Contribution {
    let patrols = place
        .volunteers
        .iter()
        .enumerate()
        .find_map(|(who, volunteer)| Some((who, volunteer, volunteer.patrol?)));
    let grid = |number: usize| place.grids.get(number).map_or(place.community, |grid| grid.area);
    let (who, resident, post) = match patrols {
        Some((who, volunteer, post)) => (who, volunteer.resident.id, post.grid),
        None => (0, Ulid::default(), 0),
    };
    let mut claim = |act: &Act, start: i64, grade| {
        let start = Moment::on(OVERLAP_DAY, start);
        let end = start.later(act.minutes.0);
        Contribution {
            id: chance.id(end.milliseconds()),
            resident,
            act: act.code,
            grid: grid(post),
            start,
            end,
            beneficiary: None,
            alert: false,
            evidence: evidence::of(act.habit, grade),
        }
    };
    let class = claim(&STUDY, 13 * 60 + 30, Grade::B);
    let patrol = claim(&PATROL, 14 * 60, Grade::A);
    // Nothing else that day until the patrol would be over, so that only the class stands in its
    // way.
    diary.book(who, &STUDY, class.start, patrol.end);
    let officer = place.grids.get(post).map(|grid| grid.full_time);
    let officers: Vec<_> = officer.into_iter().collect();
    word::say(chance, steps, &class, &officers, Say::Verify { assessed: None });
    steps.submit(class);
    patrol
}
