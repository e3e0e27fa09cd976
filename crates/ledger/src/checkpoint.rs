//! Checkpoints (C2SP tlog-checkpoint): a tree's head as the text of a signed note.

use crate::merkle::SIZE_MAX;
use crate::{Error, Head, Note, VerifierKey, text};
use std::fmt;

/// Which log, how large, and the hash over all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    origin: String,
    head: Head,
    extensions: Vec<String>,
}

impl Checkpoint {
    /// Without extension lines, which no monitor could check.
    ///
    /// # Errors
    /// [`Error::Malformed`] for an origin that cannot be a key's name, [`Error::OutOfRange`] above [`SIZE_MAX`].
    pub fn new(origin: &str, head: Head) -> Result<Checkpoint, Error> {
        if !text::is_name(origin) {
            return Err(Error::malformed(
                "checkpoint",
                "the origin is empty or has a space, a plus or a control character",
            ));
        }
        if head.size > SIZE_MAX {
            return Err(Error::OutOfRange);
        }
        Ok(Checkpoint { origin: origin.to_owned(), head, extensions: Vec::new() })
    }

    /// Reads a note's text; whatever is read is written again to the byte. Not verified: see [`Checkpoint::open`].
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(text: &str) -> Result<Checkpoint, Error> {
        let fault = |fault| Error::malformed("checkpoint", fault);
        let lines = text.strip_suffix('\n').ok_or_else(|| fault("it does not end with a newline"))?;
        if lines.split('\n').any(|line| line.is_empty() || line.contains(|c: char| c < ' ')) {
            return Err(fault("a line is empty or has a control character"));
        }
        let mut lines = lines.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(fault("it has not three lines"));
        };
        let size = text::read_number(size).filter(|s| *s <= SIZE_MAX).ok_or_else(|| fault("the size is no number"))?;
        let root = text::read_hash(root).ok_or_else(|| fault("the root is no hash"))?;
        let extensions = lines.map(str::to_owned).collect();
        Ok(Checkpoint { origin: origin.to_owned(), head: Head { size, root }, extensions })
    }

    /// Reads a note as a checkpoint of this log, signed by one of the log's keys. Witnesses are asked apart, with
    /// [`Note::verify`]: a witness's signature is not the log's.
    ///
    /// # Errors
    /// As [`Note::verify`] and [`Checkpoint::parse`], and [`Error::OtherLog`].
    pub fn open(note: &Note, origin: &str, keys: &[VerifierKey]) -> Result<Checkpoint, Error> {
        note.verify(keys)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        if checkpoint.origin == origin { Ok(checkpoint) } else { Err(Error::OtherLog(checkpoint.origin)) }
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Lines after the third, which say nothing to us. We write none.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }
}

/// The text to be signed, with its last newline.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.head.size, text::base64(&self.head.root.0))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
