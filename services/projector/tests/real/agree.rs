//! Do the read models say what the core's state says?

use linli_domain::State;
use linli_domain::posting::Account;
use linli_domain::quantity::Points;
use linli_readmodel::Reader;
use linli_readmodel::balances::{Lot, Side, Totals, Wallet};

use crate::world::{POOLS, SUPPLIERS};

/// Compares everything that both know.
pub(crate) async fn agree(reader: &Reader, state: &State) {
    people(reader, state).await;
    books(reader, state).await;
    shelves(reader, state).await;
    cases(reader, state).await;
    slips(reader, state).await;
}

async fn people(reader: &Reader, state: &State) {
    for (id, person) in state.residents().sorted() {
        let row = reader.resident(id).await.unwrap().unwrap();
        let flags = (row.volunteer, row.ranked, row.assisted);
        assert_eq!(flags, (person.volunteer, person.ranked, person.registration.assisted));
        assert_eq!(reader.resident_by_card(row.card).await.unwrap(), Some(row));

        let wallet = reader.wallet(id).await.unwrap().unwrap();
        let expected = Wallet {
            resident: id,
            available: person.wallet.available.points,
            held: person.wallet.held.points,
            receivable: person.wallet.receivable.points,
            minutes: i64::from(person.minutes.get()),
            honour_minutes: i64::from(person.honour_minutes.get()),
            merit: person.merit,
        };
        assert_eq!(wallet, expected);
        let lots = person.wallet.lots().iter().map(|lot| Lot {
            resident: id,
            lot: lot.lot,
            pool: lot.pool,
            expires_at: lot.expires_at,
            available: lot.available,
            held: lot.held,
        });
        assert_eq!(reader.lots(id).await.unwrap(), lots.collect::<Vec<_>>());
        let end = state.position();
        assert_eq!(reader.balance_at(id, Side::Available, end).await.unwrap(), wallet.available);
        assert_eq!(reader.balance_at(id, Side::Held, end).await.unwrap(), wallet.held);
        let statement = reader.statement(id, None, 500).await.unwrap();
        let sum = |side| {
            let lines = statement.rows.iter().filter(|line| line.side == side);
            lines.map(|line| line.amount.hundredths()).sum::<i64>()
        };
        assert_eq!(sum(Side::Available), wallet.available.hundredths());
        assert_eq!(sum(Side::Held), wallet.held.hundredths());
    }
}

async fn books(reader: &Reader, state: &State) {
    let balance = |account| state.balance(account).points;
    let mut totals = Totals::default();
    for pool in POOLS {
        let row = reader.pools().await.unwrap().into_iter().find(|row| row.pool == pool).unwrap();
        assert_eq!(row.funded, balance(Account::Funder(pool)).negated());
        assert_eq!(row.left, balance(Account::Pool(pool)));
        assert_eq!(row.lapsed, balance(Account::Expired(pool)));
        assert_eq!(row.drawn, row.funded.minus(row.left).unwrap());
        totals.funded = totals.funded.plus(row.funded).unwrap();
        totals.issued = totals.issued.plus(row.drawn).unwrap();
        totals.lapsed = totals.lapsed.plus(row.lapsed).unwrap();
    }
    for supplier in SUPPLIERS {
        let owed = balance(Account::Supplier(supplier));
        totals.redeemed = totals.redeemed.plus(owed).unwrap();
    }
    let sum = |side: fn(&linli_domain::resident::Resident) -> Points| {
        state.residents().sorted().fold(Points::ZERO, |sum, (_, one)| sum.plus(side(one)).unwrap())
    };
    totals.available = sum(|one| one.wallet.available.points);
    totals.held = sum(|one| one.wallet.held.points);
    totals.receivable = sum(|one| one.wallet.receivable.points);
    assert_eq!(reader.totals().await.unwrap(), totals);
}

async fn shelves(reader: &Reader, state: &State) {
    for ((station, item), shelf) in state.shelves().sorted() {
        let rows = reader.shelves(item).await.unwrap();
        let row = rows.into_iter().find(|row| row.station == station).unwrap();
        let found = [row.received, row.on_hand, row.reserved, row.delivered];
        let expected = [shelf.received, shelf.on_hand, shelf.reserved, shelf.delivered];
        assert_eq!(found, expected.map(i64::from));
        assert_eq!(row.free(), i64::from(shelf.free()));
    }
    for (id, item) in state.items().sorted() {
        let row = reader.item(id).await.unwrap().unwrap();
        assert_eq!((row.price, row.cost, row.kind), (item.price, item.cost, item.kind));
        assert_eq!(reader.prices(id).await.unwrap().first().unwrap().price, item.price);
    }
}

async fn cases(reader: &Reader, state: &State) {
    for (id, contribution) in state.contributions().sorted() {
        let file = reader.contribution(id).await.unwrap().unwrap();
        assert_eq!(file.case.status, contribution.status);
        assert_eq!(file.case.grade, contribution.grade);
        let officers: Vec<_> = file.verifications.iter().map(|one| one.officer).collect();
        assert_eq!(officers, contribution.verified_by);
        assert_eq!(usize::try_from(file.case.verifications).unwrap(), officers.len());
    }
}

async fn slips(reader: &Reader, state: &State) {
    for (id, redemption) in state.redemptions().sorted() {
        let row = reader.redemption(id).await.unwrap().unwrap();
        assert_eq!(row.redemption.status, redemption.status);
        let lots = row.lots.iter().map(|lot| lot.points.hundredths()).sum::<i64>();
        let lines = row.lines.iter().map(|line| line.price.times(line.quantity).unwrap());
        assert_eq!(lots, row.redemption.total.hundredths());
        assert_eq!(lines.map(Points::hundredths).sum::<i64>(), lots);
    }
}
