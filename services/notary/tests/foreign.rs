//! The log as somebody else's programs see it: checkpoints, tiles and receipts of a real log,
//! checked by `signed_note` and `tlog_tiles` alone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test that fails panics"
)]

use std::collections::BTreeMap;
use std::time::Duration;

use linli_devstack::TestDatabase;
use linli_log::checkpoint::Checkpoints;
use linli_log::merkle::Hash;
use linli_log::{BodyBuilder, District, Frame, Frontier, LogReader, LogWriter, Tiles};
use linli_notary::{Cosigners, KeyPair, LogKeys, Metrics, Notary, Prover, Settings, TrustedKeys};
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{Error, TileHashReader, TileReader};
use tokio_postgres::Config;
use tokio_util::sync::CancellationToken;

const ORIGIN: &str = "linli.example/gulou";

/// More than a full tile of level 1.
const RECORDS: u64 = 66_000;

const FRAME_RECORDS: u64 = 1_500;

/// Longest wait for a checkpoint.
const WAIT_MAX: Duration = Duration::from_secs(60);

/// Between two looks, lest they keep from working whom they wait for.
const LOOK_EVERY: Duration = Duration::from_millis(10);

struct Place {
    _database: TestDatabase,
    config: Config,
    district: District,
    reader: LogReader,
    frontier: Frontier,
}

impl Place {
    async fn create() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let (mut client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        linli_log::migrate(&mut client).await.unwrap();
        let reader = LogReader::new(linli_log::reader::pool(&config, 8).unwrap());
        let district = District::new(database.name()).unwrap();
        Self { _database: database, config, district, reader, frontier: Frontier::new() }
    }

    async fn grow(&mut self, writer: &LogWriter, records: u64) {
        let mut body = BodyBuilder::new();
        for n in 1..=records {
            body.push(&record(self.frontier.size() + n)).unwrap();
        }
        let frame = Frame::seal(&mut self.frontier, 1_700_000_000_000_000, body.take()).unwrap();
        writer.append(&frame).await.unwrap();
    }

    fn notary(&self, chance: u8) -> Notary {
        let pair = KeyPair::of(ORIGIN, &[chance; 32]).unwrap();
        Notary::new(Settings {
            district: self.district.clone(),
            log: self.reader.clone(),
            nats: None,
            keys: LogKeys::parse(&pair.secret).unwrap(),
            witnesses: Cosigners::default(),
            metrics: Metrics::register(&prometheus::Registry::new()).unwrap(),
        })
    }

    async fn signed(&self, size: u64) -> String {
        let checkpoints = Checkpoints::new(self.reader.pool().clone(), self.district.clone());
        let found = tokio::time::timeout(WAIT_MAX, async {
            loop {
                if let Some(found) = checkpoints.covering(size).await.unwrap() {
                    return found.note;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
        found.await.unwrap()
    }
}

fn record(position: u64) -> Vec<u8> {
    format!("the record at {position}").into_bytes()
}

/// All tiles of a tree, fetched beforehand: the foreign reader asks without waiting.
struct Fetched(BTreeMap<String, Vec<u8>>);

impl Fetched {
    async fn of(tiles: &Tiles, size: u64) -> Self {
        let mut fetched = BTreeMap::new();
        for tile in tlog_tiles::Tile::new_tiles(8, 0, size) {
            // The crate names tiles as the Go checksum database does, with the height before.
            let path = tile.path().strip_prefix("tile/8/").unwrap().to_owned();
            let hashes = tiles.hashes(path.parse().unwrap()).await.unwrap().unwrap();
            let bytes = hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
            fetched.insert(path, bytes);
        }
        Self(fetched)
    }
}

impl TileReader for Fetched {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, Error> {
        let path = |tile: &tlog_tiles::Tile| tile.path().replacen("tile/8/", "", 1);
        Ok(tiles.iter().map(|tile| self.0[&path(tile)].clone()).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

fn foreign(hash: &Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(*hash.as_bytes())
}

/// What the note says, to whoever trusts this key.
fn opened(note: &str, public: &str) -> tlog_tiles::Checkpoint {
    let note = Note::from_bytes(note.as_bytes()).unwrap();
    let key = StandardVerifier::new(public).unwrap();
    note.verify(&VerifierList::new(vec![Box::new(key)])).unwrap();
    tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_are_not_ours_find_all_of_it_true() {
    let mut place = Place::create().await;
    let writer = LogWriter::open(&place.config, &place.district).await.unwrap();
    let cancel = CancellationToken::new();
    let notary = tokio::spawn(place.notary(1).run(cancel.clone()));
    place.grow(&writer, 700).await;
    let public = KeyPair::of(ORIGIN, &[1; 32]).unwrap().public;
    let early = opened(&place.signed(700).await, &public);
    while place.frontier.size() < RECORDS {
        place.grow(&writer, FRAME_RECORDS).await;
    }
    let size = place.frontier.size();
    let checkpoint = opened(&place.signed(size).await, &public);
    assert_eq!((checkpoint.origin(), checkpoint.size()), (ORIGIN, size));
    assert_eq!(checkpoint.hash().0, *place.frontier.root().as_bytes());

    // Its own proofs, out of our tiles: the reader checks each tile against the signed root.
    let prover = Prover::new(place.reader.clone(), place.district.clone());
    let fetched = Fetched::of(prover.tiles(), size).await;
    let hashes = TileHashReader::new(size, *checkpoint.hash(), &fetched);
    let grown = tlog_tiles::prove_tree(size, early.size(), &hashes).unwrap();
    tlog_tiles::check_tree(&grown, size, *checkpoint.hash(), early.size(), *early.hash()).unwrap();
    // Our proofs, checked by it.
    let ours = prover.growth(early.size(), size).await.unwrap().unwrap();
    assert_eq!(ours.iter().map(foreign).collect::<Vec<_>>(), grown);
    for position in [1, 2, 255, 256, 257, 700, 701, 65_535, 65_536, 65_537, size - 1, size] {
        let receipt = prover.receipt(position).await.unwrap().unwrap();
        assert_eq!(receipt.record, record(position));
        let head = opened(&receipt.checkpoint, &public);
        let path: Vec<_> = receipt.path.iter().map(foreign).collect();
        let leaf = tlog_tiles::record_hash(&record(position));
        tlog_tiles::check_record(&path, head.size(), *head.hash(), position - 1, leaf).unwrap();
        receipt.verify(&TrustedKeys::parse(&public).unwrap()).unwrap();
    }
    assert!(prover.receipt(size + 1).await.unwrap().is_none());
    assert!(prover.receipt(0).await.unwrap().is_none());

    cancel.cancel();
    notary.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notary_goes_on_where_another_one_ended() {
    let mut place = Place::create().await;
    let writer = LogWriter::open(&place.config, &place.district).await.unwrap();
    for chance in [1, 2] {
        let cancel = CancellationToken::new();
        // Two at once, and the second time with another key.
        let notaries = [1, 2].map(|_| tokio::spawn(place.notary(chance).run(cancel.clone())));
        for _ in 0..5 {
            place.grow(&writer, 333).await;
        }
        let size = place.frontier.size();
        let public = KeyPair::of(ORIGIN, &[chance; 32]).unwrap().public;
        let checkpoint = opened(&place.signed(size).await, &public);
        assert_eq!(checkpoint.hash().0, *place.frontier.root().as_bytes());
        cancel.cancel();
        for notary in notaries {
            notary.await.unwrap();
        }
    }
    let prover = Prover::new(place.reader.clone(), place.district.clone());
    let proof = prover.growth(1_665, 3_330).await.unwrap().unwrap();
    assert!(!proof.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_not_what_was_signed_is_signed_no_more() {
    let mut place = Place::create().await;
    let writer = LogWriter::open(&place.config, &place.district).await.unwrap();
    place.grow(&writer, 10).await;
    // A checkpoint over more than there is: what a log put back to an older state looks like.
    let keys = LogKeys::parse(&KeyPair::of(ORIGIN, &[1; 32]).unwrap().secret).unwrap();
    let head =
        linli_notary::TreeHead { origin: ORIGIN.to_owned(), size: 20, root: place.frontier.root() };
    let note = keys.sign(&head).unwrap();
    let checkpoints = Checkpoints::new(place.reader.pool().clone(), place.district.clone());
    checkpoints.put(&linli_log::checkpoint::Checkpoint { size: 20, note }).await.unwrap();
    let registry = prometheus::Registry::new();
    let notary = Notary::new(Settings {
        district: place.district.clone(),
        log: place.reader.clone(),
        nats: None,
        keys,
        witnesses: Cosigners::default(),
        metrics: Metrics::register(&registry).unwrap(),
    });
    let cancel = CancellationToken::new();
    let notary = tokio::spawn(notary.run(cancel.clone()));
    let faults = tokio::time::timeout(WAIT_MAX, async {
        let told = || prometheus::TextEncoder::new().encode_to_string(&registry.gather()).unwrap();
        while !told()
            .lines()
            .any(|line| line.starts_with("linli_notary_faults_total{") && !line.ends_with(" 0"))
        {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
    faults.await.unwrap();
    assert_eq!(checkpoints.covering(1).await.unwrap().unwrap().size, 20);
    cancel.cancel();
    notary.await.unwrap();
}
