//! Templates and styles: nothing inline, nothing raw, every class under its slice's word.

use super::{File, rust};
use crate::html::{self, Piece};

/// A template taken apart: the HTML with every `{{ }}`, `{% %}` and `{# #}` replaced by one mark, and the insides of
/// the first two with their lines.
pub struct Template<'a> {
    pub html: String,
    pub tags: Vec<(usize, &'a str)>,
}

/// Stands where a template puts a value: neither Han nor punctuation, in a text or in a tag.
pub const VALUE: char = '\u{1}';

/// Takes a template apart. Line numbers stay those of the file.
pub fn read(text: &str) -> Template<'_> {
    let (mut html, mut tags, mut at) = (String::new(), Vec::new(), 0);
    while let Some(open) = text[at..].find('{').map(|n| at + n) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                html.push_str(&text[at..=open]);
                at = open + 1;
                continue;
            }
        };
        html.push_str(&text[at..open]);
        let inside = &text[open + 2..];
        let inside = &inside[..inside.find(close).unwrap_or(inside.len())];
        if close != "#}" {
            tags.push((rust::line(text, open), inside));
            html.push(VALUE);
        }
        html.extend(inside.chars().filter(|c| *c == '\n'));
        at = (open + 2 + inside.len() + 2).min(text.len());
    }
    html.push_str(&text[at..]);
    Template { html, tags }
}

/// Inline styles and handlers, which the Content-Security-Policy forbids, and `|safe` outside `ui`.
pub fn templates(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.is("html") && f.slice().is_some()) {
        let template = read(&file.text);
        for piece in html::pieces(&template.html) {
            let Piece::Tag(tag) = piece else { continue };
            let place = format!("{}:{}", file.path, rust::line(&template.html, tag.at));
            let inline = tag.attrs.iter().filter(|(name, _)| name == "style" || is_handler(name));
            out.extend(inline.map(|(name, _)| format!("{place}: inline {name}=")));
            let is_data = tag.get("type").is_some_and(|t| t.contains("json"));
            if tag.name == "style" || (tag.name == "script" && !tag.closes && tag.get("src").is_none() && !is_data) {
                out.push(format!("{place}: inline <{}>", tag.name));
            }
        }
        let raw = template.tags.iter().filter(|(_, tag)| file.slice() != Some("ui") && is_raw(tag));
        out.extend(raw.map(|(line, _)| format!("{}:{line}: |safe outside ui", file.path)));
    }
    out
}

fn is_handler(name: &str) -> bool {
    name.strip_prefix("on").is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_lowercase()))
}

fn is_raw(tag: &str) -> bool {
    let dense: String = tag.split_whitespace().collect();
    dense.contains("|safe") || dense.contains("|escape(\"none\"") || dense.contains("|e(\"none\"")
}

/// Rust code outside `ui` that declares text to be safe HTML.
pub fn raw_html(files: &[File]) -> Vec<String> {
    let ours = files.iter().filter(|f| f.is("rs") && f.slice().is_some_and(|s| s != "ui"));
    let names = |f: &&File| rust::paths(&rust::read(&f.text).code).iter().any(|p| names_safe(p));
    ours.filter(names).map(|f| format!("{}: declares HTML to be safe outside ui", f.path)).collect()
}

fn names_safe(path: &str) -> bool {
    path.ends_with("HtmlSafe") || path.ends_with("filters::Safe") || path.ends_with("filters::safe")
}

/// Classes in a slice's stylesheet that do not start with the slice's word. `ui` holds what all share.
pub fn classes(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.is("css")) {
        let Some(slice) = file.slice().filter(|s| *s != "ui") else { continue };
        let is_own = |class: &String| class == slice || class.starts_with(&format!("{slice}-"));
        let foreign = css_classes(&file.text).into_iter().filter(|class| !is_own(class));
        out.extend(foreign.map(|class| format!("{}: .{class} does not start with {slice}", file.path)));
    }
    out
}

/// The classes of all selectors. At-rules and declarations are no selectors.
fn css_classes(css: &str) -> Vec<String> {
    let mut out = Vec::new();
    let bare = without_comments(css);
    for before_brace in bare.split('{').take(bare.matches('{').count()) {
        let selector = before_brace.rsplit(['}', ';']).next().unwrap_or_default().trim();
        if selector.starts_with('@') {
            continue;
        }
        let unquoted = selector.split('"').step_by(2).collect::<Vec<_>>().join("");
        for after in unquoted.split('.').skip(1) {
            let end = after.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c))).unwrap_or(after.len());
            out.push(after[..end].to_string());
        }
    }
    out
}

fn without_comments(css: &str) -> String {
    let parts = css.split("/*").enumerate();
    parts.map(|(n, p)| if n == 0 { p } else { p.split_once("*/").map_or("", |(_, after)| after) }).collect()
}

#[test]
fn what_is_inline_or_raw_is_found() {
    let path = "crates/app/src/record/show.html";
    for (text, expected) in [
        ("<p>\n<b style='x'>", "show.html:2: inline style="),
        ("<a {% if a > b %}x{% endif %} onclick=\"y()\">", "show.html:1: inline onclick="),
        ("<script>x()</script>", "inline <script>"),
        ("<style>p{}</style>", "inline <style>"),
        ("a\n{{ body | safe }}", "show.html:2: |safe"),
        ("{{ body|escape(\"none\") }}", "|safe"),
    ] {
        let found = templates(&[super::file(path, text)]);
        assert!(!found.is_empty() && found[0].contains(expected), "{text}: {found:?}");
    }
    let fine = "{# style= #}<script src=/x.js></script><p class=\"on\" data-on=1>style= onclick= {{ x|upper }}</p>";
    assert_eq!(templates(&[super::file(path, fine)]), [""; 0]);
    assert_eq!(templates(&[super::file("crates/app/src/ui/x.html", "{{ x|safe }}")]), [""; 0]);
}

#[test]
fn safe_html_in_code_is_found() {
    let text = "impl askama::filters::HtmlSafe for X {}";
    assert_eq!(raw_html(&[super::file("crates/app/src/record/desk.rs", text)]).len(), 1);
    assert_eq!(raw_html(&[super::file("crates/app/src/ui/mod.rs", text)]).len(), 0);
}

#[test]
fn a_foreign_class_is_found() {
    let css = "/* .no { */ @layer record { .record-a:hover, p.record > .other { margin: 0.5em; .is-open { x: y } }\n\
        @media (min-width: 40.5em) { .recorder { background: url(\"a.b.png\") } } a[href$=\".pdf\"] { } .record { } }";
    let found = classes(&[super::file("crates/app/src/record/record.css", css)]);
    let named: Vec<_> = found.iter().filter_map(|f| f.split(' ').nth(1)).collect();
    assert_eq!(named, [".other", ".is-open", ".recorder"]);
    assert_eq!(classes(&[super::file("crates/app/src/ui/parts.css", css)]), [""; 0]);
}
