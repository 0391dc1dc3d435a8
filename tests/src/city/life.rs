//! What people do in a day.

use linli_domain::Command;
use linli_domain::contribution::{self, Claim, Signals, Verification};
use linli_domain::id::{ContributionId, RedemptionId};
use linli_domain::redemption::{self, Basket, Wish};
use linli_domain::time::{Interval, Timestamp};

use super::founding::{
    AWARD, PRICE, act, grid, id, is_volunteer, item, officer, resident, station,
};
use super::send::Sender;
use crate::Chance;

/// How many residents do something in a day: one of so many.
const RESIDENTS_PER_CONTRIBUTION: u32 = 20;

/// Most contributions of one resident in a day.
const DAILY_MAX: u8 = 8;

/// Records of a contribution and of the sales that go with it.
const RECORDS_A_ROUND: u64 = 5;

const HALF_HOUR_US: i64 = 1_800_000_000;

/// Sales beside each contribution.
const SALES: u32 = 2;

/// Points that a resident would rather keep: five lots of them.
const KEPT_MAX: i64 = 5 * AWARD;

/// People's points and days, as far as wishes need them.
pub(super) struct Life {
    chance: Chance,
    /// What each volunteer has, in hundredths; in the order of their ranks.
    points: Vec<i64>,
    /// Residents' numbers by rank.
    volunteers: Vec<u32>,
    /// How often each served today.
    today: Vec<u8>,
    contributions: u32,
    redemptions: u32,
    awards: u64,
    sales: u64,
}

impl Life {
    pub(super) fn new(residents: u32, mut chance: Chance) -> Self {
        let mut volunteers: Vec<u32> = (0..residents).filter(|n| is_volunteer(*n)).collect();
        chance.shuffle(&mut volunteers);
        let count = volunteers.len();
        Self {
            chance,
            points: vec![0; count],
            volunteers,
            today: vec![0; count],
            contributions: 0,
            redemptions: 0,
            awards: 0,
            sales: 0,
        }
    }

    /// Awards and sales so far.
    pub(super) fn done(&self) -> (u64, u64) {
        (self.awards, self.sales)
    }

    /// Lives a day before `now`, of about `records_max` records at most.
    pub(super) async fn day(
        &mut self,
        sender: &mut Sender,
        now: Timestamp,
        records_max: u64,
    ) -> anyhow::Result<()> {
        self.today.fill(0);
        let people = u32::try_from(self.volunteers.len()).unwrap_or(u32::MAX);
        let wanted = (people / RESIDENTS_PER_CONTRIBUTION).max(20);
        let room = u32::try_from(records_max.div_ceil(RECORDS_A_ROUND)).unwrap_or(u32::MAX);
        let (mut submits, mut verifies, mut sales) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..wanted.min(room) {
            let Some((rank, slot)) = self.somebody() else { continue };
            let (submit, verify) = self.contribution(rank, slot, now);
            submits.push(submit);
            verifies.push(verify);
            self.points[rank] += AWARD;
            for _ in 0..SALES {
                sales.extend(self.sale(rank));
            }
        }
        self.awards += u64::try_from(verifies.len())?;
        self.sales += u64::try_from(sales.len())?;
        sender.must_all(submits).await?;
        sender.must_all(verifies).await?;
        sender.must_all(sales).await?;
        Ok(())
    }

    /// A volunteer by rank and how often that one served today; none where it was too often.
    fn somebody(&mut self) -> Option<(usize, u8)> {
        // The fifth power of what is even over all gives ranks that fall off as their 0.8th power.
        let mut rank = self.volunteers.len().max(1);
        let whole = rank;
        let even = self.chance.below(1_000_000) + 1;
        for _ in 0..5 {
            rank = rank * even / 1_000_000;
        }
        let rank = rank.min(whole - 1);
        let today = self.today.get_mut(rank)?;
        // The most eager are asked for hundreds of times a day in a large city.
        *today = today.saturating_add(1);
        (*today <= DAILY_MAX).then_some((rank, *today))
    }

    fn contribution(&mut self, rank: usize, slot: u8, now: Timestamp) -> (Command, Command) {
        let number = self.volunteers[rank];
        self.contributions += 1;
        let contribution = ContributionId::from_number(id(9, self.contributions));
        let start = now.microseconds() - i64::from(slot) * 2 * HALF_HOUR_US;
        let end = Timestamp::from_microseconds(start + HALF_HOUR_US);
        let happened = Interval::new(Timestamp::from_microseconds(start), end)
            .unwrap_or_else(|| unreachable!("it has a length"));
        let claim = Claim {
            contribution,
            resident: resident(number),
            act: act(),
            grid: grid(number),
            happened,
            estate: None,
            beneficiary: None,
            alert: false,
            signals: Signals::NONE,
            attachments: Vec::new(),
        };
        let word = Verification {
            contribution,
            officer: officer(number),
            assessed: None,
            difficulty: None,
        };
        (
            contribution::Command::Submit(Box::new(claim)).into(),
            contribution::Command::Verify(word).into(),
        )
    }

    /// Whoever has many points spends some.
    fn sale(&mut self, rank: usize) -> Option<Command> {
        // Mostly the one who served; else anybody who has more than a few.
        let other = self.chance.below(self.points.len());
        let buyer = if self.points[rank] > KEPT_MAX { rank } else { other };
        let buyer = if self.points[buyer] >= PRICE { buyer } else { rank };
        if self.points[buyer] < PRICE {
            return None;
        }
        self.points[buyer] -= PRICE;
        self.redemptions += 1;
        let wishes = vec![Wish { item: item(self.redemptions), quantity: 1 }];
        let basket = Basket {
            redemption: RedemptionId::from_number(id(10, self.redemptions)),
            shift: None,
            shown: None,
            resident: resident(self.volunteers[buyer]),
            station: station(self.redemptions / 7),
            wishes,
        };
        Some(redemption::Command::Sell(basket).into())
    }
}
