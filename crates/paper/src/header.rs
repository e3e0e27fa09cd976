//! What a paper says about itself above and below its text.

use crate::Imported;
use kernel::{Block, Day};

/// Labels as they are printed, and the name of the field; no name where the line only drives the page. A longer label
/// stands before one it ends with.
const LABELS: &[(&str, &str)] = &[
    ("索引号", "索引号"),
    ("发文字号", "文号"),
    ("文号", "文号"),
    ("信息来源", "信息来源"),
    ("来源", "信息来源"),
    ("发布日期", "发布日期"),
    ("发布时间", "发布日期"),
    ("公开日期", "发布日期"),
    ("成文日期", "成文日期"),
    ("发文机关", "发文机关"),
    ("发布机构", "发文机关"),
    ("主题分类", "主题分类"),
    ("责任编辑", "责任编辑"),
    ("作者", "作者"),
    ("浏览次数", ""),
    ("点击数", ""),
    ("字号", ""),
    ("字体", ""),
];

/// How many blocks from the beginning, and from the end, may be header lines.
const HEAD: usize = 10;
const FOOT: usize = 3;
/// A header line is no longer than this, in characters.
const LONGEST: usize = 300;
/// A title is no longer than this, in characters.
const TITLE: usize = 100;
/// The name of an office with 文件 behind it is no longer than this, in characters.
const OFFICE: usize = 40;

/// Moves header lines, a document number on a line of its own, and page controls from the blocks to the fields.
pub fn take_fields(imported: &mut Imported) {
    let blocks = std::mem::take(&mut imported.blocks);
    let (count, mut controls) = (blocks.len(), false);
    for (i, block) in blocks.into_iter().enumerate() {
        let near = i < HEAD || i + FOOT >= count;
        if let (Block::Paragraph { text }, true) = (&block, near) {
            let found = labelled(text);
            controls = match &found {
                Some(found) => found.iter().any(|(name, _)| name.is_empty()),
                None => controls && matches!(text.as_str(), "大" | "中" | "小" | "[" | "]"),
            };
            if let Some(found) = found {
                found.into_iter().for_each(|(name, value)| put(imported, name, value));
                continue;
            }
            if controls {
                continue;
            }
            if i < HEAD && is_number(text) {
                put(imported, "文号", text);
                continue;
            }
        }
        imported.blocks.push(block);
    }
}

fn put(imported: &mut Imported, name: &str, value: &str) {
    if !name.is_empty() && !value.is_empty() {
        imported.fields.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }
}

/// The fields of a line that begins with a label: `发布日期:2017-05-26信息来源:株洲市畜牧局`.
fn labelled(line: &str) -> Option<Vec<(&'static str, &str)>> {
    let (mut name, begin) = label(line)?;
    if line.chars().count() > LONGEST {
        return None;
    }
    let (mut found, mut start, mut at) = (Vec::new(), begin, begin);
    while let Some(c) = line[at..].chars().next() {
        if let Some((next, length)) = label(&line[at..]) {
            found.push((name, value(&line[start..at])));
            (name, start, at) = (next, at + length, at + length);
        } else {
            at += c.len_utf8();
        }
    }
    found.push((name, value(&line[start..])));
    Some(found)
}

fn value(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '|')
}

/// The label at the beginning of a text, with its colon; spaces may part its characters (`索 引 号：`).
fn label(text: &str) -> Option<(&'static str, usize)> {
    LABELS.iter().find_map(|(label, name)| {
        let mut rest = text;
        for c in label.chars() {
            rest = rest.strip_prefix(c)?.trim_start();
        }
        Some((*name, text.len() - rest.strip_prefix([':', '：'])?.len()))
    })
}

/// `株牧发〔2026〕12号`, alone on its line.
fn is_number(text: &str) -> bool {
    let parts = || {
        let (office, rest) = text.split_once(['〔', '[', '［'])?;
        let (year, rest) = rest.split_once(['〕', ']', '］'])?;
        let number = rest.strip_suffix('号')?;
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        Some(!office.is_empty() && office.chars().count() <= 20 && year.len() == 4 && digits(year) && digits(number))
    };
    parts().unwrap_or(false)
}

/// Makes the first paragraph the title, if it is short and no sentence. What stands above it in red, `某某局文件`, is the
/// issuer.
pub fn take_title(imported: &mut Imported) {
    if let Some(Block::Paragraph { text }) = imported.blocks.first()
        && let Some(issuer) = text.strip_suffix("文件").filter(|issuer| !issuer.is_empty())
        && text.chars().count() <= OFFICE
        && imported.fields.contains_key("文号")
    {
        let issuer = issuer.to_owned();
        put(imported, "发文机关", &issuer);
        imported.blocks.remove(0);
    }
    if let Some(Block::Paragraph { text }) = imported.blocks.first() {
        let sentence = text.ends_with(['。', '：', ':', '；', '，']);
        if !sentence && text.chars().count() <= TITLE && date(text).is_none() {
            imported.title = Some(text.clone());
            imported.blocks.remove(0);
        }
    }
}

/// Whether a centred line goes on in the next: a title that is set in two lines.
pub fn is_split(above: &str, below: &str) -> bool {
    let alone = |line: &str| labelled(line).is_some() || is_number(line) || date(line).is_some();
    let ends = above.ends_with(['。', '：', '；']) || above.ends_with("文件");
    !ends && !alone(above) && !alone(below) && above.chars().count() + below.chars().count() <= TITLE
}

/// Marks a date that ends the text, and the line above it if it can be who signs.
pub fn mark_signature(blocks: &mut [Block]) {
    let [.., above, last] = blocks else { return };
    let Block::Paragraph { text } = last else { return };
    if date(text).is_none() {
        return;
    }
    *last = Block::Date { text: text.clone() };
    if let Block::Paragraph { text } = above {
        let words = text.chars().count() <= 30 && !text.contains(['。', '；', ';', '，', ',', '：', ':']);
        if words {
            *above = Block::Signature { text: text.clone() };
        }
    }
}

/// A date as papers write it: `2017年5月26日`, `二〇一七年五月二十六日`.
fn date(text: &str) -> Option<&str> {
    let chinese = text.contains('年')
        && text.contains('月')
        && text.ends_with('日')
        && text.chars().all(|c| "〇○零一二三四五六七八九十年月日".contains(c));
    (chinese || (text.ends_with('日') && Day::parse(text).is_some())).then_some(text)
}
