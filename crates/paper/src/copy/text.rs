//! TXT and CSV: words, and nothing else.

use super::find::Finder;
use kernel::Refusal;

/// The copy in UTF-8, and at how many places something was taken out. The mark at the beginning by which spreadsheet
/// programs know UTF-8 is written where the file was in another encoding, or had it.
pub fn copy(bytes: &[u8], finder: &Finder) -> Result<(Vec<u8>, usize), Refusal> {
    let text = crate::plain(bytes)?;
    let (made, taken) = finder.replaced(text.trim_start_matches('\u{feff}'));
    let marked = bytes.starts_with(b"\xef\xbb\xbf") || std::str::from_utf8(bytes).is_err();
    Ok((format!("{}{made}", if marked { "\u{feff}" } else { "" }).into_bytes(), taken))
}
