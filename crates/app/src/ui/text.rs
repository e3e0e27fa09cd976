//! Words for a page: safe HTML, titles that break at phrases, dates, sizes.

use askama::filters::HtmlSafe;
use kernel::{Day, Hash, Instant};
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// Text that is HTML already. Made only here and by functions that escape what they are given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Html(pub(super) String);

impl Html {
    /// Plain text, escaped.
    pub fn text(plain: &str) -> Html {
        let mut out = String::with_capacity(plain.len());
        plain.chars().for_each(|c| push_escaped(&mut out, c));
        Html(out)
    }

    /// What a template of ours rendered. Never for text that a person wrote.
    pub fn rendered(html: String) -> Html {
        Html(html)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

/// A new phrase begins here, so a line may.
const HEADS: &[&str] = &[
    "《",
    "“",
    "（",
    "实施方案",
    "工作方案",
    "行动方案",
    "行动计划",
    "实施意见",
    "实施细则",
    "实施办法",
    "管理办法",
    "暂行办法",
    "奖补办法",
    "办事规程",
    "办事指南",
    "工作要点",
    "工作报告",
    "年度报告",
    "工作年报",
    "情况报告",
    "行政处罚",
    "决定书",
    "政务公开",
    "信息公开",
    "的通知",
    "的公告",
    "的通告",
    "的公示",
    "的决定",
    "的批复",
    "的答复",
    "的函",
    "的意见",
    "的报告",
    "情况的",
];
/// A phrase ends here.
const TAILS: &[&str] = &[
    "》",
    "”",
    "）",
    "、",
    "，",
    "；",
    "：",
    "。",
    "关于",
    "印发",
    "转发",
    "公布",
    "委员会",
    "人民政府",
    "年度",
    "的",
];
/// What would be torn by the rules above.
const WHOLE: &[&str] = &["目的", "的确", "有关于", "主要目的"];

/// A title with `<wbr>` at the borders of its phrases, for `word-break: keep-all` (class `kt`): lines then break
/// between
/// words and never inside one. Nothing else is added, so copied text is the text as issued.
pub fn break_title(title: &str) -> Html {
    let mut out = String::with_capacity(title.len() * 2);
    for (at, c) in title.char_indices() {
        if at > 0 && breaks_at(title, at) {
            out.push_str("<wbr>");
        }
        push_escaped(&mut out, c);
    }
    Html(out)
}

/// Words by the character that stands at the border: most borders are none, and one look tells.
type ByEdge = LazyLock<HashMap<char, Vec<&'static str>>>;

static HEADS_BY: ByEdge = LazyLock::new(|| by_edge(HEADS, |word| word.chars().next()));
static TAILS_BY: ByEdge = LazyLock::new(|| by_edge(TAILS, |word| word.chars().next_back()));

fn by_edge(words: &[&'static str], edge: fn(&str) -> Option<char>) -> HashMap<char, Vec<&'static str>> {
    let mut all: HashMap<char, Vec<&'static str>> = HashMap::new();
    for word in words {
        all.entry(edge(word).unwrap_or_default()).or_default().push(word);
    }
    all
}

fn breaks_at(title: &str, at: usize) -> bool {
    let (before, after) = title.split_at(at);
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let head = || HEADS_BY.get(&first).is_some_and(|all| all.iter().any(|head| after.starts_with(head)));
    let tail = || TAILS_BY.get(&last).is_some_and(|all| all.iter().any(|tail| before.ends_with(tail)));
    let phrase = (last != '的' && head()) || (tail() && !before.ends_with("》的"));
    if !(phrase || after_bureau(before, after) || after_date(before, after)) {
        return false;
    }
    let (closing, opening) = ("》”）、，；：。？！〕".contains(first), "《“（〔".contains(last));
    !(closing || opening || WHOLE.iter().any(|word| spans(title, at, word)))
}

/// Whether `word` lies across the border at `at`.
fn spans(title: &str, at: usize, word: &str) -> bool {
    word.char_indices()
        .skip(1)
        .any(|(cut, _)| title[..at].ends_with(&word[..cut]) && title[at..].starts_with(&word[cut..]))
}

/// 株洲市｜畜牧兽医水产局｜2017年度…, but not 市场, 局部, 县级.
fn after_bureau(before: &str, after: &str) -> bool {
    let organ = before.ends_with('局') && !after.starts_with(|c| "长部面势限属党机各".contains(c));
    let place =
        before.ends_with(['省', '市', '县', '区']) && !after.starts_with(|c| "场民级政区长容委值域直县市".contains(c));
    let lone = before.ends_with("城市") || before.ends_with("超市") || before.ends_with("县市区");
    organ || place && !lone && before.chars().count() > 2
}

/// 2026年｜4月｜全市…
fn after_date(before: &str, after: &str) -> bool {
    let mut back = before.chars().rev();
    let unit = back.next().is_some_and(|c| matches!(c, '年' | '月' | '日'));
    unit && back.next().is_some_and(|c| c.is_ascii_digit())
        && !after.starts_with(|c: char| c == '度' || c.is_ascii_digit())
}

/// A file's size in the unit that reads best: `830 B`, `28 KB`, `1.4 MB`.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = KB * KB;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => format!("{} KB", bytes.div_ceil(KB)),
        _ => format!("{:.1} MB", bytes as f64 / MB as f64),
    }
}

/// A cell of a CSV that no spreadsheet takes for a formula.
pub fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.into() }
}

/// `1,286`.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// For tables and lists: `<time datetime="2026-05-19">2026-05-19</time>`.
pub fn date(day: &Day) -> Html {
    Html(format!("<time datetime=\"{day}\">{day}</time>"))
}

/// `<time datetime="2026-05-20T09:41:00+08:00">2026-05-20 09:41</time>`.
pub fn moment(at: &Instant) -> Html {
    Html(format!("<time datetime=\"{}\">{at}</time>", at.rfc3339()))
}

/// The end of a term, which always has an hour: `6月8日24时截止`.
pub fn until(last: &Day) -> String {
    let (_, month, day) = last.ymd();
    format!("{month}月{day}日24时截止")
}

/// The first and last four digits, to compare at a glance: `9f2c…71ab`.
pub fn hash_short(hash: &Hash) -> String {
    let hex = hash.to_string();
    format!("{}…{}", &hex[..4], &hex[60..])
}

/// A whole digest for paper: groups of four, six groups a line.
pub fn hash_lines(hash: &Hash) -> Html {
    let grouped = hash.grouped();
    let groups: Vec<&str> = grouped.split(' ').collect();
    Html(groups.chunks(6).map(|line| line.join(" ")).collect::<Vec<_>>().join("<br>"))
}

/// A path with a query, percent-encoded; pairs without a value are left out.
pub fn href(path: &str, query: &[(&str, &str)]) -> String {
    let pairs = query.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if query.is_empty() { path.into() } else { format!("{path}?{}", query.join("&")) }
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}
