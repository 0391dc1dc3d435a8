//! Lots (积分批次): points that came together and lapse together.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{LotId, PoolId};
use crate::posting::Balance;
use crate::quantity::Points;
use crate::time::Timestamp;
use crate::wallet::Debt;

/// A lot in a wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Lot {
    /// When it lapses.
    pub expires_at: Timestamp,
    /// Its name: the contribution whose award made it.
    pub lot: LotId,
    /// The pool it came from.
    pub pool: PoolId,
    /// What of it can be spent.
    pub available: Points,
    /// What of it is set aside for open redemptions and bookings.
    pub held: Points,
}

/// A part of a lot that was taken, lapsed or given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct LotTaken {
    /// Which lot.
    pub lot: LotId,
    /// The pool it came from.
    pub pool: PoolId,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// How much of it.
    pub points: Points,
}

impl LotTaken {
    /// The sum of parts, or `None` past the range.
    #[must_use]
    pub fn sum(parts: &[Self]) -> Option<Points> {
        parts.iter().try_fold(Points::ZERO, |sum, part| sum.plus(part.points))
    }
}

/// A resident's points. The lots' available and held parts sum to the two balances.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Wallet {
    /// What can be spent.
    pub available: Balance,
    /// What is set aside for open redemptions.
    pub held: Balance,
    /// What is owed for points that were taken back after they were spent.
    pub receivable: Balance,
    /// What is owed for which contribution, oldest first.
    pub(super) debts: Vec<Debt>,
    /// Lots that still hold something, soonest expiry first.
    lots: Vec<Lot>,
}

impl Wallet {
    /// The lots that still hold something, soonest expiry first.
    #[must_use]
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// How many lots it has room for.
    pub(crate) fn room_lots(&self) -> usize {
        self.lots.capacity()
    }

    /// The lots that would pay `total`, soonest expiry first; `None` if they don't reach.
    #[must_use]
    pub fn allocate(&self, total: Points) -> Option<Vec<LotTaken>> {
        let mut wanted = total;
        let mut taken = Vec::new();
        for lot in self.lots.iter().filter(|lot| lot.available > Points::ZERO) {
            if wanted.is_zero() {
                break;
            }
            let points = wanted.min(lot.available);
            wanted = wanted.minus(points)?;
            taken.push(LotTaken {
                lot: lot.lot,
                pool: lot.pool,
                expires_at: lot.expires_at,
                points,
            });
        }
        wanted.is_zero().then_some(taken)
    }

    /// What of a lot lapses at its time: what can be spent of it. A lot of which a part came back
    /// with days of grace stands in the wallet twice, with two dates.
    #[must_use]
    pub fn lapsing(&self, lot: LotId, expires_at: Timestamp) -> Option<LotTaken> {
        let lot = self.lots.get(self.place(lot, expires_at).ok()?)?;
        (lot.available > Points::ZERO).then_some(LotTaken {
            lot: lot.lot,
            pool: lot.pool,
            expires_at: lot.expires_at,
            points: lot.available,
        })
    }

    /// What of a lot can be spent, and what of it is set aside. A lot that was given back with a new
    /// date is there more than once.
    pub(crate) fn parts(&self, lot: LotId) -> impl Iterator<Item = &Lot> {
        self.lots.iter().filter(move |known| known.lot == lot)
    }

    /// Puts a new lot in. `None` if it is there already.
    #[must_use]
    pub(crate) fn put(&mut self, new: LotTaken) -> Option<()> {
        let LotTaken { lot, pool, expires_at, points } = new;
        let at = self.place(lot, expires_at).err()?;
        self.lots.insert(at, Lot { expires_at, lot, pool, available: points, held: Points::ZERO });
        Some(())
    }

    /// Gives back parts that were paid: into the lots they came out of, or into new ones if
    /// nothing is left of these. `None` past the range.
    #[must_use]
    pub(crate) fn restore(&mut self, parts: &[LotTaken]) -> Option<()> {
        for part in parts {
            match self.place(part.lot, part.expires_at) {
                Ok(at) => {
                    let lot = self.lots.get_mut(at)?;
                    lot.available = lot.available.plus(part.points)?;
                }
                Err(_) => self.put(*part)?,
            }
        }
        Some(())
    }

    /// Sets parts of lots aside. `None` if a lot holds less.
    #[must_use]
    pub(crate) fn hold(&mut self, parts: &[LotTaken]) -> Option<()> {
        self.change(parts, |lot, points| {
            Some((lot.available.minus(points)?, lot.held.plus(points)?))
        })
    }

    /// Takes away parts that were set aside. `None` if fewer were.
    #[must_use]
    pub(crate) fn take_held(&mut self, parts: &[LotTaken]) -> Option<()> {
        self.change(parts, |lot, points| Some((lot.available, lot.held.minus(points)?)))
    }

    /// Takes parts away that can be spent. `None` if a lot holds less.
    #[must_use]
    pub(crate) fn take(&mut self, parts: &[LotTaken]) -> Option<()> {
        self.change(parts, |lot, points| Some((lot.available.minus(points)?, lot.held)))
    }

    /// Gives back parts that were set aside. `None` if fewer were.
    #[must_use]
    pub(crate) fn release(&mut self, parts: &[LotTaken]) -> Option<()> {
        self.change(parts, |lot, points| {
            Some((lot.available.plus(points)?, lot.held.minus(points)?))
        })
    }

    fn place(&self, lot: LotId, expires_at: Timestamp) -> Result<usize, usize> {
        self.lots.binary_search_by(|known| (known.expires_at, known.lot).cmp(&(expires_at, lot)))
    }

    /// Applies a change to (available, held) of each lot named; empty lots leave.
    fn change(
        &mut self,
        parts: &[LotTaken],
        to: impl Fn(&Lot, Points) -> Option<(Points, Points)>,
    ) -> Option<()> {
        for part in parts {
            let at = self.place(part.lot, part.expires_at).ok()?;
            let lot = self.lots.get_mut(at)?;
            let (available, held) = to(lot, part.points)?;
            if available.is_negative() || held.is_negative() {
                return None;
            }
            (lot.available, lot.held) = (available, held);
            if available.is_zero() && held.is_zero() {
                self.lots.remove(at);
            }
        }
        Some(())
    }
}
