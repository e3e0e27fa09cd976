//! The passages of a draft that one can speak of, each known by its place and by its words: what was said of a passage
//! stays with the words it was said of, however the draft is corrected.

use super::model::DRAFT;
use super::public::Shown;
use crate::floor::public_page;
use crate::portal::Portal;
use ::store::Error;
use kernel::{Block, Hash, Refusal};
use sea_orm::ColumnTrait;

/// How much of a passage is kept with a comment, in characters.
const QUOTE: usize = 300;
/// Of the digest of a passage, in hexadecimal digits.
const DIGEST: usize = 12;

/// A paragraph of the draft that one can speak of.
pub struct Passage {
    /// Its place among the blocks, from 0: `p12`.
    pub anchor: String,
    /// Place and words, as the form sends them: a correction that moves the paragraph, or rewrites it, is noticed.
    pub value: String,
    pub text: String,
}

impl Passage {
    fn new(n: usize, text: String) -> Passage {
        let value = format!("p{n}-{}", digest(&text));
        Passage { anchor: format!("p{n}"), value, text }
    }
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
    struct Text of public_page { content: String, hash: String }
}

/// The paragraphs of the published draft, by their place among its blocks, and the digest of its revision.
pub async fn passages(portal: &Portal, shown: &Shown) -> Result<(Vec<Passage>, String), Error> {
    let Some(draft) = shown.doc(DRAFT) else { return Ok((vec![], String::new())) };
    let find = portal.public.find::<public_page::Entity>().filter(public_page::Column::Id.eq(&draft.id));
    let Some(text) = find.lines::<Text>().await?.pop() else { return Ok((vec![], String::new())) };
    let blocks: Vec<Block> = serde_json::from_str(&text.content).map_err(|e| Error::Fault(e.into()))?;
    let passage = |(n, block): (usize, Block)| match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => Some(Passage::new(n, text)),
        _ => None,
    };
    Ok((blocks.into_iter().enumerate().filter_map(passage).collect(), text.hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_stays_with_the_words_it_was_said_of() {
        let [first, second] = ["第一条", "第二条"].map(str::to_owned);
        let said = Passage::new(1, second.clone()).value;
        let at = |texts: &[&str], chosen: &str| {
            let all: Vec<Passage> = texts.iter().enumerate().map(|(n, t)| Passage::new(n, (*t).into())).collect();
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
