use super::*;
use crate::head::base64;
use crate::key::{KeyPair, LogKeys};
use linli_log::merkle::{Hash, consistency_proof, leaf_hash, root_of};
use signed_note::Note;

const ORIGIN: &str = "linli.example/gulou";
const NOW: u64 = 1_769_000_000;

struct Log {
    leaves: Vec<Hash>,
    keys: LogKeys,
}

impl Log {
    fn of(history: &str) -> Self {
        let leaf = |n: u32| leaf_hash(format!("{history} {n}").as_bytes());
        let pair = KeyPair::of(ORIGIN, &[1; 32]).unwrap();
        Self { leaves: (0..50).map(leaf).collect(), keys: LogKeys::parse(&pair.secret).unwrap() }
    }

    fn note(&self, size: usize) -> String {
        let root = root_of(&self.leaves[..size]);
        let head = TreeHead { origin: ORIGIN.to_owned(), size: size as u64, root };
        self.keys.sign(&head).unwrap()
    }

    fn question(&self, old: usize, size: usize) -> String {
        let proof = match old {
            0 => Vec::new(),
            _ => consistency_proof(&self.leaves[..size], old).unwrap_or_default(),
        };
        let proof: String = proof.iter().map(|hash| format!("{}\n", base64(hash))).collect();
        format!("old {old}\n{proof}\n{}", self.note(size))
    }
}

fn witness(folder: &std::path::Path) -> Witness {
    let pair = WitnessKey::generate("witness.example/w1", &[9; 32]).unwrap();
    let logs = KeyPair::of(ORIGIN, &[1; 32]).unwrap().public;
    Witness::new(
        WitnessKey::parse(&pair.secret).unwrap(),
        TrustedKeys::parse(&logs).unwrap(),
        Seen::open(folder).unwrap(),
    )
}

#[test]
fn it_signs_what_grew_and_remembers_it() {
    let folder = tempfile::tempdir().unwrap();
    let (log, first) = (Log::of("one"), witness(folder.path()));
    for (old, size) in [(0, 3), (3, 3), (3, 20)] {
        let lines = first.add_checkpoint(&log.question(old, size), NOW).unwrap();
        let note = Note::from_bytes(format!("{}{lines}", log.note(size)).as_bytes()).unwrap();
        let key: WitnessVerifier = first.public_key().parse().unwrap();
        let (signed, others) = note.verify(&key.alone()).unwrap();
        assert_eq!((signed.len(), others.len()), (1, 1));
        assert_eq!(signed[0].signature()[..8], NOW.to_be_bytes());
    }
    // Another process over the same folder goes on where this one was.
    let again = witness(folder.path());
    assert_eq!(again.newest(ORIGIN).unwrap().size, 20);
    assert!(matches!(
        again.add_checkpoint(&log.question(3, 30), NOW),
        Err(Refused::Size { size: 20 })
    ));
}

#[test]
fn it_refuses_a_log_that_was_put_back_and_one_with_two_histories() {
    let folder = tempfile::tempdir().unwrap();
    let (log, other, witness) = (Log::of("one"), Log::of("two"), witness(folder.path()));
    witness.add_checkpoint(&log.question(0, 20), NOW).unwrap();
    let refused = |body: &str| witness.add_checkpoint(body, NOW).unwrap_err();
    // Put back to an older state: whatever it says of before, the witness has seen more.
    assert!(matches!(refused(&log.question(10, 15)), Refused::Size { size: 20 }));
    assert!(matches!(refused(&log.question(0, 15)), Refused::Size { size: 20 }));
    // Another history of the same length, and a longer one.
    assert!(matches!(refused(&other.question(20, 20)), Refused::Root { size: 20 }));
    assert!(matches!(refused(&other.question(20, 30)), Refused::Proof { size: 20 }));
    assert_eq!(witness.newest(ORIGIN).unwrap().size, 20);
}

#[test]
fn it_knows_whom_it_bears_witness_for() {
    let folder = tempfile::tempdir().unwrap();
    let (log, witness) = (Log::of("one"), witness(folder.path()));
    let refused = |body: &str| witness.add_checkpoint(body, NOW).unwrap_err();
    let question = log.question(0, 5);
    assert!(matches!(refused(&question.replace(ORIGIN, "linli.example/x")), Refused::UnknownLog));
    assert!(matches!(refused(&question.replace("\n5\n", "\n6\n")), Refused::Signature(_)));
    for malformed in [
        "",
        "old 0\n\n",
        "old x\n\nnote",
        &question.replace("old 0", "old 00"),
        &log.question(9, 5),
    ] {
        assert!(matches!(refused(malformed), Refused::Malformed), "{malformed}");
    }
    assert_eq!(witness.newest(ORIGIN), None);
}

#[test]
fn a_key_is_read_as_it_was_written() {
    let pair = WitnessKey::generate("witness.example/w1", &[9; 32]).unwrap();
    assert_eq!(WitnessKey::parse(&pair.secret).unwrap().public(), pair.public);
    // A log's key is of another kind, though made of the same chance.
    let log = KeyPair::of("witness.example/w1", &[9; 32]).unwrap();
    assert!(WitnessKey::parse(&log.secret).is_err());
    assert!(log.public.parse::<WitnessVerifier>().is_err());
}
