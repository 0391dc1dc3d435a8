//! The time bank opens: the second community is founded on the eve of the year, with those who will save and
//! serve; before the first hour is served, officers say who is a key elder and who is kin.

use linli_api::household::RegisterHousehold;
use linli_api::resident::{RegisterResident, WhichResident};
use linli_api::team::{FormTeam, TeamMember};
use linli_api::time_bank::{LinkKin, MarkElder, TimeMark};
use linli_api::{Bilingual, Client, Id};

use super::super::batch::{accepted, bulks};
use super::super::id;
use super::super::tally::Tally;
use crate::error::{DemoError, Doing as _};
use crate::population::{Saver, TimeBank};

/// Founds the second community, and registers everybody.
pub(in super::super) async fn found(operator: &Client, bank: &TimeBank) -> Result<(), DemoError> {
    let key =
        |name: &str, id: &Option<Id>| format!("{name}-{}", id.as_ref().map_or("", Id::as_str));
    for bulk in bulks(bank.areas.iter().map(|area| (key("area", &area.area), area.clone()))) {
        accepted("found the second community", operator.found_areas(&bulk).await)?;
    }
    let mut homes: Vec<RegisterHousehold> = bank.everybody().map(home).collect();
    // A couple stands together, and has one home.
    homes.dedup();
    let homes = homes.into_iter().map(|home| (key("household", &home.household), home));
    for bulk in bulks(homes) {
        accepted("register savers' households", operator.register_households(&bulk).await)?;
    }
    let savers = bank.everybody().map(|saver| {
        let body = RegisterResident {
            resident: Some(id(saver.id)),
            household: id(saver.household),
            card: saver.card.clone(),
            assisted: false,
        };
        (format!("resident-{}", saver.id), body)
    });
    for bulk in bulks(savers) {
        accepted("register savers", operator.register_residents(&bulk).await)?;
    }
    let volunteers = bank.everybody().filter(|saver| saver.volunteers);
    let volunteers = volunteers
        .map(|saver| (format!("volunteer-{}", saver.id), WhichResident { resident: id(saver.id) }));
    for bulk in bulks(volunteers) {
        accepted("enrol savers", operator.enrol_volunteers(&bulk).await)?;
    }
    Ok(())
}

fn home(saver: &Saver) -> RegisterHousehold {
    RegisterHousehold { household: Some(id(saver.household)), micro_grid: id(saver.micro_grid) }
}

/// Who is a key elder, and who is kin: the word of an officer over both communities.
pub(super) async fn told(
    officer: &Client,
    bank: &TimeBank,
    tally: &mut Tally,
) -> Result<(), DemoError> {
    for elder in bank.key_elders() {
        let mark = MarkElder { resident: id(elder.id), mark: TimeMark::KeyElder };
        let marked = officer.mark_elder(&format!("elder-{}", elder.id), &mark).await;
        marked.doing(|| "say who is a key elder".to_owned())?;
        tally.command();
    }
    let [_, mother] = &bank.carers;
    let kin = LinkKin { one: id(mother.id), other: id(bank.daughter.id) };
    officer.link_kin("kin", &kin).await.doing(|| "say who is kin".to_owned())?;
    tally.command();
    Ok(())
}

/// Three form a team, whose time nobody of them can spend; gives its id.
pub(super) async fn team(
    operator: &Client,
    bank: &TimeBank,
    tally: &mut Tally,
) -> Result<Id, DemoError> {
    let of = || "form a team of the time bank".to_owned();
    let name = Bilingual::new("丁山时间银行互助队", "Time bank team of Dingshan");
    let body = FormTeam { team: None, grid: id(bank.grid), name };
    let team = operator.form_team("time-team", &body).await.doing(of)?.body.changed.id;
    tally.command();
    for saver in &bank.team {
        let member = TeamMember { resident: id(saver.id) };
        operator.join_team(&format!("time-team-{}", saver.id), &team, &member).await.doing(of)?;
        tally.command();
    }
    Ok(team)
}
