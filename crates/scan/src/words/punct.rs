//! Marks that do not pair, meet or belong. Half-width marks in Chinese text are one remark for the whole paper, since
//! whoever writes so does it everywhere.

use super::Remark;
use crate::{Finding, Piece, Rule};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const PAIRS: [(char, char); 9] = [
    ('“', '”'),
    ('‘', '’'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('(', ')'),
    ('〔', '〕'),
    ('【', '】'),
    ('「', '」'),
];
/// So many half-width marks beside Han make a remark, in a paper of so many Han characters. A single line copied from
/// elsewhere is none.
const HALF_WIDTH: (usize, usize) = (5, 200);
/// Spots listed in the one remark on half-width marks.
const MOST_SPOTS: usize = 40;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// A document number in other brackets than 〔〕, or with 第 or a leading zero (GB/T 9704—2012, 7.2.5).
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\p{Han}(?<open>[〔\[【（(［﹝〖{]) ?(?<year>(?:19|20)[0-9]{2}) ?",
        r"(?<close>[〕\]】）)］﹞〗}]) ?(?<first>第? ?0*)(?<n>[1-9][0-9]{0,4}) ?号"
    ))
});
static MEETING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[，。；：、,;]\s*[，。；：、,;]+|，\s*[！？]|。\s*[！？]"));
static SPACED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{Han}[ \t　]+[，。；、]"));
static AND_SO_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{Han}(、等)(?:[^级候同于待到腰离号\p{Han}]|\p{Han})"));
/// A preposition and its object, and then a full stop.
static CUT_SHORT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[。；！？\n])\s*(?:围绕|随着|鉴于|针对|为了)\p{Han}{2,10}(。)\s*\p{Han}"));

/// The full name of a statute that is cited without 《》.
static UNMARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:落实|执行|根据|依据|按照|依照|遵守|违反)(政府信息公开条例|中华人民共和国\\p{Han}{2,16}?法)(?:[^》\\p{Han}]|规定|的规定|第|有关|和|等)",
    )
});
/// 3、重大工程项目信息公开。 and nothing after it.
static BARE_HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[0-9]{1,2}[、．.]\s?[^。，；：]{2,24}。\s*$"));
static HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[0-9]{1,2}[、．.]\s?[^。，；：]{2,24}。.{6}"));
static NEXT_HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[（(]?[一二三四五六七八九十0-9]{1,3}[）)、．.]"));

/// Items that are a heading alone where the others of their paper have text after it.
pub(super) fn bare_headings(pieces: &[Piece]) -> Vec<(usize, Finding)> {
    let bare: Vec<usize> = (0..pieces.len()).filter(|&n| BARE_HEADING.is_match(pieces[n].text)).collect();
    if bare.is_empty() || pieces.iter().filter(|p| HEADING.is_match(p.text)).count() <= bare.len() {
        return Vec::new();
    }
    let ends = |n: &usize| pieces.get(n + 1).is_none_or(|next| NEXT_HEADING.is_match(next.text));
    let found = bare.into_iter().filter(ends).map(|n| {
        let spot = (n, 0..pieces[n].text.len());
        let says = "只有小标题，没有正文。请核对是否漏写。";
        (n, Finding::new(pieces, Rule::Misprint, &[spot], pieces[n].text.trim()).says(says))
    });
    found.collect()
}

/// All remarks on one piece. `open` are the pairs that the piece before left open in the middle of a sentence.
pub(super) fn find(text: &str, open: &mut Vec<char>) -> Vec<Remark> {
    let mut found = pairs(text, open);
    let mut add = |span: Range<usize>, says: String, right: Option<String>| {
        found.push(Remark { rule: Rule::Punctuation, span, says, suggestion: right });
    };
    for hit in MEETING.find_iter(text).filter(|hit| beside_han(text, hit.range())) {
        add(hit.range(), "两个标点连用，请保留一个。".into(), None);
    }
    for hit in SPACED.find_iter(text) {
        let right = hit.as_str().split_whitespace().collect();
        add(hit.range(), "标点前有空格，请删去。".into(), Some(right));
    }
    for hit in AND_SO_ON.captures_iter(text).filter_map(|c| c.get(1)) {
        add(hit.range(), "“等”前不用顿号。".into(), Some("等".into()));
    }
    for hit in CUT_SHORT.captures_iter(text).filter_map(|c| c.get(1)) {
        add(hit.range(), "句子没有说完就用了句号，通常用逗号。".into(), Some("，".into()));
    }
    for hit in UNMARKED.captures_iter(text).filter_map(|c| c.get(1)) {
        add(hit.range(), "法规名称加书名号。".into(), Some(format!("《{}》", hit.as_str())));
    }
    found.extend(numbers(text));
    found
}

fn numbers(text: &str) -> impl Iterator<Item = Remark> {
    NUMBER.captures_iter(text).filter_map(move |c| {
        let span = c.name("open")?.start()..c.get(0)?.end();
        let right = format!("〔{}〕{}号", &c["year"], &c["n"]);
        let says = match &c["first"] {
            "" => "发文字号的年份用六角括号“〔〕”。",
            _ => "发文字号的年份用六角括号“〔〕”，顺序号不加“第”，不编虚位。",
        };
        (text[span.clone()] != right).then(|| Remark {
            rule: Rule::Punctuation,
            span,
            says: says.into(),
            suggestion: Some(right),
        })
    })
}

fn beside_han(text: &str, span: Range<usize>) -> bool {
    let han = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || "”）》〕".contains(c));
    han(text[..span.start].chars().next_back())
}

fn pairs(text: &str, open: &mut Vec<char>) -> Vec<Remark> {
    let mut found = Vec::new();
    let mut stack: Vec<(usize, char)> = open.drain(..).map(|c| (usize::MAX, c)).collect();
    let mut remark = |span: Range<usize>, says: String| {
        found.push(Remark { rule: Rule::Punctuation, span, says, suggestion: None });
    };
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if PAIRS.iter().any(|(left, _)| *left == c) {
            match stack.iter().find(|(from, other)| *other == c && *from != usize::MAX && "“‘《".contains(c)) {
                Some((from, _)) if c == '“' => {
                    remark(*from..end, format!("“{c}”之后又是“{c}”，前一个没有结束。请核对引号。"));
                    stack.retain(|(_, other)| *other != c);
                }
                _ => stack.push((at, c)),
            }
        } else if let Some((left, _)) = PAIRS.iter().find(|(_, right)| *right == c) {
            match stack.iter().rposition(|(_, open)| fits(*open, c)) {
                Some(n) => drop(stack.remove(n)),
                None if item(text, at) || c == '’' => {}
                None => remark(back(text, at)..end, format!("有“{c}”，前面没有与它配对的“{left}”。")),
            }
        }
    }
    match ended(text) {
        true => stack.iter().filter(|(at, c)| *at != usize::MAX && *c != '‘').for_each(|&(at, c)| {
            remark(at..at + c.len_utf8(), format!("有“{c}”，后面没有与它配对的另一半。"));
        }),
        false => open.extend(stack.iter().filter(|(at, _)| *at != usize::MAX).map(|(_, c)| *c)),
    }
    found
}

/// Up to four characters before a closing mark: the other half is missing somewhere there.
fn back(text: &str, at: usize) -> usize {
    let letters = text[..at].char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).take(4);
    letters.last().map_or(at, |(from, _)| from)
}

/// Whether a closing mark ends this opening one; half and full width pass for each other.
fn fits(open: char, close: char) -> bool {
    PAIRS.iter().any(|(l, r)| *l == open && *r == close)
        || ("(（".contains(open) && ")）".contains(close))
        || ("〔[".contains(open) && "〕]".contains(close))
}

/// `1）`, `a)`, `一）`: the number of an item.
fn item(text: &str, at: usize) -> bool {
    let before: Vec<char> = text[..at].chars().rev().take(4).collect();
    let number = |c: &char| {
        c.is_alphanumeric() && (!('\u{4e00}'..='\u{9fff}').contains(c) || "一二三四五六七八九十".contains(*c))
    };
    let count = before.iter().take_while(|c| number(c)).count();
    (1..=3).contains(&count) && before.get(count).is_none_or(|c| !('\u{4e00}'..='\u{9fff}').contains(c))
}

/// Whether a text ends where a sentence may end. One that does not may go on in the next piece.
fn ended(text: &str) -> bool {
    let last = text.trim_end().trim_end_matches(['”', '’', '）', ')', '》', '"']);
    last.ends_with(['。', '；', '！', '？', ';', '!', '?', '：', ':'])
}

/// The one remark on half-width marks in all pieces together.
pub(super) fn half_width(pieces: &[Piece]) -> Option<(usize, Finding)> {
    let mut spots = Vec::new();
    let mut han = 0;
    for (n, piece) in pieces.iter().enumerate() {
        let mut before = ' ';
        let mut chars = piece.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            han += usize::from(is_han(c));
            let beside = is_han(before) || chars.peek().is_some_and(|(_, next)| is_han(*next));
            if ",;:?!()".contains(c) && beside {
                spots.push((n, at..at + 1));
            }
            before = c;
        }
    }
    if spots.len() < HALF_WIDTH.0 || han < HALF_WIDTH.1 {
        return None;
    }
    let count = spots.len();
    spots.truncate(MOST_SPOTS);
    let says = format!("汉字旁用了半角标点，共{count}处。中文里用全角标点“，；：？！（）”。");
    let mark = pieces[spots[0].0].text[spots[0].1.clone()].to_owned();
    Some((spots[0].0, Finding::new(pieces, Rule::Punctuation, &spots, &mark).says(says)))
}
