use super::super::leaf_hash;
use super::*;
use proptest::prelude::*;

/// The eight leaves of the Certificate Transparency reference implementation's Merkle tree tests.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

/// Their roots for the sizes 1 to 8.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// (leaf, size, audit path), from the same source.
const INCLUSIONS: [(usize, usize, &[&str]); 4] = [
    (0, 1, &[]),
    (
        0,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
];

/// (old size, new size, proof), from the same source.
const CONSISTENCIES: [(usize, usize, &[&str]); 4] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

fn reference_leaves() -> Vec<Hash> {
    LEAVES.iter().map(|leaf| leaf_hash(leaf)).collect()
}

fn hashes(text: &[&str]) -> Vec<Hash> {
    text.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn reference_roots() {
    let leaves = reference_leaves();
    assert_eq!(root_of(&[]), EMPTY_ROOT);
    for (index, root) in ROOTS.iter().enumerate() {
        assert_eq!(root_of(&leaves[..=index]).to_string(), *root);
    }
}

#[test]
fn reference_inclusion_proofs() {
    let leaves = reference_leaves();
    for (index, size, path) in INCLUSIONS {
        assert_eq!(inclusion_proof(&leaves[..size], index), Some(hashes(path)), "{index}/{size}");
    }
    assert_eq!(inclusion_proof(&leaves, 8), None);
}

#[test]
fn reference_consistency_proofs() {
    let leaves = reference_leaves();
    for (old, new, path) in CONSISTENCIES {
        assert_eq!(consistency_proof(&leaves[..new], old), Some(hashes(path)), "{old}/{new}");
    }
    assert_eq!(consistency_proof(&leaves, 0), None);
    assert_eq!(consistency_proof(&leaves, 9), None);
}

#[test]
fn every_proof_of_small_trees_holds_and_no_other() {
    let leaves: Vec<Hash> = (0..40_u8).map(|byte| leaf_hash(&[byte])).collect();
    for size in 1..=leaves.len() {
        let root = root_of(&leaves[..size]);
        for index in 0..size {
            let path = inclusion_proof(&leaves[..size], index).unwrap();
            let check = |leaf: &Hash, index: usize, path: &[Hash]| {
                verify_inclusion(leaf, index as u64, size as u64, path, &root)
            };
            assert_eq!(check(&leaves[index], index, &path), Ok(()));
            assert!(check(&leaf_hash(b"other"), index, &path).is_err());
            assert!(check(&leaves[index], size, &path).is_err());
            assert!(check(&leaves[index], index, &[&path[..], &[root]].concat()).is_err());
            if index + 1 < size {
                assert!(check(&leaves[index], index + 1, &path).is_err());
            }
        }
        for old in 1..=size {
            let path = consistency_proof(&leaves[..size], old).unwrap();
            let old_root = root_of(&leaves[..old]);
            let check = |old: usize, old_root: &Hash, path: &[Hash]| {
                verify_consistency(old as u64, old_root, size as u64, &root, path)
            };
            assert_eq!(check(old, &old_root, &path), Ok(()));
            assert!(check(old, &leaf_hash(b"other"), &path).is_err());
            assert!(check(old, &old_root, &[&path[..], &[root]].concat()).is_err());
        }
        assert_eq!(verify_consistency(0, &EMPTY_ROOT, size as u64, &root, &[]), Ok(()));
        assert!(verify_consistency(size as u64 + 1, &root, size as u64, &root, &[]).is_err());
    }
}

proptest! {
    #[test]
    fn a_damaged_proof_never_holds(
        size in 2_usize..300,
        index in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        bit in 0_u8..8,
        byte in 0_usize..32,
    ) {
        let leaves: Vec<Hash> = (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let root = root_of(&leaves);
        let index = index.index(size);
        let mut path = inclusion_proof(&leaves, index).unwrap();
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size as u64, &path, &root).is_ok());
        let place = place.index(path.len());
        path[place].0[byte] ^= 1 << bit;
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size as u64, &path, &root).is_err());
    }
}
