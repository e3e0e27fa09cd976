//! Character references.

/// The names that office programs and content systems write. Another name stays as it is.
const NAMES: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("middot", '·'),
    ("bull", '•'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("deg", '°'),
    ("permil", '‰'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("yen", '¥'),
    ("sect", '§'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("micro", 'µ'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("asymp", '≈'),
    ("radic", '√'),
    ("rarr", '→'),
    ("larr", '←'),
    ("frac12", '½'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
];

/// Reads the references of a text (`&nbsp;`, `&#x4e2d;`, `&#20013;`); what is none stays.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = reference(rest).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let name = body.strip_prefix('#').unwrap_or(body);
    let length = name.bytes().take(10).take_while(u8::is_ascii_alphanumeric).count();
    let name = &name[..length];
    let c = if body.starts_with('#') {
        let hex = name.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
        char::from_u32(hex.unwrap_or_else(|| name.parse()).ok()?)?
    } else {
        NAMES.iter().find(|(known, _)| *known == name)?.1
    };
    let end = 1 + usize::from(body.starts_with('#')) + length;
    Some((c, end + usize::from(text[end..].starts_with(';'))))
}
