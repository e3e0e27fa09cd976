//! As much of HTML as tests need: tags with their attributes, the text a reader sees, the fields of forms.

/// What a page is made of, in order. Comments, doctypes and the insides of `script` and `style` are left out.
pub enum Piece<'a> {
    Text(&'a str),
    Tag(Tag),
}

/// One tag. `at` is its byte offset in the page; names are lower case, values have their entities decoded.
#[derive(Debug, PartialEq)]
pub struct Tag {
    pub name: String,
    pub closes: bool,
    pub attrs: Vec<(String, String)>,
    pub at: usize,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Cuts a page into text and tags. Never fails: what is no tag is text.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut at, mut text_from) = (0, 0);
    while let Some(found) = html[at..].find('<').map(|n| at + n) {
        let rest = &html[found..];
        let (end, tag) = if rest.starts_with("<!--") {
            (rest.find("-->").map_or(html.len(), |n| found + n + 3), None)
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            (rest.find('>').map_or(html.len(), |n| found + n + 1), None)
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            let (end, tag) = tag(html, found);
            (end, Some(tag))
        } else {
            at = found + 1;
            continue;
        };
        push_text(&mut out, &html[text_from..found]);
        at = end;
        if let Some(tag) = tag {
            if !tag.closes && (tag.name == "script" || tag.name == "style") {
                let close = format!("</{}", tag.name);
                at = html[end..].find(&close).map_or(html.len(), |n| end + n);
            }
            out.push(Piece::Tag(tag));
        }
        text_from = at;
    }
    push_text(&mut out, &html[text_from..]);
    out
}

fn push_text<'a>(out: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        out.push(Piece::Text(text));
    }
}

/// Reads the tag that begins at `at`; returns the offset behind it.
fn tag(html: &str, at: usize) -> (usize, Tag) {
    let mut i = at + 1;
    let closes = html[i..].starts_with('/');
    i += usize::from(closes);
    let name = word(html, &mut i).to_ascii_lowercase();
    let mut attrs = Vec::new();
    while let Some(c) = html[i..].chars().next() {
        if c == '>' {
            return (i + 1, Tag { name, closes, attrs, at });
        }
        let key = word(html, &mut i).to_ascii_lowercase();
        if key.is_empty() {
            i += c.len_utf8();
            continue;
        }
        let value = value(html, &mut i);
        attrs.push((key, decode(value)));
    }
    (html.len(), Tag { name, closes, attrs, at })
}

fn word<'a>(html: &'a str, i: &mut usize) -> &'a str {
    let rest = &html[*i..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '\u{1}')).unwrap_or(rest.len());
    *i += end;
    &rest[..end]
}

fn value<'a>(html: &'a str, i: &mut usize) -> &'a str {
    let rest = html[*i..].trim_start();
    let Some(rest) = rest.strip_prefix('=').map(str::trim_start) else { return "" };
    let from = html.len() - rest.len();
    let (skip, end) = match rest.chars().next() {
        Some(q @ ('"' | '\'')) => (1, rest[1..].find(q).map_or(rest.len(), |n| n + 1)),
        _ => (0, rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len())),
    };
    *i = (from + end + skip).min(html.len());
    &rest[skip..end]
}

/// The page's text: inline tags vanish, other tags part words, blanks are collapsed, entities decoded.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(&decode(text)),
            Piece::Tag(tag) if INLINE.contains(&tag.name.as_str()) => {}
            Piece::Tag(_) => out.push(' '),
        }
    }
    squeeze(&out)
}

/// One blank for every run of blanks.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Decodes the entities that our pages and those of a browser write.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(10).find(|(_, c)| *c == ';').map(|(n, _)| n);
        match end.and_then(|end| entity(&rest[1..end]).map(|c| (end, c))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#');
    let hex = number.and_then(|n| n.strip_prefix(['x', 'X']));
    match (hex, number) {
        (Some(hex), _) => char::from_u32(u32::from_str_radix(hex, 16).ok()?),
        (None, Some(number)) => char::from_u32(number.parse().ok()?),
        _ => [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')]
            .into_iter()
            .find_map(|(n, c)| (n == name).then_some(c)),
    }
}

/// A form of a page: where it goes (`None`: to the page itself) and what it would send untouched, in order.
#[derive(Debug, Default, PartialEq)]
pub struct Form {
    pub action: Option<String>,
    pub post: bool,
    pub fields: Vec<(String, String)>,
}

/// The forms of a page. Unticked boxes, unchosen options and buttons send nothing, as in a browser.
pub fn forms(html: &str) -> Vec<Form> {
    let mut out: Vec<Form> = Vec::new();
    let (mut open, mut area, mut select) = (false, None, None);
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => area = area.map(|(name, so_far): (String, String)| (name, so_far + &decode(text))),
            Piece::Tag(tag) if tag.name == "form" => {
                open = !tag.closes;
                if open {
                    let post = tag.get("method").is_some_and(|m| m.eq_ignore_ascii_case("post"));
                    out.push(Form { action: tag.get("action").map(str::to_string), post, fields: Vec::new() });
                }
            }
            Piece::Tag(tag) => {
                let Some(form) = out.last_mut().filter(|_| open) else { continue };
                match (tag.name.as_str(), tag.closes) {
                    ("textarea", false) => area = tag.get("name").map(|n| (n.to_string(), String::new())),
                    // The first line break of a textarea belongs to the markup.
                    ("textarea", true) => form.fields.extend(area.take().map(|(n, t)| (n, first_break_off(&t)))),
                    ("select", false) => select = tag.get("name").map(str::to_string),
                    ("select", true) => select = None,
                    _ => form.fields.extend(sent(&tag, select.as_deref())),
                }
            }
        }
    }
    out
}

fn first_break_off(text: &str) -> String {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text).to_string()
}

fn sent(tag: &Tag, select: Option<&str>) -> Option<(String, String)> {
    let value = |or: &str| tag.get("value").unwrap_or(or).to_string();
    match (tag.name.as_str(), tag.get("type").unwrap_or("text")) {
        ("input", "checkbox" | "radio") => {
            tag.get("checked")?;
            Some((tag.get("name")?.to_string(), value("on")))
        }
        ("input", "submit" | "button" | "image" | "file") => None,
        ("input", _) => Some((tag.get("name")?.to_string(), value(""))),
        ("option", _) if !tag.closes => {
            tag.get("selected")?;
            Some((select?.to_string(), value("")))
        }
        _ => None,
    }
}

/// The addresses a page leads to: `href`, `src`, and the `action` of its forms.
pub fn links(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    for piece in pieces(html) {
        let Piece::Tag(tag) = piece else { continue };
        out.extend(["href", "src", "action"].iter().filter_map(|name| tag.get(name)).map(str::to_string));
    }
    out
}

#[test]
fn text_is_what_a_reader_sees() {
    for (html, seen) in [
        ("<p>共<b>3</b>条</p><p>完</p>", "共3条 完"),
        ("<script>if (a<b) x()</script>后<!-- 注 <b> -->文", "后文"),
        ("a &lt; b &amp;amp; &#20844;&#x5f00; &unknown; & c", "a < b &amp; 公开 &unknown; & c"),
        ("5 < 6 <a title='1 > 0' href=x>链</a>", "5 < 6 链"),
        ("<p\n class=\"a\"\n>多\n  行</p", "多 行"),
    ] {
        assert_eq!(text(html), seen, "{html}");
    }
}

#[test]
fn forms_send_what_a_browser_would() {
    let html = r#"<form method="POST" action="/a"><input type=hidden name=csrf value="x&amp;y"><input name="t">
        <input type=checkbox name=c><input type=radio name=r value=2 checked><textarea name=body>
一
二</textarea><select name=k><option value=a>甲<option value=b selected>乙</select><input type=submit name=go>
        </form><input name=outside><form></form>"#;
    let found = forms(html);
    let fields: Vec<_> = found[0].fields.iter().map(|(n, v)| format!("{n}={v}")).collect();
    assert_eq!(fields, ["csrf=x&y", "t=", "r=2", "body=一\n二", "k=b"]);
    assert_eq!((found[0].action.as_deref(), found[0].post), (Some("/a"), true));
    assert_eq!(found[1], Form::default());
}
