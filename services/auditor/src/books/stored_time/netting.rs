//! Netting statements: opening + taken − given = closing, each from what was moved since the last.

use std::collections::BTreeMap;

use linli_domain::time_bank::Netting;

use super::*;

impl StoredTime {
    /// Holds a statement against what was traded, and begins the next period.
    pub(super) fn state(
        &mut self,
        netting: &Netting,
        position: Position,
        broken: &mut Vec<Broken>,
    ) {
        let mut wrong = |what: String| broken.push((Rule::TimeNetting, what));
        let number = self.statements.saturating_add(1);
        let since = self.stated_at.unwrap_or(Position::START);
        if (netting.number, netting.since) != (number, since) {
            wrong(format!(
                "statement {} since {}, not {number} since {since}",
                netting.number, netting.since
            ));
        }
        let traded: BTreeMap<(AreaId, AreaId), i128> =
            std::mem::take(&mut self.trades).into_iter().collect();
        let said = netting.trades.iter().map(|it| ((it.from, it.to), i128::from(it.minutes)));
        if !said.eq(traded.iter().map(|(pair, minutes)| (*pair, *minutes))) {
            wrong(format!("trades {:?}, not {traded:?}", netting.trades));
        }
        for line in &netting.lines {
            let of = |mine: &dyn Fn(&(AreaId, AreaId)) -> AreaId| {
                let pairs = traded.iter().filter(|(pair, _)| mine(pair) == line.community);
                pairs.map(|(_, minutes)| *minutes).fold(0_i128, i128::saturating_add)
            };
            let (given, taken) = (of(&|pair| pair.1), of(&|pair| pair.0));
            let opening = self.stated.get(&line.community).copied().unwrap_or_default();
            let closing = opening.saturating_add(taken).saturating_sub(given);
            let ours = [opening, given, taken, closing];
            let theirs =
                [line.opening.into(), line.given.into(), line.taken.into(), line.closing.into()];
            let stands = self.stands(TimeAccount::Clearing(line.community));
            if ours != theirs || stands != closing {
                wrong(format!(
                    "community {}: {theirs:?}, not {ours:?}, and clearing stands at {stands} min",
                    line.community
                ));
            }
            self.stated.insert(line.community, closing);
        }
        let open = |(account, minutes): (&TimeAccount, &i128)| {
            matches!(account, TimeAccount::Clearing(id)
                if *minutes != 0 && !netting.lines.iter().any(|line| line.community == *id))
        };
        if self.accounts.iter().any(open) {
            wrong("a community that owes, or is owed, is not in the statement".to_owned());
        }
        (self.statements, self.stated_at) = (number, Some(position));
    }
}

#[cfg(test)]
mod tests {
    use linli_domain::time_bank::{NettingLine, Trade};

    use super::*;

    const ONE: AreaId = AreaId::from_number(1);
    const OTHER: AreaId = AreaId::from_number(2);

    fn step(account: TimeAccount, minutes: i64, balance: i64) -> Move {
        Move { account, minutes, balance }
    }

    fn rules(broken: &[Broken]) -> Vec<Rule> {
        broken.iter().map(|(rule, _)| *rule).collect()
    }

    #[test]
    fn moves_that_sum_to_something_or_stand_elsewhere_are_named() {
        let (one, other) = (TimeAccount::Clearing(ONE), TimeAccount::Clearing(OTHER));
        for (moves, expected) in [
            (vec![step(one, 60, 60), step(other, -60, -60)], vec![]),
            (vec![step(one, 60, 60), step(other, -50, -50)], vec![Rule::TimeSum]),
            (vec![step(one, 60, 61), step(other, -60, -60)], vec![Rule::TimeBalance]),
            (
                vec![step(one, 60, 60), step(TimeAccount::Chest(ONE), -60, -60)],
                vec![Rule::TimeDebt],
            ),
        ] {
            let mut broken = Vec::new();
            StoredTime::default().book(&moves, &mut broken);
            assert_eq!(rules(&broken), expected, "{moves:?}");
        }
    }

    #[test]
    fn a_statement_that_says_otherwise_is_named() {
        let line = |community, given, taken, closing| NettingLine {
            community,
            opening: 0,
            given,
            taken,
            closing,
        };
        let right = Netting {
            number: 1,
            since: Position::START,
            lines: vec![line(ONE, 0, 60, 60), line(OTHER, 60, 0, -60)],
            trades: vec![Trade { from: ONE, to: OTHER, minutes: 60 }],
        };
        let changes: [fn(&mut Netting); 6] = [
            |_| {},
            |it| it.number = 2,
            |it| it.lines[0].closing = 50,
            |it| it.lines.truncate(1),
            |it| it.trades[0].minutes = 50,
            |it| it.lines[1].opening = -10,
        ];
        for (which, change) in changes.into_iter().enumerate() {
            let mut told = StoredTime::default();
            let mut broken = Vec::new();
            let (one, other) = (TimeAccount::Clearing(ONE), TimeAccount::Clearing(OTHER));
            told.book(&[step(one, 60, 60), step(other, -60, -60)], &mut broken);
            told.trades.insert((ONE, OTHER), 60);
            let mut netting = right.clone();
            change(&mut netting);
            told.state(&netting, Position(9), &mut broken);
            assert_eq!(broken.is_empty(), which == 0, "{which}: {broken:?}");
            assert!(rules(&broken).iter().all(|rule| *rule == Rule::TimeNetting), "{broken:?}");
        }
    }
}
