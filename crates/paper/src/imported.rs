//! What was found in a file.

use kernel::Block;
use scan::{Cell, Part, Piece, Place};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most hidden things that are told one by one, and the most characters of each that are told.
const HIDDEN_MOST: usize = 200;
const HIDDEN_LONG: usize = 200;

/// A file, taken apart. A person looks at all of it before it becomes a draft.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Imported {
    pub title: Option<String>,
    /// What the head or foot of the paper says about itself, by its usual name and as written: 文号, 发布日期, 成文日期,
    /// 信息来源, 作者, 责任编辑, 索引号, 发文机关, 主题分类.
    pub fields: BTreeMap<String, String>,
    /// The body. Every image in it names one of `pictures`, or a file that an old page lay beside.
    pub blocks: Vec<Block>,
    pub pictures: Vec<Picture>,
    /// What no machine can read, each a place for people: `第 3 页是扫描图像`. A person has to look at these.
    pub unread: Vec<String>,
    /// What a reader of the paper does not see, at most 200 of them. Nothing of it but insertions is in `blocks`.
    pub hidden: Vec<Hidden>,
    /// Every word of the file with its place, also those that are not in the body: what the scanner is given.
    pub words: Vec<Words>,
}

/// A picture of the paper: an attachment of the draft it becomes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// The file name by which the body shows it: `图1.png`.
    pub name: String,
    /// Its media type: `image/png` or `image/jpeg`.
    pub kind: String,
    /// What the author says it shows; empty where the author is silent.
    pub alt: String,
    #[serde(with = "crate::wire::base64")]
    pub bytes: Vec<u8>,
}

/// Something that is in the file and not on its pages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hidden {
    pub kind: HiddenKind,
    /// Where, for people; empty where the kind says it.
    pub place: String,
    /// Its words, or the name of what is hidden; at most 200 characters.
    pub text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenKind {
    Comment,
    /// Deleted by a tracked change that nobody has accepted.
    Deleted,
    /// Inserted by a tracked change that nobody has accepted; its words are in the body too.
    Inserted,
    /// Set as hidden, or white on white.
    Text,
    Row,
    Column,
    Sheet,
    Slide,
    /// A speaker's notes.
    Notes,
    /// A file inside the file.
    Embedded,
    /// Who wrote it, where: properties that go out with the file.
    Property,
}

impl HiddenKind {
    pub fn zh(self) -> &'static str {
        match self {
            HiddenKind::Comment => "批注",
            HiddenKind::Deleted => "未接受的修订（删去）",
            HiddenKind::Inserted => "未接受的修订（加入）",
            HiddenKind::Text => "隐藏文字",
            HiddenKind::Row => "隐藏行",
            HiddenKind::Column => "隐藏列",
            HiddenKind::Sheet => "隐藏工作表",
            HiddenKind::Slide => "隐藏幻灯片",
            HiddenKind::Notes => "演讲者备注",
            HiddenKind::Embedded => "嵌入的文件",
            HiddenKind::Property => "文件属性",
        }
    }
}

impl Hidden {
    /// One line for people: `第 3 段的批注：……`.
    pub fn says(&self) -> String {
        let text = if self.text.is_empty() { String::new() } else { format!("：{}", self.text) };
        let kind = self.kind.zh();
        match (self.place.as_str(), self.kind) {
            ("", _) => format!("{kind}{text}"),
            (place, HiddenKind::Property) => format!("{kind}“{place}”{text}"),
            (place, _) => format!("{place}的{kind}{text}"),
        }
    }
}

/// Words with their place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Words {
    pub spot: Spot,
    pub text: String,
}

/// Where words stand in a file; as `scan::Part`, and the properties of the file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// `section` is the page, sheet or slide from 1, 0 where the format has none; the others are counted from 0.
    Text {
        section: usize,
        block: usize,
        cell: Option<(usize, usize)>,
    },
    Header,
    Footer,
    TextBox,
    Stamp,
    Note,
    Hidden,
    Property(String),
}

impl Imported {
    /// The words as the scanner wants them. `name` is the file's, whose own words come first.
    pub fn pieces<'a>(&'a self, name: &'a str) -> Vec<Piece<'a>> {
        let file: Arc<str> = name.into();
        let place = |spot: &Spot| {
            let part = match spot {
                Spot::Property(name) => {
                    return Place::Property { file: Some(file.clone()), name: name.as_str().into() };
                }
                Spot::Text { section, block, cell } => {
                    let cell = cell.map(|(row, col)| Cell { row, col });
                    Part::Text { section: *section, block: *block, cell }
                }
                Spot::Header => Part::Header,
                Spot::Footer => Part::Footer,
                Spot::TextBox => Part::TextBox,
                Spot::Stamp => Part::Stamp,
                Spot::Note => Part::Note,
                Spot::Hidden => Part::Hidden,
            };
            Place::Attachment { name: file.clone(), part }
        };
        let own = Piece::new(Place::Attachment { name: file.clone(), part: Part::Name }, name);
        std::iter::once(own).chain(self.words.iter().map(|w| Piece::new(place(&w.spot), &w.text))).collect()
    }

    /// All words in reading order, a line for each place.
    pub fn text(&self) -> String {
        self.words.iter().flat_map(|w| [w.text.as_str(), "\n"]).collect()
    }

    /// Notes words with their place.
    pub(crate) fn note(&mut self, spot: Spot, text: String) {
        if !text.is_empty() {
            self.words.push(Words { spot, text });
        }
    }

    /// Notes something that nobody sees on the page, with all its words for the scanner.
    pub(crate) fn hide(&mut self, kind: HiddenKind, place: &str, text: &str, spot: Spot) {
        self.note(spot, text.to_owned());
        self.tell(kind, place, text);
    }

    /// Tells of something hidden whose words are noted already.
    pub(crate) fn tell(&mut self, kind: HiddenKind, place: &str, text: &str) {
        if self.hidden.len() < HIDDEN_MOST {
            let text = text.chars().take(HIDDEN_LONG).collect();
            self.hidden.push(Hidden { kind, place: place.to_owned(), text });
        }
    }

    /// Notes a property of the file; `telling` where it goes out with the file and tells of people.
    pub(crate) fn property(&mut self, name: &str, words: String, telling: bool) {
        if telling && !words.is_empty() {
            self.hide(HiddenKind::Property, name, &words, Spot::Property(name.to_owned()));
        } else {
            self.note(Spot::Property(name.to_owned()), words);
        }
    }

    /// Notes the words of the blocks as they are now; a page, sheet or slide is none.
    pub(crate) fn note_blocks(&mut self) {
        self.note_blocks_from(0, 0);
    }

    /// Notes the words of the blocks from one on, as those of a page, sheet or slide.
    pub(crate) fn note_blocks_from(&mut self, from: usize, section: usize) {
        let found = kernel::block::pieces(&self.blocks[from..]);
        self.words.extend(found.map(|(block, cell, text)| {
            let spot = Spot::Text { section, block, cell };
            Words { spot, text: text.to_owned() }
        }));
    }
}
