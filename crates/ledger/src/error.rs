use crate::Tile;

/// Why bytes of a log are not accepted. Never a panic, whatever the bytes.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// The bytes do not follow their format: which one, and what is wrong.
    #[error("not a {format}: {fault}")]
    Malformed { format: &'static str, fault: &'static str },
    /// No known key has signed.
    #[error("no known key has signed")]
    Unsigned,
    /// A known key's signature is wrong: forged, or the text was changed.
    #[error("the signature by {0} is wrong")]
    BadSignature(String),
    /// A checkpoint of another log.
    #[error("this is a checkpoint of {0}")]
    OtherLog(String),
    /// Hashes do not lead to the root.
    #[error("{0} does not lead to the root of the tree")]
    Unproven(&'static str),
    /// The reader could not give a tile.
    #[error("{0} is missing")]
    Missing(Tile),
    /// An index or size that the tree does not have.
    #[error("the tree is smaller than that, or too large")]
    OutOfRange,
    /// A statement longer than an entry bundle can carry.
    #[error("a statement is longer than 65,535 bytes")]
    TooLong,
    /// A signing key that cannot sign this.
    #[error("the key cannot be used: {0}")]
    Key(&'static str),
}

impl Error {
    pub(crate) fn malformed(format: &'static str, fault: &'static str) -> Error {
        Error::Malformed { format, fault }
    }
}
