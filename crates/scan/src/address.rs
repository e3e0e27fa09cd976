//! Home addresses below the village: group, number, block, unit, room. Down to the village is what is published of a
//! person; where an office or a building site stands is public altogether.

use crate::cue::Sentence;
use crate::fold::Folded;
use crate::hunt::Hunt;
use crate::name::{is_name, names};
use crate::{Rule, label};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Labels of a person's home, labels that a body has too, and ends of an address that may stand without a label.
pub(crate) const CUES: &[&str] = &[
    "家庭住址",
    "家庭地址",
    "现住址",
    "现住地",
    "现住",
    "家住",
    "居住于",
    "居住在",
    "居住地址",
    "居住地",
    "常住地址",
    "户籍地址",
    "户籍所在地",
    "户籍地",
    "户籍住址",
    "户籍",
    "户口所在地",
    "户口地址",
    "经常居住地",
    "暂住",
    "租住",
    "住址",
    "收货地址",
    "收件地址",
    "住在",
    "家庭详细地址",
    "详细住址",
    "住所地",
    "住所",
    "地址",
    "通讯地址",
    "通信地址",
    "联系地址",
    "送达地址",
    "邮寄地址",
    "，住",
    r",住",
    "；住",
    "、住",
    "组",
    "室",
    "单元",
    "栋",
];
const WEAK: &[&str] = &["住所地", "住所", "地址", "通讯地址", "通信地址", "联系地址", "送达地址", "邮寄地址", "住在"];
pub(crate) const UNLABELLED: &[&str] = &["组", "室", "单元", "栋"];
/// Characters looked back for the person to whom a weak label belongs.
const BACK: usize = 120;

static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^(?:址|地|所|于|在|[:为是 \"“])*(?<value>[\\p{Han}0-9A-Za-z#·().—-]+(?: [\\p{Han}0-9A-Za-z#·().—-]+)*)")
});
/// Another field that follows on the same line.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(" (?:联系|电话|手机|身份|邮编|男|女|性别|姓名)|(?:联系电话|电话|手机|身份证|邮编|联系人|邮政编码)")
});
static DETAIL: LazyLock<Regex> = LazyLock::new(|| {
    let number = "(?:[0-9A-Za-z]+(?:[-#][0-9A-Za-z]+)*|[一二三四五六七八九十百零〇甲乙丙丁]+|某{1,2})";
    let unit = "(?:号楼|号院|号|组|栋|幢|座|单元|室|房|户|楼|层|弄|巷|队|门|排|#)";
    pattern(&format!(
        "{number}{unit}(?:[0-9]{{2,4}}(?:室|房|户|号)?)?|附[0-9]+号?|(?:村|社区|居委会)\\p{{Han}}{{1,4}}(?:组|屋场|冲|院子)|\
         [0-9]+-[0-9]+(?:-[0-9]+)?"
    ))
});
/// What a place is named by: without it, 三组 is a group of people.
static ADMIN: LazyLock<Regex> = LazyLock::new(|| pattern("省|市|县|区|镇|乡|街道|村|社区|路|街|小区|巷|里|苑|园|大道"));
/// Where an address without a label may begin.
static BEGIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:.*(?:住|址|籍地|在地|系|为|是|在|于|的|民))?(?<address>(?:\\p{Han}{1,7}?(?:省|市|县|区|州|镇|乡|街道|村|社区|小区|路|街))+.*)$",
    )
});
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "公司|局|合作社|中心|养殖场|场地|厂|店|医院|学校|小学|中学|委员会|政府|单位|机关|企业|商行|经营部|大厅|窗口|办公|注册|营业|经营|\
             生产|施工|建设|项目|工程|会议|报名|投标|开标|采购|接收|受理|机构|法院|邮编|邮政|办事|服务|活动|培训|现场|硬化|修建|位于|检查|召开|巡查",
    )
});
/// Who a parcel is for follows where it goes.
static RECIPIENT: LazyLock<Regex> = LazyLock::new(|| pattern("(?:收件人|收货人|签收人)[:：]?\\p{Han}{2,4}"));
static PERSON: LazyLock<Regex> =
    LazyLock::new(|| pattern("身份证|[，, 、(]?(?:男|女)[，, 、)]|户主|先生|女士|申请人|被处罚人"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The address behind a label, in the cells that a label heads, or before the word that ends one.
pub(crate) fn find(hunt: &mut Hunt, sentence: &Sentence, at: Range<usize>) {
    let text = sentence.text();
    let cue = &text[at.clone()];
    if UNLABELLED.contains(&cue) {
        if let Some(span) = unlabelled(sentence, at) {
            note(hunt, sentence.piece, sentence.source(span));
        }
        return;
    }
    if WEAK.contains(&cue) && !persons(hunt, sentence, at.start) {
        return;
    }
    if let Some(span) = value(&text[at.end..]) {
        note(hunt, sentence.piece, sentence.source(at.end + span.start..at.end + span.end));
    } else if text[at.end..].trim_matches([':', ' ']).is_empty() {
        cells(hunt, sentence.piece);
    }
}

/// The cells to the right of a label and below it.
fn cells(hunt: &mut Hunt, label: usize) {
    let tables = &hunt.labels.tables;
    let cells: Vec<usize> = tables.right(label).into_iter().chain(tables.below(label).iter().copied()).collect();
    for cell in cells {
        let folded = Folded::new(hunt.text(cell));
        if let Some(span) = value(&folded.text) {
            note(hunt, cell, folded.source(span));
        }
    }
}

/// The address at the beginning of a folded text, if it goes below the village.
fn value(text: &str) -> Option<Range<usize>> {
    let whole = VALUE.captures(text)?.name("value")?;
    let field = FIELD.find(whole.as_str()).map_or(whole.as_str().len(), |field| field.start());
    let address = &whole.as_str()[..field];
    let end = DETAIL.find_iter(address).last()?.end();
    ADMIN.is_match(&address[..end]).then_some(whole.start()..whole.start() + end)
}

/// Whether a label that bodies have too belongs to a natural person here.
fn persons(hunt: &Hunt, sentence: &Sentence, at: usize) -> bool {
    let source = sentence.source(at..at + 3).start;
    let row = hunt.labels.tables.row(sentence.piece);
    let before = match row.len() {
        1 => Folded::new(&before(hunt, sentence.piece, source)).text,
        _ => row.map(|n| hunt.text(n)).collect::<Vec<_>>().join("，"),
    };
    let after = label::sentence(hunt.text(sentence.piece), source);
    let named =
        !names(&before).is_empty() || PERSON.is_match(&before) || before.split('，').any(|c| c == "姓名" || is_name(c));
    let after = &hunt.text(sentence.piece)[source..after.end];
    let told = RECIPIENT.is_match(after) && !BODY.is_match(after);
    (named || told) && !BODY.is_match(&before) && !after.contains("邮编")
}

/// The text before a byte of a piece, line ends or not, with the paragraph above where the line is short.
fn before(hunt: &Hunt, piece: usize, at: usize) -> String {
    let text = &hunt.text(piece)[..at];
    let start = text.char_indices().rev().nth(BACK).map_or(0, |(n, _)| n);
    let above = piece.checked_sub(1).filter(|_| start == 0).map(|n| hunt.text(n)).filter(|t| t.chars().count() < BACK);
    format!("{}\n{}", above.unwrap_or_default(), &text[start..])
}

/// 攸县某某镇某某村3组 with somebody's name in the sentence.
fn unlabelled(sentence: &Sentence, at: Range<usize>) -> Option<Range<usize>> {
    let text = sentence.text();
    let counted = text[..at.start].ends_with(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
    if !counted || sentence.names.is_empty() || BODY.is_match(text) {
        return None;
    }
    let word = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '#' | '-') || c.is_ascii_alphanumeric();
    let start =
        text[..at.start].rfind(|c| !word(c)).map_or(0, |n| n + text[n..].chars().next().map_or(1, char::len_utf8));
    let address = BEGIN.captures(&text[start..at.end])?.name("address")?;
    let start = start + address.start();
    value(&text[start..]).filter(|span| span.start == 0).map(|span| start..start + span.end)
}

fn note(hunt: &mut Hunt, piece: usize, span: Range<usize>) {
    let text = &hunt.text(piece)[span.clone()];
    let kept: String = text.chars().take_while(|c| !c.is_ascii_digit()).take(6).collect();
    hunt.note(
        Rule::Address,
        piece,
        span,
        format!("{kept}****"),
        "疑似自然人住址。公开时写到村或者街道为止，请删去以下的部分。",
    );
}
