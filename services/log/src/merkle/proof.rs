//! Proofs: that a record is in the log, and that a log only grew. Simple, over all leaf hashes:
//! for a tile server that reads its hashes from storage, verification here is the oracle.

use super::{EMPTY_ROOT, Hash, Root, node_hash};

/// A proof does not hold, or asks about positions that the tree does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not hold")]
pub struct InvalidProof;

/// The root over `leaves` (their hashes, in order); [`EMPTY_ROOT`] when there is none.
#[must_use]
pub fn root_of(leaves: &[Hash]) -> Root {
    match leaves {
        [] => EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let (left, right) = halves(leaves);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// The audit path of leaf `index` (from 0) in the tree over `leaves`, nearest sibling first
/// (RFC 9162, section 2.1.3.1). `None` when there is no such leaf.
#[must_use]
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let (left, right) = halves(leaves);
    let (mut path, sibling) = match index.checked_sub(left.len()) {
        None => (inclusion_proof(left, index)?, root_of(right)),
        Some(index) => (inclusion_proof(right, index)?, root_of(left)),
    };
    path.push(sibling);
    Some(path)
}

/// The proof that the tree over `leaves` begins with the tree over its first `old_size` leaves
/// (RFC 9162, section 2.1.4.1). `None` when `old_size` is 0 or more than there are.
#[must_use]
pub fn consistency_proof(leaves: &[Hash], old_size: usize) -> Option<Vec<Hash>> {
    (1..=leaves.len()).contains(&old_size).then(|| subproof(leaves, old_size, true))?
}

/// SUBPROOF of RFC 9162, section 2.1.4.1; `whole` says that the old tree's root is known.
fn subproof(leaves: &[Hash], old_size: usize, whole: bool) -> Option<Vec<Hash>> {
    if old_size == leaves.len() {
        return Some(if whole { Vec::new() } else { vec![root_of(leaves)] });
    }
    let (left, right) = halves(leaves);
    let (mut path, sibling) = match old_size.checked_sub(left.len()) {
        None | Some(0) => (subproof(left, old_size, whole)?, root_of(right)),
        Some(old_size) => (subproof(right, old_size, false)?, root_of(left)),
    };
    path.push(sibling);
    Some(path)
}

/// Splits two or more leaves at the largest power of two below their number.
fn halves(leaves: &[Hash]) -> (&[Hash], &[Hash]) {
    leaves.split_at(leaves.len().div_ceil(2).next_power_of_two().min(leaves.len()))
}

/// Checks that `leaf` is leaf `index` (from 0) of the tree of `size` leaves with `root`
/// (RFC 9162, section 2.1.3.2).
///
/// # Errors
/// [`InvalidProof`] when it is not so, or can't be told from `path`.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    path: &[Hash],
    root: &Root,
) -> Result<(), InvalidProof> {
    if index >= size {
        return Err(InvalidProof);
    }
    let (mut node, mut last) = (index, size.saturating_sub(1));
    let mut hash = *leaf;
    for sibling in path {
        if last == 0 {
            return Err(InvalidProof);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(InvalidProof) }
}

/// Checks that the tree of `new_size` leaves with `new_root` begins with the tree of `old_size`
/// leaves with `old_root` (RFC 9162, section 2.1.4.2). Every tree begins with the empty one; for
/// it, and for two equal sizes, `path` must be empty.
///
/// # Errors
/// [`InvalidProof`] when it is not so, or can't be told from `path`.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Root,
    new_size: u64,
    new_root: &Root,
    path: &[Hash],
) -> Result<(), InvalidProof> {
    if old_size == 0 || old_size == new_size {
        let holds = path.is_empty()
            && if old_size == 0 { *old_root == EMPTY_ROOT } else { old_root == new_root };
        return if holds { Ok(()) } else { Err(InvalidProof) };
    }
    if old_size > new_size {
        return Err(InvalidProof);
    }
    let mut path = path.iter();
    let (mut node, mut last) = (old_size.saturating_sub(1), new_size.saturating_sub(1));
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    // When the old tree is one full subtree, its root begins the path and is left out of it.
    let first =
        if old_size.is_power_of_two() { *old_root } else { *path.next().ok_or(InvalidProof)? };
    let (mut old, mut new) = (first, first);
    for sibling in path {
        if last == 0 {
            return Err(InvalidProof);
        }
        if node & 1 == 1 || node == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 && old == *old_root && new == *new_root { Ok(()) } else { Err(InvalidProof) }
}

#[cfg(test)]
mod tests;
