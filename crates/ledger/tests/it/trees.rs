//! Growing, opening and auditing.

use crate::log::{Log, statement};
use crate::naive;
use kernel::Hash;
use ledger::{Error, Head, Plan, Row, STATEMENT_MAX, Subtree, Tile, Tree, authentic, statements};
use proptest::prelude::*;

/// The reference vectors of Certificate Transparency: roots of the trees of the first 0 to 8 of these leaves.
#[test]
fn roots_are_those_of_the_reference() {
    let leaves: [&[u8]; 8] = [
        b"",
        b"\0",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    for (size, root) in roots.iter().enumerate() {
        let head = Tree::new().grow(&leaves[..size]).expect("short").tree.head();
        assert_eq!((head.size, head.root.to_string().as_str()), (size as u64, *root));
    }
}

/// Around the sizes at which tiles of levels 0 and 1 fill: root, files and their edge.
#[test]
fn a_tree_around_its_boundaries_is_the_slow_one() {
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_537] {
        let log = Log::of(size, size);
        let leaves = naive::leaves(size);
        assert_eq!(log.head(), Head { size, root: naive::root(&leaves) }, "size {size}");
        let rows = [(Row::Statements, 1), (Row::Hashes(0), 1), (Row::Hashes(1), 256), (Row::Hashes(2), 65_536)];
        let count: u64 = rows.iter().map(|(_, each)| (size / each).div_ceil(256)).sum();
        assert_eq!(log.files.len() as u64, count, "size {size}");
        for (tile, bytes) in &log.files {
            match tile.row() {
                Row::Statements => {
                    let begin = tile.index() * 256;
                    let expected: Vec<_> = (begin..begin + u64::from(tile.width())).map(statement).collect();
                    assert_eq!(statements(bytes).expect("a bundle"), expected);
                }
                Row::Hashes(level) => {
                    let each = 256usize.pow(level.into());
                    let first = tile.index() as usize * 256;
                    let part = |i: usize| naive::root(&leaves[(first + i) * each..(first + i + 1) * each]).0;
                    let expected: Vec<u8> = (0..tile.width().into()).flat_map(part).collect();
                    assert_eq!(*bytes, expected, "{tile} of size {size}");
                }
            }
        }
        assert_eq!(Tree::open(&log.head(), |t| log.files.get(&t).cloned()).as_ref(), Ok(&log.tree));
    }
}

#[test]
fn what_is_too_long_or_empty_changes_nothing() {
    let tree = Log::of(3, 3).tree;
    let before = tree.head();
    assert_eq!(tree.grow(&[vec![0; 1], vec![0; STATEMENT_MAX + 1]]).err(), Some(Error::TooLong));
    assert!(tree.grow(&[vec![0; STATEMENT_MAX]]).is_ok());
    assert!(tree.grow::<&[u8]>(&[]).expect("nothing").files.is_empty());
    assert_eq!(tree.head(), before);
    assert_eq!(Tree::open(&Head { size: u64::MAX, ..before }, |_| None).err(), Some(Error::OutOfRange));
}

/// One bit of any file at the edge, and the ledger does not open.
#[test]
fn a_flipped_bit_at_the_edge_is_refused() {
    let log = Log::of(300, 300);
    for tile in Tile::edge(300) {
        for bit in 0..log.files[&tile].len() * 8 {
            let opened = Tree::open(&log.head(), |t| {
                let mut bytes = log.files.get(&t)?.clone();
                if t == tile {
                    bytes[bit / 8] ^= 1 << (bit % 8);
                }
                Some(bytes)
            });
            assert!(opened.is_err(), "bit {bit} of {tile}");
        }
    }
    let missing = Tree::open(&log.head(), |_| None);
    assert_eq!(missing.err(), Some(Error::Missing(Tile::parse("tile/entries/001.p/44").expect("a tile"))));
    assert!(Tree::open(&Head { size: 299, ..log.head() }, |t| log.files.get(&t).cloned()).is_err());
}

/// One bit of any hash tile, and the audit refuses that tile.
#[test]
fn a_flipped_bit_in_a_tile_is_refused() {
    let log = Log::of(600, 600);
    for tile in log.files.keys().filter(|t| t.row() != Row::Statements) {
        assert!(authentic(&log.head(), *tile, |t| log.read(t)).is_ok(), "{tile}");
        let bits = log.files[tile].len() * 8;
        for bit in (0..bits).step_by(if bits > 8192 { 37 } else { 1 }) {
            let read = |t: Tile| {
                let mut bytes = log.files.get(&t)?.clone();
                if t == *tile {
                    bytes[bit / 8] ^= 1 << (bit % 8);
                }
                Subtree::parse(&bytes).ok().map(Box::new)
            };
            let answer = authentic(&log.head(), *tile, read);
            assert!(matches!(answer, Err(Error::Unproven(_))), "bit {bit} of {tile}: {answer:?}");
        }
    }
    let no = |path| authentic(&log.head(), Tile::parse(path).expect("a tile"), |t| log.read(t)).err();
    assert_eq!(no("tile/0/002"), Some(Error::OutOfRange));
    assert_eq!(no("tile/1/000"), Some(Error::OutOfRange));
    assert_eq!(no("tile/entries/000"), Some(Error::OutOfRange));
}

#[test]
fn a_tile_with_a_wrong_length_is_refused() {
    for length in [0, 1, 31, 33, 8191, 8193, 8224] {
        assert!(Subtree::parse(&vec![0; length]).is_err(), "{length}");
    }
    let tile = Subtree::parse(&[0; 8192]).expect("full");
    assert!(tile.root().is_some() && tile.node(8, 1).is_none() && tile.node(9, 0).is_none());
    assert!(tile.node(u32::MAX, 0).is_none() && tile.node(0, 256).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However a log came to its size, it is the same log; and a ledger that starts again at any point goes on alike.
    #[test]
    fn batches_do_not_matter(batches in prop::collection::vec(0u64..200, 1..12)) {
        let mut log = Log::default();
        for count in batches {
            log.grow(count);
            let again = Tree::open(&log.head(), |t| log.files.get(&t).cloned());
            prop_assert_eq!(again.as_ref(), Ok(&log.tree));
            log.tree = again.expect("just compared");
        }
        let size = log.tree.size();
        let whole = Log::of(size, size.max(1));
        prop_assert_eq!(&log.tree, &whole.tree);
        prop_assert_eq!(log.head().root, naive::root(&naive::leaves(size)));
        for (tile, bytes) in &whole.files {
            prop_assert_eq!(log.files.get(tile), Some(bytes));
        }
    }

    #[test]
    fn the_root_is_read_from_the_edge(size in 1u64..700) {
        let log = Log::of(size, size);
        prop_assert_eq!(log.prove(Plan::root(size)), vec![log.head().root]);
        let tiles = Plan::root(size).expect("in range").tiles();
        let edge: Vec<Tile> = Tile::edge(size).filter(|t| t.row() != Row::Statements).collect();
        prop_assert_eq!(tiles, edge);
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes: Vec<u8>, size: u64, root: [u8; 32]) {
        let _ = Subtree::parse(&bytes);
        let _ = Tree::open(&Head { size, root: Hash(root) }, |_| Some(bytes.clone()));
    }
}
