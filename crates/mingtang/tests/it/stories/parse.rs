//! Reads a story into steps.

use kernel::Instant;

/// A step with the line it stands on.
#[derive(Debug, PartialEq)]
pub struct Step {
    pub line: usize,
    pub does: Does,
}

#[derive(Debug, PartialEq)]
pub enum Does {
    At(Instant),
    As(String),
    /// Runs the background work that is due.
    Jobs,
    /// Pages and fields are counted from here.
    Count,
    Ask(Ask),
}

/// A request and what is expected of its answer.
#[derive(Debug, PartialEq)]
pub struct Ask {
    pub method: String,
    pub path: String,
    pub fields: Vec<(String, Value)>,
    /// All that the form shows and the story does not give goes along: `...`.
    pub as_shown: bool,
    pub headers: Vec<(String, String)>,
    pub status: u16,
    pub expects: Vec<(usize, Expect)>,
}

#[derive(Debug, PartialEq)]
pub enum Value {
    Text(String),
    File {
        name: String,
        content: String,
    },
    /// A file of `tests/data`, by its name.
    Loaded(String),
    /// The whole body; the field's name is its media type.
    Raw(String),
}

#[derive(Debug, PartialEq)]
pub enum Expect {
    Has(String),
    Lacks(String),
    Header(String, String),
    Location(String),
    Field(String, String),
    /// At most so many pages looked at and fields filled in since `COUNT`.
    Counts {
        pages: usize,
        fields: usize,
    },
    Saves {
        name: String,
        from: From,
        pattern: String,
    },
}

#[derive(Debug, PartialEq, Clone, Copy)]
pub enum From {
    Location,
    Text,
    /// The page as it was sent, tags and all.
    Page,
}

/// Reads a story. The error is `line: what is wrong`.
pub fn parse(text: &str) -> Result<Vec<Step>, String> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut steps, mut i) = (Vec::<Step>::new(), 0);
    while i < lines.len() {
        let at = i + 1;
        let fault = |what: String| format!("{at}: {what}");
        let (line, indented) = (lines[i].trim(), lines[i].starts_with([' ', '\t']));
        i += 1;
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if indented {
            let Some(Step { does: Does::Ask(ask), .. }) = steps.last_mut() else {
                return Err(fault("an expectation needs a request above it".into()));
            };
            ask.expects.push((at, expect(line).map_err(fault)?));
            continue;
        }
        let does = match line.split_once(' ') {
            Some(("AT", time)) => Does::At(Instant::parse(time).ok_or_else(|| fault(format!("no time: {time}")))?),
            Some(("AS", role)) => Does::As(role.trim().to_string()),
            None if line == "JOBS" => Does::Jobs,
            None if line == "COUNT" => Does::Count,
            _ => Does::Ask(request(line, &lines, &mut i).map_err(fault)?),
        };
        steps.push(Step { line: at, does });
    }
    Ok(steps)
}

/// Reads a request; `i` is moved past continued lines and texts below.
fn request(first: &str, lines: &[&str], i: &mut usize) -> Result<Ask, String> {
    let mut line = first.to_string();
    while let (Some(before), Some(next)) = (line.strip_suffix('\\'), lines.get(*i)) {
        line = format!("{} {}", before.trim_end(), next.trim());
        *i += 1;
    }
    let tokens = tokens(&line)?;
    let [head @ .., arrow, status] = &tokens[..] else { return Err("no request: METHOD /path … -> status".into()) };
    let [method, path, fields @ ..] = head else { return Err("no request: METHOD /path … -> status".into()) };
    if arrow != "->" || !path.starts_with(['/', '{']) || !method.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(format!("no request: {line}"));
    }
    let status = status.parse().map_err(|_| format!("no status: {status}"))?;
    let (method, path) = (method.clone(), path.clone());
    let as_shown = fields.iter().any(|token| token == "...");
    let mut ask = Ask { method, path, fields: vec![], as_shown, headers: vec![], status, expects: vec![] };
    for token in fields.iter().filter(|token| *token != "...") {
        let (name, value) = token.split_once('=').ok_or_else(|| format!("no field=value: {token}"))?;
        add(&mut ask, name, value, &mut |word| below(word, lines, i))?;
    }
    if ask.method == "GET" && !ask.fields.is_empty() {
        return Err("GET has no fields; write them into the path".into());
    }
    Ok(ask)
}

type Below<'a> = dyn FnMut(&str) -> Result<String, String> + 'a;

fn add(ask: &mut Ask, name: &str, value: &str, below: &mut Below) -> Result<(), String> {
    let mut text = |value: &str| value.strip_prefix("<<").map_or(Ok(value.to_string()), &mut *below);
    let (kind, rest) = name.split_once(':').unwrap_or(("", name));
    match kind {
        "header" => ask.headers.push((rest.to_string(), text(value)?)),
        "load" => {
            let file = value.strip_prefix('@').ok_or_else(|| format!("no @file: {value}"))?;
            ask.fields.push((rest.to_string(), Value::Loaded(file.to_string())));
        }
        "raw" => ask.fields.push((rest.to_string(), Value::Raw(text(value)?))),
        "file" => {
            let (file, content) = value
                .strip_prefix('@')
                .and_then(|v| v.split_once(':'))
                .ok_or_else(|| format!("no @name:content: {value}"))?;
            ask.fields.push((rest.to_string(), Value::File { name: file.to_string(), content: text(content)? }));
        }
        "" => ask.fields.push((name.to_string(), Value::Text(text(value)?))),
        _ => return Err(format!("unknown kind of field: {kind}")),
    }
    Ok(())
}

/// The lines below, up to the one that is the word alone.
fn below(word: &str, lines: &[&str], i: &mut usize) -> Result<String, String> {
    let from = *i;
    let end = lines[from..].iter().position(|l| *l == word).ok_or_else(|| format!("no line {word} below"))?;
    *i = from + end + 1;
    Ok(lines[from..from + end].join("\n"))
}

/// Cuts at blanks outside quotes; quotes vanish, and within them `\n`, `\"` and `\\` are understood.
fn tokens(line: &str) -> Result<Vec<String>, String> {
    let (mut out, mut token, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => (quoted, begun) = (!quoted, true),
            '\\' if quoted => token.push(match chars.next() {
                Some('n') => '\n',
                Some(other) => other,
                None => return Err("a backslash at the end".into()),
            }),
            c if c.is_whitespace() && !quoted => {
                if begun {
                    out.push(std::mem::take(&mut token));
                }
                begun = false;
            }
            c => {
                token.push(c);
                begun = true;
            }
        }
    }
    if quoted {
        return Err("a quote is not closed".into());
    }
    out.extend(begun.then_some(token));
    Ok(out)
}

fn expect(line: &str) -> Result<Expect, String> {
    let (verb, rest) = line.split_once(' ').ok_or_else(|| format!("no expectation: {line}"))?;
    let rest = rest.trim();
    let no = || format!("no expectation: {line}");
    Ok(match verb {
        "has" => Expect::Has(rest.to_string()),
        "lacks" => Expect::Lacks(rest.to_string()),
        "location" => Expect::Location(rest.to_string()),
        "header" => {
            let (name, value) = rest.split_once(':').ok_or_else(no)?;
            Expect::Header(name.trim().to_string(), value.trim().to_string())
        }
        "field" => {
            let (name, value) = rest.split_once('=').ok_or_else(no)?;
            Expect::Field(name.to_string(), tokens(value)?.join(" "))
        }
        "counts" => match rest.split(' ').collect::<Vec<_>>()[..] {
            ["pages", pages, "fields", fields] => {
                let number = |text: &str| text.parse().map_err(|_| no());
                Expect::Counts { pages: number(pages)?, fields: number(fields)? }
            }
            _ => return Err(no()),
        },
        "saves" => {
            let (name, rest) = rest.split_once(" from ").ok_or_else(no)?;
            let (from, pattern) = rest.split_once(' ').ok_or_else(no)?;
            let from = match from {
                "location" => From::Location,
                "text" => From::Text,
                "page" => From::Page,
                _ => return Err(no()),
            };
            if !pattern.contains(&format!("{{{name}}}")) {
                return Err(format!("the pattern has no {{{name}}}: {pattern}"));
            }
            Expect::Saves { name: name.to_string(), from, pattern: pattern.to_string() }
        }
        _ => return Err(no()),
    })
}

#[test]
fn a_story_is_read() {
    let text = "# note\nAT 2017-05-26 10:00\nAS 经办人\n\nPOST /desk/{id} a=1 b=\"x \\\"y\\\"\\nz\" \\\n  t=<<END f= \\\n\
        file:附件=@a.txt:\"p q\" header:X-A=1 -> 303\n一\n  二\nEND\n  has 您 好\n  header Cache-Control: no-store\n\
        \tsaves id from location /desk/{id}\n  field t=\"a  b\"\nGET /x?q=检疫 -> 404\n";
    let steps = parse(text).expect("a good story");
    assert_eq!(steps.iter().map(|s| s.line).collect::<Vec<_>>(), [2, 3, 5, 15]);
    assert_eq!(steps[0].does, Does::At(Instant::parse("2017-05-26 10:00").expect("a time")));
    let Does::Ask(ask) = &steps[2].does else { panic!("{steps:?}") };
    let plain = |t: &str| Value::Text(t.into());
    let file = Value::File { name: "a.txt".into(), content: "p q".into() };
    let values =
        [("a", plain("1")), ("b", plain("x \"y\"\nz")), ("t", plain("一\n  二")), ("f", plain("")), ("附件", file)];
    assert_eq!(ask.fields, values.map(|(n, v)| (n.to_string(), v)));
    assert_eq!((ask.headers[0].0.as_str(), ask.status), ("X-A", 303));
    assert_eq!(ask.expects[0], (11, Expect::Has("您 好".into())));
    assert_eq!(ask.expects[3].1, Expect::Field("t".into(), "a  b".into()));
    assert_eq!(ask.expects.len(), 4);
}

#[test]
fn a_bad_story_names_its_line() {
    for (text, fault) in [
        ("AT noon", "1: no time"),
        ("\n  has x", "2: an expectation needs a request"),
        ("GET /x", "1: no request"),
        ("GET /x -> ok", "1: no status"),
        ("get /x -> 200", "1: no request"),
        ("GET /x a=1 -> 200", "1: GET has no fields"),
        ("POST /x a -> 200", "1: no field=value"),
        ("POST /x a=\"b -> 200", "1: a quote is not closed"),
        ("POST /x a=<<END -> 200\nb", "1: no line END below"),
        ("POST /x file:a=b -> 200", "1: no @name:content"),
        ("POST /x fiel:a=b -> 200", "1: unknown kind of field"),
        ("GET /x -> 200\n  contains y", "2: no expectation"),
        ("GET /x -> 200\n  counts pages many fields 1", "2: no expectation"),
        ("POST /x load:f=plan.docx -> 200", "1: no @file"),
        ("GET /x -> 200\n  saves id from location /y", "2: the pattern has no {id}"),
    ] {
        let found = parse(text).expect_err(text);
        assert!(found.starts_with(fault), "{text:?}: {found}");
    }
}
