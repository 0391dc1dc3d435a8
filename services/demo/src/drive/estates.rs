//! Estates: all of the district's are registered on the eve of the year, and committees elected on its first
//! day.

use linli_api::Client;
use linli_api::estate::{CommitteeMember, ElectCommittee, ManagementForm, RegisterEstate};

use super::batch::{accepted, bulks};
use super::id;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::population::{Estate, Place};

/// Heads of buildings on a committee, beside an officer of the community.
const HEADS: usize = 6;

/// The terms of Dingshan's committees, in days from New Year: one ends within the year, by itself.
const TERMS: [i64; 3] = [1_000, 1_000, 180];

const A_DAY: i64 = 1_440;

/// Registers them all.
pub(super) async fn register(operator: &Client, place: &Place) -> Result<(), DemoError> {
    let items = place.estates.iter().map(|estate| {
        let body = RegisterEstate {
            estate: Some(id(estate.id)),
            area: id(estate.area),
            name: estate.name.clone(),
            form: estate.form,
        };
        (format!("estate-{}", estate.id), body)
    });
    for bulk in bulks(items) {
        accepted("register estates", operator.register_estates(&bulk).await)?;
    }
    Ok(())
}

/// Elects the committees of Dingshan: heads of buildings of the grid, and an officer of the community.
pub(super) async fn elect(operator: &Client, place: &Place) -> Result<(), DemoError> {
    let red = |estate: &&Estate| estate.form == ManagementForm::RedCommittee;
    let in_grid = |estate: &Estate| place.grids.iter().position(|grid| grid.area == estate.area);
    let own = place.estates.iter().filter(red);
    let own = own.filter_map(|estate| Some((estate, in_grid(estate)?)));
    for ((estate, grid), days) in own.zip(TERMS) {
        let heads = place.volunteers.iter().filter(|one| one.head && one.resident.grid == grid);
        let heads = heads.take(HEADS).map(|one| CommitteeMember::Resident(id(one.resident.id)));
        let officer = place.community_officers.first();
        let officer = officer.map(|officer| CommitteeMember::Officer(id(officer.id)));
        let body = ElectCommittee {
            committee: None,
            members: heads.chain(officer).collect(),
            until: Moment::NEW_YEAR.later(days.saturating_mul(A_DAY)).instant(),
        };
        let key = format!("committee-{}", estate.id);
        let reply = operator.elect_committee(&key, &id(estate.id), &body).await;
        reply.doing(|| format!("elect the committee of {}", estate.name.en))?;
    }
    Ok(())
}
