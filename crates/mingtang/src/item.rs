//! One thing to import, read from JSONL or from a paper. Nothing is stored here.

use app::intake::rules as papers;
use app::record::desk::NAMES;
use app::record::kind::Kind;
use app::record::model::Typed;
use app::record::{rules, typed};
use kernel::{Block, Refusal, notation};
use paper::{Imported, Picture};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What becomes a draft.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: &'static str,
    pub typed: Typed,
    pub text: String,
    /// The pictures that the text shows.
    pub pictures: Vec<Picture>,
    /// What else the line says, by the names that were asked for.
    pub aside: Typed,
}

/// A line of JSONL. `fields` has the names of the desk's form; `blocks` is a body as `kernel::Block` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    title: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    html: Option<String>,
    #[serde(default)]
    blocks: Option<Vec<Block>>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    kind: Option<String>,
}

pub fn refuse(code: &'static str, says: impl Into<String>) -> Vec<Refusal> {
    vec![Refusal::new(code, says)]
}

/// A line of a JSONL file. `kind` is what `--kind` says; `aside` are keys that are no fields of a draft.
pub fn jsonl(line: &str, kind: Option<&str>, aside: &[&str]) -> Result<Item, Vec<Refusal>> {
    let broken = |e: serde_json::Error| refuse("json", format!("这一行读不懂：{e}"));
    let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).map_err(broken)?;
    let mut said = Typed::new();
    for name in aside {
        match all.remove(*name) {
            None => {}
            Some(serde_json::Value::String(value)) => drop(said.insert((*name).to_owned(), value)),
            Some(_) => return Err(refuse("json", format!("{name} 要写成字符串。"))),
        }
    }
    let line: Line = serde_json::from_value(all.into()).map_err(broken)?;
    if let Some(known) = line.kind.as_deref().or(kind).and_then(Kind::parse) {
        known_fields(known, line.fields.keys().map(String::as_str))?;
    }
    let text = words(line.text, line.html, line.blocks)?;
    let mut typed: Typed = line.fields;
    typed.insert("title".into(), line.title);
    let item = finish(line.kind.as_deref().or(kind), typed, text, vec![])?;
    Ok(Item { aside: said, ..item })
}

/// The words, written in one of three ways.
fn words(text: Option<String>, html: Option<String>, blocks: Option<Vec<Block>>) -> Result<String, Vec<Refusal>> {
    match (text, html, blocks) {
        (Some(text), None, None) => Ok(text),
        (None, Some(html), None) => {
            let read = paper::html(html.as_bytes()).map_err(|why| vec![why])?;
            Ok(notation::write(&read.blocks))
        }
        (None, None, Some(blocks)) => {
            let why = kernel::block::validate(&blocks);
            if why.is_empty() { Ok(notation::write(&blocks)) } else { Err(why) }
        }
        (None, None, None) => Err(refuse("text-missing", "text、html、blocks 都没有。请写一个。")),
        _ => Err(refuse("text-doubled", "text、html、blocks 只能写一个。")),
    }
}

/// An item with its line, or why it cannot be one.
pub type Read = (u64, Result<Item, Vec<Refusal>>);

/// A table of records of one kind. The first line names the fields, as programs or as the form call them; a column 正文
/// or `text` has the text, one of `aside` what is no field of a draft. Each line by its number in the file.
pub fn csv(bytes: &[u8], kind: Option<&str>, aside: &[&'static str]) -> Result<Vec<Read>, Vec<Refusal>> {
    let word =
        kind.ok_or_else(|| refuse("kind-missing", "CSV 要写明信息种类。请加 --kind，如 --kind procurement。"))?;
    let kind = Kind::parse(word).ok_or_else(|| refuse("kind-unknown", format!("没有信息种类 {word}。")))?;
    let text = paper::plain(bytes).map_err(|r| vec![r])?;
    // The reader counts a line before it has seen the second half of its end.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let broken = |e: csv::Error| refuse("csv", format!("读不懂这份 CSV：{e}"));
    let named = |h: &str| aside.iter().copied().find(|name| *name == h).map_or_else(|| head(kind, h), Ok);
    let heads = table.headers().map_err(broken)?.iter().map(|h| named(h.trim())).collect::<Result<Vec<_>, _>>()?;
    Ok(table.records().map(|row| line(kind, &heads, aside, row)).collect())
}

/// The text has no field of the form.
const TEXT: &str = "text";

fn head(kind: &Kind, head: &str) -> Result<&'static str, Vec<Refusal>> {
    if matches!(head, TEXT | "正文") {
        return Ok(TEXT);
    }
    let says = || format!("第一行的“{head}”不是{}的要素。请改成要素的名称。", kind.zh);
    typed::by_head(kind, head).ok_or_else(|| refuse("field-unknown", says()))
}

type Row = Result<csv::StringRecord, csv::Error>;

fn line(kind: &Kind, heads: &[&'static str], aside: &[&str], row: Row) -> (u64, Result<Item, Vec<Refusal>>) {
    let row = match row {
        Ok(row) => row,
        Err(e) => return (e.position().map_or(0, csv::Position::line), Err(refuse("csv", format!("读不懂：{e}")))),
    };
    let n = row.position().map_or(0, csv::Position::line);
    if row.len() > heads.len() {
        return (n, Err(refuse("csv", format!("这一行有 {} 格，第一行只有 {} 格。", row.len(), heads.len()))));
    }
    let mut typed: Typed = heads.iter().zip(&row).map(|(name, cell)| ((*name).into(), cell.trim().into())).collect();
    typed.retain(|_, cell: &mut String| !cell.is_empty());
    let text = typed.remove(TEXT).unwrap_or_default();
    let aside = aside.iter().filter_map(|name| typed.remove_entry(*name)).collect();
    (n, finish(Some(kind.name), typed, text, vec![]).map(|item| Item { aside, ..item }))
}

/// Fields that a form of the kind does not have would be lost.
fn known_fields<'a>(kind: &Kind, mut names: impl Iterator<Item = &'a str>) -> Result<(), Vec<Refusal>> {
    let Some(unknown) = names.find(|name| !typed::is_known(kind, name)) else { return Ok(()) };
    let known: Vec<&str> = NAMES.iter().copied().chain(typed::names(kind)).collect();
    Err(refuse("field-unknown", format!("没有字段 {unknown}。可以写：{}。", known.join("、"))))
}

/// A paper in any format that is read. `stem` is the file's name, for a paper that has no title.
pub fn document(read: Imported, stem: &str, kind: Option<&str>) -> Result<Item, Vec<Refusal>> {
    let why = rules::secret_refusals(&read.pieces(stem));
    if !why.is_empty() {
        return Err(why);
    }
    let mut typed = papers::typed(&read, stem);
    let left = papers::left(&read);
    if !left.is_empty() {
        typed.insert("note".into(), format!("原件注明：{}。", left.join("；")));
    }
    finish(kind, typed, notation::write(&read.blocks), read.pictures)
}

/// A mark of secrecy is refused before anything else is said of the item, and before anything is stored.
fn finish(kind: Option<&str>, mut typed: Typed, text: String, pictures: Vec<Picture>) -> Result<Item, Vec<Refusal>> {
    let title = typed.get("title").cloned().unwrap_or_default();
    let why = rules::secret_refusals(&rules::pieces(&title, &typed, &notation::parse(&text)));
    if !why.is_empty() {
        return Err(why);
    }
    if title.trim().is_empty() {
        return Err(refuse("title-missing", "没有标题。"));
    }
    let Some(word) = kind else {
        return Err(refuse("kind-missing", "没有写信息种类。请加 --kind，如 --kind notice。"));
    };
    let kind = Kind::parse(word).ok_or_else(|| refuse("kind-unknown", format!("没有信息种类 {word}。")))?;
    let why = typed::put_in_words(kind, &mut typed);
    if !why.is_empty() {
        return Err(why);
    }
    Ok(Item { kind: kind.name, typed, text, pictures, aside: Typed::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_draft_or_a_reason() {
        let good = r##"{"title":"通知","text":"# 一\n正文","kind":"news","fields":{"issued":"2017-05-26"}}"##;
        let item = jsonl(good, Some("notice"), &[]).expect("reads");
        assert_eq!(
            (item.kind, item.typed["issued"].as_str(), item.text.as_str()),
            ("news", "2017-05-26", "# 一\n正文")
        );
        let blocks = r#"{"title":"通知","blocks":[{"t":"h","level":1,"text":"一"},{"t":"p","text":"正文"}]}"#;
        assert_eq!(jsonl(blocks, Some("notice"), &[]).expect("reads").text, "# 一\n\n正文");
        for (line, kind, code) in [
            ("{", Some("notice"), "json"),
            (r#"{"title":"通知","texts":"x"}"#, Some("notice"), "json"),
            (r#"{"title":"通知"}"#, Some("notice"), "text-missing"),
            (r#"{"title":"通知","text":"x","blocks":[]}"#, Some("notice"), "text-doubled"),
            (r#"{"title":"通知","text":"x","fields":{"titel":"y"}}"#, Some("notice"), "field-unknown"),
            (r#"{"title":" ","text":"x"}"#, Some("notice"), "title-missing"),
            (r#"{"title":"通知","text":"x"}"#, None, "kind-missing"),
            (r#"{"title":"通知","text":"x"}"#, Some("poem"), "kind-unknown"),
            (r#"{"title":"通知","text":"机密★10年\n正文"}"#, None, "secret-mark"),
        ] {
            let why = jsonl(line, kind, &[]).expect_err("refused");
            assert_eq!(why[0].code, code, "{line}");
        }
    }

    #[test]
    fn what_is_no_field_stands_aside() {
        let line = r#"{"title":"通知","html":"<p>正文</p>","address":"http://old.invalid/1","fields":{}}"#;
        let item = jsonl(line, Some("notice"), &["address", "index_no"]).expect("reads");
        assert_eq!((item.aside["address"].as_str(), item.aside.len()), ("http://old.invalid/1", 1));
        assert!(item.text == "正文" && !item.typed.contains_key("address"));
        let table = "标题,address,正文\n甲,http://old.invalid/1,乙\n";
        let read = csv(table.as_bytes(), Some("notice"), &["address"]).expect("reads");
        let item = read[0].1.as_ref().expect("an item");
        assert_eq!(
            (item.aside["address"].as_str(), item.typed.contains_key("address")),
            ("http://old.invalid/1", false)
        );
        let number = r#"{"title":"通知","text":"x","index_no":5}"#;
        assert_eq!(jsonl(number, Some("notice"), &["index_no"]).expect_err("refused")[0].code, "json");
    }

    #[test]
    fn a_table_becomes_drafts_line_by_line() {
        let text = "\u{feff}标题,公开阶段,成交金额（万元）,supplier,正文\r\n\
            某项目结果,中标（成交）结果,48.8,某公司,\r\n,合同,1,乙,\r\n丙项目,合同,1,乙,\"一\n二\",多\r\n丁,合同,,,机密★10年\r\n戊,没有的阶段,1,乙,\r\n";
        let read = csv(text.as_bytes(), Some("procurement"), &[]).expect("reads");
        let told: Vec<(u64, &str)> =
            read.iter().map(|(n, item)| (*n, item.as_ref().map_or_else(|why| why[0].code, |_| ""))).collect();
        assert_eq!(told, [(2, ""), (3, "title-missing"), (4, "csv"), (6, "secret-mark"), (7, "field")]);
        let first = read[0].1.as_ref().expect("an item");
        assert_eq!((first.kind, first.typed["award"].as_str(), first.text.as_str()), ("procurement", "48.80", ""));
        assert_eq!((first.typed["stage"].as_str(), first.typed["supplier"].as_str()), ("result", "某公司"));
        for (table, kind, code) in [
            ("标题\n甲", None, "kind-missing"),
            ("标题\n甲", Some("poem"), "kind-unknown"),
            ("标题,身份证号\n甲,1", Some("procurement"), "field-unknown"),
        ] {
            assert_eq!(csv(table.as_bytes(), kind, &[]).expect_err("refused")[0].code, code);
        }
    }

    #[test]
    fn what_a_page_says_of_itself_is_kept() {
        let fields = [("文号", "株牧渔发〔2017〕12号"), ("责任编辑", "数据导入")];
        let fields = fields.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
        let blocks = vec![Block::Paragraph { text: "正文".into() }];
        let item =
            document(Imported { fields, blocks, ..Imported::default() }, "2017年方案", Some("plan")).expect("reads");
        assert_eq!(item.typed["title"], "2017年方案");
        assert_eq!(item.typed["number"], "株牧渔发〔2017〕12号");
        assert_eq!(item.typed["note"], "原件注明：责任编辑：数据导入。");
    }
}
