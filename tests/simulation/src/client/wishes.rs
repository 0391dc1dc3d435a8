//! What people wish for: good and bad wishes over few people and things, often about what others
//! have just begun.

use linli_domain::contribution::{self, Claim, RejectReason, Rejection, Signal, Verification};
use linli_domain::id::{ContributionId, ItemId, RedemptionId};
use linli_domain::quantity::{Fen, Points};
use linli_domain::redemption::{self, Basket, VoidReason, Wish};
use linli_domain::text::{ActCode, Reference};
use linli_domain::time::{Interval, Timestamp};
use linli_domain::{Command, item, pool, queue, resident};

use super::hours;
use crate::chance::Chance;
use crate::town::{self, ACTS, GRID, ITEMS, OFFICERS, POOLS, RESIDENTS, RICE, STATIONS};

const MINUTE_US: i64 = 60_000_000;

/// How many of the newest contributions or redemptions are spoken of.
const RECENT: u64 = 5;

/// What kinds of wishes there are, and how often each.
const KINDS: &[(u64, Kind)] = &[
    (5, Kind::Submit),
    (7, Kind::Verify),
    (1, Kind::Reject),
    (5, Kind::Reserve),
    (3, Kind::Sell),
    (4, Kind::Capture),
    (1, Kind::Void),
    (3, Kind::Queue),
    (1, Kind::Receive),
    (1, Kind::Fund),
    (1, Kind::Price),
    (1, Kind::Rank),
    (7, Kind::Hours),
];

#[derive(Clone, Copy, Debug)]
enum Kind {
    Submit,
    Verify,
    Reject,
    Reserve,
    Sell,
    Capture,
    Void,
    Queue,
    Receive,
    Fund,
    Price,
    Rank,
    Hours,
}

/// What was wished for so far, as far as new wishes speak of it.
#[derive(Debug, Default)]
pub struct Wishes {
    contributions: u64,
    redemptions: u64,
}

impl Wishes {
    /// The next wish.
    pub fn command(&mut self, chance: &mut Chance, now: Timestamp) -> Command {
        match chance.weigh(KINDS).unwrap_or(Kind::Rank) {
            Kind::Submit => contribution::Command::Submit(Box::new(self.claim(chance, now))).into(),
            Kind::Verify => contribution::Command::Verify(Verification {
                contribution: self.recent_contribution(chance),
                officer: town::officer(number(chance, OFFICERS)),
                assessed: None,
                difficulty: None,
            })
            .into(),
            Kind::Reject => contribution::Command::Reject(Rejection {
                contribution: self.recent_contribution(chance),
                officer: town::officer(number(chance, OFFICERS)),
                reason: RejectReason::NotDone,
            })
            .into(),
            Kind::Reserve => redemption::Command::Reserve(self.basket(chance)).into(),
            Kind::Sell => redemption::Command::Sell(self.basket(chance)).into(),
            Kind::Capture => {
                let redemption = self.recent_redemption(chance);
                let station = town::station(number(chance, STATIONS));
                redemption::Command::Capture {
                    redemption,
                    station,
                    shift: None,
                    shown: None,
                    handed: Vec::new(),
                }
                .into()
            }
            Kind::Void => {
                let redemption = self.recent_redemption(chance);
                let station = town::station(number(chance, STATIONS));
                let reason = VoidReason::Resident;
                redemption::Command::Void { redemption, station, reason }.into()
            }
            Kind::Queue => self.queue(chance).into(),
            Kind::Receive | Kind::Fund | Kind::Price | Kind::Rank => supply(chance),
            Kind::Hours => {
                let contribution = self.recent_contribution(chance);
                hours::command(chance, contribution).into()
            }
        }
    }

    fn claim(&mut self, chance: &mut Chance, now: Timestamp) -> Claim {
        self.contributions = self.contributions.saturating_add(1);
        let who = number(chance, RESIDENTS);
        let until = now.microseconds().saturating_sub(minutes(chance, 2_000));
        let from = until.saturating_sub(minutes(chance, 90).max(MINUTE_US));
        let at = Timestamp::from_microseconds;
        let beneficiary = chance.once_in(3).then(|| town::resident(number(chance, RESIDENTS)));
        let signal = chance.pick(&[Signal::Confirmed, Signal::Place, Signal::Photo]);
        Claim {
            contribution: ContributionId::from_number(u128::from(self.contributions)),
            resident: town::resident(who),
            act: act(chance),
            grid: GRID,
            // An interval is of a minute at least.
            happened: Interval::new(at(from), at(until.max(from.saturating_add(1))))
                .unwrap_or_else(|| unreachable!("{from} is before {until}")),
            estate: None,
            beneficiary,
            alert: false,
            signals: signal.into_iter().collect(),
            attachments: Vec::new(),
        }
    }

    fn basket(&mut self, chance: &mut Chance) -> Basket {
        self.redemptions = self.redemptions.saturating_add(1);
        // At times a number that was there before.
        let redemption = match chance.once_in(12) {
            true => self.recent_redemption(chance),
            false => RedemptionId::from_number(u128::from(self.redemptions)),
        };
        let wishes = (0..chance.between(1, 2)).map(|_| Wish {
            item: ItemId::from_number(number(chance, ITEMS)),
            quantity: u32::try_from(chance.between(1, 2)).unwrap_or(1),
        });
        let wishes = wishes.collect();
        Basket {
            redemption,
            shift: None,
            shown: None,
            resident: town::resident(number(chance, RESIDENTS)),
            station: town::station(number(chance, STATIONS)),
            wishes,
        }
    }

    /// Rice that is short is waited for, or no longer.
    fn queue(&mut self, chance: &mut Chance) -> queue::Command {
        let station = town::station(number(chance, STATIONS));
        if chance.once_in(4) {
            let redemption = self.recent_redemption(chance);
            return queue::Command::Leave { redemption, station: Some(station) };
        }
        self.redemptions = self.redemptions.saturating_add(1);
        queue::Command::Join(queue::Request {
            redemption: RedemptionId::from_number(u128::from(self.redemptions)),
            resident: town::resident(number(chance, RESIDENTS)),
            station,
            item: RICE,
            quantity: u32::try_from(chance.between(1, 2)).unwrap_or(1),
        })
    }

    fn recent_contribution(&self, chance: &mut Chance) -> ContributionId {
        let newest = self.contributions.max(1);
        let number = newest.saturating_sub(chance.below(RECENT)).max(1);
        ContributionId::from_number(u128::from(number))
    }

    fn recent_redemption(&self, chance: &mut Chance) -> RedemptionId {
        let newest = self.redemptions.max(1);
        let number = newest.saturating_sub(chance.below(RECENT)).max(1);
        RedemptionId::from_number(u128::from(number))
    }
}

fn supply(chance: &mut Chance) -> Command {
    match chance.below(4) {
        0 => item::Command::ReceiveStock(item::Delivery {
            station: town::station(number(chance, STATIONS)),
            item: RICE,
            quantity: u32::try_from(chance.below(3)).unwrap_or_default(),
            reference: note(),
        })
        .into(),
        1 => pool::Command::Fund(pool::Funding {
            pool: town::pool(number(chance, POOLS)),
            points: hundredths(chance, 500),
            reference: note(),
        })
        .into(),
        2 => item::Command::Price(item::Pricing {
            item: ItemId::from_number(number(chance, ITEMS)),
            price: hundredths(chance, 200),
            cost: Fen::from_hundredths(100),
        })
        .into(),
        _ => {
            let who = town::resident(number(chance, RESIDENTS));
            match chance.once_in(2) {
                true => resident::Command::JoinRanking(who).into(),
                false => resident::Command::LeaveRanking(who).into(),
            }
        }
    }
}

pub(super) fn number(chance: &mut Chance, most: u128) -> u128 {
    u128::from(chance.between(1, u64::try_from(most).unwrap_or(1)))
}

fn minutes(chance: &mut Chance, most: u64) -> i64 {
    i64::try_from(chance.below(most)).unwrap_or_default().saturating_mul(MINUTE_US)
}

fn hundredths(chance: &mut Chance, most: u64) -> Points {
    Points::from_hundredths(i64::try_from(chance.below(most)).unwrap_or_default())
}

fn act(chance: &mut Chance) -> ActCode {
    let text = chance.pick(&ACTS).unwrap_or("AID");
    ActCode::new(text).unwrap_or_else(|_| unreachable!("{text} is the code of an act"))
}

fn note() -> Reference {
    Reference::new("note").unwrap_or_else(|_| unreachable!("a note is a reference"))
}
