use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use linli_api::aid::AidKind;
use linli_api::award::Category;
use linli_api::contribution::Grade;
use linli_api::hazard::Dismissal;

use super::act::SERVICES;
use super::*;
use crate::calendar::Day;

const SEED: u64 = 2025;

/// The whole year, built once for all tests.
static WHOLE: LazyLock<(Place, Plan)> = LazyLock::new(|| plan(Scale::WHOLE));

fn plan(scale: Scale) -> (Place, Plan) {
    let place = Place::build(SEED);
    let plan = Plan::build(SEED, &place, scale).unwrap();
    (place, plan)
}

/// What is done, whether somebody claims it or has a seat for it.
struct Done {
    id: Ulid,
    resident: Ulid,
    act: &'static str,
    grid: Ulid,
    start: Moment,
    end: Moment,
    grade: Grade,
    alert: bool,
}

fn claimed(plan: &Plan) -> impl Iterator<Item = Done> + '_ {
    let claims = plan.steps.iter().flat_map(|step| &step.contributions);
    claims.chain(&plan.wishes).map(|claim| Done {
        id: claim.id,
        resident: claim.resident,
        act: claim.act,
        grid: claim.grid,
        start: claim.start,
        end: claim.end,
        grade: claim.evidence.grade,
        alert: claim.alert,
    })
}

fn seated(plan: &Plan) -> impl Iterator<Item = Done> + '_ {
    let grids: Vec<Ulid> = WHOLE.0.grids.iter().map(|grid| grid.area).collect();
    plan.shifts.iter().flat_map(move |shift| {
        let grid = grids[shift.grid];
        shift.served().map(move |seat| Done {
            id: seat.id,
            resident: seat.resident,
            act: shift.act,
            grid,
            start: shift.start,
            end: shift.end,
            grade: seat.manner.grade().unwrap(),
            alert: shift.alert,
        })
    })
}

fn contributions(plan: &Plan) -> impl Iterator<Item = Done> + '_ {
    claimed(plan).chain(seated(plan))
}

fn moves(plan: &Plan) -> impl Iterator<Item = &Move> {
    plan.steps.iter().flat_map(|step| &step.moves)
}

fn words(plan: &Plan) -> impl Iterator<Item = &Word> {
    plan.steps.iter().flat_map(|step| &step.words)
}

/// Of how many in a thousand this is true.
fn per_mille<T>(all: impl Iterator<Item = T>, is: impl Fn(&T) -> bool) -> usize {
    let all: Vec<T> = all.collect();
    let count = all.iter().filter(|one| is(one)).count();
    count.saturating_mul(1_000).checked_div(all.len()).unwrap_or_default()
}

#[test]
fn the_year_has_the_counts_of_the_story() {
    let (_, plan) = &*WHOLE;
    let mut counts: BTreeMap<Category, usize> = BTreeMap::new();
    for contribution in contributions(plan) {
        *counts.entry(category(contribution.act).unwrap()).or_default() += 1;
    }
    assert_eq!(
        counts,
        BTreeMap::from([
            (Category::Patrol, 28_080),
            // One more is the planted class.
            (Category::Study, 6_001),
            // Eighty more are referrals, which come by themselves.
            (Category::Culture, 1_720),
            (Category::Environment, 7_200),
            (Category::Assistance, 4_300),
            (Category::PublicWelfare, 5_000),
            // Three more are the racers' deeds.
            (Category::Outstanding, 27),
        ])
    );
    let cases = || plan.steps.iter().flat_map(|step| &step.cases);
    let of = |act| cases().filter(|case| case.claim.act == act).count();
    assert_eq!(["ME-0", "ME-1", "ME-2", "ME-3"].map(of), [420, 160, 34, 6]);
    let unsettled = cases().filter(|case| case.unsettled).count();
    assert!((20..60).contains(&unsettled), "{unsettled} of 620 unsettled");
    // Hazards and mutual aid have a way of their own; three more reports are planted.
    let made = |is: fn(&What) -> bool| moves(plan).filter(|one| is(&one.what)).count();
    assert_eq!(made(|what| matches!(what, What::Report { .. })), 2_903);
    let begun = |kind| {
        let is = |what: &What| matches!(what, What::Begin { kind: found, .. } if *found == kind);
        moves(plan).filter(|one| is(&one.what)).count()
    };
    let (asks, offers) = (begun(AidKind::Ask), begun(AidKind::Offer));
    assert_eq!((asks + offers, begun(AidKind::Wish)), (1_600, 300));
    assert!(offers.abs_diff(528) <= 60, "{offers} of 1600 offered");
    assert_eq!(plan.steps.iter().map(|step| step.redemptions.len()).sum::<usize>(), 2_600);
    assert_eq!(SERVICES.iter().map(|act| act.times).sum::<u64>() + 24 + 28_080, 57_444);
}

#[test]
fn a_scale_scales_traffic_alone() {
    for (scale, contributed, redeemed) in
        [("0.2", 10_464, 520), ("0.01", 528, 26), ("2", 104_652, 5_200)]
    {
        let (place, plan) = plan(scale.parse().unwrap());
        assert_eq!(place.residents.len(), 10_537);
        assert!(contributions(&plan).count().abs_diff(contributed) <= 8, "{scale}");
        assert_eq!(plan.steps.iter().map(|step| step.redemptions.len()).sum::<usize>(), redeemed);
    }
}

#[test]
fn nobody_is_in_two_places() {
    let (_, plan) = &*WHOLE;
    let mut by_person: BTreeMap<Ulid, Vec<(Moment, Moment)>> = BTreeMap::new();
    let sat = plan.steps.iter().flat_map(|step| &step.cases).map(|case| &case.claim);
    let sat = sat.map(|claim| (claim.resident, claim.start, claim.end));
    let done = contributions(plan).map(|one| (one.resident, one.start, one.end));
    // Those who sign up and don't come could have been there.
    let away = plan.shifts.iter().flat_map(|shift| {
        let others = shift.seats.iter().filter(|seat| seat.manner.grade().is_none());
        others.map(|seat| (seat.resident, shift.start, shift.end))
    });
    for (resident, start, end) in done.chain(sat).chain(away) {
        assert!(start < end && start.day() == end.day());
        by_person.entry(resident).or_default().push((start, end));
    }
    for intervals in by_person.values_mut() {
        intervals.sort_unstable();
        assert!(intervals.windows(2).all(|two| two[0].1 <= two[1].0));
    }
    let overlap = &plan.planted.overlap;
    let others = contributions(plan).filter(|other| {
        other.resident == overlap.resident && other.start < overlap.end && overlap.start < other.end
    });
    assert_eq!(others.map(|other| other.act).collect::<Vec<_>>(), ["ST-1"]);
}

#[test]
fn all_is_submitted_on_its_day_and_decided_after() {
    let (_, plan) = &*WHOLE;
    let mut submitted = BTreeSet::new();
    let mut seats: Vec<_> = seated(plan).map(|seat| (seat.end, seat.id)).collect();
    seats.sort_unstable();
    let mut seats = seats.into_iter().peekable();
    for step in &plan.steps {
        while let Some((_, id)) = seats.next_if(|(end, _)| *end < step.at) {
            assert!(submitted.insert(id));
        }
        for word in &step.words {
            assert!(submitted.contains(&word.contribution), "a word before its contribution");
        }
        for contribution in &step.contributions {
            assert!(contribution.end <= step.at && contribution.end.day() == step.at.day());
            assert!(submitted.insert(contribution.id));
        }
        let confirmed = step.moves.iter().filter(|one| matches!(one.what, What::Confirm { .. }));
        submitted.extend(confirmed.map(|one| one.id));
        for case in &step.cases {
            assert!(case.claim.end <= step.at && case.claim.end.day() == step.at.day());
            assert!(submitted.insert(case.claim.id));
        }
    }
}

#[test]
fn grades_and_rejections_are_in_proportion() {
    let (_, plan) = &*WHOLE;
    // Without hazards, whose photographs were most of grade C; a checked order is of grade B.
    for (grade, expected) in [(Grade::A, 497), (Grade::B, 333), (Grade::C, 139), (Grade::D, 32)] {
        let found = per_mille(contributions(plan), |one| one.grade == grade);
        assert!(found.abs_diff(expected) <= 15, "{grade:?}: {found} of 1000");
    }
    let rejected: BTreeSet<_> = words(plan)
        .filter(|word| matches!(word.say, Say::Reject(_)))
        .map(|w| w.contribution)
        .collect();
    let found = per_mille(contributions(plan), |one| rejected.contains(&one.id));
    assert!(found.abs_diff(22) <= 3, "{found} of 1000 rejected");

    let reports: Vec<_> = moves(plan)
        .filter_map(|one| {
            let What::Report { spot, .. } = one.what else { return None };
            Some((one.id, spot))
        })
        .collect();
    let about = |is: &dyn Fn(&What) -> bool| {
        let of: BTreeSet<_> = moves(plan).filter(|one| is(&one.what)).map(|one| one.id).collect();
        of.len() * 1_000 / reports.len()
    };
    let verified = about(&|what| matches!(what, What::Verify { .. }));
    let bad = about(&|what| matches!(what, What::Dismiss { why: Dismissal::BadFaith, .. }));
    let linked = reports.iter().filter(|(id, spot)| id != spot).count() * 1_000 / reports.len();
    assert!(verified.abs_diff(550) <= 25, "{verified} of 1000 hazards verified");
    assert!(linked.abs_diff(120) <= 20, "{linked} of 1000 hazards reported twice");
    assert!(bad.abs_diff(10) <= 3, "{bad} of 1000 in bad faith");
}

#[test]
fn the_year_has_its_shape() {
    let (_, plan) = &*WHOLE;
    let on = |is: &dyn Fn(Day) -> bool| {
        let of_day = contributions(plan).filter(|one| one.act != "PA-1" && is(one.start.day()));
        of_day.count() * 10 / Day::all().filter(|day| is(*day)).count()
    };
    let plain = on(&|day| day.month() == 4 && !day.is_weekend());
    assert!(on(&|day| day.is_spring_festival()) * 2 < plain, "Spring Festival");
    assert!(on(&|day| day.month_and_day() == (3, 5)) > plain * 3, "5 March");
    assert!(on(&|day| day.month_and_day() == (12, 5)) > plain * 3, "5 December");
    assert!(on(&|day| day.month() == 4 && day.is_weekend()) * 10 > plain * 14, "weekends");

    let redeemed = |is: &dyn Fn(Day) -> bool| {
        let steps = plan.steps.iter().filter(|step| is(step.at.day()));
        steps.map(|step| step.redemptions.len()).sum::<usize>()
    };
    let end = redeemed(&|day| day.month() == 9 && day.left_in_month() < 7);
    let start = redeemed(&|day| day.month() == 9 && day.of_month() <= 7);
    assert!(end > start * 3, "the end of a quarter: {end} against {start}");
    assert!(
        contributions(plan).all(|one| !one.alert || matches!(one.start.day().month(), 1 | 7 | 8))
    );
    assert!(contributions(plan).filter(|one| one.alert).count() > 1_500);
}

#[test]
fn patrols_and_classes_are_activities_with_seats() {
    let (_, plan) = &*WHOLE;
    assert!(plan.shifts.is_sorted_by_key(|shift| shift.start));
    let part = |act: &str, least: usize| {
        let (seats, claims) = (seated(plan), claimed(plan));
        let seats = seats.filter(|one| one.act == act).count();
        let all = seats + claims.filter(|one| one.act == act).count();
        assert!(seats * 100 >= all * least, "{seats} of {all} {act}");
    };
    part("PA-1", 97);
    part("ST-1", 85);
    let seats = || plan.shifts.iter().flat_map(|shift| &shift.seats);
    let count = |manner| seats().filter(|seat| seat.manner == manner).count();
    assert!(count(Manner::Forgets) > 500, "{} forgotten", count(Manner::Forgets));
    assert!(count(Manner::StaysAway) > 50 && count(Manner::GivesUp) > 50);
    for shift in &plan.shifts {
        // Who gives a seat up had the last of them: one waits.
        let waits = usize::from(shift.seats.iter().any(|seat| seat.manner == Manner::GivesUp));
        assert!(shift.seats.len() <= usize::from(shift.room) + waits, "{shift:?}");
        let scans = shift.seats.iter().any(|seat| matches!(seat.manner, Manner::Scans(_)));
        assert!(shift.is_patrol() || !scans);
    }
}

#[test]
fn some_object_and_few_are_right() {
    let (_, plan) = &*WHOLE;
    let claims = plan.steps.iter().flat_map(|step| &step.contributions).chain(&plan.wishes);
    let drawn: Vec<_> = claims.filter_map(|claim| Objection::draw(SEED, claim)).collect();
    // 0.3 % of 57,500, and nine upheld.
    assert!(drawn.len().abs_diff(172) <= 20, "{} objections", drawn.len());
    let upheld = drawn.iter().filter(|objection| objection.upheld).count();
    assert!(upheld.abs_diff(9) <= 4, "{upheld} upheld");
    let appeals: Vec<bool> = drawn.iter().filter_map(|objection| objection.appeal).collect();
    assert!(appeals.contains(&true) && appeals.contains(&false), "{appeals:?}");
}

#[test]
fn some_is_taken_back_all_over_the_year() {
    let (_, plan) = &*WHOLE;
    let drawn: Vec<_> = contributions(plan)
        .filter_map(|one| Some((one.end, Reversal::draw(SEED, one.id, one.act)?)))
        .collect();
    // 0.6 % of 57,500, and a tenth more that is rejected or held first, or found only after the year.
    assert!(drawn.len().abs_diff(375) <= 40, "{} are taken back", drawn.len());
    let months: BTreeSet<u8> = drawn.iter().map(|(end, _)| end.day().month()).collect();
    assert_eq!(months.len(), 12);
    assert!(drawn.iter().all(|(_, it)| (3..=60).contains(&(it.later / 1_440))));
}

#[test]
fn few_do_much() {
    let (place, plan) = &*WHOLE;
    let mut counts: BTreeMap<Ulid, usize> = BTreeMap::new();
    for contribution in contributions(plan) {
        *counts.entry(contribution.resident).or_default() += 1;
    }
    let mut counts: Vec<usize> = counts.into_values().collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let top: usize = counts.iter().take(place.volunteers.len() / 10).sum();
    let share = top * 100 / counts.iter().sum::<usize>();
    assert!((45..=60).contains(&share), "the top tenth does {share} %");
    assert!(counts.len() > 1_000, "{} serve at all", counts.len());
}

#[test]
fn patrols_walk_in_pairs_and_the_keenest_as_often_as_is_rewarded() {
    let (_, plan) = &*WHOLE;
    let mut slots: BTreeMap<(Ulid, Moment), usize> = BTreeMap::new();
    let mut months: BTreeMap<(Ulid, u8), usize> = BTreeMap::new();
    for patrol in contributions(plan).filter(|one| one.act == "PA-1") {
        *slots.entry((patrol.grid, patrol.start)).or_default() += 1;
        *months.entry((patrol.resident, patrol.start.day().month())).or_default() += 1;
    }
    assert_eq!(slots.len(), 14_040);
    assert!(slots.values().all(|persons| *persons == 2));
    let most = months.values().max().copied().unwrap();
    assert!((18..=24).contains(&most), "{most} slots in a month");
}

#[test]
fn the_same_seed_gives_the_same_plan() {
    let digest = |seed| {
        let place = Place::build(seed);
        let plan = Plan::build(seed, &place, Scale::WHOLE).unwrap();
        // FNV-1a over the whole plan.
        format!("{plan:?}").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    assert_eq!(digest(SEED), digest(SEED));
    assert_ne!(digest(SEED), digest(SEED + 1));
}
