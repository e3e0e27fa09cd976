//! Totals that do not add up and figures that contradict each other, in a sentence or a table.

use super::Remark;
use crate::fold::fold;
use crate::{Finding, Piece, Rule};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

const N: &str = r"(?<nD>[0-9０-９]{1,12}(?:[,，][0-9]{3})*(?:[.．][0-9０-９]{1,4})?)";

fn pattern(text: &str) -> Regex {
    let mut out = String::new();
    for (n, part) in text.split("\\N").enumerate() {
        if n > 0 {
            out += &N.replace('D', &n.to_string());
        }
        out += part;
    }
    Regex::new(&out).expect("a valid pattern")
}

/// A number with its unit.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\N\s?(?<unit>[%％]|[万亿]?\p{Han}{1,2}|)"));
/// What announces that the figures before it are summed up.
static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:合计|共计|总计)(?:为|是|达)?\s?\N"));
/// What parts of a whole follow.
static WHOLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"共?\p{Han}{0,8}\N\s?(?<unit>[万亿]?\p{Han}{1,2}?)[，,]其中[:：]?"));
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"[由从](?:[^，。；0-9]{0,12}的)?\N\s?(?<u1>[%％]|[万亿]?\p{Han}{0,2}?)(?<verb>增加|提高|提升|上升|增长|扩大|减少|下降|降低|减|压缩|缩短)",
        r"[到至为]\s?\N\s?(?<u2>[%％]|[万亿]?\p{Han}{0,2})"
    ))
});
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?<all>受理|收到|接到|接待|转办|交办|立案|送检|抽样|监测|核查|抽检|抽查|抽取|检测|检查|办理|应检|应免|任务)[^。；0-9]{0,12}\N\s?(?<u1>\p{Han}{1,2})",
        r"[，,、](?:[^。；0-9]{0,8})(?<part>办结|合格|完成|答复|满意)\s?(?:了|的)?\s?\N\s?(?<u2>\p{Han}{1,2})",
        r"[，,、][^。；0-9]{0,6}率(?:为|达到?)?\s?\N\s?[%％]"
    ))
});
static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(合\s*计|总\s*计|共\s*计|小\s*计)\s*[:：]?\s*$"));
static SERIAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"序号|编号|年份|年度|日期|电话|号码|单价|比例|占比|率|备注|排名|[%％]"));

fn value(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter_map(fold).filter(|c| *c != ',' && *c != '，').collect();
    plain.parse().ok()
}

fn digits_after_point(text: &str) -> u32 {
    text.split_once(['.', '．']).map_or(0, |(_, rest)| rest.chars().count() as u32)
}

fn shown(sum: f64) -> String {
    let text = format!("{sum:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What stands in one piece.
pub(super) fn find(text: &str) -> Vec<Remark> {
    let mut found = Vec::new();
    if !text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(|c| ('０'..='９').contains(&c)) {
        return found;
    }
    let mut start = 0;
    for sentence in text.split_inclusive(['。', '；', ';', '\n']) {
        if let Some(remark) = listing(sentence).or_else(|| parts(sentence)) {
            found.push(moved(remark, start));
        }
        found.extend(change(sentence).into_iter().chain(rate(sentence)).map(|r| moved(r, start)));
        start += sentence.len();
    }
    found
}

fn moved(remark: Remark, by: usize) -> Remark {
    Remark { span: remark.span.start + by..remark.span.end + by, ..remark }
}

fn conflict(span: Range<usize>, says: String) -> Option<Remark> {
    Some(Remark { rule: Rule::NumberConflict, span, says, suggestion: None })
}

/// The figures of a stretch that carry this unit, with the precision of the finest.
fn figures(text: &str, unit: &str) -> (Vec<f64>, u32) {
    let mut fine = 0;
    let all = FIGURE.captures_iter(text).filter(|c| c["unit"].starts_with(unit));
    let values = all.filter_map(|c| {
        fine = fine.max(digits_after_point(&c["n1"]));
        value(&c["n1"])
    });
    (values.collect(), fine)
}

fn slack(fine: u32, count: usize) -> f64 {
    match fine {
        0 => 1e-6,
        _ => 0.5 * 10f64.powi(-(fine as i32)) * (count as f64 + 1.0),
    }
}

/// 甲12头、乙15头，合计26头.
fn listing(sentence: &str) -> Option<Remark> {
    let c = TOTAL.captures(sentence)?;
    let (whole, total) = (c.get(0)?, c.name("n1")?);
    let unit = unit_after(&sentence[total.end()..])?;
    let before = &sentence[..whole.start()];
    let before = &before[before.rfind(['：', ':']).map_or(0, |at| at)..];
    let (parts, fine) = figures(before, unit);
    let many = FIGURE.captures_iter(before).count();
    // Any figure of another unit between makes it unclear what is summed up.
    if parts.len() < 2 || parts.len() != many {
        return None;
    }
    let (sum, wanted) = (parts.iter().sum::<f64>(), value(total.as_str())?);
    let fine = fine.max(digits_after_point(total.as_str()));
    ((sum - wanted).abs() > slack(fine, parts.len())).then(|| Remark {
        rule: Rule::SumError,
        span: total.range(),
        says: format!("前面各项相加是{}，与合计{}不符。请核对。", shown(sum), total.as_str()),
        suggestion: Some(shown(sum)),
    })
}

/// The first character or two of Han after a number.
fn unit_after(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let first = text.chars().next().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))?;
    let more = if "万亿公平立".contains(first) { text[first.len_utf8()..].chars().next() } else { None };
    Some(&text[..first.len_utf8() + more.map_or(0, char::len_utf8)])
}

/// 共30头，其中甲20头、乙15头: the parts may be fewer than the whole, never more.
fn parts(sentence: &str) -> Option<Remark> {
    let c = WHOLE.captures(sentence)?;
    let (whole, total) = (c.get(0)?, c.name("n1")?);
    let unit = unit_after(&sentence[total.end()..])?;
    let after = &sentence[whole.end()..];
    let (parts, _) = figures(after, unit);
    let many = FIGURE.captures_iter(after).count();
    let (sum, all) = (parts.iter().sum::<f64>(), value(total.as_str())?);
    let plain = parts.len() >= 2 && parts.len() == many && !after.contains(['比', '率', '其', '增', '减']);
    (plain && sum > all * 1.0001).then(|| Remark {
        rule: Rule::SumError,
        span: total.range(),
        says: format!("“其中”各项相加是{}，多于总数{}。请核对。", shown(sum), total.as_str()),
        suggestion: None,
    })
}

/// 由10增加到8.
fn change(sentence: &str) -> Option<Remark> {
    let c = CHANGE.captures(sentence)?;
    let (from, to) = (value(&c["n1"])?, value(&c["n2"])?);
    let up = ["增", "提", "上", "扩"].iter().any(|w| c["verb"].starts_with(w));
    let same_unit = c["u1"].is_empty() || c["u2"].starts_with(&c["u1"]);
    let wrong = same_unit && (if up { to < from } else { to > from });
    let says = format!("“{}”与前后数字的大小相反。请核对。", &c["verb"]);
    wrong.then(|| conflict(c.get(0).expect("the whole").range(), says)).flatten()
}

/// 抽检50批次，合格48批次，合格率95%.
fn rate(sentence: &str) -> Option<Remark> {
    let c = RATE.captures(sentence)?;
    let (all, part, rate) = (value(&c["n1"])?, value(&c["n2"])?, value(&c["n3"])?);
    if c["u1"] != c["u2"] || all <= 0.0 {
        return None;
    }
    let right = part / all * 100.0;
    let off = (right - rate).abs() > 0.51 * 10f64.powi(-(digits_after_point(&c["n3"]) as i32));
    let hit = c.name("n3")?.range();
    let says = format!("按前面的数字计算是{right:.2}%，与所写的{}%不符。请核对。", &c["n3"]);
    if off { conflict(hit, says) } else { None }
}

/// Tables: a row that begins with 合计 against the rows above it.
pub(super) fn tables(pieces: &[Piece]) -> Vec<(usize, Finding)> {
    let mut grids: BTreeMap<(usize, usize), Grid> = BTreeMap::new();
    let mut part = 0;
    for (n, piece) in pieces.iter().enumerate() {
        let Some((block, cell)) = piece.place.cell() else { continue };
        let before = n.checked_sub(1).map(|b| &pieces[b].place);
        if before.is_none_or(|b| b.flow() != piece.place.flow()) {
            part = n;
        }
        grids.entry((part, block)).or_default().entry(cell.row).or_default().insert(cell.col, n);
    }
    grids.values().flat_map(|grid| grid_sums(pieces, grid)).collect()
}

/// Rows of columns of pieces.
type Grid = BTreeMap<usize, BTreeMap<usize, usize>>;

fn grid_sums(pieces: &[Piece], grid: &Grid) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    let text = |n: &usize| pieces[*n].text.trim();
    let labelled = |row: &BTreeMap<usize, usize>| row.values().take(2).any(|n| LABEL.is_match(text(n)));
    let head = grid.values().next();
    for (number, row) in grid.iter().filter(|(_, row)| labelled(row)) {
        for (col, n) in row {
            let heading = head.and_then(|h| h.get(col)).map_or("", text);
            let Some(total) = value(text(n)).filter(|_| !SERIAL.is_match(heading)) else { continue };
            let above: Vec<(bool, &str)> = grid
                .range(..*number)
                .filter_map(|(_, r)| Some((labelled(r), r.get(col).map(text)?)))
                .filter(|(_, t)| value(t).is_some())
                .collect();
            let sum = |labels: bool| above.iter().filter(|(l, _)| *l == labels).filter_map(|(_, t)| value(t)).sum();
            let since = above.iter().rposition(|(l, _)| *l).map_or(0, |at| at + 1);
            let last: f64 = above[since..].iter().filter_map(|(_, t)| value(t)).sum();
            let sums: [f64; 3] = [sum(false), sum(true), last];
            let fine = above.iter().map(|(_, t)| digits_after_point(t)).max().unwrap_or(0);
            let near = |s: &f64| (s - total).abs() <= slack(fine, above.len());
            if above.len() >= 2 && !sums.iter().any(near) {
                let says = format!("上面各行相加是{}，与合计{}不符。请核对。", shown(sums[0]), text(n));
                let spot = (*n, 0..pieces[*n].text.len());
                found.push((*n, Finding::new(pieces, Rule::SumError, &[spot], text(n)).says(says)));
            }
        }
    }
    found
}
