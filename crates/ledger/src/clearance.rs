//! The one way to a signature. A log that signs two heads of which one does not extend the other has lied to somebody,
//! and can never take it back (tlog-checkpoint, *Signatures*).

use crate::{Algorithm, Checkpoint, Error, Note, SigningKey};
use kernel::Hash;

/// Why a head must not be signed. The ledger stops signing until a person has found out what happened.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Doubt {
    /// The last signed checkpoint is another log's.
    #[error("the last signed checkpoint is of {signed}, not of {next}")]
    OtherLog { signed: String, next: String },
    /// The tree has lost statements: perhaps a backup was restored.
    #[error("{signed} statements are signed for, the tree has {tree}")]
    Behind { signed: u64, tree: u64 },
    /// The tree is as large as the signed one, and another.
    #[error("the tree of {size} statements is not the one that was signed")]
    Forked { size: u64 },
    /// Nothing proves that the tree begins with the signed one.
    #[error("the tree of {tree} statements is not shown to begin with the {signed} that were signed for")]
    Unproven { signed: u64, tree: u64 },
}

/// Leave to sign one checkpoint. Made by [`clear`] only, and used up by signing.
#[derive(Debug)]
pub struct Clearance {
    checkpoint: Checkpoint,
}

/// Decides whether a checkpoint may be signed: it must extend the last one that this log signed, which the proof (of a
/// [`crate::Plan::consistency`]) shows. `last` is `None` only for a log that has never signed.
///
/// # Errors
/// The [`Doubt`], if there is one. It is not one to sign the same head again.
pub fn clear(last: Option<&Checkpoint>, next: Checkpoint, proof: &[Hash]) -> Result<Clearance, Doubt> {
    let Some(last) = last else { return Ok(Clearance { checkpoint: next }) };
    let (signed, tree) = (last.head(), next.head());
    if last.origin() != next.origin() {
        return Err(Doubt::OtherLog { signed: last.origin().to_owned(), next: next.origin().to_owned() });
    }
    if tree.size < signed.size {
        return Err(Doubt::Behind { signed: signed.size, tree: tree.size });
    }
    if tree.size == signed.size && tree.root != signed.root {
        return Err(Doubt::Forked { size: tree.size });
    }
    if !tree.extends(signed, proof) {
        return Err(Doubt::Unproven { signed: signed.size, tree: tree.size });
    }
    Ok(Clearance { checkpoint: next })
}

impl Clearance {
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Signs with each key, in their order. Save the note where no backup reaches before anybody sees it.
    ///
    /// # Errors
    /// [`Error::Key`] if none is an Ed25519 key, which public verifiers demand (tlog-tiles), or one's name is not the
    /// origin.
    pub fn sign(self, keys: &[&SigningKey]) -> Result<Note, Error> {
        if keys.iter().any(|key| key.verifier().name() != self.checkpoint.origin()) {
            return Err(Error::Key("its name is not the log's origin"));
        }
        if !keys.iter().any(|key| key.verifier().algorithm() == Algorithm::Ed25519) {
            return Err(Error::Key("an Ed25519 key must sign too"));
        }
        let text = self.checkpoint.to_string();
        let signatures = keys.iter().map(|key| key.sign(&text)).collect::<Result<_, _>>()?;
        Ok(Note::new(text, signatures))
    }
}
