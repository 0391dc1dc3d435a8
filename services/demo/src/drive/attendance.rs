//! Activities as people live them: published and signed up for in the morning, a code at the
//! door of a class, checkpoints on the way of a patrol. The ledger's clock says when somebody came
//! and went, so it stops at every door that opens.

use std::collections::BTreeMap;

use linli_api::activity::{
    ComeIn, GoOut, PublishActivity, PublishForTeam, SeatChanged, SeatStatus, SignUp,
};
use linli_api::receipt::Receipt;
use linli_api::team::{FormTeam, TeamMember};
use linli_api::{Bilingual, Client, Hash, Id};

use super::batch::{accepted, bulks, several};
use super::clock;
use super::hands::Hands;
use super::id;
use super::partner::file_of;
use super::tally::Tally;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::population::{Grid, Place};
use crate::progress::Progress;
use crate::traffic::{CHECKPOINTS, Manner, Seat, Shift, category};

const WALKED: &str = "an activity whose grade the ledger finds";

/// At this minute of the day its activities are published and signed up for.
const MORNING: i64 = 6 * 60;

/// People come and go so many minutes before the start and after the end.
const AROUND: i64 = 5;

/// What is done at one stop of the clock.
#[derive(Default)]
struct Stop<'a> {
    publish: Vec<&'a Shift>,
    leave: Vec<&'a Shift>,
    come: Vec<&'a Shift>,
}

/// The year's activities, as far as they have come.
pub(super) struct Attendance<'a> {
    operator: &'a Client,
    hands: &'a Hands,
    place: &'a Place,
    stops: BTreeMap<Moment, Stop<'a>>,
    /// What stands at the checkpoints of each grid.
    tags: Vec<Vec<String>>,
    /// By grid: its patrol team, and who leads it.
    teams: Vec<(Id, Id)>,
    /// A read has to have seen the log up to here.
    seen: u64,
}

impl<'a> Attendance<'a> {
    /// Forms the patrol teams, and learns what stands at the checkpoints.
    pub(super) async fn new(
        operator: &'a Client,
        hands: &'a Hands,
        place: &'a Place,
        shifts: &'a [Shift],
    ) -> Result<Self, DemoError> {
        let mut stops: BTreeMap<Moment, Stop<'a>> = BTreeMap::new();
        for shift in shifts {
            let morning = Moment::on(shift.start.day(), MORNING);
            stops.entry(morning).or_default().publish.push(shift);
            stops.entry(shift.start.later(-AROUND)).or_default().come.push(shift);
            stops.entry(shift.end.later(AROUND)).or_default().leave.push(shift);
        }
        let mut it =
            Self { operator, hands, place, stops, tags: Vec::new(), teams: Vec::new(), seen: 0 };
        for (number, grid) in place.grids.iter().enumerate() {
            it.teams.push(it.form(number, grid).await?);
            let tags = officer(hands, grid)?.checkpoint_tags(&id(grid.area), CHECKPOINTS).await;
            let tags = tags.doing(|| "read what stands at checkpoints".to_owned())?.body.tags;
            it.tags.push(tags.into_iter().map(|tag| tag.text).collect());
        }
        Ok(it)
    }

    /// All who patrol in a grid are a team, and one of them leads it.
    async fn form(&self, number: usize, grid: &Grid) -> Result<(Id, Id), DemoError> {
        let of = || format!("form the patrol team of grid {number}");
        let called = number.saturating_add(1);
        let body = FormTeam {
            team: None,
            grid: id(grid.area),
            name: Bilingual::new(
                format!("第{called}网格平安队"),
                format!("Patrol of grid {called}"),
            ),
        };
        let formed = self.operator.form_team(&format!("patrol-{number}"), &body).await.doing(of)?;
        let team = formed.body.changed.id;
        let patrols = self
            .place
            .volunteers
            .iter()
            .filter(|volunteer| volunteer.patrol.is_some_and(|post| post.grid == number));
        let members: Vec<_> =
            patrols.map(|one| TeamMember { resident: id(one.resident.id) }).collect();
        let leader = members.first().ok_or(DemoError::Plan("a patrol volunteer in every grid"))?;
        for member in &members {
            let key = format!("patrol-{}", member.resident);
            self.operator.join_team(&key, &team, member).await.doing(of)?;
        }
        let key = format!("patrol-lead-{number}");
        self.operator.lead_team(&key, &team, leader).await.doing(of)?;
        Ok((team, leader.resident.clone()))
    }

    /// Does what is to be done before `at`, stop by stop of the clock.
    pub(super) async fn until(
        &mut self,
        at: Moment,
        tally: &mut Tally,
        progress: &Progress,
    ) -> Result<(), DemoError> {
        while let Some(entry) = self.stops.first_entry().filter(|entry| *entry.key() < at) {
            let (moment, stop) = entry.remove_entry();
            clock::move_to(self.operator, moment).await?;
            self.go_out(&stop.leave, moment, tally).await?;
            self.publish(&stop.publish, tally).await?;
            self.come_in(&stop.come, moment, tally, progress).await?;
        }
        Ok(())
    }

    async fn publish(&mut self, shifts: &[&Shift], tally: &mut Tally) -> Result<(), DemoError> {
        if shifts.is_empty() {
            return Ok(());
        }
        let announced = shifts.iter().map(|shift| self.announce(shift)).collect();
        for last in several(announced).await? {
            tally.published();
            self.seen = self.seen.max(last);
        }
        let wishes = shifts.iter().flat_map(|shift| {
            shift.seats.iter().map(|seat| {
                let body = SignUp {
                    seat: Some(id(seat.id)),
                    activity: id(shift.id),
                    resident: id(seat.resident),
                };
                (format!("sign-up-{}", seat.id), body)
            })
        });
        for bulk in bulks(wishes) {
            let signed = accepted("sign up", self.hands.partner.sign_up_bulk(&bulk).await)?;
            for receipt in signed {
                tally.command();
                self.seen = self.seen.max(receipt.last);
            }
        }
        for seat in shifts.iter().flat_map(|shift| &shift.seats) {
            if seat.manner == Manner::GivesUp {
                let key = format!("give-up-{}", seat.id);
                let given = self.hands.partner.give_up_seat(&key, &id(seat.id)).await;
                given.doing(|| "give a seat up".to_owned())?;
                tally.command();
            }
        }
        Ok(())
    }

    /// A patrol is published by the leader of the grid's team, a class by an officer of the grid.
    async fn announce(&self, shift: &Shift) -> Result<u64, DemoError> {
        let of = || format!("publish the activity {}", shift.id);
        let grid = self.place.grids.get(shift.grid).ok_or(DemoError::Plan("a grid"))?;
        let (name, checkpoints) = if shift.is_patrol() {
            (Bilingual::new("平安巡逻", "Patrol"), CHECKPOINTS)
        } else {
            (Bilingual::new("学习课堂", "Class"), 0)
        };
        let mut plan = PublishActivity {
            activity: Some(id(shift.id)),
            team: None,
            act: shift.act.to_owned(),
            grid: id(grid.area),
            name,
            start: shift.start.instant(),
            ends_at: shift.end.instant(),
            seats: shift.room,
            place: at_place(grid),
            alert: shift.alert,
            checkpoints,
            estate: None,
        };
        let key = format!("activity-{}", shift.id);
        let published = if shift.is_patrol() {
            let team = self.teams.get(shift.grid).ok_or(DemoError::Plan("a patrol team"))?;
            plan.team = Some(team.0.clone());
            let body = PublishForTeam { leader: team.1.clone(), plan };
            self.hands.partner.publish_for_team(&key, &body).await.doing(of)?
        } else {
            officer(self.hands, grid)?.publish_activity(&key, &plan).await.doing(of)?
        };
        Ok(published.body.last)
    }

    /// The code that stands at the door of a class now; a patrol has no door.
    async fn door(&self, shift: &Shift, now: Moment) -> Result<(Hash, Option<Hash>), DemoError> {
        let grid = self.place.grids.get(shift.grid).ok_or(DemoError::Plan("a grid"))?;
        if shift.is_patrol() {
            return Ok((at_place(grid), None));
        }
        let reader = officer(self.hands, grid)?.after(self.seen);
        let code = reader.door_code(&id(shift.id), &now.instant()).await;
        let code = code.doing(|| format!("read the code at a door of {}", grid.area))?.body.code;
        Ok((at_place(grid), Some(code)))
    }

    async fn come_in(
        &mut self,
        shifts: &[&Shift],
        now: Moment,
        tally: &mut Tally,
        progress: &Progress,
    ) -> Result<(), DemoError> {
        let coming = shifts.iter().map(|shift| self.all_come(shift, now)).collect();
        let lasts = several(coming).await?;
        self.seen = lasts.into_iter().fold(self.seen, u64::max);
        for seat in shifts.iter().flat_map(|shift| &shift.seats) {
            progress.done(1);
            match seat.manner {
                Manner::Scans(_) | Manner::Signs | Manner::Forgets => tally.command(),
                Manner::StaysAway => tally.missed(),
                Manner::GivesUp => {}
            }
        }
        Ok(())
    }

    async fn go_out(
        &mut self,
        shifts: &[&Shift],
        now: Moment,
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let going = shifts.iter().map(|shift| self.all_leave(shift, now)).collect();
        let gone: Vec<Vec<_>> = several(going).await?;
        self.seen = gone.iter().flatten().map(|receipt| receipt.last).fold(self.seen, u64::max);
        for shift in shifts {
            let category = category(shift.act).ok_or(DemoError::Plan("the category of an act"))?;
            for seat in shift.served() {
                tally.submitted(category);
                match seat.manner {
                    Manner::Forgets => tally.forgotten(),
                    Manner::Scans(_) | Manner::Signs => tally.served(),
                    Manner::StaysAway | Manner::GivesUp => {}
                }
            }
        }
        Ok(())
    }

    /// All who do come; answers with the last record of it.
    async fn all_come(&self, shift: &Shift, now: Moment) -> Result<u64, DemoError> {
        let (place, code) = self.door(shift, now).await?;
        let mut last = 0;
        for seat in shift.served() {
            let body = ComeIn { code: code.clone(), place: Some(place.clone()) };
            let came =
                self.hands.partner.come_in(&format!("come-{}", seat.id), &id(seat.id), &body).await;
            last = came.doing(|| format!("come to {}", shift.id))?.body.last;
        }
        Ok(last)
    }

    /// All who came go, but those who forget to check out.
    async fn all_leave(
        &self,
        shift: &Shift,
        now: Moment,
    ) -> Result<Vec<Receipt<SeatChanged>>, DemoError> {
        let (place, code) = self.door(shift, now).await?;
        let mut gone = Vec::new();
        for seat in shift.served().filter(|seat| seat.manner != Manner::Forgets) {
            gone.push(self.leave(shift, seat, &place, code.as_ref()).await?);
        }
        Ok(gone)
    }

    async fn leave(
        &self,
        shift: &Shift,
        seat: &Seat,
        place: &Hash,
        code: Option<&Hash>,
    ) -> Result<Receipt<SeatChanged>, DemoError> {
        let scanned = match seat.manner {
            Manner::Scans(count) => self.tags.get(shift.grid).map(|tags| tags.iter().take(count)),
            Manner::Signs | Manner::Forgets | Manner::StaysAway | Manner::GivesUp => None,
        };
        let body = GoOut {
            code: code.cloned(),
            place: Some(place.clone()),
            scanned: scanned.into_iter().flatten().cloned().collect(),
        };
        let key = format!("go-{}", seat.id);
        let gone = self.hands.partner.go_out(&key, &id(seat.id), &body).await;
        let gone = gone.doing(|| format!("go from {}", shift.id))?.body;
        let found = (gone.changed.status, gone.changed.grade);
        if found != (SeatStatus::Served, seat.manner.grade()) {
            return Err(DemoError::Story { story: WALKED, outcome: format!("{found:?}") });
        }
        Ok(gone)
    }
}

/// Where in a grid its activities are, as devices that come there make it.
fn at_place(grid: &Grid) -> Hash {
    file_of(grid.area)
}

fn officer<'a>(hands: &'a Hands, grid: &Grid) -> Result<&'a Client, DemoError> {
    hands.staff.get(&grid.full_time.id).ok_or(DemoError::Plan("the key of an officer"))
}
