//! What no wish of the time bank may do.

use linli_domain::time_bank::{Gift, Giver, Payer, Receiver};

use super::*;

impl Books {
    /// A contribution's time is stored once, of as many minutes as it was awarded, and only while the award stands.
    pub(super) fn store_once(
        &mut self,
        id: ContributionId,
        deposited: Deposited,
        broken: &mut Vec<Broken>,
    ) {
        let stands = self.time.served.get(&id).filter(|served| !served.reversed);
        let awarded = stands.and_then(|served| served.by);
        let right = awarded.is_some_and(|(_, minutes)| minutes == deposited.minutes);
        let fresh = self.time.deposits.insert(id, deposited).is_none();
        if !right || !fresh {
            let what = format!("{} min of contribution {id}", deposited.minutes);
            broken.push((Rule::TimeStoredOnce, what));
        }
    }

    /// Floors and the limits of clearing bind what is wished, and what happens by itself doesn't ask them.
    pub(super) fn check_wish(&self, event: &Event, now: Timestamp, broken: &mut Vec<Broken>) {
        let payer = match event {
            Event::Stored { deposit, .. } => Some(deposit.payer),
            Event::Given { gift, .. } => {
                self.check_gift(*gift, broken);
                None
            }
            Event::Marked(_)
            | Event::KinLinked(_)
            | Event::Asked { .. }
            | Event::Granted { .. }
            | Event::Withdrawn(_)
            | Event::AskLapsed(_)
            | Event::TakenBack { .. }
            | Event::Closed { .. }
            | Event::Followed { .. }
            | Event::Netted { .. } => return,
        };
        let Some(terms) = self.time.terms_at(now) else {
            broken.push((Rule::TimeMoved, "the rules know no time bank".to_owned()));
            return;
        };
        if let Event::Stored { deposit, .. } = event
            && deposit.payer == Payer::Fund
        {
            let served = self.time.served.get(&deposit.contribution).map(|it| it.whom);
            if !served.is_some_and(|whom| self.time.elders.contains(&whom)) {
                let what = format!("the fund pays for {served:?}, who is no key elder");
                broken.push((Rule::TimeDebt, what));
            }
        }
        let owes = |most: u32| i128::from(most).saturating_neg();
        for step in event.moves() {
            let after = self.time.stands(step.account).saturating_add(step.minutes.into());
            let (rule, fits) = match step.account {
                TimeAccount::Resident(_) if step.minutes < 0 => {
                    let served = payer == Some(Payer::Served);
                    let least = if served { owes(terms.owe_most.get()) } else { 0 };
                    (Rule::TimeDebt, after >= least)
                }
                TimeAccount::Resident(_) => (
                    Rule::TimeCap,
                    after <= i128::from(terms.cap.get()).max(self.time.stands(step.account)),
                ),
                TimeAccount::Clearing(_) if step.minutes > 0 => {
                    (Rule::TimeLimit, after <= i128::from(terms.deficit_most.get()))
                }
                TimeAccount::Clearing(_) => {
                    (Rule::TimeLimit, after >= owes(terms.surplus_most.get()))
                }
                TimeAccount::Fund | TimeAccount::Team(_) | TimeAccount::Chest(_) => continue,
            };
            if !fits {
                broken.push((rule, format!("{:?} at {after} min", step.account)));
            }
        }
    }

    /// A resident gives to kin or to a chest, a team to a key elder or to a chest.
    fn check_gift(&self, gift: Gift, broken: &mut Vec<Broken>) {
        let fits = match (gift.from, gift.to) {
            (_, Receiver::Chest(_)) => true,
            (Giver::Team(_), Receiver::Resident(to)) => self.time.elders.contains(&to),
            (Giver::Resident(from), Receiver::Resident(to)) => {
                let at_home =
                    self.homes.contains_key(&from) && self.homes.get(&from) == self.homes.get(&to);
                from != to && (at_home || self.time.kin.contains(&(from.min(to), from.max(to))))
            }
        };
        if !fits {
            broken.push((Rule::TimeGift, format!("{gift:?}")));
        }
    }
}
