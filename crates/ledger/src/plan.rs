//! Proofs made from tiles. A plan first tells which tiles it needs, so that the caller can fetch them as it likes.

use crate::merkle::SIZE_MAX;
use crate::{Error, Head, Row, Subtree, Tile, node_hash};
use kernel::Hash;
use std::ops::Deref;

/// A part of the tree: statements `begin..end`. `begin` is a multiple of the length rounded up to a power of two, so
/// that the part is a subtree, whole or at the right edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Part {
    begin: u64,
    end: u64,
}

impl Part {
    fn len(self) -> u64 {
        self.end - self.begin
    }

    /// The largest power of two smaller than the length: where RFC 6962 section 2.1 divides a tree.
    fn split(self) -> (Part, Part) {
        let middle = self.begin + (1 << (self.len() - 1).ilog2());
        (Part { end: middle, ..self }, Part { begin: middle, ..self })
    }

    /// Its whole subtrees from the right: each one's height and its index among those of that height.
    fn peaks(self) -> impl Iterator<Item = (u32, u64)> {
        let mut end = self.end;
        std::iter::from_fn(move || {
            let left = end - self.begin;
            let height = left.trailing_zeros();
            (left > 0).then(|| {
                end -= 1 << height;
                (height, end >> height)
            })
        })
    }
}

/// Which hashes a proof is made of, in its order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    size: u64,
    parts: Vec<Part>,
}

impl Plan {
    /// The path from statement `index` to the root of the tree of this size (RFC 6962 section 2.1.1).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the tree has no such statement.
    pub fn inclusion(index: u64, size: u64) -> Result<Plan, Error> {
        if index >= size || size > SIZE_MAX {
            return Err(Error::OutOfRange);
        }
        let (mut parts, mut tree) = (Vec::with_capacity(64), Part { begin: 0, end: size });
        while tree.len() > 1 {
            let (left, right) = tree.split();
            let (inside, sibling) = if index < right.begin { (left, right) } else { (right, left) };
            parts.push(sibling);
            tree = inside;
        }
        parts.reverse();
        Ok(Plan { size, parts })
    }

    /// That the first `old` statements of the tree of this size are the tree of size `old` (RFC 6962 section 2.1.2).
    /// Without hashes if `old` is 0 or the size.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `old` is larger than the size.
    pub fn consistency(old: u64, size: u64) -> Result<Plan, Error> {
        if old > size || size > SIZE_MAX {
            return Err(Error::OutOfRange);
        }
        let (mut parts, mut tree) = (Vec::with_capacity(64), Part { begin: 0, end: size });
        if old == 0 || old == size {
            return Ok(Plan { size, parts });
        }
        while tree.end != old {
            let (left, right) = tree.split();
            let (inside, sibling) = if old <= right.begin { (left, right) } else { (right, left) };
            parts.push(sibling);
            tree = inside;
        }
        // The old tree's own root is known to whoever asks.
        if tree.begin != 0 {
            parts.push(tree);
        }
        parts.reverse();
        Ok(Plan { size, parts })
    }

    /// The one hash over the tree of this size, from 1. It reads every hash of the right edge.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if there is nothing to read.
    pub fn root(size: u64) -> Result<Plan, Error> {
        if size == 0 || size > SIZE_MAX {
            return Err(Error::OutOfRange);
        }
        Ok(Plan { size, parts: vec![Part { begin: 0, end: size }] })
    }

    /// The tiles to fetch, each once: a few for each of the tree's levels.
    pub fn tiles(&self) -> Vec<Tile> {
        let places = self.parts.iter().flat_map(|part| part.peaks());
        let mut tiles: Vec<Tile> =
            places.filter_map(|(height, index)| self.place(height, index)).map(|p| p.0).collect();
        tiles.sort_unstable();
        tiles.dedup();
        tiles
    }

    /// Makes the proof. `read` gives the tile asked for, or a wider one of the same place (a partial tile may be gone
    /// when the full one has come); it may be asked for a tile again.
    ///
    /// # Errors
    /// [`Error::Missing`] if `read` gives nothing, or a narrower tile.
    pub fn hashes<R>(&self, mut read: impl FnMut(Tile) -> Option<R>) -> Result<Vec<Hash>, Error>
    where
        R: Deref<Target = Subtree>,
    {
        // Neighbours in a proof mostly lie in one tile.
        let mut held: Option<(Tile, R)> = None;
        let mut node = |(height, index): (u32, u64)| {
            let (tile, height, within) = self.place(height, index).ok_or(Error::OutOfRange)?;
            let subtree = match &held {
                Some((last, subtree)) if *last == tile => subtree,
                _ => &held.insert((tile, read(tile).ok_or(Error::Missing(tile))?)).1,
            };
            subtree.node(height, within).copied().ok_or(Error::Missing(tile))
        };
        let mut out = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let mut peaks = part.peaks();
            let last = node(peaks.next().ok_or(Error::OutOfRange)?)?;
            out.push(peaks.try_fold(last, |right, left| Ok(node_hash(&node(left)?, &right)))?);
        }
        Ok(out)
    }

    /// Makes the proof's one hash and compares it with the head: whether the right edge is the tree's.
    pub(crate) fn leads_to<R>(&self, head: &Head, read: impl FnMut(Tile) -> Option<R>) -> Result<bool, Error>
    where
        R: Deref<Target = Subtree>,
    {
        Ok(self.hashes(read)? == [head.root])
    }

    /// The tile that holds the hash over a whole subtree, its height within the tile and its index there.
    fn place(&self, height: u32, index: u64) -> Option<(Tile, u32, usize)> {
        let (level, within) = (height / 8, height % 8);
        let first = index << within;
        let tile = Tile::at(Row::Hashes(level as u8), first / 256, self.size)?;
        Some((tile, within, (first % 256) as usize >> within))
    }
}
