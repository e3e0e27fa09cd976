use crate::{Error, Head, Plan, Row, Subtree, Tile};
use std::ops::Deref;

/// Gives a hash tile if it is the log's: its hash stands in the tile above, that one's in the next, and the right edge
/// leads to the head. A bundle is the log's if [`Subtree::covers`] its statements.
///
/// # Errors
/// [`Error::Missing`] for a tile that `read` does not give as wide as asked for, [`Error::Unproven`] if one byte is not
/// the log's, [`Error::OutOfRange`] for a tile that this tree does not have or for a bundle.
pub fn authentic<R: Deref<Target = Subtree>>(
    head: &Head,
    tile: Tile,
    mut read: impl FnMut(Tile) -> Option<R>,
) -> Result<R, Error> {
    let mut exactly = |tile: Tile| {
        let subtree = read(tile).ok_or(Error::Missing(tile))?;
        if subtree.width() == usize::from(tile.width()) { Ok(subtree) } else { Err(Error::Missing(tile)) }
    };
    let in_tree = |row, index| Tile::at(row, index, head.size).ok_or(Error::OutOfRange);
    let Row::Hashes(mut level) = tile.row() else { return Err(Error::OutOfRange) };
    if in_tree(tile.row(), tile.index())? != tile {
        return Err(Error::OutOfRange);
    }
    let (asked, mut index) = (exactly(tile)?, tile.index());
    let mut root = asked.root().copied();
    while let Some(hash) = root {
        level += 1;
        let above = exactly(in_tree(Row::Hashes(level), index / 256)?)?;
        if above.node(0, (index % 256) as usize) != Some(&hash) {
            return Err(Error::Unproven("a tile"));
        }
        (index, root) = (index / 256, above.root().copied());
    }
    if !Plan::root(head.size)?.leads_to(head, read)? {
        return Err(Error::Unproven("the right edge"));
    }
    Ok(asked)
}
