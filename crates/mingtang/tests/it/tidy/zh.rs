//! Chinese has its own punctuation: no ASCII `,:;?!()` beside a Han character, in templates and in our sentences.

use super::{File, page, rust};
use crate::html::{self, Piece};

/// Pieces of literals that are right as they stand: the end of the file's path, and a part of the literal.
pub const ALLOWED: &[(&str, &str)] = &[("kernel/src/notation.rs", "[图片说明](附件文件名)")];

/// Attributes that a person reads or hears.
const READ_ALOUD: &[&str] = &["alt", "aria-description", "aria-label", "content", "label", "placeholder", "title"];

/// Every clash in templates of `app` and in string literals of code. Raw strings and literals with a group or a class
/// of
/// characters are patterns, and tests hold samples: none is looked at.
pub fn faults(files: &[File], allowed: &[(&str, &str)]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| !f.is_test()) {
        let found = if file.is("html") && file.slice().is_some() {
            template(&file.text)
        } else if file.is("rs") {
            literals(&file.text)
        } else {
            continue;
        };
        for (line, text) in found {
            let is_allowed = |(path, part): &(&str, &str)| file.path.ends_with(path) && text.contains(part);
            let clashes = clashes(&text).filter(|_| !allowed.iter().any(is_allowed));
            out.extend(clashes.map(|clash| format!("{}:{line}: {clash}", file.path)));
        }
    }
    out
}

/// What people read in a template, each with its line. Tags vanish, so that a mark behind a tag is still beside.
fn template(text: &str) -> Vec<(usize, String)> {
    let template = page::read(text);
    let mut out = Vec::new();
    let mut line_text = (1, String::new());
    for piece in html::pieces(&template.html) {
        match piece {
            Piece::Text(text) => {
                let from = text.as_ptr() as usize - template.html.as_ptr() as usize;
                for (n, part) in text.split('\n').enumerate() {
                    let line = rust::line(&template.html, from) + n;
                    if line != line_text.0 {
                        out.push(std::mem::replace(&mut line_text, (line, String::new())));
                    }
                    line_text.1.push_str(&without_entities(part));
                }
            }
            Piece::Tag(tag) => {
                let line = rust::line(&template.html, tag.at);
                let read = tag.attrs.iter().filter(|(name, _)| READ_ALOUD.contains(&name.as_str()));
                out.extend(read.map(|(_, value)| (line, value.clone())));
            }
        }
    }
    out.push(line_text);
    for (line, tag) in &template.tags {
        out.extend(rust::read(tag).literals.into_iter().map(|l| (*line, l.text)));
    }
    out
}

/// `&nbsp;` ends in a mark that nobody sees.
fn without_entities(text: &str) -> String {
    let mut out = String::new();
    for (n, part) in text.split('&').enumerate() {
        match part
            .split_once(';')
            .filter(|(name, _)| n > 0 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
        {
            Some((_, after)) => out.extend([&page::VALUE.to_string(), after]),
            None => out.push_str(part),
        }
    }
    out
}

/// The literals of a source file, format placeholders such as `{n}` masked.
fn literals(text: &str) -> Vec<(usize, String)> {
    let source = rust::without_tests(rust::read(text));
    let plain = source.literals.into_iter().filter(|l| !l.raw && !is_pattern(&l.text));
    plain.map(|l| (rust::line(text, l.at), without_placeholders(&l.text))).collect()
}

fn is_pattern(text: &str) -> bool {
    text.contains("(?:") || text.contains("(?<") || text.contains("\\\\p")
}

fn without_placeholders(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        rest = after.split_once('}').map_or(after, |(_, behind)| behind);
        out.push(page::VALUE);
    }
    out + rest
}

/// Each ASCII mark that stands right before or behind a Han character, with its neighbours.
fn clashes(text: &str) -> impl Iterator<Item = String> {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).filter_map(move |i| {
        let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|n| chars.get(n));
        let clash = ",:;?!()".contains(chars[i]) && beside.into_iter().any(|c| is_han(*c));
        clash.then(|| chars[i.saturating_sub(6)..(i + 7).min(chars.len())].iter().collect())
    })
}

/// A character of the unified ideographs.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[test]
fn a_clash_in_a_template_is_found() {
    let check = |text: &str| faults(&[super::file("crates/app/src/record/show.html", text)], &[]);
    for (text, line) in [
        ("姓名:", 1),
        ("<p>\n共{{ n }}条,完", 2),
        ("<b>姓名</b>: x", 1),
        ("<a\n title=\"查看(全部)\">", 1),
        ("{% call field(\"姓名\", \"必填!\") %}", 1),
        ("{{ n }},今天", 1),
    ] {
        let found = check(text);
        assert!(found.first().is_some_and(|f| f.contains(&format!("html:{line}: "))), "{text}: {found:?}");
    }
    let fine =
        "<a href=\"/a?名=1\" class=\"x:年\">共 {{ n }}, 第&nbsp;页。</a><!-- 注: --> {# 注: #} a: b <p>年</p>\n(x)";
    assert_eq!(check(fine), [""; 0]);
}

#[test]
fn a_clash_in_a_sentence_is_found() {
    let path = "crates/app/src/record/rules.rs";
    let check = |text: &str, allowed: &[(&str, &str)]| faults(&[super::file(path, text)], allowed).len();
    for (text, count) in [
        ("\"请先审查,再公开\"", 1),
        ("format!(\"第{n}条:无\")", 1),
        ("format!(\"共{n},{m}:x\")", 0),
        ("\"请先审查，再公开\"", 0),
        ("\"(?:签发人:?|号)\"", 0),
        ("// 注: 审查,\nr\"(?:绝密|机密)\"", 0),
        ("#[cfg(test)] mod t { const X: &str = \"年:\"; }", 0),
    ] {
        assert_eq!(check(text, &[]), count, "{text}");
    }
    assert_eq!(check("\"年:\"", &[("rules.rs", "年:")]), 0);
    assert_eq!(check("\"年:\"", &[("model.rs", "年:")]), 1);
}
