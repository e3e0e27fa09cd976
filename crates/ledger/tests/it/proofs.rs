//! Proofs, made from tiles and verified; and the files that carry them.

use crate::log::{Log, ORIGIN, key, statement};
use crate::naive;
use kernel::Hash;
use ledger::{Error, Head, Plan, Proof, SIZE_MAX, Tile, leaf_hash};
use proptest::prelude::*;

/// Every index of every tree, every older tree of every tree.
#[test]
fn small_proofs_are_the_slow_ones() {
    let leaves = naive::leaves(20);
    let heads: Vec<Head> = (0..=20).map(|size| Head { size, root: naive::root(&leaves[..size as usize]) }).collect();
    for size in 1..=20u64 {
        let (log, all) = (Log::of(size, size), &leaves[..size as usize]);
        for index in 0..size {
            let path = log.prove(Plan::inclusion(index, size));
            assert_eq!(path, naive::inclusion(index as usize, all), "{index} of {size}");
            for (other, head) in heads.iter().enumerate() {
                for (i, leaf) in leaves.iter().enumerate() {
                    let right = other as u64 == size && i as u64 == index;
                    assert_eq!(head.includes(index, leaf, &path), right, "{index} of {size}, for {i} of {other}");
                }
            }
        }
        for old in 0..=size {
            let path = log.prove(Plan::consistency(old, size));
            assert_eq!(path, naive::consistency(old as usize, all), "{old} of {size}");
            let (before, after) = (&heads[old as usize], &heads[size as usize]);
            assert!(after.extends(before, &path), "{old} of {size}");
            assert_eq!(before.extends(after, &path), old == size, "{size} of {old}");
        }
    }
}

#[test]
fn proofs_around_the_boundaries_are_the_slow_ones() {
    let leaves = naive::leaves(65_793);
    for size in [255, 256, 257, 512, 513, 65_536, 65_793] {
        let (log, all) = (Log::of(size, size), &leaves[..size as usize]);
        for place in [0, 1, 128, 255, 256, 257, 512, 65_535, 65_536, 65_792] {
            if place < size {
                let path = log.prove(Plan::inclusion(place, size));
                assert_eq!(path, naive::inclusion(place as usize, all), "{place} of {size}");
                assert!(log.head().includes(place, &leaf_hash(&statement(place)), &path));
                let path = log.prove(Plan::consistency(place, size));
                assert_eq!(path, naive::consistency(place as usize, all), "{place} of {size}");
                let old = Head { size: place, root: naive::root(&all[..place as usize]) };
                assert!(log.head().extends(&old, &path));
            }
        }
    }
}

#[test]
fn a_plan_for_what_is_not_there_is_refused() {
    for (index, size) in [(0, 0), (1, 1), (5, 4), (0, SIZE_MAX + 1)] {
        assert_eq!(Plan::inclusion(index, size), Err(Error::OutOfRange));
    }
    for (old, size) in [(1, 0), (5, 4), (0, SIZE_MAX + 1)] {
        assert_eq!(Plan::consistency(old, size), Err(Error::OutOfRange));
    }
    assert_eq!(Plan::root(0), Err(Error::OutOfRange));
    let log = Log::of(300, 300);
    let plan = Plan::inclusion(7, 300).expect("in range");
    let missing = plan.hashes(|tile| log.read(tile).filter(|_| !tile.is_full()));
    assert_eq!(missing, Err(Error::Missing(Tile::parse("tile/0/000").expect("a tile"))));
}

/// When the full tile has come, the partial one may be deleted (tlog-tiles, *Partial Tiles*).
#[test]
fn a_wider_tile_serves_as_well() {
    let (old, new) = (Log::of(200, 200), Log::of(300, 300));
    let plan = Plan::inclusion(7, 200).expect("in range");
    let path = plan.hashes(|tile| new.read(tile.full())).expect("the full tile is there");
    assert!(old.head().includes(7, &leaf_hash(&statement(7)), &path));
}

fn proof(log: &Log, index: u64) -> Proof {
    let path = log.prove(Plan::inclusion(index, log.tree.size()));
    Proof { extra: Vec::new(), index, path, checkpoint: log.note() }
}

/// Golden: a file that somebody keeps must be read for ever.
#[test]
fn the_bytes_of_a_proof_are_fixed() {
    let text = proof(&Log::of(5, 5), 2).to_string();
    assert_eq!(text, include_str!("../data/five.tlog-proof"));
    let keys = [key().verifier().clone()];
    let read = Proof::parse(text.as_bytes()).expect("ours");
    assert_eq!(read.verify(&statement(2), ORIGIN, &keys).map(|c| c.head().size), Ok(5));
    assert_eq!(read.verify(&statement(3), ORIGIN, &keys), Err(Error::Unproven("the statement")));
    assert_eq!(read.verify(&statement(2), "elsewhere.invalid", &keys), Err(Error::OtherLog(ORIGIN.to_owned())));
    assert_eq!(read.verify(&statement(2), ORIGIN, &[]), Err(Error::Unsigned));
}

#[test]
fn every_flipped_bit_of_a_proof_is_refused() {
    let bytes = proof(&Log::of(70, 70), 41).to_string().into_bytes();
    let keys = [key().verifier().clone()];
    let verify = |bytes: &[u8]| Proof::parse(bytes)?.verify(&statement(41), ORIGIN, &keys);
    assert!(verify(&bytes).is_ok());
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&flipped).is_err(), "bit {bit}: {}", String::from_utf8_lossy(&flipped));
    }
}

#[test]
fn extra_data_are_carried_and_no_other_form_is_read() {
    let good = Proof { extra: b"age".to_vec(), ..proof(&Log::of(5, 5), 2) };
    let text = good.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra YWdl\nindex 2\n"));
    assert_eq!(Proof::parse(text.as_bytes()), Ok(good));
    let alone = proof(&Log::of(1, 1), 0).to_string();
    assert!(alone.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\ndemo.invalid/ledger\n1\n"));
    assert_eq!(Proof::parse(alone.as_bytes()).map(|p| p.to_string()), Ok(alone.clone()));
    let long = format!("index 2\n{}", format!("{}=\n", "A".repeat(43)).repeat(64));
    for (from, to) in [
        ("@v1\n", "@v2\n"),
        ("@v1\n", "@v1\r\n"),
        ("extra YWdl\n", "extra \n"),
        ("extra YWdl\n", "extra\n"),
        ("extra YWdl\n", "extra YWdl\nextra YWdl\n"),
        ("index 2\n", "index 02\n"),
        ("index 2\n", "index +2\n"),
        ("index 2\n", "index  2\n"),
        ("index 2\n", ""),
        ("index 2\n", "index 2\nAQ==\n"),
        ("index 2\n", &long),
        ("\n\n", "\n"),
        ("demo.invalid/ledger\n5\n", "demo.invalid/ledger\n05\n"),
    ] {
        assert!(text.contains(from));
        assert!(Proof::parse(text.replacen(from, to, 1).as_bytes()).is_err(), "{from:?} to {to:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_proof_proves_itself_and_nothing_else(size in 1u64..700, at: prop::sample::Index, bit: prop::sample::Index) {
        let index = at.index(size as usize) as u64;
        let log = Log::of(size, size);
        let leaf = leaf_hash(&statement(index));
        let mut path = log.prove(Plan::inclusion(index, size));
        prop_assert!(log.head().includes(index, &leaf, &path));
        prop_assert!(!log.head().includes(index, &Hash::of(b"another"), &path));
        let longer: Vec<Hash> = path.iter().copied().chain([leaf]).collect();
        prop_assert!(!log.head().includes(index, &leaf, &longer));
        if let Some(bits) = path.len().checked_mul(256).filter(|bits| *bits > 0) {
            prop_assert!(!log.head().includes(index, &leaf, &path[1..]));
            let bit = bit.index(bits);
            path[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
            prop_assert!(!log.head().includes(index, &leaf, &path));
        }
    }

    #[test]
    fn an_older_tree_is_proven_and_another_is_not(
        size in 2u64..700, at: prop::sample::Index, bit: prop::sample::Index,
    ) {
        let old = 1 + at.index(size as usize - 1) as u64;
        let log = Log::of(size, size);
        let mut path = log.prove(Plan::consistency(old, size));
        let before = Log::of(old, old).head();
        prop_assert!(log.head().extends(&before, &path));
        for other in [Head { root: Hash::of(b"another"), ..before }, Head { size: old - 1, ..before }] {
            prop_assert!(!log.head().extends(&other, &path));
        }
        prop_assert!(!log.head().extends(&before, &path[1..]));
        let bit = bit.index(path.len() * 256);
        path[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
        prop_assert!(!log.head().extends(&before, &path));
    }

    #[test]
    fn any_sizes_and_paths_are_judged_without_panic(
        old: u64, size: u64, index: u64, path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let path: Vec<Hash> = path.into_iter().map(Hash).collect();
        let head = |size| Head { size, root: Hash([0; 32]) };
        prop_assert!(!head(size).includes(index, &Hash([1; 32]), &path));
        prop_assert_eq!(head(size).extends(&head(old), &path), size == old && path.is_empty());
        for plan in [Plan::inclusion(index, size), Plan::consistency(old, size), Plan::root(size)].iter().flatten() {
            prop_assert!(plan.tiles().len() <= 3 * 8);
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic(
        bytes: Vec<u8>, line in "(extra |index )?[A-Za-z0-9=+/]{0,50}", note in "[a-z\n0-9—= ]{0,80}",
    ) {
        let _ = Proof::parse(&bytes);
        let _ = Proof::parse(format!("c2sp.org/tlog-proof@v1\n{line}\nindex 1\n\n{note}").as_bytes());
    }
}
