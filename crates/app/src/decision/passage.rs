//! The passages of a draft that one can speak of, each known by its place and by its words: what was said of a passage
//! stays with the words it was said of, however the draft is corrected.

use super::model::DRAFT;
use super::public::Shown;
use crate::floor::public_page;
use crate::portal::Portal;
use crate::record::public::place::files_at;
use crate::record::show::blocks;
use crate::ui::Html;
use ::store::Error;
use kernel::{Block, Hash, Refusal};
use sea_orm::ColumnTrait;

/// How much of a passage is kept with a comment, in characters.
const QUOTE: usize = 300;
/// Of the digest of a passage, in hexadecimal digits.
const DIGEST: usize = 12;

/// A paragraph of the draft with the items and tables that belong to it: an article is spoken of as a whole.
pub struct Passage {
    /// The place of its first block, from 0: `p12`.
    pub anchor: String,
    /// Place and words, as the form sends them: a correction that moves the passage, or rewrites it, is noticed.
    pub value: String,
    pub text: String,
    /// As the draft shows it.
    pub html: Html,
}

impl Passage {
    fn new(n: usize, part: &[Block], files: &str) -> Passage {
        let text = kernel::block::plain_text(part).trim_end().to_owned();
        let value = format!("p{n}-{}", digest(&text));
        Passage { anchor: format!("p{n}"), value, text, html: blocks(part, files) }
    }
}

/// A heading or a paragraph begins a passage; signature, date and editor's notes belong to none.
fn parted(all: Vec<Block>, files: &str) -> Vec<Passage> {
    let mut parts: Vec<(usize, Vec<Block>)> = vec![];
    let mut is_open = false;
    for (n, block) in all.into_iter().enumerate() {
        match (&block, parts.last_mut()) {
            (Block::Heading { .. } | Block::Paragraph { .. }, _) => parts.push((n, vec![block])),
            (Block::Signature { .. } | Block::Date { .. } | Block::Note { .. }, _) => {
                is_open = false;
                continue;
            }
            (_, Some((_, part))) if is_open => part.push(block),
            _ => parts.push((n, vec![block])),
        }
        is_open = true;
    }
    parts.into_iter().map(|(n, part)| Passage::new(n, &part, files)).collect()
}

/// Enough of it to tell the paragraphs of one draft apart.
fn digest(text: &str) -> String {
    Hash::of(text.as_bytes()).to_string()[..DIGEST].to_owned()
}

/// What a comment is about, as it is kept: the whole, or a passage in the very text that it was said of.
pub struct About {
    pub topic: String,
    /// The passage's own words; empty for the whole.
    pub quote: String,
}

/// The passage that a form chose, wherever it stands now. Where its words are no longer there, who speaks reads anew.
pub fn about(passages: &[Passage], revision: &str, chosen: &str) -> Result<About, Refusal> {
    if chosen == "whole" {
        return Ok(About { topic: chosen.into(), quote: String::new() });
    }
    let same = |p: &&Passage| p.value == chosen;
    let words = chosen.split_once('-').map(|(_, digest)| digest).unwrap_or_default();
    let moved = |p: &&Passage| p.value.split_once('-').is_some_and(|(_, digest)| digest == words);
    match passages.iter().find(same).or_else(|| passages.iter().find(moved)) {
        Some(p) => Ok(About { topic: format!("{}@{revision}", p.anchor), quote: p.text.chars().take(QUOTE).collect() }),
        None if words.len() == DIGEST => {
            let says = "草案的这一段刚刚更正过。请看下面现在的各段，重新选一段。您写的内容还在。";
            Err(Refusal::new("passage-corrected", says).at("passage"))
        }
        None => Err(Refusal::new("passage", "请选择针对哪一段，或者选全文。").at("passage")),
    }
}

::store::line! {
    struct Text of public_page { content: String, hash: String, path: String, version: i64 }
}

/// The passages of the published draft, by their place among its blocks, and the digest of its revision.
pub async fn passages(portal: &Portal, shown: &Shown) -> Result<(Vec<Passage>, String), Error> {
    let Some(draft) = shown.doc(DRAFT) else { return Ok((vec![], String::new())) };
    let find = portal.public.find::<public_page::Entity>().filter(public_page::Column::Id.eq(&draft.id));
    let Some(text) = find.lines::<Text>().await?.pop() else { return Ok((vec![], String::new())) };
    let blocks: Vec<Block> = serde_json::from_str(&text.content).map_err(|e| Error::Fault(e.into()))?;
    Ok((parted(blocks, &files_at(&text.path, text.version)), text.hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_spoken_of_with_its_items_and_tables() {
        let text = "【编者注】演示\n第一条　条件：\n- 甲\n- 乙\n第二条　标准：\n| 类型 | 金额 |\n|---|---|\n| 甲 | 1500元 |\n\
                    第三条　施行。\n>> 某局";
        let all = parted(kernel::notation::parse(text), "/f");
        let told: Vec<(&str, &str)> = all.iter().map(|p| (p.anchor.as_str(), p.text.as_str())).collect();
        assert_eq!(
            told,
            [
                ("p1", "第一条　条件：\n- 甲\n- 乙"),
                ("p3", "第二条　标准：\n类型\t金额\n甲\t1500元"),
                ("p5", "第三条　施行。"),
            ]
        );
        assert!(all[1].html.to_string().contains("1500元"), "the table is shown");
    }

    #[test]
    fn a_comment_stays_with_the_words_it_was_said_of() {
        let [first, second] = ["第一条", "第二条"].map(str::to_owned);
        let paragraph = |text: &str| Block::Paragraph { text: text.into() };
        let said = Passage::new(1, &[paragraph(&second)], "").value;
        let at = |texts: &[&str], chosen: &str| {
            let all = parted(texts.iter().map(|t| paragraph(t)).collect(), "");
            about(&all, "rev", chosen).map(|a| (a.topic, a.quote)).map_err(|why| why.code)
        };
        let ok = |topic: &str| Ok((topic.to_owned(), second.clone()));
        for (texts, chosen, wanted) in [
            (vec![first.as_str(), &second], said.as_str(), ok("p1@rev")),
            // A paragraph was put before it: it is found where it stands now.
            (vec!["新的一条", &first, &second], &said, ok("p2@rev")),
            (vec![&first, "第二条，改过"], &said, Err("passage-corrected")),
            (vec![&first], "p0", Err("passage")),
            (vec![&first], "", Err("passage")),
            (vec![], "whole", Ok(("whole".into(), String::new()))),
        ] {
            assert_eq!(at(&texts, chosen), wanted, "{chosen} of {texts:?}");
        }
    }
}
