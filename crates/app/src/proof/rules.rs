//! What a check comes to. Pure: values in, verdict out.

use super::model::{Known, Line, Number, Verdict};
use kernel::Hash;

/// 凭证号 or 索引号 as people type it: with full-width signs, as an address, with or without the version at its end.
pub fn number(typed: &str) -> Option<Number> {
    let plain: String = typed.trim().chars().map(half).filter(|c| !c.is_whitespace()).collect();
    let path = plain.split_once("/records/").map_or(plain.as_str(), |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/');
    let (org, back) = (parts.next()?, parts.next()?);
    let mut numbers = back.split('-');
    let (year, serial) = (numbers.next()?, numbers.next()?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_org = !org.is_empty() && org.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_org || year.len() != 4 || !digits(year) || !digits(serial) {
        return None;
    }
    let version = match (numbers.next(), parts.next()) {
        (Some(n), _) => Some(n.parse().ok().filter(|n| *n > 0)?),
        (None, Some("v")) => Some(parts.next()?.parse().ok().filter(|n| *n > 0)?),
        _ => None,
    };
    Some(Number { index_no: format!("{}/{year}-{serial}", org.to_ascii_uppercase()), version })
}

fn half(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '—' | '–' => '-',
        c => c,
    }
}

/// A SHA-256 in hexadecimal, in groups or not.
pub fn digest(typed: &str) -> Option<Hash> {
    let plain: String = typed.chars().map(half).filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase();
    Hash::parse(plain.strip_prefix("sha256:").unwrap_or(&plain))
}

/// What a record says to a number or a digest. A file that stands in several versions is held against the newest.
pub fn judge(known: &Known, version: Option<i64>, digest: Option<&Hash>, named: bool) -> Verdict {
    let newest_first = || known.lines.iter().rev();
    let Some(digest) = digest else {
        let wanted = version.unwrap_or(known.current);
        return match newest_first().find(|line| line.n == wanted) {
            None => Verdict::Unknown,
            Some(line) if line.n == known.current => Verdict::Listed(known.found(line, "")),
            Some(line) => Verdict::Older(known.found(line, "")),
        };
    };
    let holds = |line: &Line| line.holds(digest);
    match newest_first().find_map(|line| holds(line).map(|what| (line, what))) {
        Some((line, what)) if line.n == known.current => Verdict::Same(known.found(line, &what)),
        Some((line, what)) => Verdict::Older(known.found(line, &what)),
        None if named => Verdict::Different(known.current_found()),
        None => Verdict::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Instant;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (typed, index_no, version) in [
            ("4302SHILI/2026-00001", "4302SHILI/2026-00001", None),
            (" 4302shili/2026-00001-2 ", "4302SHILI/2026-00001", Some(2)),
            ("４３０２SHILI／2026－00001", "4302SHILI/2026-00001", None),
            ("/records/4302SHILI/2026-00001/v/3", "4302SHILI/2026-00001", Some(3)),
            ("https://a.example/records/4302SHILI/2026-00001?x=1", "4302SHILI/2026-00001", None),
        ] {
            assert_eq!(number(typed), Some(Number { index_no: index_no.into(), version }), "{typed}");
        }
        for typed in ["", "4302SHILI", "4302SHILI/2026", "a/b-c", "4302SHILI/2026-00001-0", "../2026-1", "x/2026-1-y"] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_digest_is_read_in_groups_too() {
        let hash = Hash::of(b"x");
        for typed in [hash.to_string(), hash.grouped(), format!("SHA256:{}", hash.to_string().to_uppercase())] {
            assert_eq!(digest(&typed), Some(hash), "{typed}");
        }
        assert_eq!(digest("12"), None);
    }

    fn line(n: i64, hash: &str, files: &[(&str, &str)]) -> Line {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), Hash::of(text.as_bytes()))).collect();
        Line { n, at: Instant(n), hash: Hash::of(hash.as_bytes()), files }
    }

    #[test]
    fn a_file_is_the_same_older_or_different() {
        let lines = vec![line(1, "old", &[("表", "table"), ("图", "map")]), line(2, "new", &[("表", "table")])];
        let known = Known { path: "/p".into(), index_no: "i".into(), title: "t".into(), current: 2, lines };
        let found = |n: usize, what: &str| known.found(&known.lines[n - 1], what);
        for (version, text, named, verdict) in [
            (None, Some("new"), false, Verdict::Same(found(2, "正文"))),
            (None, Some("table"), true, Verdict::Same(found(2, "表"))),
            (None, Some("map"), false, Verdict::Older(found(1, "图"))),
            (Some(1), Some("new"), true, Verdict::Same(found(2, "正文"))),
            (None, Some("old"), false, Verdict::Older(found(1, "正文"))),
            (None, Some("else"), true, Verdict::Different(found(2, ""))),
            (None, Some("else"), false, Verdict::Unknown),
            (None, None, true, Verdict::Listed(found(2, ""))),
            (Some(2), None, true, Verdict::Listed(found(2, ""))),
            (Some(1), None, true, Verdict::Older(found(1, ""))),
            (Some(3), None, true, Verdict::Unknown),
        ] {
            let digest = text.map(|t| Hash::of(t.as_bytes()));
            assert_eq!(judge(&known, version, digest.as_ref(), named), verdict, "{version:?} {text:?} {named}");
        }
    }
}
