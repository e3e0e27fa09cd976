//! The tree of RFC 6962 over SHA-256, and its two proofs (RFC 9162 section 2.1).

use kernel::Hash;
use sha2::block_api::compress256;
use sha2::{Digest, Sha256};

/// The largest tree: sizes and indexes fit the signed integers of databases and of other implementations.
pub const SIZE_MAX: u64 = i64::MAX as u64;

/// SHA-256(00 ‖ statement), RFC 6962 section 2.1.
pub fn leaf_hash(statement: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(statement).finalize().into())
}

/// The state that SHA-256 begins with (FIPS 180-4 section 5.3.3).
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// SHA-256(01 ‖ left ‖ right), RFC 6962 section 2.1.
///
/// It is most of what a log reckons, and always two blocks: padded here, they go past the buffer that messages of any
/// length need, which is a fifth faster.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut blocks = [[0; 64]; 2];
    blocks[0][0] = 1;
    blocks[0][1..33].copy_from_slice(&left.0);
    blocks[0][33..].copy_from_slice(&right.0[..31]);
    blocks[1][..2].copy_from_slice(&[right.0[31], 0x80]);
    blocks[1][62..].copy_from_slice(&(65 * 8u16).to_be_bytes());
    let mut state = START;
    compress256(&mut state, &blocks);
    let mut hash = Hash([0; 32]);
    for (bytes, word) in hash.0.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

/// A tree in two words: how many statements it has and the hash over all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// At most [`SIZE_MAX`].
    pub size: u64,
    pub root: Hash,
}

impl Head {
    /// The tree without statements; its root is SHA-256 of nothing (RFC 6962 section 2.1).
    pub fn empty() -> Head {
        Head { size: 0, root: Hash::of(&[]) }
    }

    /// Whether the path (from the leaf's sibling to the root's child) proves that the leaf has this index in this
    /// tree. RFC 9162 section 2.1.3.2.
    #[must_use]
    pub fn includes(&self, index: u64, leaf: &Hash, path: &[Hash]) -> bool {
        if index >= self.size {
            return false;
        }
        let (mut node, mut last, mut hash) = (index, self.size - 1, *leaf);
        for sibling in path {
            if last == 0 {
                return false;
            }
            if node & 1 == 1 || node == last {
                hash = node_hash(sibling, &hash);
                // The last node of a row without a right sibling is carried up unchanged.
                let carried = if node & 1 == 0 { node.trailing_zeros() } else { 0 };
                (node, last) = (node >> carried, last >> carried);
            } else {
                hash = node_hash(&hash, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        last == 0 && hash == self.root
    }

    /// Whether the path proves that the old tree is a beginning of this one. RFC 9162 section 2.1.4.2; that the empty
    /// tree is a beginning of every tree needs no path, nor that a tree is its own.
    #[must_use]
    pub fn extends(&self, old: &Head, path: &[Hash]) -> bool {
        if old.size == 0 || old.size >= self.size {
            return path.is_empty() && (*old == Head::empty() || old == self);
        }
        // An old tree that is one whole subtree begins its own path.
        let whole = old.size.is_power_of_two().then_some(&old.root);
        let mut hashes = whole.into_iter().chain(path);
        let Some(first) = hashes.next() else { return false };
        let (mut node, mut last) = (old.size - 1, self.size - 1);
        let carried = node.trailing_ones();
        (node, last) = (node >> carried, last >> carried);
        let (mut before, mut after) = (*first, *first);
        for sibling in hashes {
            if last == 0 {
                return false;
            }
            if node & 1 == 1 || node == last {
                before = node_hash(sibling, &before);
                after = node_hash(sibling, &after);
                let carried = if node == 0 || node & 1 == 1 { 0 } else { node.trailing_zeros() };
                (node, last) = (node >> carried, last >> carried);
            } else {
                after = node_hash(&after, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        last == 0 && before == old.root && after == self.root
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_node_is_the_digest_of_its_bytes(left: [u8; 32], right: [u8; 32]) {
            let plain = Hash::of(&[&[1], &left[..], &right[..]].concat());
            prop_assert_eq!(node_hash(&Hash(left), &Hash(right)), plain);
        }
    }
}
