use std::collections::{BTreeMap, HashSet};

use linli_api::item::ItemKind;
use linli_api::supplier::SupplierKind;

use super::*;

const SEED: u64 = 2025;

#[test]
fn the_counts_are_those_of_the_story() {
    let place = Place::build(SEED);
    let kinds = |kind| place.items.iter().filter(|item| item.kind == kind).count();
    assert_eq!(place.residents.len(), 10_537);
    assert_eq!(place.households.len(), 3_396);
    assert_eq!(place.grids.len(), 13);
    assert_eq!(place.micro_grids.len(), 253);
    assert_eq!(place.areas.len(), 1 + 5 + 1 + 13 + 253);
    assert_eq!(place.officers().count(), 13 + 26 + 253 + 3 + 2 + 2 + 3);
    assert_eq!(place.suppliers.len(), 31);
    assert_eq!(place.stations.len(), 4);
    assert_eq!(place.items.len(), 90);
    assert_eq!((kinds(ItemKind::Goods), kinds(ItemKind::Service)), (60, 18));
    assert_eq!(place.pools.iter().map(|pool| pool.points).sum::<u64>(), 115_000);
}

#[test]
fn micro_grids_have_ten_to_fourteen_households() {
    let place = Place::build(SEED);
    let mut sizes: BTreeMap<_, usize> = BTreeMap::new();
    for household in &place.households {
        *sizes.entry(household.micro_grid).or_default() += 1;
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for size in sizes.values() {
        *counts.entry(*size).or_default() += 1;
    }
    assert_eq!(counts, BTreeMap::from([(10, 8), (11, 10), (12, 17), (13, 50), (14, 168)]));
}

#[test]
fn everybody_lives_in_a_household_of_up_to_six() {
    let place = Place::build(SEED);
    let mut members: BTreeMap<_, usize> = BTreeMap::new();
    for resident in &place.residents {
        *members.entry(resident.household).or_default() += 1;
    }
    assert_eq!(members.len(), place.households.len());
    assert!(members.values().all(|members| (1..=6).contains(members)));
    let cards: HashSet<_> = place.residents.iter().map(|resident| &resident.card).collect();
    assert_eq!(cards.len(), place.residents.len());
}

#[test]
fn volunteers_are_heads_and_patrols_and_others() {
    let place = Place::build(SEED);
    let count = |is: fn(&Volunteer) -> bool| place.volunteers.iter().filter(|v| is(v)).count();
    assert_eq!(place.volunteers.len(), 1_480);
    assert_eq!(count(|volunteer| volunteer.head), 253);
    assert_eq!(count(|volunteer| volunteer.patrol.is_some()), 208);
    assert_eq!(count(|volunteer| volunteer.head && volunteer.patrol.is_some()), 60);
    let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for post in place.volunteers.iter().filter_map(|volunteer| volunteer.patrol) {
        *pairs.entry((post.grid, post.pair)).or_default() += 1;
    }
    assert_eq!(pairs.len(), 104);
    assert!(pairs.values().all(|members| *members == 2));
    let heads: HashSet<_> =
        place.micro_grids.iter().filter_map(|micro| micro.head.resident).collect();
    assert_eq!(heads.len(), 253);
}

#[test]
fn suppliers_are_of_six_kinds() {
    use SupplierKind::*;
    let place = Place::build(SEED);
    let count = |kind| place.suppliers.iter().filter(|supplier| supplier.kind == kind).count();
    let counts =
        [Merchant, PropertyFirm, Department, StationShelf, SocialOrganisation, School].map(count);
    assert_eq!(counts, [14, 4, 6, 3, 2, 2]);
}

#[test]
fn the_same_seed_gives_the_same_place() {
    let render = |seed| format!("{:?}", Place::build(seed));
    assert_eq!(render(SEED), render(SEED));
    assert_ne!(render(SEED), render(SEED + 1));
}

#[test]
fn the_district_has_its_estates_and_nine_are_in_dingshan() {
    use linli_api::estate::ManagementForm;

    let place = Place::build(2025);
    assert_eq!(place.estates.len(), ESTATES);
    let own = |estate: &&Estate| place.grids.iter().any(|grid| grid.area == estate.area);
    assert_eq!(place.estates.iter().filter(own).count(), 9);
    for form in ManagementForm::ALL {
        let of = place.estates.iter().filter(|estate| estate.form == form).count();
        assert!((50..300).contains(&of), "{of} are {form:?}");
    }
    let told_of = place.estates.iter().find(|estate| estate.name.zh == "将军庙38号").unwrap();
    assert_eq!(told_of.form, ManagementForm::RedCommittee);
}
