//! The books beside the state that the core replayed.

use super::*;

impl Books {
    /// Holds the books against the state that the core replayed.
    pub(crate) fn compare(&self, state: &State) -> Vec<Broken> {
        let mut broken = Vec::new();
        let residents = state.residents().sorted().flat_map(|(id, _)| {
            [Account::Available(id), Account::Held(id), Account::Receivable(id)]
                .map(|account| (account, Running::default()))
        });
        let unposted = residents.filter(|(account, _)| !self.accounts.contains_key(account));
        let posted = self.accounts.iter().map(|(account, running)| (*account, *running));
        for (account, running) in posted.chain(unposted) {
            let balance = state.balance(account);
            let theirs = (i128::from(balance.points.hundredths()), balance.version);
            let ours = (running.hundredths, running.postings);
            if ours != theirs {
                let what = format!("{account:?}: books {ours:?}, state {theirs:?}");
                broken.push((Rule::SameAsState, what));
            }
        }
        for (key, shelf) in state.shelves().sorted() {
            let ours = self.stock.get(&key).copied().unwrap_or_default();
            let sum = |parts: &[u32]| parts.iter().map(|part| i128::from(*part)).sum::<i128>();
            let came = sum(&[shelf.received, shelf.moved_in, shelf.surplus]);
            let gone = sum(&[shelf.sent_back, shelf.written_off, shelf.moved_out, shelf.missing]);
            let [delivered, on_hand, reserved] =
                [shelf.delivered, shelf.on_hand, shelf.reserved].map(i128::from);
            let theirs = [came, gone, delivered, on_hand, reserved];
            if theirs != [ours.came, ours.gone, ours.delivered, ours.on_hand(), ours.promised] {
                broken
                    .push((Rule::SameAsState, format!("{key:?}: books {ours:?}, state {shelf:?}")));
            }
        }
        self.compare_time(state, &mut broken);
        self.compare_queues(state, &mut broken);
        broken
    }
}
