//! The planted stories: one volunteer at a class and on patrol at once, the last bag of rice, one
//! hazard that three report, a whistle that nobody answers, hours entered late for a friend, a
//! mediation whose settlement is broken, the erasure of who had mediated, a station off line for a
//! day, and three who wait for rice.

use linli_api::contribution::Grade;
use linli_api::hazard::Seriousness;
use ulid::Ulid;

use super::act::{Act, Habit, OUTSTANDING, PATROL, STUDY};
use super::case::Cases;
use super::diary::Diary;
use super::step::Steps;
use super::word::{self, Say};
use super::{Again, Case, Contribution, Move, Mover, What, again, evidence, mover};
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::population::{Officer, Place, Resident, Volunteer};

/// 8 November: what the racers are rewarded for.
const DEED_DAY: Day = Day(311);

/// 17 May: the class and the patrol.
const OVERLAP_DAY: Day = Day(136);

/// 20 December: the last bag of rice.
const RACE_DAY: Day = Day(353);

/// 20 and 21 December, after the race: a station is off line, and back a day later.
const OFF_LINE_DAYS: [Day; 2] = [Day(353), Day(354)];

/// 22 December, once the station has brought in what it handed out off line: three wait for rice.
const QUEUE_DAY: Day = Day(355);

/// Whole points that a panel gives the racers: the first has enough for one bag at 44 points and not for
/// two, the others have enough for two.
pub(crate) const RACERS_POINTS: [u64; 3] = [60, 100, 100];

/// 14 to 17 April: four days of ten hours that nobody saw.
const LATE_DAYS: [Day; 4] = [Day(103), Day(104), Day(105), Day(106)];

/// The day after, on which an administrator enters them.
const LATE_ENTRY: Day = Day(107);

/// 3 September: a mediation. Ten days later its settlement is broken, and again ten days later the
/// mediator serves at the station.
const MEDIATION_DAYS: [Day; 3] = [Day(245), Day(255), Day(265)];

/// 13 October: the mediator asks to be erased, with a history, a purse and a debt.
const ERASURE_DAY: Day = Day(285);

/// 15 April: one hazard, three reports.
const HAZARD_DAY: Day = Day(104);

/// 20 July: two neighbours have confirmed each other day after day.
const RING_DAY: Day = Day(200);

/// 10 June: a whistle. 10 July: another one, which is answered.
const WHISTLE_DAY: Day = Day(160);
const PUSH_DAY: Day = Day(190);

/// The stories that have to end as told.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    /// A patrol of somebody who was at a class at the time: refused.
    pub(crate) overlap: Contribution,
    /// Three residents with points for a bag of rice.
    pub(crate) racers: Vec<Resident>,
    /// When they race.
    pub(crate) race_at: Moment,
    /// When they wait for rice.
    pub(crate) queue_at: Moment,
    /// When a station loses its line, and when it is back.
    pub(crate) off_line: [Moment; 2],
    /// The reports of one hazard, the first one first, and when it is over.
    pub(crate) reports: Vec<Ulid>,
    pub(crate) hazard_over: Moment,
    /// When a whistle is blown, and who blows it and is called; and when another one is.
    pub(crate) whistle_at: Moment,
    pub(crate) push_at: Moment,
    pub(crate) chief: Officer,
    pub(crate) unit: Officer,
    /// Hours that an administrator enters late for a friend.
    pub(crate) late: LateEntry,
    /// A mediation whose settlement is broken after its points were spent.
    pub(crate) broken: BrokenSettlement,
    /// Two neighbours who confirm each other daily.
    pub(crate) ring: Ring,
    /// When the mediator of the broken settlement is erased, at the own wish.
    pub(crate) erased_at: Moment,
    /// A building's head who moves to another grid.
    pub(crate) mover: Mover,
    /// A dispute that is mediated twice, and pays once.
    pub(crate) again: Again,
    /// Who looks at the samples again: the district's own, who vouches for nothing.
    pub(crate) inspector: Officer,
}

/// Forty hours that an administrator enters late for a friend.
#[derive(Clone, Debug)]
pub(crate) struct LateEntry {
    pub(crate) claims: Vec<Contribution>,
    pub(crate) entered_at: Moment,
    /// The friend's grid officer.
    pub(crate) officer: Officer,
}

/// A mediation whose settlement is broken after its points were spent.
#[derive(Clone, Debug)]
pub(crate) struct BrokenSettlement {
    pub(crate) mediator: Resident,
    /// The case in which it was settled; what the mediator did in it.
    pub(crate) case: Case,
    /// Who vouches for it, one after the other.
    pub(crate) officers: [Officer; 2],
    /// When its notice is over, and its points are spent.
    pub(crate) spent_at: Moment,
    pub(crate) broken_at: Moment,
    /// Who takes the award back.
    pub(crate) reverser: Officer,
    /// What the mediator does afterwards.
    pub(crate) later: Contribution,
}

/// Two neighbours who confirm each other daily.
#[derive(Clone, Debug)]
pub(crate) struct Ring {
    pub(crate) one: Resident,
    pub(crate) other: Resident,
    pub(crate) grid: Ulid,
    /// When they have done so often enough.
    pub(crate) at: Moment,
    /// Who looks at what is held.
    pub(crate) reviewer: Officer,
}

impl Planted {
    /// Everybody who is kept out of the year's other redemptions.
    pub(crate) fn kept_out(&self) -> Vec<Resident> {
        let others = [&self.broken.mediator, &self.ring.one, &self.ring.other];
        self.racers.iter().chain(others).cloned().collect()
    }

    /// Officers who take part in them.
    pub(crate) fn officers(&self) -> impl Iterator<Item = Ulid> {
        let broken =
            self.broken.officers.iter().chain([&self.broken.reverser, &self.ring.reviewer]);
        let broken = broken.chain([&self.broken.case.officer]);
        let fair = broken.chain([&self.late.officer, &self.inspector, &self.mover.officer]);
        fair.chain([&self.chief, &self.unit]).map(|officer| officer.id)
    }
}

/// None if the place lacks somebody whom a story needs.
pub(super) fn plant(
    seed: u64,
    place: &Place,
    diary: &mut Diary,
    steps: &mut Steps,
) -> Option<Planted> {
    let mut chance = Chance::named(seed, "planted");
    let racers = diary.kept_out().to_vec();
    for (who, points) in racers.iter().zip(RACERS_POINTS) {
        reward(&mut chance, place, diary, steps, *who, points);
    }
    let (late, broken) = unfair(seed, &mut chance, place, diary)?;
    Some(Planted {
        late,
        broken,
        ring: ring(place, diary)?,
        mover: mover::plan(seed, place, diary)?,
        again: again::plan(seed, place, diary)?,
        erased_at: Moment::on(ERASURE_DAY, 10 * 60),
        inspector: *place.district_officers.first()?,
        overlap: overlap(&mut chance, place, diary, steps),
        racers: racers
            .iter()
            .take(RACERS_POINTS.len())
            .filter_map(|who| place.volunteers.get(*who))
            .map(|volunteer| volunteer.resident.clone())
            .collect(),
        race_at: Moment::on(RACE_DAY, 15 * 60),
        queue_at: Moment::on(QUEUE_DAY, 10 * 60),
        off_line: OFF_LINE_DAYS.map(|day| Moment::on(day, 16 * 60)),
        reports: one_hazard(&mut chance, place, steps),
        hazard_over: Moment::on(Day(HAZARD_DAY.0.saturating_add(3)), 0),
        whistle_at: Moment::on(WHISTLE_DAY, 12 * 60),
        push_at: Moment::on(PUSH_DAY, 12 * 60),
        chief: {
            let [_, chief] = place.leaders;
            chief
        },
        unit: place.unit,
    })
}

/// The two stories of what is taken back.
fn unfair(
    seed: u64,
    chance: &mut Chance,
    place: &Place,
    diary: &Diary,
) -> Option<(LateEntry, BrokenSettlement)> {
    let [.., mediator, friend] = diary.kept_out() else { return None };
    let (mediator, friend) = (place.volunteers.get(*mediator)?, place.volunteers.get(*friend)?);
    let mut claim = |who: &Volunteer, act, day, from: i64, minutes, evidence| {
        let start = Moment::on(day, from);
        let end = start.later(minutes);
        Some(Contribution {
            id: chance.id(end.milliseconds()),
            resident: who.resident.id,
            act,
            grid: place.grids.get(who.resident.grid)?.area,
            start,
            end,
            estate: None,
            beneficiary: None,
            alert: false,
            evidence,
        })
    };
    let unseen = evidence::of(Habit::Usual, Grade::D);
    let hours = LATE_DAYS.iter().map(|day| claim(friend, "PW-1", *day, 8 * 60, 600, unseen));
    let late = LateEntry {
        claims: hours.collect::<Option<Vec<_>>>()?,
        entered_at: Moment::on(LATE_ENTRY, 9 * 60),
        officer: place.grids.get(friend.resident.grid)?.full_time,
    };
    let [settled, broken, after] = MEDIATION_DAYS;
    let [vouching, reverser, ..] = place.community_officers.as_slice() else { return None };
    let on_paper = evidence::of(Habit::OnPaper, Grade::B);
    let signed = evidence::of(Habit::Usual, Grade::B);
    let mediation = claim(mediator, "ME-2", settled, 9 * 60, 120, on_paper)?;
    // A stream of its own, and a year without another case between these two.
    let case = Cases::new(seed.wrapping_add(1)).draw(place, mediator, &mediation)?;
    let broken = BrokenSettlement {
        mediator: mediator.resident.clone(),
        case: Case { unsettled: false, ..case },
        officers: [place.grids.get(mediator.resident.grid)?.full_time, *vouching],
        spent_at: Moment::on(Day(broken.0.saturating_sub(1)), 9 * 60),
        broken_at: Moment::on(broken, 9 * 60),
        reverser: *reverser,
        later: claim(mediator, "PW-1", after, 9 * 60, 120, signed)?,
    };
    Some((late, broken))
}

/// Two who are kept out of everything else, of two households.
fn ring(place: &Place, diary: &Diary) -> Option<Ring> {
    let [_, _, _, one, other, ..] = diary.kept_out() else { return None };
    let resident = |who: usize| place.volunteers.get(who).map(|one| one.resident.clone());
    let (one, other) = (resident(*one)?, resident(*other)?);
    let (grid, reviewer) = (place.grids.get(one.grid)?.area, *place.community_officers.first()?);
    (one.household != other.household).then_some(Ring {
        one,
        other,
        grid,
        at: Moment::on(RING_DAY, 10 * 60),
        reviewer,
    })
}

/// The same blocked fire lane, seen by three residents of three households within a day.
fn one_hazard(chance: &mut Chance, place: &Place, steps: &mut Steps) -> Vec<Ulid> {
    let mut homes = Vec::new();
    let others = place.volunteers.iter().filter(|volunteer| {
        let household = volunteer.resident.household;
        let new = homes.len() < 3 && !homes.contains(&household) && !volunteer.head;
        if new {
            homes.push(household);
        }
        new
    });
    let reporters: Vec<_> = others.collect();
    let Some(first) = reporters.first() else { return Vec::new() };
    let Some(grid) = place.grids.get(first.resident.grid) else { return Vec::new() };
    let mut ids = Vec::new();
    for (later, reporter) in (0_i64..).zip(&reporters) {
        let seen_at = Moment::on(HAZARD_DAY, 9 * 60).later(later.saturating_mul(7 * 60));
        let id = chance.id(seen_at.milliseconds());
        let what = What::Report {
            reporter: reporter.resident.id,
            grid: grid.area,
            seriousness: Seriousness::Ordinary,
            spot: ids.first().copied().unwrap_or(id),
            seen_at,
        };
        let at = steps.number(seen_at);
        steps.make(at, Move { id, what });
        ids.push(id);
    }
    let Some((first_id, last)) = ids.first().zip(place.community_officers.first()) else {
        return ids;
    };
    let at = steps.number(Moment::on(Day(HAZARD_DAY.0.saturating_add(1)), 10 * 60));
    let officer = grid.full_time;
    let seriousness = Seriousness::Ordinary;
    for (stops, what) in [
        (0, What::Verify { officer, seriousness }),
        (0, What::Accept { officer }),
        (1, What::Close { officer }),
        (2, What::Check { officer: *last }),
    ] {
        steps.make(at.saturating_add(stops), Move { id: *first_id, what });
    }
    ids
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
        estate: None,
        beneficiary: None,
        alert: false,
        evidence: evidence::of(Habit::OnPaper, Grade::B),
    };
    let officers = word::officers(chance, place, volunteer, OUTSTANDING.path, &claim);
    word::say(
        chance,
        steps,
        &claim,
        &officers,
        Say::Verify { assessed: Some(points), difficulty: None },
    );
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
            estate: None,
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
    word::say(chance, steps, &class, &officers, Say::Verify { assessed: None, difficulty: None });
    steps.submit(class);
    patrol
}
