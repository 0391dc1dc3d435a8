//! Those who ask: each has one call open at a time, loses patience, and asks again by the same key
//! until it knows.

mod hours;
mod letter;
mod wishes;

pub use letter::{Asked, Letter, LetterId};
pub use wishes::Wishes;

use linli_domain::time::Timestamp;
use linli_domain::{ClientId, IdempotencyKey};

use crate::chance::Chance;
use crate::check::Said;

/// Keys that a sender remembers, to use them again.
const REMEMBERED_MAX: usize = 24;

/// The first client's number, as ledgers know it.
const FIRST: u128 = 100;

/// Most commands of one request.
const BULK_MAX: u64 = 5;

/// What a client is about to send.
#[derive(Clone, Debug)]
pub struct Call {
    /// The commands.
    pub asked: Vec<Asked>,
    /// The letter that waits for an answer; none before the first.
    pub letter: Option<LetterId>,
    /// Whether an earlier letter of this call may have been done.
    pub is_in_doubt: bool,
}

/// One who asks.
#[derive(Debug)]
pub struct Client {
    /// Who.
    pub id: ClientId,
    /// What is being asked.
    pub call: Option<Call>,
    /// How many calls are left to make.
    pub calls_left: u64,
    count: u64,
    past: Vec<Asked>,
}

impl Client {
    /// A client that will make so many calls.
    #[must_use]
    pub fn new(number: usize, calls: u64) -> Self {
        let id = ClientId(u128::try_from(number).unwrap_or_default().saturating_add(FIRST));
        Self { id, call: None, calls_left: calls, count: 0, past: Vec::new() }
    }

    /// Whether it has nothing left to ask and nothing left to know.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.call.is_none() && self.calls_left == 0
    }

    /// Thinks of something to ask.
    pub fn think(&mut self, wishes: &mut Wishes, chance: &mut Chance, date: Timestamp) {
        self.calls_left = self.calls_left.saturating_sub(1);
        let kind = chance.below(20);
        let past = self.past.get(chance.place(self.past.len())).cloned();
        let asked = match (kind, past) {
            // A sender that has forgotten that it knows.
            (0..2, Some(past)) => vec![past],
            // A sender that takes the same name for something else.
            (2, Some(past)) => {
                vec![Asked::new(past.key, wishes.command(chance, date))]
            }
            (3..7, _) => {
                let count = chance.between(2, BULK_MAX);
                let mut asked: Vec<_> =
                    (0..count).map(|_| self.new_wish(wishes, chance, date)).collect();
                if chance.once_in(4) {
                    let twice = asked.get(chance.place(asked.len())).cloned();
                    asked.extend(twice);
                }
                asked
            }
            _ => vec![self.new_wish(wishes, chance, date)],
        };
        self.call = Some(Call { asked, letter: None, is_in_doubt: false });
    }

    fn new_wish(&mut self, wishes: &mut Wishes, chance: &mut Chance, date: Timestamp) -> Asked {
        let asked = Asked::new(self.next_key(), wishes.command(chance, date));
        if self.past.len() >= REMEMBERED_MAX {
            self.past.remove(0);
        }
        self.past.push(asked.clone());
        asked
    }

    /// Keys are short, and those of two clients are the same, but for two.
    fn next_key(&mut self) -> IdempotencyKey {
        self.count = self.count.saturating_add(1);
        let is_first = self.id == ClientId(FIRST);
        let look_alike = LOOK_ALIKE.iter().find(|(place, _)| is_first && *place == self.count);
        let text = format!("k{}", look_alike.map_or(self.count, |(_, number)| *number));
        // Visible ASCII of a permitted length.
        IdempotencyKey::new(&text).unwrap_or_else(|_| unreachable!("{text} is a key"))
    }

    /// Hears what became of its call. Answers whether it asks again.
    pub fn hear(&mut self, said: &[Said], chance: &mut Chance, is_calm: bool) -> bool {
        let Some(call) = &mut self.call else { return false };
        call.letter = None;
        call.is_in_doubt |= said.contains(&Said::Unknown);
        let is_settled = said.iter().all(|said| matches!(said, Said::Done | Said::DoneBefore));
        let asks_again = match (is_settled, is_calm) {
            (true, _) => false,
            // When the faults are over, whoever was refused is content, and nobody gives up.
            (false, true) => said.contains(&Said::Unknown),
            (false, false) => said.contains(&Said::Unknown) && !chance.once_in(12),
        };
        if !asks_again {
            self.call = None;
        }
        asks_again
    }
}

/// Keys of the first client that a ledger's filter can't tell apart: it takes the second one for
/// used, once the first one is.
const LOOK_ALIKE: [(u64, u64); 2] = [(2, 690_637), (4, 939_620)];
