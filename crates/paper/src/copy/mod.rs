//! A new file made from an uploaded one: without what nobody sees on its pages, and, where somebody orders it, without
//! passages and areas (条例 37: what may be opened is opened, the rest is taken out). What is taken out is gone from
//! the bytes, not covered; a block and a mark with the reason stand in its place. The new file is read again before it
//! is handed out, and refused where anything is left or anything else is missing.

mod dom;
mod find;
mod ofd;
mod office;
mod parts;
mod pdf;
mod pdf_cut;
mod pdf_write;
mod picture;
mod sheet;
mod slides;
mod text;
mod word;

use crate::{Format, Imported, Spot, check_size, read, refuse};
use find::{Finder, squeezed};
use kernel::Refusal;
use serde::{Deserialize, Serialize};

pub use find::LEAST;

/// What to take out of a file besides what nobody sees. Nothing of it: the copy is only cleaned.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Order {
    pub passages: Vec<Passage>,
    pub areas: Vec<Area>,
}

/// Words that go wherever they stand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// As the reader gives them; at least [`LEAST`] letters, spaces do not count.
    pub text: String,
    /// Why, as the reader of the paper is told: `依据第十五条，个人隐私`.
    pub mark: String,
}

/// A rectangle: millimetres from the upper left of a page of PDF, pixels from the upper left of a picture.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Area {
    /// From 1; of a picture 1.
    pub page: usize,
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub mark: String,
}

impl Order {
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty() && self.areas.is_empty()
    }
}

/// The new file, proved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Copied {
    #[serde(with = "crate::wire::base64")]
    pub bytes: Vec<u8>,
    /// At how many places something was taken out.
    pub taken: usize,
    /// What of the hidden is no longer in it, each a line for people.
    pub cleaned: Vec<String>,
    /// What no machine can read of it: a person has to look whether anything is left there.
    pub unread: Vec<String>,
}

/// The words that stand where something was taken out.
pub fn marked(mark: &str) -> String {
    format!("■■■（{mark}）")
}

/// A text with marks where the passages stood, and how many places there were.
pub fn replaced(text: &str, passages: &[Passage]) -> (String, usize) {
    Finder::new(&Order { passages: passages.to_vec(), areas: vec![] }).replaced(text)
}

/// Makes the copy.
///
/// # Errors
/// Of [`read`]; `copy-short` for a passage that would stand everywhere; `copy-missing` for one that stands nowhere, and
/// for an area outside; `copy-unfit` where the format or something in the file cannot be changed safely; `copy-left`
/// where the proof fails.
pub fn copy(name: &str, bytes: &[u8], order: &Order) -> Result<Copied, Refusal> {
    check_size(bytes)?;
    check(order)?;
    if picture::is_picture(bytes) {
        return picture::copy(bytes, order);
    }
    let before = read(name, bytes)?;
    let finder = Finder::new(order);
    let format = Format::of(name, bytes)?;
    if !order.areas.is_empty() && format != Format::Pdf {
        return Err(unfit("只有 PDF 和图片可以按位置遮盖。请写出要遮盖的文字。"));
    }
    find_all(&before, &finder)?;
    if format == Format::Pdf {
        return pdf::copy(name, bytes, &before, order);
    }
    let (made, taken) = match format {
        Format::Docx | Format::Xlsx | Format::Pptx => office::copy(bytes, format, &finder)?,
        Format::Text => text::copy(bytes, &finder)?,
        Format::Ofd if order.is_empty() => (ofd::clean(bytes)?, 0),
        Format::Ofd => return Err(unfit("OFD 里的文字不能遮盖。请另存为 PDF，上传以后再遮盖。")),
        Format::Pdf | Format::Html => return Err(unfit("网页不能另做副本。请另存为 DOCX 或者 PDF，再上传。")),
    };
    let after = read(name, &made).map_err(|why| left(&format!("新文件不能识读：{}", why.says)))?;
    prove(&before, &after, &finder)?;
    let cleaned = before.hidden.iter().map(crate::Hidden::says).collect();
    Ok(Copied { bytes: made, taken, cleaned, unread: after.unread })
}

/// Short numbers and letters stand in places of every file that are no words: a passage needs more of them.
const PLAIN_LEAST: usize = 4;
/// The most passages and areas of an order, and the longest passage in characters.
const MOST: usize = 500;
const LONGEST: usize = 2_000;

fn check(order: &Order) -> Result<(), Refusal> {
    if order.passages.len() + order.areas.len() > MOST {
        return Err(refuse("copy-short", format!("一次最多遮盖 {MOST} 处。请分几次办理。")));
    }
    for passage in &order.passages {
        let words = squeezed(&passage.text);
        let count = words.chars().count();
        if count < LEAST || (words.is_ascii() && count < PLAIN_LEAST) || count > LONGEST {
            let says =
                format!("“{}”太短或者太长，不能单独遮盖。请连同前后的字一起写，一条写一段。", passage.text.trim());
            return Err(refuse("copy-short", says));
        }
    }
    Ok(())
}

/// Every passage must stand somewhere: one that does not was mistyped, and its words are still there.
fn find_all(before: &Imported, finder: &Finder) -> Result<(), Refusal> {
    let texts: Vec<String> = before.words.iter().map(|words| squeezed(&words.text)).collect();
    match finder.words().find(|wanted| !texts.iter().any(|text| text.contains(wanted.as_str()))) {
        None => Ok(()),
        Some(missing) => {
            let says = format!("文件里没有找到“{missing}”。请照识读出来的文字抄写，跨段的分开写。");
            Err(refuse("copy-missing", says))
        }
    }
}

/// What the eye sees, without spaces. Headers and footers may belong to a section that the paper no longer has.
fn visible(read: &Imported, each: impl Fn(&str) -> String) -> String {
    let seen = read.words.iter().filter(|w| matches!(w.spot, Spot::Text { .. } | Spot::TextBox | Spot::Stamp));
    seen.map(|words| each(&squeezed(&words.text))).collect()
}

/// Nothing hidden is left, no passage is left, and all else is there.
fn prove(before: &Imported, after: &Imported, finder: &Finder) -> Result<(), Refusal> {
    if let Some(hidden) = after.hidden.first() {
        return Err(left(&format!("还有{}", hidden.says())));
    }
    if after.words.iter().any(|words| finder.occurs(&words.text)) {
        return Err(left("要遮盖的文字还在"));
    }
    let expected = visible(before, |text| finder.replaced(text).0);
    if expected != visible(after, str::to_owned) {
        return Err(left("看得见的文字变了"));
    }
    Ok(())
}

fn unfit(says: &str) -> Refusal {
    refuse("copy-unfit", says)
}

fn left(what: &str) -> Refusal {
    refuse("copy-left", format!("副本没有通过复核（{what}），没有保存。请把这一份打印后扫描成图片，再按位置遮盖。"))
}
