//! Entry bundles (C2SP tlog-tiles): statements one after another, each behind its length in two bytes.

use crate::tile::WIDTH;
use crate::{Error, Subtree, leaf_hash};

/// The longest statement in bytes: its length stands in two.
pub const STATEMENT_MAX: usize = u16::MAX as usize;

/// Adds a statement to a bundle.
pub(crate) fn push(bundle: &mut Vec<u8>, statement: &[u8]) -> Result<(), Error> {
    let length = u16::try_from(statement.len()).map_err(|_| Error::TooLong)?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(statement);
    Ok(())
}

/// Reads a bundle: 1 to 256 statements.
///
/// # Errors
/// [`Error::Malformed`] if a length reaches beyond the end, or there are no statements or too many.
pub fn statements(bundle: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let fault = |fault| Error::malformed("entry bundle", fault);
    let (mut rest, mut out) = (bundle, Vec::new());
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk().ok_or_else(|| fault("a length is cut off"))?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (statement, after) = after.split_at_checked(length).ok_or_else(|| fault("a statement is cut off"))?;
        out.push(statement);
        rest = after;
    }
    if out.is_empty() || out.len() > usize::from(WIDTH) {
        return Err(fault("it has not 1 to 256 statements"));
    }
    Ok(out)
}

impl Subtree {
    /// Whether these are the statements under this tile of level 0, all of them and in order.
    #[must_use]
    pub fn covers(&self, statements: &[&[u8]]) -> bool {
        statements.len() == self.width()
            && statements.iter().enumerate().all(|(i, s)| self.node(0, i) == Some(&leaf_hash(s)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bundle_that_is_cut_empty_or_too_wide_is_refused() {
        for bytes in [&b""[..], b"\0", b"\0\x01", b"\0\x02a", b"\0\x01a\0"] {
            assert!(statements(bytes).is_err(), "{bytes:?}");
        }
        assert_eq!(statements(b"\0\0\0\x01a"), Ok(vec![&b""[..], b"a"]));
        assert_eq!(statements(&[0; 512]).map(|s| s.len()), Ok(256));
        assert!(statements(&[0; 514]).is_err());
        let mut bundle = Vec::new();
        assert_eq!(push(&mut bundle, &[0; STATEMENT_MAX + 1]), Err(Error::TooLong));
        assert_eq!(push(&mut bundle, &[7; STATEMENT_MAX]), Ok(()));
        assert_eq!(statements(&bundle), Ok(vec![&[7; STATEMENT_MAX][..]]));
    }

    proptest! {
        #[test]
        fn a_bundle_has_one_reading(bytes: Vec<u8>) {
            if let Ok(read) = statements(&bytes) {
                let mut again = Vec::new();
                read.iter().try_for_each(|s| push(&mut again, s)).expect("they came from a bundle");
                prop_assert_eq!(again, bytes);
            }
        }
    }
}
