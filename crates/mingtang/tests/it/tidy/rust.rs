//! Just enough of a Rust lexer: code without comments and strings, the strings, the paths, the functions.

/// A source file taken apart. In `code` every comment and the inside of every literal is blank, so that offsets and
/// line numbers are those of the file and a search finds code only.
pub struct Source {
    pub code: String,
    pub literals: Vec<Literal>,
}

/// A string literal as written, without its quotes. `at` is the byte offset of its opening quote.
pub struct Literal {
    pub at: usize,
    pub raw: bool,
    pub text: String,
}

/// Takes a source file apart.
pub fn read(text: &str) -> Source {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut literals = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let rest = &text[i..];
        let raw = raw_hashes(bytes, i);
        let end = if rest.starts_with("//") {
            i + rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            i + block_comment(rest)
        } else if let Some(hashes) = raw {
            let quote = i + 1 + hashes;
            let close = format!("\"{}", "#".repeat(hashes));
            let inside = text[quote + 1..].find(&close).unwrap_or(text.len() - quote - 1);
            literals.push(Literal { at: quote, raw: true, text: text[quote + 1..][..inside].to_string() });
            blank(&mut code[quote + 1..quote + 1 + inside]);
            i = (quote + 1 + inside + close.len()).min(bytes.len());
            continue;
        } else if bytes[i] == b'"' {
            let inside = quoted(&bytes[i + 1..], b'"');
            literals.push(Literal { at: i, raw: false, text: text[i + 1..][..inside].to_string() });
            blank(&mut code[i + 1..i + 1 + inside]);
            i = (i + inside + 2).min(bytes.len());
            continue;
        } else if let Some(len) = char_literal(rest) {
            i + len
        } else {
            i += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        blank(&mut code[i..end]);
        i = end;
    }
    Source { code: String::from_utf8(code).expect("only whole characters were blanked"), literals }
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
}

/// The length of a (nested) block comment.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut i) = (0, 0);
    let bytes = text.as_bytes();
    while i < bytes.len() {
        let step = match &bytes[i..(i + 2).min(bytes.len())] {
            b"/*" => 1,
            b"*/" => -1,
            _ => 0,
        };
        depth += step;
        i += if step == 0 { 1 } else { 2 };
        if depth == 0 {
            break;
        }
    }
    i
}

/// The number of `#` of a raw string that begins at `i`.
fn raw_hashes(bytes: &[u8], i: usize) -> Option<usize> {
    let before = match i.checked_sub(1).map(|n| bytes[n]) {
        Some(b'b' | b'c') => i.checked_sub(2).map(|n| bytes[n]),
        other => other,
    };
    if bytes[i] != b'r' || before.is_some_and(is_word) {
        return None;
    }
    let hashes = bytes[i + 1..].iter().take_while(|b| **b == b'#').count();
    (bytes.get(i + 1 + hashes) == Some(&b'"')).then_some(hashes)
}

/// The length up to the closing quote, which a backslash hides.
fn quoted(bytes: &[u8], quote: u8) -> usize {
    let mut i = 0;
    while i < bytes.len() && bytes[i] != quote {
        i += if bytes[i] == b'\\' { 2 } else { 1 };
    }
    i.min(bytes.len())
}

/// The length of a character literal; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        return Some(quoted(inside.as_bytes(), b'\'') + 2);
    }
    let first = inside.chars().next()?.len_utf8();
    inside[first..].starts_with('\'').then_some(first + 2)
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
}

/// The line (from 1) of a byte offset.
pub fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1
}

/// Blanks every item behind `#[cfg(test)]`: what tests do is their own affair.
pub fn without_tests(source: Source) -> Source {
    let mut code = source.code.into_bytes();
    let mut from = 0;
    while let Some(at) = find(&code, b"#[cfg(test)]", from) {
        let end = match body(&code, at + 12) {
            Some((_, close)) => close + 1,
            None => find(&code, b";", at).map_or(code.len(), |n| n + 1),
        };
        blank(&mut code[at..end]);
        from = end;
    }
    let literals = source.literals.into_iter().filter(|l| code[l.at] == b'"').collect();
    Source { code: String::from_utf8(code).expect("only whole items were blanked"), literals }
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes[from..].windows(what.len()).position(|w| w == what).map(|n| from + n)
}

/// The braces of the next item: offsets of `{` and its `}`. `None` if a `;` ends the item first.
fn body(code: &[u8], from: usize) -> Option<(usize, usize)> {
    let (mut nested, mut depth, mut open) = (0, 0, None);
    for (i, b) in code.iter().enumerate().skip(from) {
        match b {
            b'(' | b'[' if open.is_none() => nested += 1,
            b')' | b']' if open.is_none() => nested -= 1,
            b';' if open.is_none() && nested == 0 => return None,
            b'{' => {
                open = open.or(Some(i));
                depth += 1;
            }
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return open.map(|open| (open, i));
                }
            }
            _ => {}
        }
    }
    None
}

/// Every function with a body: name, line, length in lines from `fn` to its closing brace.
pub fn functions(code: &str) -> Vec<(&str, usize, usize)> {
    let mut out = Vec::new();
    for (at, word) in words(code) {
        let Some((name_at, name)) = (word == "fn").then(|| next_word(code, at + 2)).flatten() else { continue };
        if let Some((_, close)) = body(code.as_bytes(), name_at) {
            let first = line(code, at);
            out.push((name, first, line(code, close) - first + 1));
        }
    }
    out
}

fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty());
    pieces.map(|w| (w.as_ptr() as usize - code.as_ptr() as usize, w))
}

/// The word behind `at`, when only blanks lie between (a pointer type `fn(` has none).
fn next_word(code: &str, at: usize) -> Option<(usize, &str)> {
    let (from, word) = words(&code[at..]).next()?;
    code[at..at + from].trim().is_empty().then_some((at + from, word))
}

/// Words, `::`, and every other mark by itself.
pub fn tokens(code: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let len = if c.is_alphanumeric() || c == '_' {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            c.len_utf8()
        };
        if !c.is_whitespace() {
            out.push(&rest[..len]);
        }
        rest = &rest[len..];
    }
    out
}

/// Every path the code names, `use` groups spelt out: `a::{b, c::d}` gives `a::b` and `a::c::d`.
pub fn paths(code: &str) -> Vec<String> {
    let tokens = tokens(code);
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        if is_name(tokens[i]) {
            path(&tokens, &mut i, String::new(), &mut out);
        } else {
            i += 1;
        }
    }
    out
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn path(tokens: &[&str], i: &mut usize, mut so_far: String, out: &mut Vec<String>) {
    let at = |i: usize| tokens.get(i).copied().unwrap_or("");
    loop {
        so_far += tokens[*i];
        *i += 1;
        if at(*i) != "::" {
            break;
        }
        if at(*i + 1) == "{" {
            return group(tokens, i, &(so_far + "::"), out);
        }
        if !is_name(at(*i + 1)) {
            break;
        }
        so_far += "::";
        *i += 1;
    }
    out.push(so_far);
}

fn group(tokens: &[&str], i: &mut usize, prefix: &str, out: &mut Vec<String>) {
    *i += 2;
    while *i < tokens.len() && tokens[*i] != "}" {
        match tokens[*i] {
            "as" => *i += 2,
            name if is_name(name) => path(tokens, i, prefix.to_string(), out),
            _ => *i += 1,
        }
    }
    *i += 1;
}

#[test]
fn comments_and_strings_are_no_code() {
    let source = read("a // b\n/* c /* d */ e */ \"f\\\"g\" r#\"h\"i\"# 'j' '\\'' 'k: b\"l\" r#type '中' br\"m\"");
    let code: String = source.code.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(code, "a \" \" r#\" \"# 'k: b\" \" r#type br\" \"");
    let texts: Vec<_> = source.literals.iter().map(|l| (l.raw, l.text.as_str())).collect();
    assert_eq!(texts, [(false, "f\\\"g"), (true, "h\"i"), (false, "l"), (true, "m")]);
}

#[test]
fn tests_are_left_out() {
    let source =
        without_tests(read("fn a() {\"x\";} #[cfg(test)] mod t { fn b() { \"y\" } } #[cfg(test)] mod u; fn c() {}"));
    assert_eq!(functions(&source.code).iter().map(|f| f.0).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(source.literals.len(), 1);
}

#[test]
fn functions_are_measured() {
    let code = "fn a(x: [u8; 2], f: fn(i32) -> i32)\n{\n  if x {}\n}\ntrait T { fn none(&self); fn d() { } }";
    assert_eq!(functions(code), [("a", 1, 4), ("d", 5, 1)]);
}

#[test]
fn paths_are_spelt_out() {
    let found = paths("use crate::{a::{self, B}, c as d}; use std::fs::File; x.begin(); Vec::<u8>::new()");
    for path in ["crate::a::self", "crate::a::B", "crate::c", "std::fs::File", "begin", "Vec"] {
        assert!(found.iter().any(|f| f == path), "{path} in {found:?}");
    }
    assert!(!found.iter().any(|f| f.ends_with('d')), "{found:?}");
}
