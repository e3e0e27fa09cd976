//! The log's files: checkpoint, tiles and bundles under the addresses that C2SP tlog-tiles gives them, so that any web
//! server can serve the folder as it is. All but the checkpoint is derived from the statements in the database.

use ledger::{File, Note, Row, Subtree, Tile, statements};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const CHECKPOINT: &str = "checkpoint";
const KEY: &str = "key";

/// The folder of one log.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    fn path(&self, tile: Tile) -> PathBuf {
        self.0.join(tile.to_string())
    }

    /// A tile's bytes. A partial one may be gone, or never have been written by itself: it is the beginning of a wider.
    pub fn read(&self, tile: Tile) -> Option<Vec<u8>> {
        fs::read(self.path(tile)).ok().or_else(|| {
            let wider = fs::read(self.path(tile.full())).ok().or_else(|| self.wider(tile))?;
            trimmed(&wider, tile)
        })
    }

    fn wider(&self, tile: Tile) -> Option<Vec<u8>> {
        let beside = fs::read_dir(self.path(tile).parent()?).ok()?;
        let widths = beside.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u16>().ok());
        let width = widths.filter(|w| *w > tile.width()).min()?;
        fs::read(self.path(tile).with_file_name(width.to_string())).ok()
    }

    pub fn subtree(&self, tile: Tile) -> Option<Box<Subtree>> {
        Subtree::parse(&self.read(tile)?).ok().map(Box::new)
    }

    /// Writes new tiles so that they survive a power cut, then forgets the partial ones that a full one has replaced.
    pub fn write(&self, files: &[File]) -> io::Result<()> {
        let mut folders = BTreeSet::new();
        for file in files {
            let path = self.path(file.tile);
            let folder = path.parent().unwrap_or(&self.0).to_owned();
            if folders.insert(folder.clone()) {
                fs::create_dir_all(&folder)?;
            }
            let beside = path.with_extension("writing");
            let mut out = fs::File::create(&beside)?;
            out.write_all(&file.bytes)?;
            out.sync_data()?;
            fs::rename(&beside, &path)?;
        }
        // A folder may be new itself.
        let above: Vec<PathBuf> = folders.iter().flat_map(|f| f.ancestors().skip(1)).map(Path::to_owned).collect();
        folders.extend(above.into_iter().filter(|f| f.starts_with(&self.0)));
        folders.iter().try_for_each(|folder| fs::File::open(folder)?.sync_all())?;
        for file in files.iter().filter(|file| file.tile.is_full()) {
            let mut partial = self.path(file.tile).into_os_string();
            partial.push(".p");
            match fs::remove_dir_all(&partial) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
        }
        Ok(())
    }

    /// The signed note as it lies there, unverified.
    pub fn checkpoint(&self) -> Option<Note> {
        Note::parse(&fs::read(self.0.join(CHECKPOINT)).ok()?).ok()
    }

    /// The public keys, one a line.
    pub fn key(&self) -> Option<String> {
        fs::read_to_string(self.0.join(KEY)).ok()
    }

    /// Shows a signed note to the world, with the keys to check it by; each whole or not at all.
    pub fn publish(&self, note: &Note, keys: &str) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        if self.key().as_deref() != Some(keys) {
            self.swap(KEY, keys)?;
        }
        self.swap(CHECKPOINT, &note.to_string())?;
        fs::File::open(&self.0)?.sync_all()
    }

    fn swap(&self, name: &str, text: &str) -> io::Result<()> {
        let beside = self.0.join(format!("{name}.writing"));
        let mut out = fs::File::create(&beside)?;
        out.write_all(text.as_bytes())?;
        out.sync_data()?;
        fs::rename(&beside, self.0.join(name))
    }
}

/// The beginning of a wider tile or bundle.
fn trimmed(bytes: &[u8], tile: Tile) -> Option<Vec<u8>> {
    let width = usize::from(tile.width());
    let end = match tile.row() {
        Row::Hashes(_) => 32 * width,
        Row::Statements => statements(bytes).ok()?.iter().take(width).map(|s| 2 + s.len()).sum(),
    };
    let is_wider = match tile.row() {
        Row::Hashes(_) => bytes.len() >= end,
        Row::Statements => statements(bytes).ok()?.len() >= width,
    };
    is_wider.then(|| bytes[..end].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Tree;

    fn statement(n: u64) -> Vec<u8> {
        format!("{n};").repeat(1 + (n % 5) as usize).into_bytes()
    }

    fn grow(folder: &Folder, tree: &Tree, to: u64) -> Tree {
        let more: Vec<Vec<u8>> = (tree.size()..to).map(statement).collect();
        let growth = tree.grow(&more).expect("short");
        folder.write(&growth.files).expect("writes");
        growth.tree
    }

    #[test]
    fn a_partial_tile_is_served_from_a_wider_one() {
        let data = tempfile::tempdir().expect("a folder");
        let folder = Folder(data.path().join("ledger"));
        let tree = grow(&folder, &Tree::new(), 3);
        let (hashes, bundle) = (Tile::parse("tile/0/000.p/3"), Tile::parse("tile/entries/000.p/3"));
        let (hashes, bundle) = (hashes.expect("a tile"), bundle.expect("a bundle"));
        let (three, words) = (folder.read(hashes).expect("there"), folder.read(bundle).expect("there"));
        let two = Tile::parse("tile/0/000.p/2").expect("a tile");
        assert_eq!(folder.read(two).expect("from the wider"), three[..64]);
        let tree = grow(&folder, &tree, 300);
        assert!(!data.path().join("ledger/tile/0/000.p").exists(), "the full one has replaced it");
        assert_eq!((folder.read(hashes), folder.read(bundle)), (Some(three), Some(words)));
        for (path, there) in [("tile/0/001.p/44", true), ("tile/0/001.p/45", false), ("tile/1/000.p/1", true)] {
            assert_eq!(folder.read(Tile::parse(path).expect("a tile")).is_some(), there, "{path}");
        }
        assert_eq!(Tree::open(&tree.head(), |tile| folder.read(tile)), Ok(tree));
    }
}
