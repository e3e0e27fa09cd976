//! What the public log serves under `tile/`, and where (C2SP tlog-tiles): tiles of 256 hashes, and bundles of the
//! statements under the lowest tiles.

use std::fmt;

/// Hashes in a full tile, statements in a full bundle.
pub const WIDTH: u16 = 256;
const LEVEL_MAX: u8 = 63;

/// A row of tiles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Row {
    /// The entry bundles.
    Statements,
    /// Hash tiles of a level, 0 to 63. Level 0 has the leaf hashes; above, each hash is a full tile's of the level
    /// below.
    Hashes(u8),
}

impl Row {
    /// How many statements one place in a tile of this row stands for, as a power of two.
    fn height(self) -> u32 {
        match self {
            Row::Statements => 0,
            Row::Hashes(level) => 8 * u32::from(level),
        }
    }
}

/// Where a tile or an entry bundle stands, and how wide it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Tile {
    row: Row,
    index: u64,
    /// 1 to 256; less than 256 is a partial tile.
    width: u16,
}

impl Tile {
    /// The tile with this index as it stands in a tree of this size. `None` if the tree does not reach it: there are
    /// no empty tiles.
    pub fn at(row: Row, index: u64, size: u64) -> Option<Tile> {
        let places = size.checked_shr(row.height()).unwrap_or(0);
        let width = places.checked_sub(index.checked_mul(WIDTH.into())?)?.min(WIDTH.into());
        (width > 0).then_some(Tile { row, index, width: width as u16 })
    }

    /// The bundle that holds a statement of a tree of this size.
    pub fn of_statement(index: u64, size: u64) -> Option<Tile> {
        (index < size).then(|| Tile::at(Row::Statements, index / u64::from(WIDTH), size)).flatten()
    }

    /// The partial tiles and the partial bundle of a tree of this size: its right edge, the bundle first.
    pub fn edge(size: u64) -> impl Iterator<Item = Tile> {
        let rows = std::iter::once(Row::Statements).chain((0..8).map(Row::Hashes));
        rows.filter_map(move |row| Tile::at(row, (size >> row.height()) / u64::from(WIDTH), size))
    }

    /// The full tile whose last place this statement fills.
    pub(crate) fn ending_with(row: Row, statement: u64) -> Tile {
        Tile { row, index: statement.checked_shr(row.height() + 8).unwrap_or(0), width: WIDTH }
    }

    pub fn row(self) -> Row {
        self.row
    }

    /// From 0.
    pub fn index(self) -> u64 {
        self.index
    }

    /// 1 to 256.
    pub fn width(self) -> u16 {
        self.width
    }

    pub fn is_full(self) -> bool {
        self.width == WIDTH
    }

    /// The same place when it is full: where a reader may look for a partial tile that is gone.
    #[must_use]
    pub fn full(self) -> Tile {
        Tile { width: WIDTH, ..self }
    }

    /// Reads an address relative to the log's prefix, as it is written, and only so: `tile/0/x001/x234/067.p/112`.
    pub fn parse(path: &str) -> Option<Tile> {
        let rest = path.strip_prefix("tile/")?;
        let (row, rest) = rest.split_once('/')?;
        let row = match row {
            "entries" => Row::Statements,
            level => Row::Hashes(level.parse().ok().filter(|l| *l <= LEVEL_MAX)?),
        };
        let (place, width) = match rest.split_once(".p/") {
            Some((place, width)) => (place, width.parse().ok().filter(|w| (1..WIDTH).contains(w))?),
            None => (rest, WIDTH),
        };
        let index = place.split('/').try_fold(0u64, |index, group| {
            let group: u64 = group.strip_prefix('x').unwrap_or(group).parse().ok().filter(|g| *g < 1000)?;
            index.checked_mul(1000)?.checked_add(group)
        })?;
        // Whatever was spelt otherwise (signs, zeroes, a missing x) is not written so.
        Some(Tile { row, index, width }).filter(|tile| tile.to_string() == path)
    }
}

/// The address relative to the log's prefix.
impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.row {
            Row::Statements => f.write_str("tile/entries/")?,
            Row::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        // Groups of three digits; 20 digits hold every u64.
        let digits = format!("{:021}", self.index);
        let groups = (0..7).map(|i| &digits[3 * i..3 * i + 3]).skip_while(|group| *group == "000");
        let groups: Vec<&str> = groups.collect();
        let (last, before) = groups.split_last().unwrap_or((&"000", &[]));
        before.iter().try_for_each(|group| write!(f, "x{group}/"))?;
        f.write_str(last)?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_as_the_specification_writes_them() {
        let table = [
            (Row::Hashes(0), 1_234_067, 112, "tile/0/x001/x234/067.p/112"),
            (Row::Hashes(0), 1_234_067, 256, "tile/0/x001/x234/067"),
            (Row::Hashes(7), 0, 1, "tile/7/000.p/1"),
            (Row::Hashes(63), 999, 255, "tile/63/999.p/255"),
            (Row::Statements, 1000, 256, "tile/entries/x001/000"),
            (Row::Statements, u64::MAX, 3, "tile/entries/x018/x446/x744/x073/x709/x551/615.p/3"),
        ];
        for (row, index, width, path) in table {
            let tile = Tile { row, index, width };
            assert_eq!(tile.to_string(), path);
            assert_eq!(Tile::parse(path), Some(tile));
        }
    }

    #[test]
    fn no_other_spelling_is_read() {
        for path in [
            "",
            "tile",
            "tile/",
            "tile/0",
            "tile/0/",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/+1/000",
            "tile/0/0",
            "tile/0/00",
            "tile/0/0000",
            "tile/0/x000",
            "tile/0/x000/001",
            "tile/0/001/002",
            "tile/0/x001/x002",
            "tile/0/x001/002/",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p/1.p/1",
            "/tile/0/000",
            "tile/0/000 ",
            "tile/Entries/000",
            "tile/data/000",
            "tile/8/0/000",
            "tile/0/+01",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/xx01/000",
        ] {
            assert_eq!(Tile::parse(path), None, "{path:?}");
        }
    }

    /// The two examples of tlog-tiles, and the corners.
    #[test]
    fn an_edge_has_a_tile_for_every_row_that_is_not_full() {
        let edge = |size: u64| Tile::edge(size).map(|t| t.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(edge(0), "");
        assert_eq!(edge(1), "tile/entries/000.p/1 tile/0/000.p/1");
        assert_eq!(edge(256), "tile/1/000.p/1");
        assert_eq!(edge(65_536), "tile/2/000.p/1");
        assert_eq!(edge(70_000), "tile/entries/273.p/112 tile/0/273.p/112 tile/1/001.p/17 tile/2/000.p/1");
        assert_eq!(Tile::at(Row::Hashes(0), 272, 70_000).expect("full").to_string(), "tile/0/272");
        assert_eq!(Tile::at(Row::Hashes(1), 0, 70_000).expect("full").to_string(), "tile/1/000");
        assert_eq!(Tile::at(Row::Hashes(1), 1, 65_536), None);
        assert_eq!(Tile::of_statement(69_999, 70_000), Tile::parse("tile/entries/273.p/112"));
        assert_eq!(Tile::of_statement(70_000, 70_000), None);
        assert_eq!(Tile::edge(u64::MAX).count(), 9);
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(
            path in "tile/(entries|[0-9]{1,2})/(x?[0-9]{3}/){0,3}[0-9]{3}(.p/[0-9]{1,3})?",
        ) {
            if let Some(tile) = Tile::parse(&path) {
                prop_assert_eq!(tile.to_string(), path);
            }
        }

        #[test]
        fn every_tile_is_read_again(level in 0u8..64, index: u64, width in 1u16..=256) {
            let tile = Tile { row: Row::Hashes(level), index, width };
            prop_assert_eq!(Tile::parse(&tile.to_string()), Some(tile));
        }

        #[test]
        fn any_text_is_read_without_panic(path in ".*", level: u8, index: u64, size: u64) {
            let _ = Tile::parse(&path);
            let _ = Tile::at(Row::Hashes(level), index, size);
        }
    }
}
