//! The growing tree. It keeps the right edge only, so that a statement costs the same however many there are, and
//! nothing that is full is read or hashed again.

use crate::merkle::SIZE_MAX;
use crate::tile::WIDTH;
use crate::{Error, Head, Row, STATEMENT_MAX, Subtree, Tile, bundle, leaf_hash, node_hash};
use kernel::Hash;

const TILE_BYTES: usize = WIDTH as usize * 32;

/// A file to serve under the log's prefix, at the address that [`Tile`] writes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    pub tile: Tile,
    pub bytes: Vec<u8>,
}

/// What a tree becomes: the files must be safe before the new head is signed.
#[derive(Clone, Debug)]
pub struct Growth {
    pub tree: Tree,
    /// New full tiles and bundles, then the new partial ones. None replaces another's bytes.
    pub files: Vec<File>,
}

/// A tree at its right edge: the partial tiles and the partial bundle.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Tree {
    size: u64,
    /// The whole subtrees that the tree is made of, from the largest: one for every bit of the size.
    peaks: Vec<Hash>,
    /// The partial tile of each level, as bytes; empty where the level ends with a full tile.
    rows: Vec<Vec<u8>>,
    bundle: Vec<u8>,
}

impl Tree {
    /// The tree without statements.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// Reads the edge of a tree, whose files [`Tile::edge`] names.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Malformed`], or [`Error::Unproven`] if what was read is not this head's.
    pub fn open(head: &Head, mut read: impl FnMut(Tile) -> Option<Vec<u8>>) -> Result<Tree, Error> {
        if head.size > SIZE_MAX {
            return Err(Error::OutOfRange);
        }
        let mut tree = Tree { size: head.size, ..Tree::new() };
        let mut lowest = None;
        for tile in Tile::edge(head.size) {
            let bytes = read(tile).ok_or(Error::Missing(tile))?;
            let Row::Hashes(level) = tile.row() else {
                tree.bundle = bytes;
                continue;
            };
            let subtree = Subtree::parse(&bytes)?;
            if subtree.width() != usize::from(tile.width()) {
                return Err(Error::malformed("tile", "it has another width than its name"));
            }
            // Edge tiles come from the lowest; the largest peaks are in the highest.
            tree.peaks.splice(0..0, subtree.peaks());
            tree.rows.resize(usize::from(level), Vec::new());
            tree.rows.push(bytes);
            if level == 0 {
                lowest = Some(subtree);
            }
        }
        if tree.head() != *head {
            return Err(Error::Unproven("the right edge"));
        }
        if let Some(subtree) = lowest
            && !subtree.covers(&bundle::statements(&tree.bundle)?)
        {
            return Err(Error::Unproven("the last bundle"));
        }
        Ok(tree)
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    /// Size and root. It costs a hash for every bit of the size.
    pub fn head(&self) -> Head {
        let root = self.peaks.iter().rev().copied().reduce(|right, left| node_hash(&left, &right));
        root.map_or_else(Head::empty, |root| Head { size: self.size, root })
    }

    /// The tree with these statements added in their order, and the files that are new.
    ///
    /// # Errors
    /// [`Error::TooLong`] for a statement above [`STATEMENT_MAX`] bytes, [`Error::OutOfRange`] above [`SIZE_MAX`]
    /// statements. The tree itself never changes, so a batch that is given up leaves nothing behind.
    pub fn grow<S: AsRef<[u8]>>(&self, statements: &[S]) -> Result<Growth, Error> {
        if statements.iter().any(|s| s.as_ref().len() > STATEMENT_MAX) {
            return Err(Error::TooLong);
        }
        if statements.len() as u64 > SIZE_MAX - self.size {
            return Err(Error::OutOfRange);
        }
        let mut growth = Growth { tree: self.clone(), files: Vec::new() };
        for statement in statements {
            growth.push(statement.as_ref())?;
        }
        growth.push_partial(self.size);
        Ok(growth)
    }
}

impl Growth {
    fn push(&mut self, statement: &[u8]) -> Result<(), Error> {
        bundle::push(&mut self.tree.bundle, statement)?;
        let last = self.tree.size;
        if last % u64::from(WIDTH) == u64::from(WIDTH) - 1 {
            let room = self.tree.bundle.len();
            let bytes = std::mem::replace(&mut self.tree.bundle, Vec::with_capacity(room));
            self.files.push(File { tile: Tile::ending_with(Row::Statements, last), bytes });
        }
        let (mut node, mut height) = (leaf_hash(statement), 0);
        self.push_hash(0, &node);
        while last >> height & 1 == 1 {
            let left = self.tree.peaks.pop().expect("every bit of the size has its peak");
            node = node_hash(&left, &node);
            height += 1;
            if height % 8 == 0 {
                self.push_hash(height / 8, &node);
            }
        }
        self.tree.peaks.push(node);
        self.tree.size += 1;
        Ok(())
    }

    /// Adds the next hash of a level, which is known before the size counts its last statement.
    fn push_hash(&mut self, level: u8, hash: &Hash) {
        let rows = &mut self.tree.rows;
        if rows.len() == usize::from(level) {
            rows.push(Vec::with_capacity(TILE_BYTES));
        }
        let row = &mut rows[usize::from(level)];
        row.extend_from_slice(&hash.0);
        if row.len() == TILE_BYTES {
            let bytes = std::mem::replace(row, Vec::with_capacity(TILE_BYTES));
            self.files.push(File { tile: Tile::ending_with(Row::Hashes(level), self.tree.size), bytes });
        }
    }

    /// The edge, where it has changed.
    fn push_partial(&mut self, old: u64) {
        for tile in Tile::edge(self.tree.size).filter(|t| Tile::at(t.row(), t.index(), old) != Some(*t)) {
            let bytes = match tile.row() {
                Row::Statements => self.tree.bundle.clone(),
                Row::Hashes(level) => self.tree.rows[usize::from(level)].clone(),
            };
            self.files.push(File { tile, bytes });
        }
    }
}
