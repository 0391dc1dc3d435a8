//! The time bank (时间银行) over the year: a couple looks after key elders until more is stored than anybody
//! may; what is above goes to the community's chest, which a key elder is granted first from. A team gives
//! its time away, kin is given some, and two communities trade until one would owe too much.

mod opening;
mod service;

pub(super) use opening::found;

use linli_api::Client;
use linli_api::client::When;
use linli_api::contribution::SubmitContribution;
use linli_api::time_bank::{
    AskTime, GiveTime, TimeChanged, TimeGiver, TimeInto, TimeNetting, TimePayer, TimeReceiver,
};
use ulid::Ulid;

use super::hands::Hands;
use super::tally::Tally;
use super::{id, is};
use crate::calendar::{Day, Moment};
use crate::chance::Chance;
use crate::error::{DemoError, Doing as _};
use crate::population::{Place, Saver, TimeBank};
use crate::summary::SavedTime;
use crate::traffic::SECOND_RULES;
use service::hours;

const STORY: &str = "hours that are stored, given away and netted";

const AN_HOUR: u32 = 60;
const HOUR: i64 = 60;

/// From 2 March on each of the couple is with one of four elders for twelve hours a day, and so on for
/// 64 days: more than 1,500 hours together. Two days are entered at a time.
const CARED_FROM: Day = Day(60);
const CARED_DAYS: u16 = 64;
const CARE_HOURS: i64 = 12;
const CARE_STARTS: i64 = 8 * 60;

/// Minutes of the day from which on a day's care is over, and entered.
const ENTERED_FROM: i64 = 22 * 60;

/// What happens when, after the care: 6 May, and the days after it.
const GIVEN_ON: Day = Day(125);
const GRANTED_ON: Day = Day(126);
const TEAM_ON: Day = Day(127);
const TRADED_ON: Day = Day(128);
/// 28 June: the first statement.
const NETTED_ON: Day = Day(178);

/// What is to be done next.
#[derive(Clone, Copy)]
enum Next {
    Open,
    /// These two days' care, from the first of them on.
    Care(Day),
    GiveToKin,
    Grant,
    Team,
    Trade,
    Net,
    /// The second rules draw the limits of clearing closer.
    Limit,
    Nothing,
}

/// How far it has come.
pub(super) struct Saving<'a> {
    operator: &'a Client,
    hands: &'a Hands,
    bank: &'a TimeBank,
    /// The community of most of them.
    community: Ulid,
    /// An officer over both communities, and the one of the grid.
    above: &'a Client,
    own: &'a Client,
    chance: Chance,
    next: Next,
    told: SavedTime,
}

impl<'a> Saving<'a> {
    pub(super) fn new(
        seed: u64,
        operator: &'a Client,
        hands: &'a Hands,
        place: &'a Place,
    ) -> Result<Self, DemoError> {
        let key = |officer: Option<Ulid>| {
            let key = officer.and_then(|officer| hands.staff.get(&officer));
            key.ok_or(DemoError::Plan("the key of an officer"))
        };
        Ok(Self {
            operator,
            hands,
            bank: place.bank.as_ref().ok_or(DemoError::Plan("those who save time"))?,
            community: place.community,
            above: key(place.sub_district_officers.first().map(|officer| officer.id))?,
            own: key(place.grids.first().map(|grid| grid.full_time.id))?,
            chance: Chance::named(seed, "hours served"),
            next: Next::Open,
            told: SavedTime::default(),
        })
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        let today = at.day();
        match self.next {
            Next::Open if today >= Day(CARED_FROM.0.saturating_sub(1)) => {
                opening::told(self.above, self.bank, tally).await?;
                self.next = Next::Care(CARED_FROM);
                Ok(())
            }
            Next::Care(from) if at >= Moment::on(next_day(from), ENTERED_FROM) => {
                self.care(from, tally).await
            }
            Next::GiveToKin if today >= GIVEN_ON => self.give_to_kin(tally).await,
            Next::Grant if today >= GRANTED_ON => self.fill_the_chest(tally).await,
            Next::Team if today >= TEAM_ON && is_evening(at) => {
                self.give_as_a_team(at, tally).await
            }
            Next::Trade if today >= TRADED_ON && is_evening(at) => self.trade(at, tally).await,
            Next::Net if today >= NETTED_ON => {
                self.net(1, [0, 8], tally).await?;
                self.next = Next::Limit;
                Ok(())
            }
            Next::Limit if today >= SECOND_RULES => self.reach_the_limit(tally).await,
            Next::Open
            | Next::Care(_)
            | Next::GiveToKin
            | Next::Grant
            | Next::Team
            | Next::Trade
            | Next::Net
            | Next::Limit
            | Next::Nothing => Ok(()),
        }
    }

    /// Two days of the couple, each with another elder each day, so that nobody is with the same one too
    /// often.
    async fn care(&mut self, from: Day, tally: &mut Tally) -> Result<(), DemoError> {
        let mut claims = Vec::new();
        for day in [from, next_day(from)] {
            let turns = self.bank.elders.iter().cycle().skip(usize::from(day.0));
            for (carer, elder) in self.bank.carers.iter().zip(turns) {
                let start = Moment::on(day, CARE_STARTS);
                claims.push(self.served((carer, elder), self.bank.grid, start, CARE_HOURS));
            }
        }
        self.store(self.own, claims, (TimePayer::Fund, TimeInto::Own), tally).await?;
        let next = next_day(next_day(from));
        let over = next.0 >= CARED_FROM.0.saturating_add(CARED_DAYS);
        self.next = if over { Next::GiveToKin } else { Next::Care(next) };
        Ok(())
    }

    /// He gives her all, and what is above the cap goes to the chest; she gives some to their daughter. A
    /// neighbour asks the chest for more than it has, and after that a key elder for less.
    async fn give_to_kin(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let [he, she] = &self.bank.carers;
        let (given, daughter) = (to(she), to(&self.bank.daughter));
        let all = self.give("all", by(he), given, 768, tally).await?;
        let overflow = all.overflow.unwrap_or_default();
        self.told.hours_above_cap = u64::from(overflow / AN_HOUR);
        self.give("daughter", by(she), daughter, 10, tally).await?;
        self.told.hours_to_kin =
            768_u64.saturating_add(10).saturating_sub(self.told.hours_above_cap);
        let [_, elder, ..] = &self.bank.elders;
        for (who, hours) in [(&self.bank.neighbour, 40), (elder, 30)] {
            let body = AskTime { resident: id(who.id), minutes: minutes(hours) };
            let asked = self.hands.partner.ask_time(&format!("time-ask-{}", who.id), &body).await;
            asked.doing(|| "ask the chest".to_owned())?;
            tally.command();
        }
        self.next = Next::Grant;
        Ok(())
    }

    /// The elder was granted it by itself, though the neighbour had asked before; now there is enough for both.
    async fn fill_the_chest(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let waiting = self.reader().await?.time_asks(10, None).await;
        let waiting = waiting.doing(|| "read who asks chests".to_owned())?.body.items;
        let waiting: Vec<_> = waiting.into_iter().map(|ask| ask.resident).collect();
        let [_, elder, ..] = &self.bank.elders;
        if waiting != [id(self.bank.neighbour.id)] || self.stored_by(elder).await? != 30 {
            return Err(ended(&format!("{waiting:?} wait at the chest")));
        }
        let [_, she] = &self.bank.carers;
        self.give("chest", by(she), TimeReceiver::Chest(id(self.community)), 50, tally).await?;
        self.next = Next::Team;
        Ok(())
    }

    /// Three hours each for the team, which gives them to a key elder and to the chest, and can't to others.
    async fn give_as_a_team(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        let team = opening::team(self.operator, self.bank, tally).await?;
        let [elder, ..] = &self.bank.elders;
        let start = Moment::on(at.day(), 9 * 60);
        let members = self.bank.team.iter();
        let claims = members.map(|one| self.served((one, elder), self.bank.grid, start, 3));
        let claims = claims.collect();
        self.store(self.own, claims, (TimePayer::Fund, TimeInto::Team), tally).await?;
        let giver = || TimeGiver::Team(team.clone());
        let to_neighbour = to(&self.bank.neighbour);
        let body = GiveTime { from: giver(), to: to_neighbour, minutes: minutes(1) };
        self.refused("team-to-anybody", &body, "not-key-elder").await?;
        self.give("team-elder", giver(), to(elder), 5, tally).await?;
        let chest = TimeReceiver::Chest(id(self.community));
        self.give("team-chest", giver(), chest, 4, tally).await?;
        self.told.hours_by_team = 9;
        self.next = Next::Trade;
        Ok(())
    }

    /// A nurse of the other community stores five hours there, and pays two of them for being served from
    /// here; and the other community's chest is given ten.
    async fn trade(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        let TimeBank { nurse, other_elder, other_grid, carers: [he, she], .. } = self.bank;
        let start = Moment::on(at.day(), 8 * 60);
        let there = self.served((nurse, other_elder), *other_grid, start, 5);
        self.store(self.above, vec![there], (TimePayer::Fund, TimeInto::Own), tally).await?;
        let from_here = self.served((he, nurse), *other_grid, start.later(6 * 60), 2);
        let paid = (TimePayer::Served, TimeInto::Own);
        self.store(self.above, vec![from_here], paid, tally).await?;
        let chest = TimeReceiver::Chest(id(self.bank.other_community));
        self.give("other-chest", by(she), chest, 10, tally).await?;
        self.next = Next::Net;
        Ok(())
    }

    /// More than the second rules let Dingshan owe is refused; just as much is not.
    async fn reach_the_limit(&mut self, tally: &mut Tally) -> Result<(), DemoError> {
        let [_, she] = &self.bank.carers;
        let chest = || TimeReceiver::Chest(id(self.bank.other_community));
        let body = GiveTime { from: by(she), to: chest(), minutes: minutes(15) };
        self.refused("too-much", &body, "deficit-limit").await?;
        self.give("just-as-much", by(she), chest(), 12, tally).await?;
        self.net(2, [8, 20], tally).await?;
        self.next = Next::Nothing;
        Ok(())
    }

    /// The finance desk states what the communities owe each other: this much, in hours, before and after.
    async fn net(
        &mut self,
        number: u32,
        [before, after]: [i64; 2],
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let netted = self.hands.finance.net_time(&format!("netting-{number}")).await;
        let netted = netted.doing(|| "net what communities owe".to_owned())?.body;
        tally.command();
        let desk = self.hands.finance.after(netted.last);
        let read = desk.netting(number).await.doing(|| "read a netting".to_owned())?.body.netting;
        let sums = |netting: &TimeNetting| {
            netting.lines.iter().all(|line| {
                let moved = line.opening.checked_add_unsigned(line.taken);
                moved.and_then(|owed| owed.checked_sub_unsigned(line.given)) == Some(line.closing)
            })
        };
        let own = |netting: &TimeNetting| {
            let line = netting.lines.iter().find(|line| line.community == id(self.community));
            line.map(|line| [line.opening, line.closing].map(in_hours))
        };
        let stated = netted.changed.netting.as_ref() == Some(&read);
        if !stated || !sums(&read) || own(&read) != Some([before, after]) || read.lines.len() != 2 {
            return Err(ended(&format!("statement {number} says {read:?}")));
        }
        self.told.nettings = number;
        Ok(())
    }

    /// The year is over: what stands in the accounts, to the minute.
    pub(super) async fn end(mut self, auditor: &Client) -> Result<SavedTime, DemoError> {
        if !matches!(self.next, Next::Nothing) {
            return Err(ended("it never came to its end"));
        }
        let TimeBank { carers: [he, she], daughter, elders, neighbour, nurse, .. } = self.bank;
        let [first, second, ..] = elders;
        let mut found = Vec::new();
        for who in [he, she, daughter, first, second, neighbour, nurse] {
            found.push(self.stored_by(who).await?);
        }
        let reader = self.reader().await?;
        let all = reader.communities_time().await;
        let all = all.doing(|| "read what communities owe".to_owned())?.body;
        let chests = [self.community, self.bank.other_community].map(|community| {
            let of = all.communities.iter().find(|of| of.community == id(community));
            of.map(|of| [of.chest, of.clearing].map(in_hours))
        });
        let issued = in_hours(all.issued);
        let stands = found == [2, 1_418, 10, 5, 30, 40, 3]
            && chests == [Some([20, 20]), Some([22, -20])]
            && issued == 1_550;
        let when = When { position: Some(self.hands.head().await?), at: None };
        let past = auditor.past_time(&when).await.doing(|| "read the time bank".to_owned())?.body;
        let sum: i64 = past.accounts.iter().map(|account| account.minutes).sum();
        if !stands || sum != 0 || !past.waiting.is_empty() {
            return Err(ended(&format!("{found:?}, {chests:?}, {issued} issued, {sum} in all")));
        }
        self.told.hours_issued = u64::try_from(issued).unwrap_or_default();
        self.told.asks_granted = 2;
        Ok(self.told)
    }

    async fn reader(&self) -> Result<Client, DemoError> {
        Ok(self.hands.partner.after(self.hands.head().await?))
    }

    /// What somebody has stored, in hours.
    async fn stored_by(&self, who: &Saver) -> Result<i64, DemoError> {
        let account = self.reader().await?.resident_time(&id(who.id)).await;
        let account = account.doing(|| "read an account of time".to_owned())?.body;
        Ok(in_hours(i64::try_from(account.stored).unwrap_or(i64::MAX)))
    }

    fn served(
        &mut self,
        who: (&Saver, &Saver),
        grid: Ulid,
        from: Moment,
        of: i64,
    ) -> SubmitContribution {
        let contribution = self.chance.id(from.milliseconds());
        hours(contribution, who, grid, from, of)
    }

    async fn store(
        &mut self,
        officer: &Client,
        claims: Vec<SubmitContribution>,
        how: (TimePayer, TimeInto),
        tally: &mut Tally,
    ) -> Result<(), DemoError> {
        let deposits = service::stored(&self.hands.partner, officer, claims, how, tally).await?;
        let stored: u32 = deposits.iter().filter_map(|deposit| deposit.minutes).sum();
        let hours = u64::from(stored / AN_HOUR);
        self.told.hours_stored = self.told.hours_stored.saturating_add(hours);
        Ok(())
    }

    async fn give(
        &self,
        name: &str,
        from: TimeGiver,
        to: TimeReceiver,
        hours: u32,
        tally: &mut Tally,
    ) -> Result<TimeChanged, DemoError> {
        let body = GiveTime { from, to, minutes: minutes(hours) };
        let given = self.hands.partner.give_time(&format!("time-give-{name}"), &body).await;
        let given = given.doing(|| format!("give time: {name}"))?.body;
        tally.command();
        Ok(given.changed)
    }

    /// A gift that has to be refused for this reason.
    async fn refused(&mut self, name: &str, body: &GiveTime, why: &str) -> Result<(), DemoError> {
        match self.hands.partner.give_time(&format!("time-give-{name}"), body).await {
            Err(error) if is(&error, why) => {
                self.told.refused.push(why.to_owned());
                Ok(())
            }
            other => Err(ended(&format!("{name}: {:?}", other.map(|told| told.body.changed)))),
        }
    }
}

const fn in_hours(minutes: i64) -> i64 {
    minutes.div_euclid(HOUR)
}

fn by(saver: &Saver) -> TimeGiver {
    TimeGiver::Resident(id(saver.id))
}

fn to(saver: &Saver) -> TimeReceiver {
    TimeReceiver::Resident(id(saver.id))
}

const fn minutes(hours: u32) -> u32 {
    hours.saturating_mul(AN_HOUR)
}

const fn next_day(day: Day) -> Day {
    Day(day.0.saturating_add(1))
}

fn is_evening(at: Moment) -> bool {
    at >= Moment::on(at.day(), ENTERED_FROM)
}

fn ended(how: &str) -> DemoError {
    DemoError::Story { story: STORY, outcome: how.to_owned() }
}
