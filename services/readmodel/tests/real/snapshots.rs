//! Snapshots: one instant, in the order of keys, with a digest that both sides can make.

use futures::TryStreamExt as _;
use linli_domain::id::{ContributionId, PoolId, ResidentId};
use linli_domain::quantity::{Merit, Points};
use linli_domain::time::Timestamp;
use linli_readmodel::balances::{Changes, Lot, Part, Wallet};
use linli_readmodel::checkpoint::Role;
use linli_readmodel::{Projection, RowsDigest, Snapshot};

use crate::support::{Bench, pool};

fn wallet(number: u128) -> Wallet {
    let resident = ResidentId::from_number(number);
    Wallet { merit: Merit::from_hundredths(7), ..Wallet::empty(resident) }
}

fn lot(number: u128) -> Lot {
    Lot {
        resident: ResidentId::from_number(number),
        lot: ContributionId::from_number(1),
        pool: PoolId::from_number(2),
        expires_at: Timestamp::from_microseconds(-1),
        available: Points::from_hundredths(1),
        held: Points::ZERO,
    }
}

/// Numbers whose order as text, or as signed halves, would be another.
const NUMBERS: [u128; 5] = [2, 10, 1 << 63, 1 << 64, u128::MAX];

fn changes(numbers: &[u128]) -> Changes {
    let wallets = numbers.iter().map(|number| wallet(*number));
    let lots = numbers.iter().map(|number| lot(*number));
    Changes {
        wallets: wallets.map(|row| (row.resident, row)).collect(),
        lots: lots.map(|row| ((row.resident, row.lot, row.expires_at), row)).collect(),
        ..Default::default()
    }
}

#[tokio::test]
async fn rows_are_those_of_one_instant_in_order() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    bench.write(generation, 0, &changes(&NUMBERS[2..])).await.unwrap();
    bench.write(generation, 1, &changes(&NUMBERS[..2])).await.unwrap();

    let snapshot = Snapshot::open(&bench.pool, bench.district.clone()).await.unwrap();
    bench.write(generation, 2, &changes(&[3])).await.unwrap();
    assert_eq!(snapshot.position(Projection::Balances).unwrap().0, 2);
    assert_eq!(snapshot.position(Projection::Rankings), None);
    let rows: Vec<Wallet> = snapshot.rows().await.unwrap().try_collect().await.unwrap();
    assert_eq!(rows, NUMBERS.map(wallet));

    let mut digest = RowsDigest::default();
    NUMBERS.iter().for_each(|number| digest.add(&wallet(*number)).unwrap());
    NUMBERS.iter().for_each(|number| digest.add(&lot(*number)).unwrap());
    let before = snapshot.digest(Projection::Balances).await.unwrap();
    assert_eq!(digest.finish(), before);
    snapshot.close().await.unwrap();

    let snapshot = Snapshot::open(&bench.pool, bench.district.clone()).await.unwrap();
    assert_ne!(snapshot.digest(Projection::Balances).await.unwrap(), before);
}

#[tokio::test]
async fn a_snapshot_that_is_dropped_leaves_the_pool_fit_for_use() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    let one = pool(&bench.config, 1);
    let reader = linli_readmodel::Reader::new(one.clone(), bench.district.clone());
    for from in 0..3 {
        drop(Snapshot::open(&one, bench.district.clone()).await.unwrap());
        let number = u128::from(from) + 1;
        bench.write(generation, from, &changes(&[number])).await.unwrap();
        // Not in the transaction of the snapshot any longer, so the new row is seen.
        let resident = ResidentId::from_number(number);
        assert!(reader.wallet(resident).await.unwrap().is_some());
    }
    let Lot { resident, lot, expires_at, .. } = lot(1);
    let (available, held) = (Points::from_hundredths(-1), Points::ZERO);
    let spent =
        [((resident, lot, expires_at), Part { resident, lot, expires_at, available, held })].into();
    bench.write(generation, 3, &Changes { parts: spent, ..Default::default() }).await.unwrap();
    assert_eq!(reader.lots(ResidentId::from_number(1)).await.unwrap(), []);
}
