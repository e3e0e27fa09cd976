use crate::tile::WIDTH;
use crate::{Error, node_hash};
use kernel::Hash;

const HASH: usize = 32;

/// A tile with the inner nodes that the file leaves out: 255 hashes reckoned once, which then serve every proof
/// through the tile. Worth keeping in a cache, as 16 KB each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subtree {
    /// The hashes over whole subtrees, from the tile's own hashes up.
    nodes: Vec<Hash>,
    /// Where each height begins among the nodes, and their end; height 8 has a node if the tile is full.
    rows: [usize; 10],
}

impl Subtree {
    /// Reads a tile's bytes: 1 to 256 hashes.
    ///
    /// # Errors
    /// [`Error::Malformed`] at any other length. Whether the hashes are the log's, [`crate::authentic`] tells.
    pub fn parse(bytes: &[u8]) -> Result<Subtree, Error> {
        let (hashes, rest) = bytes.as_chunks::<HASH>();
        let width = hashes.len();
        if !rest.is_empty() || width == 0 || width > usize::from(WIDTH) {
            return Err(Error::malformed("tile", "it has not 1 to 256 hashes"));
        }
        let mut nodes = Vec::with_capacity(2 * width);
        nodes.extend(hashes.iter().map(|hash| Hash(*hash)));
        let mut rows = [0; 10];
        for height in 1..=8 {
            rows[height] = nodes.len();
            for pair in (rows[height - 1]..).step_by(2).take(width >> height) {
                nodes.push(node_hash(&nodes[pair], &nodes[pair + 1]));
            }
        }
        rows[9] = nodes.len();
        Ok(Subtree { nodes, rows })
    }

    /// Hashes in the tile, 1 to 256.
    pub fn width(&self) -> usize {
        self.rows[1]
    }

    /// The hash over the `index`-th whole subtree of 2^height of the tile's hashes, height 0 to 8.
    pub fn node(&self, height: u32, index: usize) -> Option<&Hash> {
        let (begin, end) = (*self.rows.get(height as usize)?, *self.rows.get(height as usize + 1)?);
        self.nodes[begin..end].get(index)
    }

    /// The hash over a full tile, which stands in the tile above.
    pub fn root(&self) -> Option<&Hash> {
        self.node(8, 0)
    }

    /// The whole subtrees that make up the tile, from the largest.
    pub(crate) fn peaks(&self) -> impl Iterator<Item = Hash> {
        let heights = (0..=8u32).rev().filter(|height| self.width() >> height & 1 == 1);
        heights.filter_map(|height| self.node(height, (self.width() >> height) - 1).copied())
    }
}
