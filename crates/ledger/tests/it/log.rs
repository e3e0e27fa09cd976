//! A log in memory, as a static web server would hold it.

use kernel::Hash;
use ledger::{Checkpoint, Error, Head, Plan, SigningKey, Subtree, Tile, Tree, clear};
use std::collections::HashMap;

pub const ORIGIN: &str = "demo.invalid/ledger";

#[derive(Default)]
pub struct Log {
    pub tree: Tree,
    pub files: HashMap<Tile, Vec<u8>>,
}

/// The statement with this index: lengths differ.
pub fn statement(index: u64) -> Vec<u8> {
    format!("{index};").repeat(1 + (index % 8) as usize).into_bytes()
}

pub fn key() -> SigningKey {
    SigningKey::ed25519(ORIGIN, &[7; 32]).expect("a good name")
}

impl Log {
    /// A log grown to this size in batches of this length.
    pub fn of(size: u64, batch: u64) -> Log {
        let mut log = Log::default();
        while log.tree.size() < size {
            log.grow(batch.min(size - log.tree.size()));
        }
        log
    }

    pub fn grow(&mut self, count: u64) {
        let old = self.tree.size();
        let statements: Vec<Vec<u8>> = (old..old + count).map(statement).collect();
        let growth = self.tree.grow(&statements).expect("short statements");
        for file in growth.files {
            let before = self.files.insert(file.tile, file.bytes);
            assert_eq!(before, None, "{} is written twice", file.tile);
        }
        self.tree = growth.tree;
    }

    pub fn head(&self) -> Head {
        self.tree.head()
    }

    pub fn read(&self, tile: Tile) -> Option<Box<Subtree>> {
        Subtree::parse(self.files.get(&tile)?).ok().map(Box::new)
    }

    /// Fetches first, then makes the proof.
    pub fn prove(&self, plan: Result<Plan, Error>) -> Vec<Hash> {
        let plan = plan.expect("in range");
        let tiles: HashMap<Tile, Box<Subtree>> =
            plan.tiles().into_iter().map(|tile| (tile, self.read(tile).expect("a tile of the tree"))).collect();
        plan.hashes(|tile| tiles.get(&tile).map(|t| &**t)).expect("all tiles are there")
    }

    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint::new(ORIGIN, self.head()).expect("a good origin")
    }

    pub fn note(&self) -> ledger::Note {
        let clearance = clear(None, self.checkpoint(), &[]).expect("never signed");
        clearance.sign(&[&key()]).expect("an Ed25519 key of this origin")
    }
}
