//! Marks of secrecy and of disclosure. Words alone say nothing: 保守国家秘密 stands in every plan. What counts is where
//! they stand (the head of a page, a header, a stamp, a property) and whether they stand free there.

use crate::fold::Folded;
use crate::place::{Flow, Part};
use crate::{Finding, Piece, Place, Rule, party};
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Lines at the head of a text in which marks are set (份号, 密级, 紧急程度, the red head, 发文字号: GB/T 9704).
const HEAD_LINES: usize = 10;
/// Lines at its end in which 附注 and 版记 stand.
const TAIL_LINES: usize = 10;

const LEVEL: &str = "(?:绝 *密|机 *密|秘 *密)(?: *[级件])?";
const PERIOD: &str = "(?:长 *期|[启啟] *[用封] *前|解 *密 *前|公 *[布开] *前|[0-9]{1,3} *(?:年|个? *月|天|日)|\
                      [一二三四五六七八九十两]{1,3} *(?:年|个? *月|天|日)|(?:至 *)?[0-9]{4} *年[0-9年月日 ]*[前止]?)";
const FRONT: &str = "[0-9]{1,8}|(?:份号|编号|No\\.?):?[0-9]*|特急|特提|加急|平急|急件|紧急|签发人:?|\\p{Han}{1,10}文件|\
                     \\p{Han}{1,8}[〔\\[(][0-9]{4}[〕\\])][0-9]{1,5}号";

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// A longer line (bytes) is a sentence: only a level of secrecy is looked for in it.
const LONGEST_ALONE: usize = 240;
/// A line without any of these holds no mark.
static TRIGGER: LazyLock<Regex> = LazyLock::new(|| {
    pattern("密|[内內]部|注意保|外[传泄]|扩散|收回|公[开開]|[〔\\[(［（【﹝] ?[12１２][09０９][0-9０-９]")
});
static STARRED: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("(?:★[★ ]*)?{LEVEL}[\\])]? *(?:★(?: *★)*(?: *{PERIOD})?|\\* *{PERIOD})")));
static BARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("{LEVEL}(?: *(?:[(·・•-]|(?:保密)?期限:?)? *{PERIOD} *[)]?)?")));
static FRONT_MATTER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{FRONT})$")));
static LEVEL_LABEL: LazyLock<Regex> = LazyLock::new(|| pattern("^密 *级(?: *(?:和|及|与|、)? *保密期限)? *:?$"));
/// What follows a mark on its line without a space, when the title was run into it.
static RUN_IN: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:关于|印发|特急|特提|加急|平急|急件|签发人|份号|[0-9]{6}\\b)"));
static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| pattern("例|样式|式样|格式|写法|标注|标志|标识|如下"));
static INTERNAL: LazyLock<Regex> = LazyLock::new(|| {
    let matter = "资料|文件|材料|使用|参考|刊物|掌握|传阅|发行|明电|情况|信息";
    pattern(&format!(
        "^(?:仅?[供限]?内部(?:{matter})|限?内部使用|注意保[存密管]|工作秘密|会后收回|阅后(?:收回|销毁|即焚)|\
         (?:严禁|不得|请勿|禁止|切勿)(?:外传|翻印|复制|扩散|转载|外泄)|妥善保管|[ ,，、。;；★*·\\-\\[\\]()!])+$"
    ))
});
static NOT_PUBLIC: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^[\\[( ]*(?:此|本)(?:件|文|文件)(?:属于?)? *(?:不公开|不予公开|不宜公开|依申请公开|内部公开|删减后公开)[发布。]*[\\]) ]*$",
    )
});
static BARE_NOT_PUBLIC: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^[\\[( ]*(?:(?:信息)?公开(?:属性|方式|选项|类别|形式|类型) *:? *)?(?:依申请公开|不予公开|不公开)[\\])。 ]*$",
    )
});
static OPENNESS: LazyLock<Regex> = LazyLock::new(|| pattern("公开(?:属性|方式|选项|类别|形式|类型) *:?$"));

/// How much a place makes of a mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stand {
    /// Nothing but marks and names stands here: title, field, header, stamp, property, file name.
    Mark,
    /// The first lines of a text.
    Head,
    Running,
    /// The last lines of a text.
    Tail,
    /// A table cell; `first` in the first row of a table in the first lines.
    Cell {
        first: bool,
    },
}

/// A line that is not empty, folded.
struct Line<'a> {
    text: &'a str,
    stand: Stand,
    place: &'a Place,
    /// The line or cell before it.
    before: &'a str,
}

impl Line<'_> {
    /// The words that name this place: a field's or property's name, the cell to the left, the line above.
    fn label(&self) -> &str {
        match self.place {
            Place::Field(name) => name,
            Place::Property { name, .. } => name,
            _ => self.before,
        }
    }

    fn names_level(&self) -> bool {
        let label = self.label().trim();
        LEVEL_LABEL.is_match(label) || (matches!(self.place, Place::Property { .. }) && label.contains("密级"))
    }

    fn introduced_as_example(&self) -> bool {
        !matches!(self.stand, Stand::Mark) && EXAMPLE.is_match(self.before) && self.before.trim_end().ends_with(':')
    }
}

/// All marks, each with the piece in which it stands.
pub(crate) fn find(pieces: &[Piece]) -> Vec<(usize, Finding)> {
    let mut totals: HashMap<Flow, usize> = HashMap::new();
    for piece in pieces {
        *totals.entry(piece.place.flow()).or_default() += lines(piece.text).count();
    }
    let mut seen: HashMap<Flow, usize> = HashMap::new();
    let mut before = (Flow::Alone, "");
    let mut found = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let flow = piece.place.flow();
        let count = seen.entry(flow).or_default();
        if before.0 != flow || flow == Flow::Alone {
            before = (flow, "");
        }
        for (start, raw) in lines(piece.text) {
            *count += 1;
            let stand = stand(&piece.place, *count - 1, totals[&flow] - *count);
            if worth_reading(raw) {
                let (folded, above) = (Folded::new(raw), Folded::new(before.1));
                let line = Line { text: &folded.text, stand, place: &piece.place, before: &above.text };
                for (rule, span) in judge(&line) {
                    let source = folded.source(span.clone());
                    let spot = (n, start + source.start..start + source.end);
                    found.push((n, finding(pieces, rule, spot, folded.text[span].trim())));
                }
            }
            before.1 = raw;
        }
    }
    found
}

fn worth_reading(line: &str) -> bool {
    if line.len() > LONGEST_ALONE { line.contains('密') } else { TRIGGER.is_match(line) }
}

/// The lines that hold more than spaces, with their offsets.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}'])
        .filter(|line| !line.trim().is_empty())
        .map(move |line| (line.as_ptr() as usize - start, line))
}

fn stand(place: &Place, above: usize, below: usize) -> Stand {
    match place {
        Place::Title | Place::Field(_) | Place::Property { .. } => Stand::Mark,
        Place::Attachment { part: Part::Name | Part::Header | Part::Footer | Part::TextBox | Part::Stamp, .. } => {
            Stand::Mark
        }
        _ => match place.cell() {
            Some((_, cell)) => Stand::Cell { first: cell.row == 0 && above < HEAD_LINES },
            None if above < HEAD_LINES => Stand::Head,
            None if below < TAIL_LINES => Stand::Tail,
            None => Stand::Running,
        },
    }
}

fn finding(pieces: &[Piece], rule: Rule, spot: (usize, Range<usize>), matched: &str) -> Finding {
    let plain: String = matched.chars().filter(|c| *c != ' ').collect();
    let says = match rule {
        Rule::SecretMark => format!(
            "此处标有“{plain}”。涉密文件不得进入本系统，请停止提交，并按保密规定处理；属于误标或者已经解密的，请保密审查员认定后去掉标志再提交。"
        ),
        Rule::SecretQuoted => {
            format!("文中写有密级标志样式“{plain}”。机器不判断密级，请保密审查员认定是引用还是标志。")
        }
        Rule::InternalMark => format!("此处标有“{plain}”。机器不判断密级，请转保密审查员认定能否公开。"),
        Rule::NotPublicMark => format!("此处标有“{plain}”。请核对制作机关确定的公开属性，由审查人员决定。"),
        _ => format!("本件发文字号“{plain}”属于党的机关。请审查人员认定是否属于政府信息，能否由本机关公开。"),
    };
    Finding::new(pieces, rule, &[spot], &plain).says(says)
}

fn judge(line: &Line) -> Vec<(Rule, Range<usize>)> {
    let mut hits = secret(line);
    let body = line.text.trim();
    let start = line.text.len() - line.text.trim_start().len();
    let whole = start..start + body.len();
    if INTERNAL.is_match(body) && body.chars().any(|c| !c.is_ascii_punctuation() && c != ' ') && strong(body) {
        hits.push((Rule::InternalMark, whole.clone()));
    }
    if not_public(line, body) {
        hits.push((Rule::NotPublicMark, whole.clone()));
    }
    hits.extend(own_number(line, body).map(|span| (Rule::PartyNumber, start + span.start..start + span.end)));
    hits
}

/// 妥善保管 or 严禁复制 by themselves say nothing about the paper.
fn strong(body: &str) -> bool {
    ["内部", "注意保", "工作秘密", "收回", "外传", "扩散", "外泄"].iter().any(|word| body.contains(word))
}

fn secret(line: &Line) -> Vec<(Rule, Range<usize>)> {
    let mut hits: Vec<(Rule, Range<usize>)> = STARRED
        .find_iter(line.text)
        .map(|hit| (if starred_mark(line, &hit.range()) { Rule::SecretMark } else { Rule::SecretQuoted }, hit.range()))
        .collect();
    if hits.is_empty() {
        let bare = BARE.find_iter(line.text).find_map(|hit| Some((bare_mark(line, &hit.range())?, hit.range())));
        hits.extend(bare);
    }
    hits
}

/// What stands before and after a stretch, without the brackets that enclose it.
fn around<'a>(text: &'a str, span: &Range<usize>) -> (&'a str, &'a str) {
    let (left, right) = (&text[..span.start], &text[span.end..]);
    (left.trim_end_matches(['[', '(', '〔', '<']), right.trim_start_matches([']', ')', '〕', '>']))
}

fn starred_mark(line: &Line, span: &Range<usize>) -> bool {
    let (left, right) = around(line.text, span);
    let alone = left.trim().is_empty() && right.trim().is_empty();
    let labelled = LEVEL_LABEL.is_match(left.trim()) && right.trim().is_empty();
    if line.introduced_as_example() {
        return false;
    }
    match line.stand {
        Stand::Mark | Stand::Head => alone || labelled || free(line, left, right),
        Stand::Running | Stand::Tail => alone || labelled,
        Stand::Cell { first } => labelled || (alone && (first || line.names_level())),
    }
}

/// A mark that shares its line with other things at the head of a paper, but is in no sentence.
fn free(line: &Line, left: &str, right: &str) -> bool {
    let sentence = |s: &str| s.contains(['，', '。', '；', ',', ';', '“', '”', '"', '‘', '’', '、']);
    let file_name = matches!(line.place, Place::Attachment { part: Part::Name, .. });
    let edge = |c: char| c == ' ' || (file_name && "._-+".contains(c));
    let before = left.trim().is_empty() || (left.ends_with(edge) && (front_matter(left) || file_name));
    let after = right.is_empty() || right.starts_with(edge) || RUN_IN.is_match(right);
    before && !sentence(left) && (INTERNAL.is_match(right) || (after && !sentence(right)))
}

/// Serial number, urgency, the issuer's head, a document number: what GB/T 9704 puts beside a mark.
fn front_matter(text: &str) -> bool {
    text.split_whitespace().all(|word| FRONT_MATTER.is_match(word))
}

/// 机密 without a star: only where it stands alone, in brackets before a title, or as the value of 密级.
fn bare_mark(line: &Line, span: &Range<usize>) -> Option<Rule> {
    let (left, right) = around(line.text, span);
    let level_label = LEVEL_LABEL.is_match(left.trim());
    let bracketed = left.len() < span.start && line.text[span.end..].len() > right.len();
    let edge_left = left.is_empty() || left.ends_with(' ') || level_label;
    let edge_right = right.is_empty() || right.starts_with(' ');
    let unlabelled = if level_label { "" } else { left };
    let labelled = line.names_level() || level_label;
    let alone =
        edge_left && edge_right && front_matter(unlabelled) && (front_matter(right) || INTERNAL.is_match(right));
    let heads_title = left.trim().is_empty() && (bracketed || (edge_right && RUN_IN.is_match(right.trim_start())));
    match line.stand {
        _ if line.introduced_as_example() => None,
        Stand::Mark if property_word(line, left, right) || extension(line, left, right) => Some(Rule::SecretMark),
        Stand::Mark | Stand::Head if alone || heads_title => Some(Rule::SecretMark),
        Stand::Cell { .. } | Stand::Running | Stand::Tail if alone && labelled => Some(Rule::SecretMark),
        Stand::Running | Stand::Tail if alone => Some(Rule::SecretQuoted),
        _ => None,
    }
}

/// One of the words of a property: `规划;机密`.
fn property_word(line: &Line, left: &str, right: &str) -> bool {
    let cut = [';', ',', '，', '、', ' ', '|'];
    let edges = (left.is_empty() || left.ends_with(cut)) && (right.is_empty() || right.starts_with(cut));
    matches!(line.place, Place::Property { .. }) && edges
}

/// The whole stem of a file name: `机密.docx`.
fn extension(line: &Line, left: &str, right: &str) -> bool {
    matches!(line.place, Place::Attachment { part: Part::Name, .. })
        && left.trim().is_empty()
        && right.starts_with(['.', '_', '-'])
}

fn not_public(line: &Line, body: &str) -> bool {
    if NOT_PUBLIC.is_match(body) {
        return true;
    }
    let openness = OPENNESS.is_match(line.label().trim());
    let bracketed = body.starts_with(['(', '[']);
    let set_apart = match line.stand {
        Stand::Mark => {
            !matches!(line.place, Place::Title | Place::Attachment { part: Part::Name, .. } | Place::Field(_))
        }
        Stand::Head | Stand::Running => bracketed,
        Stand::Tail => true,
        Stand::Cell { .. } => false,
    };
    BARE_NOT_PUBLIC.is_match(body) && (openness || set_apart || body.contains(':'))
}

/// The number of the paper itself: its field, or a line of its own at the head. A reference in a sentence is none.
fn own_number(line: &Line, body: &str) -> Option<Range<usize>> {
    let span = party::number(body)?;
    let field = matches!(line.place, Place::Field(name) if name.contains("文号") || name.contains("字号"));
    let labelled = ["文号", "字号"].iter().any(|w| line.label().trim().trim_end_matches(':').ends_with(w));
    let rest = (body[..span.start].trim(), body[span.end..].trim());
    let named =
        matches!(rest.0.strip_suffix(':').map(str::trim_end), Some(l) if l.ends_with("文号") || l.ends_with("字号"));
    let alone =
        (rest.0.is_empty() || named || front_matter(rest.0)) && (rest.1.is_empty() || rest.1.starts_with("签发人"));
    let head = matches!(line.stand, Stand::Head | Stand::Cell { first: true });
    (field || (alone && (head || labelled || named))).then_some(span)
}
