//! RFC 6962 section 2.1 read word for word, with a recursion over the whole list: slow, and plainly right.

use crate::log::statement;
use kernel::Hash;

pub fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|i| Hash::of(&[&[0], &statement(i)[..]].concat())).collect()
}

fn split(n: usize) -> usize {
    let mut k = 1;
    while 2 * k < n {
        k *= 2;
    }
    k
}

pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            Hash::of(&[&[1], &root(left).0[..], &root(right).0[..]].concat())
        }
    }
}

/// PATH(m, D[n]).
pub fn inclusion(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut path, sibling) =
        if m < k { (inclusion(m, left), root(right)) } else { (inclusion(m - k, right), root(left)) };
    path.push(sibling);
    path
}

/// PROOF(m, D[n]).
pub fn consistency(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if m == 0 { Vec::new() } else { subproof(m, leaves, true) }
}

fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves)] };
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut path, sibling) =
        if m <= k { (subproof(m, left, whole), root(right)) } else { (subproof(m - k, right, false), root(left)) };
    path.push(sibling);
    path
}
