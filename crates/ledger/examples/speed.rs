//! What the ledger costs beside SHA-256 itself: `cargo run --release -p ledger --example speed [STATEMENTS]`.
//!
//! Time is the processor's own time of this process, from the kernel: other programs on the machine do not count, and
//! no clock is read. Linux only.

use kernel::Hash;
use ledger::{Head, Plan, Row, Subtree, Tile, Tree, leaf_hash, node_hash};
use std::collections::HashMap;
use std::hint::black_box;

/// A batch of the integrator.
const BATCH: usize = 4096;
/// Proofs at a time, made and checked in rounds, so that memory is not what is measured.
const PROOFS: u64 = 10_000;
const ROUNDS: u64 = 50;

/// Nanoseconds of processor time, brought up to date by the kernel a few hundred times a second.
fn processor_time() -> u64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").expect("Linux tells the time spent");
    text.split(' ').next().and_then(|n| n.parse().ok()).expect("nanoseconds come first")
}

/// Runs it and prints how many a second, and how much of what SHA-256 alone would do.
fn measure<T>(what: &str, count: u64, limit: Option<f64>, run: impl FnOnce() -> T) -> (T, f64) {
    let before = processor_time();
    let out = black_box(run());
    let rate = count as f64 * 1e9 / (processor_time() - before).max(1) as f64;
    let share = limit.map_or(String::new(), |limit| format!("{:5.2} of SHA-256 alone", rate / limit));
    println!("{what:<44} {rate:>12.0}/s {share}");
    (out, rate)
}

/// Does it so many times, at least once, and gives the last outcome.
fn again<T>(rounds: u64, mut run: impl FnMut() -> T) -> T {
    for _ in 1..rounds {
        black_box(run());
    }
    run()
}

/// As long as a statement of a publication.
fn statements(count: usize) -> Vec<String> {
    let digest = Hash::of(b"revision");
    let begin = format!(r#"{{"action":"publish","format":1,"hashes":{{"revision":"{digest}"}}"#);
    let text = |i| format!(r#"{begin},"index":"43020XMJ0/2017-{i:08}","version":1}}"#);
    (0..count).map(text).collect()
}

fn grow(statements: &[String], files: &mut HashMap<Tile, Vec<u8>>) -> Tree {
    let mut tree = Tree::new();
    for batch in statements.chunks(BATCH) {
        let growth = tree.grow(batch).expect("short statements");
        tree = growth.tree;
        files.extend(growth.files.into_iter().map(|file| (file.tile, file.bytes)));
    }
    tree
}

fn prove(tiles: &HashMap<Tile, Subtree>, head: &Head) -> Vec<(u64, Vec<Hash>)> {
    let index = |i: u64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) % head.size;
    let path = |i| {
        let plan = Plan::inclusion(index(i), head.size).expect("in range");
        (index(i), plan.hashes(|tile| tiles.get(&tile)).expect("all tiles are there"))
    };
    (0..PROOFS).map(path).collect()
}

fn main() {
    let size: usize = std::env::args().nth(1).map_or(1_000_000, |n| n.parse().expect("a number of statements"));
    let statements = statements(size);
    println!("{size} statements of {} bytes, batches of {BATCH}", statements[0].len());
    let count = size as u64;

    let rounds = count.max(2_000_000) / count;
    let (_, leaves) = measure("SHA-256 of a statement and of a node", rounds * count, None, || {
        let all = (0..rounds).flat_map(|_| &statements);
        all.fold(Hash([0; 32]), |node, s| node_hash(&node, &leaf_hash(s.as_bytes())))
    });
    let mut files = HashMap::new();
    let (tree, _) = measure("appended, with tiles and bundles", rounds * count, Some(leaves), || {
        again(rounds, || grow(&statements, &mut files))
    });

    let (_, nodes) = measure("SHA-256 of a node", 3_000_000, None, || {
        (0..3_000_000).fold(Hash([0; 32]), |node, _| node_hash(&node, &node))
    });
    let bytes: HashMap<Tile, Vec<u8>> = files.into_iter().filter(|(t, _)| t.row() != Row::Statements).collect();
    let parse = || bytes.iter().map(|(t, b)| (*t, Subtree::parse(b).expect("ours"))).collect::<HashMap<_, _>>();
    let (count, rounds) = (bytes.len() as u64, 40_000 / bytes.len() as u64 + 1);
    let (tiles, _) = measure("tiles read", rounds * count, Some(nodes / 255.0), || again(rounds, parse));
    let head = tree.head();
    let (proofs, _) = measure("inclusion proofs made, tiles at hand", ROUNDS * PROOFS, None, || {
        again(ROUNDS, || prove(&tiles, &head))
    });
    let hashes: usize = proofs.iter().map(|(_, path)| path.len()).sum();
    let limit = nodes / (hashes as f64 / PROOFS as f64);
    let leaf = |index: u64| leaf_hash(statements[index as usize].as_bytes());
    let verify = || proofs.iter().filter(|(index, path)| head.includes(*index, &leaf(*index), path)).count();
    let (right, _) = measure("inclusion proofs verified, with the leaf", ROUNDS * PROOFS, Some(limit), || {
        (0..ROUNDS).map(|_| black_box(verify())).sum::<usize>()
    });
    assert_eq!(right as u64, ROUNDS * PROOFS, "every proof verifies");
}
