//! A start from a snapshot and a start from nothing come to the same.

use linli_devstack::TestDatabase;
use linli_domain::id::PoolId;
use linli_domain::pool::{self, Funding, Pool};
use linli_domain::quantity::Points;
use linli_domain::text::{Bilingual, Code, Name, Reference};
use linli_domain::{ClientId, Command, IdempotencyKey};
use linli_log::reader::pool;
use linli_log::snapshot::{Part, Snapshots};
use linli_log::{District, LogReader};
use linli_port::{Envelope, Port};
use prometheus::Registry;
use tokio_postgres::{Config, NoTls};
use tokio_util::sync::CancellationToken;

use super::restore::{Restored, restore};
use super::snapshot::{FORMAT, write, write_cut};
use super::{Image, Pace};
use crate::{Ledger, Metrics, Settings};

const CLIENT: ClientId = ClientId(1);

struct House {
    _database: TestDatabase,
    config: Config,
    district: District,
    reader: LogReader,
    snapshots: Snapshots,
}

fn key(n: u32) -> IdempotencyKey {
    IdempotencyKey::new(&format!("key-{n}")).unwrap()
}

fn envelope(n: u32) -> Envelope {
    let pool = PoolId::from_number(1);
    let command: Command = if n == 0 {
        let name = Bilingual { zh: Name::new("池").unwrap(), en: Name::new("pool").unwrap() };
        pool::Command::Open(Pool { pool, code: Code::new("street").unwrap(), name }).into()
    } else {
        let points = Points::from_hundredths(i64::from(n));
        let reference = Reference::new("2026-001").unwrap();
        pool::Command::Fund(Funding { pool, points, reference }).into()
    };
    Envelope { client: CLIENT, key: key(n), body_hash: [0; 32], command }
}

impl House {
    async fn new() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let (mut client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        linli_log::migrate(&mut client).await.unwrap();
        let district = District::new(database.name()).unwrap();
        let pool = pool(&config, 4).unwrap();
        let snapshots = Snapshots::new(pool.clone(), district.clone());
        Self { _database: database, config, district, reader: LogReader::new(pool), snapshots }
    }

    /// Lets a ledger take these commands, in three frames at least, and stop.
    async fn run(&self, commands: std::ops::Range<u32>, snapshot_every_records: u64) {
        let registry = Registry::new();
        let metrics = Metrics::register(&registry).unwrap();
        let log_metrics = linli_log::Metrics::register(&registry).unwrap();
        let settings = Settings {
            snapshot_every_records,
            ..Settings::new(self.district.clone(), self.config.clone(), metrics, log_metrics)
        };
        let (port, intake) = Port::local();
        let cancel = CancellationToken::new();
        let ledger = Ledger::start(settings, intake, cancel.clone());
        ledger.status().wait_for(|status| status.is_leading()).await.unwrap();
        let all: Vec<Envelope> = commands.map(envelope).collect();
        for part in all.chunks(all.len().div_ceil(3)) {
            for answer in port.submit(part.to_vec()).await {
                answer.unwrap();
            }
        }
        cancel.cancel();
        ledger.stopped().await.unwrap();
    }

    async fn restore(&self) -> Restored {
        restore(&self.reader, &self.snapshots, &self.district, Pace::Hurry).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshot_and_tail_come_to_the_same_as_the_whole_log() {
    let house = House::new().await;
    house.run(0..300, 1_000_000).await;
    // The last snapshot was written on stopping; what follows is the tail.
    let snapshot = house.snapshots.newest(FORMAT).await.unwrap().unwrap();
    assert_eq!(snapshot.position, 300);
    house.run(300..400, 1_000_000).await;
    let newest = house.snapshots.newest(FORMAT).await.unwrap().unwrap();
    assert_eq!(newest.position, 400);

    let quick = house.restore().await;
    assert_eq!(quick.snapshot_position, 400);
    house.snapshots.prune(0).await.unwrap();
    let whole = house.restore().await;
    assert_eq!(whole.snapshot_position, 0);
    same(&quick, &whole);

    // From the older one with a tail of a hundred records.
    let early = house.restore_at(300).await;
    same(&early, &whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_that_is_of_no_use_is_passed_over() {
    let house = House::new().await;
    house.run(0..50, 1_000_000).await;
    let whole = house.restore().await;
    house.snapshots.prune(0).await.unwrap();
    let good = parts(&whole.image);
    let check = async |position: u64, parts: Vec<Part>, expected: u64| {
        house.put(position, parts).await;
        let restored = house.restore().await;
        assert_eq!(restored.snapshot_position, expected);
        same(&restored, &whole);
    };
    // Another form under right digests; a part too few; a part twice; beyond the log's end, as
    // after a restore of the database to an earlier time; none of them hides the good one.
    let without = |place: usize| {
        let mut parts = good.clone();
        parts.remove(place);
        parts
    };
    check(50, vec![Part::seal(b"other".to_vec())], 0).await;
    for place in 0..good.len() {
        check(50, without(place), 0).await;
    }
    let twice = [good.clone(), vec![good[1].clone()]].concat();
    check(50, twice, 0).await;
    check(50, good.clone(), 50).await;
    check(60, good.clone(), 50).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_that_is_too_long_for_a_part_lies_in_several() {
    let house = House::new().await;
    house.run(0..50, 1_000_000).await;
    let whole = house.restore().await;
    house.snapshots.prune(0).await.unwrap();
    let mut cut = Vec::new();
    write_cut(&whole.image, 40, |part| {
        cut.push(part);
        Ok(())
    })
    .unwrap();
    assert!(cut.len() > parts(&whole.image).len() + 10, "{} parts", cut.len());
    let last = cut.len() - 1;
    house.put(50, cut[..last].to_vec()).await;
    assert_eq!(house.restore().await.snapshot_position, 0, "it has no end");
    house.put(50, cut).await;
    let restored = house.restore().await;
    assert_eq!(restored.snapshot_position, 50);
    same(&restored, &whole);
}

fn parts(image: &Image) -> Vec<Part> {
    let mut parts = Vec::new();
    write(image, |part| {
        parts.push(part);
        Ok(())
    })
    .unwrap();
    parts
}

impl House {
    async fn put(&self, position: u64, parts: Vec<Part>) {
        let parts = futures::stream::iter(parts.into_iter().map(Some));
        self.snapshots.put(position, FORMAT, parts).await.unwrap();
    }

    /// Restores from a snapshot made of the log up to `position`.
    async fn restore_at(&self, position: u64) -> Restored {
        let mut image = Image::default();
        for frame in self.reader.frames_after(&self.district, 0).await.unwrap() {
            if frame.last <= position {
                image.replay(&frame).unwrap();
            }
        }
        let at = image.position().0;
        self.put(at, parts(&image)).await;
        let restored = self.restore().await;
        assert_eq!(restored.snapshot_position, at);
        restored
    }
}

#[track_caller]
fn same(one: &Restored, other: &Restored) {
    let (one, other) = (&one.image, &other.image);
    assert_eq!(one.state.digest(), other.state.digest());
    assert_eq!(one.frontier, other.frontier);
    // The marks may lie differently, but are the same.
    let used = u32::try_from(one.position().0).unwrap();
    for image in [one, other] {
        let may_hold = |n: u32| image.filter.may_hold(crate::keys::Mark::of(CLIENT, &key(n)));
        assert!((0..used).all(may_hold) && !may_hold(used));
    }
}
