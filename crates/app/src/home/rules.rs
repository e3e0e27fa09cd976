//! Where a reader goes back to, what a preference form says. Pure.

use crate::ui::Pref;

/// A way back on our own site: `back` if it is a path of ours, else the front page. `//host` and `/\host` lead
/// elsewhere in browsers, so they are no paths.
pub fn back(back: &str) -> &str {
    let ours = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    let plain = back.bytes().all(|b| b.is_ascii_graphic());
    if ours && plain { back } else { "/" }
}

/// The preferences after a form; `None` where it chooses nothing. Words that are none of ours change nothing.
pub fn chosen<'a>(mut pref: Pref, words: impl Iterator<Item = &'a str>) -> Option<Pref> {
    let mut any = false;
    for word in words.filter(|w| !w.is_empty()) {
        any |= pref.set(word);
    }
    any.then_some(pref)
}

/// How many site maps a number of pages needs (sitemaps.org: 50,000 addresses each).
pub const MAP_MAX: u64 = 50_000;

pub fn maps(pages: u64) -> u64 {
    pages.div_ceil(MAP_MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Mode, Size, Theme};

    #[test]
    fn the_way_back_never_leaves_the_site() {
        for (asked, to) in [
            ("/records/zz/2017-00001", "/records/zz/2017-00001"),
            ("/records?year=2017&q=%E5%85%AC", "/records?year=2017&q=%E5%85%AC"),
            ("/", "/"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/a\\..\\b", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/x\r\nSet-Cookie: a=b", "/"),
            ("/x y", "/"),
            ("\t//evil.example", "/"),
        ] {
            assert_eq!(back(asked), to, "{asked}");
        }
    }

    #[test]
    fn a_form_changes_what_it_names() {
        let elder = Pref { mode: Mode::Elder, ..Pref::default() };
        let dark = Pref { theme: Theme::Dark, size: Size::Large, mode: Mode::Elder };
        for (words, wanted) in [
            (&["elder"][..], Some(elder)),
            (&["", "", "elder"], Some(elder)),
            (&["large", "dark", "elder"], Some(dark)),
            (&["nonsense"], None),
            (&[], None),
        ] {
            assert_eq!(chosen(Pref::default(), words.iter().copied()), wanted, "{words:?}");
        }
        assert_eq!(
            chosen(dark, ["standard"].into_iter()).map(|p| (p.mode, p.theme)),
            Some((Mode::Standard, Theme::Dark))
        );
    }

    #[test]
    fn a_site_map_holds_fifty_thousand() {
        for (pages, n) in [(0, 1), (1, 1), (50_000, 1), (50_001, 2), (100_000, 2), (100_001, 3)] {
            assert_eq!(maps(pages), n);
        }
    }
}
