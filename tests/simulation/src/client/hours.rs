//! What people wish of the time bank.

use linli_domain::id::{AreaId, ContributionId};
use linli_domain::quantity::Minutes;
use linli_domain::time_bank::{
    Ask, Command, Deposit, Gift, Giver, Into, Kin, Mark, Marking, Payer, Receiver,
};

use super::wishes::number;
use crate::chance::Chance;
use crate::town::{self, CLERKS, COMMUNITIES, RESIDENTS, TEAM};

/// The most that somebody gives or asks for, in minutes: at times more than anybody has.
const MINUTES_MOST: u64 = 70;

/// What kinds of wishes there are, and how often each.
const KINDS: &[(u64, Kind)] = &[
    (6, Kind::Store),
    (5, Kind::Give),
    (4, Kind::Ask),
    (1, Kind::Withdraw),
    (1, Kind::Mark),
    (1, Kind::Kin),
    (2, Kind::Net),
];

#[derive(Clone, Copy, Debug)]
enum Kind {
    Store,
    Give,
    Ask,
    Withdraw,
    Mark,
    Kin,
    Net,
}

/// The next wish; `contribution` is one that somebody may want to store.
pub(super) fn command(chance: &mut Chance, contribution: ContributionId) -> Command {
    match chance.weigh(KINDS).unwrap_or(Kind::Net) {
        Kind::Store => Command::Store(Deposit {
            contribution,
            payer: chance.pick(&[Payer::Fund, Payer::Served, Payer::Chest]).unwrap_or(Payer::Fund),
            into: if chance.once_in(4) { Into::Team } else { Into::Own },
        }),
        Kind::Give => {
            let from = match chance.once_in(6) {
                true => Giver::Team(TEAM),
                false => Giver::Resident(town::resident(number(chance, RESIDENTS))),
            };
            let to = match chance.once_in(2) {
                true => Receiver::Chest(community(chance)),
                false => Receiver::Resident(town::resident(number(chance, RESIDENTS))),
            };
            Command::Give(Gift { from, to, minutes: minutes(chance) })
        }
        Kind::Ask => {
            let resident = town::resident(number(chance, RESIDENTS));
            Command::Ask(Ask { resident, minutes: minutes(chance) })
        }
        Kind::Withdraw => Command::Withdraw(town::resident(number(chance, RESIDENTS))),
        Kind::Mark => Command::Mark(Marking {
            resident: town::resident(number(chance, RESIDENTS)),
            mark: if chance.once_in(3) { Mark::Ordinary } else { Mark::KeyElder },
            officer: town::officer(number(chance, CLERKS)),
        }),
        Kind::Kin => Command::LinkKin(Kin {
            one: town::resident(number(chance, RESIDENTS)),
            other: town::resident(number(chance, RESIDENTS)),
            officer: town::officer(number(chance, CLERKS)),
        }),
        Kind::Net if chance.once_in(2) => Command::NetByDesk,
        Kind::Net => Command::Net(town::officer(number(chance, CLERKS))),
    }
}

fn minutes(chance: &mut Chance) -> Minutes {
    Minutes::new(u32::try_from(chance.below(MINUTES_MOST)).unwrap_or_default())
}

fn community(chance: &mut Chance) -> AreaId {
    chance.pick(&COMMUNITIES).unwrap_or(town::COMMUNITY)
}
