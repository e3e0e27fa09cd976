//! One thing to import, read from JSONL, text or a web page. Nothing is stored here.

use app::record::desk::NAMES;
use app::record::kind::Kind;
use app::record::model::Typed;
use app::record::rules;
use kernel::{Block, Refusal, notation};
use paper::Imported;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What becomes a draft.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: &'static str,
    pub typed: Typed,
    pub text: String,
}

/// A line of JSONL. `fields` has the names of the desk's form; `blocks` is a body as `kernel::Block` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    title: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    blocks: Option<Vec<Block>>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    kind: Option<String>,
}

/// What the head of a paper says, and where it goes; the rest is kept in the note.
const HEADER: &[(&str, &str)] =
    &[("文号", "number"), ("成文日期", "issued"), ("信息来源", "source"), ("作者", "author"), ("发文机关", "issuer")];

fn refuse(code: &'static str, says: impl Into<String>) -> Vec<Refusal> {
    vec![Refusal::new(code, says)]
}

/// A line of a JSONL file. `kind` is what `--kind` says.
pub fn jsonl(line: &str, kind: Option<&str>) -> Result<Item, Vec<Refusal>> {
    let line: Line = serde_json::from_str(line).map_err(|e| refuse("json", format!("这一行读不懂：{e}")))?;
    if let Some(unknown) = line.fields.keys().find(|name| !NAMES.contains(&name.as_str())) {
        return Err(refuse("field-unknown", format!("没有字段 {unknown}。可以写：{}。", NAMES.join("、"))));
    }
    let text = match (line.text, line.blocks) {
        (Some(text), None) => text,
        (None, Some(blocks)) => {
            let why = kernel::block::validate(&blocks);
            if !why.is_empty() {
                return Err(why);
            }
            notation::write(&blocks)
        }
        (None, None) => return Err(refuse("text-missing", "text 和 blocks 都没有。请写一个。")),
        (Some(_), Some(_)) => return Err(refuse("text-doubled", "text 和 blocks 只能写一个。")),
    };
    let mut typed: Typed = line.fields;
    typed.insert("title".into(), line.title);
    finish(line.kind.as_deref().or(kind), typed, text)
}

/// A plain text or web page. `stem` is the file's name, for a paper that has no title.
pub fn document(read: Imported, stem: &str, kind: Option<&str>) -> Result<Item, Vec<Refusal>> {
    let mut typed = Typed::new();
    let mut left = vec![];
    for (name, value) in read.fields {
        match HEADER.iter().find(|(zh, _)| *zh == name) {
            Some((_, field)) => drop(typed.insert((*field).into(), value)),
            None => left.push(format!("{name}：{value}")),
        }
    }
    if !left.is_empty() {
        typed.insert("note".into(), format!("原页面注明：{}。", left.join("；")));
    }
    typed.insert("title".into(), read.title.unwrap_or_else(|| stem.to_owned()));
    finish(kind, typed, notation::write(&read.blocks))
}

/// A mark of secrecy is refused before anything else is said of the item, and before anything is stored.
fn finish(kind: Option<&str>, typed: Typed, text: String) -> Result<Item, Vec<Refusal>> {
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
    Ok(Item { kind: kind.name, typed, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_draft_or_a_reason() {
        let good = r##"{"title":"通知","text":"# 一\n正文","kind":"news","fields":{"issued":"2017-05-26"}}"##;
        let item = jsonl(good, Some("notice")).expect("reads");
        assert_eq!(
            (item.kind, item.typed["issued"].as_str(), item.text.as_str()),
            ("news", "2017-05-26", "# 一\n正文")
        );
        let blocks = r#"{"title":"通知","blocks":[{"t":"h","level":1,"text":"一"},{"t":"p","text":"正文"}]}"#;
        assert_eq!(jsonl(blocks, Some("notice")).expect("reads").text, "# 一\n\n正文");
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
            let why = jsonl(line, kind).expect_err("refused");
            assert_eq!(why[0].code, code, "{line}");
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
        assert_eq!(item.typed["note"], "原页面注明：责任编辑：数据导入。");
    }
}
