//! The annual report as the body of a record: the six sections of the form, with its three tables. Pure.

use super::model::{APPLICANTS, RULINGS, Tables, WAYS, wan};
use crate::request::annual::Line;
use kernel::Block;
use kernel::block::{Cell, Row};

/// The six sections, in the order of the form (国办公开办函〔2021〕30号).
pub const SECTIONS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];
pub const TABLE_2: &str = "表二 主动公开政府信息情况";
pub const TABLE_3: &str = "表三 收到和处理政府信息公开申请情况";
pub const TABLE_4: &str = "表四 政府信息公开行政复议、行政诉讼情况";
const IDENTITY: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// What the report says beside its tables before anybody has written a word of it.
pub struct Facts<'a> {
    pub body: &'a str,
    pub year: i16,
    /// Processing fees paid in the year, in yuan.
    pub charged: u64,
    /// Why the carry-over differs from last year's report; empty where it does not.
    pub untied: &'a str,
}

pub fn title(body: &str, year: i16) -> String {
    format!("{body}{year}年政府信息公开工作年度报告")
}

/// The whole body. What staff have to write is named in the words of the form; nothing is made up.
pub fn body(facts: &Facts, tables: &Tables) -> Vec<Block> {
    let p = |text: String| Block::Paragraph { text };
    let h = |n: usize| Block::Heading { level: 1, text: SECTIONS[n].into() };
    let Facts { body, year, charged, untied } = *facts;
    let numbers = |id: &str| tables.lines().into_iter().find(|l| l.id == id).map_or(0, |l| l.numbers[6]);
    let [two, three, four] = all(tables);
    let mut out = vec![
        p(format!(
            "根据《政府信息公开条例》第五十条编制本报告。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        )),
        h(0),
        p(format!(
            "{year}年，{body}新收政府信息公开申请 {} 件，上年结转 {} 件，办结 {} 件，结转下年度 {} 件。",
            numbers("I"),
            numbers("II"),
            numbers("3.7"),
            numbers("IV")
        )),
    ];
    out.extend(["主动公开：", "依申请公开：", "政府信息管理：", "平台建设：", "监督保障："].map(|t| p(t.into())));
    out.extend([h(1), two, h(2), three, h(3), four, h(4), p("存在的问题：".into()), p("改进情况：".into()), h(5)]);
    out.push(p(match charged {
        0 => format!("{year}年没有收取信息处理费。"),
        yuan => format!("{year}年收取信息处理费 {yuan} 元。"),
    }));
    if !untied.is_empty() {
        out.push(p(untied.to_owned()));
    }
    out
}

/// The three tables.
pub fn all(tables: &Tables) -> [Block; 3] {
    let table = |caption: &str, rows| Block::Table { caption: caption.into(), rows };
    [table(TABLE_2, proactive(tables)), table(TABLE_3, requests(&tables.lines())), table(TABLE_4, disputes(tables))]
}

/// A body with the tables of the report in the place of those of the same captions; `None` where one is missing.
pub fn renewed(body: &[Block], tables: &Tables) -> Option<Vec<Block>> {
    let fresh = all(tables);
    let caption = |b: &Block| if let Block::Table { caption, .. } = b { Some(caption.clone()) } else { None };
    let found = fresh.iter().all(|f| body.iter().any(|b| caption(b) == caption(f)));
    let swap = |b: &Block| fresh.iter().find(|f| caption(b).is_some() && caption(b) == caption(f)).unwrap_or(b).clone();
    found.then(|| body.iter().map(swap).collect())
}

fn head(text: &str, cols: u16, rows: u16) -> Cell {
    Cell { text: text.into(), head: true, cols, rows }
}

fn wide(text: impl Into<String>, cols: u16) -> Cell {
    Cell { cols, ..Cell::new(text) }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells }
}

/// Table 2: four columns, a heading row for each item of article 20.
fn proactive(tables: &Tables) -> Vec<Row> {
    let f = &tables.figures;
    let item = |text: &str| row(vec![head(text, 4, 1)]);
    let heads = |text: &str| row(vec![head("信息内容", 1, 1), head(text, 3, 1)]);
    let three = |label: &str, n: [u32; 3]| {
        let cells = [head(label, 1, 1)].into_iter().chain(n.map(|n| Cell::new(n.to_string())));
        row(cells.collect())
    };
    let one = |label: &str, n: String| row(vec![head(label, 1, 1), wide(n, 3)]);
    let made = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"].map(|t| head(t, 1, 1));
    vec![
        item("第二十条第（一）项"),
        row(made.to_vec()),
        three("规章", [0; 3]),
        three("行政规范性文件", tables.documents),
        item("第二十条第（五）项"),
        heads("本年处理决定数量"),
        one("行政许可", f.permits.to_string()),
        item("第二十条第（六）项"),
        heads("本年处理决定数量"),
        one("行政处罚", f.penalties.to_string()),
        one("行政强制", f.coercion.to_string()),
        item("第二十条第（八）项"),
        heads("本年收费金额（单位：万元）"),
        one("行政事业性收费", wan(f.fees)),
    ]
}

/// How a row of table 3 is labelled: over how many rows its group stands (0 under the first of them), and whether it
/// has a label of its own.
pub fn groups(lines: &[Line]) -> Vec<u16> {
    let first = |n: usize| n == 0 || lines[n - 1].group != lines[n].group;
    let span = |n: usize| lines[n..].iter().take_while(|l| l.group == lines[n].group).count();
    (0..lines.len()).map(|n| if first(n) { u16::try_from(span(n)).unwrap_or(1) } else { 0 }).collect()
}

/// Table 3: three columns of labels, seven of numbers.
fn requests(lines: &[Line]) -> Vec<Row> {
    let [people, bodies @ .., total] = APPLICANTS;
    let mut out = vec![
        row(vec![head(IDENTITY, 3, 3), head("申请人情况", 7, 1)]),
        row(vec![head(people, 1, 2), head("法人或其他组织", 5, 1), head(total, 1, 2)]),
        row(bodies.map(|t| head(t, 1, 1)).to_vec()),
    ];
    let results = lines.iter().filter(|l| l.id.starts_with('3')).count();
    for (line, span) in lines.iter().zip(groups(lines)) {
        let mut cells = vec![];
        let inside = line.id.starts_with('3');
        if line.id == "3.1" {
            cells.push(head("三、本年度办理结果", 1, u16::try_from(results).unwrap_or(1)));
        }
        match (inside, line.label) {
            (false, _) => cells.push(head(line.group, 3, 1)),
            (true, "") => cells.push(head(line.group, 2, 1)),
            (true, label) => {
                cells.extend((span > 0).then(|| head(line.group, 1, span)));
                cells.push(head(label, 1, 1));
            }
        }
        cells.extend(line.numbers.iter().map(|n| Cell::new(n.to_string())));
        out.push(row(cells));
    }
    out
}

/// Table 4: one row of fifteen numbers.
fn disputes(tables: &Tables) -> Vec<Row> {
    let [_, direct, after] = WAYS.map(|way| way.rsplit('：').next().unwrap_or(way));
    let rulings = WAYS.iter().flat_map(|_| RULINGS).map(|t| head(t, 1, 1));
    let numbers = tables.disputes.iter().flatten().map(|n| Cell::new(n.to_string()));
    vec![
        row(vec![head("行政复议", 5, 2), head("行政诉讼", 10, 1)]),
        row(vec![head(direct, 5, 1), head(after, 5, 1)]),
        row(rulings.collect()),
        row(numbers.collect()),
    ]
}
