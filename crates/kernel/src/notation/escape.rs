//! Backslashes inside cells and images.

const MARKS: &[char] = &['\\', '|', '<', '^', '#', '-', ':', '[', ']', '(', ')'];

/// The length of an escape that begins here, else 0.
fn escaped(text: &str) -> usize {
    let mut chars = text.chars();
    if chars.next() == Some('\\') && chars.next().is_some_and(|c| MARKS.contains(&c)) { 2 } else { 0 }
}

/// Where `mark` first stands unescaped.
pub fn find(text: &str, mark: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match escaped(&text[at..]) {
            0 if text[at..].starts_with(mark) => return Some(at),
            0 => at += c.len_utf8(),
            length => at += length,
        }
    }
    None
}

/// The text without its escapes.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let skip = usize::from(escaped(&rest[at..]) > 0);
        let end = at + skip + rest[at + skip..].chars().next().map_or(0, char::len_utf8);
        out.extend([&rest[..at], &rest[at + skip..end]]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Puts a backslash before every backslash and every one of `marks`.
pub fn escape(text: &str, marks: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\\' || marks.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `![alt](file)`: the file reaches to the last bracket, so that its name may hold brackets.
pub fn image(line: &str) -> Option<(String, String)> {
    let inner = line.strip_prefix("![")?.strip_suffix(')')?;
    let at = find(inner, "](")?;
    Some((unescape(&inner[..at]).trim().to_owned(), unescape(&inner[at + 2..]).trim().to_owned()))
}
