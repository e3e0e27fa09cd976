//! Proof files (C2SP tlog-proof): what a reader keeps, and checks without us.

use crate::{Checkpoint, Error, Note, VerifierKey, leaf_hash, text};
use kernel::Hash;
use std::fmt;

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// A path in a tree of at most 2^63 statements.
const PATH_MAX: usize = 63;

/// That a statement stands at an index of a signed tree. A file of it ends with `.tlog-proof`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// Whatever helps to find the statement; signed by nobody, so never to be trusted. Empty: left out.
    pub extra: Vec<u8>,
    /// From 0.
    pub index: u64,
    /// From the leaf's sibling to the root's child.
    pub path: Vec<Hash>,
    /// The checkpoint, with the signatures of the log and of its witnesses.
    pub checkpoint: Note,
}

impl Proof {
    /// Reads a proof file; whatever is read is written again to the byte. Nothing is verified yet.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Proof, Error> {
        let fault = |fault| Error::malformed("proof", fault);
        let all = std::str::from_utf8(bytes).map_err(|_| fault("it is not UTF-8"))?;
        let (head, note) = all.split_once("\n\n").ok_or_else(|| fault("it has no checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            return Err(fault("it does not begin as a proof"));
        }
        let extra = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            None => Vec::new(),
            Some(extra) => {
                lines.next();
                let bytes = text::read_base64(extra).filter(|bytes| !bytes.is_empty());
                bytes.ok_or_else(|| fault("the extra data is no base64"))?
            }
        };
        let index = lines.next().and_then(|line| text::read_number(line.strip_prefix("index ")?));
        let index = index.ok_or_else(|| fault("the index is no number"))?;
        let path: Option<Vec<Hash>> = lines.take(PATH_MAX + 1).map(text::read_hash).collect();
        let path = path.filter(|path| path.len() <= PATH_MAX).ok_or_else(|| fault("the path is no list of hashes"))?;
        let checkpoint = Note::parse(note.as_bytes())?;
        Checkpoint::parse(checkpoint.text())?;
        Ok(Proof { extra, index, path, checkpoint })
    }

    /// Checks that the log of this origin has signed for this statement, and gives the checkpoint. How many witnesses
    /// must have seen it is the caller's policy: ask [`Note::verify`] with their keys.
    ///
    /// # Errors
    /// As [`Checkpoint::open`], and [`Error::Unproven`].
    pub fn verify(&self, statement: &[u8], origin: &str, keys: &[VerifierKey]) -> Result<Checkpoint, Error> {
        let checkpoint = Checkpoint::open(&self.checkpoint, origin, keys)?;
        if checkpoint.head().includes(self.index, &leaf_hash(statement), &self.path) {
            Ok(checkpoint)
        } else {
            Err(Error::Unproven("the statement"))
        }
    }
}

/// The file, to the byte.
impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if !self.extra.is_empty() {
            writeln!(f, "extra {}", text::base64(&self.extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", text::base64(&hash.0)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
